//! A final reading as reports take it in: facts, and ratings packed a byte each.

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
    /// A byte per item and sub-item of the edition, position in [`Rating::ALL`](
    /// crate::instrument::Rating::ALL), then one per outcome, position in
    /// [`OutcomeRating::ALL`](crate::instrument::OutcomeRating::ALL); [`ABSENT`] where there
    /// is none.
    pub ratings: &'a [u8],
}
