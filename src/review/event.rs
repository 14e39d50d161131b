//! An event: who, when, what about, what. Kinds and versions never change once released.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kinds::alert::{AlertAnswered, AlertClosed, AlertRaised};
use super::kinds::evidence::{EvidenceNoted, EvidenceShared};
use super::kinds::mail::{CardAdded, PairArranged, ReadingSigned, ReadingTaken, WorkOrderTaken};
use super::kinds::pip::PipPlanSet;
use super::kinds::qa::{
    OverrideRemoved, QaApproved, QaLevelsSet, QaNoteAnswered, QaNotePinned, QaNoteSettled,
    QaNotesReceived, QaSentBack, RatingOverridden, ReadingReturned,
};
use super::kinds::reconcile::{DifferenceSettled, ReadingReopened, ReconciliationBegun};
use super::kinds::sample::{
    EliminationApproved, EliminationAsked, EliminationDeclined, EliminationUnlocked,
    SampleSupplemented, SeedWitnessed, SpareBroughtIn,
};
use super::kinds::second::{SecondDropped, SecondsDrawn};
use super::kinds::team::{
    CasesAllotted, CasesGivenOut, ConflictDeclared, OutsiderNamed, PersonDescribed, ReadingPaired,
};
use super::kinds::{
    Answered, FrameImported, PersonAdded, RatingsImported, ReadingAssigned, ReadingImported,
    ReadingWithdrawn, RoundClosed, RoundOpened, SampleDrawn, Submitted, WorkspaceRestored,
    WorkspaceStarted,
};
use super::{Chain, Digest, EventHash, ImportId, Moment, PersonCode, ReadingId, RoundId};
use super::{Words, WorkspaceId};

/// What an event is about: the aggregate whose state it changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The workspace and its people.
    Team,
    /// A round: its frame and samples.
    Round(RoundId),
    /// A reading.
    Reading(ReadingId),
    /// Imported ratings.
    Import(ImportId),
    /// Something a newer version knows.
    Other(String),
}

impl std::fmt::Display for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Team => f.write_str("team"),
            Self::Round(id) => write!(f, "round:{id}"),
            Self::Reading(id) => write!(f, "reading:{id}"),
            Self::Import(id) => write!(f, "import:{id}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl From<&str> for About {
    fn from(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text == "team" => Some(Self::Team),
            Some(("round", id)) => id.parse().ok().map(Self::Round),
            Some(("reading", id)) => id.parse().ok().map(Self::Reading),
            Some(("import", id)) => id.parse().ok().map(Self::Import),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other(text.to_owned()))
    }
}

/// An event as it was read from the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The chain it stands in.
    pub chain: Chain,
    /// Its number in the chain, from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: EventHash,
    /// When, by the author's clock. Never decides anything.
    pub at: Moment,
    /// Hashes of the events of other chains it builds on.
    pub after: Vec<EventHash>,
    /// The aggregate.
    pub about: About,
    /// What happened.
    pub body: EventBody,
}

/// An event decided on and not yet written.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The aggregate.
    pub about: About,
    /// What happens.
    pub body: EventBody,
}

/// The bytes of an event can't be read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the body of the event can't be read: {0}")]
pub struct BadBody(String);

#[derive(Serialize, Deserialize)]
struct Envelope<D> {
    kind: String,
    v: u32,
    author: PersonCode,
    workspace: WorkspaceId,
    seq: u64,
    at: Moment,
    about: String,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    after: Vec<EventHash>,
    data: D,
}

/// Where and when an event is written.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The chain.
    pub chain: Chain,
    /// The number it gets in the chain.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// What it builds on in other chains.
    pub after: Vec<EventHash>,
}

