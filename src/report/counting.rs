//! What all reports take readings in by.

use std::collections::BTreeSet;

use super::{Column, Counter, Edition, FinalReading, Subject, Tally};
use crate::instrument::{Instrument, Mode};
use crate::text::count;

/// Says which cases are handed in and don't count yet. A case with QA is one, whichever of its
/// reviews is there.
pub fn not_counted<C: Ord>(with_qa: &BTreeSet<C>, mut unsettled: BTreeSet<C>) -> Vec<String> {
    unsettled.retain(|case| !with_qa.contains(case));
    let mut said = Vec::new();
    if !unsettled.is_empty() {
        let cases = count(unsettled.len(), "case is", "cases are");
        said.push(format!("{cases} handed in but not settled, and not counted"));
    }
    if !with_qa.is_empty() {
        let cases = count(with_qa.len(), "case is", "cases are");
        said.push(format!("{cases} with QA, and not counted"));
    }
    said
}

/// A report while readings are counted.
pub trait Counting {
    /// Learns an edition after those known; false where it has nothing the report counts.
    fn know(&mut self, instrument: &Instrument) -> bool;
    /// Counts a reading if the filters keep it; says whether it did.
    fn add(&mut self, reading: &FinalReading<'_>) -> bool;
    /// Whether the filters keep a reading.
    fn fits(&self, reading: &FinalReading<'_>) -> bool;
    /// A reading's value in a column; none where the column is not a fact of the reading.
    fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str>;
    /// How many readings were counted.
    fn readings(&self) -> u64;
}

impl Counting for Tally {
    fn know(&mut self, instrument: &Instrument) -> bool {
        // Sections of a checklist have no rating.
        let rated = instrument.mode() == Mode::Rated;
        Self::know(self, &Edition::from(instrument));
        rated
    }
    fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        Self::add(self, reading)
    }
    fn fits(&self, reading: &FinalReading<'_>) -> bool {
        Self::fits(self, reading)
    }
    fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        Self::fact(self, column, reading)
    }
    fn readings(&self) -> u64 {
        Self::readings(self)
    }
}

impl<S: Subject> Counting for Counter<S> {
    fn know(&mut self, instrument: &Instrument) -> bool {
        Self::know(self, instrument)
    }
    fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        Self::add(self, reading)
    }
    fn fits(&self, reading: &FinalReading<'_>) -> bool {
        Self::fits(self, reading)
    }
    fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        Self::fact(self, column, reading)
    }
    fn readings(&self) -> u64 {
        Self::readings(self)
    }
}
