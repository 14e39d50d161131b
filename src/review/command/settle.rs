//! What is said of two reviews that differ.

use crate::review::{ReadingId, RootCause};

/// Whose answer settles a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The first review's.
    First,
    /// The second review's.
    Second,
    /// The third reader's, asked as tie-break.
    Third,
    /// Nobody's: one of the lead's own.
    Own,
}

/// Settle a difference between two reviews.
#[derive(Debug, Clone)]
pub struct SettleDifference {
    /// The settled review.
    pub reading: ReadingId,
    /// The question's id.
    pub question: String,
    /// Whose answer is taken.
    pub took: Taken,
    /// The lead's own answer, as in files; with [`Taken::Own`] alone.
    pub value: Option<String>,
    /// The narrative beside the lead's own answer.
    pub narrative: Option<String>,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}
