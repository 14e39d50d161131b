//! Worked examples: rated as a review would be, and compared.

use super::Draft;
use crate::diagnostic::Diagnostic;
use crate::instrument::rate::{Asked, Cause, Given, rate};
use crate::instrument::raw::Problems;
use crate::instrument::{
    CaseTypeIx, CodeSet, Example, Facts, Instrument, ItemIx, Outcome, OutcomeExample,
    OutcomeRating, QuestionIx, Rating, Truth,
};

/// Runs the examples of everything that could be built.
pub(super) fn run(draft: &Draft, problems: &Problems) {
    let instrument = &draft.instrument;
    // Gates and rules may read earlier items: one broken item may spoil any example.
    let marks = &draft.marks;
    if marks.broken_items.contains(&true) || marks.unsure_items.contains(&true) {
        return;
    }
    for at in instrument.item_positions() {
        let spans = &draft.marks.examples[usize::from(at.0)];
        for (example, span) in instrument.item(at).examples().iter().zip(spans) {
            if let Some(problem) = run_item(instrument, at, example) {
                problems.add(problem.at(span.clone()));
            }
        }
    }
    for (position, outcome) in instrument.outcomes().iter().enumerate() {
        if draft.marks.broken_outcomes[position] {
            continue;
        }
        let spans = &draft.marks.outcome_examples[position];
        for (example, span) in outcome.examples().iter().zip(spans) {
            let got = rate_outcome(outcome, example);
            if got != example.expect {
                let message = format!(
                    "example {:?} of outcome {} comes out as {}, not {}",
                    example.title,
                    outcome.id(),
                    got.title(),
                    example.expect.title()
                );
                problems.add(Diagnostic::error("example", message).at(span.clone()));
            }
        }
    }
}

fn run_item(instrument: &Instrument, at: ItemIx, example: &Example) -> Option<Diagnostic> {
    let given = |question: QuestionIx| {
        let codes = example.answers.iter().find(|(q, _)| *q == question);
        let number = example.integers.iter().find(|(q, _)| *q == question);
        let codes = codes.map(|(_, codes)| Given::Codes(*codes));
        codes.or(number.map(|(_, number)| Given::Integer(*number)))
    };
    let rated = rate(instrument, example.case_type, &given);
    let item = instrument.item(at);
    let unasked: Vec<&str> = example
        .answers
        .iter()
        .map(|(question, _)| *question)
        .chain(example.integers.iter().map(|(question, _)| *question))
        .filter(|question| rated.asked[usize::from(question.0)] == Asked::No)
        .map(|question| instrument.question(question).id())
        .collect();
    let result = &rated.items[usize::from(at.0)];
    if result.rating != example.expect {
        let message = format!(
            "example {:?} of item {} comes out as {}, not {}",
            example.title,
            item.id(),
            result.rating.title(),
            example.expect.title()
        );
        return Some(Diagnostic::error("example", message).help(why(
            instrument,
            at,
            &result.cause,
        )));
    }
    if let Some((met, of)) = example.counts {
        let right = match result.cause {
            Cause::Section { met: is, of: all } => i64::from(is) == met && i64::from(all) == of,
            _ => false,
        };
        if !right {
            let message = format!(
                "example {:?} of item {} does not have {met} met of {of}",
                example.title,
                item.id()
            );
            return Some(Diagnostic::error("example", message).help(why(
                instrument,
                at,
                &result.cause,
            )));
        }
    }
    (!unasked.is_empty()).then(|| {
        let message = format!(
            "example {:?} of item {} answers {}, which is not asked there",
            example.title,
            item.id(),
            unasked.join(", ")
        );
        Diagnostic::warning("example-unasked", message).help("leave the answer out")
    })
}

fn why(instrument: &Instrument, at: ItemIx, cause: &Cause) -> String {
    let item = instrument.item(at);
    match cause {
        Cause::Row { row } => format!("row {} holds", item.rows()[*row].id),
        Cause::Missing(questions) if questions.is_empty() => {
            "no row holds for these answers".to_owned()
        }
        Cause::Missing(questions) => {
            let ids: Vec<&str> = questions.iter().map(|q| instrument.question(*q).id()).collect();
            format!("unanswered: {}", ids.join(", "))
        }
        Cause::Rule { item, rule } => {
            format!("rule {} is broken", instrument.item(*item).rules()[*rule].id)
        }
        Cause::Section { met, of } => format!("{met} of {of} are met"),
        Cause::CaseType => "the item never applies to this case type".to_owned(),
        Cause::Applies => "the item was answered not to apply".to_owned(),
    }
}

/// What an outcome's example comes out as.
fn rate_outcome(outcome: &Outcome, example: &OutcomeExample) -> OutcomeRating {
    if !outcome.absent().is_empty() {
        return OutcomeRating::NotComputed;
    }
    let rating = |item: ItemIx| example.ratings.iter().find(|(i, _)| *i == item).map(|(_, r)| *r);
    if outcome.items().iter().any(|item| rating(*item).is_none_or(|rating| !rating.is_final())) {
        return OutcomeRating::Incomplete;
    }
    let row = outcome.rows().iter().find(|row| row.when.truth(example) == Truth::True);
    row.map_or(OutcomeRating::Incomplete, |row| row.give)
}

impl Facts for OutcomeExample {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        let answer = self.answers.iter().find(|(q, _)| *q == question);
        answer.map(|(_, codes)| *codes).ok_or(Truth::False)
    }
    fn integer(&self, _: QuestionIx) -> Result<i64, Truth> {
        Err(Truth::False)
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        self.ratings.iter().find(|(i, _)| *i == item).map(|(_, r)| *r).ok_or(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}
