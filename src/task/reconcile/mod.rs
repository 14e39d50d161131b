//! Settling two reviews of a case: the list of pairs, and the differences of one.

mod beside;
mod draft;
mod moved;
mod opened;
mod own;
mod pairs;
mod settle;

pub use beside::Beside;
pub use opened::{
    C, Difference, Follow, ItemLine, LETTERS, Lacking, Opened, Ratings, Said, Settled, Settling,
    Taking, Third, read_by,
};
pub(crate) use opened::{side_of, taken_of};
pub use pairs::{Pair, PairList, PairStatus, Slot, to_settle_again};
pub use settle::{Row, State, Step};
