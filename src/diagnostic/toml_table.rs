//! A TOML table being read key by key; what nobody asked for is a problem.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Diagnostic, toml_kind};
use crate::text::did_you_mean;

/// A value with its place in the file.
pub type Value<'t> = Spanned<DeValue<'t>>;

/// A thing with its place in the file.
pub type Placed<T> = (T, Range<usize>);

/// Where problems are gathered.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Diagnostic>>);

impl Problems {
    /// One more.
    pub fn add(&self, problem: Diagnostic) {
        self.0.borrow_mut().push(problem);
    }
    /// In the order of the text.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.0.into_inner();
        list.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        list
    }
}

/// A table being read.
pub struct Table<'t> {
    /// What the file is called in a message: "plan".
    whole: &'static str,
    name: String,
    entries: Vec<(&'t Spanned<DeString<'t>>, &'t Value<'t>)>,
    /// Where its problems go.
    pub problems: &'t Problems,
}

impl<'t> Table<'t> {
    /// The whole file, which messages call `whole`: "plan".
    pub fn file(whole: &'static str, table: &'t DeTable<'t>, problems: &'t Problems) -> Self {
        Self::new(whole, "", table, problems)
    }

    fn new(
        whole: &'static str,
        name: &str,
        table: &'t DeTable<'t>,
        problems: &'t Problems,
    ) -> Self {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Self { whole, name: name.to_owned(), entries, problems }
    }

    /// A table that may be left out.
    pub fn table(&self, key: &str) -> Option<Self> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }
    /// A value that must be a table.
    pub fn as_table(&self, key: &str, value: &'t Value<'t>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => {
                let name = if self.name.is_empty() {
                    key.to_owned()
                } else {
                    format!("{}.{key}", self.name)
                };
                Some(Self::new(self.whole, &name, table, self.problems))
            }
            _ => {
                self.wrong_type(key, "a table", value);
                None
            }
        }
    }
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.entries.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| *value)
    }
    /// Every key with its place and value, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Value<'t>)> {
        self.entries.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), *value))
    }

    /// A text that isn't empty, blanks at the ends taken off.
    pub fn as_text(&self, key: &str, value: &'t Value<'t>) -> Option<&'t str> {
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
    pub fn as_count(&self, key: &str, value: &Value<'_>, least: u64) -> Option<u64> {
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
    /// [`as_count`](Self::as_count) of a key that may be left out.
    pub fn count(&self, key: &str, least: u64) -> Option<u64> {
        self.get(key).and_then(|value| self.as_count(key, value, least))
    }

    /// A number between two others, whole or not.
    pub fn number(&self, key: &str, least: f64, most: f64) -> Option<f64> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(key, "a number", value);
                return None;
            }
        };
        let number = text.replace('_', "").parse().ok();
        let number = number.filter(|number: &f64| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{} can't be {text}", self.full(key));
            let help = format!("give a number from {least} to {most}");
            self.problems.add(Diagnostic::error("bad-number", message).at(value.span()).help(help));
        }
        number
    }

    /// True or false; false where it is left out.
    pub fn flag(&self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong_type(key, "true or false", value);
        false
    }

    /// A text that may be left out.
    pub fn text(&self, key: &str) -> Option<&'t str> {
        self.as_text(key, self.get(key)?)
    }

    /// A text that must be there; `at` is where the table stands.
    pub fn needed(&self, key: &str, at: &Range<usize>) -> Option<&'t str> {
        if self.get(key).is_none() {
            self.missing(key, at);
        }
        self.text(key)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str, at: &Range<usize>) {
        let message = format!("{} is missing", self.full(key));
        self.problems.add(Diagnostic::error("missing-key", message).at(at.clone()));
    }

    /// The tables of a list of tables, `[[key]]`, each with its place.
    pub fn list(&self, key: &str) -> Vec<(Self, Range<usize>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_type(key, &format!("a list of tables, [[{key}]]"), value);
            return Vec::new();
        };
        let table = |entry| self.as_table(key, entry).map(|table| (table, entry.span()));
        list.iter().filter_map(table).collect()
    }

    /// Reports keys that are not in `known`.
    pub fn only(&self, known: &[&str]) {
        for (key, span, _) in self.entries() {
            // A key without a name is a fault of syntax, reported already.
            if known.contains(&key) || key.is_empty() {
                continue;
            }
            let message = if self.name.is_empty() {
                format!("a {} has no table {key}", self.whole)
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

    /// Reports a value of another kind than wanted.
    pub fn wrong_type(&self, key: &str, wanted: &str, value: &Value<'_>) {
        let found = toml_kind(value.get_ref());
        let message = format!("{} must be {wanted}, not {found}", self.full(key));
        self.problems.add(Diagnostic::error("wrong-type", message).at(value.span()));
    }

    /// A key with the tables it stands in.
    pub fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

/// A table with a closed list of keys.
pub fn single<'t>(file: &Table<'t>, key: &str, known: &[&str]) -> Option<Table<'t>> {
    let table = file.table(key)?;
    table.only(known);
    Some(table)
}

/// A list of texts.
pub fn texts<'t>(table: &Table<'t>, key: &str, value: &'t Value<'t>) -> Vec<Placed<&'t str>> {
    let DeValue::Array(list) = value.get_ref() else {
        table.wrong_type(key, "a list of texts", value);
        return Vec::new();
    };
    list.iter()
        .filter_map(|entry| table.as_text(key, entry).map(|text| (text, entry.span())))
        .collect()
}
