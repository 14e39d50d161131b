//! Opening a review: what the outside hands over, and where the reviewer begins.

use std::sync::Arc;

use crate::instrument::{Instrument, Question, QuestionIx};
use crate::scoring::{self, Answers};
use crate::text;

use super::super::list::Cursor;
use super::super::{Change, Effect, Field, Way, Write};
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
    /// A second review (IRR).
    pub second: bool,
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
    /// Texts being written when the program was last left.
    pub drafts: Vec<Draft>,
    /// What the frame knows of the case: names as in `from-frame`, values as in files.
    pub facts: Vec<(String, String)>,
    /// Set when it can only be read: "submitted 2026-11-21".
    pub submitted: Option<String>,
    /// What would change a rating may be shown while answering: practice, or a lead.
    pub shows_changes: bool,
}

impl State {
    /// Opens a review at the question to go on with: the first one open once anything was
    /// answered, else the very first. Face-sheet questions that the frame answers are
    /// filled in and saved. `None` when the instrument asks nothing of such a case.
    pub fn open(opened: Opened) -> Option<(Self, Vec<Effect>)> {
        let scores = scoring::score(&opened.instrument, &opened.answers);
        let missing = scoring::unfinished(&opened.instrument, &opened.answers, &scores);
        let mut drafts = std::collections::BTreeMap::new();
        for draft in opened.drafts {
            drafts.insert((draft.question, draft.field), draft.text);
        }
        let begun = opened.answers.iter().next().is_some();
        let mut state = Self {
            card: opened.card,
            reading: opened.reading,
            instrument: opened.instrument,
            answers: opened.answers,
            scores,
            missing,
            at: QuestionIx(0),
            highlight: None,
            editing: None,
            panel: None,
            undo: Vec::new(),
            redo: Vec::new(),
            journal: Journal::default(),
            drafts,
            notice: None,
            submitted: opened.submitted,
            submitting: false,
            shows_changes: opened.shows_changes,
            gap: Cursor::default(),
        };
        let first = state.asked_questions().next()?;
        state.at = first;
        let effects = state.fill_from_frame(&opened.facts);
        if begun && state.submitted.is_none() {
            state.at = state.first_open().unwrap_or(state.at);
        }
        if let Some((question, _)) = state.drafts.keys().next().copied()
            && state.notice.is_none()
            && state.is_open()
        {
            let id = state.instrument.question(question).id();
            state.notice = Some(format!("the text you were writing at {id} was kept"));
        }
        Some((state, effects))
    }

    fn fill_from_frame(&mut self, facts: &[(String, String)]) -> Vec<Effect> {
        if self.submitted.is_some() {
            return Vec::new();
        }
        let instrument = Arc::clone(&self.instrument);
        let mut filled = 0;
        for at in instrument.question_positions() {
            let question = instrument.question(at);
            let Some(value) = fact_for(question, facts)
                .and_then(|fact| scoring::read_value(question, self.answers.case_type, fact).ok())
            else {
                continue;
            };
            if self.answers.get(at).is_none() {
                self.answers.set(at, Some(value.clone()));
                let write = Write::Answer { question: at, old: None, new: Some(value) };
                self.journal.push(Change { write, way: Way::Given });
                filled += 1;
            }
        }
        if filled > 0 {
            self.rescore();
            let answers = text::count(filled, "answer", "answers");
            self.notice = Some(format!("{answers} filled in from the frame: check them"));
        }
        self.journal.send(&self.reading).into_iter().collect()
    }
}

fn fact_for<'f>(question: &Question, facts: &'f [(String, String)]) -> Option<&'f str> {
    let name = question.from_frame()?;
    facts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
