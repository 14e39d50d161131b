//! Rows in, a checked frame out.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::order::by_id;
use super::problem::{missing, unfit};
use super::{CELL_END, Frame, FrameProblem, FrameProblems, LINE_END, PEOPLE, Row, WORDS, Word};
use crate::sampling::{Field, Hash, Mapping, parse_date};
use crate::text::did_you_mean;

/// Takes a frame row by row and gathers what is wrong with it.
#[derive(Debug)]
pub struct FrameBuilder<'m> {
    mapping: &'m Mapping,
    header: Vec<String>,
    /// Columns of the file in canonical order.
    order: Vec<usize>,
    /// The column of each field.
    columns: [Option<usize>; Field::ALL.len()],
    lines: String,
    rows: Vec<Row>,
    /// Row numbers for messages.
    numbers: Vec<u64>,
    words: Vec<String>,
    /// The position of each word.
    pool: HashMap<String, Word>,
    /// Words of the file already seen, by fact; `None` for one without a code.
    seen: [HashMap<String, Option<Word>>; WORDS.len()],
    /// The last of them: rows often come in runs.
    last: [(String, Option<Word>); WORDS.len()],
    /// Words without a code: the first row, and how many.
    unmapped: BTreeMap<String, (u64, u64)>,
    problems: FrameProblems,
}

