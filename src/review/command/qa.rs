//! What QA does.

use crate::review::EventHash;

/// A step of QA on a reading.
#[derive(Debug, Clone)]
pub enum QaStep {
    /// Pin a note to a question or item.
    Pin {
        /// Its id.
        place: String,
        /// What the note says.
        text: String,
    },
    /// Reply to a note.
    Reply {
        /// The event that pinned it.
        note: EventHash,
        /// What is said.
        text: String,
    },
    /// Settle a note.
    Settle {
        /// The event that pinned it.
        note: EventHash,
        /// It was settled in conversation.
        talked: bool,
        /// What came of it; needed after a conversation.
        summary: String,
    },
    /// Send the reading back to its reader.
    SendBack,
    /// Approve it at the level it is at.
    Approve,
}
