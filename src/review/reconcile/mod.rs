//! Two reviews of one case: where they part, and what the settled review holds.

mod compare;
mod fill;
mod standing;

pub use compare::{Difference, Differs, ItemSides, Sides, THIRD};
pub use fill::{fill_answers, fill_closing, take};
pub use standing::{FirstSeal, Settling};
