//! The sample as the tables have it: every case that is or was to be read.

use rusqlite::Connection;

use crate::review::{CaseNumber, PersonCode, Round, RoundId, Status};
use crate::text::count;

use super::{StoreError, Workspace};

/// A case that was drawn into a sample or came in as a spare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCase {
    /// Review number.
    pub number: CaseNumber,
    /// Code of the case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The period its result belongs to.
    pub period: String,
    /// Name of the round.
    pub round: String,
    /// The round.
    pub round_id: Option<RoundId>,
    /// What the review is held for.
    pub review_kind: String,
    /// Sample, as in files.
    pub sample_id: String,
    /// Stratum.
    pub stratum: String,
    /// The reason it was eliminated for; none while it is in.
    pub eliminated: Option<String>,
    /// Handed in by whoever reads it, or imported.
    pub read: bool,
    /// It has a final reading.
    pub is_final: bool,
}

/// Counts of a sample, each from its own place: what was drawn and came in from the log of
/// the round, the rest from the cases as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SampleCounts {
    /// Cases drawn, spares not counted.
    pub sample: u64,
    /// Spares that came in.
    pub brought_in: u64,
    /// Cases handed in.
    pub read: u64,
    /// Cases still to be read or being read.
    pub open: u64,
    /// Cases eliminated.
    pub eliminated: u64,
}

impl SampleCounts {
    /// Whether every case is somewhere, and none twice.
    pub fn hold(&self) -> bool {
        self.sample + self.brought_in == self.read + self.open + self.eliminated
    }
}

impl std::fmt::Display for SampleCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.hold() { "=" } else { "is not" };
        write!(
            f,
            "{} sample + {} brought in {sign} {} read + {} open + {} eliminated",
            self.sample,
            count(self.brought_in as usize, "spare", "spares"),
            self.read,
            self.open,
            self.eliminated
        )
    }
}

impl Workspace {
    /// Every case that was drawn into a sample or came in as a spare, by review number;
    /// spares that did not come in are left out.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn sample_cases(&self) -> Result<Vec<SampleCase>, StoreError> {
        self.sample_between(0, u32::MAX)
    }

    /// The same where every round is at hand: cases that were taken in are passed over without
    /// a look, since the numbers of drawn ones lie together.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn sample_cases_of(&self, rounds: &[Round]) -> Result<Vec<SampleCase>, StoreError> {
        let draws = rounds.iter().flat_map(|round| &round.draws);
        let numbers = draws.flat_map(|draw| &draw.cases).map(|case| case.case.number.0);
        let (mut least, mut most) = (u32::MAX, 0);
        for number in numbers {
            (least, most) = (least.min(number), most.max(number));
        }
        if least > most { Ok(Vec::new()) } else { self.sample_between(least, most) }
    }

    fn sample_between(&self, least: u32, most: u32) -> Result<Vec<SampleCase>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT c.number, c.case_type, c.region, c.county, c.period, c.round, c.round_id,
                    c.review_kind, c.sample_id, coalesce(c.stratum, ''), e.reason,
                    (SELECT max(CASE status WHEN ?1 THEN 2 ELSE 1 END) FROM reading r
                     WHERE r.number = c.number AND status IN (?1, ?2, ?3))
             FROM cases c LEFT JOIN elimination e ON e.number = c.number AND e.approved
             WHERE c.number BETWEEN ?4 AND ?5 AND c.drawing IS NOT NULL
               AND (NOT c.spare OR c.number IN (SELECT spare FROM brought_in))
             ORDER BY c.number",
        )?;
        let done = [Status::Final, Status::Submitted, Status::InQa].map(Status::code);
        let mut rows = query.query((done[0], done[1], done[2], least, most))?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let round: Option<String> = row.get(6)?;
            let done: Option<i64> = row.get(11)?;
            cases.push(SampleCase {
                number: CaseNumber(row.get(0)?),
                case_type: row.get(1)?,
                region: row.get(2)?,
                county: row.get(3)?,
                period: row.get(4)?,
                round: row.get(5)?,
                round_id: round.and_then(|id| id.parse().ok()),
                review_kind: row.get(7)?,
                sample_id: row.get(8)?,
                stratum: row.get(9)?,
                eliminated: row.get(10)?,
                read: done.is_some(),
                is_final: done == Some(2),
            });
        }
        Ok(cases)
    }

    /// The cases that are in a sample, drawn here or named by an import, in the order of their
    /// numbers.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn numbers_of_samples(&self) -> Result<Vec<CaseNumber>, StoreError> {
        let sql = "SELECT number FROM cases WHERE sample_id <> '' ORDER BY number";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([], |row| row.get(0).map(CaseNumber))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many eliminations of a round wait for a second person, those asked for by one
    /// person left out.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn eliminations_asked(
        &self,
        round: RoundId,
        but_by: &PersonCode,
    ) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM elimination e JOIN cases c ON c.number = e.number
                   WHERE NOT e.approved AND c.round_id = ?1 AND e.asked_by <> ?2";
        let values = (round.to_string(), but_by.to_string());
        let found: i64 = self.db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        Ok(usize::try_from(found).unwrap_or(0))
    }

    /// The counts of a round's samples.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn sample_counts(&self, round: &Round) -> Result<SampleCounts, StoreError> {
        Ok(SampleCounts::of(round, &self.sample_cases_of(std::slice::from_ref(round))?))
    }
}

impl SampleCounts {
    /// The counts of a round's samples; of the cases those of other rounds are passed over.
    pub fn of(round: &Round, cases: &[SampleCase]) -> Self {
        let mut counts = Self::default();
        for draw in &round.draws {
            counts.sample += draw.cases.iter().filter(|case| !case.place.spare).count() as u64;
        }
        counts.brought_in = round.changes.brought_in.len() as u64;
        counts.eliminated = round.changes.eliminated().count() as u64;
        for case in cases {
            if case.round_id == Some(round.id) && case.eliminated.is_none() {
                counts.read += u64::from(case.read);
                counts.open += u64::from(!case.read);
            }
        }
        counts
    }
}

/// Whether a case was eliminated.
pub(super) fn is_eliminated(db: &Connection, number: CaseNumber) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM elimination WHERE number = ?1 AND approved";
    Ok(db.prepare_cached(sql)?.exists([number.0])?)
}
