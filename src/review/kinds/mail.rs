//! The data of events about keys and about work that goes from one workspace to another. As
//! in `kinds`, what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{
    CaseFacts, CaseNumber, ContentHash, Days, Entry, EventHash, Fingerprint, Head, Held,
    InterviewMode, Moment, PersonCode, RoundId, Signature, SigningKey, Words,
};

/// A person's card is taken into the team list, after its fingerprint was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAdded {
    /// Whose.
    pub code: PersonCode,
    /// Their printed name.
    pub name: Words,
    /// Checks their signatures.
    pub sign: SigningKey,
    /// Encrypts for them.
    pub encrypt: String,
    /// Names the card.
    pub fingerprint: Fingerprint,
    /// The card it takes the place of: nothing signed with that one is taken in any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Fingerprint>,
}

/// A reader takes a work order into their workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOrderTaken {
    /// Hash of the order.
    pub order: ContentHash,
    /// Who gave it.
    pub from: PersonCode,
    /// The card it was signed with.
    pub key: Fingerprint,
    /// Name of the workspace it came from.
    pub team: String,
    /// Version of the program.
    pub program: String,
}

/// A case of a work order is taken into the reader's workspace. It says the same whichever
/// review of the case it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingTaken {
    /// Hash of the order.
    pub order: ContentHash,
    /// The event that assigned it.
    pub assigned: EventHash,
    /// The round.
    pub round: RoundId,
    /// The case.
    pub case: CaseFacts,
    /// What the frame says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Words>,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// How interviews are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<InterviewMode>,
    /// Answers it starts with.
    pub start: Vec<Entry>,
}

/// The seal of a submitted reading is signed by its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingSigned {
    /// The event that submitted it, with its place: the head of the author's chain then.
    pub head: Head,
    /// Hash of the answers.
    pub reading: ContentHash,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// When it was submitted.
    pub at: Moment,
    /// What the signature stands for.
    pub meaning: String,
    /// The card whose key signed; it holds the printed name.
    pub key: Fingerprint,
    /// The signature.
    pub signature: Signature,
}

/// How a case that is read twice is read: fixed for both readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairArranged {
    /// The case.
    pub case: CaseNumber,
    /// How interviews are held.
    pub mode: InterviewMode,
    /// The period under review of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_review: Option<Days>,
}

impl CardAdded {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.name]
    }
}

impl WorkOrderTaken {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl ReadingTaken {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.frame.iter_mut().chain(self.start.iter_mut().flat_map(entry_words)).collect()
    }
}

impl ReadingSigned {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl PairArranged {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

/// The texts of an answer an event starts a reading with.
pub(in crate::review) fn entry_words(entry: &mut Entry) -> impl Iterator<Item = &mut Words> {
    let value = match &mut entry.value {
        Some(Held::Text(words)) => Some(words),
        Some(Held::Code(_)) | None => None,
    };
    value.into_iter().chain(&mut entry.narrative)
}
