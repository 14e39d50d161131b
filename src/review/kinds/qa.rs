//! The data of events about QA. As in `kinds`, what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{ContentHash, EventHash, Moment, PersonCode, QaLevel, TextHash, Words};

/// A round says which levels of QA its reviews pass; none: submission makes a review final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaLevelsSet {
    /// The levels, in their order.
    pub levels: Vec<LevelPeople>,
}

/// A level of QA, and who does it beside the leads, who may do any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelPeople {
    /// The level.
    pub level: QaLevel,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonCode>,
}

/// A note of QA is pinned to a question or item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaNotePinned {
    /// Id of the question or item.
    pub place: String,
    /// At which level.
    pub level: QaLevel,
    /// What it says.
    pub text: Words,
}

/// Someone replies to a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaNoteAnswered {
    /// The event that pinned it.
    pub note: EventHash,
    /// What they say.
    pub text: Words,
}

/// A note is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaNoteSettled {
    /// The event that pinned it.
    pub note: EventHash,
    /// It was settled in conversation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub talked: bool,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Words>,
}

/// QA sends a review back: its seal is opened, and it is with its reader again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaSentBack {
    /// The seal that is opened.
    pub seal: EventHash,
    /// The level that sends it, and gets it back.
    pub level: QaLevel,
}

/// A level of QA approves a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaApproved {
    /// The seal that is approved.
    pub seal: EventHash,
    /// The level.
    pub level: QaLevel,
}

/// A lead or the last level of QA sets the rating of an item against the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingOverridden {
    /// Id of the item.
    pub item: String,
    /// The rating computed then; the override holds for it alone.
    pub computed: String,
    /// The rating set.
    pub rating: String,
    /// What decided the computed one: `row:any-no`.
    pub rule: String,
    /// Why.
    pub why: Words,
}

/// An override is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideRemoved {
    /// Id of the item.
    pub item: String,
    /// Why.
    pub why: Words,
}

/// A reader's workspace takes a returned work order in: the review is open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingReturned {
    /// Hash of the order.
    pub order: ContentHash,
    /// The seal that is opened.
    pub seal: EventHash,
}

/// The notes of QA that a returned work order carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QaNotesReceived {
    /// The notes.
    pub notes: Vec<SentNote>,
}

/// A note of QA with all that was said to it, on its way to the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentNote {
    /// The event that pinned it.
    pub note: EventHash,
    /// Who pinned it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// Id of the question or item.
    pub place: String,
    /// At which level.
    pub level: QaLevel,
    /// What it says.
    pub text: Words,
    /// What was said to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<SentReply>,
    /// How it was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<SentSettled>,
}

/// A reply on its way to the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentReply {
    /// The event that brought it.
    pub reply: EventHash,
    /// Who.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// What they said.
    pub text: Words,
}

/// How a note was settled, on its way to the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentSettled {
    /// Who.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// In conversation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub talked: bool,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Words>,
}

impl SentNote {
    /// Every text of the note.
    pub(in crate::review) fn words(&mut self) -> impl Iterator<Item = &mut Words> {
        let replies = self.replies.iter_mut().map(|reply| &mut reply.text);
        let summary = self.settled.iter_mut().filter_map(|settled| settled.summary.as_mut());
        std::iter::once(&mut self.text).chain(replies).chain(summary)
    }

    /// The hash of every text of the note.
    pub fn hashes(&self) -> Vec<TextHash> {
        let mut note = self.clone();
        note.words().map(|words| words.hash()).collect()
    }
}

/// Where each kind holds its texts.
macro_rules! words {
    ($($data:ty: |$it:ident| $list:expr;)+) => {
        $(impl $data {
            /// Every text the event brings.
            pub fn words(&mut self) -> Vec<&mut Words> {
                let $it = self;
                $list
            }
        })+
    };
}

words! {
    QaLevelsSet: |_it| Vec::new();
    QaNotePinned: |it| vec![&mut it.text];
    QaNoteAnswered: |it| vec![&mut it.text];
    QaNoteSettled: |it| it.summary.iter_mut().collect();
    QaSentBack: |_it| Vec::new();
    QaApproved: |_it| Vec::new();
    RatingOverridden: |it| vec![&mut it.why];
    OverrideRemoved: |it| vec![&mut it.why];
    ReadingReturned: |_it| Vec::new();
    QaNotesReceived: |it| it.notes.iter_mut().flat_map(SentNote::words).collect();
}
