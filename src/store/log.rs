//! Appending to the log and reading from it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::review::{
    About, Chain, Decided, Event, EventBody, EventHash, Head, Moment, Stamp, TextHash, Words,
    event_hash, fold_order,
};

use super::StoreError;

/// A chain as the log keeps it.
#[derive(Debug, Clone)]
pub struct ChainRow {
    /// Its key in this file.
    pub key: i64,
    /// The chain.
    pub chain: Chain,
    /// How many events it has.
    pub length: u64,
    /// Hash of the last, [`EventHash::NONE`] for none.
    pub head: EventHash,
}

/// The chain's row; a new one for a chain not met before.
pub fn chain(db: &Connection, chain: &Chain) -> Result<ChainRow, StoreError> {
    let (author, workspace) = (chain.author.as_str(), chain.workspace.to_string());
    let found = db
        .prepare_cached("SELECT key, length, head FROM chain WHERE author = ?1 AND workspace = ?2")?
        .query_row(params![author, workspace], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 32]>(2)?))
        })
        .optional()?;
    let (key, length, head) = match found {
        Some(found) => found,
        None => {
            db.prepare_cached(
                "INSERT INTO chain (author, workspace, length, head) VALUES (?1, ?2, 0, ?3)",
            )?
            .execute(params![author, workspace, EventHash::NONE.0])?;
            (db.last_insert_rowid(), 0, EventHash::NONE.0)
        }
    };
    Ok(ChainRow { key, chain: chain.clone(), length: length as u64, head: EventHash(head) })
}

/// Appends one event to a chain, with the texts it brings; moves the chain's head.
pub fn append(
    db: &Connection,
    row: &mut ChainRow,
    decided: Decided,
    at: Moment,
) -> Result<Event, StoreError> {
    let Decided { about, mut body } = decided;
    for words in body.words() {
        keep_words(db, words)?;
    }
    let after = others_heads(db, &about, row.key)?;
    let stamp = Stamp { chain: row.chain.clone(), seq: row.length + 1, at, after };
    let bytes = body.encode(&about, &stamp);
    let hash = event_hash(row.head, &bytes);
    let event =
        Event { chain: stamp.chain, seq: stamp.seq, hash, at, after: stamp.after, about, body };
    insert(db, row.key, &event, &bytes)?;
    row.length = event.seq;
    row.head = hash;
    put_chain(db, row)?;
    move_heads(db, row.key, &event)?;
    Ok(event)
}

/// Writes an event down unless it is there; whether it was new.
pub fn insert(db: &Connection, chain: i64, event: &Event, body: &[u8]) -> Result<bool, StoreError> {
    let there = db
        .prepare_cached("SELECT 1 FROM event WHERE chain = ?1 AND seq = ?2")?
        .exists(params![chain, event.seq as i64])?;
    if there {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT INTO event (chain, seq, hash, about, body) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![chain, event.seq as i64, event.hash.0, event.about.to_string(), body])?;
    db.prepare_cached("DELETE FROM withheld WHERE chain = ?1 AND seq = ?2")?
        .execute(params![chain, event.seq as i64])?;
    Ok(true)
}

/// Notes the hash of an event that did not come.
pub fn withhold(db: &Connection, chain: i64, seq: u64, hash: EventHash) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO withheld VALUES (?1, ?2, ?3)")?
        .execute(params![chain, seq as i64, hash.0])?;
    Ok(())
}

/// Writes down how far a chain goes.
pub fn put_chain(db: &Connection, row: &ChainRow) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE chain SET length = ?2, head = ?3 WHERE key = ?1")?
        .execute(params![row.key, row.length as i64, row.head.0])?;
    Ok(())
}

