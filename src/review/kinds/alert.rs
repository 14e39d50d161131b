//! The data of events about alerts. As in `kinds`, what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{AlertKind, EventHash, Moment, PersonCode, Words};

/// Whoever reads or leads records a concern about a case, or something to be followed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRaised {
    /// What it is about.
    pub kind: AlertKind,
    /// What it is.
    pub text: Words,
    /// Who was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Words>,
    /// When they were told, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Words>,
}

/// Where something was written that came to a reader's workspace by a work order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relayed {
    /// The event there.
    pub event: EventHash,
    /// Who wrote it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAnswered {
    /// The event that raised it.
    pub alert: EventHash,
    /// What was answered, and by whom.
    pub text: Words,
    /// Where it comes from, where that is not this workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Relayed>,
}

/// An alert is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertClosed {
    /// The event that raised it.
    pub alert: EventHash,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// Where it comes from, where that is not this workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Relayed>,
}

impl AlertRaised {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        std::iter::once(&mut self.text).chain(&mut self.told).chain(&mut self.when).collect()
    }
}

impl AlertAnswered {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.text]
    }
}

impl AlertClosed {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        self.text.iter_mut().collect()
    }
}
