//! Why an item is not applicable, as a code.

use crate::instrument::{CodeSet, Instrument, ItemIx, Place, Question, QuestionIx, Role};
use crate::scoring::{Answers, Asked, Cause, Scores, Value};

/// [`na_reason`] of every item and sub-item.
pub fn na_reasons(instrument: &Instrument, answers: &Answers, scores: &Scores) -> Vec<String> {
    instrument.item_positions().map(|at| na_reason(instrument, answers, scores, at)).collect()
}

/// The reasons given for an item that came out not applicable: `case-type` where its kind of
/// case is never asked, else the codes chosen, joined by `;`. Empty where the item applies or
/// no reason was given.
pub fn na_reason(
    instrument: &Instrument,
    answers: &Answers,
    scores: &Scores,
    item: ItemIx,
) -> String {
    let result = scores.item(item);
    if result.rating != crate::instrument::Rating::Na {
        return String::new();
    }
    match result.cause {
        Cause::CaseType => "case-type".to_owned(),
        Cause::Applies => {
            // A sub-item may be out because its item is.
            let at = [Some(item), instrument.item(item).parent()].into_iter().flatten();
            at.map(|item| chosen(instrument, answers, scores, item, true))
                .find(|codes| !codes.is_empty())
                .unwrap_or_default()
        }
        Cause::Row { .. } | Cause::Section { .. } | Cause::Missing(_) | Cause::Rule { .. } => {
            chosen(instrument, answers, scores, item, false)
        }
    }
}

/// Codes chosen in an item's reason questions: the one of `applies`, or the others.
fn chosen(
    instrument: &Instrument,
    answers: &Answers,
    scores: &Scores,
    item: ItemIx,
    of_applies: bool,
) -> String {
    let wanted = |question: &Question| {
        *question.role() == Role::Reason
            && question.place() == Place::Item(item)
            && (question.local() == "applies.reason") == of_applies
    };
    let codes = |at: QuestionIx| match answers.get(at) {
        Some(Value::Codes(codes)) if scores.asked(at) == Asked::Yes => *codes,
        _ => CodeSet::EMPTY,
    };
    let mut found: Vec<&str> = Vec::new();
    for at in instrument.question_positions() {
        let question = instrument.question(at);
        if wanted(question) {
            let options = question.options();
            found.extend(codes(at).positions().map(|position| options[position].code.as_str()));
        }
    }
    found.join(";")
}
