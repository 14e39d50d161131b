//! Imported ratings as readings of their own.

use rusqlite::{Connection, OptionalExtension};

use crate::instrument::{Instrument, Rating};
use crate::review::{
    CaseNumber, Digest, Event, EventBody, RatedCase, Ratings, ReadingId, Status, Which, frame_facts,
};
use crate::store::{Editions, StoreError};

use super::reading::{Row, put_imported, put_row, settle};
use super::{case_of, key, put_case};

/// Takes in an event that brings imported ratings.
pub fn import_event(db: &Connection, editions: &Editions, event: &Event) -> Result<(), StoreError> {
    let EventBody::RatingsImported(data) = &event.body else { return Ok(()) };
    put_imported(db, &data.content)?;
    let edition = editions.get(db, &data.instrument)?;
    for rated in &data.cases {
        put_case(db, &case_of(&rated.case, &frame_facts(Some(&rated.frame))))?;
        put_rated(db, &edition, event.at.millis(), rated)?;
        settle(db, rated.case.number)?;
    }
    Ok(())
}

/// The reading that stands for a case's imported ratings.
fn rated_reading(number: CaseNumber, instrument: &str) -> ReadingId {
    let digest = Digest::new("casereview imported ratings reading v1")
        .part(&number.0.to_be_bytes())
        .part(instrument.as_bytes())
        .finish();
    let mut id = [0; 8];
    id.copy_from_slice(&digest[..8]);
    ReadingId(id)
}

// Two imports may bring items of one case. Should they contradict each other (only
// possible when they came from two workspaces), the rating earlier in the list of codes
// stands, whichever came first.
fn put_rated(
    db: &Connection,
    edition: &Instrument,
    at: i64,
    rated: &RatedCase,
) -> Result<(), StoreError> {
    let id = rated_reading(rated.case.number, edition.hash());
    let before: Option<(Vec<u8>, i64)> = db
        .prepare_cached("SELECT ratings, touched FROM reading WHERE id = ?1")?
        .query_row([key(id)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let given = rated
        .ratings
        .iter()
        .filter_map(|(item, code)| Some((item.as_str(), Rating::from_code(code)?)));
    let mut ratings = Ratings::of_items(edition, given);
    let mut touched = at;
    if let Some((bytes, earlier)) = before {
        ratings = ratings.joined(&Ratings::from_bytes(&bytes));
        touched = at.max(earlier);
    }
    put_row(
        db,
        &Row {
            id,
            number: rated.case.number,
            which: Which::Final,
            reviewer: "",
            status: Status::Final,
            instrument: edition.hash(),
            answered: 0,
            needed: 0,
            touched,
            submitted_at: Some(touched),
            ratings: &ratings,
            earlier: None,
        },
    )
}
