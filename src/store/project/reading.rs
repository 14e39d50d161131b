//! The tables of readings and answers.

use rusqlite::{Connection, params};

use crate::instrument::{Instrument, ItemIx, Rating};
use crate::review::{
    CaseNumber, ContentHash, Event, EventBody, Ratings, Reading, ReadingId, Status, Which, answers,
    counts, effective,
};
use crate::store::{Editions, StoreError};

use super::alert::put_alerts;
use super::quality::{levels_of, put_quality};
use super::{case_of, key, put_case};

/// Takes in an event about a reading; `reading` is the state after it.
pub fn reading_event(
    db: &Connection,
    editions: &Editions,
    event: &Event,
    reading: &Reading,
) -> Result<(), StoreError> {
    match &event.body {
        EventBody::Answered(data) | EventBody::Narrated(data) => {
            put_answer(db, reading, &data.question)?;
        }
        EventBody::ReadingImported(data) => {
            put_imported(db, &data.content)?;
            put_case(db, &case_of(&reading.case, &reading.frame))?;
            put_answers(db, reading)?;
        }
        EventBody::AlertRaised(_) | EventBody::AlertAnswered(_) | EventBody::AlertClosed(_) => {
            // No alert changes anything of the review itself.
            return put_alerts(db, reading);
        }
        EventBody::ReadingPaired(_) => put_partner(db, reading)?,
        EventBody::ReadingAssigned(_) | EventBody::ReadingTaken(_) => {
            put_case(db, &case_of(&reading.case, &reading.frame))?;
            put_answers(db, reading)?;
        }
        _ => {}
    }
    put_reading(db, editions, reading)?;
    put_quality(db, reading)?;
    if !matches!(event.body, EventBody::Answered(_) | EventBody::Narrated(_)) {
        settle(db, reading.case.number)?;
    }
    Ok(())
}

/// Writes a whole reading anew.
pub fn put_whole_reading(
    db: &Connection,
    editions: &Editions,
    reading: &Reading,
) -> Result<(), StoreError> {
    put_case(db, &case_of(&reading.case, &reading.frame))?;
    put_answers(db, reading)?;
    put_partner(db, reading)?;
    put_reading(db, editions, reading)?;
    put_quality(db, reading)?;
    put_alerts(db, reading)?;
    settle(db, reading.case.number)
}

fn put_partner(db: &Connection, reading: &Reading) -> Result<(), StoreError> {
    match &reading.partner {
        Some(code) => db
            .prepare_cached("INSERT OR REPLACE INTO partner VALUES (?1, ?2)")?
            .execute(params![key(reading.id), code.as_str()])?,
        None => db
            .prepare_cached("DELETE FROM partner WHERE reading = ?1")?
            .execute([key(reading.id)])?,
    };
    Ok(())
}

fn put_answers(db: &Connection, reading: &Reading) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM answer WHERE reading = ?1")?.execute([key(reading.id)])?;
    reading.answers.keys().try_for_each(|question| put_answer(db, reading, question))
}

