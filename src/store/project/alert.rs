//! The table of alerts.

use rusqlite::{Connection, params};

use crate::review::Reading;
use crate::store::StoreError;

use super::key;

/// Writes the alerts of a reading anew.
pub fn put_alerts(db: &Connection, reading: &Reading) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM alert WHERE reading = ?1")?.execute([key(reading.id)])?;
    for one in &reading.alerts {
        db.prepare_cached("INSERT INTO alert VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            one.id.0,
            key(reading.id),
            reading.case.number.0,
            one.kind.code(),
            one.closed.is_some(),
        ])?;
    }
    Ok(())
}
