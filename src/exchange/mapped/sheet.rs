//! A spreadsheet as rows of texts, from CSV or a workbook.

use std::io::Cursor;

use csv::ReaderBuilder;

use super::mapping::{RatingsMapping, one_blank};
use crate::exchange::{FrameError, Problem, workbook};
use crate::text::{count, did_you_mean, list_and, unguard};

/// Rows of a spreadsheet below its header.
#[derive(Debug, Clone)]
pub struct SheetRows {
    /// Names of the columns, line ends made blanks.
    pub header: Vec<String>,
    /// Each filled row: its line or row number from 1, and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// It is a workbook: columns have letters.
    pub workbook: bool,
    /// The sheet that was read, where there were several.
    pub sheet: Option<String>,
}

/// Filled rows in which the header is looked for.
const SEARCHED: usize = 20;

/// Reads a CSV file or a workbook whose header names the mapping's columns.
///
/// # Errors
/// Every problem of the file as a whole: no table, columns that are missing.
pub fn sheet_rows(mapping: &RatingsMapping, bytes: &[u8]) -> Result<SheetRows, Vec<Problem>> {
    if bytes.starts_with(b"PK\x03\x04") {
        return from_workbook(mapping, bytes);
    }
    if mapping.sheet.is_some() {
        let problem = Problem::whole("the mapping names a sheet, and the file is no workbook");
        return Err(vec![problem.help("take sheet out of [file], or give the workbook")]);
    }
    let rows = csv_rows(bytes)?;
    below_header(mapping, rows, false, None)
}

fn csv_rows(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Vec<Problem>> {
    const SAVE: &str = "save the file as CSV UTF-8, or as a workbook";
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(vec![Problem::whole("the file is not UTF-8").help(SAVE)]);
    };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| vec![Problem::whole(error.to_string())])?;
        // The reader stands before the rest of the last line's end and any empty lines.
        let (start, line) = record.position().map_or((0, 1), |at| (at.byte(), at.line()));
        let before = text.get(usize::try_from(start).unwrap_or(usize::MAX)..).unwrap_or_default();
        let passed = before.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let line = line + passed.filter(|byte| *byte == b'\n').count() as u64;
        let cells: Vec<String> =
            record.iter().map(|cell| unguard(cell.trim()).trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    Ok(rows)
}

fn from_workbook(mapping: &RatingsMapping, bytes: &[u8]) -> Result<SheetRows, Vec<Problem>> {
    let sheets =
        workbook::texts(Cursor::new(bytes), mapping.sheet.as_deref()).map_err(|error| {
            vec![Problem::whole(match error {
                FrameError::Form(what) => what,
                FrameError::Read(error) => error.to_string(),
                FrameError::Problems(problems) => {
                    problems.list().first().map(ToString::to_string).unwrap_or_default()
                }
            })]
        })?;
    let several = sheets.len() > 1;
    let mut problems = Vec::new();
    for (name, rows) in sheets {
        match below_header(mapping, rows, true, several.then(|| name.clone())) {
            Ok(found) => return Ok(found),
            Err(found) if problems.is_empty() || found.len() < problems.len() => problems = found,
            Err(_) => {}
        }
    }
    Err(problems)
}

fn below_header(
    mapping: &RatingsMapping,
    rows: Vec<(u64, Vec<String>)>,
    workbook: bool,
    sheet: Option<String>,
) -> Result<SheetRows, Vec<Problem>> {
    let needed = mapping.needed();
    let named = |row: &[String]| {
        let names: Vec<String> = row.iter().map(|cell| one_blank(cell)).collect();
        needed.iter().filter(|name| names.iter().any(|known| known == *name)).count()
    };
    let best = rows.iter().take(SEARCHED).enumerate().rev();
    let best = best.max_by_key(|(_, (_, row))| named(row)).map(|(at, _)| at);
    let Some(at) = best.filter(|at| named(&rows[*at].1) > 0) else {
        let problem = Problem::whole(format!(
            "no row names the mapping's columns (looked at {})",
            count(rows.len().min(SEARCHED), "filled row", "filled rows")
        ));
        let apart = rows.iter().take(SEARCHED).any(|(_, row)| {
            row.iter().filter(|cell| !cell.is_empty()).count() == 1
                && needed.iter().all(|name| row.iter().any(|cell| cell.contains(name)))
        });
        let help = match apart {
            true => {
                "its columns are not set apart by commas: save it so, or as a workbook".to_owned()
            }
            false => format!("they are {}", list_and(&needed)),
        };
        return Err(vec![problem.help(help)]);
    };
    let mut rows = rows.into_iter().skip(at);
    let (line, header) = rows.next().unwrap_or_default();
    let header: Vec<String> = header.iter().map(|cell| one_blank(cell)).collect();
    let mut problems = Vec::new();
    for name in needed {
        match header.iter().filter(|known| *known == name).count() {
            1 => {}
            0 => {
                let problem = Problem::on(line, format!("column {name} is missing"));
                let near = did_you_mean(name, header.iter().map(String::as_str));
                problems.push(match near {
                    Some(near) => problem.help(format!("is it the one named {near}?")),
                    None => problem.help(format!("the file has {}", list_and(&header))),
                });
            }
            _ => problems.push(Problem::on(line, format!("column {name} stands twice"))),
        }
    }
    if problems.is_empty() {
        Ok(SheetRows { header, rows: rows.collect(), workbook, sheet })
    } else {
        Err(problems)
    }
}
