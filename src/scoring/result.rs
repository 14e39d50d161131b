//! What scoring says of a reading.

use crate::instrument::{ItemIx, OutcomeIx, QuestionIx};

pub use crate::instrument::rate::{Asked, Cause, ItemResult, OutcomeCause, OutcomeResult};

/// Everything scoring says of one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// Per question of the instrument.
    pub asked: Vec<Asked>,
    /// Per item and sub-item of the instrument.
    pub items: Vec<ItemResult>,
    /// Per outcome of the instrument.
    pub outcomes: Vec<OutcomeResult>,
    /// Broken explain-rules: item and position of the rule in it.
    pub to_explain: Vec<(ItemIx, usize)>,
    /// Broken hard rules of invalid items, all of them: item and position of the rule in it.
    pub broken: Vec<(ItemIx, usize)>,
}

impl Scores {
    /// Whether a question is asked now.
    pub fn asked(&self, question: QuestionIx) -> Asked {
        self.asked[usize::from(question.0)]
    }
    /// The result of an item or sub-item.
    pub fn item(&self, item: ItemIx) -> &ItemResult {
        &self.items[usize::from(item.0)]
    }
    /// The result of an outcome.
    pub fn outcome(&self, outcome: OutcomeIx) -> &OutcomeResult {
        &self.outcomes[usize::from(outcome.0)]
    }
}