/// The hash of every event of a chain that is known here, held or not, by its number.
pub fn hashes(db: &Connection, chain: i64) -> Result<BTreeMap<u64, EventHash>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT seq, hash FROM event WHERE chain = ?1
         UNION ALL SELECT seq, hash FROM withheld WHERE chain = ?1",
    )?;
    let rows = query
        .query_map([chain], |row| Ok((row.get::<_, i64>(0)? as u64, EventHash(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a text that comes with its salt.
pub fn keep_words(db: &Connection, words: &Words) -> Result<(), StoreError> {
    if let Some((salt, text)) = words.fresh() {
        db.prepare_cached("INSERT OR IGNORE INTO words (hash, salt, text) VALUES (?1, ?2, ?3)")?
            .execute(params![words.hash().0, salt, text])?;
    }
    Ok(())
}

/// Whether a text is here, or was and has been removed.
pub fn has_words(db: &Connection, hash: TextHash) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM words WHERE hash = ?1")?.exists([hash.0])?)
}

/// The last events about something in other chains: what a new event builds on.
fn others_heads(db: &Connection, about: &About, chain: i64) -> Result<Vec<EventHash>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT hash FROM head WHERE about = ?1 AND chain <> ?2 ORDER BY hash")?;
    let rows = query.query_map(params![about.to_string(), chain], |row| row.get(0))?;
    Ok(rows.map(|hash| hash.map(EventHash)).collect::<Result<_, _>>()?)
}

/// Keeps `head` true after an event: it takes the place of what it builds on.
pub fn move_heads(db: &Connection, chain: i64, event: &Event) -> Result<(), StoreError> {
    let about = event.about.to_string();
    for before in &event.after {
        db.prepare_cached("DELETE FROM head WHERE about = ?1 AND hash = ?2")?
            .execute(params![about, before.0])?;
    }
    db.prepare_cached(
        "INSERT INTO head (about, chain, hash) VALUES (?1, ?2, ?3)
         ON CONFLICT (about, chain) DO UPDATE SET hash = excluded.hash",
    )?
    .execute(params![about, chain, event.hash.0])?;
    Ok(())
}

/// Makes the heads of one thing anew from its events.
pub fn remake_heads(db: &Connection, about: &About) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM head WHERE about = ?1")?.execute([about.to_string()])?;
    for event in fold_order(events_about(db, about)?) {
        move_heads(db, chain(db, &event.chain)?.key, &event)?;
    }
    Ok(())
}

/// Every event about one thing, with its texts, in the order of arrival.
pub fn events_about(db: &Connection, about: &About) -> Result<Vec<Event>, StoreError> {
    about_with(db, about, EventBody::words)
}

/// As [`events_about`], without the texts of drawn cases and frames.
pub fn outlines_about(db: &Connection, about: &About) -> Result<Vec<Event>, StoreError> {
    about_with(db, about, EventBody::few_words)
}

fn about_with(
    db: &Connection,
    about: &About,
    words: fn(&mut EventBody) -> Vec<&mut Words>,
) -> Result<Vec<Event>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT body, hash FROM event WHERE about = ?1 ORDER BY position")?;
    let mut rows = query.query([about.to_string()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let hash = EventHash(row.get(1)?);
        let body = row.get_ref(0)?.as_blob().unwrap_or_default();
        events.push(read_with(db, body, hash, words)?);
    }
    Ok(events)
}

/// Reads one event from its bytes and fills its texts in.
pub fn read(db: &Connection, body: &[u8], hash: EventHash) -> Result<Event, StoreError> {
    read_with(db, body, hash, EventBody::words)
}

fn read_with(
    db: &Connection,
    body: &[u8],
    hash: EventHash,
    words: fn(&mut EventBody) -> Vec<&mut Words>,
) -> Result<Event, StoreError> {
    let mut event = Event::decode(body, hash)
        .map_err(|error| StoreError::Damaged(format!("event {hash}: {error}")))?;
    for words in words(&mut event.body) {
        let text = text_of(db, words.hash())?;
        words.fill(text);
    }
    Ok(event)
}

/// A text of the text table; `None` when it was removed or never came.
pub fn text_of(db: &Connection, hash: TextHash) -> Result<Option<String>, StoreError> {
    let found = db
        .prepare_cached("SELECT text FROM words WHERE hash = ?1")?
        .query_row([hash.0], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// The head of every chain, by author and workspace.
pub fn heads(db: &Connection) -> Result<Vec<Head>, StoreError> {
    let bad = |what: &str| StoreError::Damaged(format!("the chain of {what} is not readable"));
    let mut query = db.prepare(
        "SELECT author, workspace, length, head FROM chain WHERE length > 0
         ORDER BY author, workspace",
    )?;
    let mut rows = query.query([])?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        let (author, workspace): (String, String) = (row.get(0)?, row.get(1)?);
        heads.push(Head {
            author: author.parse().map_err(|_| bad(&author))?,
            workspace: workspace.parse().map_err(|_| bad(&author))?,
            seq: row.get::<_, i64>(2)? as u64,
            hash: EventHash(row.get(3)?),
        });
    }
    Ok(heads)
}
