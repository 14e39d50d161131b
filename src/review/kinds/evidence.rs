//! The data of events about interview notes and evidence that one reader of a case shares with
//! the other. As in `kinds`, what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{EventHash, Words};

/// A reader writes down what an interview or a document said: no answer, rating or rationale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceNoted {
    /// Who or what said it.
    pub source: Words,
    /// What was said.
    pub text: Words,
}

/// A lead lets a reader have what the other one noted (`evidence-released`), or the reader
/// takes it in (`evidence-received`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceShared {
    /// The notes.
    pub notes: Vec<EvidenceNote>,
}

/// One note of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceNote {
    /// The event that brought it.
    pub note: EventHash,
    /// Who or what said it.
    pub source: Words,
    /// What was said.
    pub text: Words,
}

impl EvidenceNoted {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.source, &mut self.text]
    }
}

impl EvidenceShared {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.notes.iter_mut().flat_map(|note| [&mut note.source, &mut note.text]).collect()
    }
}
