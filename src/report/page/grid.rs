//! Tables of a page.

use crate::report::csv::three;
use crate::report::{Cell, Sheet};
use crate::stats::{percent_cell, proportion_text};
use crate::text::clean;

/// A table: every row has as many cells as there are heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What it is of.
    pub caption: String,
    /// The columns.
    pub heads: Vec<Head>,
    /// The rows.
    pub rows: Vec<Vec<GridCell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub text: String,
    /// It holds numbers, which stand on the right.
    pub number: bool,
    /// Its cells name the row.
    pub names: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// What stands in it.
    pub text: String,
    /// It names the row.
    pub names: bool,
    /// It is a number.
    pub number: bool,
}

impl Grid {
    /// The table of a report: its columns in order, groups first.
    pub fn of(caption: &str, sheet: &Sheet) -> Self {
        let sample = sheet.rows.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        let named = sheet.columns.iter().zip(sample).position(|(_, cell)| !is_text(cell));
        let named = named.unwrap_or(sheet.columns.len()).min(2);
        let groups =
            sheet.groups.iter().map(|name| Head { text: words(name), number: false, names: true });
        let columns = sheet.columns.iter().enumerate().map(|(at, (name, _))| Head {
            text: words(name),
            number: sheet.rows.iter().any(|(_, cells)| !is_text(&cells[at])),
            names: at < named,
        });
        let heads: Vec<Head> = groups.chain(columns).collect();
        let rows = sheet.rows.iter().map(|(group, cells)| {
            let group = group.iter().map(|value| match value.as_deref() {
                None => "(all)".to_owned(),
                Some("") => "(none)".to_owned(),
                Some(value) => clean(value).into_owned(),
            });
            let texts = group.chain(cells.iter().map(text));
            let cell = |(text, head): (String, &Head)| GridCell {
                text,
                names: head.names,
                number: head.number,
            };
            texts.zip(&heads).map(cell).collect()
        });
        let rows = rows.collect();
        Self { caption: clean(caption).into_owned(), heads, rows }
    }

    /// A table of texts: the first column names the row, the others are numbers.
    pub fn matrix(caption: &str, heads: &[String], rows: Vec<(String, Vec<String>)>) -> Self {
        let heads = heads.iter().enumerate().map(|(at, text)| Head {
            text: clean(text).into_owned(),
            number: at > 0,
            names: at == 0,
        });
        let rows = rows.into_iter().map(|(name, cells)| {
            let name = GridCell { text: clean(&name).into_owned(), names: true, number: false };
            let cells = cells.into_iter().map(|text| GridCell {
                text: clean(&text).into_owned(),
                names: false,
                number: true,
            });
            std::iter::once(name).chain(cells).collect()
        });
        Self { caption: clean(caption).into_owned(), heads: heads.collect(), rows: rows.collect() }
    }

    /// A table of texts.
    pub fn words(caption: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        let heads: Vec<Head> = heads
            .iter()
            .enumerate()
            .map(|(at, text)| Head { text: (*text).to_owned(), number: false, names: at == 0 })
            .collect();
        let rows = rows.into_iter().map(|row| {
            let cell = |(at, text): (usize, String)| GridCell {
                text: clean(&text).into_owned(),
                names: at == 0,
                number: false,
            };
            row.into_iter().enumerate().map(cell).collect()
        });
        Self { caption: clean(caption).into_owned(), heads, rows: rows.collect() }
    }
}

/// A cell as a page shows it: percents with one decimal as everywhere.
pub(super) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => clean(text).into_owned(),
        Cell::Note(text) => clean(text.as_deref().unwrap_or_default()).into_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Share { x, n } => percent_cell(*x, *n),
        Cell::Bound(bound) => bound.map_or_else(String::new, proportion_text),
        Cell::Hidden => "*".to_owned(),
        Cell::Names(names) => names.join(" "),
        Cell::Figure(figure) => figure.map_or_else(String::new, three),
    }
}

fn is_text(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(_) | Cell::Note(_))
}

/// A column's name in words.
fn words(name: &str) -> String {
    match name {
        "percent" => "%".to_owned(),
        "low" => "from %".to_owned(),
        "high" => "to %".to_owned(),
        "bar" | "target" | "goal" => format!("{name} %"),
        "percent_agreement" => "% same".to_owned(),
        "ac1" => "AC1".to_owned(),
        "margin" | "since_baseline" => format!("{}, points", name.replace('_', " ")),
        "points_to_goal" => "to goal, points".to_owned(),
        "cases_to_goal" => "to goal, cases".to_owned(),
        "state_percent" => "state %".to_owned(),
        "ani" => "ANI".to_owned(),
        "na" => "NA".to_owned(),
        name => name.replace('_', " "),
    }
}
