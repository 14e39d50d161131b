//! Why a command is refused.

mod handover;
mod pair;
mod qa;
mod sample;

pub use handover::HandoverRefusal;
pub use pair::PairRefusal;
pub use qa::QaRefusal;
pub use sample::SampleRefusal;

use crate::scoring::Missing;

use super::{CaseNumber, PersonCode, Status};

/// Why a command is refused: what, and (through [`Refusal::help`]) what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person is not on the team list.
    #[error("{0} is not on this workspace's team list")]
    NotInTeam(PersonCode),
    /// A person who was named is not on the team list.
    #[error("{0} is not on this workspace's team list")]
    NobodyNamed(PersonCode),
    /// Only a lead may.
    #[error("{0} is not a lead, and only a lead may do this")]
    NotLead(PersonCode),
    /// A reading has one writer.
    #[error("{case} is being read by {reviewer}; nobody else writes in it")]
    NotYours {
        /// The case.
        case: CaseNumber,
        /// Whose reading it is.
        reviewer: PersonCode,
    },
    /// No such round.
    #[error("round {0} is unknown")]
    UnknownRound(String),
    /// A round of this name is there.
    #[error("a round named {0} is already there")]
    RoundExists(String),
    /// A name is needed.
    #[error("a round needs a name")]
    RoundUnnamed,
    /// The round is closed.
    #[error("round {0} is closed")]
    RoundClosed(String),
    /// No such reading.
    #[error("the review is not in this workspace")]
    UnknownReading,
    /// No such case.
    #[error("case {0} is unknown")]
    UnknownCase(CaseNumber),
    /// A settlement or reopening is explained.
    #[error("it needs a reason")]
    Unexplained,
    /// Only a sealed review can be opened again.
    #[error("the {which} review of {case} by {reviewer} is not handed in")]
    NotSealed {
        /// The case.
        case: CaseNumber,
        /// Which review it is.
        which: super::Which,
        /// By whom.
        reviewer: PersonCode,
    },
    /// Submitted, with QA or withdrawn.
    #[error("{case} is {status} and can't be changed")]
    Locked {
        /// The case.
        case: CaseNumber,
        /// Its status.
        status: Status,
    },
    /// The instrument has no such question.
    #[error("question {question} is unknown")]
    UnknownQuestion {
        /// The id given.
        question: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// The text is not an answer to the question.
    #[error("{0}")]
    BadAnswer(String),
    /// Nothing was changed, or all of it was undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing was undone.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// Needed things are missing.
    #[error("{case} is not finished")]
    Unfinished {
        /// The case.
        case: CaseNumber,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// The edition a reading was made with is not kept here.
    #[error("the instrument edition {0} is not in this workspace")]
    UnknownInstrument(String),
    /// The instrument has no such case type.
    #[error("case type {0} is unknown to the instrument")]
    UnknownCaseType(String),
    /// A draw, an assignment or a change of the sample.
    #[error(transparent)]
    Sample(#[from] SampleRefusal),
    /// Something about the reviews of a case read twice, or its settling.
    #[error(transparent)]
    Pair(#[from] PairRefusal),
    /// Something about QA, notes, overrides or alerts.
    #[error(transparent)]
    Qa(#[from] QaRefusal),
    /// A card, a work order, a signature or what a file brings.
    #[error(transparent)]
    Handover(#[from] HandoverRefusal),
    /// Several at once.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Many(Vec<Refusal>),
}

impl Refusal {
    /// One refusal of several; `None` when there are none.
    pub fn of(mut several: Vec<Self>) -> Option<Self> {
        match several.len() {
            0 => None,
            1 => several.pop(),
            _ => Some(Self::Many(several)),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotInTeam(_) => "name a person of the team with --as CODE".to_owned(),
            Self::NobodyNamed(code) => format!(
                "`person set {code}` puts them on it, and so does their card with `team add CARD`"
            ),
            Self::NotLead(_) => "name a lead with --as CODE".to_owned(),
            Self::UnknownRound(_) => "`round list` shows the rounds".to_owned(),
            Self::RoundExists(_) => "give the new round another name".to_owned(),
            Self::UnknownCase(_) => "`status` lists the cases".to_owned(),
            Self::UnknownQuestion { nearest, .. } => {
                format!("did you mean {}?", nearest.as_ref()?)
            }
            Self::Many(several) => return several.iter().find_map(Self::help),
            Self::Sample(refusal) => return refusal.help(),
            Self::Pair(refusal) => return refusal.help(),
            Self::Qa(refusal) => return refusal.help(),
            Self::Handover(refusal) => return refusal.help(),
            _ => return None,
        })
    }
}
