//! The schema's history. A released step never changes; each runs in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::file::APPLICATION_ID;
use super::{Editions, StoreError, project};

/// Step n brings a workspace from version n to n + 1.
const STEPS: &[&str] = &[
    include_str!("schema_v1.sql"),
    include_str!("schema_v2.sql"),
    include_str!("schema_v3.sql"),
    include_str!("schema_v4.sql"),
];

/// The newest version this program knows.
pub const NEWEST: i64 = STEPS.len() as i64;

/// The version of a workspace.
pub fn version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings a workspace to the newest version.
///
/// # Errors
/// [`StoreError::Newer`] when it is beyond it already.
pub fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    loop {
        let found = version(db)?;
        if found > NEWEST {
            return Err(StoreError::Newer { found, known: NEWEST });
        }
        let Some(step) = usize::try_from(found).ok().and_then(|at| STEPS.get(at)) else {
            return Ok(());
        };
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Someone else may have made this step while we waited.
        if version(&change)? == found {
            change.execute_batch(step)?;
            if found + 1 == NEWEST {
                // What no step can fill in: it takes the instruments.
                change.execute_batch("DELETE FROM counted")?;
                project::count_all(&change, &Editions::default())?;
            }
            change.execute_batch(&format!(
                "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {};",
                found + 1
            ))?;
        }
        change.commit()?;
    }
}
