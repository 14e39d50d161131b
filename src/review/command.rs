//! What a person can ask for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::instrument::Instrument;

use super::{
    AllotRules, Allotment, Card, CaseNumber, ConflictWith, ContentHash, Days, Fingerprint,
    FrameFacts, InterviewMode, PairAllotment, PersonCode, PersonFacts, PersonRole, Place,
    ReadingId, ReadingSigned, ReviewKind, RootCause, RoundId, SecondCase, StratumSize, Took, Which,
    WorkOrder,
};

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

/// Begin a round.
#[derive(Debug, Clone)]
pub struct OpenRound {
    /// Its name, not that of another round.
    pub name: String,
    /// The edition its reviews are made with.
    pub instrument: Arc<Instrument>,
    /// What they are held for.
    pub review_kind: ReviewKind,
    /// The period results belong to, as in files; may be empty.
    pub period: String,
    /// The period under review, where it is one for all cases.
    pub under_review: Option<Days>,
}

/// Settle the list cases are drawn from.
#[derive(Debug, Clone)]
pub struct ImportFrame {
    /// The round.
    pub round: RoundId,
    /// SHA-256 of the file, hex.
    pub file_hash: String,
    /// SHA-256 of its canonical form, hex.
    pub canonical_hash: String,
    /// Rows.
    pub rows: u64,
    /// Eligible cases and sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// The sampling period.
    pub sampling: Option<Days>,
    /// The period under review.
    pub under_review: Option<Days>,
    /// The plan file, whole.
    pub plan: String,
    /// The frame file, whole.
    pub frame: String,
}

/// Record a draw from the round's last frame.
#[derive(Debug, Clone)]
pub struct DrawSample {
    /// The round.
    pub round: RoundId,
    /// The seed.
    pub seed: String,
    /// Who or what gave it.
    pub seed_source: Option<String>,
    /// Sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// Cases, sample and spares, in the order of the receipt.
    pub cases: Vec<DrawCase>,
    /// Why the frame is drawn from again, if it is.
    pub reason: Option<String>,
}

/// One case of a draw.
#[derive(Debug, Clone)]
pub struct DrawCase {
    /// Code of the instrument's case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Its place.
    pub place: Place,
    /// The ticket, lower-case hex.
    pub ticket: String,
    /// What the frame says of it; `case` is the agency's id.
    pub frame: FrameFacts,
}

/// Give cases to a reviewer.
#[derive(Debug, Clone)]
pub struct AssignCases {
    /// The cases.
    pub cases: Vec<CaseNumber>,
    /// Who gets them; an unseen code joins the team list as a reviewer.
    pub to: PersonCode,
    /// As which review.
    pub which: Which,
}

/// Give cases to two people.
#[derive(Debug, Clone)]
pub struct AssignPair {
    /// The cases.
    pub cases: Vec<CaseNumber>,
    /// Who writes.
    pub to: PersonCode,
    /// The second name.
    pub with: PersonCode,
    /// As which review.
    pub which: Which,
}

/// Write down by which rules open cases are given to pairs, or out as second reviews.
#[derive(Debug, Clone)]
pub struct GiveOut {
    /// The round.
    pub round: RoundId,
    /// The rules.
    pub rules: AllotRules,
    /// As which review.
    pub which: Which,
    /// What came of them; `None` where cases went to single readers.
    pub pairs: Option<PairAllotment>,
    /// What came of them for single readers.
    pub single: Option<Allotment>,
}

/// Record which cases are to be read a second time.
#[derive(Debug, Clone)]
pub struct DrawSeconds {
    /// The round.
    pub round: RoundId,
    /// The seed.
    pub seed: String,
    /// Of a hundred cases so many.
    pub percent: u32,
    /// The cases drawn from.
    pub pool: Vec<CaseNumber>,
    /// Cases and sizes by stratum.
    pub strata: Vec<StratumSize>,
    /// The cases drawn.
    pub cases: Vec<SecondCase>,
}

/// Record further spares of a stratum whose spares are used up.
#[derive(Debug, Clone)]
pub struct SupplementSample {
    /// The round.
    pub round: RoundId,
    /// Number of the draw.
    pub draw: u32,
    /// The stratum.
    pub stratum: String,
    /// The cases, in the order they can come in.
    pub cases: Vec<DrawCase>,
    /// Who approved it: a code, a name or an office.
    pub approved_by: String,
    /// Why it is needed.
    pub why: String,
}

/// Declare that a person must not read some cases.
#[derive(Debug, Clone)]
pub struct DeclareConflict {
    /// Who.
    pub code: PersonCode,
    /// Which cases.
    pub with: ConflictWith,
    /// Why.
    pub why: String,
}

/// Write down by which rules open cases are given out.
#[derive(Debug, Clone)]
pub struct AllotCases {
    /// The round.
    pub round: RoundId,
    /// The rules.
    pub rules: AllotRules,
    /// What came of them.
    pub allotment: Allotment,
}

/// Ask that a drawn case be eliminated.
#[derive(Debug, Clone)]
pub struct Eliminate {
    /// The case.
    pub case: CaseNumber,
    /// The instrument's code of the reason.
    pub reason: String,
    /// What the code can't say.
    pub text: Option<String>,
    /// Who agreed already, as a lead tells.
    pub approved_by: Option<PersonCode>,
    /// Why a lead does it although the case has an item rating.
    pub unlock: Option<String>,
}

/// Settle a difference between two reviews.
#[derive(Debug, Clone)]
pub struct SettleDifference {
    /// The settled review.
    pub reading: ReadingId,
    /// The question's id.
    pub question: String,
    /// Whose answer is taken.
    pub took: Took,
    /// The lead's own answer, as in files; with [`Took::Own`] alone.
    pub value: Option<String>,
    /// The narrative beside the lead's own answer.
    pub narrative: Option<String>,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}

/// What an import says of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCase {
    /// The case's id in the file. The same id in the same round is the same case.
    pub id: String,
    /// Code of the instrument's case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The period the result belongs to.
    pub period: String,
    /// The period under review.
    pub under_review: Option<Days>,
    /// Name of the round; it need not be a round of this workspace.
    pub round: String,
    /// The sample, or empty.
    pub sample_id: String,
    /// What the review was held for.
    pub review_kind: ReviewKind,
}

/// A whole reading from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedReading {
    /// The case.
    pub case: ImportedCase,
    /// Which review of it.
    pub which: Which,
    /// Who read it.
    pub reviewer: PersonCode,
    /// What was given, by question id, each question once.
    pub answers: Vec<GivenAnswer>,
    /// Stays open instead of being submitted.
    pub draft: bool,
}

/// One answer of an imported reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The question's id.
    pub question: String,
    /// The answer as in files.
    pub value: Option<String>,
    /// The narrative beside it.
    pub narrative: Option<String>,
}

/// The finished ratings of one case from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRatings {
    /// The case.
    pub case: ImportedCase,
    /// Item or sub-item id, rating code.
    pub ratings: BTreeMap<String, String>,
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
