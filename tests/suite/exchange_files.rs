//! Files in and out: what is refused and in which words, what leaves and how.

#![allow(clippy::unwrap_used)]

use casereview::instrument::shipped;

use crate::import_answers::HEADER;
use crate::place::Place;

/// A complete in-home case, one answer a row.
fn rows(case: &str, facts: &str) -> String {
    let given = [
        "17.A1,yes",
        "17.A2,yes",
        "17.B1,yes",
        "17.B2,na",
        "17.B3,yes",
        "17.B4,na",
        "18.A,yes",
        "18.B,yes",
        "18.C,na",
        "19.A1,monthly",
        "19.A,yes",
        "19.B,no",
        "20.applies,no",
        "20.applies.reason,not-parent",
    ];
    given.iter().map(|given| format!("{case},in-home,{given},{facts}\n")).collect()
}

fn nothing_there(place: &Place) {
    let (code, out, err) = place.run(&["report", "items", "--by", "region"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "nothing to report: no review is final yet\n");
}

#[test]
fn an_empty_workspace_reports_nothing_in_every_format() {
    let place = Place::new();
    nothing_there(&place);
    assert_eq!(place.ok(&["report", "items", "--format", "json"]), "[]\n");
    assert_eq!(
        place.ok(&["report", "outcomes", "--by", "county", "--format", "csv"]),
        "county,outcome,title,applicable,substantially,partially,not_achieved,na,percent,low,high,incomplete,note,bar\n"
    );
    assert_eq!(
        place.ok(&["export", "items"]),
        "instrument,edition,round,review_kind,sample_id,period,case,region,county,case_type,reading,reviewer,status,kind,item,title,rating,computed_rating,overridden,na_reason,rated_at\n"
    );
    assert_eq!(place.ok(&["export", "items", "--format", "json"]), "[]\n");
}

#[test]
fn a_bad_file_of_answers_is_refused_whole_with_every_problem() {
    let place = Place::new();
    place.write(
        "bad.csv",
        format!(
            "{HEADER}\
             A,in-home,19.A1,monthli,East,X,2026-H1,R1\n\
             A,in-home,19.Z,yes,East,X,2026-H1,R1\n\
             B,foster,19.A,yes,East,X,2026-H1,R1\n\
             C,in-home,19.A,yes,East,X,2026-H3,R 1\n\
             C,in-home,19.B,yes,Knox,X,2026-H3,R 1\n\
             C,in-home,19.A,no,East,X,2026-H3,R 1\n"
        ) + &rows("D", "East,X,2026-H1,R1"),
    );
    let (code, out, err) = place.run(&["import", "answers", "bad.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    nothing_there(&place);
}

#[test]
fn unfinished_reviews_refuse_the_file_or_come_in_as_drafts() {
    let place = Place::new();
    let file = format!(
        "{HEADER}{}{}",
        rows("A", "East,X,2026-H1,R1"),
        "B,in-home,19.A1,never,East,X,2026-H1,R1\nB,in-home,19.A,yes,East,X,2026-H1,R1\n"
    );
    place.write("answers.csv", &file);
    let (code, out, err) = place.run(&["import", "answers", "answers.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    nothing_there(&place);

    let (code, out, err) = place.run(&["import", "answers", "answers.csv", "--drafts"]);
    assert_eq!((code, out.as_str()), (0, "2 reviews taken in, 1 of them open\n"));
    assert!(err.starts_with("open: case B is not finished: item 17 lacks "), "{err}");
    let csv = place.ok(&["report", "items", "--format", "csv"]);
    assert!(csv.contains("19,Caseworker visits with child,1,0,1,0,0,0.0,"), "{csv}");
    let (code, out, err) = place.run(&["import", "answers", "answers.csv", "--drafts"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "all 2 reviews were there already: nothing changed\n");
}

#[test]
fn the_same_case_with_other_answers_is_refused() {
    let place = Place::new();
    place.write("one.csv", format!("{HEADER}{}", rows("A", "East,X,2026-H1,R1")));
    place.write("two.csv", format!("{HEADER}{}", rows("A", "Knox,X,2026-H1,R1")));
    place.ok(&["import", "answers", "one.csv"]);
    let export = place.ok(&["export", "items"]);
    let (code, out, err) = place.run(&["import", "answers", "two.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: case A of round 2026-H1 already has a first review with other answers\n"
    );
    assert_eq!(place.ok(&["export", "items"]), export);
}

#[test]
fn rows_in_any_order_with_mark_and_crlf_are_the_same_reviews() {
    let place = Place::new();
    let answers = rows("A", "East,X,2026-H1,R1") + &rows("B", "=1+1,X,2026-01-01/2026-06-30,R2");
    place.write("one.csv", format!("{HEADER}{answers}"));
    assert_eq!(place.ok(&["import", "answers", "one.csv"]), "2 reviews taken in\n");
    // The same rows as a spreadsheet may save them: mixed, guarded, with a mark and CRLF.
    let mut lines: Vec<&str> = answers.lines().collect();
    lines.reverse();
    let text = lines.join("\r\n").replace("=1+1", " '=1+1 ");
    place.write("two.csv", format!("\u{feff}{}{text}\r\n", HEADER.replace('\n', "\r\n")));
    let (code, out, err) = place.run(&["import", "answers", "two.csv"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(err, "all 2 reviews were there already: nothing changed\n");
    let csv = place.ok(&["report", "items", "--by", "region", "--by", "period", "--format", "csv"]);
    assert!(csv.contains("\n'=1+1,2026-H1,17,"), "{csv}");
}

#[test]
fn export_gives_one_row_an_item_and_says_why_not() {
    let place = Place::new();
    place.write("one.csv", format!("{HEADER}{}", rows("A", "=East,X,2026-H1,R1")));
    place.ok(&["import", "answers", "one.csv"]);
    let csv = place.ok(&["export", "items"]);
    let lines: Vec<&str> = csv
        .lines()
        .skip(1)
        .map(|line| line.rsplit_once(',').unwrap().0)
        .map(|line| line.split_once("2026-H1,R-0001,'=East,X,in-home,first,R1,final,").unwrap().1)
        .collect();
    assert_eq!(
        lines,
        [
            "item,14,Preserving connections,na,na,no,case-type",
            "item,15,Relative placement,na,na,no,case-type",
            "item,16,Relationship of child in care with parents,na,na,no,case-type",
            "item,17,\"Needs and services of child, parents and foster parents\",strength,strength,no,",
            "sub-item,17A,Needs and services of the child,strength,strength,no,",
            "sub-item,17B,Needs and services of the parents,strength,strength,no,",
            "sub-item,17C,Needs and services of the foster parents,na,na,no,case-type",
            "item,18,Child and family involvement in case planning,strength,strength,no,",
            "item,19,Caseworker visits with child,ani,ani,no,",
            "item,20,Caseworker visits with parents,na,na,no,not-parent",
        ]
    );
    let json = place.ok(&["export", "items", "--format", "json", "--case-ids"]);
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.len(), 10);
    assert_eq!(json[0]["case"], "A");
    assert_eq!(json[0]["region"], "=East", "json needs no guard");
    assert_eq!(json[0]["overridden"], false);
    assert!(!json[0]["rated_at"].as_str().unwrap().is_empty());
}

#[test]
fn a_file_is_written_whole_and_none_is_replaced_unasked() {
    let place = Place::new();
    let (code, out, err) = place.run(&["export", "items", "--out", "items.csv"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "0 rows written to items.csv\n");
    let (code, _, err) = place.run(&["export", "items", "--out", "items.csv"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: items.csv is there already\n  help: name another file with --out, or replace it with --force\n"
    );
    place.ok(&["export", "items", "--out", "items.csv", "--force"]);
    let (code, _, err) = place.run(&["export", "items", "--out", "nowhere/items.csv"]);
    assert_eq!(code, 3);
    assert!(err.starts_with("error: nowhere/items.csv can't be written: "), "{err}");
}

const RATINGS: &str = "case,region,county,case_type,period,instrument,item,rating,review_kind\n";

#[test]
fn ratings_of_earlier_years_count_once() {
    let place = Place::new();
    place.write(
        "ratings.csv",
        format!(
            "{RATINGS}\
             1,East,X,foster-care,2024,cfsr-r2-items-14-20,19,strength,baseline\n\
             1,East,X,foster-care,2024,cfsr-r2-items-14-20,20,ani,baseline\n\
             2,East,X,in-home,2024,cfsr-r2-items-14-20,20,na,baseline\n\
             1,East,X,foster-care,2025,cfsr-r2-items-14-20,20,strength,pip\n"
        ),
    );
    assert_eq!(place.ok(&["import", "ratings", "ratings.csv"]), "ratings of 3 cases taken in\n");
    let report = || {
        let by = ["report", "items", "--by", "period", "--where", "item=20", "--where", "item=19"];
        place.ok(&[&by[..], &["--format", "csv"]].concat())
    };
    let expected = "\
period,item,title,applicable,strength,ani,na,incomplete,percent,low,high,bar,state_percent,against_state
2024,19,Caseworker visits with child,1,1,0,0,0,100.0,20.7,100.0,90.0,100.0,
2025,19,Caseworker visits with child,0,0,0,0,0,,,,90.0,100.0,
2024,20,Caseworker visits with parents,1,0,1,1,0,0.0,0.0,79.3,90.0,50.0,
2025,20,Caseworker visits with parents,1,1,0,0,0,100.0,20.7,100.0,90.0,50.0,
";
    assert_eq!(report(), expected);
    let (code, out, err) = place.run(&["import", "ratings", "ratings.csv"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "all 3 reviews were there already: nothing changed\n");
    assert_eq!(report(), expected);
    let (_, out, err) =
        place.run(&["report", "items", "--where", "region=Est", "--where", "period=2024"]);
    assert_eq!(out, "");
    assert_eq!(
        err,
        "nothing to report: none of 3 final reviews fits the filters\n\
         no final review has region=Est; did you mean East?\n"
    );
    let (code, out, err) = place.run(&["report", "items", "--where", "item=17D"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "nothing to report: there is no item 17D; did you mean 17?\n");
}

#[test]
fn a_bad_file_of_ratings_is_refused_whole_with_every_problem() {
    let place = Place::new();
    place.write(
        "bad.csv",
        format!(
            "{RATINGS}\
             1,East,X,foster-care,2024,cfsr-r2-items-14-20,19,strong,baseline\n\
             1,East,X,foster-care,2024,cfsr-r2-item-14-20,20,ani,baselin\n\
             1,East,X,foster,24,cfsr-r2-items-14-20,21,ani,\n\
             2,East,X,in-home,2024,cfsr-r2-items-14-20,20,na,pip\n\
             2,Knox,X,in-home,2024,cfsr-r2-items-14-20,20,ani,pip\n"
        ),
    );
    let (code, out, err) = place.run(&["import", "ratings", "bad.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    nothing_there(&place);
    let (code, _, err) = place.run(&["import", "ratings", "none.csv"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: none.csv can't be read: "), "{err}");
}

#[test]
fn a_wrong_question_to_a_report_is_told_whole() {
    let place = Place::new();
    let (code, out, err) = place.run(&[
        "report", "outcomes", "--by", "regoin", "--by", "worker", "--by", "item", "--where",
        "region", "--level", "0.95",
    ]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
}

#[test]
fn a_file_of_two_instruments_comes_in_whole_or_not_at_all() {
    let place = Place::new();
    let mine = place.write(
        "mine.toml",
        shipped()[0].text.replace("id = \"cfsr-r2-items-14-20\"", "id = \"mine\""),
    );
    place.ok(&["round", "new", "--instrument", mine.to_str().unwrap(), "--name", "Mine"]);
    let line = |case: u32, instrument: &str, rating: &str| {
        format!("{case},East,X,foster-care,2024,{instrument},20,{rating},\n")
    };
    place.write("one.csv", format!("{RATINGS}{}", line(1, "mine", "ani")));
    place.ok(&["import", "ratings", "one.csv"]);
    let before = place.ok(&["export", "items"]);
    let two = [line(2, "cfsr-r2-items-14-20", "ani"), line(1, "mine", "strength")].concat();
    place.write("two.csv", format!("{RATINGS}{two}"));
    let (code, out, err) = place.run(&["import", "ratings", "two.csv"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "error: item 20 of case 1 of round 2024 is already ani, not strength\n");
    assert_eq!(place.ok(&["export", "items"]), before);

    place.write("three.csv", format!("{RATINGS}{}", two.replace("strength", "ani")));
    assert_eq!(place.ok(&["import", "ratings", "three.csv"]), "ratings of 1 case taken in\n");
    let csv = place.ok(&["report", "items", "--where", "item=20", "--format", "csv"]);
    assert_eq!(
        csv,
        "instrument,item,title,applicable,strength,ani,na,incomplete,percent,low,high,bar,state_percent,against_state\n\
         mine,20,Caseworker visits with parents,1,0,1,0,0,0.0,0.0,79.3,90.0,0.0,\n\
         cfsr-r2-items-14-20,20,Caseworker visits with parents,1,0,1,0,0,0.0,0.0,79.3,90.0,0.0,\n"
    );
}
