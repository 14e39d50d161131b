//! Where on a sheet the table starts.

use std::io::{Read, Seek};

use super::rows::Rows;
use super::{Workbook, cell};
use crate::exchange::FrameError;
use crate::sampling::Mapping;

/// Filled rows in which the header is looked for: below titles, notes and logos.
pub(super) const SEARCHED: usize = 20;

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Its row, from 0; of two the first.
    pub(super) row: u32,
    /// The last row that belongs to it.
    pub(super) last_row: u32,
    /// Column names from column A on.
    pub(super) names: Vec<String>,
    /// Columns of the plan found in it.
    pub(super) matches: usize,
    /// Whether that is all of them.
    pub(super) complete: bool,
}

/// Finds the first row that names all columns of the plan, else the one that names most. A
/// name may stand in a cell merged with the blank one below it.
pub(super) fn find_header<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    sheet: &str,
    mapping: &Mapping,
) -> Result<Option<Header>, FrameError> {
    let rows = first_rows(workbook, sheet)?;
    let mut best: Option<Header> = None;
    for (at, (row, own)) in rows.iter().enumerate() {
        let above = at.checked_sub(1).map(|at| &rows[at]).filter(|(above, _)| above + 1 == *row);
        let plain = header(*row, own.clone(), mapping);
        let merged = above.map(|(_, names)| header(*row, joined(names, own), mapping));
        let found = match merged {
            Some(merged) if merged.matches > plain.matches && plain.matches > 0 => merged,
            _ => plain,
        };
        if best.as_ref().is_none_or(|best| found.matches > best.matches) {
            best = Some(found);
        }
        if best.as_ref().is_some_and(|best| best.complete) {
            break;
        }
    }
    Ok(best.map(|best| with_second_row(best, &rows, mapping)))
}

fn header(row: u32, names: Vec<String>, mapping: &Mapping) -> Header {
    let wanted = mapping.columns().count();
    let matches =
        mapping.columns().filter(|(_, column)| names.iter().any(|name| name == column)).count();
    Header { row, last_row: row, names, matches, complete: matches == wanted }
}

/// A row's names, where it is blank those of the row above.
fn joined(above: &[String], own: &[String]) -> Vec<String> {
    let blank = String::new();
    (0..above.len().max(own.len()))
        .map(|at| match (own.get(at).unwrap_or(&blank), above.get(at).unwrap_or(&blank)) {
            (own, above) if own.is_empty() => above.clone(),
            (own, _) => own.clone(),
        })
        .collect()
}

/// The row right below belongs to the header when it has nothing in any column of the plan:
/// names below a merged one.
fn with_second_row(mut header: Header, rows: &[(u32, Vec<String>)], mapping: &Mapping) -> Header {
    let Some((row, below)) = rows.iter().find(|(row, _)| *row == header.row + 1) else {
        return header;
    };
    let is_mapped = |name: &str| mapping.columns().any(|(_, column)| column == name);
    let sub = header.complete
        && (header.names.iter().enumerate())
            .filter(|(_, name)| is_mapped(name))
            .all(|(at, _)| below.get(at).is_none_or(String::is_empty));
    if sub {
        header.last_row = *row;
        header.names.resize(header.names.len().max(below.len()), String::new());
        for (name, below) in header.names.iter_mut().zip(below) {
            if !below.is_empty() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(below);
            }
        }
    }
    header
}

/// The first filled rows as texts, with their numbers.
pub(super) fn first_rows<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    sheet: &str,
) -> Result<Vec<(u32, Vec<String>)>, FrameError> {
    let mut found = Vec::new();
    let mut rows = Rows::open(workbook, sheet)?;
    while found.len() < SEARCHED
        && let Some(row) = rows.next_row()?
    {
        let width = rows.cells().last().map_or(0, |(column, _, _)| column + 1);
        let mut texts = vec![String::new(); width];
        for (column, value, style) in rows.cells() {
            // What can't be written is no name.
            let _ = cell::write(value, rows.format(*style), None, false, &mut texts[*column]);
        }
        found.push((row, texts));
    }
    Ok(found)
}
