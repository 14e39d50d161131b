//! The quality of narratives by simple counts: how long, and whether anyone, any time and
//! anything done is named. A count finds texts to read again; it does not judge them.

use std::collections::BTreeMap;

use super::{Cell, Column, Sheet};
use crate::text::{clean, count, fit, fit_right, list_and, width, wrap};

/// Texts of fewer words are short.
pub const SHORT: usize = 15;

/// What simple counts say of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Words.
    pub words: usize,
    /// A person is named by their part: mother, caseworker, she.
    pub who: bool,
    /// A time is named: a number, a month, a weekday, "weekly".
    pub when: bool,
    /// Something done is named: a word that ends in -ed or -ing, or one of the usual others.
    pub what: bool,
}

const WHO: &[&str] = &[
    "mother",
    "father",
    "parent",
    "parents",
    "child",
    "children",
    "youth",
    "baby",
    "infant",
    "son",
    "daughter",
    "brother",
    "sister",
    "sibling",
    "siblings",
    "grandmother",
    "grandfather",
    "grandparents",
    "aunt",
    "uncle",
    "relative",
    "relatives",
    "family",
    "caregiver",
    "caregivers",
    "foster",
    "worker",
    "caseworker",
    "supervisor",
    "therapist",
    "counselor",
    "teacher",
    "doctor",
    "nurse",
    "attorney",
    "judge",
    "gal",
    "casa",
    "agency",
    "he",
    "she",
    "they",
    "mom",
    "dad",
    "stepfather",
    "stepmother",
    "boyfriend",
    "girlfriend",
    "partner",
    "team",
];

const WHEN: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "daily",
    "weekly",
    "monthly",
    "biweekly",
    "quarterly",
    "yearly",
    "once",
    "twice",
    "every",
    "always",
    "never",
    "before",
    "after",
    "since",
    "until",
    "during",
    "throughout",
    "spring",
    "summer",
    "fall",
    "autumn",
    "winter",
];

/// Words that end as if something were done.
const NOT_DONE: &[&str] = &[
    "anything",
    "during",
    "evening",
    "everything",
    "indeed",
    "morning",
    "nothing",
    "sibling",
    "something",
];

const WHAT: &[&str] = &[
    "met", "gave", "took", "spoke", "saw", "went", "held", "told", "sent", "wrote", "made", "kept",
    "found", "left", "brought", "came", "did", "had", "got", "knew", "set", "put", "taught",
    "sought", "is", "was", "were", "has", "have", "lives", "visits", "calls", "attends",
];

/// Looks at a text.
pub fn look(text: &str) -> Look {
    let mut found = Look { words: 0, who: false, when: false, what: false };
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-') {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if word.is_empty() {
            continue;
        }
        found.words += 1;
        let stem = word.strip_suffix("'s").unwrap_or(&word);
        found.who |= WHO.contains(&stem);
        found.when |= WHEN.contains(&stem) || stem.chars().any(|c| c.is_ascii_digit());
        let ends = stem.ends_with("ed") || stem.ends_with("ing");
        let done = stem.len() > 4 && ends && !NOT_DONE.contains(&stem);
        found.what |= done || WHAT.contains(&stem);
    }
    found
}

/// The texts of one item in one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Texts that had to be written.
    pub wanted: u64,
    /// Words of each that was.
    pub words: Vec<usize>,
    /// Of them shorter than [`SHORT`].
    pub short: u64,
    /// Naming nobody.
    pub no_who: u64,
    /// Naming no time.
    pub no_when: u64,
    /// Naming nothing done.
    pub no_what: u64,
}

impl Texts {
    /// Takes in a text that had to be written; an empty one was not.
    pub fn add(&mut self, text: &str) {
        self.wanted += 1;
        let found = look(text);
        if found.words == 0 {
            return;
        }
        self.words.push(found.words);
        self.short += u64::from(found.words < SHORT);
        self.no_who += u64::from(!found.who);
        self.no_when += u64::from(!found.when);
        self.no_what += u64::from(!found.what);
    }
    /// How many were written.
    pub fn written(&self) -> u64 {
        self.words.len() as u64
    }
    /// The middle number of words, of two the smaller; none without a text.
    pub fn median(&self) -> Option<u64> {
        let mut words = self.words.clone();
        words.sort_unstable();
        words.get(words.len().checked_sub(1)? / 2).map(|words| *words as u64)
    }
}

