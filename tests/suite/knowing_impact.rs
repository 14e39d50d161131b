//! `instrument impact` against scoring the same answers twice, and trends across instruments.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use casereview::instrument::{DEFAULT, load_shipped, same_item, shipped};
use casereview::store::Workspace;

use crate::import_answers;
use crate::place::Place;

/// The default instrument where D no longer rates item 14; its worked examples are taken out.
fn edition_two() -> String {
    let text = shipped().iter().find(|one| one.id == DEFAULT).unwrap().text;
    let mut kept = String::new();
    for block in text.split_inclusive("\n\n") {
        if !block.starts_with("[[item.example]]") && !block.starts_with("[[outcome.example]]") {
            kept.push_str(block);
        }
    }
    for (from, to) in [
        ("edition = \"2026-1\"", "edition = \"2026-2\""),
        ("every = { of = [\"C\", \"D\"], is", "every = { of = [\"C\"], is"),
        ("of = [\"A\", \"C\", \"D\"], is = \"no\"", "of = [\"A\", \"C\"], is = \"no\""),
    ] {
        assert!(kept.contains(from), "{from}");
        kept = kept.replacen(from, to, 1);
    }
    kept
}

/// Ratings of every case by kind and id, as `score` prints them.
fn scored(place: &Place, instrument: &str) -> BTreeMap<(String, String, String), String> {
    let csv = place.ok(&["score", instrument, "--answers", "plain.csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    let key = |row: &csv::StringRecord| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned());
    rows.map(|row| (key(&row), row[3].to_owned())).collect()
}

type Moves = BTreeMap<(String, String, String, String), u64>;

fn moves_of(data: &serde_json::Value) -> Moves {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    data["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            assert_eq!(one["item"], one["old_item"]);
            let key = (
                text(&one["kind"]),
                text(&one["item"]),
                text(&one["old_rating"]),
                text(&one["new_rating"]),
            );
            (key, one["readings"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn impact_is_what_scoring_twice_says() {
    let place = Place::new();
    let (text, _) = import_answers::file(400);
    place.write("answers.csv", &text);
    let four = |line: &str| line.split(',').take(4).collect::<Vec<_>>().join(",");
    place.write("plain.csv", text.lines().map(four).collect::<Vec<_>>().join("\n"));
    place.write("new.toml", edition_two());
    place.ok(&["import", "answers", "answers.csv"]);
    let tables = || {
        let workspace = Workspace::open(&place.path("casereview.db"), None).unwrap();
        (workspace.last_position().unwrap(), workspace.projections_digest().unwrap())
    };
    let before = tables();

    let (old, new) = (scored(&place, DEFAULT), scored(&place, "new.toml"));
    let mut wanted = Moves::new();
    let mut cases = BTreeSet::new();
    for (key @ (case, kind, id), was) in &old {
        let is = &new[key];
        if was != is {
            cases.insert(case.clone());
            let key = (kind.clone(), id.clone(), was.clone(), is.clone());
            *wanted.entry(key).or_default() += 1;
        }
    }
    assert!(cases.len() > 20, "only {} cases differ", cases.len());

    let json = place.ok(&["instrument", "impact", DEFAULT, "new.toml", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(moves_of(&data), wanted);
    assert_eq!(data["readings"], 400);
    assert_eq!(data["different"], cases.len());
    assert_eq!(data["gone"].as_array().unwrap().len(), 0);
    for reading in data["changes"].as_array().unwrap() {
        for item in reading["items"].as_array().unwrap() {
            assert_ne!(item["old_rating"], item["new_rating"]);
            assert!(!item["old_why"].as_str().unwrap().is_empty());
        }
    }
    let csv = place.ok(&["instrument", "impact", DEFAULT, "new.toml", "--format", "csv"]);
    assert_eq!(csv.lines().count() as u64 - 1, wanted.values().sum::<u64>());
    assert!(csv.starts_with(
        "case,reading,reviewer,status,kind,old_item,item,old_rating,new_rating,old_reason,new_reason,gone,missing\n"
    ));
    let text = place.ok(&["instrument", "impact", DEFAULT, "new.toml"]);
    let said =
        format!("\n{} of 400 reviews would rate differently. Nothing is changed.\n", cases.len());
    assert!(text.contains(&said), "{text}");
    assert_eq!(tables(), before);

    // By the beginning of its hash, against itself: nothing.
    let hash = &load_shipped(DEFAULT).unwrap().hash()[..10].to_owned();
    let text = place.ok(&["instrument", "impact", hash, hash]);
    assert!(text.ends_with("\n0 of 400 reviews would rate differently. Nothing is changed.\n"));
    let (code, _, err) = place.run(&["instrument", "impact", "new.toml", DEFAULT]);
    assert_eq!(code, 0);
    assert!(err.starts_with("no review here was made with edition 2026-2 of "), "{err}");
}

#[test]
fn answers_that_are_gone_or_new_are_said() {
    let place = Place::new();
    let (text, _) = import_answers::file(60);
    place.write("answers.csv", &text);
    place.ok(&["import", "answers", "answers.csv"]);
    // Frequency "weekly" is gone, and a question of item 19 is new.
    let new = edition_two();
    let new: String =
        new.split_inclusive('\n').filter(|line| !line.contains("code = \"weekly\"")).collect();
    let at = new.find("title = \"Caseworker visits with child\"").unwrap();
    let (start, rest) = new.split_at(at);
    let rest = rest.replacen(
        "[[item.rule]]",
        "[[item.question]]\nid = \"N\"\nask = \"Something new?\"\nanswers = [\"yes\", \"no\"]\n\n[[item.rule]]\nid = \"new\"\nsay = \"Never so.\"\nforbid = { N = \"no\", A = \"yes\" }\n\n[[item.rule]]",
        1,
    );
    place.write("new.toml", format!("{start}{rest}"));
    let json = place.ok(&["instrument", "impact", DEFAULT, "new.toml", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&json).unwrap();
    let gone: Vec<(&str, &str)> = data["gone"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["question"].as_str().unwrap(), one["answer"].as_str().unwrap()))
        .collect();
    assert_eq!(gone, [("20.A1", "weekly"), ("20.B1", "weekly")]);
    let missing: Vec<(&str, u64)> = data["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["question"].as_str().unwrap(), one["readings"].as_u64().unwrap()))
        .collect();
    assert!(missing.contains(&("19.N", 60)), "{missing:?}");
    assert!(missing.iter().any(|(id, _)| *id == "20.A1"), "{missing:?}");
    let text = place.ok(&["instrument", "impact", DEFAULT, "new.toml"]);
    assert!(text.contains("\n  19.N is new or newly asked: no answer in 60 reviews\n"), "{text}");
    assert!(text.contains("\n  20.A1 no longer takes weekly: answered in "), "{text}");
}

#[test]
fn trends_cross_only_where_the_meaning_is_the_same() {
    let place = Place::new();
    let (text, _) = import_answers::file(300);
    place.write("answers.csv", &text);
    place.ok(&["import", "answers", "answers.csv"]);
    place.write("r3.toml", include_str!("../instruments/valid/round-three.toml"));
    let rows = |line: &[&str]| -> Vec<serde_json::Value> {
        serde_json::from_str(&place.ok(line)).unwrap()
    };
    let own = rows(&["report", "items", "--by", "region", "--format", "json"]);
    let (code, out, err) = place.run(&[
        "report",
        "items",
        "--by",
        "region",
        "--crosswalk",
        "r3.toml",
        "--format",
        "json",
    ]);
    assert_eq!(code, 0);
    let crossed: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert!(crossed.iter().all(|row| row["item"] == "9" && row["title"] == "Connections"));
    let fourteen: Vec<_> = own.iter().filter(|row| row["item"] == "14").collect();
    assert_eq!(crossed.len(), fourteen.len());
    for (one, other) in crossed.iter().zip(fourteen) {
        for key in ["group", "applicable", "strength", "ani", "na", "proportion"] {
            assert_eq!(one[key], other[key], "{key}");
        }
    }
    assert_eq!(
        err.lines().take(2).collect::<Vec<_>>(),
        [
            "left out: item 15 of cfsr-r2-items-14-20 is item 10 of cfsr-r3, but does not mean the same",
            "left out: item 16 of cfsr-r2-items-14-20 has no counterpart in cfsr-r3",
        ]
    );
    let (code, out, err) = place.run(&["report", "outcomes", "--crosswalk", "r3.toml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("error: --crosswalk: outcomes are made of other items"), "{err}");

    let joined = include_str!("../instruments/valid/joined.toml");
    let joined = casereview::instrument::build(joined).unwrap();
    let r2 = load_shipped(DEFAULT).unwrap();
    let refused = same_item(&r2, r2.find_item("14").unwrap(), &joined).unwrap_err();
    assert_eq!(refused.to_string(), "there is no crosswalk between cfsr-r2-items-14-20 and joined");
}
