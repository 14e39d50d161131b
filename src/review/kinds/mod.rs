//! The data of every kind of event. A released kind never changes; a new shape is a new
//! version beside the old one. Field order is the order of the stored bytes.

pub(super) mod alert;
pub(super) mod evidence;
pub(super) mod mail;
pub(super) mod pip;
pub(super) mod qa;
pub(super) mod reconcile;
pub(super) mod sample;
pub(super) mod second;
pub(super) mod team;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::review::{
    CaseFacts, CaseNumber, Chain, ContentHash, Days, EventHash, PersonCode, PersonRole, Place,
    ReadingId, ReviewKind, RoundId, Which, Words, WorkspaceId,
};

/// A workspace begins; its author becomes the lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceStarted {
    /// Its name.
    pub name: String,
    /// Version of the program.
    pub program: String,
}

/// A backup was restored: from here on chains carry a new workspace id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceRestored {
    /// The id before.
    pub from: WorkspaceId,
    /// The head of every chain in the backup.
    pub heads: Vec<Head>,
}

/// The last event of a chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head {
    /// The chain's author.
    pub author: PersonCode,
    /// The chain's workspace.
    pub workspace: WorkspaceId,
    /// How many events it has.
    pub seq: u64,
    /// Hash of the last.
    pub hash: EventHash,
}

impl Head {
    /// The chain.
    pub fn chain(&self) -> Chain {
        Chain { author: self.author.clone(), workspace: self.workspace }
    }
}

/// Someone joins the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAdded {
    /// Their code.
    pub code: PersonCode,
    /// What they may do.
    pub role: PersonRole,
}

/// A round begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOpened {
    /// Its name.
    pub name: String,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// What its reviews are held for.
    pub review_kind: ReviewKind,
    /// The period its results belong to; empty where not given.
    pub period: String,
    /// The period under review, where it is one for all cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_review: Option<Days>,
}

/// A round ends: no new readings, no new samples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundClosed {}

/// The list cases are drawn from is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameImported {
    /// SHA-256 of the file, hex.
    pub file_hash: String,
    /// SHA-256 of its canonical form, hex.
    pub canonical_hash: String,
    /// Rows.
    pub rows: u64,
    /// Cases by stratum, in byte order of the names.
    pub strata: Vec<StratumSize>,
    /// The sampling period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampling: Option<Days>,
    /// The period under review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_review: Option<Days>,
    /// The plan file, whole.
    pub plan: String,
    /// The frame file, whole.
    pub frame: Words,
}

/// A stratum and how many cases it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StratumSize {
    /// Values joined by ` | `.
    pub stratum: String,
    /// Eligible cases in the frame.
    pub size: u64,
    /// Cases to draw, spares not counted.
    pub n: u64,
}

/// A sample was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDrawn {
    /// The frame it was drawn from.
    pub frame: EventHash,
    /// Number of the draw in its round, from 1.
    pub draw: u32,
    /// The seed.
    pub seed: String,
    /// Who or what gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed_source: Option<Words>,
    /// Sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// The cases, sample and spares, by stratum then order.
    pub cases: Vec<DrawnCase>,
    /// Why a second draw was made of a frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// Version of the program.
    pub program: String,
}

/// One case of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnCase {
    /// Its facts.
    pub case: CaseFacts,
    /// Its place.
    pub place: Place,
    /// The ticket, lower-case hex: who knows the seed can guess the agency's id from it.
    pub ticket: Words,
    /// What the frame says of it: a [`FrameFacts`](super::FrameFacts) as JSON.
    pub frame: Words,
}

/// A case is given to a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingAssigned {
    /// The round.
    pub round: RoundId,
    /// The draw that brought the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<EventHash>,
    /// The case.
    pub case: CaseFacts,
    /// What the frame says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Words>,
    /// Which review of the case.
    pub which: Which,
    /// Who reads it.
    pub reviewer: PersonCode,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// The reading this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ReadingId>,
    /// Answers it starts with: filled from the frame, or copied.
    pub start: Vec<Entry>,
}

/// A question with what was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The question's id.
    pub question: String,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Held>,
    /// The narrative beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Words>,
}

