//! The data of events about second, independent reviews. As in `kinds`, what is released never
//! changes.

use serde::{Deserialize, Serialize};

use crate::review::{CaseNumber, StratumSize, Words};

/// Cases were drawn, by ticket, to be read a second time. Readers are not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondsDrawn {
    /// The seed.
    pub seed: String,
    /// Of a hundred cases so many.
    pub percent: u32,
    /// The cases drawn from: assigned by then and in no earlier draw of second reviews.
    pub pool: Vec<CaseNumber>,
    /// Cases and sizes by stratum, which is reviewer and region.
    pub strata: Vec<StratumSize>,
    /// The cases drawn, by stratum, then ticket.
    pub cases: Vec<SecondCase>,
}

/// A case that is to be read a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondCase {
    /// The case.
    pub case: CaseNumber,
    /// Its stratum.
    pub stratum: String,
    /// SHA-256 of `SEED,REVIEW NUMBER`, lower-case hex.
    pub ticket: String,
}

/// A case that was drawn is not read a second time after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondDropped {
    /// The case.
    pub case: CaseNumber,
    /// Why.
    pub why: Words,
}

impl SecondsDrawn {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl SecondDropped {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.why]
    }
}
