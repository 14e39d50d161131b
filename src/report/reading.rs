//! A final reading as reports take it in: facts, and ratings packed a byte each.

use super::{Column, Facts};

/// The byte of an item or outcome the reading says nothing of (an imported rating list may
/// hold some items only).
pub const ABSENT: u8 = u8::MAX;

/// One case's final reading, borrowed from wherever it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinalReading<'a> {
    /// Position of its edition among those the tally was made with.
    pub edition: usize,
    /// Region of the case.
    pub region: &'a str,
    /// County of the case.
    pub county: &'a str,
    /// Cluster of the county in a plan, or the county itself.
    pub cluster: &'a str,
    /// Code of the case type.
    pub case_type: &'a str,
    /// Review period.
    pub period: &'a str,
    /// Code of who read it.
    pub reviewer: &'a str,
    /// Name of the round.
    pub round: &'a str,
    /// Kind of review.
    pub review_kind: &'a str,
    /// Month of the review: `2026-03`; empty for imported ratings.
    pub month: &'a str,
    /// Stratum of the case in its draw, or empty.
    pub stratum: &'a str,
    /// A byte per item and sub-item of the edition, position in [`Rating::ALL`](
    /// crate::instrument::Rating::ALL), then one per outcome, position in
    /// [`OutcomeRating::ALL`](crate::instrument::OutcomeRating::ALL); [`ABSENT`] where there
    /// is none.
    pub ratings: &'a [u8],
    /// Its answers as [`AnswerPlaces`](super::AnswerPlaces) packs them; empty where there are
    /// none.
    pub answers: &'a [u8],
}

impl<'a> FinalReading<'a> {
    /// From facts as they are packed; `edition` is its position among those known.
    pub fn of(edition: usize, facts: Facts<'a>, ratings: &'a [u8], answers: &'a [u8]) -> Self {
        // Ratings from elsewhere carry the month they were taken in, which says nothing of when
        // the case was reviewed.
        let month = if facts.reviewer.is_empty() { "" } else { facts.month };
        Self {
            edition,
            region: facts.region,
            county: facts.county,
            cluster: facts.county,
            case_type: facts.case_type,
            period: facts.period,
            reviewer: facts.reviewer,
            round: facts.round,
            review_kind: facts.review_kind,
            month,
            stratum: facts.stratum,
            ratings,
            answers,
        }
    }

    /// Its value in a column; empty where the column is not a fact of a reading.
    pub fn fact(&self, column: Column, instrument: &'a str) -> &'a str {
        match column {
            Column::Region => self.region,
            Column::County => self.county,
            Column::Cluster => self.cluster,
            Column::CaseType => self.case_type,
            Column::Period => self.period,
            Column::Reviewer => self.reviewer,
            Column::Instrument => instrument,
            Column::Round => self.round,
            Column::ReviewKind => self.review_kind,
            Column::Month => self.month,
            Column::Stratum => self.stratum,
            Column::Item | Column::Participant => "",
        }
    }
}
