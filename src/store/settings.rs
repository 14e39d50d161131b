//! Settings the promises rest on: set at open, read back, and refused if one did not take.

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::StoreError;

/// How long a writer waits for another to finish.
pub const PATIENCE: Duration = Duration::from_millis(1500);

/// Name, the statement that sets it, and what must be read back.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("trusted_schema", "OFF", "0"),
    ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),
    ("secure_delete", "ON", "1"),
    ("synchronous", "FULL", "2"),
    ("fullfsync", "ON", "1"),
    ("checkpoint_fullfsync", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
];

/// Applies the settings to a fresh connection and reads each back.
///
/// # Errors
/// [`StoreError::Setting`] when one did not take.
pub fn apply(db: &Connection) -> Result<(), StoreError> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(256);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without this, a statement whose plan might depend on a bound value is prepared again at
    // every new value: a sixth of the time of saving an answer.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    for (name, value, _) in SETTINGS {
        db.execute_batch(&format!("PRAGMA {name} = {value};"))?;
    }
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    read_back(db)
}

/// Reads the settings back.
///
/// # Errors
/// [`StoreError::Setting`] when one is not as it must be.
pub fn read_back(db: &Connection) -> Result<(), StoreError> {
    for (name, found, wanted) in values(db)? {
        if found != wanted {
            return Err(StoreError::Setting { setting: name, wanted, found });
        }
    }
    Ok(())
}

/// Each setting with what is read back and what it must be.
///
/// # Errors
/// When the database does not answer.
pub fn values(db: &Connection) -> Result<Vec<(&'static str, String, String)>, StoreError> {
    let mut values = Vec::new();
    let wanted = SETTINGS.iter().map(|(name, _, wanted)| (*name, *wanted));
    for (name, wanted) in wanted.chain([("journal_mode", "wal")]) {
        let found = db.query_row(&format!("PRAGMA {name}"), [], |row| {
            row.get_ref(0).map(|value| match value {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().to_owned(),
            })
        })?;
        values.push((name, found, wanted.to_owned()));
    }
    Ok(values)
}
