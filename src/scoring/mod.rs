//! Answers -> item, sub-item and outcome ratings, with the trace of each.

mod answers;
mod result;

pub use answers::{Answers, Value};
pub use result::{Asked, Cause, ItemResult, OutcomeCause, OutcomeResult, Scores};
