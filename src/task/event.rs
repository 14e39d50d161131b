//! What goes into the tasks and what comes out: events and effects.
//!
//! A face turns keys or typed lines into [`Event`]s; [`update`](super::update) turns an
//! event into a changed state and [`Effect`]s; whoever drives the face has a
//! [`Backend`](super::Backend) carry the effects out and feeds its [`Reply`] back as
//! [`Event::Outside`].

use crate::instrument::QuestionIx;
use crate::scoring::Value;

use super::queue::Case;
use super::reconcile::{Opened as PairOpened, Pair, Settling};
use super::results;
use super::review::Opened;
use super::start::Info;
use super::{Action, Size};
use super::{agreement, alerts, board, drawing, goals, quality, saving};

/// Something a person wants, or something the outside reports.
#[derive(Debug, Clone)]
pub enum Event {
    /// The person wants this done. Ignored where it isn't available.
    Act(Action),
    /// The option with this number, counted from 1 as on screen.
    Pick(usize),
    /// The whole answer to the question here: a checklist's ticks at once.
    Answer(Value),
    /// The text now in the open text box or search line, whole, after each change.
    Text(String),
    /// Go to this question; a question that isn't asked now is refused with a notice.
    Goto(QuestionIx),
    /// Stand at a cell of the table here, its page open: row from 0, and place among the
    /// columns of this type of case.
    Cell(usize, usize),
    /// Results turned to at once.
    Results(results::Wish),
    /// The terminal has this size.
    Resized(Size),
    /// What came of an effect.
    Outside(Reply),
}

/// Something to be done outside of the state.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read the cases of the one who acts: answered by [`Reply::Queue`].
    LoadQueue,
    /// Read (and begin, where it isn't begun) the review of a case: [`Reply::Opened`]; one that
    /// is being settled: [`Reply::Pair`].
    Open {
        /// [`Case::reading`](super::queue::Case::reading).
        reading: String,
    },
    /// As [`Open`](Self::Open), for what is missing in a settled review beside its settling,
    /// which `Open` leads to: [`Reply::Opened`].
    OpenWhole {
        /// The review.
        reading: String,
    },
    /// Store changes in order: [`Reply::Saved`] once the commit of the last one returned,
    /// else [`Reply::NotSaved`]. Storing a text drops its draft.
    Save {
        /// The review written to.
        reading: String,
        /// Comes back in the reply.
        ticket: u64,
        /// What is changed.
        changes: Vec<Change>,
    },
    /// Keep a text still being written, over the one kept before; `None` drops it.
    /// Nothing comes back: a draft that can't be kept is no reason to stop typing.
    Draft {
        /// The review written to.
        reading: String,
        /// The question.
        question: QuestionIx,
        /// Which of its texts.
        field: Field,
        /// The text so far.
        text: Option<String>,
    },
    /// Keep what stands on a form of QA or of an alert, over what was kept before; `None` drops
    /// it. Nothing comes back, as with a draft.
    Sheet {
        /// Which form, on what.
        form: String,
        /// What stands on it.
        text: Option<String>,
    },
    /// Submit the review: [`Reply::Submitted`] or [`Reply::NotSubmitted`].
    Submit {
        /// The review.
        reading: String,
    },
    /// Read the cases with two reviews: [`Reply::Pairs`].
    LoadPairs,
    /// Read (and begin, where it isn't begun) the settling of a case: [`Reply::Pair`].
    OpenPair {
        /// The case: `R-0042`.
        case: String,
    },
    /// Ask a third reader for a case, as tie-break: [`Reply::ThirdAsked`].
    AskThird {
        /// The case: `R-0042`.
        case: String,
        /// Code of the reader.
        to: String,
    },
    /// Read the pairs that agreement is measured on: [`Reply::Agreement`].
    LoadAgreement,
    /// Settle a difference: [`Reply::Pair`] once it is on disk, else [`Reply::NotSettled`].
    Settle {
        /// The settled review.
        reading: String,
        /// The difference.
        settling: Settling,
    },
    /// Answer what the settled review lacks and neither review was asked: [`Reply::Pair`] or
    /// [`Reply::NotSettled`].
    Complete {
        /// The settled review.
        reading: String,
        /// The question.
        question: QuestionIx,
        /// The answer.
        value: Option<Value>,
        /// The text beside it.
        narrative: Option<String>,
    },
    /// Hand a settled review in: [`Reply::Pair`] or [`Reply::NotSettled`].
    HandIn {
        /// The settled review.
        reading: String,
    },
    /// Read alerts, or record or change one: [`Reply::Alerts`].
    Alerts(alerts::Ask),
    /// Read or change what is with QA: [`Reply::Quality`].
    Quality(quality::Ask),
    /// A step from a list of cases to assigned reviews: [`Reply::Draw`].
    Draw(drawing::Ask),
    /// Read or change the sample: [`Reply::Board`].
    Board(board::Ask),
    /// Read the reviews that results are counted from: [`Reply::Results`].
    LoadResults {
        /// Those that are not final too.
        drafts: bool,
    },
    /// Read what a review says of a line of the results: [`Reply::Case`].
    ReadCase {
        /// Id of the reading.
        reading: String,
        /// The line.
        about: results::About,
    },
    /// Write results to a file: [`Reply::Wrote`].
    SaveResults(saving::Save),
    /// Count the measures of the improvement plan: [`Reply::Goals`].
    LoadGoals,
    /// Leave the program.
    Quit,
}

