//! The text box: open, typed in, left. An event is written on leaving; what is typed
//! meanwhile is kept as a draft.

use chrono::NaiveDate;

use crate::instrument::{Kind, QuestionIx};
use crate::scoring::{Value, read_value, text_key, write_value};

use super::super::{Effect, Field, Write};
use super::{Entry, State};

/// An open text box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// The question.
    pub question: QuestionIx,
    /// Which of its texts.
    pub field: Field,
    /// The text so far; the face's own editor holds the cursor.
    pub text: String,
    /// Enter begins a new line; else Enter leaves.
    pub several_lines: bool,
    /// What is wrong with the text, from the last attempt to leave.
    pub problem: Option<String>,
    /// The text began as a draft kept from before.
    pub is_draft: bool,
}

impl State {
    /// Which text of the question here can be written.
    pub fn writable(&self) -> Option<Field> {
        if !self.is_open() {
            return None;
        }
        match self.instrument.question(self.at).kind() {
            Kind::Text | Kind::Date | Kind::Integer { .. } => Some(Field::Answer),
            // Rows have a page of their own.
            Kind::Table { .. } => None,
            Kind::Choice(_) | Kind::Checklist(_) => {
                self.asks_for_text(self.at).then_some(Field::Narrative)
            }
        }
    }

    /// Opens the text box of the question here.
    pub(super) fn write(&mut self) {
        if self.entry() == Entry::Table {
            self.open_table();
        } else if let Some(field) = self.writable() {
            self.open_box(field);
        }
    }

    /// Opens the text box of the note on the question here.
    pub(super) fn write_note(&mut self) {
        if self.is_open() {
            self.open_box(Field::Note);
        }
    }

    /// What was kept of a text that was begun and not finished.
    pub fn drafted(&self, question: QuestionIx, field: Field) -> Option<&str> {
        let kept = self.drafts.get(&(question, field)).map(String::as_str);
        kept.filter(|text| !text.trim().is_empty())
    }

    /// Opens a text box, on its draft where one was kept.
    pub(super) fn open_box(&mut self, field: Field) {
        let question = self.at;
        let draft = self.drafts.get(&(question, field)).cloned();
        let is_draft = draft.is_some();
        let text = draft.unwrap_or_else(|| self.text_of(question, field));
        let several_lines = match field {
            Field::Narrative | Field::Note => true,
            Field::Answer => !self.instrument.question(question).is_one_line(),
            Field::Cell { .. } | Field::CellText { .. } | Field::Reason => false,
        };
        self.highlight = None;
        self.editing =
            Some(Editing { question, field, text, several_lines, problem: None, is_draft });
    }

    /// The text on disk (or on its way there) for a field of a question.
    pub fn text_of(&self, question: QuestionIx, field: Field) -> String {
        match field {
            Field::Narrative => self.answers.narrative(question).unwrap_or_default().to_owned(),
            Field::Note => self.note(question).unwrap_or_default().to_owned(),
            Field::Answer => match self.answers.get(question) {
                Some(value) => write_value(self.instrument.question(question), value),
                None => String::new(),
            },
            // Reasons are written where differences are settled.
            Field::Reason => String::new(),
            Field::Cell { row, column } | Field::CellText { row, column } => {
                let column = &self.instrument.question(question).columns()[column];
                let is_text = matches!(field, Field::CellText { .. });
                let key = if is_text { text_key(column) } else { column.id.clone() };
                let cells = self.rows_of(question).get(row);
                cells.and_then(|cells| cells.get(&key)).cloned().unwrap_or_default()
            }
        }
    }

    /// Takes in the text as it is now, and keeps it as a draft.
    pub(in super::super) fn type_text(&mut self, text: String) -> Vec<Effect> {
        let Some(editing) = &mut self.editing else { return Vec::new() };
        if editing.text == text {
            return Vec::new();
        }
        editing.text = text.clone();
        editing.problem = None;
        let (question, field) = (editing.question, editing.field);
        self.drafts.insert((question, field), text.clone());
        if self.scratch {
            return Vec::new();
        }
        vec![Effect::Draft { reading: self.reading.clone(), question, field, text: Some(text) }]
    }

    /// Leaves the text box with its text, if that can be an answer; says whether it did.
    pub(super) fn leave_text(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Some(editing) = self.editing.clone() else { return true };
        let (question, field) = (editing.question, editing.field);
        let write = match field {
            Field::Narrative => {
                let old = self.text_of(question, field);
                let new = editing.text.trim_end().to_owned();
                (old != new).then_some(Write::Narrative { question, old, new })
            }
            Field::Note => {
                let old = self.text_of(question, field);
                let new = editing.text.trim_end().to_owned();
                (old != new).then_some(Write::Note { question, old, new })
            }
            Field::Answer => match self.read(question, &editing.text) {
                Ok(new) => {
                    let old = self.answers.get(question).cloned();
                    (old != new).then_some(Write::Answer { question, old, new })
                }
                Err(problem) => {
                    if let Some(editing) = &mut self.editing {
                        editing.problem = Some(problem);
                    }
                    return false;
                }
            },
            Field::Reason => None,
            Field::Cell { .. } | Field::CellText { .. } => {
                match self.cell_write(question, field, &editing.text) {
                    Ok(write) => write,
                    Err(problem) => {
                        if let Some(editing) = &mut self.editing {
                            editing.problem = Some(problem);
                        }
                        return false;
                    }
                }
            }
        };
        self.editing = None;
        match write {
            Some(write) => {
                self.drafts.remove(&(question, field));
                effects.extend(self.change(write));
            }
            None => effects.extend(self.drop_draft(question, field)),
        }
        true
    }

    /// Leaves the text box and forgets what was typed.
    pub(super) fn drop_text(&mut self) -> Vec<Effect> {
        match self.editing.take() {
            Some(editing) => self.drop_draft(editing.question, editing.field).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn drop_draft(&mut self, question: QuestionIx, field: Field) -> Option<Effect> {
        self.drafts.remove(&(question, field)).filter(|_| !self.scratch)?;
        Some(Effect::Draft { reading: self.reading.clone(), question, field, text: None })
    }

    /// The value a typed text means; none where it is empty.
    ///
    /// # Errors
    /// What is wrong with it and what is accepted.
    pub(super) fn read(&self, at: QuestionIx, text: &str) -> Result<Option<Value>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let question = self.instrument.question(at);
        let kind = question.kind();
        read_value(question, self.answers.case_type, &iso(kind, text))
            .map(Some)
            .map_err(|said| wanted(kind, text).unwrap_or(said))
    }
}

/// A text as files hold it: typed by hand, a date may also come the American way.
pub(super) fn iso(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::Date => NaiveDate::parse_from_str(text, "%m/%d/%Y")
            .map_or_else(|_| text.to_owned(), |day| day.format("%Y-%m-%d").to_string()),
        _ => text.to_owned(),
    }
}

/// What a text that is no answer should have been.
pub(super) fn wanted(kind: &Kind, text: &str) -> Option<String> {
    let wanted = match kind {
        Kind::Date => "a date: write it as 04/30/2026 or 2026-04-30".to_owned(),
        Kind::Integer { least, most } => format!("a whole number from {least} to {most}"),
        _ => return None,
    };
    Some(format!("\"{text}\" is not {wanted}"))
}
