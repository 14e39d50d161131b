//! What is on its way to disk. The only place that knows whether "saved" may be shown.

use crate::instrument::QuestionIx;

use super::super::{Change, Effect};

/// Whether the answers are on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved<'a> {
    /// Nothing was changed since the review was opened.
    Unchanged,
    /// A change is on its way.
    Pending,
    /// Everything is on disk, the last change since this time.
    At(&'a str),
    /// The last attempt failed.
    Failed {
        /// How many changes are not on disk.
        changes: usize,
        /// Why.
        why: &'a str,
    },
}

/// Changes in order, until a commit of them is reported.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    waiting: Vec<Change>,
    sent: usize,
    ticket: u64,
    at: Option<String>,
    failure: Option<String>,
}

impl Journal {
    /// Adds a change; [`send`](Self::send) is what sets it going.
    pub fn push(&mut self, change: Change) {
        self.waiting.push(change);
    }

    /// The effect that stores everything waiting, unless a save is under way already
    /// (whose reply will send the rest) or there is nothing to store.
    pub fn send(&mut self, reading: &str) -> Option<Effect> {
        if self.sent > 0 || self.waiting.is_empty() {
            return None;
        }
        self.ticket += 1;
        self.sent = self.waiting.len();
        Some(Effect::Save {
            reading: reading.to_owned(),
            ticket: self.ticket,
            changes: self.waiting.clone(),
        })
    }

    /// A commit returned. A reply to an older ticket changes nothing.
    pub fn stored(&mut self, ticket: u64, at: String) {
        if ticket == self.ticket && self.sent > 0 {
            self.waiting.drain(..self.sent);
            self.sent = 0;
            self.at = Some(at);
            self.failure = None;
        }
    }

    /// A commit failed: what isn't stored stays waiting until it is sent again.
    pub fn refused(&mut self, ticket: u64, stored: usize, why: String) {
        if ticket == self.ticket && self.sent > 0 {
            self.waiting.drain(..stored.min(self.sent));
            self.sent = 0;
            self.failure = Some(why);
        }
    }

    /// Whether the answers are on disk. A failure stays until a commit returned.
    pub fn saved(&self) -> Saved<'_> {
        match (&self.failure, &self.at) {
            (Some(why), _) => Saved::Failed { changes: self.waiting.len(), why },
            (None, _) if !self.waiting.is_empty() => Saved::Pending,
            (None, Some(at)) => Saved::At(at),
            (None, None) => Saved::Unchanged,
        }
    }

    /// Whether everything is on disk.
    pub fn is_settled(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Whether a change of the question is not on disk, after an attempt that failed.
    pub fn has_failed(&self, question: QuestionIx) -> bool {
        self.failure.is_some() && self.waiting.iter().any(|c| c.write.question() == question)
    }
}