/// An answer as events hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Codes of a choice or checklist, as in files.
    Code(String),
    /// Whatever was typed: a text, a date, a number; and identifiers.
    Text(Words),
}

impl Held {
    /// The answer as in files; `None` once its text was removed.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Code(code) => Some(code),
            Self::Text(words) => words.text(),
        }
    }
}

/// A reading is taken from its reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingWithdrawn {
    /// The reading that goes on from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<ReadingId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
}

/// An answer (`answered`) or the narrative beside one (`narrated`) changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The question's id.
    pub question: String,
    /// What stood there.
    pub old: Option<Held>,
    /// What stands there now.
    pub new: Option<Held>,
    /// The event this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<EventHash>,
    /// The undone event this one does again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redoes: Option<EventHash>,
}

/// A reading is handed in: its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Hash of the instrument edition it was rated by.
    pub instrument: String,
    /// Hash of the answers.
    pub reading: ContentHash,
    /// The ratings as computed then: item and sub-item id, code.
    pub items: BTreeMap<String, String>,
    /// The outcome ratings as computed then: outcome id, code.
    pub outcomes: BTreeMap<String, String>,
    /// Version of the program.
    pub program: String,
}

/// A whole reading came from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingImported {
    /// Hash of what the file says of it.
    pub content: ContentHash,
    /// The case.
    pub case: CaseFacts,
    /// The case's id in the file, as [`FrameFacts`](super::FrameFacts).
    pub frame: Words,
    /// Which review of the case.
    pub which: Which,
    /// Who read it.
    pub reviewer: PersonCode,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// The answers, by question id.
    pub answers: Vec<Entry>,
    /// The seal; absent for a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<Submitted>,
}

/// A chunk of finished ratings came from a file, at most 10,000 of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingsImported {
    /// Hash of what the chunk says.
    pub content: ContentHash,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// The cases with their ratings.
    pub cases: Vec<RatedCase>,
}

/// The imported ratings of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedCase {
    /// The case.
    pub case: CaseFacts,
    /// The case's id in the file, as [`FrameFacts`](super::FrameFacts).
    pub frame: Words,
    /// Item or sub-item id, rating code.
    pub ratings: BTreeMap<String, String>,
}

/// The case number an imported thing stands under.
impl RatedCase {
    /// The review number.
    pub fn number(&self) -> CaseNumber {
        self.case.number
    }
}

/// Where each kind holds its texts.
macro_rules! words {
    ($($data:ty: |$it:ident| $list:expr;)+) => {
        $(impl $data {
            /// Every text the event brings or restores.
            pub fn words(&mut self) -> Vec<&mut Words> {
                let $it = self;
                $list
            }
        })+
    };
}

words! {
    WorkspaceStarted: |_it| Vec::new();
    WorkspaceRestored: |_it| Vec::new();
    PersonAdded: |_it| Vec::new();
    RoundOpened: |_it| Vec::new();
    RoundClosed: |_it| Vec::new();
    FrameImported: |it| vec![&mut it.frame];
    SampleDrawn: |it| {
        let told = it.reason.iter_mut().chain(&mut it.seed_source);
        it.cases.iter_mut().flat_map(|c| [&mut c.ticket, &mut c.frame]).chain(told).collect()
    };
    ReadingAssigned: |it| it.frame.iter_mut().chain(entries(&mut it.start)).collect();
    ReadingWithdrawn: |it| it.reason.iter_mut().collect();
    Answered: |it| [&mut it.old, &mut it.new].into_iter().filter_map(held).collect();
    Submitted: |_it| Vec::new();
    ReadingImported: |it| std::iter::once(&mut it.frame).chain(entries(&mut it.answers)).collect();
    RatingsImported: |it| it.cases.iter_mut().map(|c| &mut c.frame).collect();
}

fn entries(list: &mut [Entry]) -> impl Iterator<Item = &mut Words> {
    list.iter_mut().flat_map(|entry| held(&mut entry.value).into_iter().chain(&mut entry.narrative))
}

fn held(value: &mut Option<Held>) -> Option<&mut Words> {
    match value {
        Some(Held::Text(words)) => Some(words),
        Some(Held::Code(_)) | None => None,
    }
}
