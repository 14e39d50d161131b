//! Every single edit of the rating tables, gates and rules of a file.

use std::ops::Range;

use casereview::instrument::Instrument;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::conditions::{Conditions, exchanges};

/// What an edit is made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// The face sheet, or a list of options that questions of several items may take.
    Everywhere,
    /// An item, its sub-items included.
    Item(String),
    Outcome(String),
}

/// One edit: these bytes become that text.
#[derive(Debug, Clone)]
pub struct Edit {
    pub home: Home,
    pub span: Range<usize>,
    pub new: String,
}

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

/// The edits, in the order of the file.
pub fn edits(instrument: &Instrument, text: &str) -> Vec<Edit> {
    let file = DeTable::parse(text).unwrap();
    let mut found = Edits { instrument, text, home: Home::Everywhere, edits: Vec::new() };
    for table in tables(file.get_ref(), "scale") {
        found.options(table.get("options"));
    }
    for table in tables(file.get_ref(), "face-sheet") {
        found.question(table, "face", false);
    }
    for item in tables(file.get_ref(), "item") {
        let id = string(&item["id"]);
        found.home = Home::Item(id.to_owned());
        found.item(item, id);
        for sub in tables(item, "sub-item") {
            found.item(sub, id);
        }
    }
    for outcome in tables(file.get_ref(), "outcome") {
        found.home = Home::Outcome(string(&outcome["id"]).to_owned());
        let ratings =
            ["substantially-achieved", "partially-achieved", "not-achieved", "na"].as_slice();
        for row in tables(outcome, "row") {
            found.row(row, ratings, None);
        }
    }
    let mut edits = found.edits;
    edits.sort_by_key(|edit| edit.span.start);
    edits
}

struct Edits<'e> {
    instrument: &'e Instrument,
    text: &'e str,
    home: Home,
    edits: Vec<Edit>,
}

impl Edits<'_> {
    fn add(&mut self, span: Range<usize>, new: impl Into<String>) {
        self.edits.push(Edit { home: self.home.clone(), span, new: new.into() });
    }

    fn item(&mut self, table: &Table<'_>, id: &str) {
        if let Some(DeValue::Table(applies)) = table.get("applies").map(Spanned::get_ref) {
            for case_type in self.instrument.case_types() {
                if let Some(how) = applies.get(case_type.code.as_str()) {
                    self.exchange(how, &["ask", "always", "never"]);
                }
            }
        }
        for question in tables(table, "question") {
            self.question(question, id, true);
        }
        for rule in tables(table, "rule") {
            self.whole(rule);
            for key in ["if", "then", "forbid"] {
                self.condition(rule, key, Some(id));
            }
            match rule.get("strength") {
                Some(strength) => self.exchange(strength, &["hard", "explain"]),
                None => self.line(rule, "strength = \"explain\""),
            }
            match rule.get("exactly") {
                Some(exactly) => self.add(exactly.span(), "false"),
                None if rule.contains_key("if") => self.line(rule, "exactly = true"),
                None => {}
            }
        }
        for row in tables(table, "row") {
            self.row(row, &["strength", "ani", "na"], Some(id));
        }
    }

    fn row(&mut self, row: &Table<'_>, ratings: &[&str], item: Option<&str>) {
        self.whole(row);
        self.exchange(&row["give"], ratings);
        self.condition(row, "when", item);
    }

    /// Gates, what is waited for, and in a checklist what counts.
    fn question(&mut self, table: &Table<'_>, item: &str, counts: bool) {
        self.condition(table, "ask-when", Some(item));
        for key in ["ask-when", "needed", "counted"] {
            if let Some(value) = table.get(key) {
                self.statement(value.span());
            }
        }
        let id = format!("{item}.{}", string(&table["id"]));
        let at = self.instrument.find_question(&id).unwrap();
        if counts {
            self.options(table.get("answers"));
            if self.instrument.question(at).counted() {
                self.line(table, "counted = false");
            }
        }
    }

    /// What options count as.
    fn options(&mut self, options: Option<&Value<'_>>) {
        for option in options.and_then(|list| list.get_ref().as_array()).into_iter().flatten() {
            let DeValue::Table(option) = option.get_ref() else { continue };
            if let Some(counts) = option.get("counts") {
                self.exchange(counts, &["met", "not-met", "not-applicable"]);
            }
        }
    }

    fn condition(&mut self, table: &Table<'_>, key: &str, item: Option<&str>) {
        let Some(value) = table.get(key) else { return };
        let mut conditions =
            Conditions { instrument: self.instrument, text: self.text, item, edits: Vec::new() };
        conditions.condition(value);
        for (span, new) in conditions.edits {
            self.add(span, new);
        }
    }

    fn exchange(&mut self, value: &Value<'_>, words: &[&str]) {
        for new in exchanges(string(value), words) {
            self.add(value.span(), new);
        }
    }

    /// Takes the statement out whose value stands here.
    fn statement(&mut self, value: Range<usize>) {
        let start = self.text[..value.start].rfind('\n').map_or(0, |at| at + 1);
        let end =
            self.text[value.end..].find('\n').map_or(self.text.len(), |at| value.end + at + 1);
        self.add(start..end, "");
    }

    /// Adds a line after the id.
    fn line(&mut self, table: &Table<'_>, line: &str) {
        let end = table["id"].span().end;
        self.add(end..end, format!("\n{line}"));
    }

    /// Takes a whole table of a list out.
    fn whole(&mut self, table: &Table<'_>) {
        let id = table["id"].span();
        let start = self.text[..id.start].rfind("\n[[").unwrap() + 1;
        let end = self.text[id.end..].find("\n[").map_or(self.text.len(), |at| id.end + at + 1);
        self.add(start..end, "");
    }
}

/// The tables of a list of tables.
fn tables<'t, 'f>(table: &'t Table<'f>, key: &str) -> Vec<&'t Table<'f>> {
    let list = table.get(key).and_then(|list| list.get_ref().as_array());
    list.into_iter().flatten().filter_map(|one| one.get_ref().as_table()).collect()
}

fn string<'v>(value: &'v Value<'_>) -> &'v str {
    value.get_ref().as_str().unwrap()
}
