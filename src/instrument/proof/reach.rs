//! Whether a question can come to be asked, and a rule to be broken.

use super::items::never;
use super::plan::{Extra, Plan};
use super::search::{Look, State, Step, search};
use super::{Budget, case_types};
use crate::instrument::{
    CaseTypeIx, Condition, Instrument, ItemIx, Place, QuestionIx, Strictness, Truth,
};

/// Whether something can come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::instrument) enum Reach {
    /// It can.
    Can,
    /// It can't.
    Never,
    /// Too many sets of answers to say.
    Unknown,
}

/// Whether a question can come to be asked in a case of this type without a hard rule of its
/// item being broken.
pub(in crate::instrument) fn reach_question(
    instrument: &Instrument,
    at: QuestionIx,
    case_type: CaseTypeIx,
    budget: &Budget,
) -> Reach {
    let question = instrument.question(at);
    let Place::Item(item) = question.place() else {
        return reach(instrument, question.ask_when(), case_type, None, &[], budget);
    };
    if never(instrument, item, case_type) {
        return Reach::Never;
    }
    if *question.ask_when() == Condition::Always {
        return Reach::Can;
    }
    // Asked although the item doesn't apply: only the gate counts.
    if question.asks_applicability() {
        return reach(instrument, question.ask_when(), case_type, None, &[], budget);
    }
    let hard = family(instrument, item);
    reach(instrument, question.ask_when(), case_type, Some(item), &hard, budget)
}

/// Whether a rule of an item can be broken; an explain-rule, without a hard one being broken.
pub(in crate::instrument) fn reach_rule(
    instrument: &Instrument,
    item: ItemIx,
    rule: usize,
    budget: &Budget,
) -> Reach {
    let rule = &instrument.item(item).rules()[rule];
    let hard = match rule.strictness {
        Strictness::Hard => Vec::new(),
        Strictness::Explain => family(instrument, item),
    };
    let mut found = Reach::Never;
    for case_type in case_types(instrument) {
        if never(instrument, item, case_type) {
            continue;
        }
        match reach(instrument, &rule.broken_when, case_type, Some(item), &hard, budget) {
            Reach::Can => return Reach::Can,
            Reach::Unknown => found = Reach::Unknown,
            Reach::Never => {}
        }
    }
    found
}

fn family(instrument: &Instrument, at: ItemIx) -> Vec<ItemIx> {
    let item = instrument.item(at);
    item.parent().into_iter().chain([at]).chain(item.sub_items().iter().copied()).collect()
}

fn reach(
    instrument: &Instrument,
    target: &Condition,
    case_type: CaseTypeIx,
    focus: Option<ItemIx>,
    hard: &[ItemIx],
    budget: &Budget,
) -> Reach {
    let extra = Extra { unawaited: true, ..Extra::default() };
    let Ok(plan) = Plan::new(instrument, case_type, focus, &[target], hard, &extra) else {
        return Reach::Unknown;
    };
    let mut look = Find { found: false };
    match search(&plan, budget, &mut look) {
        _ if look.found => Reach::Can,
        Ok(()) => Reach::Never,
        Err(_) => Reach::Unknown,
    }
}

/// Looks for one set that makes the condition true.
struct Find {
    found: bool,
}

impl Look for Find {
    fn step(&mut self, state: &State<'_, '_>) -> Step {
        match state.rows()[0] {
            Truth::True => Step::Show,
            Truth::False => Step::Leave,
            Truth::Unknown => Step::Go,
        }
    }
    fn show(&mut self, state: &State<'_, '_>, _decided: usize) -> bool {
        self.found = state.rows()[0] == Truth::True;
        !self.found
    }
}
