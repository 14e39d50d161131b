//! Wrapping, counting, "did you mean", and the sanitisers for terminal and spreadsheet.

mod suggest;

pub use suggest::did_you_mean;
