//! Cases read twice.

use std::collections::BTreeMap;

use crate::review::{
    About, CaseNumber, InterviewMode, PersonCode, ReadingId, ReviewKind, Status, Which,
};

use super::{StoreError, Workspace, project};

/// A case with a first and a second review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    /// Review number.
    pub number: CaseNumber,
    /// Code of the case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The period the result belongs to.
    pub period: String,
    /// Name of the round.
    pub round: String,
    /// What the review is held for.
    pub review_kind: ReviewKind,
    /// How the two come by their evidence, where the lead fixed it.
    pub mode: Option<InterviewMode>,
    /// Hash of the instrument edition of the first review.
    pub instrument: String,
    /// The first and the second review.
    pub readings: [ReadingId; 2],
    /// Who reads them.
    pub reviewers: [PersonCode; 2],
    /// Which of them are handed in now.
    pub sealed: [bool; 2],
    /// The review of a third reader, where one was asked, and whether it is handed in.
    pub third: Option<(ReadingId, bool)>,
    /// The settled review, where settling has begun, and where it stands.
    pub settled: Option<(ReadingId, Status)>,
}

impl PairRow {
    /// Both reviews are handed in.
    pub fn is_sealed(&self) -> bool {
        self.sealed == [true, true]
    }
}

#[derive(Default)]
struct Found {
    sides: [Option<(i64, String, Status, String)>; 2],
    third: Option<(ReadingId, bool)>,
    settled: Option<(ReadingId, Status)>,
}

impl Workspace {
    /// Whether everything of a reading came into this file after everything of others.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn is_later(&self, reading: ReadingId, others: &[ReadingId]) -> Result<bool, StoreError> {
        let first = "SELECT min(position) FROM event WHERE about = ?1";
        let last = "SELECT max(position) FROM event WHERE about = ?1";
        let at = |sql: &str, id: ReadingId| -> Result<Option<i64>, StoreError> {
            let about = About::Reading(id).to_string();
            Ok(self.db.prepare_cached(sql)?.query_row([about], |row| row.get(0))?)
        };
        let begun = at(first, reading)?;
        for id in others {
            if at(last, *id)? >= begun {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Every case with a first and a second review, by review number; eliminated cases left
    /// out. Of the reviews only who and whether, nothing of what was answered.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn pairs(&self) -> Result<Vec<PairRow>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT number, id, which, reviewer, status, instrument FROM reading
             WHERE status <> 'withdrawn' AND reviewer <> ''
               AND number IN (SELECT number FROM reading WHERE which = 'second'
                              AND status <> 'withdrawn')
               AND number NOT IN (SELECT number FROM elimination WHERE approved)
             ORDER BY number, id",
        )?;
        let mut rows = query.query([])?;
        let mut found: BTreeMap<u32, Found> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let entry = found.entry(row.get(0)?).or_default();
            let which: String = row.get(2)?;
            let status: String = row.get(4)?;
            let status = Status::from_code(&status).unwrap_or(Status::Open);
            let id: i64 = row.get(1)?;
            let side = match Which::from_code(&which) {
                Some(Which::First) => 0,
                Some(Which::Second) => 1,
                Some(Which::Third) => {
                    entry.third = Some((project::id(id), is_done(status)));
                    continue;
                }
                Some(Which::Final) => {
                    entry.settled = Some((project::id(id), status));
                    continue;
                }
                None => continue,
            };
            entry.sides[side] = Some((id, row.get(3)?, status, row.get(5)?));
        }
        let mut case = self.db.prepare_cached(
            "SELECT case_type, region, county, period, round, review_kind,
                    (SELECT mode FROM pair WHERE pair.number = cases.number)
             FROM cases WHERE number = ?1",
        )?;
        let mut pairs = Vec::new();
        for (number, found) in found {
            let [Some(first), Some(second)] = found.sides else { continue };
            let (facts, mode) = case.query_row([number], |row| {
                let facts: [String; 6] =
                    [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
                Ok((facts, row.get::<_, Option<String>>(6)?))
            })?;
            let [case_type, region, county, period, round, review_kind] = facts;
            let code = |text: &str| {
                text.parse().map_err(|_| StoreError::Damaged(format!("the reviewer {text}")))
            };
            pairs.push(PairRow {
                number: CaseNumber(number),
                case_type,
                region,
                county,
                period,
                round,
                review_kind: ReviewKind::from_code(&review_kind).unwrap_or(ReviewKind::Regular),
                mode: mode.and_then(|code| InterviewMode::from_code(&code)),
                instrument: first.3,
                readings: [project::id(first.0), project::id(second.0)],
                reviewers: [code(&first.1)?, code(&second.1)?],
                sealed: [is_done(first.2), is_done(second.2)],
                third: found.third,
                settled: found.settled,
            });
        }
        Ok(pairs)
    }
}

/// Whether a review that stands so is handed in.
fn is_done(status: Status) -> bool {
    matches!(status, Status::Submitted | Status::InQa | Status::Final)
}
