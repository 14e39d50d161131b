//! Reports as an Excel workbook: a sheet a table, and one that says what the columns mean.
//!
//! Cells are typed: counts and percents are numbers, everything else is a text, never a
//! formula, whatever it begins with.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::report::{Cell, Sheet, meaning};
use crate::text::width;

/// Rows a sheet of a workbook holds, its header included.
const MOST_ROWS: usize = 1_048_576;
/// Columns are at most this wide, in characters.
const WIDEST: usize = 60;
/// Characters a cell holds.
const LONGEST: usize = 32_767;

/// Why a table can't leave as a workbook.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// More rows than a sheet holds.
    #[error("{rows} rows are more than a sheet of a workbook holds ({})", MOST_ROWS - 1)]
    TooLong {
        /// The rows of the table.
        rows: usize,
    },
    /// A text longer than a cell holds, or the like.
    #[error("the workbook can't be made: {0}")]
    Other(#[from] XlsxError),
}

/// A workbook of tables, each a sheet under its title, and their codebook.
///
/// # Errors
/// [`BookError`], before anything was made.
pub fn report_books(tables: &[(&str, &Sheet)]) -> Result<Vec<u8>, BookError> {
    let longest = tables.iter().map(|(_, table)| table.rows.len()).max().unwrap_or(0);
    if longest >= MOST_ROWS {
        return Err(BookError::TooLong { rows: longest });
    }
    let mut book = Workbook::new();
    for (title, table) in tables {
        table_sheet(&mut book, title, table)?;
    }
    codebook(&mut book, tables)?;
    Ok(book.save_to_buffer()?)
}

/// Names of a table's columns.
fn names(table: &Sheet) -> Vec<&str> {
    table.groups.iter().copied().chain(table.columns.iter().map(|(name, _)| *name)).collect()
}

fn table_sheet(book: &mut Workbook, title: &str, table: &Sheet) -> Result<(), XlsxError> {
    let names = names(table);
    let sheet = book.add_worksheet();
    sheet.set_name(title)?;
    let mut columns = Columns::begin(sheet, &names)?;
    let percent = Format::new().set_num_format("0.0%");
    let decimals = Format::new().set_num_format("0.000");
    for (at, (group, cells)) in table.rows.iter().enumerate() {
        let row = at as u32 + 1;
        let mut column = 0;
        for value in group {
            columns.text(sheet, row, column, value.as_deref().unwrap_or("(all)"))?;
            column += 1;
        }
        for cell in cells {
            match cell {
                Cell::Text(text) => columns.text(sheet, row, column, text)?,
                Cell::Note(Some(text)) => columns.text(sheet, row, column, text)?,
                Cell::Names(names) => columns.text(sheet, row, column, &names.join(";"))?,
                Cell::Note(None)
                | Cell::Bound(None)
                | Cell::Figure(None)
                | Cell::Hidden
                | Cell::Share { n: 0, .. } => {}
                Cell::Count(count) => {
                    sheet.write_number(row, column, *count as f64)?;
                }
                Cell::Share { x, n } => {
                    let share = *x as f64 / *n as f64;
                    sheet.write_number_with_format(row, column, share, &percent)?;
                }
                Cell::Bound(Some(bound)) => {
                    sheet.write_number_with_format(row, column, *bound, &percent)?;
                }
                Cell::Figure(Some(figure)) => {
                    sheet.write_number_with_format(row, column, *figure, &decimals)?;
                }
            }
            column += 1;
        }
    }
    columns.finish(sheet, table.rows.len())
}

/// The sheet that says what each column means.
fn codebook(book: &mut Workbook, tables: &[(&str, &Sheet)]) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name("Codebook")?;
    let mut columns = Columns::begin(sheet, &["table", "column", "meaning"])?;
    let mut row = 0;
    for (title, table) in tables {
        for name in names(table) {
            row += 1;
            columns.text(sheet, row, 0, title)?;
            columns.text(sheet, row, 1, name)?;
            columns.text(sheet, row, 2, meaning(name))?;
        }
    }
    columns.finish(sheet, row as usize)
}

/// The columns of a sheet while rows are written.
struct Columns {
    widths: Vec<usize>,
}

impl Columns {
    /// Writes the header.
    fn begin(sheet: &mut Worksheet, names: &[&str]) -> Result<Self, XlsxError> {
        let bold = Format::new().set_bold().set_align(FormatAlign::Left);
        for (at, name) in names.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, *name, &bold)?;
        }
        Ok(Self { widths: names.iter().map(|name| width(name)).collect() })
    }
    fn text(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        text: &str,
    ) -> Result<(), XlsxError> {
        let widest = &mut self.widths[usize::from(column)];
        *widest = (*widest).max(width(text)).min(WIDEST);
        let cut: String = text.chars().take(LONGEST).collect();
        sheet.write_string(row, column, cut)?;
        Ok(())
    }
    /// Freezes the header, lets every column be filtered, and sets the widths.
    fn finish(self, sheet: &mut Worksheet, rows: usize) -> Result<(), XlsxError> {
        for (at, width) in self.widths.iter().enumerate() {
            // Room for the arrow of the filter.
            sheet.set_column_width(at as u16, *width as f64 + 3.0)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        if let Some(last) = self.widths.len().checked_sub(1) {
            sheet.autofilter(0, 0, rows as u32, last as u16)?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_than_a_sheet_holds_are_refused_before_anything_is_made() {
        let sheet = |rows| Sheet {
            groups: Vec::new(),
            columns: vec![("item", "item")],
            rows: vec![(Vec::new(), vec![Cell::Note(None)]); rows],
        };
        let error = report_books(&[("Items", &sheet(3)), ("More", &sheet(MOST_ROWS))]);
        assert_eq!(
            error.unwrap_err().to_string(),
            "1048576 rows are more than a sheet of a workbook holds (1048575)"
        );
        assert!(report_books(&[("Items", &sheet(3))]).is_ok());
    }
}
