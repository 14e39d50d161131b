//! The data of events about a drawn sample: eliminations, spares, witnesses. As in `kinds`,
//! what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{CaseNumber, DrawnCase, PersonCode, Words};

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

/// A second person does not agree, or whoever asked takes the request back: the case stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EliminationDeclined {
    /// The case.
    pub case: CaseNumber,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
}

/// A lead lets a pending elimination go on although the case has an item rating by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EliminationUnlocked {
    /// The case.
    pub case: CaseNumber,
    /// Why.
    pub why: Words,
}

/// More spares were drawn for a stratum whose spares are used up: the next ones in the order
/// of the draw's own tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleSupplemented {
    /// Number of the draw in its round.
    pub draw: u32,
    /// The stratum.
    pub stratum: String,
    /// The cases, in the order they can come in.
    pub cases: Vec<DrawnCase>,
    /// Who approved it: a person's code, a name or an office.
    pub approved_by: Words,
    /// Why it was needed.
    pub why: Words,
    /// Version of the program.
    pub program: String,
}

impl EliminationDeclined {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.why.iter_mut().collect()
    }
}

impl EliminationUnlocked {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.why]
    }
}

impl SampleSupplemented {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        let cases = self.cases.iter_mut().flat_map(|case| [&mut case.ticket, &mut case.frame]);
        cases.chain([&mut self.approved_by, &mut self.why]).collect()
    }
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
