//! Causes as the stable tokens of the `reason` column.

use crate::instrument::{Instrument, ItemIx, OutcomeIx, OutcomeRating, QuestionIx, Rating};

use super::{Cause, OutcomeCause};

/// The reason token of an item or sub-item: `row:ID`, `all-na`, `missing:14.C 14.D`,
/// `rule:ID`, `case-type` or `applies`; of a section `met:5/7`.
pub fn token(instrument: &Instrument, item: ItemIx, cause: &Cause) -> String {
    match cause {
        Cause::Row { row } => {
            let row = &instrument.item(item).rows()[*row];
            row_token(&row.id, row.give == Rating::Na)
        }
        Cause::Section { of: 0, .. } if counts(instrument, item) => "all-na".to_owned(),
        Cause::Section { met, of } => format!("met:{met}/{of}"),
        Cause::Missing(questions) => {
            let id = |question: &QuestionIx| instrument.question(*question).id();
            listed("missing:", questions.iter().map(id))
        }
        Cause::Rule { item, rule } => {
            format!("rule:{}", instrument.item(*item).rules()[*rule].id)
        }
        Cause::CaseType => "case-type".to_owned(),
        Cause::Applies => "applies".to_owned(),
    }
}

/// The reason token of an outcome: `row:ID`, `all-na` or `needs:17 20`.
pub fn outcome_token(instrument: &Instrument, outcome: OutcomeIx, cause: &OutcomeCause) -> String {
    let outcome = instrument.outcome(outcome);
    match cause {
        OutcomeCause::Row { row } => {
            let row = &outcome.rows()[*row];
            row_token(&row.id, row.give == OutcomeRating::Na)
        }
        OutcomeCause::Items(items) => {
            listed("needs:", items.iter().map(|item| instrument.item(*item).id()))
        }
        OutcomeCause::Absent => listed("needs:", outcome.absent().iter().map(String::as_str)),
    }
}

/// Whether a section has counted questions at all.
fn counts(instrument: &Instrument, item: ItemIx) -> bool {
    let questions = instrument.item(item).questions();
    questions.iter().any(|question| instrument.question(*question).counted())
}

fn row_token(id: &str, gives_na: bool) -> String {
    if gives_na { "all-na".to_owned() } else { format!("row:{id}") }
}

fn listed<'i>(lead: &str, ids: impl Iterator<Item = &'i str>) -> String {
    let mut text = lead.to_owned();
    for (at, id) in ids.enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(id);
    }
    text
}
