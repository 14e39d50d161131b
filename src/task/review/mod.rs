//! The review of one case: the walk through face sheet and items to submission.
//!
//! [`State`] holds the instrument, the answers with what scoring makes of them, and where
//! the reviewer stands, which is always a question asked now. Every change is a
//! [`Write`](super::Write) that goes through the [`journal`], so that no face can say
//! "saved" before a commit returned, and that keeps the old content for undo.

mod act;
mod answering;
mod editing;
mod finish;
mod items;
mod journal;
mod open;
mod panel;
mod question;
mod table;
mod table_change;
mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::instrument::{Instrument, ItemIx, Mode, QuestionIx, Rating};
use crate::scoring::{self, Answers, Missing, Scores};

use super::Field;
use super::list::Cursor;

pub use editing::Editing;
pub use finish::Gap;
pub use items::{ItemRow, Sign};
pub use journal::{Journal, Saved};
pub use open::{Card, Draft, Opened};
pub use panel::{Page, PageLine, Panel, Part};
pub use question::{Entry, OptionRow, SoFar};
pub use table::{Counted, Stand};

/// The review of one case.
#[derive(Debug, Clone)]
pub struct State {
    card: Card,
    reading: String,
    instrument: Arc<Instrument>,
    answers: Answers,
    scores: Scores,
    missing: Vec<Missing>,
    /// By question: asked here and now.
    asked: Vec<bool>,
    /// By question: something of it is missing.
    lacking: Vec<bool>,
    at: QuestionIx,
    /// An answer brought the reviewer here, no key of moving.
    arrived: bool,
    highlight: Option<usize>,
    editing: Option<Editing>,
    panel: Option<Panel>,
    table: Option<Stand>,
    undo: Vec<super::Write>,
    redo: Vec<super::Write>,
    journal: Journal,
    drafts: BTreeMap<(QuestionIx, Field), String>,
    notes: BTreeMap<QuestionIx, String>,
    notice: Option<String>,
    submitted: Option<String>,
    submitting: bool,
    /// It was closed in another window: what is not on disk never will be.
    shut: bool,
    shows_changes: bool,
    overrides: Vec<(ItemIx, Rating)>,
    has_qa: bool,
    gap: Cursor,
    /// No case: answers are tried, and nothing is written anywhere.
    scratch: bool,
}

impl State {
    /// What is known of the case.
    pub fn card(&self) -> &Card {
        &self.card
    }
    /// Key of the review in effects.
    pub fn reading(&self) -> &str {
        &self.reading
    }
    /// The instrument it is made with.
    pub fn instrument(&self) -> &Instrument {
        &self.instrument
    }
    /// The answers as they stand, saved or not.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }
    /// What scoring makes of the answers.
    pub fn scores(&self) -> &Scores {
        &self.scores
    }
    /// Computes anew what follows from the answers.
    fn rescore(&mut self) {
        self.scores = scoring::score(&self.instrument, &self.answers);
        self.missing = scoring::unfinished(&self.instrument, &self.answers, &self.scores);
        self.note_standing();
    }
    /// Notes by question what every frame and key needs to know many times over.
    fn note_standing(&mut self) {
        let questions = self.instrument.question_positions();
        self.asked = questions.map(|question| self.is_asked_here(question)).collect();
        self.lacking = vec![false; self.asked.len()];
        // What is counted is mended where its rows are.
        let homes: Vec<_> = self.missing.iter().map(|m| self.home_of(m.question)).collect();
        for (missing, home) in self.missing.iter_mut().zip(homes) {
            missing.question = home;
            self.lacking[usize::from(home.0)] = true;
        }
    }
    /// The question the reviewer stands at: always one that is asked now.
    pub fn at(&self) -> QuestionIx {
        self.at
    }
    /// Position in [`options`](Self::options) that the arrows chose, if they were used here.
    pub fn highlight(&self) -> Option<usize> {
        self.highlight
    }
    /// The open text box.
    pub fn editing(&self) -> Option<&Editing> {
        self.editing.as_ref()
    }
    /// The open panel.
    pub fn panel(&self) -> Option<&Panel> {
        self.panel.as_ref()
    }
    /// Where the reviewer stands on the open page of a table.
    pub fn table(&self) -> Option<Stand> {
        self.table
    }
    /// Nothing lies over the question: no panel, no text box, no page of a table.
    pub fn is_walking(&self) -> bool {
        self.panel.is_none() && self.editing.is_none() && self.table.is_none()
    }
    /// One line about what just happened: answers set aside, a question that isn't asked.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }
    /// Forgets that line: something else is to be said.
    pub(super) fn forget_notice(&mut self) {
        self.notice = None;
    }
    /// Whether the answers are on disk.
    pub fn saved(&self) -> Saved<'_> {
        self.journal.saved()
    }
    /// Whether a change of this question is not on disk and the last attempt failed.
    pub fn is_not_saved(&self, question: QuestionIx) -> bool {
        self.journal.has_failed(question)
    }
    /// Why it can only be read: "submitted 14:02:11".
    pub fn submitted(&self) -> Option<&str> {
        self.submitted.as_deref()
    }
    /// Answers can be given.
    pub fn is_open(&self) -> bool {
        self.submitted.is_none() && !self.submitting && !self.shut
    }
    /// It was closed in another window, and is to be read anew.
    pub fn is_shut(&self) -> bool {
        self.shut
    }
    /// A scratch pad: answers are tried of no case, and nothing is written anywhere.
    pub fn is_scratch(&self) -> bool {
        self.scratch
    }
    /// QA may have or take notes on it.
    pub fn has_qa(&self) -> bool {
        self.has_qa
    }
    /// A submission is under way.
    pub fn is_submitting(&self) -> bool {
        self.submitting
    }
    /// What would change a rating may be shown: practice, a lead, or after submission. In a
    /// checklist nothing is rated.
    pub fn shows_changes(&self) -> bool {
        self.instrument.mode() == Mode::Rated && (self.shows_changes || self.submitted.is_some())
    }
    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        self.is_open() && !self.undo.is_empty()
    }
    /// Whether a change taken back can be made again.
    pub fn can_redo(&self) -> bool {
        self.is_open() && !self.redo.is_empty()
    }
    /// The highlighted one of [`gaps`](Self::gaps).
    pub fn gap_cursor(&self) -> usize {
        self.gap.at()
    }
}
