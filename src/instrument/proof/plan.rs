//! What a search goes through: the questions that matter, their classes, and the conditions.

use std::collections::BTreeSet;

use super::TooLarge;
use super::classes::{self, Class, Slot};
use super::compared;
use crate::instrument::{
    Applies, CaseTypeIx, CodeSet, Condition, Instrument, ItemIx, Place, QuestionIx, Rating,
    Strictness, Test,
};

/// What a condition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A row of a sub-item, by the sub-item's position in [`Plan::subs`].
    SubRow { sub: usize, give: Rating },
    /// A hard rule of an item or sub-item: sets that break it are left out.
    Hard(ItemIx),
    /// A row of the table in question, or what is looked for.
    Row,
}

/// A condition with its use.
#[derive(Debug)]
pub(super) struct Cond<'i> {
    pub(super) condition: &'i Condition,
    pub(super) purpose: Use,
    /// Tests in it.
    pub(super) cost: u64,
}

/// A question that matters.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) question: QuestionIx,
    pub(super) classes: Vec<Class>,
    /// Conditions that may change when it is answered, in the order of [`Plan::conds`].
    pub(super) dependents: Vec<usize>,
    /// Work of evaluating them.
    pub(super) cost: u64,
}

/// What a search goes through.
#[derive(Debug)]
pub(super) struct Plan<'i> {
    pub(super) instrument: &'i Instrument,
    pub(super) case_type: CaseTypeIx,
    /// Sub-items whose ratings are read.
    pub(super) subs: Vec<ItemIx>,
    /// In asking order.
    pub(super) variables: Vec<Variable>,
    /// Sub-items' rows, then hard rules, then rows.
    pub(super) conds: Vec<Cond<'i>>,
    /// Where the rows begin in `conds`.
    pub(super) first_row: usize,
    /// Per question of the instrument its variable.
    position: Vec<Option<u16>>,
}

/// What matters beside the conditions.
#[derive(Debug, Default)]
pub(super) struct Extra<'i> {
    /// Questions whose answers matter.
    pub(super) kept: BTreeSet<QuestionIx>,
    /// Tests that tell the answers to kept questions apart; all that read them, so that
    /// several plans have the same classes for them.
    pub(super) tests: Vec<&'i Test>,
    /// Sub-items whose ratings matter.
    pub(super) subs: Vec<ItemIx>,
    /// Also give answers to questions that no rating waits for; else they stay open.
    pub(super) unawaited: bool,
}

impl<'i> Plan<'i> {
    /// A plan for conditions judged while `focus` applies. `hard` are the items whose hard
    /// rules must hold.
    pub(super) fn new(
        instrument: &'i Instrument,
        case_type: CaseTypeIx,
        focus: Option<ItemIx>,
        rows: &[&'i Condition],
        hard: &[ItemIx],
        extra: &Extra<'i>,
    ) -> Result<Self, TooLarge> {
        let mut subs = extra.subs.clone();
        for row in rows {
            row.each_test(&mut |test| {
                if let Test::Rating { item, .. } = test
                    && !subs.contains(item)
                {
                    subs.push(*item);
                }
            });
        }
        subs.sort_unstable();
        let mut conds = Vec::new();
        let mut add = |condition: &'i Condition, purpose| {
            let mut cost = 1;
            condition.each_test(&mut |_| cost += 1);
            conds.push(Cond { condition, purpose, cost });
        };
        for (sub, at) in subs.iter().enumerate() {
            for row in instrument.item(*at).rows() {
                add(&row.when, Use::SubRow { sub, give: row.give });
            }
        }
        for at in hard {
            for rule in instrument.item(*at).rules() {
                if rule.strictness == Strictness::Hard {
                    add(&rule.broken_when, Use::Hard(*at));
                }
            }
        }
        for row in rows {
            add(row, Use::Row);
        }
        let first_row = conds.len() - rows.len();
        let mut plan = Self {
            instrument,
            case_type,
            subs,
            variables: Vec::new(),
            conds,
            first_row,
            position: vec![None; instrument.questions().len()],
        };
        plan.find_variables(focus, extra)?;
        plan.find_dependents();
        Ok(plan)
    }

    pub(super) fn variable(&self, question: QuestionIx) -> Option<usize> {
        self.position[usize::from(question.0)].map(usize::from)
    }

    /// Sets of answers, gates left aside.
    pub(super) fn sets(&self) -> u128 {
        self.variables
            .iter()
            .fold(1, |sets: u128, v| sets.saturating_mul(v.classes.len().max(1) as u128))
    }

