//! Changes, drafts and the submission of a reading on their way to disk.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Desk;
use super::cells::of_cell;
use crate::review::{Change as Past, Command, Moment, Reading, ReadingId, Slot, note_on};
use crate::scoring::write_value;
use crate::store::{ActError, StoreError};
use crate::task::{Change, Field, Way, Write};

/// Where forms are kept: apart from every review, so that they leave with none.
const NO_REVIEW: ReadingId = ReadingId([0; 8]);

/// Where the draft of a settlement stands.
pub(super) fn reason_on(question: &str) -> String {
    format!("{question}#reason")
}

impl Desk {
    /// Stores changes in order. What fails comes back with how many were stored.
    pub(super) fn save(
        &mut self,
        reading: &str,
        changes: Vec<Change>,
    ) -> Result<Moment, (usize, String)> {
        let mut at = None;
        for (stored, change) in changes.into_iter().enumerate() {
            let done = self
                .command(reading, change)
                .and_then(|command| self.workspace.act(&command).map_err(|e| e.to_string()));
            match done {
                Ok(committed) => at = Some(committed.at),
                Err(why) => return Err((stored, why)),
            }
        }
        at.ok_or_else(|| (0, "there was nothing to save".to_owned()))
    }

    /// Whether a review can only be read now.
    pub(super) fn is_shut(&self, reading: &str) -> bool {
        let state = reading.parse().ok().and_then(|id| self.workspace.reading(id).ok());
        state.is_some_and(|state| self.closed(&state).is_some())
    }

    fn command(&self, reading: &str, change: Change) -> Result<Command, String> {
        let reading: ReadingId =
            reading.parse().map_err(|_| "the review is not open".to_owned())?;
        let edition = self.edition.as_ref().ok_or_else(|| "no review is open".to_owned())?;
        let question = edition.question(change.write.question());
        let id = question.id().to_owned();
        let (id, slot) = match change.write {
            Write::Answer { .. } => (id, Slot::Answer),
            Write::Narrative { .. } => (id, Slot::Narrative),
            Write::Note { .. } => (note_on(&id), Slot::Narrative),
        };
        // Another window may have changed the review since: then the log's last change is
        // not the one taken back here, and what is wanted is given outright.
        let held = match change.way {
            Way::Given => None,
            Way::Undone | Way::Redone => {
                Some(self.workspace.reading(reading).map_err(|error| error.to_string())?)
            }
        };
        let held = held.as_deref();
        let is_last =
            |last: Option<&Past>| last.is_some_and(|last| last.question == id && last.slot == slot);
        Ok(match (change.way, change.write) {
            (Way::Undone, _) if is_last(held.and_then(Reading::to_undo)) => {
                Command::Undo { reading }
            }
            (Way::Redone, _) if is_last(held.and_then(Reading::to_redo)) => {
                Command::Redo { reading }
            }
            (_, Write::Answer { new, .. }) => {
                let value = new.map(|value| write_value(question, &value));
                Command::Answer { reading, question: id, value }
            }
            (_, Write::Narrative { new, .. } | Write::Note { new, .. }) => {
                let text = (!new.is_empty()).then_some(new);
                Command::Narrate { reading, question: id, text }
            }
        })
    }

    /// Keeps a text being written; an empty one is dropped.
    pub(super) fn draft(&self, reading: &str, question: usize, field: Field, text: &str) {
        let Ok(reading) = reading.parse::<ReadingId>() else { return };
        let Some(edition) = &self.edition else { return };
        let id = edition.questions()[question].id();
        let (place, slot) = match field {
            Field::Note => (note_on(id), Slot::Narrative),
            Field::Reason => (reason_on(id), Slot::Narrative),
            Field::Narrative => (id.to_owned(), Slot::Narrative),
            _ => (id.to_owned(), Slot::Answer),
        };
        let text = match field {
            Field::Cell { .. } | Field::CellText { .. } if !text.is_empty() => {
                Cow::Owned(of_cell(field, text))
            }
            _ => Cow::Borrowed(text),
        };
        // A draft that can't be kept is no reason to stop typing.
        let _ = self.workspace.save_draft(reading, &place, slot, &text);
    }

    /// Keeps what the one who acts has on a form; an empty text drops it.
    pub(super) fn sheet(&self, form: &str, text: &str) {
        let place = format!("{}#{form}", self.workspace.user());
        // As with a draft.
        let _ = self.workspace.save_draft(NO_REVIEW, &place, Slot::Narrative, text);
    }

    /// What the one who acts left on forms whose names begin so.
    pub(super) fn sheets(&self, begin: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let mine = format!("{}#", self.workspace.user());
        let of_form = |(place, _): &(String, Slot)| {
            let form = place.strip_prefix(&mine)?;
            form.starts_with(begin).then(|| form.to_owned())
        };
        let drafts = self.workspace.drafts(NO_REVIEW)?.into_iter();
        Ok(drafts.filter_map(|(place, text)| Some((of_form(&place)?, text))).collect())
    }

    /// Hands a reading in.
    pub(super) fn submit(&mut self, reading: &str) -> Result<Moment, String> {
        let reading = reading.parse().map_err(|_| "the review is not open".to_owned())?;
        let done = self.workspace.act(&Command::Submit { reading });
        done.map(|committed| committed.at).map_err(|error: ActError| error.to_string())
    }
}
