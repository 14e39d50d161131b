//! A frame from a file: CSV, or an Excel workbook.

mod blocks;
mod csv_rows;
mod hashing;
mod plain_rows;
mod preview;
mod windows_1252;

use std::io::{self, Read, Seek, SeekFrom};

use thiserror::Error;

use super::workbook;
use crate::sampling::{Frame, FrameProblems, Mapping};
use crate::text::guard;
use csv_rows::csv;
pub(super) use hashing::{Hashed, Hashing};
pub(super) use preview::EXAMPLES;
pub use preview::{FramePreview, preview_frame};
use windows_1252::Windows1252;

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
    mut file: impl Read + Seek + Send,
    mapping: &Mapping,
) -> Result<FrameFile, FrameError> {
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    file.rewind()?;
    if is_workbook(&start) {
        let (frame, notices) = workbook::read(file, mapping)?;
        return Ok(FrameFile { frame, notices });
    }
    if is_old_workbook(&start) {
        return Err(FrameError::Form(OLD_WORKBOOK.to_owned()));
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

const OLD_WORKBOOK: &str = "the file is an Excel workbook of the old kind or under a password: save it as .xlsx without a password, or as CSV in UTF-8";
const EMPTY: &str = "the file is empty: the first row must name the columns";

fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

fn is_old_workbook(start: &[u8]) -> bool {
    start.starts_with(b"\xd0\xcf\x11\xe0")
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
pub fn read_frame(file: impl Read + Send, mapping: &Mapping) -> Result<Frame, FrameError> {
    csv(Hashing::new(file), mapping).0
}
