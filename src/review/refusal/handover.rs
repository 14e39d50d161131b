//! Why a card, a work order, a signature or what a file brings is refused.

use crate::review::{CaseNumber, PersonCode, Which};

/// Why a card, a work order, a signature or what a file brings is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandoverRefusal {
    /// Another reading stands where the import wants to put one.
    #[error("case {id} of round {round} already has a {which} review with other answers")]
    OtherReading {
        /// The case's id in the file.
        id: String,
        /// The round.
        round: String,
        /// Which review.
        which: Which,
    },
    /// Another rating stands where the import wants to put one.
    #[error("item {item} of case {id} of round {round} is already {there}, not {given}")]
    OtherRating {
        /// The case's id in the file.
        id: String,
        /// The round.
        round: String,
        /// The item.
        item: String,
        /// The rating there.
        there: String,
        /// The rating given.
        given: String,
    },
    /// The card was put out of use.
    #[error("this card of {0} has been replaced by another")]
    CardReplaced(PersonCode),
    /// The person has another card.
    #[error("{0} has another card here")]
    OtherCard(PersonCode),
    /// The person has no card.
    #[error("{0} has no card here")]
    NoCard(PersonCode),
    /// A work order for someone else.
    #[error("the work order is for {0}")]
    OrderFor(PersonCode),
    /// A signature that does not hold.
    #[error("{case} can't be signed: {problem}")]
    BadSignature {
        /// The case.
        case: CaseNumber,
        /// What is wrong.
        problem: String,
    },
}

impl HandoverRefusal {
    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::OtherCard(_) => {
                "put the new one in its place with `team replace CARD`".to_owned()
            }
            Self::NoCard(_) => "take it in with `team add CARD`".to_owned(),
            Self::OrderFor(code) => format!("work as that person with --as {code}"),
            _ => return None,
        })
    }
}
