//! Readings as reports and exports take them.

use crate::review::{CaseNumber, Days, Moment, Ratings, ReadingId, ReviewKind, Status, Which};

use super::{StoreError, Workspace, project};
use crate::report::Facts;

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

/// A final reading as it is packed for reports, borrowed while its row is read.
#[derive(Debug, Clone, Copy)]
pub struct PackedReading<'r> {
    /// The reading.
    pub reading: ReadingId,
    /// Review number.
    pub number: CaseNumber,
    /// Its facts.
    pub facts: Facts<'r>,
    /// Its ratings, packed as [`Ratings`] are.
    pub ratings: &'r [u8],
    /// Its answers as [`AnswerPlaces`](crate::report::AnswerPlaces) packs them; empty for
    /// imported ratings, and where they were not asked for.
    pub answers: &'r [u8],
}

/// What reports take from a case.
struct CaseLine {
    number: CaseNumber,
    frame_id: Option<String>,
    case_type: String,
    region: String,
    county: String,
    period: String,
    under_review: Option<Days>,
    round: String,
    sample_id: String,
    review_kind: ReviewKind,
}

impl Workspace {
    /// The final reading of every case that has one and was not eliminated.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn final_readings(&self) -> Result<Vec<ReadingRow>, StoreError> {
        self.reading_rows("r.status = 'final'", &self.case_lines("")?)
    }

    /// Every reading that was not withdrawn, of cases that were not eliminated.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn readings(&self) -> Result<Vec<ReadingRow>, StoreError> {
        self.reading_rows("r.status <> 'withdrawn'", &self.case_lines("")?)
    }

    /// Goes through the final readings of cases that were not eliminated, in the order of
    /// their numbers.
    ///
    /// # Errors
    /// When the file can't be read; what `take` fails with.
    pub fn each_final(
        &self,
        with_answers: bool,
        mut take: impl FnMut(PackedReading<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        // Rows are read where they lie; nothing is written meanwhile.
        self.db.query_row("PRAGMA mmap_size = 2147418112", [], |_| Ok(()))?;
        let done = self.scan(with_answers, &mut take);
        self.db.query_row("PRAGMA mmap_size = 0", [], |_| Ok(()))?;
        done
    }

    fn scan(
        &self,
        with_answers: bool,
        take: &mut dyn FnMut(PackedReading<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut query = self.db.prepare_cached(if with_answers {
            "SELECT number, facts, ratings, reading, answers FROM counted ORDER BY number, reading"
        } else {
            "SELECT number, facts, ratings, reading FROM counted ORDER BY number, reading"
        })?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let number = CaseNumber(row.get(0)?);
            let bytes = |at| row.get_ref(at).map(|value| value.as_blob().unwrap_or_default());
            let facts = Facts::unpack(bytes(1)?)
                .ok_or_else(|| StoreError::Damaged(format!("what is counted of case {number}")))?;
            let answers = if with_answers { bytes(4)? } else { &[] };
            let reading = project::id(row.get(3)?);
            take(PackedReading { reading, number, facts, ratings: bytes(2)?, answers })?;
        }
        Ok(())
    }

    /// Goes through the reviews that are not final of cases read once, as
    /// [`each_final`](Self::each_final) does through final ones; those without a rating yet are
    /// left out, and so is everything of a case read twice.
    ///
    /// # Errors
    /// When the file can't be read; what `take` fails with.
    pub fn each_draft(
        &self,
        mut take: impl FnMut(Status, PackedReading<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        project::each_draft(&self.db, &self.editions, &mut take)
    }

    /// What is handed in, of cases that have no final review and were not eliminated.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn waiting(&self) -> Result<Vec<ReadingRow>, StoreError> {
        // The two reviews of a settled pair stay handed in beside the final one.
        let waiting = "r.status IN ('submitted', 'in-qa')
             AND NOT EXISTS (SELECT 1 FROM counted WHERE counted.number = r.number)";
        let sql = format!("SELECT DISTINCT r.number FROM reading r WHERE {waiting} ORDER BY 1");
        self.reading_rows(waiting, &self.lines_of(&sql)?)
    }

    /// Final readings that were changed after they had been final, of cases that were not
    /// eliminated.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn changed_late(&self) -> Result<Vec<ReadingRow>, StoreError> {
        let late = "r.status = 'final' AND r.id IN (SELECT reading FROM quality WHERE late > 0)";
        let sql = format!("SELECT DISTINCT r.number FROM reading r WHERE {late} ORDER BY 1");
        self.reading_rows(late, &self.lines_of(&sql)?)
    }

    /// The facts of the few cases that a query numbers, each looked up by itself.
    fn lines_of(&self, sql: &str) -> Result<Vec<CaseLine>, StoreError> {
        let mut query = self.db.prepare_cached(sql)?;
        let numbers: Vec<u32> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut cases = Vec::with_capacity(numbers.len());
        for number in numbers {
            cases.extend(self.case_lines(&format!("WHERE number = {number}"))?);
        }
        Ok(cases)
    }

    /// Readings of some cases, which stand in order and are found by halving: a join would look
    /// each up.
    fn reading_rows(&self, which: &str, cases: &[CaseLine]) -> Result<Vec<ReadingRow>, StoreError> {
        let sql = format!(
            "SELECT r.number, r.id, r.which, r.reviewer, r.status, r.instrument,
                    r.submitted_at, r.ratings FROM reading r WHERE {which}
             AND r.number NOT IN (SELECT number FROM elimination WHERE approved)"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([])?;
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            let number = CaseNumber(row.get(0)?);
            let Ok(at) = cases.binary_search_by_key(&number, |case| case.number) else {
                return Err(StoreError::Damaged(format!("case {number} is missing")));
            };
            let case = &cases[at];
            let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
            readings.push(ReadingRow {
                number,
                reading: project::id(row.get(1)?),
                which: Which::from_code(text(2)?).unwrap_or(Which::First),
                reviewer: text(3)?.to_owned(),
                status: Status::from_code(text(4)?).unwrap_or(Status::Open),
                instrument: text(5)?.to_owned(),
                submitted_at: row.get::<_, Option<i64>>(6)?.map(Moment::from_millis),
                ratings: Ratings::from_bytes(row.get_ref(7)?.as_blob().unwrap_or_default()),
                frame_id: case.frame_id.clone(),
                case_type: case.case_type.clone(),
                region: case.region.clone(),
                county: case.county.clone(),
                period: case.period.clone(),
                under_review: case.under_review,
                round: case.round.clone(),
                sample_id: case.sample_id.clone(),
                review_kind: case.review_kind,
            });
        }
        readings.sort_unstable_by_key(|row| (row.number, row.which, row.reading));
        Ok(readings)
    }

    fn case_lines(&self, which: &str) -> Result<Vec<CaseLine>, StoreError> {
        let sql = format!(
            "SELECT number, frame_id, case_type, region, county, period, under_review, round,
                    sample_id, review_kind FROM cases {which} ORDER BY number"
        );
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at).map(|value| value.as_str().unwrap_or_default());
            cases.push(CaseLine {
                number: CaseNumber(row.get(0)?),
                frame_id: row.get(1)?,
                case_type: row.get(2)?,
                region: row.get(3)?,
                county: row.get(4)?,
                period: row.get(5)?,
                under_review: text(6)?.parse().ok(),
                round: row.get(7)?,
                sample_id: row.get(8)?,
                review_kind: ReviewKind::from_code(text(9)?).unwrap_or(ReviewKind::Regular),
            });
        }
        Ok(cases)
    }
}
