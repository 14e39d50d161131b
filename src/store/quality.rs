//! What is with QA.

use rusqlite::params;

use crate::review::{PersonCode, QaLevel, ReadingId, Status, Which};

use super::{CaseRow, QueueFilter, StoreError, Workspace, project};

/// A reading that QA has something to do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QaRow {
    /// The reading, as the queue shows it.
    pub case: CaseRow,
    /// The reading.
    pub reading: ReadingId,
    /// The level it is at; none where it is back with its reader.
    pub level: Option<QaLevel>,
    /// Who does that level beside the leads.
    pub people: Vec<PersonCode>,
    /// Notes not settled.
    pub notes: usize,
    /// The one who acts holds another review of the case.
    pub held: bool,
}

impl Workspace {
    /// What is with QA, or was sent back by it, by review number.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn qa_rows(&self) -> Result<Vec<QaRow>, StoreError> {
        // Most workspaces have none: the first frame doesn't wait for a list of all readings.
        let mut noted =
            self.db.prepare_cached("SELECT 1 FROM quality WHERE sent_back OR notes > 0")?;
        if !self.has_qa()? && !noted.exists([])? {
            return Ok(Vec::new());
        }
        let mut with_qa = self.db.prepare_cached(
            "SELECT l.level, l.people FROM qa_level l JOIN cases c ON c.round_id = l.round
             WHERE c.number = ?1",
        )?;
        let mut known = self
            .db
            .prepare_cached("SELECT approved, notes, sent_back FROM quality WHERE reading = ?1")?;
        let filter =
            QueueFilter { status: vec![Status::InQa, Status::Open], ..QueueFilter::default() };
        let mut other = self.db.prepare_cached(
            "SELECT 1 FROM reading r LEFT JOIN partner p ON p.reading = r.id
             WHERE r.number = ?1 AND r.id <> ?2 AND r.which <> 'final'
               AND r.status <> 'withdrawn' AND (r.reviewer = ?3 OR p.person = ?3)",
        )?;
        let mut rows = Vec::new();
        for mut case in self.whole_queue(&filter)? {
            let Some(reading) = case.reading else { continue };
            let held = other.exists(params![
                case.number.0,
                project::key(reading),
                self.user().as_str()
            ])?;
            let mut found = known.query([project::key(reading)])?;
            let (approved, notes, sent_back) = match found.next()? {
                Some(row) => (row.get(0)?, row.get::<_, i64>(1)? as usize, row.get(2)?),
                None => (String::new(), 0, false),
            };
            let settled = case.which == Which::Final;
            let shown = self.shows(&mut case);
            if case.status == Status::Open {
                if !shown {
                    continue;
                }
                if sent_back || notes > 0 {
                    rows.push(QaRow {
                        case,
                        reading,
                        level: None,
                        people: Vec::new(),
                        notes,
                        held,
                    });
                }
                continue;
            }
            let mut levels: Vec<(QaLevel, String)> = Vec::new();
            let mut query = with_qa.query([case.number.0])?;
            while let Some(row) = query.next()? {
                let (code, people): (String, String) = (row.get(0)?, row.get(1)?);
                levels.extend(QaLevel::from_code(&code).map(|level| (level, people)));
            }
            levels.sort();
            // Whoever is named for QA sees a settled review too, unless they read the case.
            let me = self.user().as_str();
            let mut people = levels.iter().flat_map(|(_, people)| people.split_whitespace());
            if !(shown || settled && !held && people.any(|code| code == me)) {
                continue;
            }
            let has = |level: QaLevel| approved.split(' ').any(|one| one == level.code());
            let Some((level, people)) = levels.into_iter().find(|(level, _)| !has(*level)) else {
                continue;
            };
            let people = people.split_whitespace().filter_map(|code| code.parse().ok()).collect();
            rows.push(QaRow { case, reading, level: Some(level), people, notes, held });
        }
        Ok(rows)
    }

    /// Where a reading stands, as its case's other readings and QA have it.
    ///
    /// # Errors
    /// When it is not there or the file can't be read.
    pub fn status_of(&self, reading: ReadingId) -> Result<Status, StoreError> {
        let mut query = self.db.prepare_cached("SELECT status FROM reading WHERE id = ?1")?;
        let code: String = query.query_row([project::key(reading)], |row| row.get(0))?;
        Ok(Status::from_code(&code).unwrap_or(Status::Open))
    }

    /// Whether any round has QA.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn has_qa(&self) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM qa_level")?.exists([])?)
    }
}
