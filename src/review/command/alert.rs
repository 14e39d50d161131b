//! What is done about alerts.

use crate::review::{AlertKind, EventHash};

/// A step about an alert.
#[derive(Debug, Clone)]
pub enum AlertStep {
    /// Record a concern, or something to be followed up.
    Raise {
        /// What it is about.
        kind: AlertKind,
        /// What it is.
        text: String,
        /// Who was told; may be empty.
        told: String,
        /// When they were told; may be empty.
        when: String,
    },
    /// Write down what came back.
    Answer {
        /// The event that raised it.
        alert: EventHash,
        /// What was answered, and by whom.
        text: String,
    },
    /// Close it.
    Close {
        /// The event that raised it.
        alert: EventHash,
        /// What was done; may be empty.
        text: String,
    },
}
