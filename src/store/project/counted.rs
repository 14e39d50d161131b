//! Final readings packed for reports, made from the other tables.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};

use crate::instrument::{Instrument, Rating};
use crate::report::{AnswerPlaces, EDITION, Facts};
use crate::review::{CaseNumber, Event, EventBody, Moment, Ratings, Reading, Status};
use crate::scoring::{Answers, Value, read_value, score, value_of};
use crate::store::{Editions, PackedReading, StoreError};

/// Adds the cases whose packed readings an event may change; `reading` is the state after it.
pub fn touched(event: &Event, reading: Option<&Reading>, cases: &mut BTreeSet<CaseNumber>) {
    match &event.body {
        EventBody::SampleDrawn(data) => cases.extend(data.cases.iter().map(|c| c.case.number)),
        EventBody::RatingsImported(data) => cases.extend(data.cases.iter().map(|c| c.number())),
        EventBody::EliminationAsked(data) => cases.extend([data.case]),
        EventBody::EliminationApproved(data) => cases.extend([data.case]),
        EventBody::SampleSupplemented(data) => {
            cases.extend(data.cases.iter().map(|c| c.case.number));
        }
        EventBody::SecondsDrawn(data) => cases.extend(data.cases.iter().map(|one| one.case)),
        EventBody::SecondDropped(data) => cases.extend([data.case]),
        // Answers of a reading can't change once it is handed in.
        EventBody::Answered(_) | EventBody::Narrated(_) => {}
        _ => cases.extend(reading.map(|reading| reading.case.number)),
    }
}

/// Packs the final readings of every case anew; the table is empty.
pub fn count_all(db: &Connection, editions: &Editions) -> Result<(), StoreError> {
    let sql = "SELECT DISTINCT number FROM reading WHERE status = 'final' ORDER BY number";
    let numbers: Vec<u32> =
        db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    count(db, editions, numbers.into_iter().map(CaseNumber))
}

/// Packs the final readings of some cases anew.
pub fn count(
    db: &Connection,
    editions: &Editions,
    cases: impl IntoIterator<Item = CaseNumber>,
) -> Result<(), StoreError> {
    let mut known = HashMap::new();
    let mut clear = db.prepare_cached("DELETE FROM counted WHERE number = ?1")?;
    let mut find = db.prepare_cached(
        "SELECT r.id, r.instrument, c.region, c.county, c.case_type, c.period, r.reviewer,
                c.round, c.review_kind, coalesce(c.stratum, ''), r.submitted_at, r.ratings
         FROM reading r JOIN cases c ON c.number = r.number
         WHERE r.number = ?1 AND r.status = 'final'
           AND NOT EXISTS (SELECT 1 FROM elimination WHERE number = ?1 AND approved)",
    )?;
    let mut put = db.prepare_cached("INSERT INTO counted VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for number in cases {
        clear.execute([number.0])?;
        let mut rows = find.query([number.0])?;
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
            let hash = text(1)?;
            if !known.contains_key(hash) {
                let edition = editions.get(db, hash)?;
                let places = AnswerPlaces::of(&edition);
                known.insert(hash.to_owned(), (edition, places));
            }
            let (edition, places) = &known[hash];
            let (key, case_type, reviewer) = (row.get(0)?, text(4)?, text(6)?);
            // Imported ratings have no answers.
            let answers = match reviewer {
                "" => None,
                _ => answers(db, edition, key, case_type)?,
            };
            let month = month(edition, answers.as_ref(), row.get(10)?);
            let facts = Facts {
                edition: &hash[..EDITION.min(hash.len())],
                region: text(2)?,
                county: text(3)?,
                case_type,
                period: text(5)?,
                reviewer,
                round: text(7)?,
                review_kind: text(8)?,
                month: &month,
                stratum: text(9)?,
            };
            let answers = answers.map_or_else(Vec::new, |answers| {
                places.pack(edition, &answers, &score(edition, &answers))
            });
            let ratings = row.get_ref(11)?.as_blob().unwrap_or_default();
            put.execute(params![number.0, key, facts.pack(), ratings, answers])?;
        }
    }
    Ok(())
}

