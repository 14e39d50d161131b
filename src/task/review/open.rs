//! Opening a review: what the outside hands over, and where the reviewer begins.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::instrument::{CaseTypeIx, Instrument, ItemIx, QuestionIx, Rating, words};
use crate::review::Which;
use crate::scoring::{self, Answers};
use crate::text;

use super::super::list::Cursor;
use super::super::queue::Further;
use super::super::{Field, Write};
use super::{Journal, State};

/// What is known of the case, for the title line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Review number: `R-0042`.
    pub case: String,
    /// Case type in words: "Foster care".
    pub case_type: String,
    /// Period under review as shown: `2026-04-01 .. 2026-11-30`.
    pub under_review: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Which review of the case, as far as whoever acts may know.
    pub which: Which,
    /// Code of the reviewer.
    pub reviewer: String,
}

/// A text kept while it was being written, and never finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The question.
    pub question: QuestionIx,
    /// Which of its texts.
    pub field: Field,
    /// The text so far.
    pub text: String,
}

/// A review as the outside hands it over.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Key of the review in effects.
    pub reading: String,
    /// What is known of the case.
    pub card: Card,
    /// The instrument edition the review is made with.
    pub instrument: Arc<Instrument>,
    /// The answers on disk.
    pub answers: Answers,
    /// The notes on questions on disk.
    pub notes: BTreeMap<QuestionIx, String>,
    /// Texts being written when the program was last left.
    pub drafts: Vec<Draft>,
    /// What can be taken back, the last change last.
    pub undo: Vec<Write>,
    /// What was taken back and can be made again, the next change last.
    pub redo: Vec<Write>,
    /// Set when it can only be read: "submitted 2026-11-21".
    pub submitted: Option<String>,
    /// Ratings set against the computed ones.
    pub overrides: Vec<(ItemIx, Rating)>,
    /// QA may have or take notes on it.
    pub has_qa: bool,
    /// What would change a rating may be shown while answering: practice, or a lead.
    pub shows_changes: bool,
}

impl State {
    /// Opens a review at the question to go on with: the first one open once anything was
    /// answered, else the very first. `None` when the instrument asks nothing of such a
    /// case.
    pub fn open(opened: Opened) -> Option<Self> {
        let mut scores = scoring::score(&opened.instrument, &opened.answers);
        if !opened.overrides.is_empty() {
            let set = &opened.overrides;
            scores.outcomes =
                scoring::score_with(&opened.instrument, &opened.answers, set).outcomes;
        }
        let missing = scoring::unfinished(&opened.instrument, &opened.answers, &scores);
        let mut drafts = BTreeMap::new();
        for draft in opened.drafts {
            drafts.insert((draft.question, draft.field), draft.text);
        }
        let mut state = Self {
            card: opened.card,
            reading: opened.reading,
            instrument: opened.instrument,
            answers: opened.answers,
            scores,
            missing,
            asked: Vec::new(),
            lacking: Vec::new(),
            at: QuestionIx(0),
            arrived: false,
            highlight: None,
            editing: None,
            panel: None,
            table: None,
            undo: opened.undo,
            redo: opened.redo,
            journal: Journal::default(),
            drafts,
            notes: opened.notes,
            notice: None,
            submitted: opened.submitted,
            submitting: false,
            shut: false,
            shows_changes: opened.shows_changes,
            overrides: opened.overrides,
            has_qa: opened.has_qa,
            gap: Cursor::default(),
            scratch: false,
        };
        state.note_standing();
        let first = state.asked_questions().next()?;
        state.at = first;
        state.begin();
        Some(state)
    }

    /// A review of no case, to try answers in: nothing is written anywhere. `None` when the
    /// instrument asks nothing of a case of this type.
    pub(in super::super) fn scratch(
        instrument: Arc<Instrument>,
        case_type: CaseTypeIx,
    ) -> Option<Self> {
        let title = instrument.case_types().get(usize::from(case_type.0))?.title.clone();
        let pad = Self::open(Opened {
            reading: String::new(),
            card: Card { case_type: title, ..Card::default() },
            answers: Answers::new(case_type),
            instrument,
            notes: BTreeMap::new(),
            drafts: Vec::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            submitted: None,
            overrides: Vec::new(),
            has_qa: false,
            shows_changes: true,
        })?;
        Some(Self { scratch: true, ..pad })
    }

    /// A scratch pad that begins with answers and stands at a question, to give one answer of
    /// one's own. `None` where nothing is asked.
    pub(in super::super) fn pad(
        instrument: Arc<Instrument>,
        answers: Answers,
        at: QuestionIx,
        drafts: Vec<Draft>,
    ) -> Option<Self> {
        let empty = Self::scratch(instrument, answers.case_type)?;
        let mut pad = Self { answers, at, notice: None, ..empty };
        for draft in drafts {
            pad.drafts.insert((draft.question, draft.field), draft.text);
        }
        pad.rescore();
        Some(pad)
    }

    /// Goes to the first question of an item, where something of it is asked.
    pub(in super::super) fn begin_at(&mut self, item: Option<ItemIx>) {
        self.notice = None;
        let Some(item) = item else { return };
        match self.first_of(item) {
            Some(question) => self.stand_at(question),
            None => {
                let id = self.instrument.item(item).id();
                self.notice = Some(format!("nothing of {id} is asked of this type of case"));
            }
        }
    }

    /// Stands where there is something to do, and says what was found.
    fn begin(&mut self) {
        if !self.is_open() {
            return;
        }
        let instrument = Arc::clone(&self.instrument);
        let answered = self.answers.iter().map(|(at, _)| instrument.question(at));
        let (filled, given): (Vec<_>, Vec<_>) =
            answered.partition(|question| question.from_frame().is_some());
        if !given.is_empty() {
            self.at = self.first_open().unwrap_or(self.at);
        } else if !filled.is_empty() {
            let answers = text::count(filled.len(), "answer", "answers");
            self.notice = Some(format!("{answers} filled in from the frame: check them"));
        }
        if matches!(self.card.which, Which::Second | Which::Third) && given.is_empty() {
            // In a shared workspace blindness is a convention, and that must be said.
            let words = Further::of(self.card.which).map_or("", |further| further.words);
            self.notice =
                Some(format!("{words}: read the case afresh; nothing but you keeps this blind"));
        }
        if let Some((question, _)) = self.drafts.keys().next().copied() {
            let name = words::name(&instrument, question);
            self.notice = Some(format!("the text you were writing at {name} was kept"));
            if self.is_asked(question) {
                self.at = question;
            }
        }
    }
}
