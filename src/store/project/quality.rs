//! The tables of QA.

use rusqlite::{Connection, params};

use crate::review::{CaseNumber, QaLevel, QaLevelsSet, Reading};
use crate::store::StoreError;

use super::{key, reading};

/// Writes which levels a round uses; what is handed in stands anew by them.
pub fn levels_set(db: &Connection, round: &str, data: &QaLevelsSet) -> Result<(), StoreError> {
    db.execute("DELETE FROM qa_level WHERE round = ?1", [round])?;
    for one in &data.levels {
        let people: Vec<&str> = one.people.iter().map(|code| code.as_str()).collect();
        db.execute(
            "INSERT INTO qa_level VALUES (?1, ?2, ?3)",
            params![round, one.level.code(), people.join(" ")],
        )?;
    }
    cases_of(db, round)?.into_iter().try_for_each(|case| reading::settle(db, case))
}

/// The cases of a round.
pub fn cases_of(db: &Connection, round: &str) -> Result<Vec<CaseNumber>, StoreError> {
    let mut query = db.prepare_cached("SELECT number FROM cases WHERE round_id = ?1")?;
    let rows = query.query_map([round], |row| row.get(0).map(CaseNumber))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Says anew which readings are final, in every round with QA: a log is gone through reading by
/// reading, and a round's cases may stand behind its readings.
pub fn settle_rounds(db: &Connection) -> Result<(), StoreError> {
    let mut query = db.prepare("SELECT DISTINCT round FROM qa_level ORDER BY round")?;
    let rounds: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for round in rounds {
        cases_of(db, &round)?.into_iter().try_for_each(|case| reading::settle(db, case))?;
    }
    Ok(())
}

/// Writes what QA did with a reading.
pub fn put_quality(db: &Connection, reading: &Reading) -> Result<(), StoreError> {
    let quality = &reading.quality;
    let levels = QaLevel::ALL.iter().filter(|level| quality.approved(**level).is_some());
    let approved: Vec<&str> = levels.map(|level| level.code()).collect();
    let (notes, late) = (quality.open().count(), quality.late.len());
    let sent_back = quality.sent_back().is_some();
    if approved.is_empty() && notes == 0 && late == 0 && !sent_back {
        db.prepare_cached("DELETE FROM quality WHERE reading = ?1")?.execute([key(reading.id)])?;
        return Ok(());
    }
    db.prepare_cached("INSERT OR REPLACE INTO quality VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
        params![key(reading.id), approved.join(" "), notes as i64, sent_back, late as i64],
    )?;
    Ok(())
}

/// The levels that a case's round uses; none for a case of no round here.
pub(super) fn levels_of(db: &Connection, case: CaseNumber) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT level FROM qa_level WHERE round = (SELECT round_id FROM cases WHERE number = ?1)",
    )?;
    Ok(query.query_map([case.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
