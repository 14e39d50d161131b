//! `score` against a second statement of the rules, on every combination of answers.
//!
//! Every question of an item is given each of its answers and also none, whatever the gates:
//! so incomplete and inconsistent combinations and answers to be set aside are all there.
//! Nothing of the crate is used; answers go in and ratings come out as CSV.

// The count of combinations is printed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

pub mod statement;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use statement::{ITEMS, Question, Verdict};

const CASE_TYPES: [&str; 3] = ["foster-care", "in-home", "in-home-dr"];

type Answers = Vec<(&'static str, Option<&'static str>)>;

/// The answers of a case, item by item as in [`ITEMS`].
type Case = [Answers; ITEMS.len()];

/// The combination at a position: the answers as digits of a number, none being the last.
fn combination(questions: &[Question], mut position: usize) -> Answers {
    let mut answers = Vec::with_capacity(questions.len());
    for (question, codes) in questions {
        answers.push((*question, codes.get(position % (codes.len() + 1)).copied()));
        position /= codes.len() + 1;
    }
    answers
}

fn combinations(questions: &[Question]) -> usize {
    questions.iter().map(|(_, codes)| codes.len() + 1).product()
}

/// Scores the cases, all of one type, and compares every line; gives the count of lines.
fn compare(case_type: &str, cases: &[Case]) -> usize {
    let mut file = String::from("case,case_type,question,answer\n");
    for (at, case) in cases.iter().enumerate() {
        writeln!(file, "{at},{case_type},,").unwrap();
        for (question, answer) in case.iter().flatten() {
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
    let (mut compared, mut wrong) = (0, 0);
    let (mut expected_line, mut shown) = (String::new(), String::new());
    for (at, case) in cases.iter().enumerate() {
        for (kind, id, Verdict { rating, reason }) in expected(case_type, case) {
            expected_line.clear();
            write!(expected_line, "{at},{kind},{id},{rating},{reason}").unwrap();
            let got = lines.next();
            compared += 1;
            if got != Some(expected_line.as_str()) {
                wrong += 1;
                if wrong <= 10 {
                    writeln!(
                        shown,
                        "{case_type} {case:?}\n  expected {expected_line}\n  got      {got:?}"
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

fn expected(case_type: &str, case: &Case) -> Vec<(&'static str, &'static str, Verdict)> {
    let in_home = case_type != "foster-care";
    let mut lines = Vec::with_capacity(12);
    for (position, given) in case.iter().enumerate() {
        lines.extend(statement::item(position, in_home, given));
    }
    let rating = |id: &str| lines.iter().find(|line| line.1 == id).unwrap().2.rating;
    let outcomes = statement::outcomes(["17", "18", "19", "20"].map(rating));
    lines.extend(outcomes.into_iter().map(|(id, verdict)| ("outcome", id, verdict)));
    lines
}

/// Runs each case type in a thread of its own; gives what `run` counted, in all.
fn each_case_type(run: impl Fn(&'static str) -> usize + Sync) -> usize {
    std::thread::scope(|scope| {
        let runs = CASE_TYPES.map(|case_type| scope.spawn(|| run(case_type)));
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    })
}

#[test]
fn every_combination_of_every_item_is_rated_as_stated() {
    let most = ITEMS.iter().map(|(_, questions)| combinations(questions)).max().unwrap();
    let lines = each_case_type(|case_type| {
        // One case carries one combination of each item, as long as an item has more: items
        // do not read each other, and the statement covers the whole case.
        let cases: Vec<Case> = (0..most)
            .map(|at| {
                ITEMS.map(|(_, questions)| {
                    let more = at < combinations(questions);
                    if more { combination(questions, at) } else { Vec::new() }
                })
            })
            .collect();
        compare(case_type, &cases)
    });
    let mut each = 0;
    for (item, questions) in ITEMS {
        println!("item {item}: {} combinations for each case type", combinations(questions));
        each += combinations(questions);
    }
    println!("in all {} combinations of answers, {lines} ratings compared", 3 * each);
}

#[test]
fn every_combination_of_item_ratings_gives_the_outcomes_as_stated() {
    let total = each_case_type(|case_type| {
        let in_home = case_type != "foster-care";
        // For each item: one set of answers for each rating it can come to, and for each way
        // of being unrated. Items 14 to 16 count towards an outcome that is never computed:
        // they are left as they are first.
        let mut cases: Vec<Case> = vec![Default::default()];
        for (position, (_, questions)) in ITEMS.into_iter().enumerate().skip(3) {
            let mut ways: BTreeMap<(&str, String), Answers> = BTreeMap::new();
            for at in 0..combinations(questions) {
                let answers = combination(questions, at);
                let Verdict { rating, reason } = &statement::item(position, in_home, &answers)[0].2;
                let kind = reason.split(':').next().unwrap_or_default().to_owned();
                ways.entry((*rating, kind)).or_insert(answers);
            }
            let mut longer = Vec::new();
            for case in &cases {
                for way in ways.values() {
                    let mut case: Case = case.clone();
                    case[position].clone_from(way);
                    longer.push(case);
                }
            }
            cases = longer;
        }
        compare(case_type, &cases);
        cases.len()
    });
    println!("in all {total} combinations of the ratings of items 17 to 20");
}
