//! What a reading holds of its pair and of its seals.

use std::collections::BTreeMap;

use crate::review::{
    DifferenceSettled, EventHash, Given, Held, Reading, ReadingId, ReconciliationBegun, Seal, Slot,
};

/// What a settled review rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// The first and the second review.
    pub readings: [ReadingId; 2],
    /// The seals they carried.
    pub seals: [EventHash; 2],
    /// The differences settled so far, by question.
    pub settled: BTreeMap<String, DifferenceSettled>,
}

impl Settling {
    /// Where it stands after a beginning, or a new beginning on later seals.
    pub(in crate::review) fn begun(before: Option<Self>, data: &ReconciliationBegun) -> Self {
        let mut settled = before.map(|before| before.settled).unwrap_or_default();
        settled.retain(|question, _| !data.reopens.contains(question));
        Self { readings: data.readings, seals: data.seals, settled }
    }

    /// Whether a decision still rests on what the readings hold: both answers it chose
    /// between, and the third reader's where that was taken. A review that is open again says
    /// nothing yet.
    pub fn stands<'r>(
        &self,
        decision: &DifferenceSettled,
        reading: impl Fn(ReadingId) -> Option<&'r Reading>,
    ) -> bool {
        let same = |id: ReadingId, then: &Option<Held>| {
            let Some(reading) = reading(id).filter(|reading| reading.seal.is_some()) else {
                return true;
            };
            let now = reading.held(&decision.question, Slot::Answer);
            now.as_ref().and_then(Held::text) == then.as_ref().and_then(Held::text)
        };
        let third = decision.third.as_ref();
        self.readings.iter().zip(&decision.sides).all(|(id, then)| same(*id, then))
            && third.is_none_or(|third| same(third.reading, &third.held))
    }
}

/// A review as it was first sealed. Agreement is measured on this: what a reader changed
/// after QA or a talk is no independent answer any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstSeal {
    /// The seal.
    pub seal: Seal,
    /// What was given then, by question.
    pub answers: BTreeMap<String, Given>,
}
