//! Ratings set by a person against the computed ones, marked `**` wherever they stand.

use crate::instrument::{Instrument, ItemIx, Rating};
use crate::scoring::{Answers, Scores, score, score_with};

use super::{Moment, PersonCode, Reading, Words};

/// A rating set against the computed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Who set it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// The rating computed then; the override holds for it alone.
    pub computed: String,
    /// The rating set.
    pub rating: String,
    /// What decided the computed one.
    pub rule: String,
    /// Why.
    pub why: Words,
}

/// What a reading comes to with its overrides, and those that hold: item, the computed rating
/// and the one set. One made of another computed rating than there is now holds no more.
pub fn effective(
    instrument: &Instrument,
    reading: &Reading,
    answers: &Answers,
) -> (Scores, Vec<(ItemIx, Rating, Rating)>) {
    let computed = score(instrument, answers);
    let standing = |(id, one): (&String, &Override)| {
        let at = instrument.find_item(id)?;
        let now = computed.item(at).rating;
        let rating = Rating::from_code(&one.rating)?;
        (now.code() == one.computed).then_some((at, now, rating))
    };
    let held: Vec<_> = reading.overrides.iter().filter_map(standing).collect();
    if held.is_empty() {
        return (computed, held);
    }
    let set: Vec<(ItemIx, Rating)> = held.iter().map(|(at, _, rating)| (*at, *rating)).collect();
    (score_with(instrument, answers, &set), held)
}
