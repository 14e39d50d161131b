//! Raw file -> checked [`Instrument`]; conditions; decision tables and their proof.
//!
//! An [`Instrument`] can only be had from [`check`] of a file's
//! text, so whoever holds one never meets an unknown question, item or code.

mod check;
mod checklist;
mod codebook;
mod codes;
mod condition;
mod crosswalk;
pub mod diff;
mod item;
mod library;
mod model;
mod proof;
mod question;
pub mod rate;
mod raw;
mod rows;
mod shipped;
pub mod words;

pub use check::{Checked, LARGEST_FILE, build, check, check_file};
pub use checklist::{Component, Counts, Covers, Lead, Measure, Reporting};
pub use codebook::{Code, Codebook, Exported, Variable, VariableRole, codebook, kind as kind_name};
pub use codes::{CaseTypeSet, CodeSet, OutcomeRating, Rating, RatingSet};
pub use condition::{Condition, Facts, Order, Test, Truth};
pub use crosswalk::{Counterpart, NotSame, counterpart, joined, same_item};
pub use diff::{Difference, diff};
pub use item::{
    Applies, Example, Item, Outcome, OutcomeExample, OutcomeRow, Row, Rule, Strictness,
};
pub use library::{InstrumentFile, Library, NoBase, ShippedOnly, is_path, shipped_file};
pub use model::{CaseType, Crosswalk, Definition, Instrument, Mode, Part, Reason, Unit};
pub use question::{Choice, Kind, Place, Question, Role};
pub use rows::{Column, CountedFrom, Day, FaceDemand, FaceRule, Moment, Rows};
pub use shipped::{DEFAULT, Shipped, load_shipped, shipped};

/// Position of a question in [`Instrument::questions`]: face sheet first, then items in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionIx(pub u16);

/// Position of an item or sub-item in [`Instrument::items`]; a sub-item follows its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIx(pub u16);

/// Position of an outcome in [`Instrument::outcomes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutcomeIx(pub u16);

/// Position of a case type in [`Instrument::case_types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseTypeIx(pub u8);
