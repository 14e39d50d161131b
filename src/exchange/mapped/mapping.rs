//! A mapping file, checked.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Problems, Table, single, texts};
use crate::text::did_you_mean;

/// Our columns of a row of ratings, in the order of the plain file.
pub(super) const COLUMNS: [&str; 11] = [
    "case",
    "region",
    "county",
    "case_type",
    "period",
    "instrument",
    "item",
    "rating",
    "review_kind",
    "round",
    "sample_id",
];
pub(super) const INSTRUMENT: usize = 5;
pub(super) const ITEM: usize = 6;
pub(super) const RATING: usize = 7;
/// The first that may be left out.
pub(super) const OPTIONAL: usize = 8;

/// Which column of a spreadsheet is what.
#[derive(Debug, Clone, Default)]
pub struct RatingsMapping {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// By our column the file's.
    pub(super) columns: [Option<String>; COLUMNS.len()],
    /// By our column the value of all rows.
    pub(super) constants: [Option<String>; COLUMNS.len()],
    /// By our column the file's words, in lower case, and what they mean.
    pub(super) values: [BTreeMap<String, String>; COLUMNS.len()],
    /// By our column the words of rows that are passed over, in lower case.
    pub(super) skip: [Vec<String>; COLUMNS.len()],
    /// Our columns in which a blank cell means the value above.
    pub(super) fill_down: [bool; COLUMNS.len()],
    /// Item id and its column, in files with a column per item.
    pub(super) items: Vec<(String, String)>,
}

/// A mapping, or what keeps it from being one.
#[derive(Debug, Clone)]
pub struct CheckedMapping {
    /// The mapping, unless there is a problem.
    pub mapping: Option<RatingsMapping>,
    /// Every problem, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks the text of a mapping file.
pub fn check_mapping(text: &str) -> CheckedMapping {
    let problems = Problems::default();
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let problem = Diagnostic::error("syntax", error.message().trim().to_lowercase());
        problems.add(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        });
    }
    let mapping = read(&Table::file("mapping", document.get_ref(), &problems));
    let diagnostics = problems.into_sorted();
    CheckedMapping { mapping: diagnostics.is_empty().then_some(mapping), diagnostics }
}

fn read(file: &Table<'_>) -> RatingsMapping {
    file.only(&["file", "columns", "items", "constants", "values", "skip"]);
    let mut mapping = RatingsMapping::default();
    let place = |name: &str| COLUMNS.iter().position(|column| *column == name);
    if let Some(table) = single(file, "file", &["instrument", "sheet", "fill-down"]) {
        mapping.sheet = table.text("sheet").map(str::to_owned);
        mapping.constants[INSTRUMENT] = table.text("instrument").map(str::to_owned);
        let list = table.get("fill-down").map(|value| texts(&table, "fill-down", value));
        for (name, at) in list.unwrap_or_default() {
            match place(name) {
                Some(at) => mapping.fill_down[at] = true,
                None => unknown(&table, name, at),
            }
        }
    }
    if let Some(table) = single(file, "columns", &COLUMNS) {
        for (name, _, value) in table.entries() {
            let text = table.as_text(name, value);
            if let (Some(at), Some(text)) = (place(name), text) {
                mapping.columns[at] = Some(one_blank(text));
            }
        }
    }
    if let Some(table) = single(file, "constants", &COLUMNS) {
        for (name, _, value) in table.entries() {
            let text = table.as_text(name, value);
            if let (Some(at), Some(text)) = (place(name), text) {
                mapping.constants[at] = Some(text.to_owned());
            }
        }
    }
    if let Some(table) = file.table("items") {
        for (id, _, value) in table.entries() {
            if let Some(column) = table.as_text(id, value) {
                mapping.items.push((id.to_owned(), one_blank(column)));
            }
        }
    }
    if let Some(table) = single(file, "values", &COLUMNS) {
        for (name, _, value) in table.entries() {
            let (Some(at), Some(inner)) = (place(name), table.as_table(name, value)) else {
                continue;
            };
            for (word, _, value) in inner.entries() {
                if let Some(code) = inner.as_text(word, value) {
                    mapping.values[at].insert(folded(word), code.to_owned());
                }
            }
        }
    }
    if let Some(table) = single(file, "skip", &COLUMNS) {
        for (name, _, value) in table.entries() {
            let Some(at) = place(name) else { continue };
            let words = match value.get_ref() {
                DeValue::String(word) => vec![folded(word)],
                _ => texts(&table, name, value).into_iter().map(|(w, _)| folded(w)).collect(),
            };
            mapping.skip[at].extend(words);
        }
    }
    whole(file, &mapping);
    mapping
}

/// What a mapping must say, and must not say twice.
fn whole(file: &Table<'_>, mapping: &RatingsMapping) {
    let wide = !mapping.items.is_empty();
    let told = |at: usize| mapping.columns[at].is_some() || mapping.constants[at].is_some();
    let say = |code, message: String, help: &str| {
        file.problems.add(Diagnostic::error(code, message).at(0..0).help(help));
    };
    for (at, name) in COLUMNS.iter().enumerate() {
        if mapping.columns[at].is_some() && mapping.constants[at].is_some() {
            let message = format!("{name} is both a column and a constant");
            say("told-twice", message, "keep one of them");
        }
        if at >= OPTIONAL || told(at) || (wide && (at == ITEM || at == RATING)) {
            continue;
        }
        let message = format!("the mapping does not say what {name} is");
        let help = match at {
            ITEM | RATING => {
                "name its column under [columns], or the column of each item under [items]"
            }
            INSTRUMENT => "give instrument under [file]",
            _ => "name its column under [columns], or its value under [constants]",
        };
        say("missing-column", message, help);
    }
    if wide && (told(ITEM) || told(RATING)) {
        say(
            "told-twice",
            "[items] gives each item a column, and item or rating is told as well".to_owned(),
            "a file has a row or a column per item: keep one of them",
        );
    }
}

fn unknown(table: &Table<'_>, name: &str, at: std::ops::Range<usize>) {
    let message = format!("ratings have no column {name}");
    let near = did_you_mean(name, COLUMNS);
    let mut problem = Diagnostic::error("unknown-column", message).at(at).did_you_mean(near);
    if near.is_none() {
        problem = problem.help(format!("known here: {}", COLUMNS.join(", ")));
    }
    table.problems.add(problem);
}

/// A name with single blanks: headers of spreadsheets hold line ends.
pub(super) fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word as it is compared.
pub(super) fn folded(word: &str) -> String {
    one_blank(word).to_lowercase()
}

impl RatingsMapping {
    /// The file's columns that must be there.
    pub(super) fn needed(&self) -> Vec<&str> {
        let items = self.items.iter().map(|(_, column)| column);
        let mut names: Vec<&str> =
            self.columns.iter().flatten().chain(items).map(String::as_str).collect();
        let mut seen = Vec::new();
        names.retain(|name| {
            let new = !seen.contains(name);
            seen.push(*name);
            new
        });
        names
    }
}
