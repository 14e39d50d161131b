//! Items that hang together: `tests/instruments/valid/joined.toml` has gates and rules across
//! items, a sub-item that is asked about, and outcomes that read answers.

#![allow(clippy::unwrap_used)]

use casereview::instrument::rate::{Cause, Given, OutcomeCause, rate};
use casereview::instrument::{CaseTypeIx, CodeSet, Instrument, Kind, QuestionIx, check};

const JOINED: &str = include_str!("../instruments/valid/joined.toml");

fn instrument() -> Instrument {
    let checked = check("joined", JOINED);
    assert_eq!(checked.diagnostics, []);
    checked.instrument.unwrap()
}

/// The problems after an exchange, as "code: message".
fn problems(from: &str, to: &str) -> Vec<String> {
    assert_eq!(JOINED.matches(from).count(), 1, "{from}");
    let checked = check("joined", &JOINED.replace(from, to));
    checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

#[test]
fn every_complete_set_of_answers_has_a_rating() {
    let instrument = instrument();
    let questions: Vec<(QuestionIx, Vec<Given>)> = instrument
        .question_positions()
        .filter(|at| instrument.question(*at).needed_for_rating() || is_applies(&instrument, *at))
        .map(|at| (at, answers(instrument.question(at).kind())))
        .collect();
    let mut sets = 0;
    for case_type in [CaseTypeIx(0), CaseTypeIx(1)] {
        let mut choice = vec![0; questions.len()];
        loop {
            let given = |question: QuestionIx| {
                let at = questions.iter().position(|(q, _)| *q == question)?;
                Some(questions[at].1[choice[at]])
            };
            let rated = rate(&instrument, case_type, &given);
            sets += 1;
            for (item, result) in instrument.items().iter().zip(&rated.items) {
                assert_ne!(result.cause, Cause::Missing(Vec::new()), "{} {choice:?}", item.id());
            }
            for result in &rated.outcomes {
                assert_ne!(result.cause, OutcomeCause::Items(Vec::new()), "{choice:?}");
            }
            // Count up, the last question fastest.
            let Some(at) =
                (0..choice.len()).rev().find(|at| choice[*at] + 1 < questions[*at].1.len())
            else {
                break;
            };
            choice[at] += 1;
            choice[at + 1..].fill(0);
        }
    }
    assert_eq!(sets, 2 * 2 * 2 * 3 * 2 * 2 * 4 * 2 * 8);
}

fn is_applies(instrument: &Instrument, at: QuestionIx) -> bool {
    instrument.items().iter().any(|item| item.applies_question() == Some(at))
}

fn answers(kind: &Kind) -> Vec<Given> {
    match kind {
        Kind::Choice(options) => {
            (0..options.len()).map(|at| Given::Codes(CodeSet::one(at))).collect()
        }
        Kind::Checklist(options) => {
            (0..1u64 << options.len()).map(|set| Given::Codes(CodeSet(set))).collect()
        }
        Kind::Integer { .. } => [0, 1, 2, 20].map(Given::Integer).to_vec(),
        Kind::Text | Kind::Date | Kind::Table { .. } => vec![Given::Other],
    }
}

#[test]
fn outcomes_are_proven_over_what_their_items_give_together() {
    assert_eq!(
        problems("at-least = 1, at-most = 1", "at-least = 2, at-most = 2"),
        [
            "gap: outcome education has no row for 16 is Area Needing Improvement, 16.A is Yes, \
             16.B is No (Foster care)",
            "dead-row: row one-of-two of outcome education never holds",
            "example: example \"Assessed, not met\" of outcome education comes out as \
             Incomplete, not Partially Achieved",
        ]
    );
    assert_eq!(
        problems("when = { 17 = \"ani\", 17A = \"ani\" }", "when = { 17 = \"ani\" }"),
        ["overlap: rows body-only and missed of outcome health both hold and rate differently: \
          17 is Area Needing Improvement, 17A is Strength (Foster care)"]
    );
}

#[test]
fn sub_items_that_do_not_apply_count_as_not_applicable() {
    assert_eq!(
        problems("17B = [\"strength\", \"na\"]", "17B = \"strength\""),
        [
            "gap: item 17 has no row for 16.B is Yes, A is Yes, B is 2 or more, 17B.applies is \
             No (Foster care)",
            "example: example \"Teeth don't apply\" of item 17 comes out as Incomplete, not \
             Strength",
            "example: example \"A contradiction, to be explained\" of item 17 comes out as \
             Incomplete, not Strength",
        ]
    );
}

#[test]
fn options_for_other_case_types_are_no_answers() {
    assert_eq!(
        problems("{ code = \"young\", title = \"Too young\" },", ""),
        [""; 0],
        "each case type still has a reason"
    );
    let none = JOINED
        .replace("{ code = \"young\", title = \"Too young\" },", "")
        .replace("{ code = \"other\", title = \"Other\", text = true },", "");
    let codes: Vec<_> = check("joined", &none).diagnostics.iter().map(|d| d.code).collect();
    // 16.child.reason in foster care; 16.applies.reason is asked in-home only.
    assert_eq!(codes, ["no-options"]);
}

#[test]
fn a_gate_across_items_is_checked_like_any_other() {
    assert_eq!(
        problems("ask-when = { \"16.B\" = \"yes\" }", "ask-when = { \"16.D\" = \"yes\" }"),
        ["unknown-question: question 16.D is unknown"]
    );
    assert_eq!(
        problems(
            "ask-when = { \"16.B\" = \"yes\" }",
            "ask-when = { \"16.B\" = \"yes\", \"16.A\" = { not-a-test = 1 } }"
        ),
        ["unknown-key: 16.A has no key not-a-test"]
    );
}
