//! CSV: percents 0 to 100 with one decimal, undefined empty, no cell a spreadsheet would run.

use super::{Cell, Sheet};
use crate::stats;
use crate::text::guard;

/// What stands in a group column of a total row.
const ALL: &str = "(all)";

/// The sheet as CSV with a header row.
pub fn render(sheet: &Sheet) -> String {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    let header = sheet.groups.iter().copied().chain(sheet.columns.iter().map(|(name, _)| *name));
    write(&mut out, header.map(str::to_owned));
    for (group, cells) in &sheet.rows {
        let group = group.iter().map(|value| guard(value.as_deref().unwrap_or(ALL)).into_owned());
        write(&mut out, group.chain(cells.iter().map(cell)));
    }
    let bytes = out.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("CSV of strings is UTF-8")
}

fn write(out: &mut ::csv::Writer<Vec<u8>>, record: impl Iterator<Item = String>) {
    out.write_record(record.collect::<Vec<_>>()).expect("rows are as long as the header");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guard(text).into_owned(),
        Cell::Note(text) => guard(text.as_deref().unwrap_or_default()).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Share { x, n } => stats::percent_cell(*x, *n),
        Cell::Hidden => String::new(),
        Cell::Names(names) => names.join(";"),
        Cell::Bound(bound) => bound.map(stats::proportion_text).unwrap_or_default(),
        Cell::Figure(figure) => figure.map(three).unwrap_or_default(),
    }
}

/// Three decimals, and no sign before nothing.
pub(super) fn three(value: f64) -> String {
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}
