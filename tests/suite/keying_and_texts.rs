//! The keying sheet of a finished case, and the report on narratives.

#![allow(clippy::unwrap_used)]

use crate::place::Place;

/// One in-home case, finished, with two narratives.
fn place() -> Place {
    let place = Place::new();
    let mut file = "case,case_type,question,answer,region,county,period,reviewer\n".to_owned();
    for (question, answer) in [
        ("17.A1", "yes"),
        ("17.A2", "yes"),
        ("17.B1", "yes"),
        ("17.B2", "no"),
        ("17.B3", "yes"),
        ("17.B4", "no"),
        ("18.A", "yes"),
        ("18.B", "yes"),
        ("18.C", "yes"),
        ("19.A1", "monthly"),
        ("19.A", "yes"),
        ("19.B", "yes"),
        ("20.applies", "yes"),
        ("20.A1", "weekly"),
        ("20.A2", "yes"),
        ("20.B1", "na"),
        ("20.B2", "na"),
        ("20.C", "yes"),
        ("20.D", "na"),
    ] {
        file += &format!("A,in-home,{question},{answer},Knox,Knox,2026-H1,R1\n");
    }
    place.write("answers.csv", file);
    place.ok(&["import", "answers", "answers.csv"]);
    place
}

#[test]
fn a_finished_case_is_keyed_in_order() {
    let place = place();
    insta::assert_snapshot!("keying-sheet", place.ok(&["export", "keying", "R-0001"]));
    let csv = place.ok(&["export", "keying", "R-0001", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["order", "section", "id", "wording", "answer", "title", "text"]);
    let ids: Vec<String> = reader.records().map(|row| row.unwrap()[2].to_owned()).collect();
    let place_of = |id: &str| ids.iter().position(|known| known == id).unwrap();
    assert!(place_of("17.B2") < place_of("17.rating"));
    assert!(place_of("17.rating") < place_of("17A.rating"));
    assert!(place_of("17C.rating") < place_of("18.A"));
    assert!(place_of("20.rating") < place_of("well-being-1"));
    assert!(!ids.contains(&"14.A".to_owned()), "what is not asked is not keyed");
}

#[test]
fn what_is_not_finished_has_no_sheet() {
    let place = place();
    let (code, _, err) = place.run(&["export", "keying", "R-0009"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: there is no case R-0009 with a review\n  help: `casereview status` lists the cases\n"
    );
    place.write(
        "ratings.csv",
        "case,region,county,case_type,period,instrument,item,rating\n\
         B,Knox,X,in-home,2024,cfsr-r2-items-14-20,17,ani\n",
    );
    place.ok(&["import", "ratings", "ratings.csv"]);
    let (code, _, err) = place.run(&["export", "keying", "R-0002"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: of case R-0002 only ratings were imported\n  help: a keying sheet needs its answers\n"
    );
}

#[test]
fn narratives_are_counted_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &[&str]| crate::program::run(folder.path(), line);
    assert_eq!(run(&["demo", "--dir", ".", "--cases", "20"]).0, 0);
    let (code, out, err) = run(&["report", "narratives", "--by", "case_type", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert!(!rows.is_empty());
    for row in &rows {
        let number = |name: &str| row[name].as_u64().unwrap();
        assert!(number("texts_written") <= number("texts_wanted"), "{row}");
        for name in ["short", "without_who", "without_when", "without_what"] {
            assert!(number(name) <= number("texts_written"), "{row}");
        }
    }
    let (code, out, _) = run(&["report", "narratives"]);
    assert_eq!(code, 0);
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(out.contains("finds texts to read again and judges none."), "{out}");
    let (code, _, err) = run(&["report", "narratives", "--by", "month"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: narratives are not counted by month\n"), "{err}");
}
