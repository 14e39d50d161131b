//! Results of the workspace, counted for the screen.

use super::Desk;
use crate::cli::Failure;
use crate::cli::pip::{measure, plan_of};
use crate::cli::report::tally;
use crate::report::{Column, Filter, Query};
use crate::store::StoreError;
use crate::task::goals::Page;
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

    /// The improvement plan in force, with its measures counted.
    ///
    /// # Errors
    /// Why it can't be shown, in words for a person.
    pub fn goals(&self) -> Result<Page, String> {
        let plan = plan_of(&self.workspace).map_err(|failure| match failure {
            Failure::BadInput(text) | Failure::Workspace(text) | Failure::Wrong(text) => {
                text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
            }
            Failure::ClosedPipe => String::new(),
        })?;
        let standing = measure(&self.workspace, &plan, &[])
            .map_err(|error| format!("the workspace {error}"))?;
        Ok(Page { plan, standing })
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
