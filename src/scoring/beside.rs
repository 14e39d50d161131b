//! The text beside an answer.

use super::{Answers, Value};
use crate::instrument::{CodeSet, Instrument, QuestionIx};

/// The text beside an answer that asks for one. A text stays with its question when the answer
/// is changed to one that asks for none: it is set aside then, in case the answer changes back,
/// and is none of this answer's.
pub fn text_beside<'a>(
    instrument: &Instrument,
    answers: &'a Answers,
    at: QuestionIx,
) -> Option<&'a str> {
    let question = instrument.question(at);
    let asks = match answers.get(at) {
        Some(Value::Codes(codes)) => codes.positions().any(|position| {
            question.narrative_on().meets(CodeSet::one(position))
                || question.options().get(position).is_some_and(|option| option.needs_text)
        }),
        _ => false,
    };
    answers.narrative(at).filter(|_| asks)
}
