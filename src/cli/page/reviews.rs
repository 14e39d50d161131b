//! `page feedback` and `page review`: one final review as a page.

use clap::Args;

use super::Target;
use crate::cli::{Failure, Global, workspace};
use crate::report::page::{self, FinalReview};
use crate::review::{CaseNumber, answers, rate};
use crate::scoring::explain_item;
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::{clean, clean_lines};

/// `page feedback`.
#[derive(Debug, Args)]
pub struct Feedback {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    target: Target,
}

/// `page review`.
#[derive(Debug, Args)]
pub struct Whole {
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    target: Target,
}

/// The review a page is of.
#[derive(Debug, Args)]
struct Of {
    /// The case, by its review number such as R-0042
    case: String,
    /// Call the case by the agency's own code instead of its review number
    #[arg(long)]
    case_ids: bool,
}

impl Feedback {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let page = self.of.page(global, page::feedback)?;
        self.target.put(&page, &[])
    }
}

impl Whole {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let page = self.of.page(global, |review| {
            let whys: Vec<Vec<String>> = review
                .instrument
                .item_positions()
                .map(|at| explain_item(review.instrument, review.answers, review.scores, at))
                .collect();
            page::whole(review, &whys)
        })?;
        self.target.put(&page, &[])
    }
}

impl Of {
    /// Makes a page of the case's final review.
    ///
    /// # Errors
    /// Exit 2 for an unknown case, one without a final review, and one whose ratings alone
    /// were imported.
    fn page(
        &self,
        global: &Global,
        make: impl FnOnce(&FinalReview<'_>) -> page::Page,
    ) -> Result<page::Page, Failure> {
        let workspace = workspace::open(global)?;
        let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
        let row = self.find(&workspace)?;
        let reading = workspace.reading(row.reading).map_err(failed)?;
        let edition = workspace.instrument(&row.instrument).map_err(failed)?;
        let (Some(answers), Some(scores)) = (answers(&edition, &reading), rate(&edition, &reading))
        else {
            return Err(bad(&format!(
                "error: {}: its instrument does not know its case type",
                self.case
            )));
        };
        if reading.answers.is_empty() {
            return Err(bad(&format!(
                "error: {}: only its ratings were imported: there are no answers to show",
                self.case
            )));
        }
        let case = match (self.case_ids, &row.frame_id) {
            (false, _) => row.number.to_string(),
            (true, Some(id)) => id.clone(),
            (true, None) => {
                return Err(bad(&format!(
                    "error: --case-ids: the agency's code of {} is not in this workspace",
                    self.case
                )));
            }
        };
        let under_review = row.under_review.map(|days| days.to_string());
        Ok(make(&FinalReview {
            case: &case,
            instrument: &edition,
            answers: &answers,
            scores: &scores,
            under_review: under_review.as_deref(),
        }))
    }

    fn find(&self, workspace: &Workspace) -> Result<ReadingRow, Failure> {
        let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
        let number: Option<CaseNumber> = self.case.parse().ok();
        let known = match number {
            Some(number) => workspace.case(number).map_err(failed)?.is_some(),
            None => false,
        };
        if !known {
            let text = format!(
                "error: there is no case {}\n  help: `status` lists them; a number looks like R-0042",
                self.case
            );
            return Err(bad(&text));
        }
        let rows = workspace.final_readings().map_err(failed)?;
        rows.into_iter().find(|row| Some(row.number) == number).ok_or_else(|| {
            bad(&format!(
                "error: {} has no final review yet\n  help: a page is made of what stands for good: submit it, settle its pair, end its QA",
                clean(&self.case)
            ))
        })
    }
}

fn bad(text: &str) -> Failure {
    Failure::BadInput(clean_lines(text).into_owned())
}
