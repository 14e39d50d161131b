//! Reviews told under the item numbers of one instrument.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::report::{
    ABSENT, Across, Column, Counting, Crossing, Edition, FinalReading, Query, Tally, across,
};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, count};

/// A tally of ratings as they stand in another instrument.
pub struct Crossed {
    /// The numbers, under the target's items.
    pub tally: Tally,
    crossings: Vec<(String, Crossing)>,
    known: Vec<Option<usize>>,
    left: usize,
    left_out: Vec<String>,
}

impl Crossed {
    /// Nothing counted yet. Which items are left out hangs on the editions in use, so the
    /// readings are gone through once before they are counted.
    ///
    /// # Errors
    /// When the workspace can't be read.
    pub fn new(
        workspace: &Workspace,
        target: &Instrument,
        query: Query,
    ) -> Result<Self, StoreError> {
        let mut hashes: Vec<String> = Vec::new();
        workspace.each_final(false, |row| {
            if hashes.last().is_none_or(|last| last != row.facts.edition)
                && !hashes.iter().any(|hash| hash == row.facts.edition)
            {
                hashes.push(row.facts.edition.to_owned());
            }
            Ok(())
        })?;
        let editions: Vec<Arc<Instrument>> = hashes
            .iter()
            .map(|hash| workspace.edition_beginning(hash))
            .collect::<Result<_, _>>()?;
        let from: Vec<&Instrument> = editions.iter().map(|one| &**one).collect();
        let Across { edition, crossings, left_out } = across(&from, target);
        Ok(Self {
            tally: Tally::new(&[Edition { outcomes: Vec::new(), ..edition }], query),
            crossings: hashes.into_iter().zip(crossings).collect(),
            known: Vec::new(),
            left: 0,
            left_out,
        })
    }

    /// What must be said of what was left out.
    pub fn said(&self) -> Vec<String> {
        let out = self.left_out.iter();
        let mut said: Vec<String> =
            out.map(|why| clean(&format!("left out: {why}")).into_owned()).collect();
        if self.left > 0 {
            let reviews = count(self.left, "review has", "reviews have");
            said.push(format!("{reviews} no item of the same meaning, and are not counted"));
        }
        said
    }
}

impl Counting for Crossed {
    fn know(&mut self, instrument: &Instrument) -> bool {
        let at = self.crossings.iter().position(|(hash, _)| instrument.hash().starts_with(hash));
        self.known.push(at);
        true
    }
    fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        let Some(Some(at)) = self.known.get(reading.edition) else { return false };
        let carried = self.crossings[*at].1.carry(reading.ratings);
        if carried.iter().all(|rating| *rating == ABSENT) {
            self.left += 1;
            return false;
        }
        self.tally.add(&FinalReading { edition: 0, ratings: &carried, ..*reading })
    }
    fn fits(&self, reading: &FinalReading<'_>) -> bool {
        self.tally.fits(&FinalReading { edition: 0, ..*reading })
    }
    fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        self.tally.fact(column, &FinalReading { edition: 0, ..*reading })
    }
    fn readings(&self) -> u64 {
        self.tally.readings()
    }
}
