//! Rounds, people and single cases.

use crate::review::{Case, CaseNumber, Days, Person, ReviewKind, RoundId};

use super::load;
use super::{StoreError, Workspace};

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
        Ok(load::case(&self.db, number)?.map(|(case, _, _)| case))
    }
}
