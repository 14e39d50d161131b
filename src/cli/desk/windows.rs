//! Two windows on one review: a window that wants to write to what another has changed since
//! reads it anew instead, so that nothing is written over unseen.

use super::Desk;
use crate::review::ReadingId;
use crate::scoring::Value;
use crate::task::{Change, Effect, Field, Reply, Write};

impl Desk {
    /// The review was read just now.
    pub(super) fn look_from(&mut self, reading: ReadingId) {
        self.seen = self.workspace.position().ok().map(|position| (reading, position));
    }

    /// What was written since was written here.
    pub(super) fn look_on(&mut self) {
        if let Some((reading, _)) = self.seen {
            self.look_from(reading);
        }
    }

    /// Whether another window changed the review open here since it was read: one look into an
    /// index, as this is asked with every key that does something.
    pub(super) fn is_moved(&self) -> bool {
        let touched = |(reading, position)| self.workspace.is_touched(reading, position);
        self.seen.is_some_and(|seen| touched(seen).unwrap_or(false))
    }

    /// The review as it is now, instead of a change made in ignorance of it; none for what
    /// writes nothing to it, and for a review that was closed, which is told otherwise.
    pub(super) fn anew_instead(&mut self, effect: &Effect) -> Option<Reply> {
        let (Effect::Save { reading, .. }
        | Effect::Submit { reading }
        | Effect::Settle { reading, .. }
        | Effect::Complete { reading, .. }
        | Effect::HandIn { reading }) = effect
        else {
            return None;
        };
        let is_here = self.seen.is_some_and(|(seen, _)| seen.to_string() == *reading);
        if !is_here || self.is_shut(reading) {
            return None;
        }
        let mut at = None;
        if let Effect::Save { changes, .. } = effect {
            self.keep_words(reading, changes);
            at = changes.last().map(|change| change.write.question());
        }
        if self.is_settling(reading)
            && !matches!(effect, Effect::Save { .. } | Effect::Submit { .. })
        {
            return self.open_settling(reading).ok().map(|pair| Reply::PairMoved(Box::new(pair)));
        }
        let opened = self.open(reading).ok()?;
        Some(Reply::Moved { opened: Box::new(opened), at })
    }

    /// Texts are too much to write again: they are kept as if the window had been closed.
    fn keep_words(&self, reading: &str, changes: &[Change]) {
        for change in changes {
            let (question, field, text) = match &change.write {
                Write::Answer { question, new: Some(Value::Text(text)), .. } => {
                    (question, Field::Answer, text)
                }
                Write::Narrative { question, new, .. } => (question, Field::Narrative, new),
                Write::Note { question, new, .. } => (question, Field::Note, new),
                Write::Answer { .. } => continue,
            };
            if !text.is_empty() {
                self.draft(reading, usize::from(question.0), field, text);
            }
        }
    }
}
