//! The question on screen: its options, its texts, and the answers it follows on.

use crate::instrument::{Choice, CodeSet, Kind, Place, QuestionIx, Role};
use crate::scoring::{Asked, Lack, Value, value_of, value_words};

use super::State;

/// How the question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One of the options.
    One,
    /// Any of the options, also none.
    Any,
    /// Text of several lines.
    Text,
    /// A day, `2026-04-15`.
    Date,
    /// A whole number.
    Number {
        /// Smallest allowed.
        least: i64,
        /// Largest allowed.
        most: i64,
    },
    /// Rows, on a page of their own.
    Table,
}

/// One option as offered for this case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionRow {
    /// Number on screen, from 1 without gaps.
    pub number: usize,
    /// Position among all the question's options.
    pub position: usize,
    /// Code in files.
    pub code: String,
    /// Label.
    pub title: String,
    /// Hint beside the label: the instrument's note, or that a text is asked for.
    pub hint: Option<String>,
    /// It is the answer, or ticked.
    pub chosen: bool,
    /// The arrows stand on it.
    pub highlighted: bool,
}

/// An answer given earlier about the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    /// The question.
    pub question: QuestionIx,
    /// Its id inside the item.
    pub local: String,
    /// How it was put.
    pub ask: String,
    /// The answer in words.
    pub answer: String,
}

impl Entry {
    /// How a question or a cell of a kind is answered.
    pub(super) fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Choice(_) => Self::One,
            Kind::Checklist(_) => Self::Any,
            Kind::Text => Self::Text,
            Kind::Date => Self::Date,
            Kind::Integer { least, most } => Self::Number { least: *least, most: *most },
            Kind::Table { .. } => Self::Table,
        }
    }
}

impl State {
    /// How the question the reviewer stands at is answered.
    pub fn entry(&self) -> Entry {
        Entry::of(self.instrument.question(self.at).kind())
    }

    /// The options of the question (on the page of a table, of the cell) as offered for this
    /// type of case.
    pub fn options(&self) -> Vec<OptionRow> {
        if self.table.is_some() {
            return self.cell_options();
        }
        let question = self.instrument.question(self.at);
        let given = self.codes(self.at).unwrap_or(CodeSet::EMPTY);
        let narrated = question.narrative_on();
        self.offered(self.at)
            .enumerate()
            .map(|(row, (position, choice))| {
                let narrated = narrated.meets(CodeSet::one(position));
                self.option_row(row, position, choice, narrated, given)
            })
            .collect()
    }

    /// One option as shown.
    pub(super) fn option_row(
        &self,
        row: usize,
        position: usize,
        choice: &Choice,
        narrated: bool,
        given: CodeSet,
    ) -> OptionRow {
        OptionRow {
            number: row + 1,
            position,
            code: choice.code.clone(),
            title: choice.title.clone(),
            hint: hint(choice, narrated),
            chosen: given.meets(CodeSet::one(position)),
            highlighted: self.highlight == Some(row),
        }
    }

    /// Positions and options of a question that are offered for this type of case.
    pub(super) fn offered(&self, at: QuestionIx) -> impl Iterator<Item = (usize, &Choice)> {
        let case_type = self.answers.case_type;
        let options = self.instrument.question(at).options().iter().enumerate();
        options.filter(move |(_, choice)| choice.case_types.has(case_type))
    }

    /// The codes given to a question.
    pub(super) fn codes(&self, at: QuestionIx) -> Option<CodeSet> {
        match self.answers.get(at) {
            Some(Value::Codes(codes)) => Some(*codes),
            _ => None,
        }
    }

    /// Whether the answer given asks for a text beside it: a "No" narrative, or the words
    /// to `other`.
    pub fn asks_for_text(&self, at: QuestionIx) -> bool {
        self.text_asked_by(at).is_some()
    }

