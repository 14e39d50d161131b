//! Why a command is refused.

mod help;

use crate::scoring::Missing;

use super::{CaseNumber, Days, PersonCode, QaLevel, Status};

/// Why a command is refused: what, and (through [`Refusal::help`]) what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The person is not on the team list.
    #[error("{0} is not on this workspace's team list")]
    NotInTeam(PersonCode),
    /// Only a lead may.
    #[error("{0} is not a lead, and only a lead may do this")]
    NotLead(PersonCode),
    /// A reading has one writer.
    #[error("{case} is being read by {reviewer}; nobody else writes in it")]
    NotYours {
        /// The case.
        case: CaseNumber,
        /// Whose reading it is.
        reviewer: PersonCode,
    },
    /// No such round.
    #[error("round {0} is unknown")]
    UnknownRound(String),
    /// A round of this name is there.
    #[error("a round named {0} is already there")]
    RoundExists(String),
    /// A name is needed.
    #[error("a round needs a name")]
    RoundUnnamed,
    /// The round is closed.
    #[error("round {0} is closed")]
    RoundClosed(String),
    /// The round has no frame.
    #[error("round {0} has no frame to draw from")]
    NoFrame(String),
    /// A second draw of a frame needs a reason.
    #[error("the frame of round {0} was drawn from already")]
    SecondDraw(String),
    /// No such reading.
    #[error("the review is not in this workspace")]
    UnknownReading,
    /// No such case.
    #[error("case {0} is unknown")]
    UnknownCase(CaseNumber),
    /// A spare is read only in another's place.
    #[error("{0} is a spare: it is read only in place of an eliminated case")]
    Spare(CaseNumber),
    /// A conflict of interest, declared or seen from unit and agency.
    #[error("{reviewer} must not read {case}: {with}")]
    Conflict {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
        /// The rule in words.
        with: String,
    },
    /// A reviewer from outside without an agreement that holds today.
    #[error("{reviewer} can't be given a case: {lack}")]
    NoAgreement {
        /// Who.
        reviewer: PersonCode,
        /// What is missing, in words.
        lack: String,
    },
    /// An agreement ends before it begins.
    #[error("an agreement signed on {} can't end on {}", .0.start, .0.end)]
    AgreementBackwards(Days),
    /// A pair is two people.
    #[error("{0} can't be paired with themselves")]
    PairOfOne(PersonCode),
    /// A conflict is declared with a reason.
    #[error("a conflict needs a reason")]
    ConflictUnexplained,
    /// No draw of this workspace brought the case.
    #[error("{0} was not drawn here, so it is in no sample")]
    NotDrawn(CaseNumber),
    /// Out of the sample.
    #[error("{0} was eliminated from the sample")]
    Eliminated(CaseNumber),
    /// The instrument has no such reason.
    #[error("reason {reason} is unknown")]
    UnknownReason {
        /// The code given.
        reason: String,
        /// The nearest known one.
        nearest: Option<String>,
        /// All of them.
        known: Vec<String>,
    },
    /// The reason is for other case types.
    #[error("reason {reason} can't be given for {case}: its case type is {case_type}")]
    OtherTypesReason {
        /// The code given.
        reason: String,
        /// The case.
        case: CaseNumber,
        /// Its case type.
        case_type: String,
    },
    /// The reason needs a text.
    #[error("reason {0} needs a text")]
    ReasonUnsaid(String),
    /// The case has an item rating.
    #[error("{0} has an item rating, so it can't be eliminated")]
    Rated(CaseNumber),
    /// Two people are needed.
    #[error("{by} asked for the elimination of {case} and can't approve it too")]
    OwnApproval {
        /// The case.
        case: CaseNumber,
        /// Who.
        by: PersonCode,
    },
    /// One of the two must be a lead.
    #[error("neither {asked} nor {by} is a lead, and one of them must be")]
    NoLead {
        /// Who asked.
        asked: PersonCode,
        /// Who would approve.
        by: PersonCode,
    },
    /// Nothing to approve.
    #[error("nobody asked for the elimination of {0}")]
    NothingAsked(CaseNumber),
    /// Still waiting for the second person.
    #[error("the elimination of {0} is not approved yet")]
    NotApproved(CaseNumber),
    /// Only an eliminated case is replaced.
    #[error("{0} is not eliminated, so nothing replaces it")]
    NotEliminated(CaseNumber),
    /// Replaced already.
    #[error("{spare} came in for {case} already")]
    Replaced {
        /// The eliminated case.
        case: CaseNumber,
        /// The spare.
        spare: CaseNumber,
    },
    /// The spares are used up.
    #[error("stratum {stratum} has no spare left for {case} and stays short")]
    NoSpare {
        /// The eliminated case.
        case: CaseNumber,
        /// Its stratum.
        stratum: String,
    },
    /// Spares are left, so no more are drawn.
    #[error("stratum {stratum} has {} left", crate::text::count(*.left as usize, "spare", "spares"))]
    SparesLeft {
        /// The stratum.
        stratum: String,
        /// How many.
        left: u64,
    },
    /// No such stratum in the draw.
    #[error("the draw has no stratum {stratum}")]
    UnknownStratum {
        /// The name given.
        stratum: String,
        /// All of them.
        known: Vec<String>,
    },
    /// Every case of the stratum that the limits allow was drawn.
    #[error("stratum {0} has no further case in the frame that the limits allow")]
    NothingMore(String),
    /// Someone else approves a supplementary draw.
    #[error("a supplementary draw needs the approval of someone other than who makes it")]
    SupplementUnapproved,
    /// A supplementary draw needs a reason.
    #[error("a supplementary draw needs a reason")]
    SupplementUnexplained,
    /// An unlocked rule needs a reason.
    #[error("unlocking needs a reason")]
    UnlockUnexplained,
    /// A rating another review gave stands in the way; which one is not said.
    #[error("the elimination of {0} needs a lead's look first")]
    LeadLooks(CaseNumber),
    /// Nobody reads the case yet.
    #[error("{0} has no first reviewer yet")]
    NotAssigned(CaseNumber),
    /// No case to draw second reviews from.
    #[error("round {0} has no case a second review can be drawn for")]
    NothingForSecond(String),
    /// Drawn from once.
    #[error("{0} was in an earlier draw of second reviews")]
    SecondKnown(CaseNumber),
    /// Not drawn.
    #[error("{0} was not drawn for a second review")]
    NotForSecond(CaseNumber),
    /// Someone reads it.
    #[error("the second review of {case} is with {reviewer}")]
    SecondBegun {
        /// The case.
        case: CaseNumber,
        /// With whom.
        reviewer: PersonCode,
    },
    /// Doing without a second review needs a reason.
    #[error("doing without a second review needs a reason")]
    DropUnexplained,
    /// No such draw.
    #[error("round {round} has no {}", .draw.map_or_else(|| "draw yet".to_owned(), |n| format!("draw {n}")))]
    NoDraw {
        /// The round.
        round: String,
        /// The number given.
        draw: Option<u32>,
    },
    /// Handed in already.
    #[error("the {which} review of {case} by {reviewer} is {status}, so it can't be given away")]
    Done {
        /// The case.
        case: CaseNumber,
        /// Which review.
        which: super::Which,
        /// By whom.
        reviewer: PersonCode,
        /// Its status.
        status: Status,
    },
    /// One person can't do both reviews of a case.
    #[error("{reviewer} already does another review of {case}")]
    SameReader {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
    },
    /// Two sealed reviews are needed to settle.
    #[error("{case} has no two sealed reviews to settle")]
    NoPair {
        /// The case.
        case: CaseNumber,
    },
    /// A third reader breaks a tie, so both must be there.
    #[error("a third reader of {0} is asked once its first and second review are handed in")]
    ThirdTooEarly(CaseNumber),
    /// Whoever read the case doesn't settle it.
    #[error("{reviewer} read {case} and can't settle its two reviews")]
    OwnPair {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
    },
    /// The review settles no pair.
    #[error("the {which} review of {case} settles no pair")]
    NotSettling {
        /// The case.
        case: CaseNumber,
        /// Which review it is.
        which: super::Which,
    },
    /// A review of the pair was sealed anew.
    #[error("a review of {0} was changed and sealed anew since its pair was compared")]
    PairMoved(CaseNumber),
    /// The two don't differ there.
    #[error("the two reviews of {case} don't differ on {question}")]
    NoDifference {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// No third reader answered it.
    #[error("no third review of {case} that is handed in has an answer to {question}")]
    ThirdSilent {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// The settled review isn't asked it.
    #[error("{question} is not asked in {case} as it is settled so far")]
    NotAsked {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// A difference is settled with a reason, not just answered.
    #[error("the two reviews of {case} differ on {question}: it is settled, not answered")]
    SettleIt {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// The readers gave the answer.
    #[error(
        "{question} of {case} stays as its readers gave it: answers of a settled review are set by settling"
    )]
    SettledElsewhere {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// Differences are left.
    #[error("{case} has differences that are not settled: {}", .questions.join(", "))]
    Unsettled {
        /// The case.
        case: CaseNumber,
        /// The questions.
        questions: Vec<String>,
    },
    /// A settlement or reopening is explained.
    #[error("it needs a reason")]
    Unexplained,
    /// Only a sealed review can be opened again.
    #[error("the {which} review of {case} by {reviewer} is not handed in")]
    NotSealed {
        /// The case.
        case: CaseNumber,
        /// Which review it is.
        which: super::Which,
        /// By whom.
        reviewer: PersonCode,
    },
    /// Submitted, with QA or withdrawn.
    #[error("{case} is {status} and can't be changed")]
    Locked {
        /// The case.
        case: CaseNumber,
        /// Its status.
        status: Status,
    },
    /// The instrument has no such question.
    #[error("question {question} is unknown")]
    UnknownQuestion {
        /// The id given.
        question: String,
        /// The nearest known id.
        nearest: Option<String>,
    },
    /// The text is not an answer to the question.
    #[error("{0}")]
    BadAnswer(String),
    /// Nothing was changed, or all of it was undone.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing was undone.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// Needed things are missing.
    #[error("{case} is not finished")]
    Unfinished {
        /// The case.
        case: CaseNumber,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// The edition a reading was made with is not kept here.
    #[error("the instrument edition {0} is not in this workspace")]
    UnknownInstrument(String),
    /// The instrument has no such case type.
    #[error("case type {0} is unknown to the instrument")]
    UnknownCaseType(String),
    /// Another reading stands where the import wants to put one.
    #[error("case {id} of round {round} already has a {which} review with other answers")]
    OtherReading {
        /// The case's id in the file.
        id: String,
        /// The round.
        round: String,
        /// Which review.
        which: super::Which,
    },
    /// Another rating stands where the import wants to put one.
    #[error("item {item} of case {id} of round {round} is already {there}, not {given}")]
    OtherRating {
        /// The case's id in the file.
        id: String,
        /// The round.
        round: String,
        /// The item.
        item: String,
        /// The rating there.
        there: String,
        /// The rating given.
        given: String,
    },
    /// The card was put out of use.
    #[error("this card of {0} has been replaced by another")]
    CardReplaced(PersonCode),
    /// The person has another card.
    #[error("{0} has another card here")]
    OtherCard(PersonCode),
    /// The person has no card.
    #[error("{0} has no card here")]
    NoCard(PersonCode),
    /// A work order for someone else.
    #[error("the work order is for {0}")]
    OrderFor(PersonCode),
    /// A signature that does not hold.
    #[error("{case} can't be signed: {problem}")]
    BadSignature {
        /// The case.
        case: CaseNumber,
        /// What is wrong.
        problem: String,
    },
    /// How the pair is read was fixed.
    #[error("how {0} is read is fixed: its second reader has it already")]
    PairFixed(CaseNumber),
    /// A reader of the pair has another period.
    #[error("{case} is with {reviewer} for {}", .under_review.map_or_else(|| "no fixed period".to_owned(), |days| days.to_string()))]
    OtherPeriod {
        /// The case.
        case: CaseNumber,
        /// Who has it.
        reviewer: PersonCode,
        /// Their period.
        under_review: Option<Days>,
    },
    /// A note of evidence without source or text.
    #[error("evidence of {0} needs a source and a text")]
    EvidenceUnsaid(CaseNumber),
    /// The readers of the case don't share evidence.
    #[error("the readers of {0} don't share evidence")]
    NotShared(CaseNumber),
    /// Nothing new to release.
    #[error("there is no evidence of {0} to release")]
    NothingToRelease(CaseNumber),
    /// A level of QA was named twice.
    #[error("{} is named twice", .0.title())]
    LevelTwice(QaLevel),
    /// The round of the case has no QA.
    #[error("the round of {0} has no QA: what is handed in counts")]
    NoQa(CaseNumber),
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
    /// An alert or answer without words.
    #[error("an alert needs words")]
    AlertUnsaid,
    /// No such alert.
    #[error("{0} has no such alert")]
    UnknownAlert(CaseNumber),
    /// It was closed.
    #[error("the alert is closed already")]
    AlertClosed,
    /// Several at once.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Many(Vec<Refusal>),
}

impl Refusal {
    /// One refusal of several; `None` when there are none.
    pub fn of(mut several: Vec<Self>) -> Option<Self> {
        match several.len() {
            0 => None,
            1 => several.pop(),
            _ => Some(Self::Many(several)),
        }
    }
}