/// Narratives by group and item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NarrativeTable {
    /// What the groups are made of.
    pub columns: Vec<Column>,
    /// Final readings looked at.
    pub readings: u64,
    /// By item in instrument order (its place, id and title), then group.
    pub rows: BTreeMap<(usize, String, String), BTreeMap<Vec<String>, Texts>>,
}

impl NarrativeTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let same = |name: &'static str| (name, name);
        let mut rows = Vec::new();
        for ((_, item, title), groups) in &self.rows {
            for (group, texts) in groups {
                let n = texts.written();
                let cells = vec![
                    Cell::Text(item.clone()),
                    Cell::Text(title.clone()),
                    Cell::Count(texts.wanted),
                    Cell::Count(n),
                    texts.median().map_or(Cell::Note(None), Cell::Count),
                    Cell::Count(texts.short),
                    Cell::Count(texts.no_who),
                    Cell::Count(texts.no_when),
                    Cell::Count(texts.no_what),
                ];
                rows.push((group.iter().cloned().map(Some).collect(), cells));
            }
        }
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: [
                "item",
                "title",
                "texts_wanted",
                "texts_written",
                "median_words",
                "short",
                "without_who",
                "without_when",
                "without_what",
            ]
            .map(same)
            .to_vec(),
            rows,
        }
    }

    /// The report as aligned text.
    pub fn text(&self) -> String {
        const PAGE: usize = 80;
        let reviews = count(self.readings as usize, "final review", "final reviews");
        let by: Vec<&str> = self.columns.iter().map(|column| column.title()).collect();
        let by = if by.is_empty() { String::new() } else { format!(" by {}", list_and(&by)) };
        let mut out = format!("Narratives{by}: {reviews}\n");
        let label = |item: &str, title: &str, group: &[String]| {
            let group = if group.is_empty() { String::new() } else { group.join(", ") + ": " };
            clean(&format!("{group}{item} {title}")).into_owned()
        };
        let labels = self.rows.iter().flat_map(|((_, item, title), groups)| {
            groups.keys().map(move |group| width(&label(item, title, group)))
        });
        let name = labels.max().unwrap_or(0).clamp(8, 36);
        let heads = ["texts", "written", "words", "short", "-who", "-when", "-what"];
        let mut line = fit("item", name);
        heads.iter().for_each(|head| line += &fit_right(head, head.len().max(5) + 1));
        out.push_str(&format!("\n{}\n", line.trim_end()));
        for ((_, item, title), groups) in &self.rows {
            for (group, texts) in groups {
                let median =
                    texts.median().map_or_else(|| "-".to_owned(), |words| words.to_string());
                let cells = [
                    texts.wanted.to_string(),
                    texts.written().to_string(),
                    median,
                    texts.short.to_string(),
                    texts.no_who.to_string(),
                    texts.no_when.to_string(),
                    texts.no_what.to_string(),
                ];
                let mut line = fit(&label(item, title, group), name);
                for (cell, head) in cells.iter().zip(heads) {
                    line += &fit_right(cell, head.len().max(5) + 1);
                }
                out.push_str(&format!("{}\n", line.trim_end()));
            }
        }
        let legend = format!(
            "texts: narratives that had to be written; words: the middle length; short: fewer than \
             {SHORT} words; -who, -when, -what: texts in which a plain word count finds no person \
             by part or pronoun, no time, nothing done. English words only; a count finds texts to \
             read again and judges none."
        );
        out.push('\n');
        wrap(&legend, PAGE).iter().for_each(|line| out.push_str(&format!("{line}\n")));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_when_and_what_are_found_by_plain_words() {
        let found = look("The caseworker met the mother twice in May 2026.");
        assert_eq!(found, Look { words: 9, who: true, when: true, what: true });
        let found = look("No efforts; not documented");
        assert_eq!(found, Look { words: 4, who: false, when: false, what: true });
        assert_eq!(look("See file"), Look { words: 2, who: false, when: false, what: false });
        assert_eq!(look(" - ").words, 0);
    }

    #[test]
    fn what_had_to_be_written_and_was_not_counts_as_wanted_only() {
        let mut texts = Texts::default();
        texts.add("");
        texts.add("Nothing here");
        texts.add("The father was called in March and asked to the meeting.");
        assert_eq!((texts.wanted, texts.written(), texts.median()), (3, 2, Some(2)));
        assert_eq!((texts.short, texts.no_who, texts.no_when, texts.no_what), (2, 1, 1, 1));
        assert_eq!(Texts::default().median(), None);
    }
}