/// Goes through the reviews that are not final of cases read once, in the order of their
/// numbers, those without any rating yet left out. Nothing of a case that is read twice, or
/// drawn for it, is among them.
pub fn each_draft(
    db: &Connection,
    editions: &Editions,
    take: &mut dyn FnMut(Status, PackedReading<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut find = db.prepare_cached(
        "SELECT r.id, r.number, r.instrument, r.status, c.region, c.county, c.case_type,
                c.period, r.reviewer, c.round, c.review_kind, coalesce(c.stratum, ''),
                r.submitted_at, r.ratings
         FROM reading r JOIN cases c ON c.number = r.number
         WHERE r.status IN ('open', 'submitted', 'in-qa') AND r.reviewer <> ''
           AND NOT EXISTS (SELECT 1 FROM reading o WHERE o.number = r.number AND o.id <> r.id
                           AND o.status <> 'withdrawn')
           AND r.number NOT IN (SELECT number FROM second_drawn)
           AND r.number NOT IN (SELECT number FROM pair)
           AND r.number NOT IN (SELECT number FROM elimination WHERE approved)
         ORDER BY r.number",
    )?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
        let (hash, case_type) = (text(2)?, text(6)?);
        let edition = editions.get(db, hash)?;
        let key = row.get(0)?;
        let Some(answers) = answers(db, &edition, key, case_type)? else { continue };
        let scores = score(&edition, &answers);
        // With those set by a person in QA.
        let ratings = Ratings::from_bytes(row.get_ref(13)?.as_blob().unwrap_or_default());
        let rated =
            |at| !matches!(ratings.item(at), None | Some(Rating::Incomplete | Rating::Invalid));
        if !edition.item_positions().any(rated) {
            continue;
        }
        let month = month(&edition, Some(&answers), row.get(12)?);
        let facts = Facts {
            edition: &hash[..EDITION.min(hash.len())],
            region: text(4)?,
            county: text(5)?,
            case_type,
            period: text(7)?,
            reviewer: text(8)?,
            round: text(9)?,
            review_kind: text(10)?,
            month: &month,
            stratum: text(11)?,
        };
        let packed = AnswerPlaces::of(&edition).pack(&edition, &answers, &scores);
        let status = Status::from_code(text(3)?).unwrap_or(Status::Open);
        let number = CaseNumber(row.get(1)?);
        let reading = super::id(key);
        let ratings = ratings.as_bytes();
        take(status, PackedReading { reading, number, facts, ratings, answers: &packed })?;
    }
    Ok(())
}

/// The answers of a reading as scoring takes them.
fn answers(
    db: &Connection,
    edition: &Instrument,
    reading: i64,
    case_type: &str,
) -> Result<Option<Answers>, StoreError> {
    let Some(case_type) = edition.find_case_type(case_type) else { return Ok(None) };
    let sql = "SELECT question, value FROM answer WHERE reading = ?1 AND value IS NOT NULL";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([reading])?;
    let mut given = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
        if let Some(at) = edition.find_question(text(0)?)
            && let Ok(value) = read_value(edition.question(at), case_type, text(1)?)
        {
            given.push((at, value));
        }
    }
    Ok(Some(Answers::of(case_type, given)))
}

/// The month of a review: by the day its instrument takes for it, else that of its seal.
fn month(edition: &Instrument, answers: Option<&Answers>, submitted: Option<i64>) -> String {
    let day = edition.reporting().month.zip(answers);
    if let Some((at, answers)) = day
        && let Some(Value::Date(day)) = value_of(edition, answers, at)
    {
        return day.format("%Y-%m").to_string();
    }
    let submitted = submitted.map(|at| Moment::from_millis(at).utc());
    submitted.map_or_else(String::new, |at| at.format("%Y-%m").to_string())
}
