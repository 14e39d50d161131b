//! A TOML table being read key by key; what nobody asked for is a problem.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::{Diagnostic, toml_kind};
use crate::text::did_you_mean;

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A thing with its place in the file.
pub(super) type Placed<T> = (T, Range<usize>);

/// Where problems are gathered.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Diagnostic>>);

impl Problems {
    pub(super) fn add(&self, problem: Diagnostic) {
        self.0.borrow_mut().push(problem);
    }
    /// In the order of the text.
    pub(super) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.0.into_inner();
        list.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        list
    }
}

/// A table being read.
pub(super) struct Table<'t> {
    name: String,
    entries: Vec<(&'t Spanned<DeString<'t>>, &'t Value<'t>)>,
    pub(super) problems: &'t Problems,
}

impl<'t> Table<'t> {
    pub(super) fn new(name: &str, table: &'t DeTable<'t>, problems: &'t Problems) -> Self {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Self { name: name.to_owned(), entries, problems }
    }

    /// A table that may be left out.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }
    pub(super) fn as_table(&self, key: &str, value: &'t Value<'t>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => {
                let name = if self.name.is_empty() {
                    key.to_owned()
                } else {
                    format!("{}.{key}", self.name)
                };
                Some(Self::new(&name, table, self.problems))
            }
            _ => {
                self.wrong_type(key, "a table", value);
                None
            }
        }
    }
    pub(super) fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.entries.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| *value)
    }
    /// Every key with its place and value, in the order of the file.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Value<'t>)> {
        self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), *value))
    }

    /// A text that isn't empty, blanks at the ends taken off.
    pub(super) fn as_text(&self, key: &str, value: &'t Value<'t>) -> Option<&'t str> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, "a text in quotation marks", value);
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            let message = format!("{} is empty", self.full(key));
            self.problems.add(Diagnostic::error("empty-text", message).at(value.span()));
            return None;
        }
        Some(text)
    }

    /// A whole number from `least` up.
    pub(super) fn as_count(&self, key: &str, value: &Value<'_>, least: u64) -> Option<u64> {
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_type(key, "a whole number", value);
            return None;
        };
        // Far beyond any frame; arithmetic on sums stays exact.
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok().map(u64::from);
        let number = number.filter(|number| *number >= least);
        if number.is_none() {
            let message = format!("{} can't be {integer}", self.full(key));
            let help = format!("give a whole number from {least} to {}", u32::MAX);
            self.problems.add(Diagnostic::error("bad-number", message).at(value.span()).help(help));
        }
        number
    }
    pub(super) fn count(&self, key: &str, least: u64) -> Option<u64> {
        self.get(key).and_then(|value| self.as_count(key, value, least))
    }

    /// Reports keys that are not in `known`.
    pub(super) fn only(&self, known: &[&str]) {
        for (key, span, _) in self.entries() {
            // A key without a name is a fault of syntax, reported already.
            if known.contains(&key) || key.is_empty() {
                continue;
            }
            let message = if self.name.is_empty() {
                format!("a plan has no table {key}")
            } else {
                format!("{} has no key {key}", self.name)
            };
            let absent = known.iter().copied().filter(|known| self.get(known).is_none());
            let near = did_you_mean(key, absent);
            let mut problem = Diagnostic::error("unknown-key", message).at(span).did_you_mean(near);
            if near.is_none() {
                problem = problem.help(format!("known here: {}", known.join(", ")));
            }
            self.problems.add(problem);
        }
    }

    pub(super) fn wrong_type(&self, key: &str, wanted: &str, value: &Value<'_>) {
        let found = toml_kind(value.get_ref());
        let message = format!("{} must be {wanted}, not {found}", self.full(key));
        self.problems.add(Diagnostic::error("wrong-type", message).at(value.span()));
    }

    pub(super) fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

/// A table with a closed list of keys.
pub(super) fn single<'t>(file: &Table<'t>, key: &str, known: &[&str]) -> Option<Table<'t>> {
    let table = file.table(key)?;
    table.only(known);
    Some(table)
}

/// A list of texts.
pub(super) fn texts<'t>(
    table: &Table<'t>,
    key: &str,
    value: &'t Value<'t>,
) -> Vec<Placed<&'t str>> {
    let DeValue::Array(list) = value.get_ref() else {
        table.wrong_type(key, "a list of texts", value);
        return Vec::new();
    };
    list.iter()
        .filter_map(|entry| table.as_text(key, entry).map(|text| (text, entry.span())))
        .collect()
}
