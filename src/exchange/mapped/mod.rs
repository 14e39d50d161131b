//! Ratings from spreadsheets as agencies have them: a mapping file says which column is what
//! and which word means which code.
//!
//! # The mapping file
//!
//! | table | keys |
//! |---|---|
//! | `[file]` | `instrument`: its id, where no column says it; `sheet` of a workbook; `fill-down`: our columns in which a blank cell means the value above it |
//! | `[columns]` | our column = the file's: `case`, `region`, `county`, `case_type`, `period`, `review_kind`, `round`, `sample_id`, `instrument`; `item` and `rating` where each item has a row |
//! | `[items]` | item id = the file's column, where each item has a column; a blank cell there is no rating |
//! | `[constants]` | our column = the value of all rows, for what the file does not say |
//! | `[values.COLUMN]` | the file's word = our value, for any of our columns; words are compared without regard to case and blanks around them |
//! | `[skip]` | our column = words: a row that has one of them there is passed over, such as a line of totals |
//!
//! The header is looked for among the first filled rows, below titles.

mod mapping;
mod rows;
mod sheet;

pub use mapping::{CheckedMapping, RatingsMapping, check_mapping};
pub use sheet::{SheetRows, sheet_rows};

pub(super) use rows::translate;