/// The one table of kinds: variant, kind, version, data, and where its texts are.
macro_rules! kinds {
    ($($variant:ident($data:ty) = $kind:literal v $version:literal;)+) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq)]
        pub enum EventBody {
            $(
                #[doc = concat!("`", $kind, "`, version ", stringify!($version))]
                $variant(Box<$data>),
            )+
            /// A kind this version does not know: kept, verified, not interpreted.
            Unknown {
                /// Its kind.
                kind: String,
                /// Its version.
                version: u32,
                /// Its data.
                data: Value,
            },
        }

        impl EventBody {
            /// Every kind with its version, in the order of the table.
            pub const KINDS: &'static [(&'static str, u32)] = &[$(($kind, $version)),+];

            /// The kind, as written.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)+
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// Every text the event brings or restores.
            pub fn words(&mut self) -> Vec<&mut Words> {
                match self {
                    $(Self::$variant(data) => data.words(),)+
                    Self::Unknown { .. } => Vec::new(),
                }
            }

            /// The texts it brings, without those of drawn cases and frames, of which there
            /// can be a hundred thousand.
            pub fn few_words(&mut self) -> Vec<&mut Words> {
                match self {
                    Self::FrameImported(_) => Vec::new(),
                    Self::SampleDrawn(data) => {
                        data.reason.iter_mut().chain(&mut data.seed_source).collect()
                    }
                    Self::SampleSupplemented(data) => vec![&mut data.approved_by, &mut data.why],
                    other => other.words(),
                }
            }

            /// The bytes that are hashed and stored.
            pub fn encode(&self, about: &About, stamp: &Stamp) -> Vec<u8> {
                match self {
                    $(Self::$variant(data) => envelope($kind, $version, data, about, stamp),)+
                    Self::Unknown { kind, version, data } =>
                        envelope(kind, *version, data, about, stamp),
                }
            }

            fn from_parts(kind: String, version: u32, data: Value) -> Result<Self, BadBody> {
                let bad = |error: serde_json::Error| BadBody(error.to_string());
                Ok(match (kind.as_str(), version) {
                    $(($kind, $version) => Self::$variant(
                        Box::new(serde_json::from_value(data).map_err(bad)?)
                    ),)+
                    _ => Self::Unknown { kind, version, data },
                })
            }
        }
    };
}

