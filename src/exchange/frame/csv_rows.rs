//! The rows of a CSV file.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::blocks::{Block, Blocks};
use super::hashing::Hashed;
use super::plain_rows::{self, plain, tidy};
use super::{EMPTY, FrameError};
use crate::sampling::{Frame, FrameBuilder, Mapping};

/// Which bytes beyond ASCII a file was seen to have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Characters in UTF-8.
    pub utf8: bool,
    /// Bytes that are none.
    pub other: bool,
}

/// Reads a frame and tells what was seen on the way.
pub fn csv(file: impl Hashed + Send, mapping: &Mapping) -> (Result<Frame, FrameError>, Seen) {
    let mut seen = Seen::default();
    (csv_seen(file, mapping, &mut seen), seen)
}

/// Plain lines are read in blocks, several at a time; from the first one that isn't plain on
/// a full reader of CSV takes over.
fn csv_seen(
    file: impl Hashed + Send,
    mapping: &Mapping,
    seen: &mut Seen,
) -> Result<Frame, FrameError> {
    let form = |message: &str| Err(FrameError::Form(message.to_owned()));
    let mut blocks = Blocks::new(file);
    let Some(mut first) = blocks.next()? else {
        return form(EMPTY);
    };
    let mut builder = None;
    if let Some(header) = plain_header(&mut first) {
        let names = header.split(',').map(tidy);
        let builder =
            builder.insert(FrameBuilder::new(names, mapping).map_err(FrameError::Problems)?);
        plain_rows::read(builder, &mut blocks, first, seen)?;
    } else {
        blocks.give_back([first]);
    }

    let number = blocks.lines();
    // Behind other lines a byte-order mark is no mark of the file, and is left alone.
    let before: &[u8] = if number == 0 { b"" } else { b"\n" };
    let mut csv = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(before.chain(&mut blocks));
    let mut rows = Rows { number, line: if number == 0 { 1 } else { 2 } };
    let mut record = ByteRecord::new();
    while csv.read_byte_record(&mut record).map_err(io::Error::from)? {
        let line = csv.position().line();
        match &mut builder {
            Some(builder) => {
                rows.next(&record, line);
                row(builder, &record, rows.number, seen);
            }
            None => {
                let start = record.get(0).unwrap_or_default();
                if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
                    return form("the file is UTF-16: save it as CSV in UTF-8");
                }
                seen.other |= record.iter().any(|cell| std::str::from_utf8(cell).is_err());
                let header: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                let names = header.iter().map(|name| tidy(name));
                builder = Some(FrameBuilder::new(names, mapping).map_err(FrameError::Problems)?);
                rows = Rows { number: 1, line };
            }
        }
    }
    drop(csv);
    match builder {
        Some(builder) => builder.finish(blocks.hash()).map_err(FrameError::Problems),
        None => form(EMPTY),
    }
}

/// The header, where it is a plain line, taken out of the first block.
fn plain_header(first: &mut Block) -> Option<String> {
    let end = memchr::memchr(b'\n', &first.bytes)?;
    let line = &first.bytes[..=end];
    let text = plain(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line))?;
    if text.trim_end().is_empty() {
        return None;
    }
    let header = text.to_owned();
    first.take_line();
    Some(header)
}

/// What is wrong with a row of another width than the header, and what to do.
pub fn wrong_width(cells: usize, header: usize) -> (String, &'static str) {
    let message = format!("the row has {cells} cells, the header {header}");
    (message, "a comma inside a cell needs quotation marks around the cell")
}

fn row(builder: &mut FrameBuilder<'_>, record: &ByteRecord, number: u64, seen: &mut Seen) {
    if record.len() != builder.width() {
        // Blank rows at the end often have another length.
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            let (message, help) = wrong_width(record.len(), builder.width());
            builder.problem(number, None, message, help);
        }
        return;
    }
    let whole = std::str::from_utf8(record.as_slice()).ok();
    // Of a text in UTF-8 a cell can still be broken off inside a character.
    let fits = |text: &str| {
        text.is_ascii()
            || (0..record.len())
                .all(|at| record.range(at).is_some_and(|range| text.is_char_boundary(range.start)))
    };
    if let Some(text) = whole.filter(|text| fits(text)) {
        seen.utf8 = seen.utf8 || !text.is_ascii();
        builder.row(number, |at| match record.range(at) {
            Some(range) => tidy(&text[range]),
            None => "",
        });
        return;
    }
    for (at, cell) in record.iter().enumerate() {
        if let Err(error) = std::str::from_utf8(cell) {
            seen.other = true;
            let byte = cell[error.valid_up_to()];
            let message = format!("byte 0x{byte:02X} is not UTF-8");
            builder.problem(number, Some(at), message, "save the file as CSV in UTF-8");
        }
    }
}

/// Row numbers as a spreadsheet counts them: blank lines count, line breaks inside a cell
/// don't.
struct Rows {
    number: u64,
    /// The line behind the last record.
    line: u64,
}

impl Rows {
    fn next(&mut self, record: &ByteRecord, line: u64) {
        let inside = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let lines = line.saturating_sub(self.line).saturating_sub(inside).max(1);
        self.number += lines;
        self.line = line;
    }
}

/// The first rows that hold anything, cells trimmed.
pub fn first_rows(file: impl Read, most: usize) -> Result<Vec<Vec<String>>, FrameError> {
    let mut csv = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut record = ByteRecord::new();
    let mut rows = Vec::new();
    while rows.len() < most && csv.read_byte_record(&mut record).map_err(io::Error::from)? {
        let cells = record.iter().map(String::from_utf8_lossy);
        let cells: Vec<String> = cells.map(|cell| tidy(&cell).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
    }
    Ok(rows)
}
