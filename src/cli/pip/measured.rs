//! The plan of a workspace, and its measures counted.

use chrono::NaiveDate;

use crate::cli::import::KnownInstruments;
use crate::cli::{Failure, workspace};
use crate::diagnostic::excerpts;
use crate::exchange::Instruments;
use crate::pip::{self, CheckedPlan, Measurement, Plan, Reading, Standing};
use crate::report::{Column, Facts};
use crate::review::ReviewKind;
use crate::store::{StoreError, Workspace};
use crate::text::count;

/// Checks the text of a plan against the instruments a workspace knows.
///
/// # Errors
/// When the workspace can't be read.
pub fn check(workspace: &Workspace, text: &str) -> Result<CheckedPlan, StoreError> {
    let known = KnownInstruments::of(workspace)?;
    Ok(pip::check(text, &|id| known.find(id), &known.ids()))
}

/// The plan in force.
///
/// # Errors
/// Exit 2 where there is none, or none that this version can read.
pub fn plan_of(workspace: &Workspace) -> Result<Plan, Failure> {
    let Some(set) = workspace.team().plan() else {
        return Err(Failure::BadInput(
            "error: no improvement plan is in force\n  help: put one in force with `casereview pip plan FILE`"
                .to_owned(),
        ));
    };
    let Some(text) = &set.text else {
        return Err(Failure::BadInput(
            "error: the text of the improvement plan was removed\n  help: put it in force again with `casereview pip plan FILE`"
                .to_owned(),
        ));
    };
    let checked =
        check(workspace, text).map_err(|error| workspace::failure(workspace.path(), &error))?;
    checked.plan.ok_or_else(|| {
        Failure::BadInput(excerpts("the plan in force", text, &checked.diagnostics, false))
    })
}

/// Counts the final reviews a plan measures, and tells where it stands today.
///
/// # Errors
/// When the workspace can't be read.
pub fn measure(
    workspace: &Workspace,
    plan: &Plan,
    columns: &[Column],
) -> Result<Standing, StoreError> {
    measure_by(workspace, plan, columns, workspace.now().utc().date_naive())
}

/// The same as it stands on a day: which periods have ended by then.
///
/// # Errors
/// When the workspace can't be read.
pub fn measure_by(
    workspace: &Workspace,
    plan: &Plan,
    columns: &[Column],
    today: NaiveDate,
) -> Result<Standing, StoreError> {
    let mut measurement = Measurement::new(plan, columns);
    // Packed readings name an edition by the beginning of its hash, mostly that of the one
    // before; the cases of samples come in the same order as they do.
    let mut editions: Vec<String> = Vec::new();
    let mut edition = 0;
    let sampled = workspace.numbers_of_samples()?;
    let mut sampled = sampled.into_iter().peekable();
    workspace.each_final(false, |row| {
        let Facts { edition: hash, region, county, case_type, period, review_kind, .. } = row.facts;
        if editions.get(edition).is_none_or(|known| known != hash) {
            edition = match editions.iter().position(|known| known == hash) {
                Some(at) => at,
                None => {
                    measurement.know(&*workspace.edition_beginning(hash)?);
                    editions.push(hash.to_owned());
                    editions.len() - 1
                }
            };
        }
        while sampled.next_if(|number| *number < row.number).is_some() {}
        let drawn = sampled.peek() == Some(&row.number);
        let review_kind = ReviewKind::from_code(review_kind).unwrap_or(ReviewKind::Regular);
        let ratings = row.ratings;
        measurement.add(&Reading {
            edition,
            ratings,
            review_kind,
            drawn,
            period,
            region,
            county,
            case_type,
        });
        Ok(())
    })?;
    let mut standing = measurement.finish().judge(plan, today);
    let measured = |kind: ReviewKind| {
        matches!(kind, ReviewKind::Baseline | ReviewKind::Pip)
            || plan.practice && kind == ReviewKind::Practice
    };
    let mut waiting: Vec<_> = workspace
        .waiting()?
        .into_iter()
        .filter(|row| measured(row.review_kind))
        .map(|row| row.number)
        .collect();
    waiting.dedup();
    if !waiting.is_empty() {
        let cases = count(waiting.len(), "case is", "cases are");
        standing.notes.push(format!("{cases} handed in but not settled, and not measured"));
    }
    Ok(standing)
}
