//! A frame from a file: CSV, or an Excel workbook.

use std::io::{self, Read, Seek, SeekFrom};

use csv::{ByteRecord, ReaderBuilder};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::windows_1252::Windows1252;
use super::workbook;
use crate::sampling::{Frame, FrameBuilder, FrameProblems, Hash, Mapping};
use crate::text::{guard, unguard};

/// Why a frame can't be had from a file.
#[derive(Debug, Error)]
pub enum FrameError {
    /// The file can't be read.
    #[error("{0}")]
    Read(#[from] io::Error),
    /// The file was read, and these are wrong with it.
    #[error("the frame has problems")]
    Problems(FrameProblems),
    /// The file isn't of a form that can be read at all.
    #[error("{0}")]
    Form(String),
}

/// A frame and what its reader should be told.
#[derive(Debug)]
pub struct FrameFile {
    /// The frame.
    pub frame: Frame,
    /// What was taken for granted: one line each.
    pub notices: Vec<String>,
}

/// Reads a frame from a file of any accepted form: CSV as [`read_frame`] does, also in
/// Windows-1252 (with a notice) where it isn't UTF-8, or an `.xlsx` workbook.
///
/// # Errors
/// As [`read_frame`]; also what keeps a workbook from being read.
pub fn read_frame_file(
    mut file: impl Read + Seek,
    mapping: &Mapping,
) -> Result<FrameFile, FrameError> {
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    file.rewind()?;
    if start.starts_with(b"PK\x03\x04") {
        let mut hashing = Hashing::new(&mut file);
        io::copy(&mut hashing, &mut io::sink())?;
        let hash = hashing.hash();
        let (frame, notices) = workbook::read(file, mapping, hash)?;
        return Ok(FrameFile { frame, notices });
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0") {
        let message = "the file is an Excel workbook of the old kind or under a password: save it as .xlsx without a password, or as CSV in UTF-8";
        return Err(FrameError::Form(message.to_owned()));
    }
    let (read, seen) = csv(Hashing::new(&mut file), mapping);
    if !seen.other || seen.utf8 || start.starts_with(b"\xef\xbb\xbf") {
        return read.map(|frame| FrameFile { frame, notices: Vec::new() });
    }
    file.seek(SeekFrom::Start(0))?;
    let mut decoder = Windows1252::new(Hashing::new(&mut file));
    let (decoded, _) = csv(&mut decoder, mapping);
    if decoder.undefined() {
        return read.map(|frame| FrameFile { frame, notices: Vec::new() });
    }
    let notice = "the file is not UTF-8 and is read as Windows-1252: look whether names with accents are right, or save it as CSV in UTF-8";
    decoded.map(|frame| FrameFile { frame, notices: vec![notice.to_owned()] })
}

/// A frame as CSV in UTF-8, rows in the order of the frame; reading it again gives the same
/// canonical form.
pub fn frame_csv(frame: &Frame) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.map(|cell| guard(cell).into_owned());
        csv.write_record(cells).expect("memory can be written, and rows are equally wide");
    };
    write(&mut frame.header().iter().map(String::as_str));
    for case in frame.cases() {
        write(&mut case.cells().into_iter());
    }
    let bytes = csv.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("UTF-8 in, UTF-8 out")
}

/// Reads a frame: a header row, columns in any order, cells trimmed, byte-order mark and
/// CRLF accepted, the guard apostrophe of our own exports taken off. The file is read once,
/// from front to end.
///
/// # Errors
/// The file can't be read, is UTF-16, or has problems: all of them.
pub fn read_frame(file: impl Read, mapping: &Mapping) -> Result<Frame, FrameError> {
    csv(Hashing::new(file), mapping).0
}

/// A reader that knows the hash of what was read.
pub(super) trait Hashed: Read {
    /// The hash of the file so far.
    fn hash(&mut self) -> Hash;
}

/// Which bytes beyond ASCII a file was seen to have.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Characters in UTF-8.
    utf8: bool,
    /// Bytes that are none.
    other: bool,
}

fn csv(file: impl Hashed, mapping: &Mapping) -> (Result<Frame, FrameError>, Seen) {
    let mut seen = Seen::default();
    (csv_seen(file, mapping, &mut seen), seen)
}

fn csv_seen(file: impl Hashed, mapping: &Mapping, seen: &mut Seen) -> Result<Frame, FrameError> {
    let form = |message: &str| Err(FrameError::Form(message.to_owned()));
    let mut csv = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(file);
    let mut record = ByteRecord::new();
    if !csv.read_byte_record(&mut record).map_err(io_error)? {
        return form("the file is empty: the first row must name the columns");
    }
    if record
        .get(0)
        .is_some_and(|cell| cell.starts_with(b"\xff\xfe") || cell.starts_with(b"\xfe\xff"))
    {
        return form("the file is UTF-16: save it as CSV in UTF-8");
    }
    seen.other |= record.iter().any(|cell| std::str::from_utf8(cell).is_err());
    let header: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
    let mut builder = FrameBuilder::new(header.iter().map(|name| unguard(name.trim())), mapping)
        .map_err(FrameError::Problems)?;

    let mut rows = Rows { number: 1, line: csv.position().line() };
    while csv.read_byte_record(&mut record).map_err(io_error)? {
        rows.next(&record, csv.position().line());
        row(&mut builder, &record, rows.number, seen);
    }
    builder.finish(csv.get_mut().hash()).map_err(FrameError::Problems)
}

fn row(builder: &mut FrameBuilder<'_>, record: &ByteRecord, number: u64, seen: &mut Seen) {
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
        seen.utf8 = seen.utf8 || !text.is_ascii();
        builder.row(number, |at| match record.range(at) {
            Some(range) => unguard(text[range].trim()),
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
}

impl<R: Read> Hashed for Hashing<R> {
    fn hash(&mut self) -> Hash {
        Hash::from_hasher(std::mem::take(&mut self.hasher))
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }
}
