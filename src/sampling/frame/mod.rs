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
mod layout;
mod order;
mod problem;
mod stretch;

use chrono::NaiveDate;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator as _, ParallelIterator as _};

pub use build::FrameBuilder;
pub use layout::Layout;
pub use problem::{FrameProblem, FrameProblems};
pub use stretch::Stretch;

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
    /// The cases in the order of the file.
    stretches: Vec<Stretch>,
    /// Their places in byte order of case id.
    order: Vec<Place>,
    /// Every word of region, county and case type, once, mapped to our codes.
    words: Vec<String>,
    /// Where a canonical line has each of [`PEOPLE`].
    people: [Option<usize>; PEOPLE.len()],
    canonical_hash: Hash,
    file_hash: Hash,
}

/// Position of a word in [`Frame::words`].
pub(super) type Word = u32;

/// Where a case stands in the file: its stretch and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u32);

impl Place {
    const MOST_STRETCHES: usize = 1 << 16;

    fn new(stretch: usize, row: usize) -> Self {
        Self((stretch as u32) << 16 | row as u32)
    }
    fn stretch(self) -> usize {
        (self.0 >> 16) as usize
    }
    fn row(self) -> usize {
        (self.0 & 0xffff) as usize
    }
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Where its line starts in the stretch's lines.
    start: u32,
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
        self.stretches.iter().map(|stretch| stretch.rows.len()).sum()
    }
    /// Whether there is no case.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
        self.order.iter().map(|&place| Case { frame: self, place })
    }
    /// Every case in the order of the file, which is the quicker one; several can be looked
    /// at at a time.
    pub(super) fn as_read(&self) -> impl IndexedParallelIterator<Item = Cases<'_>> {
        (0..self.stretches.len()).into_par_iter().map(|at| Cases { frame: self, at })
    }
    /// The case at a position in the order of ids.
    ///
    /// # Panics
    /// Beyond [`len`](Self::len).
    pub fn case(&self, position: usize) -> Case<'_> {
        let place = self.order.get(position).expect("a position comes from this frame");
        Case { frame: self, place: *place }
    }
    /// The case at a place.
    pub(super) fn at(&self, place: Place) -> Case<'_> {
        Case { frame: self, place }
    }
    /// The case of an id.
    pub fn find(&self, id: &str) -> Option<Case<'_>> {
        let found = self.order.binary_search_by(|place| self.id(*place).cmp(id)).ok();
        found.map(|at| Case { frame: self, place: self.order[at] })
    }

    /// Whether it has a column of worker, family, child or a flag.
    pub(super) fn has(&self, field: Field) -> bool {
        PEOPLE.iter().zip(&self.people).any(|(known, place)| *known == field && place.is_some())
    }

    fn places_as_read(&self) -> impl Iterator<Item = Place> {
        let stretches = self.stretches.iter().enumerate();
        stretches.flat_map(|(at, one)| (0..one.rows.len()).map(move |row| Place::new(at, row)))
    }
    fn row(&self, place: Place) -> &Row {
        &self.stretches[place.stretch()].rows[place.row()]
    }
    /// The canonical line, without the byte that ends it.
    fn line(&self, place: Place) -> &str {
        let line = self.stretches[place.stretch()].line(place.row());
        &line[..line.len() - LINE_END.len_utf8()]
    }
    fn id(&self, place: Place) -> &str {
        let stretch = &self.stretches[place.stretch()];
        let row = &stretch.rows[place.row()];
        &stretch.lines[row.start as usize..(row.start + row.id) as usize]
    }
    /// The row of the file in which a case stands.
    fn number(&self, place: Place) -> u64 {
        self.stretches[place.stretch()].number(place.row() as u32)
    }
    pub(super) fn word(&self, word: Word) -> &str {
        &self.words[word as usize]
    }
    fn person(&self, place: Place, field: Field) -> &str {
        let at = PEOPLE.iter().position(|known| *known == field);
        let cell = at.and_then(|at| self.people[at]);
        cell.and_then(|cell| self.line(place).split(CELL_END).nth(cell)).unwrap_or("")
    }
}

/// Cases that follow one another in the file.
pub(super) struct Cases<'f> {
    frame: &'f Frame,
    at: usize,
}

impl<'f> Cases<'f> {
    pub(super) fn iter(&self) -> impl Iterator<Item = Case<'f>> {
        let (frame, at) = (self.frame, self.at);
        let rows = 0..frame.stretches[at].rows.len();
        rows.map(move |row| Case { frame, place: Place::new(at, row) })
    }
}

/// One case of a frame.
#[derive(Debug, Clone, Copy)]
pub struct Case<'f> {
    frame: &'f Frame,
    place: Place,
}

impl<'f> Case<'f> {
    fn row(self) -> &'f Row {
        self.frame.row(self.place)
    }
    /// Its position in the order of ids.
    pub fn position(self) -> usize {
        let found = self.frame.order.binary_search_by(|place| self.frame.id(*place).cmp(self.id()));
        found.expect("a frame holds its cases")
    }
    /// Its place in the file.
    pub(super) fn place(self) -> Place {
        self.place
    }
    /// Its id.
    pub fn id(self) -> &'f str {
        self.frame.id(self.place)
    }
    /// Region, county, case type (all mapped to our codes), worker, family, child or a flag as
    /// it stands; empty where the frame has none, and for every other field.
    pub fn fact(self, field: Field) -> &'f str {
        match field {
            _ if PEOPLE.contains(&field) => self.frame.person(self.place, field),
            _ => self.frame.word(self.word(field)),
        }
    }
    /// The word of region, county or case type.
    pub(super) fn word(self, field: Field) -> Word {
        let at = WORDS.iter().position(|known| *known == field);
        at.map_or(0, |at| self.row().facts[at])
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
        let cells: Vec<&str> = self.frame.line(self.place).split(CELL_END).collect();
        self.frame.places.iter().map(|&place| cells[place]).collect()
    }
}
