//! Results of the workspace, counted for the screen.

use super::Desk;
use crate::cli::report::tally;
use crate::report::{Column, Query};
use crate::store::StoreError;
use crate::task::results::{By, Measured};

impl Desk {
    /// Final readings counted.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn measure(&self, by: By) -> Result<Measured, StoreError> {
        let column = match by {
            By::Region => Column::Region,
            By::County => Column::County,
            By::CaseType => Column::CaseType,
            By::Period => Column::Period,
        };
        let query = Query { total: true, sub_items: true, ..Query::by(&[column]) };
        let (tally, notes) = tally(&self.workspace, query)?;
        Ok(Measured { notes, ..Measured::from_table(by, &tally.item_table()) })
    }
}
