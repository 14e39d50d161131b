//! The cases of the one who acts, and what the start screen says of them.

use std::sync::Arc;

use super::Desk;
use crate::cli::standing::{CaseTypes, standing_of};
use crate::instrument::Instrument;
use crate::review::ReviewKind;
use crate::store::{CaseRow, QueueFilter, StoreError};
use crate::task::queue::{Case, Status as Standing};
use crate::task::start::Info;

impl Desk {
    /// The instrument of the current round, where there is one.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn current_edition(&self) -> Result<Option<Arc<Instrument>>, StoreError> {
        let round = self.workspace.current_round()?;
        round.map(|round| self.workspace.instrument(&round.instrument)).transpose()
    }

    /// What the start screen says.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let round = self.workspace.current_round()?;
        let edition = self.current_edition()?;
        // Only their own: the first frame doesn't wait for everybody's.
        let mine =
            QueueFilter { reviewer: Some(self.workspace.user().clone()), ..QueueFilter::default() };
        let rows = self.workspace.queue(&mine)?;
        let rows: Vec<_> =
            rows.iter().map(|row| (row, standing_of(&self.workspace, row))).collect();
        let count = |standing| rows.iter().filter(|(_, found)| *found == standing).count();
        let last = rows
            .iter()
            .filter(|(_, standing)| *standing == Standing::InProgress)
            .max_by_key(|(row, _)| row.touched)
            .and_then(|(row, _)| Some((row.reading?.to_string(), row.number.to_string())));
        let unassigned = match &round {
            Some(round) => self.unassigned(&round.name)?,
            None => 0,
        };
        Ok(Info {
            workspace: self.workspace.path().display().to_string(),
            user: self.workspace.user().to_string(),
            round: round.as_ref().map(|r| r.name.clone()).unwrap_or_default(),
            instrument: edition.as_ref().map(|e| e.title().to_owned()).unwrap_or_default(),
            notice: edition.as_ref().and_then(|e| e.notice().map(str::to_owned)),
            practice: round.is_some_and(|round| round.review_kind == ReviewKind::Practice),
            lead: self.is_lead(),
            approvals: self.approvals()?,
            not_started: count(Standing::NotStarted),
            in_progress: count(Standing::InProgress),
            unassigned,
            submitted: count(Standing::Sealed)
                + count(Standing::Submitted)
                + count(Standing::InQa)
                + count(Standing::Final),
            pairs: self.pairs_open()?,
            alerts: self.workspace.alerts_open()?,
            quality: self.quality_open()?,
            plan: self.workspace.team().plan().is_some(),
            last,
        })
    }

    /// Cases of the round that nobody reads yet, for a lead; others give none out.
    fn unassigned(&self, round: &str) -> Result<usize, StoreError> {
        if self.is_lead() { self.workspace.unassigned(round) } else { Ok(0) }
    }

    /// The queue of the one who acts; a lead sees every case, also those nobody reads yet.
    fn rows(&self) -> Result<Vec<CaseRow>, StoreError> {
        let lead = self.is_lead();
        self.workspace.queue(&QueueFilter {
            reviewer: (!lead).then(|| self.workspace.user().clone()),
            unassigned: lead,
            ..QueueFilter::default()
        })
    }

    /// The cases of the queue.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn cases(&self) -> Result<Vec<Case>, StoreError> {
        let case_types = CaseTypes::of(&self.workspace)?;
        let case = |row: &CaseRow| Case {
            reading: row.reading.map(|id| id.to_string()).unwrap_or_default(),
            case: row.number.to_string(),
            case_type: case_types.title(row),
            region: row.region.clone(),
            county: row.county.clone(),
            status: standing_of(&self.workspace, row),
            which: row.which,
            reviewer: row.reviewer.clone(),
        };
        Ok(self.rows()?.iter().map(case).collect())
    }
}
