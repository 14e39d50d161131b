//! What is said of who reads what.

use crate::review::{
    AllotRules, Allotment, CaseNumber, ConflictWith, PairAllotment, PersonCode, RoundId, Which,
};

/// Give cases to a reviewer.
#[derive(Debug, Clone)]
pub struct AssignCases {
    /// The cases.
    pub cases: Vec<CaseNumber>,
    /// Who gets them; an unseen code joins the team list as a reviewer.
    pub to: PersonCode,
    /// As which review.
    pub which: Which,
}

/// Give cases to two people.
#[derive(Debug, Clone)]
pub struct AssignPair {
    /// The cases.
    pub cases: Vec<CaseNumber>,
    /// Who writes.
    pub to: PersonCode,
    /// The second name.
    pub with: PersonCode,
    /// As which review.
    pub which: Which,
}

/// Write down by which rules open cases are given to pairs, or out as second reviews.
#[derive(Debug, Clone)]
pub struct GiveOut {
    /// The round.
    pub round: RoundId,
    /// The rules.
    pub rules: AllotRules,
    /// As which review.
    pub which: Which,
    /// What came of them; `None` where cases went to single readers.
    pub pairs: Option<PairAllotment>,
    /// What came of them for single readers.
    pub single: Option<Allotment>,
}

/// Declare that a person must not read some cases.
#[derive(Debug, Clone)]
pub struct DeclareConflict {
    /// Who.
    pub code: PersonCode,
    /// Which cases.
    pub with: ConflictWith,
    /// Why.
    pub why: String,
}

/// Write down by which rules open cases are given out.
#[derive(Debug, Clone)]
pub struct AllotCases {
    /// The round.
    pub round: RoundId,
    /// The rules.
    pub rules: AllotRules,
    /// What came of them.
    pub allotment: Allotment,
}
