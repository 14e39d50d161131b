//! Making every projection again from the log, and comparing it with the live one.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::review::{About, Digest, Event, EventBody, fold_order, fold_reading, fold_team};

use super::project::{self, PROJECTIONS};
use super::{Editions, StoreError, Workspace, log, migrations};

impl Workspace {
    /// Makes every projection again from the log.
    ///
    /// # Errors
    /// When the log can't be read or the tables can't be written; all stays as it was then.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.recent = None;
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        refold(&change, &change, &self.editions)?;
        Ok(change.commit()?)
    }

    /// SHA-256 over every projection: name and digest of each table.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn projections_digest(&self) -> Result<Vec<(&'static str, [u8; 32])>, StoreError> {
        digests(&self.db, &chain_names(&self.db)?)
    }

    /// The projections that differ from what the log gives; none in a sound workspace.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn stale_projections(&self) -> Result<Vec<&'static str>, StoreError> {
        let mut fresh = Connection::open_in_memory()?;
        migrations::migrate(&mut fresh)?;
        // One look at one state of the file, whatever others write meanwhile.
        let look = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred)?;
        let made = Transaction::new_unchecked(&fresh, TransactionBehavior::Deferred)?;
        refold(&look, &made, &self.editions)?;
        let chains = chain_names(&look)?;
        let pairs = digests(&look, &chains)?.into_iter().zip(digests(&made, &chains)?);
        Ok(pairs.filter(|(live, fresh)| live != fresh).map(|(live, _)| live.0).collect())
    }
}

/// Empties the projections of `to` and fills them from the log of `from`.
fn refold(from: &Connection, to: &Connection, editions: &Editions) -> Result<(), StoreError> {
    for (table, _) in PROJECTIONS {
        to.execute(&format!("DELETE FROM {table}"), [])?;
    }
    // `editions` finds texts where the log is.
    let made = Made { from, to, editions };
    let mut query = from.prepare("SELECT DISTINCT about FROM event ORDER BY about")?;
    let abouts: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for about in abouts.iter().map(|about| About::from(about.as_str())) {
        let events = log::events_about(from, &about)?;
        for event in fold_order(events.clone()) {
            let row = log::chain(from, &event.chain)?;
            log::move_heads(to, row.key, &event)?;
        }
        made.again(&about, events)?;
    }
    project::settle_rounds(to)?;
    // Every edition was loaded above from where its text is.
    project::count_all(to, editions)
}

struct Made<'d> {
    from: &'d Connection,
    to: &'d Connection,
    editions: &'d Editions,
}

impl Made<'_> {
    fn again(&self, about: &About, events: Vec<Event>) -> Result<(), StoreError> {
        match about {
            About::Team => project::people(self.to, &fold_team(events)),
            About::Round(id) => fold_order(events)
                .iter()
                .try_for_each(|event| project::round_event(self.to, event, *id)),
            About::Import(_) => fold_order(events).iter().try_for_each(|event| {
                self.know(event)?;
                project::import_event(self.to, self.editions, event)
            }),
            About::Reading(id) => {
                let imported = events.iter().find_map(|event| match &event.body {
                    EventBody::ReadingImported(data) => Some(data.content),
                    _ => None,
                });
                if let Some(content) = imported {
                    project::put_imported(self.to, &content)?;
                }
                let Some(reading) = fold_reading(*id, events) else { return Ok(()) };
                self.editions.get(self.from, &reading.instrument)?;
                project::put_whole_reading(self.to, self.editions, &reading)
            }
            About::Other(_) => Ok(()),
        }
    }

    /// Loads the edition an event names from where its text is.
    fn know(&self, event: &Event) -> Result<(), StoreError> {
        if let EventBody::RatingsImported(data) = &event.body {
            self.editions.get(self.from, &data.instrument)?;
        }
        Ok(())
    }
}

fn digests(
    db: &Connection,
    chains: &HashMap<i64, String>,
) -> Result<Vec<(&'static str, [u8; 32])>, StoreError> {
    let one = |(table, order): &(&'static str, &str)| match *table {
        "head" => Ok((*table, heads_digest(db, chains)?)),
        table => Ok((table, digest(db, table, order)?)),
    };
    PROJECTIONS.iter().map(one).collect()
}

/// The names of chains by their keys: keys are given in the order of arrival.
fn chain_names(db: &Connection) -> Result<HashMap<i64, String>, StoreError> {
    let mut query = db.prepare("SELECT key, author || '@' || workspace FROM chain")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn heads_digest(db: &Connection, chains: &HashMap<i64, String>) -> Result<[u8; 32], StoreError> {
    let mut query = db.prepare("SELECT about, chain, hash FROM head")?;
    let mut heads: Vec<(String, &str, [u8; 32])> = Vec::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let chain = chains.get(&row.get(1)?).map_or("", String::as_str);
        heads.push((row.get(0)?, chain, row.get(2)?));
    }
    heads.sort_unstable();
    let mut digest = Digest::new("casereview projection");
    for (about, chain, hash) in &heads {
        digest = digest.part(about.as_bytes()).part(chain.as_bytes()).part(hash);
    }
    Ok(digest.finish())
}

fn digest(db: &Connection, table: &str, order: &str) -> Result<[u8; 32], StoreError> {
    let mut query = db.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let width = query.column_count();
    let mut rows = query.query([])?;
    let mut digest = Digest::new("casereview projection");
    while let Some(row) = rows.next()? {
        for at in 0..width {
            digest = match row.get_ref(at)? {
                ValueRef::Null => digest.part(b"null"),
                ValueRef::Integer(number) => digest.part(b"integer").part(&number.to_be_bytes()),
                ValueRef::Real(number) => digest.part(b"real").part(&number.to_be_bytes()),
                ValueRef::Text(text) => digest.part(b"text").part(text),
                ValueRef::Blob(bytes) => digest.part(b"blob").part(bytes),
            };
        }
    }
    Ok(digest.finish())
}