    /// The chosen option that asks for a text beside it.
    pub fn text_asked_by(&self, at: QuestionIx) -> Option<&Choice> {
        let question = self.instrument.question(at);
        let narrated = question.narrative_on();
        self.codes(at)?.positions().find_map(|position| {
            let choice = question.options().get(position)?;
            let asks = choice.needs_text || narrated.meets(CodeSet::one(position));
            asks.then_some(choice)
        })
    }

    /// The text beside the answer, also where it is set aside.
    pub fn narrative(&self, at: QuestionIx) -> Option<&str> {
        self.answers.narrative(at)
    }

    /// The reviewer's note on a question.
    pub fn note(&self, at: QuestionIx) -> Option<&str> {
        self.notes.get(&at).map(String::as_str)
    }

    /// Whether a question stands between the review and its submission: its answer or a
    /// text is missing, or it is the last one of a rule that is broken.
    pub fn lacks(&self, at: QuestionIx) -> bool {
        self.lacking[usize::from(at.0)]
    }

    /// Whether the text beside the answer is asked for and missing.
    pub fn lacks_text(&self, at: QuestionIx) -> bool {
        self.lacks(at)
            && self.missing.iter().any(|missing| {
                missing.question == at && matches!(missing.what, Lack::Narrative | Lack::OptionText)
            })
    }

    /// Whether the question the reviewer stands at is unanswered.
    pub fn lacks_answer(&self) -> bool {
        self.lacks_answer_at(self.at)
    }

    /// Whether a question is unanswered.
    pub fn lacks_answer_at(&self, at: QuestionIx) -> bool {
        self.answers.get(at).is_none()
    }

    /// The answer to a question in words: titles of options, else as written.
    pub fn answer_words(&self, at: QuestionIx) -> Option<String> {
        value_of(&self.instrument, &self.answers, at).map(|value| self.value_words(at, &value))
    }

    /// An answer to a question in words.
    pub(super) fn value_words(&self, at: QuestionIx, value: &Value) -> String {
        value_words(self.instrument.question(at), value)
    }

    /// What was answered before about the same person in this item (about nobody in
    /// particular, where the question is about nobody in particular).
    pub fn so_far(&self) -> Vec<SoFar> {
        let here = self.instrument.question(self.at);
        // The questions of the face sheet have no numbers to tell them by.
        let on_face = here.place() == Place::Face;
        let before = self.instrument.question_positions().take_while(|q| *q < self.at && !on_face);
        before
            .filter(|q| self.is_asked(*q) || self.filled_from(*q).is_some())
            .filter(|q| self.instrument.question(*q).place() == here.place())
            .filter(|q| self.instrument.question(*q).part() == here.part())
            .filter_map(|q| {
                let question = self.instrument.question(q);
                Some(SoFar {
                    question: q,
                    local: match question.role() {
                        Role::Reason => "reason".to_owned(),
                        _ => question.local().replace('-', " "),
                    },
                    ask: question.ask().to_owned(),
                    answer: match self.filled_from(q) {
                        Some(how) => format!("{} ({how})", self.answer_words(q)?),
                        None => self.answer_words(q)?,
                    },
                })
            })
            .collect()
    }

    /// How many answers and texts are set aside now: given, but behind a closed gate, or
    /// beside an answer that asks for no text. They come back when it reopens.
    pub fn set_aside(&self) -> usize {
        self.instrument
            .question_positions()
            .map(|q| {
                let value = self.answers.get(q).is_some();
                let text = self.answers.narrative(q).is_some();
                if self.scores.asked(q) == Asked::Yes {
                    usize::from(text && !self.asks_for_text(q))
                } else {
                    usize::from(value) + usize::from(text)
                }
            })
            .sum()
    }
}

fn hint(choice: &Choice, narrated: bool) -> Option<String> {
    let text = match (narrated, choice.needs_text) {
        (true, _) => Some("asks for a narrative"),
        (false, true) => Some("asks for a text"),
        (false, false) => None,
    };
    match (&choice.note, text) {
        (Some(note), Some(text)) => Some(format!("{note}; {text}")),
        (Some(note), None) => Some(note.clone()),
        (None, text) => text.map(str::to_owned),
    }
}
