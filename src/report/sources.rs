//! Of which rounds and periods the reviews are that a report counts.

use std::collections::HashMap;

use super::interner::{Interner, Quick};
use super::{Facts, counted};
use crate::text::{clean, list_and};

/// So many rounds and periods are told one by one; more only by their first and last.
const TOLD: usize = 8;

/// Of which rounds and periods the reviews are that a report counts.
#[derive(Debug, Default)]
pub struct Sources {
    rounds: Interner,
    periods: Interner,
    instruments: Vec<(usize, String)>,
    reviews: HashMap<(u32, u32), u64, Quick>,
    /// Some of them are made up, to practise on.
    practice: bool,
    /// Some of them may be no final ones.
    drafts: bool,
}

impl Sources {
    /// None yet; with `drafts` reviews may be counted that are not final.
    pub fn new(drafts: bool) -> Self {
        Self { drafts, ..Self::default() }
    }

    /// Takes a counted review in; `edition` numbers its instrument's edition, `short` is what
    /// the instrument is called.
    pub fn add(&mut self, facts: &Facts<'_>, practice: bool, (edition, short): (usize, &str)) {
        let key = (self.rounds.number(facts.round), self.periods.number(facts.period));
        *self.reviews.entry(key).or_default() += 1;
        self.practice |= practice;
        if !self.instruments.iter().any(|(known, _)| *known == edition) {
            self.instruments.push((edition, short.to_owned()));
        }
    }

    /// The rounds, in byte order.
    pub fn rounds(&self) -> Vec<&str> {
        sorted(&self.rounds)
    }

    /// Of which rounds the reviews are, in words; none where they are of no round.
    pub fn of_rounds(&self) -> Option<String> {
        match self.rounds().as_slice() {
            [] | [""] => None,
            [round] => Some(format!("of round {round}")),
            several => Some(format!("of rounds {}", list_and(several))),
        }
    }

    /// The one round the reviews are of, or how many there are and from when.
    pub fn span(&self) -> String {
        let when = match self.periods().as_slice() {
            [] => String::new(),
            [period] => (*period).to_owned(),
            [first, .., last] => format!("{first} to {last}"),
        };
        match self.rounds().as_slice() {
            [] => "no final review".to_owned(),
            // Imported reviews may be of no round.
            [""] => when,
            [round] => (*round).to_owned(),
            several => format!("{} rounds, {when}", several.len()),
        }
    }

    /// The periods, in byte order.
    pub fn periods(&self) -> Vec<&str> {
        sorted(&self.periods)
    }

    /// What a page says of them first; nothing where no review was counted.
    pub fn says(&self) -> Vec<String> {
        let all: u64 = self.reviews.values().sum();
        if all == 0 {
            return Vec::new();
        }
        let instruments = list_and(&self.instruments());
        let of = format!("{}, {instruments}: {}.", counted(all, self.drafts), self.each());
        let lines = std::iter::once(clean(&of).into_owned());
        lines.chain(self.practice().map(str::to_owned)).collect()
    }

    /// That practice reviews are counted, where any is.
    pub fn practice(&self) -> Option<&'static str> {
        self.practice.then_some("Practice reviews are counted: nothing here is real.")
    }

    /// Short titles of the instruments, each once, as they were met.
    pub fn instruments(&self) -> Vec<String> {
        let mut instruments: Vec<String> = Vec::new();
        for (_, short) in &self.instruments {
            if !instruments.contains(short) {
                instruments.push(short.clone());
            }
        }
        instruments
    }

    /// "80 of round A (2025-H2), 36 of round B (2026-H2)".
    fn each(&self) -> String {
        let mut parts: Vec<((&str, &str), u64)> = self
            .reviews
            .iter()
            .map(|((round, period), n)| {
                ((self.rounds.text(*round), self.periods.text(*period)), *n)
            })
            .collect();
        // By time, then by name.
        parts.sort_unstable_by_key(|((round, period), _)| (*period, *round));
        if parts.len() > TOLD {
            let rounds = match self.rounds().as_slice() {
                [round] => format!("round {}", named(round)),
                several => format!("{} rounds", several.len()),
            };
            let periods = match self.periods().as_slice() {
                [first, .., last] => format!("periods {} to {}", named(first), named(last)),
                one => format!("period {}", named(&one.concat())),
            };
            return format!("of {rounds}, {periods}");
        }
        let alone = parts.len() == 1;
        let each = parts.iter().map(|((round, period), n)| {
            let of = match (*round, *period) {
                ("", period) => format!("no round, period {}", named(period)),
                (round, period) => format!("round {round}, period {}", named(period)),
            };
            if alone { format!("of {of}") } else { format!("{n} of {of}") }
        });
        each.collect::<Vec<_>>().join("; ")
    }
}

fn sorted(met: &Interner) -> Vec<&str> {
    let mut texts: Vec<&str> = met.texts().collect();
    texts.sort_unstable();
    texts
}

fn named(text: &str) -> &str {
    if text.is_empty() { "(none)" } else { text }
}
