//! Projections: tables made from events, in the transaction that writes the events.

use rusqlite::{Connection, OptionalExtension, params};

use crate::instrument::{Instrument, Rating};
use crate::review::{
    Case, CaseFacts, CaseNumber, ContentHash, Digest, Event, EventBody, EventHash, FrameFacts,
    RatedCase, Ratings, Reading, ReadingId, RoundId, SampleDrawn, Status, Team, Which, counts,
    frame_facts, rate,
};

use super::{Editions, StoreError};

/// The tables made from the log, each with the columns it is ordered by.
pub const PROJECTIONS: &[(&str, &str)] = &[
    ("head", "about, chain"),
    ("person", "code"),
    ("round", "id"),
    ("drawing", "event"),
    ("cases", "number"),
    ("reading", "id"),
    ("answer", "reading, question"),
    ("imported", "content"),
];

/// A reading's key in tables: its eight bytes as a number.
pub fn key(id: ReadingId) -> i64 {
    i64::from_be_bytes(id.0)
}

/// The reading behind a key.
pub fn id(key: i64) -> ReadingId {
    ReadingId(key.to_be_bytes())
}

/// Writes the team list.
pub fn people(db: &Connection, team: &Team) -> Result<(), StoreError> {
    for person in team.people.values() {
        db.prepare_cached("INSERT OR REPLACE INTO person VALUES (?1, ?2)")?
            .execute(params![person.code.as_str(), person.role.code()])?;
    }
    Ok(())
}

/// Takes in an event about a round.
pub fn round_event(db: &Connection, event: &Event, round: RoundId) -> Result<(), StoreError> {
    let round = round.to_string();
    match &event.body {
        EventBody::RoundOpened(data) => {
            db.execute(
                "INSERT OR REPLACE INTO round VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
                params![
                    round,
                    data.name,
                    data.instrument,
                    data.review_kind.code(),
                    data.period,
                    data.under_review.map(|days| days.to_string()),
                    event.at.millis(),
                ],
            )?;
        }
        EventBody::RoundClosed(_) => {
            db.execute("UPDATE round SET closed = 1 WHERE id = ?1", [round])?;
        }
        EventBody::FrameImported(data) => {
            if let Some(days) = data.under_review {
                db.execute(
                    "UPDATE round SET under_review = ?2 WHERE id = ?1",
                    params![round, days.to_string()],
                )?;
            }
        }
        EventBody::SampleDrawn(data) => drawn(db, event.hash, Some(&round), data)?,
        _ => {}
    }
    Ok(())
}

fn drawn(
    db: &Connection,
    event: EventHash,
    round: Option<&str>,
    data: &SampleDrawn,
) -> Result<(), StoreError> {
    let spares = data.cases.iter().filter(|case| case.place.spare).count() as i64;
    let sample = data.cases.len() as i64 - spares;
    db.execute(
        "INSERT OR REPLACE INTO drawing VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![event.0, round, data.draw, data.seed, sample, spares],
    )?;
    for drawn in &data.cases {
        let case = Case {
            facts: drawn.case.clone(),
            frame: frame_facts(Some(&drawn.frame)),
            drawn: Some(drawn.place.clone()),
        };
        put_drawn_case(db, &case, round, Some(event), drawn.ticket.text())?;
    }
    Ok(())
}

// What a draw says of a case stands; else, should two imports say different things of one
// case, the smaller, whichever came first.
fn put_drawn_case(
    db: &Connection,
    case: &Case,
    round: Option<&str>,
    drawing: Option<EventHash>,
    ticket: Option<&str>,
) -> Result<(), StoreError> {
    let (facts, place) = (&case.facts, case.drawn.as_ref());
    let frame = serde_json::to_string(&case.frame).unwrap_or_default();
    db.prepare_cached(
        "INSERT INTO cases VALUES
         (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (number) DO UPDATE SET
           round = excluded.round, round_id = excluded.round_id, drawing = excluded.drawing,
           frame_id = excluded.frame_id, frame = excluded.frame,
           case_type = excluded.case_type, region = excluded.region,
           county = excluded.county, period = excluded.period,
           under_review = excluded.under_review, sample_id = excluded.sample_id,
           review_kind = excluded.review_kind, stratum = excluded.stratum,
           place = excluded.place, spare = excluded.spare, ticket = excluded.ticket
         WHERE excluded.drawing IS NOT NULL OR (drawing IS NULL AND
           (excluded.sample_id, excluded.region, excluded.county, excluded.case_type,
            coalesce(excluded.under_review, ''), excluded.frame)
           < (sample_id, region, county, case_type, coalesce(under_review, ''), frame))",
    )?
    .execute(params![
        facts.number.0,
        facts.round,
        round,
        drawing.map(|hash| hash.0),
        case.frame_id(),
        frame,
        facts.case_type,
        facts.region,
        facts.county,
        facts.period,
        facts.under_review.map(|days| days.to_string()),
        facts.sample_id,
        facts.review_kind.code(),
        place.map(|place| &place.stratum),
        place.map(|place| place.order),
        place.map(|place| place.spare),
        ticket,
    ])?;
    Ok(())
}

fn put_case(db: &Connection, case: &Case) -> Result<(), StoreError> {
    put_drawn_case(db, case, None, None, None)
}

fn case_of(facts: &CaseFacts, frame: &FrameFacts) -> Case {
    Case { facts: facts.clone(), frame: frame.clone(), drawn: None }
}

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
        EventBody::ReadingAssigned(_) => {
            put_case(db, &case_of(&reading.case, &reading.frame))?;
            put_answers(db, reading)?;
        }
        _ => {}
    }
    put_reading(db, editions, reading)?;
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
    put_reading(db, editions, reading)?;
    settle(db, reading.case.number)
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
    let scores = rate(&edition, reading);
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

struct Row<'r> {
    id: ReadingId,
    number: CaseNumber,
    which: Which,
    reviewer: &'r str,
    status: Status,
    instrument: &'r str,
    answered: u32,
    needed: u32,
    touched: i64,
    submitted_at: Option<i64>,
    ratings: &'r Ratings,
    earlier: Option<ReadingId>,
}

fn put_row(db: &Connection, row: &Row<'_>) -> Result<(), StoreError> {
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
/// submitted. A pair not yet settled has none.
fn settle(db: &Connection, number: CaseNumber) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, which, status FROM reading WHERE number = ?1 AND status <> 'withdrawn'",
    )?;
    let rows: Vec<(i64, String, String)> = query
        .query_map([number.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let settled = rows.iter().any(|(_, which, _)| which == Which::Final.code());
    for (id, which, status) in &rows {
        let done = status == Status::Submitted.code() || status == Status::Final.code();
        let counts = if settled { which == Which::Final.code() } else { rows.len() == 1 };
        let wanted = match (done, counts) {
            (true, true) => Status::Final,
            (true, false) => Status::Submitted,
            (false, _) => continue,
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
pub fn rated_reading(number: CaseNumber, instrument: &str) -> ReadingId {
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
