//! Reading lists from the projections.

use rusqlite::{Connection, OptionalExtension};

use crate::review::{
    Case, CaseNumber, Days, Moment, Person, PersonCode, Ratings, ReadingId, ReviewKind, RoundId,
    Status, Which,
};

use super::known::{CaseOrigin, case_from};
use super::{StoreError, Workspace, project};

/// One line of the case queue: a reading, or a sampled case nobody reads yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The reading; `None` while the case is not assigned.
    pub reading: Option<ReadingId>,
    /// Review number.
    pub number: CaseNumber,
    /// Code of the case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Name of the round.
    pub round: String,
    /// Which review of the case.
    pub which: Which,
    /// Who reads it; empty while not assigned.
    pub reviewer: String,
    /// Where it stands; open while not assigned.
    pub status: Status,
    /// Questions answered of those needed.
    pub answered: u32,
    /// Questions needed for submission as things stand.
    pub needed: u32,
    /// When it was last changed.
    pub touched: Option<Moment>,
}

/// Which lines of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Only readings of this person.
    pub reviewer: Option<PersonCode>,
    /// Only these states; all but withdrawn when empty.
    pub status: Vec<Status>,
    /// Only this round.
    pub round: Option<String>,
    /// Sampled cases without a reading too (spares left out).
    pub unassigned: bool,
}

/// A reading as reports and exports take it: facts, and its ratings packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// The reading.
    pub reading: ReadingId,
    /// Review number.
    pub number: CaseNumber,
    /// The agency's id of the case; leaves only when asked for.
    pub frame_id: Option<String>,
    /// Code of the case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The period the result belongs to.
    pub period: String,
    /// The period under review.
    pub under_review: Option<Days>,
    /// Name of the round.
    pub round: String,
    /// The sample, or empty.
    pub sample_id: String,
    /// What the review is held for.
    pub review_kind: ReviewKind,
    /// Which review of the case.
    pub which: Which,
    /// Who read it; empty for imported ratings.
    pub reviewer: String,
    /// Where it stands.
    pub status: Status,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// When it was submitted.
    pub submitted_at: Option<Moment>,
    /// Ratings by item, sub-item and outcome of the edition.
    pub ratings: Ratings,
}

/// A round in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundRow {
    /// Its id.
    pub id: RoundId,
    /// Its name.
    pub name: String,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// What its reviews are held for.
    pub review_kind: ReviewKind,
    /// The period its results belong to.
    pub period: String,
    /// The period under review.
    pub under_review: Option<Days>,
    /// Closed.
    pub closed: bool,
}

impl Workspace {
    /// The case queue: by review number, then first, second, third review.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn queue(&self, filter: &QueueFilter) -> Result<Vec<CaseRow>, StoreError> {
        let join = if filter.unassigned { "LEFT JOIN" } else { "JOIN" };
        let sql = format!(
            "SELECT c.number, c.case_type, c.region, c.county, c.round, r.id, r.which, r.reviewer,
                    r.status, r.answered, r.needed, r.touched
             FROM cases c {join} reading r
               ON r.number = c.number AND r.reviewer <> ''
             WHERE (r.id IS NOT NULL OR c.spare = 0)
             ORDER BY c.number, r.which, r.id"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut queue = Vec::new();
        while let Some(row) = rows.next()? {
            let reading: Option<i64> = row.get(5)?;
            let code = |at| row.get_ref(at).ok().and_then(|v| v.as_str().ok().map(str::to_owned));
            let which = code(6).and_then(|code| Which::from_code(&code)).unwrap_or(Which::First);
            let status = code(8).and_then(|code| Status::from_code(&code)).unwrap_or(Status::Open);
            let reviewer = code(7).unwrap_or_default();
            let wanted = if filter.status.is_empty() {
                status != Status::Withdrawn
            } else {
                filter.status.contains(&status)
            };
            let theirs = filter.reviewer.as_ref().is_none_or(|code| code.as_str() == reviewer);
            let round: String = row.get(4)?;
            if !wanted || !theirs || filter.round.as_ref().is_some_and(|name| *name != round) {
                continue;
            }
            queue.push(CaseRow {
                reading: reading.map(project::id),
                number: CaseNumber(row.get(0)?),
                case_type: row.get(1)?,
                region: row.get(2)?,
                county: row.get(3)?,
                round,
                which,
                reviewer,
                status,
                answered: row.get::<_, Option<u32>>(9)?.unwrap_or(0),
                needed: row.get::<_, Option<u32>>(10)?.unwrap_or(0),
                touched: row.get::<_, Option<i64>>(11)?.map(Moment::from_millis),
            });
        }
        Ok(queue)
    }

