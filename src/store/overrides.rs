//! Overridden ratings as reports and exports take them.

use std::collections::HashMap;

use crate::review::{CaseNumber, ReadingId, Status};

use super::{StoreError, Workspace, project};

/// A rating set against the computed one, with the facts of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideRow {
    /// The reading.
    pub reading: ReadingId,
    /// The case.
    pub number: CaseNumber,
    /// The reading counts in reports.
    pub counts: bool,
    /// Id of the item.
    pub item: String,
    /// Code of the computed rating.
    pub computed: String,
    /// Code of the rating set.
    pub rating: String,
    /// What had decided the computed one: `row:any-no`.
    pub rule: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Code of the case type.
    pub case_type: String,
    /// Name of the round.
    pub round: String,
}

impl Workspace {
    /// Every rating that is overridden, by case and item; those of eliminated cases left out.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn overrides(&self) -> Result<Vec<OverrideRow>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT o.reading, r.number, r.status, o.item, o.computed, o.rating, o.rule,
                    c.region, c.county, c.case_type, c.round
             FROM overridden o JOIN reading r ON r.id = o.reading
             JOIN cases c ON c.number = r.number
             WHERE r.status <> 'withdrawn'
               AND r.number NOT IN (SELECT number FROM elimination WHERE approved)
             ORDER BY r.number, o.reading, o.item",
        )?;
        let rows = query.query_map([], |row| {
            let status: String = row.get(2)?;
            Ok(OverrideRow {
                reading: project::id(row.get(0)?),
                number: CaseNumber(row.get(1)?),
                counts: status == Status::Final.code(),
                item: row.get(3)?,
                computed: row.get(4)?,
                rating: row.get(5)?,
                rule: row.get(6)?,
                region: row.get(7)?,
                county: row.get(8)?,
                case_type: row.get(9)?,
                round: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The computed ratings of overridden items, by reading and item.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn computed_ratings(
        &self,
    ) -> Result<HashMap<ReadingId, Vec<(String, String)>>, StoreError> {
        let mut found: HashMap<ReadingId, Vec<(String, String)>> = HashMap::new();
        for row in self.overrides()? {
            found.entry(row.reading).or_default().push((row.item, row.computed));
        }
        Ok(found)
    }
}
