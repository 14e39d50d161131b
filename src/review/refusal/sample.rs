//! Why a draw, an assignment or a change of the sample is refused.

use crate::review::{CaseNumber, Days, PersonCode, Status, Which};
use crate::text::list_or;

/// Why a draw, an assignment or a change of the sample is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleRefusal {
    /// The round has no frame.
    #[error("round {0} has no frame to draw from")]
    NoFrame(String),
    /// A second draw of a frame needs a reason.
    #[error("the frame of round {0} was drawn from already")]
    SecondDraw(String),
    /// A spare is read only in another's place.
    #[error("{0} is a spare: it is read only in place of an eliminated case")]
    Spare(CaseNumber),
    /// A conflict of interest, declared or seen from unit and agency.
    #[error("{reviewer} must not read {case}: {with}")]
    Conflict {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
        /// The rule in words.
        with: String,
    },
    /// A reviewer from outside without an agreement that holds today.
    #[error("{reviewer} can't be given a case: {lack}")]
    NoAgreement {
        /// Who.
        reviewer: PersonCode,
        /// What is missing, in words.
        lack: String,
    },
    /// An agreement ends before it begins.
    #[error("an agreement signed on {} can't end on {}", .0.start, .0.end)]
    AgreementBackwards(Days),
    /// A pair is two people.
    #[error("{0} can't be paired with themselves")]
    PairOfOne(PersonCode),
    /// A conflict is declared with a reason.
    #[error("a conflict needs a reason")]
    ConflictUnexplained,
    /// No draw of this workspace brought the case.
    #[error("{0} was not drawn here, so it is in no sample")]
    NotDrawn(CaseNumber),
    /// Out of the sample.
    #[error("{0} was eliminated from the sample")]
    Eliminated(CaseNumber),
    /// The instrument has no such reason.
    #[error("reason {reason} is unknown")]
    UnknownReason {
        /// The code given.
        reason: String,
        /// The nearest known one.
        nearest: Option<String>,
        /// All of them.
        known: Vec<String>,
    },
    /// The reason is for other case types.
    #[error("reason {reason} can't be given for {case}: its case type is {case_type}")]
    OtherTypesReason {
        /// The code given.
        reason: String,
        /// The case.
        case: CaseNumber,
        /// Its case type.
        case_type: String,
    },
    /// The reason needs a text.
    #[error("reason {0} needs a text")]
    ReasonUnsaid(String),
    /// The case has an item rating.
    #[error("{0} has an item rating, so it can't be eliminated")]
    Rated(CaseNumber),
    /// Two people are needed.
    #[error("{by} asked for the elimination of {case} and can't approve it too")]
    OwnApproval {
        /// The case.
        case: CaseNumber,
        /// Who.
        by: PersonCode,
    },
    /// One of the two must be a lead.
    #[error("neither {asked} nor {by} is a lead, and one of them must be")]
    NoLead {
        /// Who asked.
        asked: PersonCode,
        /// Who would approve.
        by: PersonCode,
    },
    /// Nothing to approve.
    #[error("nobody asked for the elimination of {0}")]
    NothingAsked(CaseNumber),
    /// Still waiting for the second person.
    #[error("the elimination of {0} is not approved yet")]
    NotApproved(CaseNumber),
    /// Only an eliminated case is replaced.
    #[error("{0} is not eliminated, so nothing replaces it")]
    NotEliminated(CaseNumber),
    /// Replaced already.
    #[error("{spare} came in for {case} already")]
    Replaced {
        /// The eliminated case.
        case: CaseNumber,
        /// The spare.
        spare: CaseNumber,
    },
    /// The spares are used up.
    #[error("stratum {stratum} has no spare left for {case} and stays short")]
    NoSpare {
        /// The eliminated case.
        case: CaseNumber,
        /// Its stratum.
        stratum: String,
    },
    /// Spares are left, so no more are drawn.
    #[error("stratum {stratum} has {} left", crate::text::count(*.left as usize, "spare", "spares"))]
    SparesLeft {
        /// The stratum.
        stratum: String,
        /// How many.
        left: u64,
    },
    /// No such stratum in the draw.
    #[error("the draw has no stratum {stratum}")]
    UnknownStratum {
        /// The name given.
        stratum: String,
        /// All of them.
        known: Vec<String>,
    },
    /// Every case of the stratum that the limits allow was drawn.
    #[error("stratum {0} has no further case in the frame that the limits allow")]
    NothingMore(String),
    /// Someone else approves a supplementary draw.
    #[error("a supplementary draw needs the approval of someone other than who makes it")]
    SupplementUnapproved,
    /// A supplementary draw needs a reason.
    #[error("a supplementary draw needs a reason")]
    SupplementUnexplained,
    /// An unlocked rule needs a reason.
    #[error("unlocking needs a reason")]
    UnlockUnexplained,
    /// A rating another review gave stands in the way; which one is not said.
    #[error("the elimination of {0} needs a lead's look first")]
    LeadLooks(CaseNumber),
    /// Nobody reads the case yet.
    #[error("{0} has no first reviewer yet")]
    NotAssigned(CaseNumber),
    /// No case to draw second reviews from.
    #[error("round {0} has no case a second review can be drawn for")]
    NothingForSecond(String),
    /// Drawn from once.
    #[error("{0} was in an earlier draw of second reviews")]
    SecondKnown(CaseNumber),
    /// Not drawn.
    #[error("{0} was not drawn for a second review")]
    NotForSecond(CaseNumber),
    /// Someone reads it.
    #[error("the second review of {case} is with {reviewer}")]
    SecondBegun {
        /// The case.
        case: CaseNumber,
        /// With whom.
        reviewer: PersonCode,
    },
    /// Doing without a second review needs a reason.
    #[error("doing without a second review needs a reason")]
    DropUnexplained,
    /// No such draw.
    #[error("round {round} has no {}", .draw.map_or_else(|| "draw yet".to_owned(), |n| format!("draw {n}")))]
    NoDraw {
        /// The round.
        round: String,
        /// The number given.
        draw: Option<u32>,
    },
    /// Handed in already.
    #[error("the {which} review of {case} by {reviewer} is {status}, so it can't be given away")]
    Done {
        /// The case.
        case: CaseNumber,
        /// Which review.
        which: Which,
        /// By whom.
        reviewer: PersonCode,
        /// Its status.
        status: Status,
    },
    /// One person can't do both reviews of a case.
    #[error("{reviewer} already does another review of {case}")]
    SameReader {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
    },
}

