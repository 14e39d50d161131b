//! Wrapping, counting, "did you mean", and the sanitisers for terminal and spreadsheet.
//!
//! Whatever comes from outside (files, names, notes, instrument texts) goes through
//! [`clean`] or [`clean_lines`] before it reaches a terminal, and through [`guard`] before
//! it reaches a spreadsheet.

mod spreadsheet;
mod suggest;
mod terminal;
mod width;
mod words;

pub use spreadsheet::{guard, unguard};
pub use suggest::did_you_mean;
pub use terminal::{clean, clean_lines, same_length, shell_word, unfit_character};
pub use width::{fit, fit_right, is_plain, width, wrap};
pub use words::{count, in_words, list_and, list_or};
