//! Events, commands (`decide`) and state (`apply`): rounds, readings, people.
//!
//! ```text
//! command --decide(state)--> event bodies --(the store seals, stamps, hashes)--> events
//! events  --apply--> Team, Round, Reading
//! ```
//!
//! # The log, byte for byte
//!
//! An event is stored as one line of JSON, hashed as stored and never written anew:
//! `{"kind","v","author","workspace","seq","at","about","after"?,"data"}`. `workspace` is 32
//! hex digits; `seq` counts from 1 in the chain of author and workspace; `about` names the
//! aggregate (`team`, `round:ID`, `reading:ID`, `import:ID`); `after` lists the hashes of
//! the last events about it in other chains. With `part(x)` for the length of x as eight
//! bytes, big end first, followed by x, and the previous hash of a first event 32 zeros:
//!
//! ```text
//! event   SHA-256( "casereview event v1\n" part(previous hash) part(body) )
//! text    SHA-256( "casereview text v1\n" part(salt) part(UTF-8 text) )
//! reading SHA-256( "casereview reading v1\n" part(instrument hash) part(review number)
//!                  part(case type) then by question id: part(id)
//!                  part("code"|"text"|"none") part(code|text hash|) part(narrative hash|) )
//! ```
//!
//! The note on a question is a narrative at the place `ID#note`.
//!
//! `apply` never refuses; only `decide` does. Nothing here reads a clock, draws a random
//! number or touches a file: time, author, ids and salts are inputs.

mod alert;
mod allot;
mod card;
mod case;
mod command;
mod decide;
mod digest;
mod elimination;
mod event;
mod ids;
mod kinds;
mod moment;
mod note;
mod order;
mod overriding;
mod pairs;
mod parcel;
mod qa;
mod rate;
mod reading;
mod reconcile;
mod refusal;
mod release;
mod round;
mod second;
mod signature;
mod team;
mod words;

pub use alert::{Alert, AlertEnd};
pub use allot::{AllotRules, Allotment, Bar, LeftOver};
pub use card::{Card, signed_by};
pub use case::{
    AlertKind, Case, CaseFacts, Experience, FrameFacts, InterviewMode, PersonRole, Place, QaLevel,
    ReviewKind, RootCause, Status, Took, Which,
};
pub use command::{
    AlertStep, AllotCases, AssignCases, AssignPair, Command, DeclareConflict, DrawCase, DrawSample,
    DrawSeconds, Eliminate, GiveOut, GivenAnswer, ImportFrame, ImportedCase, ImportedRatings,
    ImportedReading, OpenRound, QaStep, SettleDifference, SupplementSample, Taken,
};
pub use decide::{CaseStanding, Decision, Known, Note, ReadingBrief, decide};
pub use digest::{Digest, from_hex, to_hex};
pub use elimination::{Approval, Changes, Declined, Elimination, StratumStanding};
pub use event::{About, BadBody, Decided, Event, EventBody, Stamp, event_hash};
pub use ids::{
    BadId, Birthplace, CaseNumber, Chain, ContentHash, EventHash, Fingerprint, ImportId,
    PersonCode, ReadingId, RoundId, Signature, SigningKey, TextHash, WorkspaceId,
};
pub use kinds::alert::{AlertAnswered, AlertClosed, AlertRaised, Relayed};
pub use kinds::evidence::{EvidenceNote, EvidenceNoted, EvidenceShared};
pub use kinds::mail::{CardAdded, PairArranged, ReadingSigned, ReadingTaken, WorkOrderTaken};
pub use kinds::pip::PipPlanSet;
pub use kinds::qa::{
    LevelPeople, OverrideRemoved, QaApproved, QaLevelsSet, QaNoteAnswered, QaNotePinned,
    QaNoteSettled, QaNotesReceived, QaSentBack, RatingOverridden, ReadingReturned, SentNote,
    SentReply, SentSettled,
};
pub use kinds::reconcile::{DifferenceSettled, ReadingReopened, ReconciliationBegun, ThirdAnswer};
pub use kinds::sample::{
    EliminationApproved, EliminationAsked, EliminationDeclined, EliminationUnlocked,
    SampleSupplemented, SeedWitnessed, SpareBroughtIn,
};
pub use kinds::second::{SecondCase, SecondDropped, SecondsDrawn};
pub use kinds::team::{
    CasesAllotted, CasesGivenOut, ConflictDeclared, ConflictWith, OutsiderNamed, PersonDescribed,
    PersonFacts, ReadingPaired,
};
pub use kinds::{
    Answered, DrawnCase, Entry, FrameImported, Head, Held, PersonAdded, RatedCase, RatingsImported,
    ReadingAssigned, ReadingImported, ReadingWithdrawn, RoundClosed, RoundOpened, SampleDrawn,
    StratumSize, Submitted, WorkspaceRestored, WorkspaceStarted,
};
pub use moment::{Days, Moment};
pub use note::{note_on, noted};
pub use order::{fold_order, fold_reading, fold_round, fold_team};
pub use overriding::{Override, effective};
pub use pairs::{Pair, PairAllotment, PairBar, PairHistory, PairLeftOver, pair};
pub use parcel::{
    OrderEdition, OrderRound, Parcel, ParcelLabel, SentAlert, SentChain, SentEvent, SentText,
    WorkCase, WorkOrder,
};
pub use qa::{LateChange, Quality, Reply, Sticky, StickySettled};
pub use rate::{Ratings, answers, answers_given, counts, is_words, rate, seal};
pub use reading::{Change, Given, Reading, Seal, Slot, frame_facts};
pub use reconcile::{
    Difference, Differs, FirstSeal, ItemSides, Settling, Sides, THIRD, fill_answers, fill_closing,
    take,
};
pub use refusal::{HandoverRefusal, PairRefusal, QaRefusal, Refusal, SampleRefusal};
pub use release::{Side, may_open};
pub use round::{Draw, Frame, Round, Supplement};
pub use second::Seconds;
pub use signature::{AUTHORSHIP, meaning_words, seal_message, signature_problem, to_sign};
pub use team::{OrderFrom, Outsider, Person, SetPlan, Team};
pub use words::{Salt, Words, text_hash};
