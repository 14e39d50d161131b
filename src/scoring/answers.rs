//! The answers of one reading, by question.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::instrument::{CaseTypeIx, CodeSet, QuestionIx};

use super::Row;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Options: one for a choice, any number (also none) for a checklist.
    Codes(CodeSet),
    /// Text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A whole number.
    Integer(i64),
    /// The rows of a table, in order.
    Rows(Vec<Row>),
}

/// Answers given so far, also those now behind a closed gate, and the texts beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Type of the case.
    pub case_type: CaseTypeIx,
    /// Last day of the period under review, where it is fixed: months are counted up to it.
    pub pur_end: Option<NaiveDate>,
    values: BTreeMap<QuestionIx, Value>,
    narratives: BTreeMap<QuestionIx, String>,
}

impl Answers {
    /// No answers yet.
    pub fn new(case_type: CaseTypeIx) -> Self {
        Self { case_type, pur_end: None, values: BTreeMap::new(), narratives: BTreeMap::new() }
    }
    /// The same for a case whose period under review ends on this day.
    #[must_use]
    pub fn up_to(self, pur_end: Option<NaiveDate>) -> Self {
        Self { pur_end, ..self }
    }
    /// These answers and no others; of two to one question the later.
    pub fn of(case_type: CaseTypeIx, values: Vec<(QuestionIx, Value)>) -> Self {
        Self { values: values.into_iter().collect(), ..Self::new(case_type) }
    }
    /// Gives, changes or (with `None`) takes back an answer; returns the old one.
    pub fn set(&mut self, question: QuestionIx, value: Option<Value>) -> Option<Value> {
        match value {
            Some(value) => self.values.insert(question, value),
            None => self.values.remove(&question),
        }
    }
    /// The answer to a question.
    pub fn get(&self, question: QuestionIx) -> Option<&Value> {
        self.values.get(&question)
    }
    /// Sets or (with an empty text) removes the narrative beside an answer; returns the old one.
    pub fn set_narrative(&mut self, question: QuestionIx, text: &str) -> Option<String> {
        if text.is_empty() {
            self.narratives.remove(&question)
        } else {
            self.narratives.insert(question, text.to_owned())
        }
    }
    /// The narrative beside an answer.
    pub fn narrative(&self, question: QuestionIx) -> Option<&str> {
        self.narratives.get(&question).map(String::as_str)
    }
    /// All answers, in instrument order.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionIx, &Value)> {
        self.values.iter().map(|(q, v)| (*q, v))
    }
}
