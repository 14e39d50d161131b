//! Rating one outcome.

use super::{OutcomeCause, OutcomeResult, Sheet};
use crate::instrument::{ItemIx, Outcome, OutcomeRating, Truth};

/// Rates an outcome whose items are rated already.
pub(super) fn rate(sheet: &Sheet<'_>, outcome: &Outcome) -> OutcomeResult {
    if !outcome.absent().is_empty() {
        return OutcomeResult { rating: OutcomeRating::NotComputed, cause: OutcomeCause::Absent };
    }
    let unfinished: Vec<ItemIx> = outcome
        .items()
        .iter()
        .copied()
        .filter(|item| sheet.result(*item).is_none_or(|result| !result.rating.is_final()))
        .collect();
    if unfinished.is_empty()
        && let Some(row) =
            outcome.rows().iter().position(|row| row.when.truth(sheet) == Truth::True)
    {
        let rating = outcome.rows()[row].give;
        return OutcomeResult { rating, cause: OutcomeCause::Row { row } };
    }
    // With all items final the check proved that a row holds.
    OutcomeResult { rating: OutcomeRating::Incomplete, cause: OutcomeCause::Items(unfinished) }
}
