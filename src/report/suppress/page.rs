//! A report for the public as aligned text.

use std::fmt::Write;

use super::mask::Public;
use crate::report::csv::three;
use crate::report::{Cell, Sheet};
use crate::stats::{percent_text, proportion_text};
use crate::text::{clean, fit, fit_right, width};

/// What stands for a hidden number.
const STAR: &str = "*";

/// Columns that are only for programs.
const LEFT_OUT: [&str; 4] = ["suppressed", "bar", "note", "target"];

/// Labels wider than this are cut.
const WIDEST: usize = 40;

/// The report as aligned text under a title, with what is hidden said below.
pub fn public_text(title: &str, public: &Public, threshold: u64) -> String {
    let sheet = &public.sheet;
    let shown: Vec<usize> =
        (0..sheet.columns.len()).filter(|at| !LEFT_OUT.contains(&sheet.columns[*at].0)).collect();
    let is_label =
        |at: usize| sheet.rows.iter().all(|(_, cells)| matches!(cells[at], Cell::Text(_)));
    let labels: Vec<bool> = shown.iter().map(|at| is_label(*at)).collect();
    let head = sheet.groups.iter().chain(shown.iter().map(|at| &sheet.columns[*at].0));
    let mut lines = vec![head.map(|name| name.replace('_', " ")).collect::<Vec<_>>()];
    for (group, cells) in &sheet.rows {
        let group = group.iter().map(|value| match value.as_deref() {
            None => "All".to_owned(),
            Some("") => "(none)".to_owned(),
            Some(value) => clean(value).into_owned(),
        });
        lines.push(group.chain(shown.iter().map(|at| cell(&cells[*at]))).collect());
    }
    let columns = sheet.groups.len() + shown.len();
    let widest = |at: usize| lines.iter().map(|line| width(&line[at])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|at| widest(at).min(WIDEST)).collect();
    let mut out = format!("{} for the public\n\n", clean(title));
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            let groups = sheet.groups.len();
            let label = at < groups || labels.get(at - groups) == Some(&true);
            if label { fit(cell, *width) } else { fit_right(cell, *width) }
        });
        let text = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "  {}", text.trim_end());
    }
    out.push('\n');
    for line in not_computed(sheet) {
        let _ = writeln!(out, "  {line}");
    }
    out.push_str(&match sheet.rows.is_empty() && !public.left_out.is_empty() {
        true => "  Nothing of it could be published: its groups are too small.\n".to_owned(),
        false => legend(sheet, threshold),
    });
    out
}

/// Why rows that count nothing at all do, where the report says so: a line once.
fn not_computed(sheet: &Sheet) -> Vec<String> {
    let mut found = Vec::new();
    for (_, cells) in &sheet.rows {
        let counts = |cell: &Cell| match cell {
            Cell::Count(count) => *count > 0,
            cell => *cell == Cell::Hidden,
        };
        let note = sheet.columns.iter().position(|(name, _)| *name == "note");
        if let (Some(Cell::Note(Some(note))), Some(Cell::Text(id)), false) =
            (note.and_then(|at| cells.get(at)), cells.first(), cells.iter().any(counts))
        {
            let line = format!("{}: {}", clean(id), clean(note));
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    found
}

/// What the stars stand for.
fn legend(sheet: &Sheet, threshold: u64) -> String {
    let any = sheet.rows.iter().any(|(_, cells)| cells.contains(&Cell::Hidden));
    if !any {
        return "  Nothing had to be hidden.\n".to_owned();
    }
    let most = threshold - 1;
    format!(
        "  *  hidden: a count of 1 to {most}, a nothing that would tell of every case of its row,\n     \
         a larger count from which one of these could be worked out, or a percent made of one.\n     \
         A nothing that tells of nobody is shown as 0.\n"
    )
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => clean(text).into_owned(),
        Cell::Note(text) => clean(text.as_deref().unwrap_or_default()).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Share { x, n } => percent_text(*x, *n),
        Cell::Bound(bound) => bound.map(proportion_text).unwrap_or_default(),
        Cell::Figure(figure) => figure.map(three).unwrap_or_default(),
        Cell::Hidden => STAR.to_owned(),
        Cell::Names(names) => names.join(" "),
    }
}
