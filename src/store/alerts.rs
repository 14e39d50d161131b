//! Alerts as lists take them.

use crate::review::{Alert, CaseNumber, PersonCode, ReadingId};

use super::{StoreError, Workspace, project};

/// An alert with its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// The reading it was raised on.
    pub reading: ReadingId,
    /// The case.
    pub number: CaseNumber,
    /// Who reads it.
    pub reviewer: PersonCode,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Code of the case type.
    pub case_type: String,
    /// Name of the round.
    pub round: String,
    /// The alert.
    pub alert: Alert,
}

impl Workspace {
    /// The alerts the one who acts may see, by case and time: a lead's all, a reader's on their
    /// own reviews.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn alerts(&self) -> Result<Vec<AlertRow>, StoreError> {
        let mut query =
            self.db.prepare_cached("SELECT DISTINCT reading FROM alert ORDER BY reading")?;
        let ids: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let me = self.user();
        let mut rows = Vec::new();
        for id in ids {
            let reading = self.reading(project::id(id))?;
            let mine = reading.reviewer == *me || reading.partner.as_ref() == Some(me);
            if !mine && !self.team().is_lead(me) {
                continue;
            }
            rows.extend(reading.alerts.iter().map(|alert| AlertRow {
                reading: reading.id,
                number: reading.case.number,
                reviewer: reading.reviewer.clone(),
                region: reading.case.region.clone(),
                county: reading.case.county.clone(),
                case_type: reading.case.case_type.clone(),
                round: reading.case.round.clone(),
                alert: alert.clone(),
            }));
        }
        rows.sort_by_key(|row| (row.number, row.alert.at, row.alert.id));
        Ok(rows)
    }

    /// How many alerts are open, of those the one who acts may see.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn alerts_open(&self) -> Result<usize, StoreError> {
        let none = !self.db.prepare_cached("SELECT 1 FROM alert WHERE NOT closed")?.exists([])?;
        if none {
            return Ok(0);
        }
        Ok(self.alerts()?.iter().filter(|row| row.alert.closed.is_none()).count())
    }
}
