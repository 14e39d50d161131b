//! What the screens of QA know, and what they ask of the outside.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::instrument::{Instrument, Rating};
use crate::review::EventHash;

/// A review QA has something to do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Key of the review.
    pub reading: String,
    /// The case: `R-0042`.
    pub case: String,
    /// Title of its type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// Who reads it.
    pub reviewer: String,
    /// "final QA", "sent back to mary".
    pub standing: String,
    /// Notes not settled.
    pub notes: usize,
    /// The one who acts has something to do here.
    pub mine: bool,
}

/// A review with its notes, as it is opened, and again after each change.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Key of the review.
    pub reading: String,
    /// The case: `R-0042`.
    pub case: String,
    /// Its type, region and reviewer, for the title.
    pub about: String,
    /// Where it stands: "final QA", "sent back to mary", "final".
    pub standing: String,
    /// The one who acts does QA on it now.
    pub with_me: bool,
    /// It is the one's own, or theirs beside another: they may reply.
    pub is_mine: bool,
    /// A lead may open it again.
    pub may_reopen: bool,
    /// The notes, those not settled first.
    pub notes: Vec<Note>,
    /// Overridden ratings: "20: ** ANI, computed Strength; quinn: why".
    pub overrides: Vec<String>,
    /// The one who acts may override a rating.
    pub may_override: bool,
    /// Changes after it was final: who, when, why.
    pub late: Vec<String>,
    /// Forms half filled in, by what they are for.
    pub drafts: BTreeMap<String, String>,
    /// The edition.
    pub instrument: Arc<Instrument>,
}

/// A note of QA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The event that pinned it.
    pub id: EventHash,
    /// Id of the question or item.
    pub place: String,
    /// What is asked there, or the item's title.
    pub ask: String,
    /// The answer there, or the item's rating, in words.
    pub answer: String,
    /// The text beside the answer.
    pub narrative: String,
    /// Who pinned it at which level.
    pub who: String,
    /// What it says.
    pub text: String,
    /// Who replied, and what.
    pub replies: Vec<(String, String)>,
    /// How it was settled.
    pub settled: Option<String>,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Read what is with QA.
    Load,
    /// Read a review with its notes.
    Open {
        /// Key of the review.
        reading: String,
    },
    /// Pin a note.
    Pin {
        /// Key of the review.
        reading: String,
        /// Id of a question or item.
        place: String,
        /// What it says.
        text: String,
    },
    /// Reply to a note.
    Reply {
        /// Key of the review.
        reading: String,
        /// The note.
        note: EventHash,
        /// What is said.
        text: String,
    },
    /// Settle a note.
    Settle {
        /// Key of the review.
        reading: String,
        /// The note.
        note: EventHash,
        /// In conversation.
        talked: bool,
        /// What came of it, or empty.
        summary: String,
    },
    /// Set the rating of an item, or (none) take that back.
    Override {
        /// Key of the review.
        reading: String,
        /// Id of the item.
        item: String,
        /// The rating.
        rating: Option<Rating>,
        /// Why.
        why: String,
    },
    /// Send the review back to its reader.
    SendBack {
        /// Key of the review.
        reading: String,
    },
    /// Approve it at its level.
    Approve {
        /// Key of the review.
        reading: String,
    },
    /// Open it again after it was final.
    Reopen {
        /// Key of the review.
        reading: String,
        /// Why.
        why: String,
    },
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Told {
    /// What is with QA, and what was done.
    List(Vec<Line>, Option<String>),
    /// A review as it stands now, and what was done.
    Opened(Box<Opened>, Option<String>),
    /// Why it was not done.
    Problem(String),
}
