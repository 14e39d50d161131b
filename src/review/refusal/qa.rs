//! Why something about QA, notes, overrides or alerts is refused.

use crate::review::{CaseNumber, PersonCode, QaLevel, Status};

/// Why something about QA, notes, overrides or alerts is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QaRefusal {
    /// A level of QA was named twice.
    #[error("{} is named twice", .0.title())]
    LevelTwice(QaLevel),
    /// The round of the case has no QA.
    #[error("the round of {0} has no QA: what is handed in counts")]
    NoQa(CaseNumber),
    /// A reader's own workspace knows nothing of the levels.
    #[error("notes on {0} are settled by whoever does its QA, not here")]
    QaElsewhere(CaseNumber),
    /// Whoever reads a case does no QA on any review of it.
    #[error("{who} reads {case} and can't do QA on a review of it")]
    OwnQa {
        /// The case.
        case: CaseNumber,
        /// Who.
        who: PersonCode,
    },
    /// Neither a lead nor named for the level.
    #[error("{who} is not named for {}", .level.title())]
    NotForQa {
        /// Who.
        who: PersonCode,
        /// The level.
        level: QaLevel,
    },
    /// It is with its reader, or final.
    #[error("{case} is {status} and not with QA")]
    NotWithQa {
        /// The case.
        case: CaseNumber,
        /// Where it stands.
        status: Status,
    },
    /// The instrument has no such question or item.
    #[error("{place} is no question or item")]
    UnknownPlace {
        /// The id given.
        place: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// A note or reply without words.
    #[error("a note needs words")]
    NoteUnsaid,
    /// What came of a conversation is written down.
    #[error("what was settled in conversation needs a summary")]
    TalkUnsaid,
    /// No such note.
    #[error("{0} has no such note")]
    UnknownNote(CaseNumber),
    /// The note is settled.
    #[error("the note is settled already")]
    NoteSettled,
    /// Notes are open.
    #[error("{case} has {} not settled", crate::text::count(*.open, "note", "notes"))]
    NotesOpen {
        /// The case.
        case: CaseNumber,
        /// How many.
        open: usize,
    },
    /// Nothing says what is to be changed.
    #[error("{0} has no open note that says what to change")]
    NothingToMend(CaseNumber),
    /// Nothing to take back.
    #[error("the rating of item {item} of {case} is as it was computed")]
    NotOverridden {
        /// The case.
        case: CaseNumber,
        /// The item.
        item: String,
    },
    /// An override changes a rating.
    #[error("item {item} is {rating} as computed: an override gives another rating")]
    SameRating {
        /// The item.
        item: String,
        /// Its computed rating in words.
        rating: &'static str,
    },
    /// No rule rates an outcome with it.
    #[error(
        "item {item} can't be {rating} here: no rule of the instrument gives {outcome} a rating then"
    )]
    NoOutcome {
        /// The item.
        item: String,
        /// The rating wanted, in words.
        rating: &'static str,
        /// The outcome.
        outcome: String,
    },
    /// An alert or answer without words.
    #[error("an alert needs words")]
    AlertUnsaid,
    /// No such alert.
    #[error("{0} has no such alert")]
    UnknownAlert(CaseNumber),
    /// It was closed.
    #[error("the alert is closed already")]
    AlertClosed,
}

impl QaRefusal {
    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoQa(_) => "a lead sets its levels with `round qa first-level final`".to_owned(),
            Self::QaElsewhere(_) => {
                "reply to the note, mend what it asks for and submit again".to_owned()
            }
            Self::OwnQa { .. } => "someone else does it: name them with --as CODE".to_owned(),
            Self::NotForQa { level, who } => {
                format!("a lead names them with `round qa {level}={who}`")
            }
            Self::UnknownPlace { nearest, .. } => {
                format!("did you mean {}?", nearest.as_ref()?)
            }
            Self::NotesOpen { .. } => "settle each, or send the review back".to_owned(),
            Self::NothingToMend(_) => "pin a note first".to_owned(),
            _ => return None,
        })
    }
}