    /// The final reading of every case that has one.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn final_readings(&self) -> Result<Vec<ReadingRow>, StoreError> {
        self.reading_rows("WHERE r.status = 'final'")
    }

    /// Every reading that was not withdrawn.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn readings(&self) -> Result<Vec<ReadingRow>, StoreError> {
        self.reading_rows("WHERE r.status <> 'withdrawn'")
    }

    fn reading_rows(&self, which: &str) -> Result<Vec<ReadingRow>, StoreError> {
        let sql = format!(
            "SELECT c.number, c.frame_id, c.case_type, c.region, c.county, c.period,
                    c.under_review, c.round, c.sample_id, c.review_kind, r.id, r.which,
                    r.reviewer, r.status, r.instrument, r.submitted_at, r.ratings
             FROM reading r JOIN cases c ON c.number = r.number {which}
             ORDER BY c.number, r.which, r.id"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            let under_review: Option<String> = row.get(6)?;
            let (kind, which, status): (String, String, String) =
                (row.get(9)?, row.get(11)?, row.get(13)?);
            let ratings = row.get_ref(16)?.as_blob().unwrap_or_default();
            readings.push(ReadingRow {
                number: CaseNumber(row.get(0)?),
                frame_id: row.get(1)?,
                case_type: row.get(2)?,
                region: row.get(3)?,
                county: row.get(4)?,
                period: row.get(5)?,
                under_review: under_review.and_then(|days| days.parse().ok()),
                round: row.get(7)?,
                sample_id: row.get(8)?,
                review_kind: ReviewKind::from_code(&kind).unwrap_or(ReviewKind::Regular),
                reading: project::id(row.get(10)?),
                which: Which::from_code(&which).unwrap_or(Which::First),
                reviewer: row.get(12)?,
                status: Status::from_code(&status).unwrap_or(Status::Open),
                instrument: row.get(14)?,
                submitted_at: row.get::<_, Option<i64>>(15)?.map(Moment::from_millis),
                ratings: Ratings::from_bytes(ratings),
            });
        }
        Ok(readings)
    }

    /// The rounds, in the order they were opened.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn rounds(&self) -> Result<Vec<RoundRow>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT id, name, instrument, review_kind, period, under_review, closed
             FROM round ORDER BY opened_at, id",
        )?;
        let mut rows = query.query([])?;
        let mut rounds = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, kind): (String, String) = (row.get(0)?, row.get(3)?);
            let under_review: Option<String> = row.get(5)?;
            rounds.push(RoundRow {
                id: id.parse().map_err(|_| StoreError::Damaged(format!("round {id}")))?,
                name: row.get(1)?,
                instrument: row.get(2)?,
                review_kind: ReviewKind::from_code(&kind).unwrap_or(ReviewKind::Regular),
                period: row.get(4)?,
                under_review: under_review.and_then(|days| days.parse().ok()),
                closed: row.get(6)?,
            });
        }
        Ok(rounds)
    }

    /// The round a command means without a name: the last one opened that is not closed.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn current_round(&self) -> Result<Option<RoundRow>, StoreError> {
        Ok(self.rounds()?.into_iter().rfind(|round| !round.closed))
    }

    /// The people of the team, by code.
    pub fn people(&self) -> Vec<Person> {
        self.team.people.values().cloned().collect()
    }

    /// A case by its review number.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn case(&self, number: CaseNumber) -> Result<Option<Case>, StoreError> {
        Ok(case(&self.db, number)?.map(|(case, _, _)| case))
    }
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
