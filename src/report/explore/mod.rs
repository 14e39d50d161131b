//! Results to walk about in: readings held in memory, counted by whatever is chosen, and from
//! any count back to the readings behind it.
//!
//! [`Held`] is read once. A [`Choice`] says what is counted and by what; [`Grid`] holds every
//! cell of it with its margins; [`Grid::behind`] names the readings a cell was counted from.
//! Both use the same [`Subject`](super::Subject)s and [`Tally`](super::Tally) as the reports.

mod behind;
mod count;
mod grid;
mod held;
mod topic;

pub use behind::{Behind, Part};
pub use grid::{Grid, GridCell, GridLine};
pub use held::{Held, HeldReading, Waiting};
pub use topic::{Choice, Topic};
