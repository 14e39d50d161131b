//! A table being read: takes keys one by one, and reports what is missing, of the wrong type,
//! or left over.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Problems, syntax};
use crate::diagnostic::{Diagnostic, toml_kind};
use crate::text::{did_you_mean, unfit_character};

/// A value and the bytes it stands at.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct At<T> {
    pub(in crate::instrument) value: T,
    pub(in crate::instrument) span: Range<usize>,
}

/// Ids stand in tables, file names and columns of exports.
const LONGEST_ID: usize = 64;

pub(super) type Entry<'t> = (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>);

/// A table being read.
pub(super) struct Table<'t> {
    /// What it is, for messages: "question A2".
    what: RefCell<String>,
    /// Header or braces.
    span: Range<usize>,
    /// In the order of the file.
    entries: Vec<Entry<'t>>,
    known: RefCell<Vec<&'static str>>,
    text: &'t str,
    pub(super) problems: &'t Problems,
}

impl<'t> Table<'t> {
    pub(super) fn new(
        what: &str,
        table: &'t Spanned<DeTable<'t>>,
        text: &'t str,
        problems: &'t Problems,
    ) -> Self {
        Self::over(what, table.get_ref(), table.span(), text, problems)
    }

    fn over(
        what: &str,
        table: &'t DeTable<'t>,
        span: Range<usize>,
        text: &'t str,
        problems: &'t Problems,
    ) -> Self {
        let mut entries: Vec<Entry<'t>> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Self {
            what: RefCell::new(what.to_owned()),
            span,
            entries,
            known: RefCell::default(),
            text,
            problems,
        }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }
    /// Whether it is written in braces, not as `key.key = value`.
    pub(super) fn is_braced(&self) -> bool {
        self.text[self.span.clone()].starts_with('{')
    }
    /// Gives messages a better name for the table once its id is known.
    pub(super) fn name(&self, what: &str, id: Option<&At<String>>) {
        if let Some(id) = id {
            *self.what.borrow_mut() = format!("{what} {}", id.value);
        }
    }
    /// The entries, for tables whose keys are free.
    pub(super) fn entries(&self) -> &[Entry<'t>] {
        &self.entries
    }
    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(k, _)| k.get_ref() == key)
    }

    /// The value of a key that may be left out.
    pub(super) fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.borrow().contains(&key) {
            self.known.borrow_mut().push(key);
        }
        self.entries.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| *value)
    }
    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = self.get(key);
        if found.is_none() {
            self.missing(key);
        }
        found
    }
    /// Reports a key that must be there and isn't, unless it may stand in an unread line.
    pub(super) fn missing(&self, key: &str) {
        if !self.problems.is_unread(&self.region()) {
            let message = format!("{} lacks {key}", self.what.borrow());
            self.problems.add(Diagnostic::error("missing-key", message).at(self.span()));
        }
    }
    /// From the header to the next one, or the braces.
    pub(super) fn region(&self) -> Range<usize> {
        if !self.text[self.span.clone()].starts_with('[') {
            return self.span();
        }
        let after = self.span.end;
        let end = self.text[after..].find("\n[").map_or(self.text.len(), |at| after + at);
        self.span.start..end
    }

    /// Whether some of it, tables inside it included, could not be read. `name` is the name in
    /// its header.
    pub(super) fn is_unread(&self, name: &str) -> bool {
        if !self.problems.has_unread() {
            return false;
        }
        let mut end = self.text.len();
        if self.text[self.span.clone()].starts_with('[') {
            let mut at = self.span.end;
            while let Some(next) = self.text[at..].find("\n[") {
                at += next + 1;
                let header = syntax::header_name(syntax::line(self.text, at));
                if header.is_some_and(|header| !syntax::is_inside(header, name)) {
                    end = at;
                    break;
                }
            }
        } else {
            end = self.span.end;
        }
        self.problems.is_unread_in(&(self.span.start..end), name)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<At<String>> {
        self.get(key).and_then(|value| self.as_text(key, value))
    }
    pub(super) fn need_text(&self, key: &'static str) -> Option<At<String>> {
        let value = self.need(key)?;
        let text = self.as_text(key, value)?;
        if text.value.is_empty() {
            let message = format!("{key} of {} is empty", self.what.borrow());
            self.problems.add(Diagnostic::error("empty-text", message).at(text.span.clone()));
        }
        Some(text)
    }
    /// An id or code: letters, digits, hyphens and underscores.
    pub(super) fn need_id(&self, key: &'static str) -> Option<At<String>> {
        let id = self.as_text(key, self.need(key)?)?;
        if id.value.len() > LONGEST_ID {
            let message = format!("{key} of {} is too long", self.what.borrow());
            self.problems.add(
                Diagnostic::error("bad-id", message)
                    .at(id.span)
                    .help(format!("an id has at most {LONGEST_ID} letters")),
            );
            return None;
        }
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.value.is_empty() || !id.value.chars().all(fit) {
            self.problems.add(
                Diagnostic::error("bad-id", format!("{key} {:?} is not an id", id.value))
                    .at(id.span.clone())
                    .help("an id is made of letters, digits, - and _"),
            );
        }
        Some(id)
    }
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, "true or false", value);
        }
        flag
    }
    pub(super) fn integer(&self, key: &'static str) -> Option<At<i64>> {
        self.get(key).and_then(|value| self.as_integer(key, value))
    }
    /// A proportion: more than 0, at most 1.
    pub(super) fn proportion(&self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Float(float) => float.as_str().replace('_', "").parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => {
                self.wrong_type(key, "a proportion such as 0.95", value);
                return None;
            }
        };
        let number = number.filter(|n| 0.0 < *n && *n <= 1.0);
        if number.is_none() {
            let message = format!("{key} must lie between 0 and 1");
            self.problems.add(
                Diagnostic::error("bad-proportion", message)
                    .at(value.span())
                    .help("95 percent is written 0.95"),
            );
        }
        number
    }
    /// A list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<At<String>> {
        self.get(key).map_or_else(Vec::new, |value| self.as_texts(key, value))
    }
    /// One word of a closed list, with its meaning.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<At<T>> {
        self.get(key).and_then(|value| self.as_word(key, value, words))
    }
    pub(super) fn as_word<T: Copy>(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
        words: &[(&str, T)],
    ) -> Option<At<T>> {
        let text = self.as_text(key, value)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(At { value: *meaning, span: text.span });
        }
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("{key} can't be {:?}", text.value);
        self.problems.add(
            Diagnostic::error("unknown-word", message)
                .at(text.span)
                .did_you_mean(did_you_mean(&text.value, all.iter().copied()))
                .help(format!("it is one of {}", all.join(", "))),
        );
        None
    }
    /// The tables of an array of tables, or of a list of inline tables.
    pub(super) fn tables(&self, key: &'static str, what: &str) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(list) => {
                list.iter().filter_map(|entry| self.as_table(key, what, entry)).collect()
            }
            _ => {
                self.wrong_type(key, "a list of tables", value);
                Vec::new()
            }
        }
    }
    pub(super) fn as_table(
        &self,
        key: &str,
        what: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Self::over(what, table, value.span(), self.text, self.problems))
            }
            _ => {
                self.wrong_type(key, "a table", value);
                None
            }
        }
    }
    /// Line breaks count as spaces, blanks at the ends don't count.
    pub(super) fn as_text(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Option<At<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, "a text in quotation marks", value);
            return None;
        };
        if let Some(bad) = unfit_character(text) {
            let message = format!(
                "{key} holds a character that hides or moves text (U+{:04X})",
                u32::from(bad)
            );
            self.problems.add(
                Diagnostic::error("unfit-character", message)
                    .at(value.span())
                    .help("take it out; control, reversing and zero-width characters are refused"),
            );
        }
        let value =
            At { value: text.split_whitespace().collect::<Vec<_>>().join(" "), span: value.span() };
        Some(value)
    }
    pub(super) fn as_integer(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<i64>> {
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_type(key, "a whole number", value);
            return None;
        };
        match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) => Some(At { value: number, span: value.span() }),
            Err(_) => {
                self.wrong_type(key, "a smaller whole number", value);
                None
            }
        }
    }
    pub(super) fn as_texts(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::Array(list) => {
                list.iter().filter_map(|entry| self.as_text(key, entry)).collect()
            }
            _ => {
                self.wrong_type(key, "a list of texts", value);
                Vec::new()
            }
        }
    }
    /// A text, or a list of texts.
    pub(super) fn as_one_or_more(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::String(_) => self.as_text(key, value).into_iter().collect(),
            DeValue::Array(_) => self.as_texts(key, value),
            _ => {
                self.wrong_type(key, "a text or a list of texts", value);
                Vec::new()
            }
        }
    }

    pub(super) fn wrong_type(&self, key: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        let found = toml_kind(value.get_ref());
        let message = format!("{key} must be {expected}, not {found}");
        self.problems.add(Diagnostic::error("wrong-type", message).at(value.span()));
    }

    /// Reports the keys nobody asked for.
    pub(super) fn done(self) {
        let known = self.known.borrow();
        for (key, _) in &self.entries {
            let word = key.get_ref().as_ref();
            if known.contains(&word) {
                continue;
            }
            let message = format!("{} has no key {word}", self.what.borrow());
            let absent = known.iter().copied().filter(|k| !self.has(k));
            self.problems.add(
                Diagnostic::error("unknown-key", message)
                    .at(key.span())
                    .did_you_mean(did_you_mean(word, absent)),
            );
        }
    }
}
