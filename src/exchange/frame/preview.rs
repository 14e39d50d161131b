//! A first look at a list of cases, before anyone said what its columns are.

use std::io::{Read, Seek};

use super::FrameError;
use super::csv_rows::first_rows;
use super::windows_1252::Windows1252;
use super::{Hashing, is_old_workbook, is_workbook};
use crate::exchange::workbook;

/// The names of a list's columns and its first rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FramePreview {
    /// Column names, trimmed.
    pub columns: Vec<String>,
    /// Cells of a few rows, trimmed.
    pub examples: Vec<Vec<String>>,
    /// The sheet of a workbook they stand on.
    pub sheet: Option<String>,
}

/// Rows looked at below the header.
pub(in crate::exchange) const EXAMPLES: usize = 5;

/// Looks at the first rows of a file of any form that
/// [`read_frame_file`](super::read_frame_file) takes. Of a workbook it is the sheet with the
/// widest row among its first ones, and that row is taken for the header.
///
/// # Errors
/// The file can't be read or is of no known form.
pub fn preview_frame(mut file: impl Read + Seek) -> Result<FramePreview, FrameError> {
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    file.rewind()?;
    if is_workbook(&start) {
        return workbook::preview(file);
    }
    if is_old_workbook(&start) {
        return Err(FrameError::Form(super::OLD_WORKBOOK.to_owned()));
    }
    let mut head = Vec::new();
    file.by_ref().take(1 << 20).read_to_end(&mut head)?;
    let rows = match std::str::from_utf8(&head) {
        Err(error) if error.error_len().is_some() => {
            first_rows(Windows1252::new(Hashing::new(head.as_slice())), EXAMPLES + 1)?
        }
        _ => first_rows(head.as_slice(), EXAMPLES + 1)?,
    };
    let mut rows = rows.into_iter();
    let columns = rows.next().ok_or_else(|| FrameError::Form(super::EMPTY.to_owned()))?;
    Ok(FramePreview { columns, examples: rows.collect(), sheet: None })
}