kinds! {
    WorkspaceStarted(WorkspaceStarted) = "workspace-started" v 1;
    WorkspaceRestored(WorkspaceRestored) = "workspace-restored" v 1;
    PersonAdded(PersonAdded) = "person-added" v 1;
    RoundOpened(RoundOpened) = "round-opened" v 1;
    RoundClosed(RoundClosed) = "round-closed" v 1;
    FrameImported(FrameImported) = "frame-imported" v 1;
    SampleDrawn(SampleDrawn) = "sample-drawn" v 1;
    ReadingAssigned(ReadingAssigned) = "reading-assigned" v 1;
    ReadingWithdrawn(ReadingWithdrawn) = "reading-withdrawn" v 1;
    Answered(Answered) = "answered" v 1;
    Narrated(Answered) = "narrated" v 1;
    Submitted(Submitted) = "submitted" v 1;
    ReadingImported(ReadingImported) = "reading-imported" v 1;
    RatingsImported(RatingsImported) = "ratings-imported" v 1;
    EliminationAsked(EliminationAsked) = "elimination-asked" v 1;
    EliminationApproved(EliminationApproved) = "elimination-approved" v 1;
    SpareBroughtIn(SpareBroughtIn) = "spare-brought-in" v 1;
    SeedWitnessed(SeedWitnessed) = "seed-witnessed" v 1;
    PersonDescribed(PersonDescribed) = "person-described" v 1;
    ConflictDeclared(ConflictDeclared) = "conflict-declared" v 1;
    CasesAllotted(CasesAllotted) = "cases-allotted" v 1;
    ReconciliationBegun(ReconciliationBegun) = "reconciliation-begun" v 1;
    DifferenceSettled(DifferenceSettled) = "difference-settled" v 1;
    ReadingReopened(ReadingReopened) = "reading-reopened" v 1;
    EliminationDeclined(EliminationDeclined) = "elimination-declined" v 1;
    EliminationUnlocked(EliminationUnlocked) = "elimination-unlocked" v 1;
    SampleSupplemented(SampleSupplemented) = "sample-supplemented" v 1;
    RelationDeclared(ConflictDeclared) = "conflict-declared" v 2;
    OutsiderNamed(OutsiderNamed) = "outsider-named" v 1;
    ReadingPaired(ReadingPaired) = "reading-paired" v 1;
    CasesGivenOut(CasesGivenOut) = "cases-allotted" v 2;
    SecondsDrawn(SecondsDrawn) = "second-reviews-drawn" v 1;
    SecondDropped(SecondDropped) = "second-review-dropped" v 1;
    CardAdded(CardAdded) = "card-added" v 1;
    WorkOrderTaken(WorkOrderTaken) = "work-order-taken" v 1;
    ReadingTaken(ReadingTaken) = "reading-taken" v 1;
    ReadingSigned(ReadingSigned) = "reading-signed" v 1;
    PairArranged(PairArranged) = "pair-arranged" v 1;
    EvidenceNoted(EvidenceNoted) = "evidence-noted" v 1;
    EvidenceReleased(EvidenceShared) = "evidence-released" v 1;
    EvidenceReceived(EvidenceShared) = "evidence-received" v 1;
    QaLevelsSet(QaLevelsSet) = "qa-levels-set" v 1;
    QaNotePinned(QaNotePinned) = "qa-note-pinned" v 1;
    QaNoteAnswered(QaNoteAnswered) = "qa-note-answered" v 1;
    QaNoteSettled(QaNoteSettled) = "qa-note-settled" v 1;
    QaSentBack(QaSentBack) = "qa-sent-back" v 1;
    QaApproved(QaApproved) = "qa-approved" v 1;
    ReadingReturned(ReadingReturned) = "reading-returned" v 1;
    QaNotesReceived(QaNotesReceived) = "qa-notes-received" v 1;
    RatingOverridden(RatingOverridden) = "rating-overridden" v 1;
    OverrideRemoved(OverrideRemoved) = "override-removed" v 1;
    AlertRaised(AlertRaised) = "alert-raised" v 1;
    AlertAnswered(AlertAnswered) = "alert-answered" v 1;
    AlertClosed(AlertClosed) = "alert-closed" v 1;
    PipPlanSet(PipPlanSet) = "pip-plan-set" v 1;
}

fn envelope<D: Serialize>(kind: &str, v: u32, data: &D, about: &About, stamp: &Stamp) -> Vec<u8> {
    let envelope = Envelope {
        kind: kind.to_owned(),
        v,
        author: stamp.chain.author.clone(),
        workspace: stamp.chain.workspace,
        seq: stamp.seq,
        at: stamp.at,
        about: about.to_string(),
        after: stamp.after.clone(),
        data,
    };
    serde_json::to_vec(&envelope).expect("ids, codes and hashes always have a JSON form")
}

impl Event {
    /// Reads an event from its stored bytes. Texts are not filled in.
    ///
    /// # Errors
    /// When the bytes are not an event; a kind or version not known here is no error.
    pub fn decode(body: &[u8], hash: EventHash) -> Result<Self, BadBody> {
        let read: Envelope<Value> =
            serde_json::from_slice(body).map_err(|error| BadBody(error.to_string()))?;
        Ok(Self {
            chain: Chain { author: read.author, workspace: read.workspace },
            seq: read.seq,
            hash,
            at: read.at,
            after: read.after,
            about: read.about.as_str().into(),
            body: EventBody::from_parts(read.kind, read.v, read.data)?,
        })
    }
}

/// The hash of an event: over the hash before it in its chain and its bytes as stored.
pub fn event_hash(previous: EventHash, body: &[u8]) -> EventHash {
    EventHash(Digest::new("casereview event v1").part(&previous.0).part(body).finish())
}
