//! Conditions, rows and rules in plain words, and the document policy staff sign off.

mod conditions;
mod explain;
mod name;
mod show;

pub use conditions::{condition, rule};
pub use explain::{explain, explain_item, explain_outcome};
pub use name::{counted_rows, item_heading, item_name, name};
pub use show::{asked_when, question_notes, show, show_item};

use super::{Instrument, ItemIx, OutcomeRow, Row};

/// When a row of an item holds: "at least one of A, B is Yes, and none of them is No".
pub fn row(instrument: &Instrument, item: ItemIx, row: &Row) -> String {
    condition(instrument, Some(item), &row.when)
}

/// When a row of an outcome holds.
pub fn outcome_row(instrument: &Instrument, row: &OutcomeRow) -> String {
    condition(instrument, None, &row.when)
}
