//! Readings held in memory.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::Choice;
use super::count::Count;
use crate::instrument::Instrument;
use crate::report::{Column, Facts, FinalReading, Noted, not_counted};
use crate::text::{clean, count};

/// A reading held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldReading {
    /// Review number: `R-0042`.
    pub case: String,
    /// Id of the reading, by which it can be opened.
    pub reading: String,
    /// Who made it: "first review", "settled"; empty where that isn't told.
    pub role: &'static str,
    /// Where it stands: "final", "begun".
    pub state: &'static str,
    /// It is not final, and counts only where drafts do.
    pub draft: bool,
    /// It was changed after it had been final.
    pub late: bool,
    /// Items whose rating was set against the computed one.
    pub overridden: Vec<String>,
    /// Position of its edition, as [`Held::edition`] gave it.
    pub edition: usize,
    /// Cluster of its county, or the county.
    pub cluster: String,
    /// [`Facts`], packed.
    pub facts: Box<[u8]>,
    /// Its ratings, a byte each.
    pub ratings: Box<[u8]>,
    /// Its answers, packed; empty where there are none.
    pub answers: Box<[u8]>,
}

impl HeldReading {
    /// As reports take it in.
    pub fn seen(&self) -> FinalReading<'_> {
        let facts = Facts::unpack(&self.facts).unwrap_or_default();
        let seen = FinalReading::of(self.edition, facts, &self.ratings, &self.answers);
        FinalReading { cluster: &self.cluster, ..seen }
    }
}

/// What a case that is handed in and doesn't count yet waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Its pair is to be settled.
    Settling,
    /// QA has it.
    Qa,
}

/// Readings held in memory, to be counted again and again.
#[derive(Clone, Default)]
pub struct Held {
    pub(super) instruments: Vec<Arc<Instrument>>,
    pub(super) readings: Vec<HeldReading>,
    waiting: Vec<(Waiting, HeldReading)>,
}

impl fmt::Debug for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (readings, waiting) = (self.readings.len(), self.waiting.len());
        write!(out, "Held({readings} readings, {waiting} waited for)")
    }
}

impl Held {
    /// Position of an edition, known from now on.
    pub fn edition(&mut self, instrument: &Arc<Instrument>) -> usize {
        let known = self.instruments.iter().position(|known| Arc::ptr_eq(known, instrument));
        known.unwrap_or_else(|| {
            self.instruments.push(Arc::clone(instrument));
            self.instruments.len() - 1
        })
    }

    /// Takes in a reading.
    pub fn add(&mut self, reading: HeldReading) {
        self.readings.push(reading);
    }

    /// Takes in one of a case that is only waited for.
    pub fn wait_for(&mut self, waiting: Waiting, reading: HeldReading) {
        self.waiting.push((waiting, reading));
    }

    /// A reading, by its place.
    pub fn reading(&self, at: usize) -> Option<&HeldReading> {
        self.readings.get(at)
    }

    /// The instrument of a reading.
    pub fn instrument(&self, reading: &HeldReading) -> Option<&Arc<Instrument>> {
        self.instruments.get(reading.edition)
    }

    /// The editions that any reading is of.
    pub fn instruments(&self) -> &[Arc<Instrument>] {
        &self.instruments
    }

    /// Whether there is no reading.
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// Whether any reading is no final one.
    pub fn has_drafts(&self) -> bool {
        self.readings.iter().any(|reading| reading.draft)
    }

    /// The values of a column, in byte order.
    pub fn values(&self, column: Column, drafts: bool) -> Vec<String> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for reading in self.readings.iter().filter(|reading| drafts || !reading.draft) {
            let Some(instrument) = self.instruments.get(reading.edition) else { continue };
            found.insert(reading.seen().fact(column, instrument.id()));
        }
        found.into_iter().map(str::to_owned).collect()
    }

    /// The readings a choice may count.
    pub(super) fn chosen(&self, choice: &Choice) -> impl Iterator<Item = (usize, &HeldReading)> {
        let drafts = choice.drafts;
        self.readings.iter().enumerate().filter(move |(_, reading)| drafts || !reading.draft)
    }

    /// What must be said beside the numbers of a choice, in sentences without a stop.
    pub fn said(&self, choice: &Choice) -> Vec<String> {
        let mut counting = Count::new(choice, &[]);
        let counts: Vec<bool> = self.instruments.iter().map(|one| counting.know(one)).collect();
        let mut bare = 0;
        let mut drafts: BTreeSet<&str> = BTreeSet::new();
        let mut noted = Noted::new(counting.needs_answers(), !choice.by.is_empty());
        let mut others = vec![0_usize; self.instruments.len()];
        for (_, reading) in self.chosen(choice) {
            let seen = reading.seen();
            if !counts[reading.edition] {
                others[reading.edition] += usize::from(self.fits(choice, reading.edition, &seen));
                continue;
            }
            if !counting.keeps(&seen) {
                continue;
            }
            if counting.needs_answers() && reading.answers.is_empty() {
                bare += 1;
                continue;
            }
            if reading.draft {
                noted.add_drafts(1);
                drafts.insert(&reading.case);
            }
            if reading.late || !reading.overridden.is_empty() {
                let facts = choice.by.iter().filter_map(|column| counting.fact(*column, &seen));
                let group = facts.collect::<Vec<_>>().join(" ");
                noted.add(&group, reading.overridden.iter().map(String::as_str), reading.late);
            }
        }
        let mut said = noted.lines();
        for (instrument, reviews) in self.instruments.iter().zip(others) {
            if reviews > 0 {
                let reviews = count(reviews, "review", "reviews");
                let (short, what) = (instrument.short(), choice.topic.name());
                said.push(format!("{reviews} of {}: no {what} to count", clean(short)));
            }
        }
        if bare > 0 {
            let were = count(bare, "review was", "reviews were");
            said.push(format!("{were} imported as ratings, without answers, and not counted"));
        }
        said.extend(self.waiting(&counting, &drafts));
        said
    }

    /// Whether the filters keep a reading, also one that has nothing to count; several on one
    /// column widen.
    fn fits(&self, choice: &Choice, edition: usize, seen: &FinalReading<'_>) -> bool {
        let Some(instrument) = self.instruments.get(edition) else { return false };
        let filters = || choice.filters.iter().filter(|filter| !filter.column.is_of_line());
        filters().all(|filter| {
            let value = seen.fact(filter.column, instrument.id());
            filters().any(|other| other.column == filter.column && other.value == value)
        })
    }

    /// Cases handed in that don't count yet, but for those counted as drafts.
    fn waiting(&self, counting: &Count, drafts: &BTreeSet<&str>) -> Vec<String> {
        let of = |wanted: Waiting| -> BTreeSet<&str> {
            let fitting = self
                .waiting
                .iter()
                .filter(|(waiting, reading)| *waiting == wanted && counting.keeps(&reading.seen()));
            let cases = fitting.map(|(_, reading)| reading.case.as_str());
            cases.filter(|case| !drafts.contains(case)).collect()
        };
        not_counted(&of(Waiting::Qa), of(Waiting::Settling))
    }
}
