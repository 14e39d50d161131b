//! `instrument diff`: nothing where nothing changed, every edit of a table named with an
//! example that indeed rates differently, and exact words.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use casereview::instrument::diff::{Aspect, Subject, Thing};
use casereview::instrument::{Instrument, Kind, build, check, diff, load_shipped, shipped};
use casereview::scoring::{Answers, read_value, score};

use crate::program;

const JOINED: &str = include_str!("../instruments/valid/joined.toml");

fn texts() -> Vec<(&'static str, &'static str)> {
    let mut texts: Vec<_> = shipped().iter().take(1).map(|one| (one.id, one.text)).collect();
    texts.push(("joined", JOINED));
    texts
}

fn instrument(id: &str, text: &str) -> Instrument {
    load_shipped(id).map_or_else(|| build(text).unwrap(), |shipped| (*shipped).clone())
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    let all = shipped().iter().map(|one| (one.id, one.text)).chain([("joined", JOINED)]);
    for (id, text) in all {
        let one = instrument(id, text);
        let difference = diff(&one, &one);
        assert!(difference.is_empty(), "{id}: {difference:#?}");
        // Also where it is only written otherwise.
        let Some(other) = build(&format!("{text}\n# the end\n")) else { continue };
        assert!(diff(&one, &other).is_empty(), "{id}");
    }
}

/// A small stream of numbers, so that nothing hangs on the crate's own.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % sides
    }
}

/// Any answers to all questions, as files write them.
fn anything(instrument: &Instrument, dice: &mut Dice) -> (String, Vec<(String, String)>) {
    let types = instrument.case_types();
    let case_type = types[dice.roll(types.len())].code.clone();
    let mut answers = Vec::new();
    for question in instrument.questions() {
        let answer = match question.kind() {
            Kind::Choice(options) => options[dice.roll(options.len())].code.clone(),
            Kind::Checklist(options) => {
                let ticked = options.iter().filter(|_| dice.roll(4) == 0);
                ticked.map(|option| option.code.clone()).collect::<Vec<_>>().join(";")
            }
            Kind::Integer { least, most } => {
                (least + dice.roll((most - least + 1) as usize) as i64).to_string()
            }
            _ => continue,
        };
        answers.push((question.id().to_owned(), answer));
    }
    (case_type, answers)
}

/// Ratings of items, sub-items and outcomes by id.
fn ratings(
    instrument: &Instrument,
    case_type: &str,
    given: &[(String, String)],
) -> Vec<(String, &'static str)> {
    let case_type = instrument.find_case_type(case_type).unwrap();
    let mut answers = Answers::new(case_type);
    for (id, text) in given {
        let Some(at) = instrument.find_question(id) else { continue };
        answers.set(at, read_value(instrument.question(at), case_type, text).ok());
    }
    let scores = score(instrument, &answers);
    let items = instrument.item_positions();
    items.map(|at| (instrument.item(at).id().to_owned(), scores.item(at).rating.code())).collect()
}

/// Exchanges of one word in a row's condition or rating.
const EXCHANGES: [(&str, &str); 6] = [
    ("\"yes\"", "\"no\""),
    ("\"no\"", "\"yes\""),
    ("\"na\"", "\"yes\""),
    ("\"strength\"", "\"ani\""),
    ("\"ani\"", "\"strength\""),
    ("at-least = 2", "at-least = 3"),
];

#[test]
fn an_edit_of_a_row_is_named_with_an_example() {
    for (id, text) in texts() {
        let old = instrument(id, text);
        let samples: Vec<_> = {
            let mut dice = Dice(5);
            (0..300).map(|_| anything(&old, &mut dice)).collect()
        };
        let (mut tried, mut told) = (0, 0);
        let (mut table, mut at) = ("", 0);
        let mut names = ("", "");
        for line in text.split_inclusive('\n') {
            if line.starts_with('[') {
                table = line.trim();
                let rest = &text[at + line.len()..];
                let block = rest.find("\n[").map_or(rest, |end| &rest[..end]);
                let found = block.lines().find_map(|line| line.strip_prefix("id = "));
                let found = found.map_or("", |id| id.trim_matches('"'));
                match table {
                    "[[item]]" => names = (found, ""),
                    "[[item.sub-item]]" => names.1 = found,
                    "[[item.row]]" => names.1 = "",
                    _ => {}
                }
            }
            let row = matches!(table, "[[item.row]]" | "[[item.sub-item.row]]");
            if row && (line.starts_with("when = ") || line.starts_with("give = ")) {
                let name = if names.1.is_empty() { names.0 } else { names.1 };
                for (from, to) in EXCHANGES {
                    // One edit in three keeps the test short.
                    for (position, _) in line.match_indices(from) {
                        tried += 1;
                        if tried % 3 != 0 {
                            continue;
                        }
                        let mut text = text.to_owned();
                        let place = at + position;
                        text.replace_range(place..place + from.len(), to);
                        // The proof is left out: it would refuse most of them.
                        let Some(new) = build(&text) else { continue };
                        told += usize::from(look(&old, &new, name, &samples));
                    }
                }
            }
            at += line.len();
        }
        assert!(told > 2, "{id}: of {tried} edits only {told} rate differently");
    }
}