impl<'m> FrameBuilder<'m> {
    /// Starts a frame with its header.
    ///
    /// # Errors
    /// Every mapped column that is missing, and every name that stands twice.
    pub fn new<'h>(
        header: impl IntoIterator<Item = &'h str>,
        mapping: &'m Mapping,
    ) -> Result<Self, FrameProblems> {
        Self::below(1, header, mapping)
    }

    /// As [`new`](Self::new), for a header that stands in another row than the first.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn below<'h>(
        row: u64,
        header: impl IntoIterator<Item = &'h str>,
        mapping: &'m Mapping,
    ) -> Result<Self, FrameProblems> {
        let header: Vec<String> = header.into_iter().map(|name| name.trim().to_owned()).collect();
        let mut problems = FrameProblems::default();
        let mut columns = [None; Field::ALL.len()];
        for (field, name) in &mapping.columns {
            let found = header.iter().position(|known| known == name);
            columns[field.position()] = found;
            if found.is_none() {
                problems.add(missing(row, name, &header));
            }
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
        let mut builder = Self {
            mapping,
            order,
            columns,
            header,
            lines: String::new(),
            rows: Vec::new(),
            numbers: Vec::new(),
            words: vec![String::new()],
            pool: HashMap::from([(String::new(), 0)]),
            seen: Default::default(),
            last: Default::default(),
            unmapped: BTreeMap::new(),
            problems,
        };
        for at in 0..builder.order.len() {
            let name = builder.header[builder.order[at]].clone();
            builder.push(at, &name);
        }
        Ok(builder)
    }

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// Adds a problem the reader of the file found.
    pub fn problem(
        &mut self,
        row: u64,
        column: Option<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        let mut problem = FrameProblem::new(message).row(row).help(help);
        if let Some(name) = column.and_then(|at| self.header.get(at)) {
            problem = problem.column(name);
        }
        self.problems.add(problem);
    }

    /// Adds a row: its number as a spreadsheet counts, and its cells, trimmed, in the order
    /// of the header. A row without any text is passed over.
    pub fn row<'r>(&mut self, number: u64, cell: impl Fn(usize) -> &'r str) {
        if (0..self.header.len()).all(|at| cell(at).is_empty()) {
            return;
        }
        let start = self.lines.len();
        for at in 0..self.order.len() {
            self.push(at, cell(self.order[at]));
        }
        let length = self.lines.len() - LINE_END.len_utf8() - start;
        let ends = self.lines.as_bytes()[start..].iter().filter(|byte| is_end(**byte)).count();
        if ends != self.order.len() {
            for at in (0..self.header.len()).filter(|at| cell(*at).contains([CELL_END, LINE_END])) {
                let name = self.header[at].clone();
                self.problems.add(unfit().row(number).column(&name));
            }
        }
        let id = self.id(number, &cell);
        for field in PEOPLE {
            self.person(number, field, &cell);
        }
        let facts = WORDS.map(|field| self.fact(number, field, &cell));
        let opened = self.date(number, Field::Opened, &cell);
        let closed = self.date(number, Field::Closed, &cell);
        let born = self.date(number, Field::Born, &cell);
        if let (Some(opened), Some(closed)) = (opened, closed)
            && closed < opened
        {
            self.complain(
                number,
                Field::Closed,
                format!("closed {closed}, before it was opened {opened}"),
                "mend the dates, or leave closed empty for an open case",
            );
        }
        match u32::try_from(length) {
            // The id is a part of the line.
            Ok(length) => {
                self.rows.push(Row { start, length, id: id as u32, facts, opened, closed, born });
            }
            Err(_) => self.problem(number, None, "the row is longer than 4 GB", "shorten it"),
        }
        self.numbers.push(number);
    }

    fn push(&mut self, at: usize, text: &str) {
        self.lines.push_str(text);
        self.lines.push(if at + 1 == self.order.len() { LINE_END } else { CELL_END });
    }

    fn complain(&mut self, row: u64, field: Field, message: impl Into<String>, help: &str) {
        self.problem(row, self.columns[field.position()], message, help);
    }

    /// Checks the case id and gives its length.
    fn id<'r>(&mut self, number: u64, cell: &impl Fn(usize) -> &'r str) -> usize {
        let Some(column) = self.columns[Field::Case.position()] else { return 0 };
        let id = cell(column);
        if id.is_empty() {
            self.complain(number, Field::Case, "the case id is missing", "every case needs one");
        } else if id.contains(char::is_control) {
            self.complain(
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
        &mut self,
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
            self.complain(number, field, message, "the plan needs it of every case");
        }
        None
    }

    fn person<'r>(&mut self, number: u64, field: Field, cell: &impl Fn(usize) -> &'r str) {
        // Only whether it is there: the text stands in the line.
        let _ = self.needed(number, field, cell);
    }

    fn fact<'r>(&mut self, number: u64, field: Field, cell: &impl Fn(usize) -> &'r str) -> Word {
        let Some(text) = self.needed(number, field, cell) else { return 0 };
        let at = WORDS.iter().position(|known| *known == field).unwrap_or_default();
        if self.last[at].0 != text {
            let word = match self.seen[at].get(text) {
                Some(known) => *known,
                None => {
                    let word = self.mapped(field, text).map(str::to_owned);
                    let word = word.map(|word| self.keep(word));
                    self.seen[at].insert(text.to_owned(), word);
                    word
                }
            };
            self.last[at].0.clear();
            self.last[at].0.push_str(text);
            self.last[at].1 = word;
        }
        self.last[at].1.unwrap_or_else(|| {
            self.unmapped.entry(text.to_owned()).or_insert((number, 0)).1 += 1;
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

    fn keep(&mut self, word: String) -> Word {
        if let Some(known) = self.pool.get(&word) {
            return *known;
        }
        let at = Word::try_from(self.words.len()).expect("a frame has fewer than 2^32 words");
        self.words.push(word.clone());
        self.pool.insert(word, at);
        at
    }

    fn date<'r>(
        &mut self,
        number: u64,
        field: Field,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Option<NaiveDate> {
        let text = self.needed(number, field, cell)?;
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("{text:?} is not a date");
            self.complain(number, field, message, "dates are written 2026-04-30");
        }
        date
    }

    /// Closes the frame.
    ///
    /// # Errors
    /// Every problem, those found while reading, and every case id that stands twice with
    /// both rows.
    pub fn finish(mut self, file_hash: Hash) -> Result<Frame, FrameProblems> {
        self.report_unmapped();
        if self.rows.is_empty() && self.problems.is_empty() {
            self.problems.add(
                FrameProblem::new("the frame has no cases")
                    .help("below the header every row is a case"),
            );
        }
        let mut places = vec![0; self.header.len()];
        for (place, &column) in self.order.iter().enumerate() {
            places[column] = place;
        }
        let numbers = std::mem::take(&mut self.numbers);
        let people = PEOPLE.map(|field| self.columns[field.position()].map(|at| places[at]));
        let header_length = self.rows.first().map_or(self.lines.len(), |row| row.start);
        let mut frame = Frame {
            header: self.header,
            places,
            lines: self.lines,
            rows: self.rows,
            words: self.words,
            people,
            canonical_hash: Hash::of(&[]),
            file_hash,
        };
        let sorted = by_id(&frame);
        for pair in sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let [first, second] = [pair[0].1 as usize, pair[1].1 as usize];
            let id = frame.id(&frame.rows[first]);
            if id == frame.id(&frame.rows[second]) && !id.is_empty() {
                let mut rows = [numbers[first], numbers[second]];
                rows.sort_unstable();
                self.problems.add(
                    FrameProblem::new(format!("case id {id:?} stands in row {} too", rows[0]))
                        .row(rows[1])
                        .help("a case stands once: take out one of the rows"),
                );
            }
        }
        if !self.problems.is_empty() {
            self.problems.sort();
            return Err(self.problems);
        }
        drop(numbers);
        put_in_order(&mut frame.rows, sorted);
        let mut hasher = Sha256::new_with_prefix(&frame.lines[..header_length]);
        for row in &frame.rows {
            // The byte that ends the line stands right behind it.
            let end = row.start + row.length as usize + LINE_END.len_utf8();
            hasher.update(&frame.lines[row.start..end]);
        }
        frame.canonical_hash = Hash::from_hasher(hasher);
        Ok(frame)
    }

    fn report_unmapped(&mut self) {
        let Some(column) = self.mapping.columns.get(&Field::CaseType) else { return };
        for (word, (row, count)) in std::mem::take(&mut self.unmapped) {
            let more = match count {
                1 => String::new(),
                _ => format!(" (in {count} rows, first here)"),
            };
            let words = self.mapping.values.get(&Field::CaseType);
            let known = words.iter().flat_map(|words| words.keys().map(String::as_str));
            let help = match did_you_mean(&word, known) {
                Some(near) => {
                    format!("did you mean {near}? else give it a code in [values.case_type]")
                }
                None => "give it a code in [values.case_type] of the plan".to_owned(),
            };
            self.problems.add(
                FrameProblem::new(format!("{word:?} has no code{more}"))
                    .row(row)
                    .column(column)
                    .help(help),
            );
        }
    }
}

/// Puts rows in the order of the positions given, without a second copy of them.
fn put_in_order(rows: &mut [Row], mut order: Vec<(u64, u32)>) {
    for start in 0..rows.len() {
        // Follow the ring of moves that starts here; a position that points at itself is done.
        let first = rows[start];
        let mut at = start;
        loop {
            let from = order[at].1 as usize;
            order[at].1 = at as u32;
            if from == start || from == at {
                break;
            }
            rows[at] = rows[from];
            at = from;
        }
        if at != start {
            rows[at] = first;
        }
    }
}

fn is_end(byte: u8) -> bool {
    byte == CELL_END as u8 || byte == LINE_END as u8
}