fn put_answer(db: &Connection, reading: &Reading, question: &str) -> Result<(), StoreError> {
    let (value, narrative) = (reading.value(question), reading.narrative(question));
    if reading.answers.contains_key(question) {
        db.prepare_cached("INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![key(reading.id), question, value, narrative])?;
    } else {
        db.prepare_cached("DELETE FROM answer WHERE reading = ?1 AND question = ?2")?
            .execute(params![key(reading.id), question])?;
    }
    Ok(())
}

fn put_reading(db: &Connection, editions: &Editions, reading: &Reading) -> Result<(), StoreError> {
    let edition = editions.get(db, &reading.instrument)?;
    if reading.taken {
        db.prepare_cached("INSERT OR IGNORE INTO taken VALUES (?1)")?.execute([key(reading.id)])?;
    }
    let rated = answers(&edition, reading).map(|answers| effective(&edition, reading, &answers));
    let held = rated.as_ref().map(|(_, held)| held.as_slice()).unwrap_or_default();
    put_overridden(db, &edition, reading, held)?;
    let scores = rated.map(|(scores, _)| scores);
    let (answered, needed) =
        scores.as_ref().map_or((0, 0), |scores| counts(&edition, reading, scores));
    let ratings = scores.as_ref().map(Ratings::of).unwrap_or_default();
    put_row(
        db,
        &Row {
            id: reading.id,
            number: reading.case.number,
            which: reading.which,
            reviewer: reading.reviewer.as_str(),
            status: reading.status,
            instrument: &reading.instrument,
            answered,
            needed,
            touched: reading.touched.millis(),
            submitted_at: reading.seal.as_ref().map(|seal| seal.at.millis()),
            ratings: &ratings,
            earlier: reading.from,
        },
    )
}

fn put_overridden(
    db: &Connection,
    edition: &Instrument,
    reading: &Reading,
    held: &[(ItemIx, Rating, Rating)],
) -> Result<(), StoreError> {
    // Most readings never had one.
    if reading.seal.is_none() && reading.overrides.is_empty() && held.is_empty() {
        return Ok(());
    }
    db.prepare_cached("DELETE FROM overridden WHERE reading = ?1")?.execute([key(reading.id)])?;
    for (at, computed, rating) in held {
        let item = edition.item(*at).id();
        let rule = reading.overrides.get(item).map_or("", |one| one.rule.as_str());
        db.prepare_cached("INSERT INTO overridden VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![key(reading.id), item, computed.code(), rating.code(), rule])?;
    }
    Ok(())
}

/// A row of the table of readings.
pub(super) struct Row<'r> {
    pub(super) id: ReadingId,
    pub(super) number: CaseNumber,
    pub(super) which: Which,
    pub(super) reviewer: &'r str,
    pub(super) status: Status,
    pub(super) instrument: &'r str,
    pub(super) answered: u32,
    pub(super) needed: u32,
    pub(super) touched: i64,
    pub(super) submitted_at: Option<i64>,
    pub(super) ratings: &'r Ratings,
    pub(super) earlier: Option<ReadingId>,
}

/// Writes a row of the table of readings.
pub(super) fn put_row(db: &Connection, row: &Row<'_>) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO reading VALUES
         (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        key(row.id),
        row.number.0,
        row.which.code(),
        row.reviewer,
        row.status.code(),
        row.instrument,
        row.answered,
        row.needed,
        row.touched,
        row.submitted_at,
        row.ratings.as_bytes(),
        row.earlier.map(key),
    ])?;
    Ok(())
}

/// Says which reading of a case is final: the settled one; else the only one, once it is
/// submitted. A pair not yet settled has none, nor has a case drawn for a second review; and
/// where the round has QA, none is before its last level approved it.
pub(super) fn settle(db: &Connection, number: CaseNumber) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, which, status,
                coalesce((SELECT approved FROM quality q WHERE q.reading = r.id), '')
         FROM reading r
         WHERE number = ?1 AND status <> 'withdrawn'
           AND NOT EXISTS (SELECT 1 FROM taken t WHERE t.reading = r.id)",
    )?;
    let rows: Vec<(i64, String, String, String)> = query
        .query_map([number.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    let levels = levels_of(db, number)?;
    let waits =
        db.prepare_cached("SELECT 1 FROM second_drawn WHERE number = ?1")?.exists([number.0])?;
    let settled = rows.iter().any(|(_, which, ..)| which == Which::Final.code());
    for (id, which, status, approved) in &rows {
        let done = [Status::Submitted, Status::InQa, Status::Final].map(Status::code);
        let done = done.contains(&status.as_str());
        let has = |level: &String| approved.split(' ').any(|one| one == level);
        let in_qa = !levels.iter().all(has);
        let counts = if settled { which == Which::Final.code() } else { rows.len() == 1 && !waits };
        let wanted = match (done, in_qa, counts) {
            (false, ..) => continue,
            (true, true, _) => Status::InQa,
            (true, false, true) => Status::Final,
            (true, false, false) => Status::Submitted,
        };
        if status != wanted.code() {
            db.prepare_cached("UPDATE reading SET status = ?2 WHERE id = ?1")?
                .execute(params![id, wanted.code()])?;
        }
    }
    Ok(())
}

/// Notes that something with this content was imported.
pub fn put_imported(db: &Connection, content: &ContentHash) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO imported VALUES (?1)")?.execute([content.0])?;
    Ok(())
}
