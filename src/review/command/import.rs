//! What files bring.

use std::collections::BTreeMap;

use crate::review::{Days, PersonCode, ReviewKind, Which};

/// What an import says of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCase {
    /// The case's id in the file. The same id in the same round is the same case.
    pub id: String,
    /// Code of the instrument's case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The period the result belongs to.
    pub period: String,
    /// The period under review.
    pub under_review: Option<Days>,
    /// Name of the round; it need not be a round of this workspace.
    pub round: String,
    /// The sample, or empty.
    pub sample_id: String,
    /// What the review was held for.
    pub review_kind: ReviewKind,
}

/// A whole reading from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedReading {
    /// The case.
    pub case: ImportedCase,
    /// Which review of it.
    pub which: Which,
    /// Who read it.
    pub reviewer: PersonCode,
    /// What was given, by question id, each question once.
    pub answers: Vec<GivenAnswer>,
    /// Stays open instead of being submitted.
    pub draft: bool,
}

/// One answer of an imported reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The question's id.
    pub question: String,
    /// The answer as in files.
    pub value: Option<String>,
    /// The narrative beside it.
    pub narrative: Option<String>,
}

/// The finished ratings of one case from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRatings {
    /// The case.
    pub case: ImportedCase,
    /// Item or sub-item id, rating code.
    pub ratings: BTreeMap<String, String>,
}
