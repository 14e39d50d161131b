//! Rows of a spreadsheet made rows of ratings, by a mapping.

use std::ops::Range;
use std::sync::Arc;

use super::mapping::{COLUMNS, INSTRUMENT, ITEM, RATING, RatingsMapping, folded};
use super::sheet::SheetRows;
use crate::exchange::import_ratings::check;
use crate::exchange::workbook::column_letters;
use crate::exchange::{Instruments, Problem, Row};
use crate::instrument::Instrument;

/// Calls `each` with every rating, its columns in the order of the plain file. A value that is
/// none becomes a problem with its row and column, and its rating is passed over.
pub(in crate::exchange) fn translate(
    mapping: &RatingsMapping,
    sheet: &SheetRows,
    instruments: &dyn Instruments,
    problems: &mut Vec<Problem>,
    mut each: impl FnMut(Row<'_>, &mut Vec<Problem>),
) {
    let place = |name: &String| sheet.header.iter().position(|known| known == name);
    let places = mapping.columns.each_ref().map(|name| name.as_ref().and_then(place));
    let items: Vec<(&str, usize)> = mapping
        .items
        .iter()
        .filter_map(|(id, column)| Some((id.as_str(), place(column)?)))
        .collect();
    let mut translator =
        Translator { mapping, sheet, instruments, known: None, places, above: Default::default() };
    for (line, cells) in &sheet.rows {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let Some(mut values) = translator.values(cell) else { continue };
        let mut ratings: Vec<(String, String, usize)> = Vec::new();
        if items.is_empty() {
            let at = places[RATING].or(places[ITEM]).unwrap_or(0);
            ratings.push((values[ITEM].clone(), values[RATING].clone(), at));
        } else {
            for (id, at) in &items {
                let rating = translator.meant(RATING, cell(*at));
                if !rating.is_empty() {
                    ratings.push(((*id).to_owned(), rating, *at));
                }
            }
        }
        let before = problems.len();
        translator.check_facts(*line, &values, problems);
        for (item, rating, at) in ratings {
            let column = |own: usize| places[own].unwrap_or(at);
            let sound = problems.len();
            translator.check(*line, column(ITEM), ITEM, &item, problems);
            translator.check(*line, column(RATING), RATING, &rating, problems);
            if problems.len() > sound || sound > before && items.is_empty() {
                continue;
            }
            values[ITEM] = item;
            values[RATING] = rating;
            if problems.len() == before {
                let (record, ranges) = joined(&values);
                each(Row::of(*line, &record, &ranges), problems);
            }
        }
    }
}

struct Translator<'t> {
    mapping: &'t RatingsMapping,
    sheet: &'t SheetRows,
    instruments: &'t dyn Instruments,
    /// The instrument met last.
    known: Option<(String, Option<Arc<Instrument>>)>,
    places: [Option<usize>; COLUMNS.len()],
    /// What stood in each column above.
    above: [String; COLUMNS.len()],
}

impl<'t> Translator<'t> {
    /// What a row says in each of our columns; none where it is to be passed over.
    fn values<'c>(&mut self, cell: impl Fn(usize) -> &'c str) -> Option<[String; COLUMNS.len()]> {
        let mut values: [String; COLUMNS.len()] = Default::default();
        for (at, value) in values.iter_mut().enumerate() {
            let Some(place) = self.places[at] else {
                *value = self.mapping.constants[at].clone().unwrap_or_default();
                continue;
            };
            let mut word = cell(place).to_owned();
            if self.mapping.fill_down[at] {
                if word.is_empty() {
                    word.clone_from(&self.above[at]);
                } else {
                    self.above[at].clone_from(&word);
                }
            }
            if self.mapping.skip[at].contains(&folded(&word)) {
                return None;
            }
            *value = self.meant(at, &word);
        }
        Some(values)
    }

    /// What a word of the file means in one of our columns.
    fn meant(&self, at: usize, word: &str) -> String {
        let meant = self.mapping.values[at].get(&folded(word));
        meant.map_or_else(|| word.to_owned(), String::clone)
    }

    /// Checks everything but item and rating, each with its column.
    fn check_facts(
        &mut self,
        line: u64,
        values: &[String; COLUMNS.len()],
        problems: &mut Vec<Problem>,
    ) {
        let id = &values[INSTRUMENT];
        if self.known.as_ref().is_none_or(|(known, _)| known != id) {
            self.known = Some((id.clone(), self.instruments.find(id)));
        }
        for (at, value) in values.iter().enumerate() {
            if at != ITEM && at != RATING {
                self.check(line, self.places[at].unwrap_or(usize::MAX), at, value, problems);
            }
        }
    }

    fn check(&self, line: u64, place: usize, at: usize, value: &str, problems: &mut Vec<Problem>) {
        let instrument = self.known.as_ref().and_then(|(_, found)| found.as_deref());
        let Err(problem) = check(self.instruments, instrument, COLUMNS[at], value) else { return };
        let column = match self.sheet.header.get(place) {
            Some(name) if self.sheet.workbook => {
                format!("cell {}{line} ({name})", column_letters(place))
            }
            Some(name) => format!("column {name}"),
            None => format!("constant {}", COLUMNS[at]),
        };
        let help = problem.help.clone();
        let mut found = Problem::on(line, format!("{column}: {}", problem.message));
        // A word of the agency's own is no slip in ours.
        found.help = match (at, place < self.sheet.header.len()) {
            (ITEM | RATING | 3 | 4 | 8, true) if !value.is_empty() => Some(format!(
                "{}, or say what it means under [values.{}] of the mapping",
                help.unwrap_or_default(),
                COLUMNS[at]
            )),
            _ => help,
        };
        problems.push(found);
    }
}

/// The values one after the other, and where each lies.
fn joined(values: &[String; COLUMNS.len()]) -> (String, [Option<Range<usize>>; COLUMNS.len()]) {
    let mut record = String::new();
    let ranges = values.each_ref().map(|value| {
        let start = record.len();
        record.push_str(value);
        Some(start..record.len())
    });
    (record, ranges)
}
