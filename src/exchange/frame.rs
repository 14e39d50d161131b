//! A frame from a CSV file.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::sampling::{Frame, FrameBuilder, FrameProblems, Hash, Mapping};
use crate::text::unguard;

/// Why a frame can't be had from a file.
#[derive(Debug, Error)]
pub enum FrameError {
    /// The file can't be read.
    #[error("{0}")]
    Read(#[from] io::Error),
    /// The file was read, and these are wrong with it.
    #[error("the frame has problems")]
    Problems(FrameProblems),
    /// The file isn't CSV in UTF-8 at all.
    #[error("{0}")]
    Form(&'static str),
}

/// Reads a frame: a header row, columns in any order, cells trimmed, byte-order mark and
/// CRLF accepted, the guard apostrophe of our own exports taken off. The file is read once,
/// from front to end.
///
/// # Errors
/// The file can't be read, is UTF-16, or has problems: all of them.
pub fn read_frame(file: impl Read, mapping: &Mapping) -> Result<Frame, FrameError> {
    let mut csv = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(Hashing::new(file));
    let mut record = ByteRecord::new();
    if !csv.read_byte_record(&mut record).map_err(io_error)? {
        return Err(FrameError::Form("the file is empty: the first row must name the columns"));
    }
    if record
        .get(0)
        .is_some_and(|cell| cell.starts_with(b"\xff\xfe") || cell.starts_with(b"\xfe\xff"))
    {
        return Err(FrameError::Form("the file is UTF-16: save it as CSV in UTF-8"));
    }
    let header: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
    let mut builder = FrameBuilder::new(header.iter().map(|name| unguard(name.trim())), mapping)
        .map_err(FrameError::Problems)?;

    let mut rows = Rows { number: 1, line: csv.position().line() };
    while csv.read_byte_record(&mut record).map_err(io_error)? {
        rows.next(&record, csv.position().line());
        row(&mut builder, &record, rows.number);
    }
    builder.finish(csv.into_inner().finish()).map_err(FrameError::Problems)
}

fn row(builder: &mut FrameBuilder<'_>, record: &ByteRecord, number: u64) {
    if record.len() != builder.width() {
        // Blank rows at the end often have another length.
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            let message =
                format!("the row has {} cells, the header {}", record.len(), builder.width());
            let help = "a comma inside a cell needs quotation marks around the cell";
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
        builder.row(number, |at| match record.range(at) {
            Some(range) => unguard(text[range].trim()),
            None => "",
        });
        return;
    }
    for (at, cell) in record.iter().enumerate() {
        if let Err(error) = std::str::from_utf8(cell) {
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

fn io_error(error: csv::Error) -> io::Error {
    io::Error::from(error)
}

/// Feeds a hash with all that is read.
struct Hashing<R> {
    file: R,
    hasher: Sha256,
}

impl<R> Hashing<R> {
    fn new(file: R) -> Self {
        Self { file, hasher: Sha256::new() }
    }
    fn finish(self) -> Hash {
        Hash::from_hasher(self.hasher)
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }
}
