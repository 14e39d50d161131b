//! What travels: a work order from lead to reader, and parcels of events from reader to lead.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kinds::alert::Relayed;
use super::kinds::mail::entry_words;
use super::{
    CaseFacts, Chain, ContentHash, Digest, Entry, EventHash, EvidenceNote, InterviewMode,
    PersonCode, ReadingId, RoundId, RoundOpened, Salt, SentNote, TextHash, Words, WorkspaceId,
    from_hex, text_hash, to_hex,
};

/// A work order: all that one reader has to read. It holds nothing of anyone else's reading
/// and has the same form whichever review of a case it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkOrder {
    /// Version of the form.
    pub v: u32,
    /// Name of the workspace it comes from.
    pub team: String,
    /// Who gives it.
    pub from: PersonCode,
    /// Who reads.
    pub to: PersonCode,
    /// The rounds of its cases.
    pub rounds: Vec<OrderRound>,
    /// The instrument editions of its cases.
    pub editions: Vec<OrderEdition>,
    /// The cases to read, by review number.
    pub cases: Vec<WorkCase>,
    /// Readings that were taken back from this reader.
    pub recalled: Vec<ReadingId>,
    /// What was answered to this reader's own alerts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<SentAlert>,
    /// The texts that the entries name by their hashes.
    pub texts: Vec<SentText>,
}

/// A step on an alert, on its way back to the reader who raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAlert {
    /// The reading it was raised on.
    pub reading: ReadingId,
    /// The event that raised it.
    pub alert: EventHash,
    /// Where the step was written.
    pub from: Relayed,
    /// What was answered or done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// It closes the alert.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closes: bool,
}

/// A round in a work order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRound {
    /// Its id.
    pub id: RoundId,
    /// What it is.
    pub opened: RoundOpened,
}

/// An instrument edition in a work order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEdition {
    /// Its hash.
    pub hash: String,
    /// Its text, whole.
    pub text: String,
}

/// One case in a work order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCase {
    /// The reading to make.
    pub reading: ReadingId,
    /// The event that assigned it.
    pub assigned: EventHash,
    /// The round.
    pub round: RoundId,
    /// The case.
    pub case: CaseFacts,
    /// What the frame says of it.
    pub frame: Option<Words>,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// How interviews are held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<InterviewMode>,
    /// Answers it starts with.
    pub start: Vec<Entry>,
    /// Evidence of the case's other reader, released by a lead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceNote>,
    /// Seals of the reading that were opened again: the reader may go on from one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<EventHash>,
    /// Notes of QA on this reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<SentNote>,
}

/// A text with its salt, from which its hash follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentText {
    /// The salt, hex.
    pub salt: String,
    /// The text.
    pub text: String,
}

impl SentText {
    /// A text of the text table.
    pub fn new(salt: &[u8], text: &str) -> Self {
        Self { salt: to_hex(salt), text: text.to_owned() }
    }

    /// The salt, if it is one.
    pub fn salt(&self) -> Option<Salt> {
        from_hex(&self.salt)
    }

    /// Texts by their hashes; those without a proper salt are left out.
    pub fn by_hash(texts: &[Self]) -> BTreeMap<TextHash, Words> {
        let one = |sent: &Self| {
            let salt = sent.salt()?;
            Some((text_hash(&salt, &sent.text), Words::new(&sent.text, salt)))
        };
        texts.iter().filter_map(one).collect()
    }
}

impl WorkOrder {
    /// The newest version of the form.
    pub const VERSION: u32 = 1;

    /// Puts the texts in where entries name them by their hashes.
    ///
    /// # Errors
    /// The hash of a text that is missing.
    pub fn fill(&mut self) -> Result<(), TextHash> {
        let texts = SentText::by_hash(&self.texts);
        for words in self.alerts.iter_mut().filter_map(|sent| sent.text.as_mut()) {
            *words = texts.get(&words.hash()).ok_or(words.hash())?.clone();
        }
        for case in &mut self.cases {
            let entries = case.start.iter_mut().flat_map(entry_words);
            let notes =
                case.evidence.iter_mut().flat_map(|note| [&mut note.source, &mut note.text]);
            let stickies = case.notes.iter_mut().flat_map(SentNote::words);
            for words in case.frame.iter_mut().chain(entries).chain(notes).chain(stickies) {
                *words = texts.get(&words.hash()).ok_or(words.hash())?.clone();
            }
        }
        Ok(())
    }

    /// The hash of an order's bytes, by which a reader's log names it.
    pub fn hash(bytes: &[u8]) -> ContentHash {
        ContentHash(Digest::new("casereview work order v1").part(bytes).finish())
    }
}

/// What leaves of one reading: its events, and the hashes of all others of the author's chains,
/// which hold the chains together without telling what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    /// Version of the form.
    pub v: u32,
    /// The reading.
    pub reading: ReadingId,
    /// The author's chains that have events of it.
    pub chains: Vec<SentChain>,
    /// The texts of the events.
    pub texts: Vec<SentText>,
}

impl Parcel {
    /// The newest version of the form.
    pub const VERSION: u32 = 1;
}

/// A chain in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentChain {
    /// Whose.
    pub author: PersonCode,
    /// Where it was written.
    pub workspace: WorkspaceId,
    /// The hash of every event, from the first to the last.
    pub hashes: Vec<EventHash>,
    /// The events about the reading.
    pub events: Vec<SentEvent>,
}

impl SentChain {
    /// The chain.
    pub fn chain(&self) -> Chain {
        Chain { author: self.author.clone(), workspace: self.workspace }
    }
}

/// An event in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentEvent {
    /// Its number in the chain.
    pub seq: u64,
    /// Its bytes as hashed, which are text.
    pub body: String,
}

/// What a bundle says of one parcel in it: all that is known until it is opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParcelLabel {
    /// The reading.
    pub reading: ReadingId,
    /// Whether it is sealed.
    pub sealed: bool,
    /// Whether it holds evidence alone, which is for the lead to release: no answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub evidence: bool,
    /// Hash of the parcel's bytes as they were before encryption.
    pub digest: ContentHash,
}

impl ParcelLabel {
    /// The hash of a parcel's bytes.
    pub fn digest_of(bytes: &[u8]) -> ContentHash {
        ContentHash(Digest::new("casereview parcel v1").part(bytes).finish())
    }
}
