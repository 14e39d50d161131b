//! Where things stand in the text, and which could not be made sense of.

use std::ops::Range;

use super::layout::Layout;

/// Bytes of the text for what the model holds, by position.
#[derive(Debug)]
pub(super) struct Marks {
    /// Ids of questions; of generated ones, what they were made from.
    pub(super) questions: Vec<Range<usize>>,
    /// Ids of items and sub-items.
    pub(super) items: Vec<Range<usize>>,
    /// Per item, ids of its rows.
    pub(super) rows: Vec<Vec<Range<usize>>>,
    /// Per item, ids of its rules.
    pub(super) rules: Vec<Vec<Range<usize>>>,
    /// Per item, what its examples expect.
    pub(super) examples: Vec<Vec<Range<usize>>>,
    /// Ids of outcomes.
    pub(super) outcomes: Vec<Range<usize>>,
    /// Per outcome, ids of its rows.
    pub(super) outcome_rows: Vec<Vec<Range<usize>>>,
    /// Per outcome, what its examples expect.
    pub(super) outcome_examples: Vec<Vec<Range<usize>>>,
    /// Per item, whether something in it is wrong, so that its table means nothing yet.
    pub(super) broken_items: Vec<bool>,
    /// Per item, whether some case types are left out of its `applies`: its table is proven
    /// for the others, and nothing else is said of it.
    pub(super) unsure_items: Vec<bool>,
    /// The same as for broken items per outcome.
    pub(super) broken_outcomes: Vec<bool>,
}

impl Marks {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let items = layout.items.len();
        Self {
            questions: layout.slots.iter().map(|slot| slot.span.clone()).collect(),
            items: layout.items.iter().map(|item| item.raw.id.span.clone()).collect(),
            rows: vec![Vec::new(); items],
            rules: vec![Vec::new(); items],
            examples: vec![Vec::new(); items],
            outcomes: Vec::new(),
            outcome_rows: Vec::new(),
            outcome_examples: Vec::new(),
            broken_items: layout.items.iter().map(|item| !item.raw.whole).collect(),
            unsure_items: vec![false; items],
            broken_outcomes: Vec::new(),
        }
    }
}
