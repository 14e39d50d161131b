//! What a reader is not shown: whether a case is read twice.
//!
//! A lead sees everything. Everyone else sees their own reviews and the first reviews of
//! others, all of them as first reviews, and none as final: that a handed-in review waits for
//! another would tell of it. Who is named for QA and read no review of the case sees its settled
//! review while QA has it. The file holds all of it: in one shared workspace this keeps
//! honest people blind, no more.

use crate::review::{PersonCode, Status, Which};

use super::{CaseRow, ReadingRow, StoreError, Workspace};

impl Workspace {
    /// Whether the one who acts sees second reviews.
    pub fn sees_seconds(&self) -> bool {
        self.team().is_lead(self.user())
    }

    /// Whether the one who acts is not to see a review at all.
    fn hides(&self, which: Which, reviewer: &str, partner: Option<&PersonCode>) -> bool {
        let me = self.user();
        let mine = reviewer == me.as_str() || partner == Some(me);
        which != Which::First && !mine
    }

    /// The readings as whoever acts may see them; for reports, where every final reading
    /// counts, there is [`readings`](Self::readings).
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn visible_readings(&self) -> Result<Vec<ReadingRow>, StoreError> {
        let mut rows = self.readings()?;
        if self.sees_seconds() {
            return Ok(rows);
        }
        let partners = self.partners()?;
        rows.retain(|row| !self.hides(row.which, &row.reviewer, partners.get(&row.reading)));
        for row in &mut rows {
            (row.which, row.status) = veiled(row.status);
        }
        Ok(rows)
    }

    /// Takes out of a queue what whoever acts is not to see.
    pub(super) fn veil(&self, rows: &mut Vec<CaseRow>) {
        rows.retain_mut(|row| self.shows(row));
    }

    /// Whether whoever acts may see a line of the queue; it then says what they may see of it.
    pub(super) fn shows(&self, row: &mut CaseRow) -> bool {
        if self.sees_seconds() {
            return true;
        }
        if self.hides(row.which, &row.reviewer, row.partner.as_ref()) {
            return false;
        }
        (row.which, row.status) = veiled(row.status);
        true
    }
}

fn veiled(status: Status) -> (Which, Status) {
    (Which::First, if status == Status::Final { Status::Submitted } else { status })
}
