//! Tables of a page.

use crate::report::csv::three;
use crate::report::{Cell, Sheet};
use crate::stats::{percent_cell, proportion_text};
use crate::text::{clean, width};

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
    /// It is longer than a word or two, and wants a wider column.
    pub long: bool,
}

/// Columns from which a text is long.
const LONG: usize = 16;

impl GridCell {
    fn new(text: &str, names: bool, number: bool) -> Self {
        let text = clean(text).into_owned();
        let long = !number && width(&text) >= LONG;
        Self { text, names, number, long }
    }
}

impl Grid {
    /// The table of a report: its columns in order, groups first.
    pub fn of(caption: &str, sheet: &Sheet) -> Self {
        // What is hidden is a `*` on a page; the column that names it is for programs.
        let names: Vec<&str> = sheet.columns.iter().map(|(name, _)| *name).collect();
        let without;
        let sheet = if names.contains(&"suppressed") {
            let kept: Vec<&str> = names.into_iter().filter(|name| *name != "suppressed").collect();
            without = sheet.only(&kept);
            &without
        } else {
            sheet
        };
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
            let cell =
                |(text, head): (String, &Head)| GridCell::new(&text, head.names, head.number);
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
            let name = GridCell::new(&name, true, false);
            let cells = cells.into_iter().map(|text| GridCell::new(&text, false, true));
            std::iter::once(name).chain(cells).collect()
        });
        Self { caption: clean(caption).into_owned(), heads: heads.collect(), rows: rows.collect() }
    }

    /// The same with numbers from this column on; those before name the row.
    pub fn with_numbers(mut self, from: usize) -> Self {
        for (at, head) in self.heads.iter_mut().enumerate() {
            (head.names, head.number) = (at < from, at >= from);
        }
        for row in &mut self.rows {
            for (at, cell) in row.iter_mut().enumerate() {
                (cell.names, cell.number) = (at < from, at >= from);
                cell.long &= !cell.number;
            }
        }
        self
    }

    /// A table of texts.
    pub fn words(caption: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        let heads: Vec<Head> = heads
            .iter()
            .enumerate()
            .map(|(at, text)| Head { text: (*text).to_owned(), number: false, names: at == 0 })
            .collect();
        let rows = rows.into_iter().map(|row| {
            let cell = |(at, text): (usize, String)| GridCell::new(&text, at == 0, false);
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
        "estimate" => "estimate %".to_owned(),
        "estimate_low" => "estimate from %".to_owned(),
        "estimate_high" => "estimate to %".to_owned(),
        "margin" | "error" | "since_baseline" => format!("{}, points", name.replace('_', " ")),
        "points_to_goal" => "to goal, points".to_owned(),
        "cases_to_goal" => "to goal, cases".to_owned(),
        "state_percent" => "state %".to_owned(),
        "ani" => "ANI".to_owned(),
        "na" => "NA".to_owned(),
        name => name.replace('_', " "),
    }
}
