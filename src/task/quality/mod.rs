//! QA: what is with it, and the notes on one review.

mod facts;
mod notes;

pub use facts::{Ask, Line, Note, Opened, Told};
pub use notes::{Doing, Slot, State, sheets_of};
