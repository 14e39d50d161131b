//! Counting what is no final reading, such as cases and alerts, by what is known of it.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::counting::Beside;
use super::put;
use crate::cli::{Failure, Global};
use crate::report::{Column, Query, Shape, ShareRow, ShareTable, shares_text};
use crate::text::{count, list_or};

/// Counts by group: the first is of all, the last of those the share is of.
pub struct Tallied<'q, const N: usize> {
    query: &'q Query,
    known: &'static [Column],
    groups: BTreeMap<Vec<String>, [u64; N]>,
    total: [u64; N],
}

impl<'q, const N: usize> Tallied<'q, N> {
    /// Nothing counted yet. `what` begins the message where a column is asked for that is not
    /// `known` of it: "alerts are".
    ///
    /// # Errors
    /// Exit 2 for such a column.
    pub fn new(query: &'q Query, known: &'static [Column], what: &str) -> Result<Self, Failure> {
        let filters = query.filters.iter().map(|filter| ("--where", filter.column));
        for (option, column) in query.by.iter().map(|by| ("--by", *by)).chain(filters) {
            if !known.contains(&column) {
                let names: Vec<&str> = known.iter().map(|column| column.name()).collect();
                return Err(Failure::BadInput(format!(
                    "error: {option} {}: {what} not counted by it\n  help: it is {}",
                    column.name(),
                    list_or(&names)
                )));
            }
        }
        Ok(Self { query, known, groups: BTreeMap::new(), total: [0; N] })
    }

    /// Counts one in where the filters keep it: among all, and at each of `places`. Whether
    /// they do.
    pub fn add(&mut self, fact: impl Fn(Column) -> String, places: &[usize]) -> bool {
        let filters = &self.query.filters;
        let keeps = |column: &Column| {
            let mut wanted = filters.iter().filter(|f| f.column == *column).peekable();
            wanted.peek().is_none() || {
                let value = fact(*column);
                wanted.any(|filter| filter.value == value)
            }
        };
        if !self.known.iter().all(keeps) {
            return false;
        }
        let group = self.query.by.iter().map(|column| fact(*column)).collect();
        let counts = self.groups.entry(group).or_insert([0; N]);
        for counts in [counts, &mut self.total] {
            counts[0] += 1;
            places.iter().for_each(|place| counts[*place] += 1);
        }
        true
    }

    /// The report; `readings` is the place of the count that its heading names, with what it is
    /// of: one, several.
    pub fn table(
        self,
        shape: &'static Shape,
        (readings, [one, several]): (usize, [&str; 2]),
    ) -> ShareTable {
        let row = |group: Vec<Option<String>>, counts: [u64; N]| ShareRow {
            group,
            keys: Vec::new(),
            counts: counts.to_vec(),
            x: counts[N - 1],
            n: counts[0],
            interval: None,
            target: None,
            note: None,
        };
        let groups = self.groups.into_iter();
        let mut rows: Vec<ShareRow> = groups
            .map(|(group, counts)| row(group.into_iter().map(Some).collect(), counts))
            .collect();
        if self.query.total && !self.query.by.is_empty() && !rows.is_empty() {
            rows.push(row(vec![None; self.query.by.len()], self.total));
        }
        ShareTable {
            shape,
            columns: self.query.by.clone(),
            readings: self.total[readings],
            counted: count(self.total[readings] as usize, one, several),
            drafts: false,
            instruments: Vec::new(),
            level: self.query.level,
            rows,
        }
    }
}

/// Prints a report, or says that there is `nothing`.
///
/// # Errors
/// As [`put`].
pub fn put_shares(
    global: &Global,
    asked: &Asked,
    table: &ShareTable,
    nothing: &str,
) -> Result<(), Failure> {
    let mut beside = Beside::default();
    if table.rows.is_empty() {
        beside.said.push(format!("nothing to report: {nothing}"));
    }
    let text = || if table.rows.is_empty() { String::new() } else { shares_text(table) };
    put(global, asked, table.shape.title, text, &table.sheet(), &beside)
}
