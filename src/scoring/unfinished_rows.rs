//! What tables and rules of the face sheet still lack.

use crate::instrument::rate::Given;
use crate::instrument::{
    CaseTypeIx, CodeSet, FaceDemand, Facts, Instrument, ItemIx, Kind, Question, QuestionIx, Rating,
    Truth,
};

use super::score::sheet;
use super::{
    Answers, Asked, Lack, Missing, Row, Scores, Value, cell_asks_for_text, filled, text_key,
};

/// What the rows of a table lack: rows, then cells, row by row.
pub(super) fn in_table(
    at: QuestionIx,
    question: &Question,
    rows: &[Row],
    case_type: CaseTypeIx,
) -> Vec<Missing> {
    let Kind::Table { columns, least, .. } = question.kind() else { return Vec::new() };
    let missing = |what| Missing { question: at, what };
    let mut found = Vec::new();
    if rows.len() < *least {
        found.push(missing(Lack::Rows { least: *least }));
    }
    for (row, cells) in rows.iter().enumerate() {
        let empty = |key: &str| cells.get(key).is_none_or(|cell| cell.trim().is_empty());
        for (column, of) in columns.iter().enumerate() {
            if !of.case_types.has(case_type) {
                continue;
            }
            // A checklist with nothing ticked is an answer, where so few may be ticked.
            let may_be_empty =
                !of.required || (matches!(of.kind, Kind::Checklist(_)) && of.ticks.0 == 0);
            if empty(&of.id) && !may_be_empty {
                found.push(missing(Lack::Cell { row, column }));
            } else if cell_asks_for_text(of, cells) && empty(&text_key(of)) {
                found.push(missing(Lack::CellText { row, column }));
            }
        }
    }
    found
}

/// Broken rules of the face sheet, each with the last question it reads.
pub(super) fn on_face(instrument: &Instrument, answers: &Answers, scores: &Scores) -> Vec<Missing> {
    let given = sheet(instrument, answers);
    let sheet = Sheet { given: &given, scores, case_type: answers.case_type };
    let mut found = Vec::new();
    for (position, rule) in instrument.face_rules().iter().enumerate() {
        if rule.when.truth(&sheet) != Truth::True {
            continue;
        }
        let kept = match &rule.demand {
            FaceDemand::Order(dates) => {
                let days: Vec<_> = dates
                    .iter()
                    .filter_map(|at| match filled::value(instrument, answers, *at) {
                        Some(Value::Date(day)) => Some(day),
                        _ => None,
                    })
                    .collect();
                days.is_sorted()
            }
            FaceDemand::Rows { rows, least, most } => {
                (*least..=*most).contains(&filled::count(instrument, answers, rows))
            }
            FaceDemand::Holds(condition) => condition.truth(&sheet) != Truth::False,
        };
        if let (false, Some(question)) = (kept, rule.questions().into_iter().max()) {
            found.push(Missing { question, what: Lack::FaceRule { rule: position } });
        }
    }
    found
}

/// Answers of the face sheet as conditions read them.
struct Sheet<'s> {
    given: &'s [Option<Given>],
    scores: &'s Scores,
    case_type: CaseTypeIx,
}

impl Sheet<'_> {
    fn given(&self, question: QuestionIx) -> Result<Given, Truth> {
        match (self.scores.asked(question), self.given[usize::from(question.0)]) {
            (Asked::No, _) => Err(Truth::False),
            (Asked::Yes, Some(given)) => Ok(given),
            _ => Err(Truth::Unknown),
        }
    }
}

impl Facts for Sheet<'_> {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match self.given(question)? {
            Given::Codes(codes) => Ok(codes),
            _ => Err(Truth::Unknown),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match self.given(question)? {
            Given::Integer(number) => Ok(number),
            _ => Err(Truth::Unknown),
        }
    }
    fn rating(&self, _: ItemIx) -> Result<Rating, Truth> {
        Err(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}
