//! Instrument editions kept in the workspace, checked once each.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::instrument::{self, Instrument};

use super::{StoreError, Workspace};

/// Editions in use, by hash.
#[derive(Debug, Default)]
pub struct Editions(RefCell<HashMap<String, Arc<Instrument>>>);

impl Editions {
    /// The edition with this hash.
    ///
    /// # Errors
    /// When its text is not kept here or can't be read any more.
    pub fn get(&self, db: &Connection, hash: &str) -> Result<Arc<Instrument>, StoreError> {
        if let Some(known) = self.0.borrow().get(hash) {
            return Ok(known.clone());
        }
        let (id, text): (String, String) = db
            .prepare_cached("SELECT id, text FROM instrument WHERE hash = ?1")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or_else(|| StoreError::Damaged(format!("instrument edition {hash} is missing")))?;
        let edition = load(&id, hash, &text).filter(|edition| edition.hash() == hash);
        let edition = edition.ok_or_else(|| {
            StoreError::Damaged(format!("instrument edition {hash} can't be read"))
        })?;
        self.0.borrow_mut().insert(hash.to_owned(), edition.clone());
        Ok(edition)
    }

    /// Keeps an edition's text.
    pub fn keep(&self, db: &Connection, edition: &Arc<Instrument>) -> Result<(), StoreError> {
        db.prepare_cached("INSERT OR IGNORE INTO instrument (hash, id, text) VALUES (?1, ?2, ?3)")?
            .execute(params![edition.hash(), edition.id(), edition.text()])?;
        self.0.borrow_mut().insert(edition.hash().to_owned(), edition.clone());
        Ok(())
    }
}

impl Workspace {
    /// The edition whose hash begins with these digits, as packed readings name it.
    ///
    /// # Errors
    /// When it is not kept here or can't be read any more.
    pub fn edition_beginning(&self, digits: &str) -> Result<Arc<Instrument>, StoreError> {
        let sql = "SELECT hash FROM instrument WHERE substr(hash, 1, length(?1)) = ?1";
        let found =
            self.db.prepare_cached(sql)?.query_row([digits], |row| row.get(0)).optional()?;
        let hash: String = found.ok_or_else(|| {
            StoreError::Damaged(format!("instrument edition {digits} is missing"))
        })?;
        self.instrument(&hash)
    }

    /// Hash and instrument id of every edition kept, by id.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn editions(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT hash, id FROM instrument ORDER BY id, hash";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

// Only checked editions are kept, so their tables are not proven again.
fn load(id: &str, hash: &str, text: &str) -> Option<Arc<Instrument>> {
    let shipped = instrument::load_shipped(id).filter(|shipped| shipped.hash() == hash);
    shipped.or_else(|| instrument::build(text).map(Arc::new))
}
