//! Rating a reading.

use crate::instrument::rate::{self, Given};
use crate::instrument::{Instrument, ItemIx, QuestionIx, Rating};

use super::{Answers, Scores, Value, filled};

/// Rates every item and outcome from the answers, those behind closed gates set aside.
pub fn score(instrument: &Instrument, answers: &Answers) -> Scores {
    let given = sheet(instrument, answers);
    let rated = rate::rate(instrument, answers.case_type, &|question: QuestionIx| {
        given[usize::from(question.0)]
    });
    Scores {
        asked: rated.asked,
        items: rated.items,
        outcomes: rated.outcomes,
        to_explain: rated.to_explain,
        broken: rated.broken,
    }
}

/// The same where the ratings of some items are set by a person: outcomes read those, and why
/// an item would have its computed rating is told all the same.
pub fn score_with(instrument: &Instrument, answers: &Answers, set: &[(ItemIx, Rating)]) -> Scores {
    let given = sheet(instrument, answers);
    let given = |question: QuestionIx| given[usize::from(question.0)];
    let rated = rate::rate_with(instrument, answers.case_type, &given, set);
    Scores {
        asked: rated.asked,
        items: rated.items,
        outcomes: rated.outcomes,
        to_explain: rated.to_explain,
        broken: rated.broken,
    }
}

/// The answers by question, as far as conditions can read them.
pub(super) fn sheet(instrument: &Instrument, answers: &Answers) -> Vec<Option<Given>> {
    let mut given = vec![None; instrument.questions().len()];
    let as_given = |value: &Value| match value {
        Value::Codes(codes) => Given::Codes(*codes),
        Value::Integer(number) => Given::Integer(*number),
        Value::Text(_) | Value::Date(_) | Value::Rows(_) => Given::Other,
    };
    for (question, value) in answers.iter() {
        given[usize::from(question.0)] = Some(as_given(value));
    }
    for question in instrument.question_positions() {
        let follows = instrument.question(question);
        if follows.counted_from().is_some() || follows.from_answer().is_some() {
            given[usize::from(question.0)] =
                filled::value(instrument, answers, question).as_ref().map(as_given);
        }
    }
    given
}
