//! Aggregation as plain data, then renderers.
//!
//! One row per final reading, with its ratings packed a byte each, goes once through a
//! [`Tally`]; what comes out is an [`ItemTable`] or [`OutcomeTable`]. Each of them is also a
//! [`Sheet`] of typed cells, which the CSV and JSON renderers write without knowing which
//! report it is, so that a further report or format is one more file here.

mod column;
mod counts;
mod crosswalk;
mod csv;
mod edition;
mod interner;
mod items;
mod json;
mod outcomes;
mod reading;
mod sheet;
mod tally;
mod text;

pub use column::{Column, Filter, UnknownColumn};
pub use crosswalk::{Across, Crossing, across};
pub use csv::render as csv;
pub use edition::{Edition, ItemHead, OutcomeHead};
pub use items::{ItemRow, ItemTable};
pub use json::render as json;
pub use outcomes::{OutcomeRow, OutcomeTable};
pub use reading::{ABSENT, FinalReading};
pub use sheet::{Cell, Sheet};
pub use tally::{Query, Tally};
pub use text::{SMALL, items_text, outcomes_text};
