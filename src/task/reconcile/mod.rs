//! Settling two reviews of a case: the list of pairs, and the differences of one.

mod beside;
mod draft;
mod pairs;
mod settle;

pub use beside::Beside;
pub use pairs::{Pair, PairList, PairStatus};
pub use settle::{Difference, ItemLine, Opened, Row, Settled, Settling, State, Step};
pub(crate) use settle::{side_of, took_of};
