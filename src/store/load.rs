//! Single things of the file by what names them.

use rusqlite::{Connection, OptionalExtension};

use crate::review::{
    About, Case, CaseFacts, CaseNumber, EventHash, Place, Reading, ReadingId, ReviewKind, RoundId,
    fold_reading,
};

use super::{StoreError, log};

/// A reading from its events.
pub(super) fn load_reading(db: &Connection, id: ReadingId) -> Result<Option<Reading>, StoreError> {
    Ok(fold_reading(id, log::events_about(db, &About::Reading(id))?))
}

/// A case, its round, and the draw that brought it.
pub(super) fn case(db: &Connection, number: CaseNumber) -> Result<Option<CaseOrigin>, StoreError> {
    let found = db
        .prepare_cached("SELECT * FROM cases WHERE number = ?1")?
        .query_row([number.0], case_from)
        .optional()?;
    Ok(found.flatten())
}

/// The round of this name.
pub(super) fn round_named(db: &Connection, name: &str) -> Result<Option<RoundId>, StoreError> {
    let id: Option<String> = db
        .prepare_cached("SELECT id FROM round WHERE name = ?1 ORDER BY opened_at LIMIT 1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    Ok(id.and_then(|id| id.parse().ok()))
}

/// A case's facts and place from a row of `cases`, in the order of its columns.
fn case_from(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<CaseOrigin>> {
    let review_kind: String = row.get(12)?;
    let under_review: Option<String> = row.get(10)?;
    let place: Option<String> = row.get(13)?;
    let drawn = match place {
        Some(stratum) => Some(Place { stratum, order: row.get(14)?, spare: row.get(15)? }),
        None => None,
    };
    let frame: String = row.get(5)?;
    let round: Option<String> = row.get(2)?;
    let draw: Option<[u8; 32]> = row.get(3)?;
    let Some(review_kind) = ReviewKind::from_code(&review_kind) else { return Ok(None) };
    let facts = CaseFacts {
        number: CaseNumber(row.get(0)?),
        case_type: row.get(6)?,
        region: row.get(7)?,
        county: row.get(8)?,
        period: row.get(9)?,
        under_review: under_review.and_then(|days| days.parse().ok()),
        round: row.get(1)?,
        sample_id: row.get(11)?,
        review_kind,
    };
    let case = Case { facts, frame: serde_json::from_str(&frame).unwrap_or_default(), drawn };
    Ok(Some((case, round.and_then(|id| id.parse().ok()), draw.map(EventHash))))
}

/// A case, its round, and the draw that brought it.
pub(super) type CaseOrigin = (Case, Option<RoundId>, Option<EventHash>);
