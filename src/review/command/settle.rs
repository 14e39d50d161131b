//! What is said of two reviews that differ.

use crate::review::{ReadingId, RootCause, Took};

/// Settle a difference between two reviews.
#[derive(Debug, Clone)]
pub struct SettleDifference {
    /// The settled review.
    pub reading: ReadingId,
    /// The question's id.
    pub question: String,
    /// Whose answer is taken.
    pub took: Took,
    /// The lead's own answer, as in files; with [`Took::Own`] alone.
    pub value: Option<String>,
    /// The narrative beside the lead's own answer.
    pub narrative: Option<String>,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}
