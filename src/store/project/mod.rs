//! Projections: tables made from events, in the transaction that writes the events.

mod alert;
mod counted;
mod elimination;
mod import;
mod quality;
mod reading;

use rusqlite::{Connection, OptionalExtension, params};

use crate::review::{
    Case, CaseFacts, DrawnCase, Event, EventBody, EventHash, FrameFacts, ReadingId, RoundId,
    SampleDrawn, SampleSupplemented, Team, frame_facts,
};

use super::StoreError;
pub use counted::{count, count_all, each_draft, touched};
pub use import::import_event;
pub use quality::{cases_of, settle_rounds};
pub use reading::{put_imported, put_whole_reading, reading_event};

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
    ("elimination", "number"),
    ("brought_in", "spare"),
    ("counted", "number, reading"),
    ("second_drawn", "number"),
    ("partner", "reading"),
    ("taken", "reading"),
    ("pair", "number"),
    ("qa_level", "round, level"),
    ("quality", "reading"),
    ("alert", "event"),
    ("overridden", "reading, item"),
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
        EventBody::SampleSupplemented(data) => supplemented(db, &round, data)?,
        EventBody::SecondsDrawn(data) => {
            for one in &data.cases {
                db.prepare_cached("INSERT OR IGNORE INTO second_drawn VALUES (?1)")?
                    .execute([one.case.0])?;
                reading::settle(db, one.case)?;
            }
        }
        EventBody::SecondDropped(data) => {
            db.execute("DELETE FROM second_drawn WHERE number = ?1", [data.case.0])?;
            reading::settle(db, data.case)?;
        }
        EventBody::QaLevelsSet(data) => quality::levels_set(db, &round, data)?,
        EventBody::PairArranged(data) => {
            db.prepare_cached("INSERT OR REPLACE INTO pair VALUES (?1, ?2, ?3)")?.execute(
                params![
                    data.case.0,
                    data.mode.code(),
                    data.under_review.map(|days| days.to_string()),
                ],
            )?;
        }
        _ => elimination::take(db, event)?,
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
    data.cases.iter().try_for_each(|drawn| put_drawn(db, drawn, round, event))
}

/// Further spares of a draw.
fn supplemented(db: &Connection, round: &str, data: &SampleSupplemented) -> Result<(), StoreError> {
    let found = db
        .prepare_cached("SELECT event FROM drawing WHERE round = ?1 AND number = ?2")?
        .query_row(params![round, data.draw], |row| row.get(0))
        .optional()?;
    let Some(event) = found.map(EventHash) else { return Ok(()) };
    db.execute(
        "UPDATE drawing SET spares = spares + ?2 WHERE event = ?1",
        params![event.0, data.cases.len() as i64],
    )?;
    data.cases.iter().try_for_each(|drawn| put_drawn(db, drawn, Some(round), event))
}

fn put_drawn(
    db: &Connection,
    drawn: &DrawnCase,
    round: Option<&str>,
    event: EventHash,
) -> Result<(), StoreError> {
    let case = Case {
        facts: drawn.case.clone(),
        frame: frame_facts(Some(&drawn.frame)),
        drawn: Some(drawn.place.clone()),
    };
    put_drawn_case(db, &case, round, Some(event), drawn.ticket.text())
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
