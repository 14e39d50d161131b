//! What an editor holds and no event has yet: overwritten in place, gone once the answer or
//! narrative is given.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::review::{ReadingId, Slot};

use super::{StoreError, Workspace, project};

fn code(slot: Slot) -> &'static str {
    match slot {
        Slot::Answer => "answer",
        Slot::Narrative => "narrative",
    }
}

impl Workspace {
    /// Keeps what an editor holds; an empty text discards it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn save_draft(
        &self,
        reading: ReadingId,
        question: &str,
        slot: Slot,
        text: &str,
    ) -> Result<(), StoreError> {
        if text.is_empty() {
            return discard(&self.db, reading, question, code(slot));
        }
        self.db
            .prepare_cached("INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![project::key(reading), question, code(slot), text])?;
        Ok(())
    }

    /// What editors of a reading hold, by question and slot.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn drafts(
        &self,
        reading: ReadingId,
    ) -> Result<BTreeMap<(String, Slot), String>, StoreError> {
        let mut query =
            self.db.prepare_cached("SELECT question, slot, text FROM draft WHERE reading = ?1")?;
        let rows = query.query_map([project::key(reading)], |row| {
            let slot: String = row.get(1)?;
            let slot = if slot == "answer" { Slot::Answer } else { Slot::Narrative };
            Ok(((row.get(0)?, slot), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Forgets what an editor held.
pub(super) fn discard(
    db: &Connection,
    reading: ReadingId,
    question: &str,
    slot: &str,
) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM draft WHERE reading = ?1 AND question = ?2 AND slot = ?3")?
        .execute(params![project::key(reading), question, slot])?;
    Ok(())
}