/// What came of an effect.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The cases, in the order of the workspace, and the start screen's facts as they are now.
    Queue(Vec<Case>, Box<Info>),
    /// A review to work on.
    Opened(Box<Opened>),
    /// Everything up to this ticket is on disk.
    Saved {
        /// The ticket of the [`Effect::Save`].
        ticket: u64,
        /// Local time of the commit, as shown: `14:02:11`.
        at: String,
    },
    /// Not everything of this ticket is on disk.
    NotSaved {
        /// The ticket of the [`Effect::Save`].
        ticket: u64,
        /// How many of its changes, from the first, are on disk all the same.
        stored: usize,
        /// Why, in words for a person.
        why: String,
    },
    /// Not everything of this ticket is on disk, nor ever will be: the review was closed
    /// meanwhile, in another window.
    Closed {
        /// The ticket of the [`Effect::Save`].
        ticket: u64,
        /// How many of its changes, from the first, are on disk all the same.
        stored: usize,
        /// Why, in words for a person.
        why: String,
    },
    /// Another window changed the review meanwhile; what was to be written is not.
    Moved {
        /// The review as it is now.
        opened: Box<Opened>,
        /// The question that was to be written to.
        at: Option<QuestionIx>,
    },
    /// The review is submitted and sealed.
    Submitted {
        /// Local time of the commit, as shown.
        at: String,
    },
    /// The review is not submitted.
    NotSubmitted {
        /// Why, in words for a person.
        why: String,
    },
    /// The cases with two reviews.
    Pairs(Vec<Pair>),
    /// A third reader was asked, or why not: what to say, and the pairs as they are now.
    ThirdAsked(Result<(String, Vec<Pair>), String>),
    /// The pairs that agreement is measured on.
    Agreement(Box<agreement::Loaded>),
    /// A pair as it stands now.
    Pair(Box<PairOpened>),
    /// The pair as another window changed it meanwhile; what was to be written is not.
    PairMoved(Box<PairOpened>),
    /// A settlement or hand-in is not on disk.
    NotSettled {
        /// Why, in words for a person.
        why: String,
    },
    /// The open alerts.
    Alerts(Box<alerts::Told>),
    /// What came of QA.
    Quality(Box<quality::Told>),
    /// What came of a step.
    Draw(Box<drawing::Told>),
    /// The sample as it stands.
    Board(Box<board::Told>),
    /// The reviews that results are counted from.
    Results(Box<results::Loaded>),
    /// What a review says of a line of the results.
    Case(Box<results::Look>),
    /// A file of results is written: what and where, in words; or why it is not.
    Wrote(Result<String, String>),
    /// The improvement plan, counted.
    Goals(Box<goals::Page>),
    /// A load failed.
    Failed {
        /// What failed and why, in words for a person.
        what: String,
    },
}

/// What is said where another window changed what was to be written to.
pub const MOVED: &str = "changed in another window: read anew; what you just gave is not saved";

/// Which text of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The answer itself: text, date or number.
    Answer,
    /// The text beside the answer: the "No" narrative, the words to `other`.
    Narrative,
    /// The reviewer's own note on the question, whatever the answer asks for.
    Note,
    /// Why a difference between two reviews is settled as it is, with whose answer is taken.
    Reason,
    /// A cell of a table.
    Cell {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column in the question.
        column: usize,
    },
    /// The words to `other` beside a cell of a table.
    CellText {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column in the question.
        column: usize,
    },
}

/// How a change came about; the log tells an undo from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The reviewer gave it.
    Given,
    /// It takes the change before it back.
    Undone,
    /// It makes a change taken back again.
    Redone,
}

/// One change on its way to disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is written.
    pub write: Write,
    /// How it came about.
    pub way: Way,
}

/// One change of a review: the old content with the new, so that it can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// The answer to a question is given, changed or (new: `None`) taken back.
    Answer {
        /// The question.
        question: QuestionIx,
        /// The answer it had.
        old: Option<Value>,
        /// The answer it gets.
        new: Option<Value>,
    },
    /// The text beside an answer; empty means none.
    Narrative {
        /// The question.
        question: QuestionIx,
        /// The text it had.
        old: String,
        /// The text it gets.
        new: String,
    },
    /// The note on a question; empty means none.
    Note {
        /// The question.
        question: QuestionIx,
        /// The text it had.
        old: String,
        /// The text it gets.
        new: String,
    },
}

impl Write {
    /// The question written to.
    pub fn question(&self) -> QuestionIx {
        match self {
            Self::Answer { question, .. }
            | Self::Narrative { question, .. }
            | Self::Note { question, .. } => *question,
        }
    }

    /// The change that restores what was there before.
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Answer { question, old, new } => Self::Answer { question, old: new, new: old },
            Self::Narrative { question, old, new } => {
                Self::Narrative { question, old: new, new: old }
            }
            Self::Note { question, old, new } => Self::Note { question, old: new, new: old },
        }
    }
}