/// Looks at one edit; whether it rates anything differently.
fn look(
    old: &Instrument,
    new: &Instrument,
    name: &str,
    samples: &[(String, Vec<(String, String)>)],
) -> bool {
    let difference = diff(old, new);
    assert!(
        difference.changes.iter().any(|change| {
            change.about.id == name
                && change.thing == Thing::Row
                && matches!(change.aspect, Aspect::Condition | Aspect::Gives)
        }),
        "{name}: {:#?}",
        difference.changes
    );
    for table in difference.ratings.iter().filter(|t| t.about.subject != Subject::Outcome) {
        let sets: u64 = table.transitions.iter().map(|one| one.sets).sum();
        assert_eq!(sets, table.different, "{name}");
        assert!(table.different <= table.compared, "{name}");
        for one in &table.transitions {
            let example = &one.example;
            let rating = |instrument| {
                let all = ratings(instrument, &example.case_type, &example.answers);
                all.into_iter().find(|(id, _)| *id == table.about.id).unwrap().1
            };
            assert_eq!((rating(old), rating(new)), (one.old.code, one.new.code), "{example:?}");
        }
    }
    // Whatever rates differently by chance is told.
    for (case_type, answers) in samples {
        let (was, is) = (ratings(old, case_type, answers), ratings(new, case_type, answers));
        for ((id, was), (_, is)) in was.iter().zip(&is) {
            let rated = |rating: &str| ["strength", "ani", "na"].contains(&rating);
            if was != is && (rated(was) || rated(is)) {
                let told = difference.ratings.iter().any(|table| table.about.id == *id);
                assert!(told, "{id} went from {was} to {is}: {answers:?}");
            }
        }
    }
    difference.ratings.iter().any(|table| table.about.id == name)
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let line = [&["instrument", "diff"], arguments].concat();
    program::run(Path::new(env!("CARGO_MANIFEST_DIR")), &line)
}

/// The joined fixture with some edits; each must be there to make.
fn edited(edits: &[(&str, &str)]) -> String {
    let mut text = JOINED.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let checked = check("edited", &text);
    assert!(checked.instrument.is_some(), "{:#?}", checked.diagnostics);
    text
}

