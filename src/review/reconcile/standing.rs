//! What a reading holds of its pair and of its seals.

use std::collections::BTreeMap;

use crate::review::{DifferenceSettled, EventHash, Given, ReadingId, ReconciliationBegun, Seal};

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
