//! The facts of a case that imports carry beside answers or ratings.

use std::str::FromStr;

use crate::review::{PersonCode, ReviewKind};
use crate::sampling::Period;
use crate::text::{did_you_mean, list_or};

use super::Problem;

/// Reads a period and writes it in its shortest form.
pub(super) fn period(text: &str) -> Result<String, Problem> {
    Period::parse(text).map(Period::short).ok_or_else(|| {
        let problem = match text {
            "" => Problem::whole("the period is empty"),
            _ => Problem::whole(format!("{text} is not a period")),
        };
        problem.help(PERIOD_FORMS)
    })
}

const PERIOD_FORMS: &str = "write it as 2026-H1, 2026-Q2, 2026-03, 2026 or 2026-01-01/2026-06-30";

/// Reads a kind of review; an empty text is a regular one.
pub(super) fn review_kind(text: &str) -> Result<ReviewKind, Problem> {
    if text.is_empty() {
        return Ok(ReviewKind::Regular);
    }
    ReviewKind::from_code(text).ok_or_else(|| {
        let known: Vec<&str> = ReviewKind::ALL.iter().map(|kind| kind.code()).collect();
        let problem = Problem::whole(format!("kind of review {text} is unknown"));
        match did_you_mean(text, known.iter().copied()) {
            Some(near) => problem.did_you_mean(Some(near)),
            None => problem.help(format!("it is {}", list_or(&known))),
        }
    })
}

/// Reads the code of who read a case.
pub(super) fn reviewer(text: &str) -> Result<PersonCode, Problem> {
    if text.is_empty() {
        return Err(Problem::whole("the reviewer is empty").help("give a code, never a name"));
    }
    PersonCode::from_str(text).map_err(|bad| Problem::whole(bad.to_string()))
}

/// The round of an import that names none: that of its period, so that one case reviewed in
/// two periods is two reviews.
pub(super) fn round(given: &str, period: &str) -> String {
    if given.is_empty() { period.to_owned() } else { given.to_owned() }
}
