//! `page feedback` and `page review`: one final review as a page.

use clap::Args;

use super::Target;
use crate::cli::{Failure, Global, workspace};
use crate::report::page::{self, FinalReview, SetRating};
use crate::review::{CaseNumber, answers, effective};
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
        let workspace = workspace::open(global)?;
        self.target.put(&feedback(&workspace, &self.of.case, self.of.case_ids)?, &[])
    }
}

impl Whole {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        self.target.put(&whole(&workspace, &self.of.case, self.of.case_ids)?, &[])
    }
}

/// What worker and supervisor learn from a case's final review; with `own_code` the case is
/// called by the agency's own code.
///
/// # Errors
/// Exit 2 for an unknown case, one without a final review, and one whose ratings alone were
/// imported.
pub fn feedback(workspace: &Workspace, case: &str, own_code: bool) -> Result<page::Page, Failure> {
    page_of(workspace, case, own_code, page::feedback)
}

/// A case's final review as a whole.
///
/// # Errors
/// As [`feedback`].
pub fn whole(workspace: &Workspace, case: &str, own_code: bool) -> Result<page::Page, Failure> {
    page_of(workspace, case, own_code, |review| {
        let whys: Vec<Vec<String>> = review
            .instrument
            .item_positions()
            .map(|at| explain_item(review.instrument, review.answers, review.scores, at))
            .collect();
        page::whole(review, &whys)
    })
}

fn page_of(
    workspace: &Workspace,
    case: &str,
    own_code: bool,
    make: impl FnOnce(&FinalReview<'_>) -> page::Page,
) -> Result<page::Page, Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let row = find(workspace, case)?;
    // Imported ratings have no reader, and nothing was written of them but the ratings.
    if row.reviewer.is_empty() {
        return Err(only_ratings(case));
    }
    let reading = workspace.reading(row.reading).map_err(failed)?;
    let edition = workspace.instrument(&row.instrument).map_err(failed)?;
    let Some(answers) = answers(&edition, &reading) else {
        return Err(bad(&format!("error: {case}: its instrument does not know its case type")));
    };
    let (scores, held) = effective(&edition, &reading, &answers);
    let set: Vec<SetRating> = held
        .into_iter()
        .map(|(item, computed, _)| {
            let one = reading.overrides.get(edition.item(item).id());
            let why = one.and_then(|one| one.why.text()).unwrap_or("(removed)").to_owned();
            SetRating { item, computed, why }
        })
        .collect();
    if reading.answers.is_empty() {
        return Err(only_ratings(case));
    }
    let called = match (own_code, &row.frame_id) {
        (false, _) => row.number.to_string(),
        (true, Some(id)) => id.clone(),
        (true, None) => {
            return Err(bad(&format!(
                "error: --case-ids: the agency's code of {case} is not in this workspace"
            )));
        }
    };
    let under_review = row.under_review.map(|days| days.to_string());
    Ok(make(&FinalReview {
        case: &called,
        instrument: &edition,
        answers: &answers,
        scores: &scores,
        set: &set,
        under_review: under_review.as_deref(),
    }))
}

fn only_ratings(case: &str) -> Failure {
    bad(&format!("error: {case}: only its ratings were imported: there are no answers to show"))
}

fn find(workspace: &Workspace, case: &str) -> Result<ReadingRow, Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let number: Option<CaseNumber> = case.parse().ok();
    let known = match number {
        Some(number) => workspace.case(number).map_err(failed)?.is_some(),
        None => false,
    };
    if !known {
        let text = format!(
            "error: there is no case {case}\n  help: `status` lists them; a number looks like R-0042"
        );
        return Err(bad(&text));
    }
    let rows = workspace.final_readings().map_err(failed)?;
    rows.into_iter().find(|row| Some(row.number) == number).ok_or_else(|| {
        bad(&format!(
            "error: {} has no final review yet\n  help: a page is made of what stands for good: submit it, settle its pair, end its QA",
            clean(case)
        ))
    })
}

fn bad(text: &str) -> Failure {
    Failure::BadInput(clean_lines(text).into_owned())
}
