//! Files that extend others: `tests/instruments/extends`, checked in their folder by the real
//! program, and a state's own item from its first wrong file to the report.
//!
//! `UPDATE_EXPECTED=1 cargo test --test suite instrument_extends` writes the texts anew; read
//! the change before keeping it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use casereview::instrument::{
    CodeSet, Instrument, Kind, build, check, load_shipped, same_item, shipped,
};
use casereview::scoring::{Answers, Lack, Value, score, unfinished, write_value};
use casereview::store::Workspace;

use crate::program::{run, run_with};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instruments/extends")
}

#[test]
fn each_fault_is_told_where_it_stands() {
    let mut wrong = Vec::new();
    for name in [
        "add-on",
        "again",
        "too-little",
        "extends-gap",
        "itself",
        "circle-a",
        "deep-1",
        "missing",
        "outside",
    ] {
        let (code, out, err) = run(&folder(), &["instrument", "check", &format!("{name}.toml")]);
        assert_eq!((code, err.as_str()), (1, ""), "{name}");
        let expected = folder().join(format!("{name}.expected"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &out).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != out {
            wrong.push(format!("{name} now gives:\n{out}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_data_names_the_file_that_is_wrong() {
    let line = ["instrument", "check", "--format", "json", "extends-gap.toml"];
    let (code, out, _) = run(&folder(), &line);
    assert_eq!(code, 1);
    let data: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(data.as_array().unwrap().len(), 1);
    assert_eq!(data[0]["file"], "gap-in-base.toml");
    assert_eq!(data[0]["code"], "gap");
}

#[test]
fn what_a_selection_leaves_out_is_said_by_its_outcomes() {
    let text = "[instrument]\nid = \"state\"\ntitle = \"A state's items\"\nedition = \"1\"\n\
        extends = \"cfsr-r4\"\nselect = [\"15\", \"1\", \"4\", \"6\", \"13\", \"14\"]\n";
    let checked = check("state", text);
    assert_eq!(checked.diagnostics, []);
    let state = checked.instrument.unwrap();
    let items = state.items().iter().filter(|item| item.parent().is_none());
    // In the order of the base.
    assert_eq!(items.map(|item| item.id()).collect::<Vec<_>>(), ["1", "4", "6", "13", "14", "15"]);
    let outcomes: BTreeMap<&str, String> =
        state.outcomes().iter().map(|one| (one.id(), one.absent().join(" "))).collect();
    let wanted = [("permanency-1", "5"), ("safety-1", ""), ("well-being-1", "12")];
    assert_eq!(outcomes, wanted.map(|(id, absent)| (id, absent.to_owned())).into());
    // What is rated on its own in the selection is rated as in the base.
    let base = load_shipped("cfsr-r4").unwrap();
    for at in state.item_positions() {
        let same = same_item(&state, at, &base).unwrap();
        assert_eq!(base.item(same).id(), state.item(at).id());
        assert_eq!(base.item(same).rows().len(), state.item(at).rows().len());
    }
    // Through the base's crosswalk also what Round 3 calls the same.
    let earlier = load_shipped("cfsr-r3").unwrap();
    let item = state.find_item("14").unwrap();
    let (own, of_base) = (
        same_item(&state, item, &earlier),
        same_item(&base, base.find_item("14").unwrap(), &earlier),
    );
    assert_eq!(own.is_ok(), of_base.is_ok());
}

#[test]
fn the_text_kept_of_an_edition_needs_no_other_file() {
    let well_being = load_shipped("cfsr-r3-well-being").unwrap();
    assert_eq!(well_being.bases(), ["cfsr-r3"]);
    let base = shipped().iter().find(|one| one.id == "cfsr-r3").unwrap();
    assert!(well_being.text().ends_with(base.text));
    let again = build(well_being.text()).unwrap();
    assert_eq!(again.hash(), well_being.hash());
    // What is kept is what is rated by, whatever the base becomes later.
    let other = well_being.text().replace("Needs and services", "Needs, and services");
    let other = build(&other).unwrap();
    assert_ne!(other.hash(), well_being.hash());
    let checked = check("kept", well_being.text());
    assert_eq!(checked.diagnostics, []);
    // Nothing may stand behind a file that extends none.
    let two = format!("{}\u{1c}{}", base.text, base.text);
    let codes: Vec<&str> = check("two", &two).diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["unfit-character"]);
}

#[test]
fn an_item_of_a_state_gets_from_its_file_to_the_report() {
    let place = tempfile::tempdir().unwrap();
    let at = place.path();
    let copy = |name: &str| {
        std::fs::copy(folder().join(name), at.join("tn.toml")).unwrap();
    };
    // As it was first written, nothing takes it; the messages are those of `check`.
    copy("add-on.toml");
    let init = ["init", "--name", "2026-H1", "--period", "2026-H1", "--instrument", "tn.toml"];
    let (code, out, err) = run(at, &init);
    assert_eq!((code, out.as_str()), (2, ""));
    let told = std::fs::read_to_string(folder().join("add-on.expected")).unwrap();
    let told = told.replace("add-on.toml", "tn.toml").replace("tn.toml: 3 errors\n", "");
    assert_eq!(err.trim_end(), told.trim_end());
    // Mended as they say.
    copy("add-on-mended.toml");
    let (code, out, _) = run(at, &["instrument", "check", "tn.toml"]);
    assert_eq!((code, out.as_str()), (0, "tn.toml: no problems\n"));
    let (code, _, err) = run(at, &init);
    assert_eq!(code, 0, "{err}");
    // The workspace holds all of it: the file may go.
    std::fs::remove_file(at.join("tn.toml")).unwrap();

    let workspace = Workspace::open(&at.join("casereview.db"), Some("lead")).unwrap();
    let round = workspace.current_round().unwrap().unwrap();
    let instrument = workspace.instrument(&round.instrument).unwrap();
    drop(workspace);
    let mut csv = String::from("case,case_type,question,answer,region,county,period,reviewer\n");
    let (given, narratives) = answers(&instrument);
    for (question, answer) in given {
        if !question.starts_with("TN1.") {
            let answer = answer.replace('"', "\"\"");
            csv += &format!("C-1,in-home,{question},\"{answer}\",Knox,Knox,2026-H1,lead\n");
        }
    }
    std::fs::write(at.join("begun.csv"), csv).unwrap();
    let (code, _, err) = run(at, &["import", "answers", "begun.csv", "--drafts"]);
    assert_eq!(code, 0, "{err}");

    // The state's own item line by line, and the end.
    let mut typed = String::new();
    for question in narratives.iter().filter(|question| !question.starts_with("TN1.")) {
        typed += &format!(":go {question}\n:text\nAs the record says.\n.\n");
    }
    typed += ":go TN1\nno\nNobody spoke the family's language.\n.\n";
    typed += "The visits of May were held without one.\n.\n1\n:submit\n";
    let (code, said, err) = run_with(at, &["review", "R-0001", "--plain"], typed);
    assert_eq!(code, 0, "{err}");
    assert!(said.contains("Was an interpreter there whenever the family needed one?"), "{said}");
    assert!(said.contains("Submitted"), "{said}");
    let (_, report, _) = run(at, &["report", "items", "--by", "region", "--format", "csv"]);
    assert!(report.lines().any(|line| line.starts_with("Knox,TN1,")), "{report}");
    assert!(report.lines().any(|line| line.starts_with("Knox,14,")), "{report}");
}

/// Answers to everything submission asks for, the first that breaks no rule of its item, and
/// the questions whose answer needs a narrative.
fn answers(instrument: &Instrument) -> (Vec<(String, String)>, Vec<String>) {
    let mut answers = Answers::new(instrument.find_case_type("in-home").unwrap());
    for _ in 0..60 {
        let scores = score(instrument, &answers);
        let missing = unfinished(instrument, &answers, &scores);
        if missing.is_empty() {
            break;
        }
        for one in missing {
            match one.what {
                Lack::Narrative | Lack::OptionText => {
                    answers.set_narrative(one.question, "As the record says.");
                }
                Lack::Rule { .. } | Lack::FaceRule { .. } | Lack::Cell { .. } => {}
                _ => {
                    let value = value(instrument, &answers, one.question);
                    answers.set(one.question, Some(value));
                }
            }
        }
    }
    let scores = score(instrument, &answers);
    let missing = unfinished(instrument, &answers, &scores);
    let missing: Vec<String> = missing.iter().map(|one| one.line(instrument)).collect();
    assert_eq!(missing, [""; 0]);
    let given = answers.iter().map(|(at, value)| {
        let question = instrument.question(at);
        (question.id().to_owned(), write_value(question, value))
    });
    let noted = answers.iter().filter(|(at, _)| answers.narrative(*at).is_some());
    let noted = noted.map(|(at, _)| instrument.question(at).id().to_owned());
    (given.collect(), noted.collect())
}

fn value(
    instrument: &Instrument,
    answers: &Answers,
    at: casereview::instrument::QuestionIx,
) -> Value {
    let case_type = answers.case_type;
    match instrument.question(at).kind() {
        Kind::Choice(options) | Kind::Checklist(options) => {
            let broken = |position: usize| {
                let mut tried = answers.clone();
                tried.set(at, Some(Value::Codes(CodeSet::one(position))));
                score(instrument, &tried).broken.len()
            };
            let offered = (0..options.len()).filter(|p| options[*p].case_types.has(case_type));
            let best = offered.min_by_key(|position| broken(*position)).unwrap();
            Value::Codes(CodeSet::one(best))
        }
        Kind::Text => Value::Text("As the record says.".to_owned()),
        Kind::Date => Value::Date("2026-05-04".parse().unwrap()),
        Kind::Integer { least, .. } => Value::Integer(*least),
        Kind::Table { columns, .. } => {
            let cell = |kind: &Kind| match kind {
                Kind::Choice(options) | Kind::Checklist(options) => options
                    .iter()
                    .find(|option| option.case_types.has(case_type))
                    .map_or_else(String::new, |option| option.code.clone()),
                Kind::Date => "2026-05-04".to_owned(),
                Kind::Integer { least, .. } => least.to_string(),
                Kind::Text | Kind::Table { .. } => "One".to_owned(),
            };
            let asked = columns.iter().filter(|column| column.case_types.has(case_type));
            let row = asked.map(|column| (column.id.clone(), cell(&column.kind)));
            Value::Rows(vec![row.collect()])
        }
    }
}
