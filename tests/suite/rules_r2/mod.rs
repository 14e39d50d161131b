//! `score` against a second statement of the rules, on every combination of answers.
//!
//! Every question of an item is given each of its answers and also none, whatever the gates:
//! so incomplete and inconsistent combinations and answers to be set aside are all there.
//! Nothing of the crate is used; answers go in and ratings come out as CSV.

mod statement;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use statement::{ITEMS, Verdict};

const CASE_TYPES: [&str; 3] = ["foster-care", "in-home", "in-home-dr"];

type Answers = Vec<(&'static str, Option<&'static str>)>;

/// The combination at a position: the answers as digits of a number, none being the last.
fn combination(questions: &[(&'static str, &[&'static str])], mut position: usize) -> Answers {
    let mut answers = Vec::with_capacity(questions.len());
    for (question, codes) in questions {
        answers.push((*question, codes.get(position % (codes.len() + 1)).copied()));
        position /= codes.len() + 1;
    }
    answers
}

fn combinations(questions: &[(&'static str, &[&'static str])]) -> usize {
    questions.iter().map(|(_, codes)| codes.len() + 1).product()
}

/// Scores the cases, all of one type, and compares every line; gives the count of lines.
fn compare(case_type: &str, cases: &[Answers]) -> usize {
    let mut file = String::from("case,case_type,question,answer\n");
    for (at, answers) in cases.iter().enumerate() {
        writeln!(file, "{at},{case_type},,").unwrap();
        for (question, answer) in answers {
            if let Some(answer) = answer {
                writeln!(file, "{at},{case_type},{question},{answer}").unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.csv");
    std::fs::write(&path, file).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .args(["score", "cfsr-r2-items-14-20", "--answers"])
        .arg(&path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let out = String::from_utf8(output.stdout).unwrap();

    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("case,kind,id,rating,reason"));
    let (mut compared, mut wrong, mut shown) = (0, 0, String::new());
    for (at, answers) in cases.iter().enumerate() {
        for (kind, id, Verdict { rating, reason }) in expected(case_type, answers) {
            let expected = format!("{at},{kind},{id},{rating},{reason}");
            let got = lines.next();
            compared += 1;
            if got != Some(expected.as_str()) {
                wrong += 1;
                if wrong <= 10 {
                    writeln!(
                        shown,
                        "{case_type} {answers:?}\n  expected {expected}\n  got      {got:?}"
                    )
                    .unwrap();
                }
            }
        }
    }
    assert_eq!(wrong, 0, "{wrong} lines of {compared} differ:\n{shown}");
    assert_eq!(lines.next(), None);
    compared
}

fn expected(case_type: &str, answers: &Answers) -> Vec<(&'static str, &'static str, Verdict)> {
    let mut lines = statement::items(case_type != "foster-care", answers);
    let rating = |id: &str| lines.iter().find(|line| line.1 == id).unwrap().2.rating;
    let outcomes = statement::outcomes(["17", "18", "19", "20"].map(rating));
    lines.extend(outcomes.into_iter().map(|(id, verdict)| ("outcome", id, verdict)));
    lines
}

#[test]
fn every_combination_of_every_item_is_rated_as_stated() {
    let most = ITEMS.iter().map(|(_, questions)| combinations(questions)).max().unwrap();
    let mut total = 0;
    for case_type in CASE_TYPES {
        // One case carries one combination of each item; items do not read each other, and
        // the statement covers the whole case.
        let cases: Vec<Answers> = (0..most)
            .map(|at| {
                ITEMS
                    .iter()
                    .filter(|(_, questions)| at < combinations(questions))
                    .flat_map(|(_, questions)| combination(questions, at))
                    .collect()
            })
            .collect();
        let lines = compare(case_type, &cases);
        let each: usize = ITEMS.iter().map(|(_, questions)| combinations(questions)).sum();
        total += each;
        println!("{case_type}: {each} combinations of answers, {lines} ratings compared");
    }
    for (item, questions) in ITEMS {
        println!("item {item}: {} combinations for each case type", combinations(questions));
    }
    println!("in all {total} combinations of answers to single items");
}

#[test]
fn every_combination_of_item_ratings_gives_the_outcome_as_stated() {
    let mut total = 0;
    for case_type in CASE_TYPES {
        // For each of items 17 to 20: one set of answers for each rating and reason it can
        // come to, as far as the reasons of incomplete ones need it.
        let ways: Vec<Vec<Answers>> = ["17", "18", "19", "20"]
            .into_iter()
            .map(|item| {
                let (_, questions) = ITEMS.into_iter().find(|(id, _)| *id == item).unwrap();
                let mut ways: BTreeMap<(&str, String), Answers> = BTreeMap::new();
                for at in 0..combinations(questions) {
                    let answers = combination(questions, at);
                    let line = expected(case_type, &answers).into_iter().find(|l| l.1 == item);
                    let Verdict { rating, reason } = line.unwrap().2;
                    let kind = reason.split(':').next().unwrap_or_default().to_owned();
                    ways.entry((rating, kind)).or_insert(answers);
                }
                ways.into_values().collect()
            })
            .collect();
        let mut cases: Vec<Answers> = vec![Vec::new()];
        for ways in &ways {
            cases = cases
                .iter()
                .flat_map(|case| ways.iter().map(move |way| [case.as_slice(), way].concat()))
                .collect();
        }
        compare(case_type, &cases);
        total += cases.len();
        println!("{case_type}: {} combinations of item ratings", cases.len());
    }
    println!("in all {total} combinations of item ratings");
}
