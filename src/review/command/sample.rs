//! What is said of a round: its frame, its draws, its eliminations.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::{
    CaseNumber, Days, FrameFacts, PersonCode, Place, ReviewKind, RoundId, SecondCase, StratumSize,
};

/// Begin a round.
#[derive(Debug, Clone)]
pub struct OpenRound {
    /// Its name, not that of another round.
    pub name: String,
    /// The edition its reviews are made with.
    pub instrument: Arc<Instrument>,
    /// What they are held for.
    pub review_kind: ReviewKind,
    /// The period results belong to, as in files; may be empty.
    pub period: String,
    /// The period under review, where it is one for all cases.
    pub under_review: Option<Days>,
}

/// Settle the list cases are drawn from.
#[derive(Debug, Clone)]
pub struct ImportFrame {
    /// The round.
    pub round: RoundId,
    /// SHA-256 of the file, hex.
    pub file_hash: String,
    /// SHA-256 of its canonical form, hex.
    pub canonical_hash: String,
    /// Rows.
    pub rows: u64,
    /// Eligible cases and sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// The sampling period.
    pub sampling: Option<Days>,
    /// The period under review.
    pub under_review: Option<Days>,
    /// The plan file, whole.
    pub plan: String,
    /// The frame file, whole.
    pub frame: String,
}

/// Record a draw from the round's last frame.
#[derive(Debug, Clone)]
pub struct DrawSample {
    /// The round.
    pub round: RoundId,
    /// The seed.
    pub seed: String,
    /// Who or what gave it.
    pub seed_source: Option<String>,
    /// Sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// Cases, sample and spares, in the order of the receipt.
    pub cases: Vec<DrawCase>,
    /// Why the frame is drawn from again, if it is.
    pub reason: Option<String>,
}

/// One case of a draw.
#[derive(Debug, Clone)]
pub struct DrawCase {
    /// Code of the instrument's case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Its place.
    pub place: Place,
    /// The ticket, lower-case hex.
    pub ticket: String,
    /// What the frame says of it; `case` is the agency's id.
    pub frame: FrameFacts,
}

/// Record which cases are to be read a second time.
#[derive(Debug, Clone)]
pub struct DrawSeconds {
    /// The round.
    pub round: RoundId,
    /// The seed.
    pub seed: String,
    /// Of a hundred cases so many.
    pub percent: u32,
    /// The cases drawn from.
    pub pool: Vec<CaseNumber>,
    /// Cases and sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// The cases drawn.
    pub cases: Vec<SecondCase>,
}

/// Record further spares of a stratum whose spares are used up.
#[derive(Debug, Clone)]
pub struct SupplementSample {
    /// The round.
    pub round: RoundId,
    /// Number of the draw.
    pub draw: u32,
    /// The stratum.
    pub stratum: String,
    /// The cases, in the order they can come in.
    pub cases: Vec<DrawCase>,
    /// Who approved it: a code, a name or an office.
    pub approved_by: String,
    /// Why it is needed.
    pub why: String,
}

/// Ask that a drawn case be eliminated.
#[derive(Debug, Clone)]
pub struct Eliminate {
    /// The case.
    pub case: CaseNumber,
    /// The instrument's code of the reason.
    pub reason: String,
    /// What the code can't say.
    pub text: Option<String>,
    /// Who agreed already, as a lead tells.
    pub approved_by: Option<PersonCode>,
    /// Why a lead does it although the case has an item rating.
    pub unlock: Option<String>,
}