    /// Every question the conditions read, those their gates read, and so on.
    fn find_variables(&mut self, focus: Option<ItemIx>, extra: &Extra<'i>) -> Result<(), TooLarge> {
        let instrument = self.instrument;
        let mut found = BTreeSet::new();
        let mut todo: Vec<QuestionIx> =
            self.conds.iter().flat_map(|cond| cond.condition.questions()).collect();
        let case_type = self.case_type;
        let applies = |item: ItemIx| applies_questions(instrument, case_type, item);
        let hard = self.conds.iter().filter_map(|cond| match cond.purpose {
            Use::Hard(item) => Some(item),
            _ => None,
        });
        todo.extend(self.subs.iter().copied().chain(hard).chain(focus).flat_map(applies));
        // Kept questions of other items matter there, unless these conditions hang on them too.
        let here = |place| match place {
            Place::Face => true,
            Place::Item(item) => {
                Some(item) == focus
                    || instrument.item(item).parent().is_some_and(|p| Some(p) == focus)
            }
        };
        todo.extend(extra.kept.iter().filter(|q| here(instrument.question(**q).place())));
        while let Some(question) = todo.pop() {
            if !found.insert(question) {
                continue;
            }
            let asked = instrument.question(question);
            todo.extend(asked.ask_when().questions());
            if let Place::Item(item) = asked.place() {
                todo.extend(applies(item).into_iter().filter(|q| *q != question));
            }
        }
        let mut tests: Vec<Vec<&Test>> = vec![Vec::new(); instrument.questions().len()];
        let mut note = |condition: &'i Condition| {
            condition.each_test(&mut |test| {
                for question in test.questions() {
                    tests[usize::from(question.0)].push(test);
                }
            });
        };
        self.conds.iter().for_each(|cond| note(cond.condition));
        found.iter().for_each(|q| note(instrument.question(*q).ask_when()));

        for test in &extra.tests {
            for question in test.questions().filter(|q| extra.kept.contains(q)) {
                tests[usize::from(question.0)].push(test);
            }
        }
        let fixed: Vec<QuestionIx> = focus.map(applies).unwrap_or_default();
        for (at, question) in found.into_iter().enumerate() {
            let asked = instrument.question(question);
            let tests = &tests[usize::from(question.0)];
            let mut classes = if is_applies(instrument, question) {
                // Yes and no are told apart by everything in the item.
                let yes_no = [CodeSet::one(0), CodeSet::one(1)];
                yes_no.map(|set| Class { slot: Slot::Codes(set), members: set, last: 0 }).to_vec()
            } else {
                if tests.iter().any(|test| matches!(test, Test::Compare { .. })) {
                    compared::classes(instrument, question)
                } else {
                    classes::of(asked, tests, self.case_type).map_err(TooLarge::Sets)?
                }
            };
            if !asked.waited_for() {
                let open = Class { slot: Slot::Open, members: CodeSet::EMPTY, last: 0 };
                classes.truncate(if extra.unawaited { classes.len() } else { 0 });
                classes.insert(0, open);
            }
            if fixed.contains(&question) {
                classes.truncate(1);
            }
            self.position[usize::from(question.0)] = Some(at as u16);
            self.variables.push(Variable { question, classes, dependents: Vec::new(), cost: 1 });
        }
        Ok(())
    }

    /// Which conditions hang on which variable, through ratings and applicability too.
    fn find_dependents(&mut self) {
        let (instrument, case_type) = (self.instrument, self.case_type);
        let applies = |item: ItemIx| applies_questions(instrument, case_type, item);
        let mut reads: Vec<BTreeSet<QuestionIx>> = Vec::new();
        for cond in &self.conds {
            let mut own: BTreeSet<QuestionIx> = cond.condition.questions().into_iter().collect();
            if let Use::Hard(item) = cond.purpose {
                own.extend(applies(item));
            }
            if cond.purpose == Use::Row {
                cond.condition.each_test(&mut |test| {
                    let Test::Rating { item, .. } = test else { return };
                    own.extend(applies(*item));
                    for (other, reads) in self.conds.iter().zip(&reads) {
                        if let Use::SubRow { sub, .. } = other.purpose
                            && self.subs[sub] == *item
                        {
                            own.extend(reads.iter().copied());
                        }
                    }
                });
            }
            reads.push(own);
        }
        for variable in &mut self.variables {
            for (at, reads) in reads.iter().enumerate() {
                if reads.contains(&variable.question) {
                    variable.dependents.push(at);
                    variable.cost += self.conds[at].cost;
                }
            }
        }
    }
}

/// The questions that decide whether an item applies: its own and its parent's.
fn applies_questions(
    instrument: &Instrument,
    case_type: CaseTypeIx,
    item: ItemIx,
) -> Vec<QuestionIx> {
    std::iter::once(item)
        .chain(instrument.item(item).parent())
        .filter(|item| instrument.item(*item).applies(case_type) == Applies::Ask)
        .filter_map(|item| instrument.item(item).applies_question())
        .collect()
}

/// Whether this is the question `ITEM.applies`.
fn is_applies(instrument: &Instrument, question: QuestionIx) -> bool {
    match instrument.question(question).place() {
        Place::Face => false,
        Place::Item(item) => instrument.item(item).applies_question() == Some(question),
    }
}
