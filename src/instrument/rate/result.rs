//! What rating says of an item or outcome.

use crate::instrument::{ItemIx, OutcomeRating, QuestionIx, Rating};

/// Whether a question is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is.
    Yes,
    /// Its gate is closed or its item does not apply: an answer is set aside.
    No,
    /// Hangs on an answer still missing.
    Later,
}

/// Why an item has its rating. Printed as the stable `reason` token of `score`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A row of its table decided: `row:ID` (`all-na` where the row gives na).
    Row {
        /// Position of the row in the item's table.
        row: usize,
    },
    /// A section of a checklist instrument is answered: `met:5/7`, or `all-na` where nothing
    /// counted applies.
    Section {
        /// Counted questions met.
        met: u32,
        /// Counted questions that apply.
        of: u32,
    },
    /// Needed answers are missing: `missing:14.C 14.D`.
    Missing(Vec<QuestionIx>),
    /// A hard rule is broken: `rule:ID`.
    Rule {
        /// The item or sub-item whose rule it is.
        item: ItemIx,
        /// Position of the rule in that item.
        rule: usize,
    },
    /// The item never applies to the case type: `case-type`.
    CaseType,
    /// The reviewer answered that it does not apply: `applies`.
    Applies,
}

/// The result of one item or sub-item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// Its rating.
    pub rating: Rating,
    /// Why.
    pub cause: Cause,
    /// The answers that decided, in asking order.
    pub used: Vec<QuestionIx>,
}

/// Why an outcome has its rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeCause {
    /// A row decided: `row:ID` (`all-na` where the row gives na).
    Row {
        /// Position of the row in the outcome's table.
        row: usize,
    },
    /// Items of it are incomplete or invalid: `needs:17 20`. None of them is where no row has
    /// these ratings together, as only ratings set by a person can be.
    Items(Vec<ItemIx>),
    /// The instrument lacks items: `needs:11 12 13`.
    Absent,
}

/// The result of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeResult {
    /// Its rating.
    pub rating: OutcomeRating,
    /// Why.
    pub cause: OutcomeCause,
}

impl OutcomeResult {
    /// Whether all items are rated, in a way that no row has.
    pub fn is_without_rule(&self) -> bool {
        matches!(&self.cause, OutcomeCause::Items(items) if items.is_empty())
    }
}
