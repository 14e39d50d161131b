//! Results written to files from the screen, the way the commands write them.

use std::path::Path;

use super::Desk;
use super::results::first_line;
use crate::cli::Failure;
use crate::cli::output::save;
use crate::cli::page::{feedback, full_report, of_region, whole_review};
use crate::cli::pip::{StatusTables, measure, plan_of, with_origin};
use crate::cli::report::make;
use crate::cli::way_out::rendered;
use crate::pip::{Plan, Standing, status_page, status_text};
use crate::report::explore::{Choice, Topic};
use crate::report::{Column, Filter, Query};
use crate::store::StoreError;
use crate::task::saving::{FileFormat, Save, What};
use crate::text::clean;

impl Desk {
    /// Writes a file; gives what was written and where, or why it was not. A file that is
    /// there is never replaced.
    pub(super) fn write(&self, wanted: &Save) -> Result<String, String> {
        let (what, bytes) = self.content(&wanted.what).map_err(first_line)?;
        let path = std::path::absolute(Path::new(&wanted.file))
            .map_err(|error| format!("{}: {error}", wanted.file))?;
        save(&path, false, &bytes).map_err(|failure| match failure {
            Failure::BadInput(text) => {
                let text = first_line(Failure::BadInput(text));
                format!("{text}: choose another name")
            }
            other => first_line(other),
        })?;
        Ok(clean(&format!("{what} written to {}", path.display())).into_owned())
    }

    fn content(&self, what: &What) -> Result<(String, Vec<u8>), Failure> {
        let workspace = &self.workspace;
        let failed =
            |error: StoreError| Failure::Workspace(format!("error: the workspace {error}"));
        let page = match what {
            What::Report { choice, item, format } => {
                let query = query(choice, item.as_deref());
                if query.drafts && !self.is_lead() {
                    let text = "error: drafts are for leads".to_owned();
                    return Err(Failure::BadInput(text));
                }
                let made = make(workspace, choice.topic, &query, true).map_err(failed)?;
                let rows = crate::text::count(made.sheet.rows.len(), "row", "rows");
                return Ok((rows, made.bytes(workspace, *format)?));
            }
            What::Results(choice) => {
                let mut query = Query { total: false, ..query(choice, None) };
                query.sub_items = false;
                if query.by.is_empty() {
                    query.by.push(Column::Region);
                }
                full_report(workspace, &query, None)?.0
            }
            What::Plan(format) => {
                let plan = plan_of(workspace)?;
                let standing = measure(workspace, &plan, &[]).map_err(failed)?;
                let rows = standing.sheet(&plan).rows.len();
                let rows = crate::text::count(rows, "row", "rows");
                if *format == FileFormat::Html {
                    with_origin(workspace, status_page(&plan, &standing))?
                } else {
                    return Ok((rows, written(*format, &plan, &standing)?));
                }
            }
            What::Region { region, period } => of_region(workspace, region, period.as_deref())?,
            What::Feedback(case) => feedback(workspace, case, false)?,
            What::Review(case) => whole_review(workspace, case, false)?,
        };
        Ok((page.title.clone(), page.html().into_bytes()))
    }
}

/// The quarterly table as the bytes of a file.
fn written(format: FileFormat, plan: &Plan, standing: &Standing) -> Result<Vec<u8>, Failure> {
    let tables = StatusTables::of(plan, standing, standing);
    rendered(format, || status_text(plan, standing), &tables.named())
}

/// The query of the command that the form names.
fn query(choice: &Choice, item: Option<&str>) -> Query {
    let item = item.map(|item| Filter { column: Column::Item, value: item.to_owned() });
    Query {
        by: choice.by.clone(),
        filters: choice.filters.iter().cloned().chain(item).collect(),
        total: choice.topic != Topic::Trend && !choice.by.is_empty(),
        sub_items: matches!(choice.topic, Topic::Items | Topic::Trend),
        drafts: choice.drafts,
        ..Query::default()
    }
}
