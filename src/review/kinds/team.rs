//! The data of events about people and who reads what. As in `kinds`, what is released never
//! changes.

use serde::{Deserialize, Serialize};

use crate::review::{CaseNumber, Days, Experience, PersonCode, Which, Words};

/// What is known of a person; what is not said stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonFacts {
    /// Region they work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// County they work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// Unit they belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// New to reviews, or experienced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experience: Option<Experience>,
}

/// A person is described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDescribed {
    /// Who.
    pub code: PersonCode,
    /// What is said of them.
    pub facts: PersonFacts,
}

/// Someone from outside the agency reviews too. What is not said stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsiderNamed {
    /// Who.
    pub code: PersonCode,
    /// The provider's agency they work for, as the frame writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Their confidentiality agreement: from the day it was signed to its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Days>,
}

/// A person must not read some cases. Version 1 knows case, worker and county; the other
/// relations came with version 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictDeclared {
    /// Who.
    pub code: PersonCode,
    /// Which cases.
    pub with: ConflictWith,
    /// Why: it may tell of people.
    pub why: Words,
}

/// The cases of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictWith {
    /// One case.
    Case(CaseNumber),
    /// Every case of a caseworker, by the frame's id.
    Worker(Words),
    /// Every case of a county.
    County(String),
    /// Every case of a unit.
    Unit(String),
    /// Every case of a caseworker they supervise, by the frame's id.
    Supervised(Words),
    /// Every case under a supervisor, by the frame's id.
    Supervisor(Words),
    /// Every case a provider's agency serves.
    Agency(String),
}

/// Open cases are given out by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasesAllotted {
    /// The seed of a random allotment; none where the order of numbers and codes decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Nobody gets a case of their own region.
    pub other_region: bool,
    /// Nobody gets a case of their own county.
    pub other_county: bool,
    /// Nobody gets more cases than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Who could get cases.
    pub among: Vec<PersonCode>,
    /// The cases given out.
    pub given: Vec<CaseNumber>,
    /// The cases nobody could get by these rules.
    pub left: Vec<CaseNumber>,
}

/// Open cases are given out by rules that version 1 does not know: to pairs, or as second
/// reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasesGivenOut {
    /// The seed of a random allotment; none where the order of numbers and codes decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Nobody gets a case of their own region.
    pub other_region: bool,
    /// Nobody gets a case of their own county.
    pub other_county: bool,
    /// Nobody gets more cases than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// As which review.
    pub which: Which,
    /// Every case has two names, no pair twice, no two new reviewers together.
    pub pairs: bool,
    /// Who could get cases.
    pub among: Vec<PersonCode>,
    /// The cases given out.
    pub given: Vec<CaseNumber>,
    /// The cases nobody could get by these rules.
    pub left: Vec<CaseNumber>,
}

/// A second person fills in a review together with its reviewer, who alone writes it; or no
/// longer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingPaired {
    /// The second name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PersonCode>,
}

impl OutsiderNamed {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl CasesGivenOut {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl ReadingPaired {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl PersonDescribed {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl ConflictDeclared {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        let person = match &mut self.with {
            ConflictWith::Worker(words)
            | ConflictWith::Supervised(words)
            | ConflictWith::Supervisor(words) => Some(words),
            ConflictWith::Case(_)
            | ConflictWith::County(_)
            | ConflictWith::Unit(_)
            | ConflictWith::Agency(_) => None,
        };
        person.into_iter().chain([&mut self.why]).collect()
    }
}

impl CasesAllotted {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}