impl SampleRefusal {
    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoFrame(_) => "bring one in with `frame import FILE --plan PLAN`".to_owned(),
            Self::SecondDraw(_) => "say why it is drawn again with --reason TEXT".to_owned(),
            Self::UnknownReason { nearest: Some(nearest), .. } => {
                format!("did you mean {nearest}?")
            }
            Self::UnknownReason { known, .. } => format!("it is {}", list_or(known)),
            Self::ReasonUnsaid(_) => "say it with --text TEXT".to_owned(),
            Self::Conflict { .. } => "`conflict list` shows what was declared".to_owned(),
            Self::NoAgreement { reviewer, .. } => {
                format!("record it with `person outside {reviewer} --signed DATE --until DATE`")
            }
            Self::ConflictUnexplained
            | Self::SupplementUnexplained
            | Self::UnlockUnexplained
            | Self::DropUnexplained => "say it with --why TEXT".to_owned(),
            Self::SparesLeft { .. } => "bring them in first with `sample replace CASE`".to_owned(),
            Self::UnknownStratum { known, .. } => format!("it is {}", list_or(known)),
            Self::SupplementUnapproved => "name them with --approved-by WHO".to_owned(),
            Self::NothingForSecond(_) => {
                "assign cases first; a case is in one draw of second reviews only".to_owned()
            }
            Self::Rated(_) => "a lead unlocks it with --unlock REASON".to_owned(),
            Self::LeadLooks(_) => "let a lead approve it".to_owned(),
            Self::OwnApproval { case, .. } => {
                format!("someone else does it with `sample approve {case} --as CODE`")
            }
            Self::NoLead { .. } => "let a lead approve it".to_owned(),
            Self::NothingAsked(case) => {
                format!("ask with `sample eliminate {case} --reason CODE`")
            }
            Self::NotApproved(case) => {
                format!("a second person does it with `sample approve {case} --as CODE`")
            }
            Self::NotEliminated(case) => {
                format!("eliminate it first with `sample eliminate {case} --reason CODE`")
            }
            Self::NoSpare { .. } => {
                "leave it short, or draw more with `sample supplement`, once approved".to_owned()
            }
            _ => return None,
        })
    }
}
