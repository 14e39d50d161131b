//! Rows as files hold them: a JSON list of tables, a key a column.

use std::collections::BTreeMap;

use crate::instrument::{CaseTypeIx, CodeSet, Column, Kind, Question};
use crate::text::did_you_mean;

use super::value::{BadValue, parse_kind, write_kind};

/// A row: column id -> cell, written as the answer to a question of that kind is written.
/// `COLUMN.text` holds the text that an option such as `other` asks for.
pub type Row = BTreeMap<String, String>;

/// Key of the text that an option of a column asks for.
pub fn text_key(column: &Column) -> String {
    format!("{}.text", column.id)
}

/// The options a cell names, by their positions; none where the column has no options or the
/// cell is empty.
pub fn cell_codes(column: &Column, row: &Row) -> CodeSet {
    let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else {
        return CodeSet::EMPTY;
    };
    let cell = row.get(&column.id).map(String::as_str).unwrap_or_default();
    cell.split(';')
        .filter_map(|code| options.iter().position(|option| option.code == code))
        .fold(CodeSet::EMPTY, |set, position| set.with(CodeSet::one(position)))
}

/// Whether the cell names an option that asks for a text beside it.
pub fn cell_asks_for_text(column: &Column, row: &Row) -> bool {
    let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else { return false };
    cell_codes(column, row).positions().any(|position| options[position].needs_text)
}

/// Reads what is given to a cell and writes it in its one form, for a case of the type.
///
/// # Errors
/// [`BadValue`] when the column doesn't take it.
pub fn read_cell(column: &Column, case_type: CaseTypeIx, text: &str) -> Result<String, BadValue> {
    parse_kind(&column.title, &column.kind, column.ticks, Some(case_type), text)
        .map(|value| write_kind(&column.kind, &value))
}

/// Reads rows and every cell of them.
pub(super) fn parse(
    question: &Question,
    case_type: Option<CaseTypeIx>,
    text: &str,
) -> Result<Vec<Row>, BadValue> {
    let id = question.id();
    let bad = |message: String, help: &str| BadValue { message, help: Some(help.to_owned()) };
    let Kind::Table { columns, most, .. } = question.kind() else { return Ok(Vec::new()) };
    let mut rows: Vec<Row> = serde_json::from_str(text).map_err(|_| {
        bad(
            format!("the rows of {id} can't be read"),
            "write them as [{\"COLUMN\":\"CELL\"}], a pair of braces a row",
        )
    })?;
    if rows.len() > *most {
        return Err(bad(
            format!("{id} has {} rows; it takes at most {most}", rows.len()),
            "take some out",
        ));
    }
    for (at, row) in rows.iter_mut().enumerate() {
        // An empty cell is a cell left out.
        row.retain(|_, cell| !cell.is_empty());
        for (key, cell) in row.iter() {
            check_cell(id, at + 1, columns, case_type, key, cell)?;
        }
    }
    Ok(rows)
}

fn check_cell(
    id: &str,
    number: usize,
    columns: &[Column],
    case_type: Option<CaseTypeIx>,
    key: &str,
    cell: &str,
) -> Result<(), BadValue> {
    let place = format!("{id}[{number}].{key}");
    let here = |column: &Column| case_type.is_none_or(|of| column.case_types.has(of));
    let column = columns.iter().find(|column| column.id == key);
    if let Some(column) = column.filter(|column| here(column)) {
        return parse_kind(&place, &column.kind, column.ticks, case_type, cell).map(|_| ());
    }
    let texted = key.strip_suffix(".text").and_then(|id| columns.iter().find(|c| c.id == id));
    if let Some(Kind::Choice(options) | Kind::Checklist(options)) = texted.map(|c| &c.kind)
        && options.iter().any(|option| option.needs_text)
    {
        return Ok(());
    }
    let known: Vec<&str> = columns.iter().filter(|c| here(c)).map(|c| c.id.as_str()).collect();
    let help = match did_you_mean(key, known.iter().copied()) {
        Some(near) if column.is_none() => format!("did you mean {near}?"),
        _ => format!("its columns are {}", known.join(", ")),
    };
    Err(BadValue { message: format!("{place} is not a cell of {id}"), help: Some(help) })
}

/// Writes rows as [`parse`] reads them, in one line.
pub(super) fn write(rows: &[Row]) -> String {
    serde_json::to_string(rows).expect("rows are lists of texts")
}
