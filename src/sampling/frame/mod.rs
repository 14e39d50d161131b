//! The list cases are drawn from, as checked data.
//!
//! A frame is built row by row by a [`FrameBuilder`], whatever file the rows come from, and
//! then holds its cases in the order of their ids, so that nothing further down can depend
//! on the order of the file.
//!
//! # Canonical form
//!
//! The frame's identity is SHA-256 over its canonical form: one line for the header, then
//! one per case in byte order of case id. A line is the case id (in the header: the name of
//! its column), then the cells of all other columns in byte order of column name, each cell
//! trimmed, cells parted by the byte 0x1F and every line ended by the byte 0x1E. Neither
//! the order of rows nor that of columns, nor quoting, line ends or a byte-order mark change
//! it; one byte of any cell does.

mod build;
mod order;
mod problem;

use chrono::NaiveDate;

pub use build::FrameBuilder;
pub use problem::{FrameProblem, FrameProblems};

use super::{Field, Hash};

const CELL_END: char = '\u{1f}';
const LINE_END: char = '\u{1e}';

/// A checked frame. Cases have unique ids, stand in byte order of id, and lack nothing the
/// plan needs.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Column names in the order of the file.
    header: Vec<String>,
    /// For each column of the file its position in a canonical line.
    places: Vec<usize>,
    /// The lines of the canonical form, in the order of the file.
    lines: String,
    /// In byte order of case id.
    rows: Vec<Row>,
    /// Every word of region, county and case type, once, mapped to our codes.
    words: Vec<String>,
    /// Where a canonical line has each of [`PEOPLE`].
    people: [Option<usize>; PEOPLE.len()],
    canonical_hash: Hash,
    file_hash: Hash,
}

/// Position of a word in [`Frame::words`].
pub(super) type Word = u32;

#[derive(Debug, Clone, Copy)]
struct Row {
    start: usize,
    length: u32,
    /// Bytes of the case id, with which the line starts.
    id: u32,
    facts: [Word; WORDS.len()],
    opened: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    born: Option<NaiveDate>,
}

/// The facts kept as words: few different ones in a frame.
const WORDS: [Field; 3] = [Field::Region, Field::County, Field::CaseType];
/// The facts read from the line when they are asked for: nearly every case has its own.
const PEOPLE: [Field; 10] = [
    Field::Worker,
    Field::Family,
    Field::Child,
    Field::InCare,
    Field::SubsidyOnly,
    Field::OutOfState,
    Field::Unit,
    Field::Supervisor,
    Field::Agency,
    Field::Group,
];

impl Frame {
    /// How many cases.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether there is no case.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Column names in the order of the file.
    pub fn header(&self) -> &[String] {
        &self.header
    }
    /// SHA-256 of the canonical form.
    pub fn canonical_hash(&self) -> Hash {
        self.canonical_hash
    }
    /// SHA-256 of the file as read.
    pub fn file_hash(&self) -> Hash {
        self.file_hash
    }
    /// Every case in byte order of id.
    pub fn cases(&self) -> impl ExactSizeIterator<Item = Case<'_>> {
        (0..self.rows.len()).map(|position| Case { frame: self, position })
    }
    /// The case at a position of that order.
    ///
    /// # Panics
    /// Beyond [`len`](Self::len).
    pub fn case(&self, position: usize) -> Case<'_> {
        assert!(position < self.rows.len(), "a position comes from this frame");
        Case { frame: self, position }
    }
    /// The case of an id.
    pub fn find(&self, id: &str) -> Option<Case<'_>> {
        let found = self.rows.binary_search_by(|row| self.id(row).cmp(id)).ok();
        found.map(|position| Case { frame: self, position })
    }

    /// Whether it has a column of worker, family, child or a flag.
    pub(super) fn has(&self, field: Field) -> bool {
        PEOPLE.iter().zip(&self.people).any(|(known, place)| *known == field && place.is_some())
    }

    /// The canonical line, without the byte that ends it.
    fn line(&self, row: &Row) -> &str {
        &self.lines[row.start..row.start + row.length as usize]
    }
    fn id(&self, row: &Row) -> &str {
        &self.lines[row.start..row.start + row.id as usize]
    }
    pub(super) fn word(&self, word: Word) -> &str {
        &self.words[word as usize]
    }
    pub(super) fn word_of(&self, position: usize, field: Field) -> Word {
        let at = WORDS.iter().position(|known| *known == field);
        at.map_or(0, |at| self.rows[position].facts[at])
    }
    fn person(&self, row: &Row, field: Field) -> &str {
        let at = PEOPLE.iter().position(|known| *known == field);
        let place = at.and_then(|at| self.people[at]);
        place.and_then(|place| self.line(row).split(CELL_END).nth(place)).unwrap_or("")
    }
}

/// One case of a frame.
#[derive(Debug, Clone, Copy)]
pub struct Case<'f> {
    frame: &'f Frame,
    position: usize,
}

impl<'f> Case<'f> {
    fn row(self) -> &'f Row {
        &self.frame.rows[self.position]
    }
    /// Its position among the frame's cases.
    pub fn position(self) -> usize {
        self.position
    }
    /// Its id.
    pub fn id(self) -> &'f str {
        self.frame.id(self.row())
    }
    /// Region, county, case type (all mapped to our codes), worker, family, child or a flag as
    /// it stands; empty where the frame has none, and for every other field.
    pub fn fact(self, field: Field) -> &'f str {
        match field {
            _ if PEOPLE.contains(&field) => self.frame.person(self.row(), field),
            _ => self.frame.word(self.frame.word_of(self.position, field)),
        }
    }
    /// The day it was opened.
    pub fn opened(self) -> Option<NaiveDate> {
        self.row().opened
    }
    /// The day it was closed; open where there is none.
    pub fn closed(self) -> Option<NaiveDate> {
        self.row().closed
    }
    /// The day the child was born.
    pub fn born(self) -> Option<NaiveDate> {
        self.row().born
    }
    /// Its cells as they stand in the file (trimmed), in the order of [`Frame::header`].
    pub fn cells(self) -> Vec<&'f str> {
        let cells: Vec<&str> = self.frame.line(self.row()).split(CELL_END).collect();
        self.frame.places.iter().map(|&place| cells[place]).collect()
    }
}
