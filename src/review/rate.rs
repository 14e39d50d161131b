//! What the answers of a reading come to.

use std::collections::BTreeMap;

use crate::instrument::{
    self, Instrument, ItemIx, Kind, OutcomeIx, OutcomeRating, Question, Rating,
};
use crate::scoring::{Answers, Asked, Scores, Value, is_filled, read_value, score};

use super::{Given, Reading, Submitted};

/// The answers of a reading as scoring takes them, with the end of its period under review,
/// and with the day of its first submission (UTC, as the event has it) where the instrument has
/// that filled in. What this edition can't read
/// (its text removed, a case type it does not know) is left out.
pub fn answers(instrument: &Instrument, reading: &Reading) -> Option<Answers> {
    let pur_end = reading.case.under_review.map(|days| days.end);
    let answers = answers_given(instrument, &reading.case.case_type, &reading.answers)?;
    let mut answers = answers.up_to(pur_end);
    if let Some(submitted) = reading.first_submitted {
        let day = Value::Date(submitted.utc().date_naive());
        for at in instrument.question_positions() {
            let from = instrument.question(at).from_review();
            if from == Some(instrument::Moment::FirstSubmission) && answers.get(at).is_none() {
                answers.set(at, Some(day.clone()));
            }
        }
    }
    Some(answers)
}

/// What was given in a reading of a case of this type, as scoring takes it: nothing filled in.
pub fn answers_given(
    instrument: &Instrument,
    case_type: &str,
    given: &BTreeMap<String, Given>,
) -> Option<Answers> {
    let case_type = instrument.find_case_type(case_type)?;
    let mut answers = Answers::new(case_type);
    for (id, given) in given {
        let Some(at) = instrument.find_question(id) else { continue };
        if let Some(text) = &given.value {
            answers.set(at, read_value(instrument.question(at), case_type, text).ok());
        }
        if let Some(text) = &given.narrative {
            answers.set_narrative(at, text);
        }
    }
    Some(answers)
}

/// The scores of a reading; `None` when the edition does not know its case type.
pub fn rate(instrument: &Instrument, reading: &Reading) -> Option<Scores> {
    answers(instrument, reading).map(|answers| score(instrument, &answers))
}

/// How many of the questions needed for submission are answered, and how many there are.
pub fn counts(instrument: &Instrument, reading: &Reading, scores: &Scores) -> (u32, u32) {
    let (mut answered, mut needed) = (0, 0);
    let some_follow = instrument
        .questions()
        .iter()
        .any(|question| question.counted_from().is_some() || question.from_answer().is_some());
    let follows = some_follow.then(|| answers(instrument, reading)).flatten();
    let follows = follows.as_ref();
    for at in instrument.question_positions() {
        let question = instrument.question(at);
        let may_follow = question.counted_from().is_some() || question.from_answer().is_some();
        if scores.asked(at) == Asked::Yes && question.required() && question.from_review().is_none()
        {
            needed += 1;
            let is_given = reading.value(question.id()).is_some()
                || may_follow && follows.is_some_and(|all| is_filled(instrument, all, at));
            answered += u32::from(is_given);
        }
    }
    (answered, needed)
}

/// Whether the answer to a question stands in the text table rather than in the event: all
/// but the codes of a choice or checklist, so that nothing typed stands in an event.
pub fn is_words(question: &Question) -> bool {
    question.identifying() || !matches!(question.kind(), Kind::Choice(_) | Kind::Checklist(_))
}

/// The ratings of a reading, packed: a byte an item and sub-item, a byte an outcome, in
/// instrument order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ratings(Vec<u8>);

const NONE: u8 = 255;

impl Ratings {
    /// From scores.
    pub fn of(scores: &Scores) -> Self {
        let items = scores.items.iter().map(|item| item.rating as u8);
        let outcomes = scores.outcomes.iter().map(|outcome| outcome.rating as u8);
        Self(items.chain(outcomes).collect())
    }
    /// From item ratings by id, as imported; what is not given is absent, and so are the
    /// outcomes.
    pub fn of_items<'r>(
        instrument: &Instrument,
        ratings: impl IntoIterator<Item = (&'r str, Rating)>,
    ) -> Self {
        let mut packed = vec![NONE; instrument.items().len() + instrument.outcomes().len()];
        for (id, rating) in ratings {
            if let Some(at) = instrument.find_item(id) {
                packed[usize::from(at.0)] = rating as u8;
            }
        }
        Self(packed)
    }
    /// Both together; where both have a rating, the one earlier in the list of codes.
    pub fn joined(&self, other: &Self) -> Self {
        let longest = self.0.len().max(other.0.len());
        let at = |ratings: &Self, place| ratings.0.get(place).copied().unwrap_or(NONE);
        Self((0..longest).map(|place| at(self, place).min(at(other, place))).collect())
    }
    /// As the store keeps them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
    /// From what the store kept.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
    /// The rating of an item or sub-item.
    pub fn item(&self, at: ItemIx) -> Option<Rating> {
        Rating::ALL.get(usize::from(*self.0.get(usize::from(at.0))?)).copied()
    }
    /// The rating of an outcome.
    pub fn outcome(&self, instrument: &Instrument, at: OutcomeIx) -> Option<OutcomeRating> {
        let place = instrument.items().len() + usize::from(at.0);
        OutcomeRating::ALL.get(usize::from(*self.0.get(place)?)).copied()
    }
}

/// The seal of a reading as it stands now.
pub fn seal(
    instrument: &Instrument,
    reading: &Reading,
    scores: &Scores,
    program: &str,
) -> Submitted {
    let item = |(at, result): (usize, &crate::scoring::ItemResult)| {
        (instrument.items()[at].id().to_owned(), result.rating.code().to_owned())
    };
    let outcome = |(at, result): (usize, &crate::scoring::OutcomeResult)| {
        (instrument.outcomes()[at].id().to_owned(), result.rating.code().to_owned())
    };
    Submitted {
        instrument: instrument.hash().to_owned(),
        reading: reading.content_hash(),
        items: scores.items.iter().enumerate().map(item).collect(),
        outcomes: scores.outcomes.iter().enumerate().map(outcome).collect(),
        program: program.to_owned(),
    }
}