#[test]
fn what_changed_is_said_in_the_fields_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.toml");
    let text = edited(&[
        ("edition = \"1\"", "edition = \"2\""),
        ("Were needs assessed?", "Were the child's needs assessed?"),
        ("{ code = \"young\", title = \"Too young\" },\n", ""),
        ("ask-when = { \"16.B\" = \"yes\" }", "ask-when = { \"16.B\" = [\"yes\", \"na\"] }"),
        ("least = 0\nmost = 20", "least = 0\nmost = 30"),
        ("when = { B = { at-least = 2 } }", "when = { B = { at-least = 3 } }"),
        ("when = { B = { at-most = 1 } }", "when = { B = { at-most = 2 } }"),
        ("title = \"Health\"\noutcome", "title = \"Health\"\nbar = 0.95\noutcome"),
    ]);
    fs::write(&file, text).unwrap();
    let name = file.display().to_string();
    let (code, out, err) = run(&["tests/instruments/valid/joined.toml", &name]);
    assert_eq!((code, err.as_str()), (0, ""));
    let body: Vec<&str> = out.lines().skip(2).collect();
    insta::assert_snapshot!(body.join("\n"));

    let (code, out, _) = run(&["--format", "json", "tests/instruments/valid/joined.toml", &name]);
    assert_eq!(code, 0);
    let data: serde_json::Value = serde_json::from_str(&out).unwrap();
    let changes: Vec<&str> =
        data["changes"].as_array().unwrap().iter().map(|c| c["change"].as_str().unwrap()).collect();
    assert!(changes.contains(&"question-gate") && changes.contains(&"bar"), "{changes:?}");
    let tables = data["ratings"].as_array().unwrap();
    let ids: Vec<&str> = tables.iter().map(|t| t["subject_id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["17", "17A"]);
    let (code, out, _) = run(&["--format", "csv", "joined", "joined"]);
    assert_eq!((code, out.as_str()), (2, ""));
}

#[test]
fn instruments_are_matched_through_the_crosswalk() {
    let (code, out, _) = run(&["cfsr-r2-items-14-20", "tests/instruments/valid/round-three.toml"]);
    assert_eq!(code, 0);
    assert!(out.contains("Items are matched through the crosswalk.\n"), "{out}");
    assert!(out.contains("\nItem 9 (was 14) Connections\n"), "{out}");
    let ten = out.split("\nItem 10 (was 15) Relatives\n").nth(1).unwrap();
    assert!(ten.starts_with("  does not mean the same, says the crosswalk\n"), "{ten}");
    assert!(out.contains("\nItem 19 Something of its own\n  added\n"), "{out}");
    assert!(out.contains("\nItem 20 Caseworker visits with parents\n  removed\n"), "{out}");
}

/// An item with a table over many questions.
fn wide(questions: usize, at_least: usize) -> Instrument {
    let mut text = "[instrument]\nid = \"wide\"\ntitle = \"Wide\"\nshort = \"Wide\"\nedition = \"1\"\nsource = \"made up\"\n[[case-type]]\ncode = \"case\"\ntitle = \"Case\"\n[[item]]\nid = \"1\"\ntitle = \"One\"\n[item.applies]\ncase = \"always\"\n".to_owned();
    let ids: Vec<String> = (0..questions).map(|n| format!("\"Q{n}\"")).collect();
    for id in &ids {
        text += &format!(
            "[[item.question]]\nid = {id}\nask = \"So?\"\nanswers = [\"yes\", \"no\", \"na\"]\n"
        );
    }
    let of = ids.join(", ");
    text += &format!(
        "[[item.row]]\nid = \"many\"\ngive = \"strength\"\nwhen = {{ count = {{ of = [{of}], is = \"yes\", at-least = {at_least} }} }}\n"
    );
    text += &format!(
        "[[item.row]]\nid = \"few\"\ngive = \"ani\"\nwhen = {{ count = {{ of = [{of}], is = \"yes\", at-most = {} }} }}\n",
        at_least - 1
    );
    build(&text).unwrap()
}

#[test]
fn sets_are_counted_exactly_as_long_as_they_can_be() {
    let (old, new) = (wide(12, 5), wide(12, 6));
    let difference = diff(&old, &new);
    let [table] = difference.ratings.as_slice() else { panic!("{difference:#?}") };
    assert_eq!(table.sampled, None);
    // Each of the questions is yes or not, as far as the rows tell answers apart.
    let choose = |n: u64, k: u64| (0..k).fold(1, |all, at| all * (n - at) / (at + 1));
    assert_eq!((table.compared, table.different), (1 << 12, choose(12, 5)));
    let [one] = table.transitions.as_slice() else { panic!("{table:#?}") };
    assert_eq!((one.old.code, one.new.code), ("strength", "ani"));
    let reasons = (one.example.old_reason.as_str(), one.example.new_reason.as_str());
    assert_eq!(reasons, ("row many", "row few"));
}

#[test]
fn more_are_sampled_the_same_every_time() {
    let (old, new) = (wide(18, 5), wide(18, 6));
    let difference = diff(&old, &new);
    let [table] = difference.ratings.as_slice() else { panic!("{difference:#?}") };
    assert_eq!(table.sampled.unwrap().of, 1 << 18);
    assert_eq!(table.compared, 40_000);
    // 8568 of 262144 sets rate differently: 3.3 %.
    assert!((1_100..1_520).contains(&table.different), "{}", table.different);
    assert_eq!(difference, diff(&old, &new));
}
