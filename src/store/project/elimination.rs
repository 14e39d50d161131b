//! The tables of eliminations and of spares that came in, as `review::Changes` folds them.

use rusqlite::{Connection, params};

use crate::review::{Event, EventBody};
use crate::store::StoreError;

/// Takes in an event of a round that changes its sample.
pub(super) fn take(db: &Connection, event: &Event) -> Result<(), StoreError> {
    match &event.body {
        EventBody::EliminationAsked(data) => {
            db.prepare_cached(
                "INSERT INTO elimination VALUES (?1, ?2, ?3, 0)
                 ON CONFLICT (number) DO UPDATE
                 SET reason = excluded.reason, asked_by = excluded.asked_by
                 WHERE approved = 0",
            )?
            .execute(params![
                data.case.0,
                data.reason,
                event.chain.author.as_str()
            ])?;
        }
        EventBody::EliminationApproved(data) => {
            db.prepare_cached("UPDATE elimination SET approved = 1 WHERE number = ?1")?
                .execute([data.case.0])?;
        }
        EventBody::EliminationDeclined(data) => {
            db.prepare_cached("DELETE FROM elimination WHERE number = ?1 AND approved = 0")?
                .execute([data.case.0])?;
        }
        EventBody::SpareBroughtIn(data) => {
            db.prepare_cached("INSERT OR IGNORE INTO brought_in VALUES (?1, ?2)")?
                .execute([data.spare.0, data.instead_of.0])?;
        }
        _ => {}
    }
    Ok(())
}
