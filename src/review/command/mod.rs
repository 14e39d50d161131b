//! What a person can ask for.

mod alert;
mod import;
mod people;
mod qa;
mod sample;
mod settle;

use std::sync::Arc;

use crate::instrument::{Instrument, Rating};

use super::{
    Card, CaseNumber, ContentHash, Days, Fingerprint, InterviewMode, LevelPeople, PersonCode,
    PersonFacts, PersonRole, ReadingId, ReadingSigned, RoundId, WorkOrder,
};

pub use alert::AlertStep;
pub use import::{GivenAnswer, ImportedCase, ImportedRatings, ImportedReading};
pub use people::{AllotCases, AssignCases, AssignPair, DeclareConflict, GiveOut};
pub use qa::QaStep;
pub use sample::{
    DrawCase, DrawSample, DrawSeconds, Eliminate, ImportFrame, OpenRound, SupplementSample,
};
pub use settle::{SettleDifference, Taken};

/// A command. `decide` turns it into events or says why not.
#[derive(Debug, Clone)]
pub enum Command {
    /// Put a person on the team list.
    AddPerson {
        /// Their code.
        code: PersonCode,
        /// What they may do.
        role: PersonRole,
    },
    /// Begin a round.
    OpenRound(OpenRound),
    /// End a round.
    CloseRound {
        /// Which.
        round: RoundId,
    },
    /// Settle the list cases are drawn from.
    ImportFrame(ImportFrame),
    /// Record a draw.
    DrawSample(DrawSample),
    /// Give cases to a reviewer; a case another reviewer has open goes on from a copy.
    Assign(AssignCases),
    /// Give cases to two people, who fill in one form under two names.
    AssignPair(AssignPair),
    /// Say that a person reviews from outside the agency, and until when they keep silence.
    NameOutsider {
        /// Who; an unseen code joins the team list as a reviewer.
        code: PersonCode,
        /// The provider's agency they work for.
        agency: Option<String>,
        /// Their confidentiality agreement.
        agreement: Option<Days>,
    },
    /// Write down by which rules open cases are given to pairs.
    GiveOut(GiveOut),
    /// Record which cases are to be read a second time.
    DrawSeconds(DrawSeconds),
    /// Let a drawn case do without its second review.
    DropSecond {
        /// The case.
        case: CaseNumber,
        /// Why.
        why: String,
    },
    /// Say what is known of a person.
    DescribePerson {
        /// Who; an unseen code joins the team list as a reviewer.
        code: PersonCode,
        /// What is said; nothing changes where nothing is said.
        facts: PersonFacts,
    },
    /// Declare that a person must not read some cases.
    DeclareConflict(DeclareConflict),
    /// Write down by which rules open cases are given out.
    Allot(AllotCases),
    /// Take a person's card into the team list, once its fingerprint was compared.
    AddCard {
        /// The card; an unseen code joins the team list as a reviewer.
        card: Card,
        /// It takes the place of the one the person has.
        replace: bool,
    },
    /// Take a work order into a reader's workspace.
    TakeOrder {
        /// The order, its texts filled in.
        order: Arc<WorkOrder>,
        /// Its hash.
        hash: ContentHash,
        /// The card it was signed with.
        key: Fingerprint,
    },
    /// Write down the author's signature under the seal of a reading.
    Sign {
        /// The reading.
        reading: ReadingId,
        /// The signature and what it is over.
        signed: ReadingSigned,
    },
    /// Fix how cases that are read twice are read, for both readers.
    ArrangePairs {
        /// The cases.
        cases: Vec<CaseNumber>,
        /// How interviews are held.
        mode: InterviewMode,
        /// The period under review; without it the case's own.
        under_review: Option<Days>,
    },
    /// Write down what an interview or a document said, for the case's other reader.
    NoteEvidence {
        /// The reading.
        reading: ReadingId,
        /// Who or what said it.
        source: String,
        /// What was said.
        text: String,
    },
    /// Put a Program Improvement Plan in force, in place of the one before.
    SetPipPlan {
        /// The plan file, whole, checked.
        plan: String,
    },
    /// Let each reader of a case have what the other noted.
    ReleaseEvidence {
        /// The case.
        case: CaseNumber,
    },
    /// Ask that a drawn case be eliminated.
    Eliminate(Eliminate),
    /// Agree to an elimination someone else asked for.
    ApproveElimination {
        /// The case.
        case: CaseNumber,
    },
    /// Decline an elimination someone else asked for, or take back one's own request.
    DeclineElimination {
        /// The case.
        case: CaseNumber,
        /// Why.
        why: Option<String>,
    },
    /// Let a pending elimination go on although the case has an item rating by now.
    UnlockElimination {
        /// The case.
        case: CaseNumber,
        /// Why.
        why: String,
    },
    /// Record further spares of a stratum whose spares are used up.
    SupplementSample(SupplementSample),
    /// Bring in the next spare for an eliminated case.
    Replace {
        /// The eliminated case.
        case: CaseNumber,
    },
    /// Record who watched the seed of a draw being made.
    WitnessSeed {
        /// The round.
        round: RoundId,
        /// Number of the draw; without it the last one.
        draw: Option<u32>,
        /// Their names or offices.
        witnesses: Vec<String>,
    },
    /// Give, change or (with `None`) take back an answer, as in files.
    Answer {
        /// The reading.
        reading: ReadingId,
        /// The question's id.
        question: String,
        /// Codes joined by `;`, an ISO date, a number, a text.
        value: Option<String>,
    },
    /// Write, change or remove the narrative beside an answer, or the note on a question.
    Narrate {
        /// The reading.
        reading: ReadingId,
        /// The question's id; for a note its place, [`note_on`](super::note_on) the question.
        question: String,
        /// The text; empty removes it.
        text: Option<String>,
    },
    /// Take back the last change of a reading.
    Undo {
        /// The reading.
        reading: ReadingId,
    },
    /// Do the last undone change again.
    Redo {
        /// The reading.
        reading: ReadingId,
    },
    /// Hand a reading in.
    Submit {
        /// The reading.
        reading: ReadingId,
    },
    /// Open a sealed reading again.
    Reopen {
        /// The reading.
        reading: ReadingId,
        /// Why.
        reason: String,
    },
    /// Say which levels of QA the reviews of a round pass.
    SetQaLevels {
        /// The round.
        round: RoundId,
        /// The levels, with who does each beside the leads; none: no QA.
        levels: Vec<LevelPeople>,
    },
    /// Set the rating of an item against the computed one, or take that back.
    Override {
        /// The reading.
        reading: ReadingId,
        /// Id of the item.
        item: String,
        /// The rating; none takes an override back.
        rating: Option<Rating>,
        /// Why.
        why: String,
    },
    /// Take a step about an alert on a reading's case, whatever the reading's state.
    Alert {
        /// The reading.
        reading: ReadingId,
        /// The step.
        step: AlertStep,
    },
    /// Take a step of QA on a reading.
    Qa {
        /// The reading.
        reading: ReadingId,
        /// The step.
        step: QaStep,
    },
    /// Begin to settle the two sealed reviews of a case, or go on after one was sealed anew.
    Reconcile {
        /// The case.
        case: CaseNumber,
    },
    /// Settle a difference.
    Settle(SettleDifference),
    /// Take over, into a settled review, what is asked at the end of every item.
    TakeClosing {
        /// The settled review.
        reading: ReadingId,
    },
    /// Take in whole readings, one event each; one already there is passed over.
    ImportReadings {
        /// The edition they were made with.
        instrument: Arc<Instrument>,
        /// The readings.
        readings: Vec<ImportedReading>,
    },
    /// Take in finished ratings, in events of at most 10,000; a chunk already there is
    /// passed over.
    ImportRatings {
        /// The edition they were made with.
        instrument: Arc<Instrument>,
        /// The cases with their ratings, each case once.
        cases: Vec<ImportedRatings>,
    },
}

impl Command {
    /// The edition the command brings with it, to be kept by the store.
    pub fn instrument(&self) -> Option<&Arc<Instrument>> {
        match self {
            Self::OpenRound(open) => Some(&open.instrument),
            Self::ImportReadings { instrument, .. } | Self::ImportRatings { instrument, .. } => {
                Some(instrument)
            }
            _ => None,
        }
    }
}
