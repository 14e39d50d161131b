//! Every single edit of a condition.

use std::ops::Range;

use casereview::instrument::{Choice, Instrument, Kind, Place, Question, Role};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Collects the edits of one condition: bytes and the text they become.
pub struct Conditions<'c> {
    pub instrument: &'c Instrument,
    pub text: &'c str,
    /// The item it stands in (`face` for the face sheet); none in an outcome.
    pub item: Option<&'c str>,
    pub edits: Vec<(Range<usize>, String)>,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// What a key of a condition may be compared with.
#[derive(Clone, PartialEq, Eq)]
enum Offered {
    Codes(Vec<String>),
    Number,
}

const GROUPS: [&str; 3] = ["any", "every", "none"];
const ORDERS: [&str; 5] = ["equals", "at-least", "at-most", "more-than", "less-than"];
const PARTS: [&str; 2] = ["all-of", "one-of"];

/// The other words, as written in a file.
pub fn exchanges(word: &str, words: &[&str]) -> Vec<String> {
    words.iter().filter(|other| **other != word).map(|other| format!("\"{other}\"")).collect()
}

impl Conditions<'_> {
    /// A condition and everything in it.
    pub fn condition(&mut self, value: &Value<'_>) {
        let table = value.get_ref().as_table().unwrap();
        let written = &self.text[value.span()];
        self.add(value.span(), format!("{{ not = {written} }}"));
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (at, (key, value)) in entries.iter().enumerate() {
            // One of several demands forgotten.
            if entries.len() > 1 {
                let span = match entries.get(at + 1) {
                    Some((next, _)) => key.span().start..next.span().start,
                    None => entries[at - 1].1.span().end..value.span().end,
                };
                self.add(span, "");
            }
            match key.get_ref().as_ref() {
                group @ ("any" | "every" | "none") => {
                    for other in GROUPS.into_iter().filter(|other| *other != group) {
                        self.add(key.span(), other);
                    }
                    self.group(value.get_ref().as_table().unwrap());
                }
                "count" => self.group(value.get_ref().as_table().unwrap()),
                part @ ("all-of" | "one-of") => {
                    let other = PARTS.into_iter().find(|other| *other != part).unwrap();
                    self.add(key.span(), other);
                    let parts = value.get_ref().as_array().unwrap();
                    self.fewer(parts);
                    parts.iter().for_each(|part| self.condition(part));
                }
                "not" => {
                    let inner = &self.text[value.span()];
                    self.add(key.span().start..value.span().end, format!("all-of = [{inner}]"));
                    self.condition(value);
                }
                subject => self.test(subject, key.span(), value),
            }
        }
    }

    fn add(&mut self, span: Range<usize>, new: impl Into<String>) {
        self.edits.push((span, new.into()));
    }

    /// `{ of, is, at-least, at-most }`.
    fn group(&mut self, group: &DeTable<'_>) {
        let of = group["of"].get_ref().as_array().unwrap();
        let subjects: Vec<&str> = of.iter().map(|one| one.get_ref().as_str().unwrap()).collect();
        let offered = self.offered(subjects[0]);
        self.fewer(of);
        for other in self.alike(subjects[0], &offered) {
            if !subjects.contains(&other.as_str()) {
                let end = of[of.len() - 1].span().end;
                self.add(end..end, format!(", \"{other}\""));
                for one in of.iter() {
                    self.add(one.span(), format!("\"{other}\""));
                }
            }
        }
        if let Some(is) = group.get("is") {
            self.value(&offered, is);
        }
        for key in ["at-least", "at-most"] {
            if let Some(bound) = group.get(key) {
                self.number(bound);
            }
        }
    }

    /// A subject and what it must be.
    fn test(&mut self, subject: &str, key: Range<usize>, value: &Value<'_>) {
        let offered = self.offered(subject);
        for other in self.alike(subject, &offered) {
            self.add(key.clone(), format!("\"{other}\""));
        }
        self.value(&offered, value);
    }

    fn value(&mut self, offered: &Offered, value: &Value<'_>) {
        match (value.get_ref(), offered) {
            (DeValue::String(code), Offered::Codes(codes)) => {
                for other in codes.iter().filter(|other| *other != code) {
                    self.add(value.span(), format!("\"{other}\""));
                    self.add(value.span(), format!("[\"{code}\", \"{other}\"]"));
                }
            }
            (DeValue::Array(list), Offered::Codes(codes)) => {
                self.fewer(list);
                let listed: Vec<&str> =
                    list.iter().map(|one| one.get_ref().as_str().unwrap()).collect();
                for other in codes.iter().filter(|other| !listed.contains(&other.as_str())) {
                    let end = list[list.len() - 1].span().end;
                    self.add(end..end, format!(", \"{other}\""));
                    for one in list.iter() {
                        self.add(one.span(), format!("\"{other}\""));
                    }
                }
            }
            (DeValue::Table(table), _) => {
                for (key, bound) in table.iter() {
                    match key.get_ref().as_ref() {
                        "nothing-ticked" => self.add(key.span(), "something-ticked"),
                        "something-ticked" => self.add(key.span(), "nothing-ticked"),
                        order if bound.get_ref().as_str().is_some() => {
                            for other in ORDERS.into_iter().filter(|other| *other != order) {
                                self.add(key.span(), other);
                            }
                            let second = bound.get_ref().as_str().unwrap();
                            for other in self.alike(second, &Offered::Number) {
                                self.add(bound.span(), format!("\"{other}\""));
                            }
                        }
                        _ => self.number(bound),
                    }
                }
                for (key, other) in [("at-least", "at-most"), ("at-most", "at-least")] {
                    if let Some((key, _)) = table.get_key_value(key)
                        && !table.contains_key(other)
                    {
                        self.add(key.span(), other);
                    }
                }
            }
            (DeValue::Integer(_), _) => self.number(value),
            (value, _) => panic!("{value:?} in a condition"),
        }
    }

    fn number(&mut self, value: &Value<'_>) {
        let number: i64 = self.text[value.span()].parse().unwrap();
        self.add(value.span(), (number + 1).to_string());
        self.add(value.span(), (number - 1).to_string());
    }

    /// One of the list forgotten.
    fn fewer(&mut self, list: &[Value<'_>]) {
        for at in 0..list.len() {
            let span = match list.get(at + 1) {
                Some(next) => list[at].span().start..next.span().start,
                None if at > 0 => list[at - 1].span().end..list[at].span().end,
                None => list[at].span(),
            };
            self.add(span, "");
        }
    }

    /// What the subject of a test can be.
    fn offered(&self, subject: &str) -> Offered {
        let codes =
            |codes: &[&str]| Offered::Codes(codes.iter().map(|c| (*c).to_owned()).collect());
        if subject == "case-type" {
            let types = self.instrument.case_types().iter();
            return Offered::Codes(types.map(|case_type| case_type.code.clone()).collect());
        }
        match self.question(subject).map(Question::kind) {
            Some(Kind::Choice(options) | Kind::Checklist(options)) => {
                Offered::Codes(options.iter().map(|option: &Choice| option.code.clone()).collect())
            }
            Some(_) => Offered::Number,
            None => codes(&["strength", "ani", "na"]),
        }
    }

    fn question(&self, subject: &str) -> Option<&Question> {
        let local = self.item.map(|item| format!("{item}.{subject}"));
        let at = local.and_then(|id| self.instrument.find_question(&id));
        let at = at.or_else(|| self.instrument.find_question(subject));
        at.map(|at| self.instrument.question(at))
    }

    /// Other subjects of the same place that can be the same: questions of the item, sub-items
    /// of the item, items of the outcome.
    fn alike(&self, subject: &str, offered: &Offered) -> Vec<String> {
        let others: Vec<String> = if subject == "case-type" {
            Vec::new()
        } else if let Some(question) = self.question(subject) {
            let full = question.id() != format!("{}.{subject}", self.item.unwrap_or_default());
            let place = |at| match at {
                Place::Face => None,
                Place::Item(item) => Some(self.instrument.item(item).parent().unwrap_or(item)),
            };
            (self.instrument.questions().iter())
                .filter(|other| *other.role() == Role::Question)
                .filter(|other| place(other.place()) == place(question.place()))
                .map(|other| if full { other.id() } else { other.local() }.to_owned())
                .collect()
        } else {
            let at = self.instrument.find_item(subject).unwrap();
            let item = self.instrument.item(at);
            let others: Vec<_> = match item.parent() {
                Some(parent) => self.instrument.item(parent).sub_items().to_vec(),
                None => self.instrument.outcome(item.outcome().unwrap()).items().to_vec(),
            };
            others.into_iter().map(|at| self.instrument.item(at).id().to_owned()).collect()
        };
        let fits = |other: &String| match (self.offered(other), offered) {
            (Offered::Codes(theirs), Offered::Codes(ours)) => {
                theirs.iter().any(|code| ours.contains(code))
            }
            (theirs, ours) => theirs == *ours,
        };
        others.into_iter().filter(|other| other != subject).filter(fits).collect()
    }
}
