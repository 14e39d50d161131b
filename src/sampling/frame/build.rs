//! Rows in, a checked frame out.

use std::collections::{BTreeMap, HashMap};

use rayon::join;
use sha2::{Digest, Sha256};

use super::layout::Layout;
use super::order::by_id;
use super::stretch::{Stretch, keep};
use super::{CELL_END, Frame, FrameProblem, FrameProblems, LINE_END, PEOPLE, Place, Word};
use crate::sampling::{Hash, Mapping};
use crate::text::did_you_mean;

/// Takes a frame row by row, or stretch by stretch, and gathers what is wrong with it.
#[derive(Debug)]
pub struct FrameBuilder<'m> {
    layout: Layout<'m>,
    done: Vec<Stretch>,
    current: Stretch,
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
        let layout = Layout::new(row, header, mapping)?;
        Ok(Self { layout, done: Vec::new(), current: Stretch::default() })
    }

    /// The frame's columns, by which stretches are filled.
    pub fn layout(&self) -> &Layout<'m> {
        &self.layout
    }

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        self.layout.width()
    }

    /// Adds a problem the reader of the file found.
    pub fn problem(
        &mut self,
        row: u64,
        column: Option<usize>,
        message: impl Into<String>,
        help: &str,
    ) {
        self.layout.problem(&mut self.current, row, column, message, help);
    }

    /// Adds a row: its number as a spreadsheet counts, and its cells, trimmed, in the order
    /// of the header. A row without any text is passed over.
    pub fn row<'r>(&mut self, number: u64, cell: impl Fn(usize) -> &'r str) {
        if self.current.is_full() {
            let full = std::mem::take(&mut self.current);
            self.add(full);
        }
        self.layout.row(&mut self.current, number, cell);
    }

    /// Adds the stretch that follows on all that was added before.
    pub fn add(&mut self, mut stretch: Stretch) {
        stretch.close();
        self.done.push(stretch);
    }

    /// Closes the frame.
    ///
    /// # Errors
    /// Every problem, those found while reading, and every case id that stands twice with
    /// both rows.
    pub fn finish(mut self, file_hash: Hash) -> Result<Frame, FrameProblems> {
        let last = std::mem::take(&mut self.current);
        self.add(last);
        let Self { layout, done: mut stretches, .. } = self;
        let mut problems = FrameProblems::default();
        for stretch in &mut stretches {
            problems.add_all(std::mem::take(&mut stretch.problems));
        }
        let (words, unmapped) = join_words(&mut stretches);
        report_unmapped(&layout, unmapped, &mut problems);
        if problems.is_empty() && stretches.iter().all(|stretch| stretch.rows.is_empty()) {
            problems.add(
                FrameProblem::new("the frame has no cases")
                    .help("below the header every row is a case"),
            );
        }
        if stretches.len() > Place::MOST_STRETCHES {
            problems.add(
                FrameProblem::new("the frame is longer than 60 GB")
                    .help("leave out columns that the plan doesn't name"),
            );
            return Err(problems);
        }
        let mut places = vec![0; layout.width()];
        for (place, &column) in layout.order.iter().enumerate() {
            places[column] = place;
        }
        let header_line = header_line(&layout);
        let mut frame = Frame {
            people: PEOPLE.map(|field| layout.place(field)),
            header: layout.header,
            places,
            stretches,
            order: Vec::new(),
            words,
            canonical_hash: Hash::of(&[]),
            file_hash,
        };
        frame.order = by_id(&frame, |first, second| repeated(&frame, first, second, &mut problems));
        if !problems.is_empty() {
            problems.sort();
            return Err(problems);
        }
        frame.canonical_hash = canonical_hash(&frame, &header_line);
        Ok(frame)
    }
}

/// Complains of two rows with one case id.
fn repeated(frame: &Frame, first: Place, second: Place, problems: &mut FrameProblems) {
    let id = frame.id(first);
    if id.is_empty() {
        return;
    }
    let mut rows = [frame.number(first), frame.number(second)];
    rows.sort_unstable();
    problems.add(
        FrameProblem::new(format!("case id {id:?} stands in row {} too", rows[0]))
            .row(rows[1])
            .help("a case stands once: take out one of the rows"),
    );
}

/// Words without a code: the first row, and how many.
type Unmapped = BTreeMap<String, (u64, u64)>;

/// Gives all stretches the same words.
fn join_words(stretches: &mut [Stretch]) -> (Vec<String>, Unmapped) {
    let mut words = vec![String::new()];
    let mut pool: HashMap<String, Word> = HashMap::from([(String::new(), 0)]);
    let mut unmapped = Unmapped::new();
    for stretch in stretches {
        let own = std::mem::take(&mut stretch.words);
        let new: Vec<Word> = own.iter().map(|word| keep(&mut words, &mut pool, word)).collect();
        for row in &mut stretch.rows {
            row.facts = row.facts.map(|word| new[word as usize]);
        }
        for (word, (row, count)) in std::mem::take(&mut stretch.unmapped) {
            unmapped.entry(word).or_insert((row, 0)).1 += count;
        }
    }
    (words, unmapped)
}

fn report_unmapped(layout: &Layout<'_>, unmapped: Unmapped, problems: &mut FrameProblems) {
    let Some(column) = layout.case_types() else { return };
    for (word, (row, count)) in unmapped {
        let more = match count {
            1 => String::new(),
            _ => format!(" (in {count} rows, first here)"),
        };
        let help = match did_you_mean(&word, layout.known_words()) {
            Some(near) => {
                format!("did you mean {near}? else give it a code in [values.case_type]")
            }
            None => "give it a code in [values.case_type] of the plan".to_owned(),
        };
        problems.add(
            FrameProblem::new(format!("{word:?} has no code{more}"))
                .row(row)
                .column(column)
                .help(help),
        );
    }
}

/// The first line of the canonical form.
fn header_line(layout: &Layout<'_>) -> String {
    let names: Vec<&str> = layout.order.iter().map(|&at| layout.header[at].as_str()).collect();
    let mut line = names.join(CELL_END.encode_utf8(&mut [0; 4]));
    line.push(LINE_END);
    line
}

/// The hash of the canonical form. Lines lie far apart in memory once they are put in order:
/// one thread fetches the next ones while the other hashes.
fn canonical_hash(frame: &Frame, header_line: &str) -> Hash {
    const LINES: usize = 1 << 13;
    let fetch = |places: &[Place]| {
        let mut lines = String::new();
        for &place in places {
            lines.push_str(frame.line(place));
            lines.push(LINE_END);
        }
        lines
    };
    let mut hasher = Sha256::new_with_prefix(header_line);
    let mut ready = String::new();
    for places in frame.order.chunks(LINES) {
        (ready, _) = join(|| fetch(places), || hasher.update(&ready));
    }
    hasher.update(&ready);
    Hash::from_hasher(hasher)
}
