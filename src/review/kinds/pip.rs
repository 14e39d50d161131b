//! The data of events about a Program Improvement Plan. As in `kinds`, what is released never
//! changes.

use serde::{Deserialize, Serialize};

use crate::review::Words;

/// A plan is in force from here on; the one before it stays in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipPlanSet {
    /// The plan file, whole: its strategies may tell of people.
    pub plan: Words,
}

impl PipPlanSet {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.plan]
    }
}
