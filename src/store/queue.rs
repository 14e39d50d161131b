//! The case queue.

use std::collections::HashMap;

use crate::review::{CaseNumber, Moment, PersonCode, ReadingId, Status, Which};

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
    /// Whose name stands beside theirs.
    pub partner: Option<PersonCode>,
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

impl QueueFilter {
    fn wants(&self, status: Status, reviewer: &str, partner: Option<&PersonCode>) -> bool {
        let state = if self.status.is_empty() {
            status != Status::Withdrawn
        } else {
            self.status.contains(&status)
        };
        let is_theirs = |code: &PersonCode| code.as_str() == reviewer || partner == Some(code);
        state && self.reviewer.as_ref().is_none_or(is_theirs)
    }
}

/// What the queue shows of a reading.
struct QueueReading {
    id: i64,
    number: CaseNumber,
    which: Which,
    reviewer: String,
    partner: Option<PersonCode>,
    status: Status,
    answered: u32,
    needed: u32,
    touched: i64,
}

impl Workspace {
    /// The case queue: by review number, then first, second, third review. Who is no lead
    /// isn't shown which cases are read twice.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn queue(&self, filter: &QueueFilter) -> Result<Vec<CaseRow>, StoreError> {
        let mut queue = self.whole_queue(filter)?;
        self.veil(&mut queue);
        Ok(queue)
    }

    /// The case queue, with what whoever acts may not see.
    pub(super) fn whole_queue(&self, filter: &QueueFilter) -> Result<Vec<CaseRow>, StoreError> {
        // An eliminated case is in no list. Two scans and a merge: a join would look every
        // reading up by itself.
        let mut readings = self.queue_readings(filter)?;
        readings.sort_unstable_by_key(|row| (row.number, row.which, row.id));
        let mut readings = readings.into_iter().peekable();
        let mut query = self.db.prepare_cached(
            "SELECT number, case_type, region, county, round,
                    spare AND number NOT IN (SELECT spare FROM brought_in),
                    EXISTS (SELECT 1 FROM reading r WHERE r.number = c.number
                            AND status <> 'withdrawn')
             FROM cases c
             WHERE number NOT IN (SELECT number FROM elimination WHERE approved)
             ORDER BY number",
        )?;
        let mut bare = self.db.prepare_cached(
            "SELECT number, case_type, region, county, round FROM cases
             WHERE number NOT IN (SELECT number FROM elimination WHERE approved)
             ORDER BY number",
        )?;
        // One reader's few are looked up: nobody waits for all the others'.
        let mut theirs = self.db.prepare_cached(
            "SELECT number, case_type, region, county, round FROM cases
             WHERE number IN (SELECT number FROM reading WHERE reviewer = ?1
                              UNION SELECT number FROM partner JOIN reading ON reading = id
                                    WHERE person = ?1)
               AND number NOT IN (SELECT number FROM elimination WHERE approved)
             ORDER BY number",
        )?;
        let mut rows = match &filter.reviewer {
            _ if filter.unassigned => query.query([])?,
            Some(reviewer) => theirs.query([reviewer.as_str()])?,
            None => bare.query([])?,
        };
        let mut queue = Vec::with_capacity(readings.len());
        while let Some(row) = rows.next()? {
            let number = CaseNumber(row.get(0)?);
            while readings.next_if(|reading| reading.number < number).is_some() {}
            let round: String = row.get(4)?;
            let other_round = filter.round.as_ref().is_some_and(|name| *name != round);
            let line = |reading: Option<QueueReading>| -> Result<CaseRow, StoreError> {
                let of = reading.as_ref();
                Ok(CaseRow {
                    reading: of.map(|reading| project::id(reading.id)),
                    number,
                    case_type: row.get(1)?,
                    region: row.get(2)?,
                    county: row.get(3)?,
                    round: round.clone(),
                    which: of.map_or(Which::First, |reading| reading.which),
                    status: of.map_or(Status::Open, |reading| reading.status),
                    answered: of.map_or(0, |reading| reading.answered),
                    needed: of.map_or(0, |reading| reading.needed),
                    touched: of.map(|reading| Moment::from_millis(reading.touched)),
                    partner: of.and_then(|reading| reading.partner.clone()),
                    reviewer: reading.map(|reading| reading.reviewer).unwrap_or_default(),
                })
            };
            while let Some(reading) = readings.next_if(|reading| reading.number == number) {
                if !other_round {
                    queue.push(line(Some(reading))?);
                }
            }
            if filter.unassigned
                && filter.wants(Status::Open, "", None)
                && !other_round
                && row.get::<_, Option<bool>>(5)? == Some(false)
                && !row.get::<_, bool>(6)?
            {
                queue.push(line(None)?);
            }
        }
        Ok(queue)
    }

    /// How many cases of a round's sample nobody reads yet, spares and eliminated ones left out.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn unassigned(&self, round: &str) -> Result<usize, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT count(*) FROM cases WHERE round = ?1
             AND NOT (spare AND number NOT IN (SELECT spare FROM brought_in))
             AND number NOT IN (SELECT number FROM elimination WHERE approved)
             AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.number = cases.number
                             AND status <> 'withdrawn')",
        )?;
        let count: u32 = query.query_row([round], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// The second name of every review that has one.
    pub(super) fn partners(&self) -> Result<HashMap<ReadingId, PersonCode>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT reading, person FROM partner")?;
        let mut rows = query.query([])?;
        let mut partners = HashMap::new();
        while let Some(row) = rows.next()? {
            let (reading, code): (i64, String) = (row.get(0)?, row.get(1)?);
            partners.extend(code.parse().ok().map(|code| (project::id(reading), code)));
        }
        Ok(partners)
    }

    fn queue_readings(&self, filter: &QueueFilter) -> Result<Vec<QueueReading>, StoreError> {
        let mut all = self.db.prepare_cached(
            "SELECT id, number, which, reviewer, status, answered, needed, touched
             FROM reading WHERE reviewer <> ''",
        )?;
        let mut theirs = self.db.prepare_cached(
            "SELECT id, number, which, reviewer, status, answered, needed, touched
             FROM reading WHERE reviewer = ?1
             OR id IN (SELECT reading FROM partner WHERE person = ?1)",
        )?;
        let partners = self.partners()?;
        let mut rows = match &filter.reviewer {
            Some(reviewer) => theirs.query([reviewer.as_str()])?,
            None => all.query([])?,
        };
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
            let status = Status::from_code(text(4)?).unwrap_or(Status::Open);
            let reviewer = text(3)?;
            let id = row.get(0)?;
            let partner = partners.get(&project::id(id));
            if filter.wants(status, reviewer, partner) {
                readings.push(QueueReading {
                    id,
                    partner: partner.cloned(),
                    number: CaseNumber(row.get(1)?),
                    which: Which::from_code(text(2)?).unwrap_or(Which::First),
                    reviewer: reviewer.to_owned(),
                    status,
                    answered: row.get(5)?,
                    needed: row.get(6)?,
                    touched: row.get(7)?,
                });
            }
        }
        Ok(readings)
    }
}
