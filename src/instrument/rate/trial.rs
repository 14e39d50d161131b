//! Rating one item again and again while a few of its answers are varied.

use super::{Asked, Given, ItemResult, Sheet};
use crate::instrument::{CaseTypeIx, Instrument, ItemIx, Place, QuestionIx};

/// One item with answers that may change under it: `given` is asked afresh each time.
pub struct Trial<'i> {
    sheet: Sheet<'i>,
    item: ItemIx,
    reads: Vec<QuestionIx>,
}

impl<'i> Trial<'i> {
    /// An item or sub-item of a case with the answers as they are now.
    pub fn new(
        instrument: &'i Instrument,
        case_type: CaseTypeIx,
        given: &'i dyn Fn(QuestionIx) -> Option<Given>,
        item: ItemIx,
    ) -> Self {
        let mut sheet = Sheet::new(instrument, case_type, given);
        sheet.ask_all();
        let reads = reads(instrument, item);
        Self { sheet, item, reads }
    }

    /// The questions its rating hangs on, in asking order: whether it applies, what its table
    /// and its sub-items' tables, their hard rules and their gates read.
    pub fn reads(&self) -> &[QuestionIx] {
        &self.reads
    }

    /// Whether a question is asked now; go through [`reads`](Self::reads) in order after a
    /// change, as later gates hang on earlier answers.
    pub fn ask(&mut self, question: QuestionIx) -> Asked {
        let asked = self.sheet.ask(question);
        self.sheet.asked[usize::from(question.0)] = asked;
        asked
    }

    /// What the item comes out as now.
    pub fn rate(&mut self) -> Option<ItemResult> {
        self.sheet.rate(self.item);
        let result = self.sheet.results[usize::from(self.item.0)].take();
        for sub in self.sheet.instrument.item(self.item).sub_items() {
            self.sheet.results[usize::from(sub.0)].take();
        }
        result
    }
}

/// The questions the rating of an item or sub-item hangs on, in asking order.
pub(in crate::instrument) fn reads(instrument: &Instrument, item: ItemIx) -> Vec<QuestionIx> {
    let family = [instrument.item(item).parent(), Some(item)];
    let subs = instrument.item(item).sub_items().iter().copied();
    let mut found: Vec<QuestionIx> = family
        .iter()
        .flatten()
        .copied()
        .filter_map(|at| instrument.item(at).applies_question())
        .collect();
    for at in std::iter::once(item).chain(subs) {
        found.extend(instrument.item(at).applies_question());
        found.extend(instrument.item(at).needed());
    }
    // A question of another item is asked only if that item applies.
    for at in found.clone() {
        if let Place::Item(place) = instrument.question(at).place() {
            found.extend(instrument.item(place).applies_question());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
