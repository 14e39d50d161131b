//! The data of events about a drawn sample: eliminations, spares, witnesses. As in `kinds`,
//! what is released never changes.

use serde::{Deserialize, Serialize};

use super::{CaseNumber, PersonCode, Words};

/// Someone asks that a drawn case be eliminated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EliminationAsked {
    /// The case.
    pub case: CaseNumber,
    /// The instrument's code of the reason.
    pub reason: String,
    /// What the code can't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// Why a lead does it although the case has an item rating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock: Option<Words>,
}

/// A second person agrees: the case is eliminated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EliminationApproved {
    /// The case.
    pub case: CaseNumber,
    /// Who agrees. Where it is not the event's author, the author tells of it.
    pub by: PersonCode,
}

/// A spare comes in for an eliminated case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpareBroughtIn {
    /// The spare.
    pub spare: CaseNumber,
    /// The eliminated case.
    pub instead_of: CaseNumber,
}

/// Who watched the seed of a draw being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedWitnessed {
    /// Number of the draw in its round.
    pub draw: u32,
    /// Their names or offices.
    pub witnesses: Vec<Words>,
}

impl EliminationAsked {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.text.iter_mut().chain(&mut self.unlock).collect()
    }
}

impl EliminationApproved {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl SpareBroughtIn {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl SeedWitnessed {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.witnesses.iter_mut().collect()
    }
}
