//! The filled rows of a sheet, one after the other.

use std::io::{BufReader, Read, Seek};

use calamine::{DataRef, XlsxCellReader};

use super::{Workbook, broken};
use crate::exchange::FrameError;

/// What the format itself allows.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;
/// Cells of a sheet, blank ones too: a million rows of thirty columns.
const MOST_CELLS: u64 = 32_000_000;

/// A cell of a row: column from 0, value, style.
pub(super) type Cell<'a> = (usize, DataRef<'a>, usize);

/// The rows that hold anything; what is only formatted is passed over.
pub(super) struct Rows<'a, R: Read + Seek> {
    reader: XlsxCellReader<'a, BufReader<R>>,
    cells: Vec<Cell<'a>>,
    /// The first cell of the next row.
    ahead: Option<(u32, Cell<'a>)>,
    /// Where the last cell stood.
    last: Option<(u32, u32)>,
    count: u64,
    /// The reader must not be asked again behind the last cell.
    at_end: bool,
}

impl<'a, R: Read + Seek> Rows<'a, R> {
    pub(super) fn open(workbook: &'a mut Workbook<R>, sheet: &str) -> Result<Self, FrameError> {
        let reader = workbook.worksheet_cells_reader(sheet).map_err(|error| broken(&error))?;
        Ok(Self { reader, cells: Vec::new(), ahead: None, last: None, count: 0, at_end: false })
    }

    /// Moves on to the next filled row and gives its number, from 0.
    pub(super) fn next_row(&mut self) -> Result<Option<u32>, FrameError> {
        self.cells.clear();
        let Some((row, cell)) = (match self.ahead.take() {
            Some(cell) => Some(cell),
            None => self.filled_cell()?,
        }) else {
            return Ok(None);
        };
        self.cells.push(cell);
        while let Some((next, cell)) = self.filled_cell()? {
            if next != row {
                self.ahead = Some((next, cell));
                break;
            }
            self.cells.push(cell);
        }
        Ok(Some(row))
    }

    /// The cells of the row that [`next_row`](Self::next_row) moved to.
    pub(super) fn cells(&self) -> &[Cell<'a>] {
        &self.cells
    }

    /// The number format of a style.
    pub(super) fn format(&self, style: usize) -> Option<&str> {
        let format = self.reader.styles().get(style)?.number_format.as_ref()?;
        Some(format.format_code.as_str())
    }

    fn filled_cell(&mut self) -> Result<Option<(u32, Cell<'a>)>, FrameError> {
        while !self.at_end {
            let next = self.reader.next_cell_with_style_id().map_err(|error| broken(&error))?;
            let Some((cell, style)) = next else {
                self.at_end = true;
                break;
            };
            let place = cell.get_position();
            let (row, column) = place;
            if row >= MOST_ROWS || column >= MOST_COLUMNS {
                return Err(broken(&"a cell stands outside of any sheet"));
            }
            if self.last.is_some_and(|last| place <= last) {
                return Err(broken(&"its cells are not in order"));
            }
            self.last = Some(place);
            self.count += 1;
            if self.count > MOST_CELLS {
                return Err(FrameError::Form(format!(
                    "the sheet has more than {MOST_CELLS} cells: save it as CSV in UTF-8"
                )));
            }
            let value = cell.get_value().clone();
            let blank = match &value {
                DataRef::Empty => true,
                DataRef::String(text) => text.trim().is_empty(),
                DataRef::SharedString(text) => text.trim().is_empty(),
                _ => false,
            };
            if !blank {
                let column = usize::try_from(column).unwrap_or(usize::MAX);
                return Ok(Some((row, (column, value, style))));
            }
        }
        Ok(None)
    }
}

/// The letters of a column, from 0.
pub(in crate::exchange) fn name_of(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    letters.iter().rev().map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn letters_of_columns() {
        let names = [0, 25, 26, 701, 702, 16383].map(name_of);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
