//! Results of the workspace, counted for the screen.

use super::Desk;
use crate::cli::report::tally;
use crate::report::{Column, Filter, Query};
use crate::store::StoreError;
use crate::task::results::{By, Measured};

impl Desk {
    /// Final readings counted, of one period or of all.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn measure(&self, by: By, period: Option<&str>) -> Result<Measured, StoreError> {
        let column = match by {
            By::Region => Column::Region,
            By::County => Column::County,
            By::CaseType => Column::CaseType,
            By::Period => Column::Period,
        };
        let only = |value: &str| Filter { column: Column::Period, value: value.to_owned() };
        let filters = period.map(only).into_iter().collect();
        let query = Query { total: true, sub_items: true, filters, ..Query::by(&[column]) };
        let (tally, beside) = tally(&self.workspace, query)?;
        let mut measured = Measured {
            notes: beside.said,
            period: period.map(str::to_owned),
            periods: beside.periods,
            ..Measured::from_table(by, &tally.item_table())
        };
        if by == By::CaseType {
            self.name_case_types(&mut measured)?;
        }
        Ok(measured)
    }

    /// Puts titles in the place of case type codes.
    fn name_case_types(&self, measured: &mut Measured) -> Result<(), StoreError> {
        let mut titles = Vec::new();
        for round in self.workspace.rounds()? {
            let edition = self.workspace.instrument(&round.instrument)?;
            titles.extend(edition.case_types().iter().map(|c| (c.code.clone(), c.title.clone())));
        }
        for line in measured.items.iter_mut().flat_map(|item| &mut item.groups) {
            if let Some((_, title)) = titles.iter().find(|(code, _)| *code == line.group) {
                line.group.clone_from(title);
            }
        }
        Ok(())
    }
}
