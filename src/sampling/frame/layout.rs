//! How rows become cases: which column holds which fact, and what is wrong with a row.

use chrono::NaiveDate;

use super::problem::{missing, unfit};
use super::stretch::Stretch;
use super::{CELL_END, FrameProblem, FrameProblems, LINE_END, PEOPLE, Row, WORDS, Word};
use crate::sampling::{Field, Mapping, parse_date};

/// The columns of a frame. It takes in rows without changing itself, so that several
/// [`Stretch`]es can be filled at a time.
#[derive(Debug)]
pub struct Layout<'m> {
    mapping: &'m Mapping,
    pub(super) header: Vec<String>,
    /// Columns of the file in canonical order.
    pub(super) order: Vec<usize>,
    /// The column of each field.
    columns: [Option<usize>; Field::ALL.len()],
    /// Those of [`PEOPLE`] that no case may lack.
    asked: Vec<Field>,
}

impl<'m> Layout<'m> {
    /// The columns of a header in this row.
    pub(super) fn new<'h>(
        row: u64,
        header: impl IntoIterator<Item = &'h str>,
        mapping: &'m Mapping,
    ) -> Result<Self, FrameProblems> {
        let header: Vec<String> = header.into_iter().map(|name| name.trim().to_owned()).collect();
        let mut problems = FrameProblems::default();
        let mut columns = [None; Field::ALL.len()];
        let mut lacking: Vec<&str> = Vec::new();
        for (field, name) in &mapping.columns {
            let found = header.iter().position(|known| known == name);
            columns[field.position()] = found;
            if found.is_none() && !lacking.contains(&name.as_str()) {
                lacking.push(name);
            }
        }
        if !lacking.is_empty() {
            problems.add(missing(row, &lacking, &header));
        }
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].contains(name) {
                problems.add(
                    FrameProblem::new(format!("column {name:?} stands twice"))
                        .row(row)
                        .help("give every column a name of its own"),
                );
            }
            if name.contains([CELL_END, LINE_END]) {
                problems.add(unfit().row(row).column(name));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let case = columns[Field::Case.position()];
        let mut order: Vec<usize> = (0..header.len()).collect();
        order.sort_by_key(|&at| (Some(at) != case, header[at].as_str()));
        let asked = PEOPLE.into_iter().filter(|field| mapping.needed.contains(field)).collect();
        Ok(Self { mapping, header, order, columns, asked })
    }

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// The place of a field's cell in a canonical line.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        let column = self.columns[field.position()]?;
        self.order.iter().position(|known| *known == column)
    }

    /// The words that have a code, where the plan maps case types.
    pub(super) fn known_words(&self) -> impl Iterator<Item = &str> {
        let words = self.mapping.values.get(&Field::CaseType);
        words.into_iter().flat_map(|words| words.keys().map(String::as_str))
    }

    /// The name of the column of case types.
    pub(super) fn case_types(&self) -> Option<&str> {
        self.mapping.column(Field::CaseType)
    }

    /// Adds a problem the reader of the file found.
    pub fn problem(
        &self,
        to: &mut Stretch,
        row: u64,
        column: Option<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        let mut problem = FrameProblem::new(message).row(row).help(help);
        if let Some(name) = column.and_then(|at| self.header.get(at)) {
            problem = problem.column(name);
        }
        to.problems.add(problem);
    }

    /// Adds a row: its number as a spreadsheet counts, and its cells, trimmed, in the order
    /// of the header. A row without any text is passed over.
    pub fn row<'r>(&self, to: &mut Stretch, number: u64, cell: impl Fn(usize) -> &'r str) {
        if (0..self.header.len()).all(|at| cell(at).is_empty()) {
            return;
        }
        let start = to.lines.len();
        for (place, &at) in self.order.iter().enumerate() {
            to.lines.push_str(cell(at));
            to.lines.push(if place + 1 == self.order.len() { LINE_END } else { CELL_END });
        }
        let ends = to.lines.as_bytes()[start..].iter().filter(|byte| is_end(**byte)).count();
        if ends != self.order.len() {
            for at in (0..self.header.len()).filter(|at| cell(*at).contains([CELL_END, LINE_END])) {
                to.problems.add(unfit().row(number).column(&self.header[at]));
            }
        }
        let id = self.id(to, number, &cell);
        for &field in &self.asked {
            // Only whether it is there: the text stands in the line.
            let _ = self.needed(to, number, field, &cell);
        }
        let facts = WORDS.map(|field| self.fact(to, number, field, &cell));
        let opened = self.date(to, number, Field::Opened, &cell);
        let closed = self.date(to, number, Field::Closed, &cell);
        let born = self.date(to, number, Field::Born, &cell);
        if let (Some(opened), Some(closed)) = (opened, closed)
            && closed < opened
        {
            self.complain(
                to,
                number,
                Field::Closed,
                format!("closed {closed}, before it was opened {opened}"),
                "mend the dates, or leave closed empty for an open case",
            );
        }
        // Where one ends, the next begins; the id is a part of the line.
        match (u32::try_from(start), u32::try_from(to.lines.len())) {
            (Ok(start), Ok(_)) => {
                to.push(Row { start, id: id as u32, facts, opened, closed, born }, number);
            }
            _ => self.problem(to, number, None, "the row is longer than 4 GB", "shorten it"),
        }
    }

    fn complain(
        &self,
        to: &mut Stretch,
        row: u64,
        field: Field,
        message: impl Into<String>,
        help: &str,
    ) {
        self.problem(to, row, self.columns[field.position()], message, help);
    }

    /// Checks the case id and gives its length.
    fn id<'r>(&self, to: &mut Stretch, number: u64, cell: &impl Fn(usize) -> &'r str) -> usize {
        let Some(column) = self.columns[Field::Case.position()] else { return 0 };
        let id = cell(column);
        let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
        if id.is_empty() {
            let message = "the case id is missing";
            self.complain(to, number, Field::Case, message, "every case needs one");
        } else if !id.as_bytes().iter().all(is_plain) && id.contains(char::is_control) {
            self.complain(
                to,
                number,
                Field::Case,
                format!("case id {id:?} holds a control character"),
                "case ids are printed text on one line",
            );
        }
        id.len()
    }

    /// A cell that the plan may need of every case.
    fn needed<'r>(
        &self,
        to: &mut Stretch,
        number: u64,
        field: Field,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Option<&'r str> {
        let text = cell(self.columns[field.position()]?);
        if !text.is_empty() {
            return Some(text);
        }
        if self.mapping.needed.contains(&field) {
            let message = match field {
                Field::Opened | Field::Closed => {
                    format!("the day it was {} is missing", field.key())
                }
                Field::Born => "the birth date is missing".to_owned(),
                _ => format!("the {} is missing", field.key().replace('_', " ")),
            };
            self.complain(to, number, field, message, "the plan needs it of every case");
        }
        None
    }

    fn fact<'r>(
        &self,
        to: &mut Stretch,
        number: u64,
        field: Field,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Word {
        let Some(text) = self.needed(to, number, field, cell) else { return 0 };
        let at = WORDS.iter().position(|known| *known == field).unwrap_or_default();
        let word = to.word(at, text, || self.mapped(field, text));
        word.unwrap_or_else(|| {
            to.unmapped.entry(text.to_owned()).or_insert((number, 0)).1 += 1;
            0
        })
    }

    /// Our code for the frame's word. A case type must have one, where the plan maps them.
    fn mapped<'t>(&self, field: Field, text: &'t str) -> Option<&'t str>
    where
        'm: 't,
    {
        let Some(words) = self.mapping.values.get(&field) else { return Some(text) };
        match words.get(text) {
            Some(code) => Some(code),
            None if field != Field::CaseType => Some(text),
            None => words.values().find(|code| *code == text).map(String::as_str),
        }
    }

    fn date<'r>(
        &self,
        to: &mut Stretch,
        number: u64,
        field: Field,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Option<NaiveDate> {
        let text = self.needed(to, number, field, cell)?;
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("{text:?} is not a date");
            self.complain(to, number, field, message, "dates are written 2026-04-30");
        }
        date
    }
}

fn is_end(byte: u8) -> bool {
    byte == CELL_END as u8 || byte == LINE_END as u8
}
