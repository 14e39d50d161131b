//! Going through the sets of answers of a plan.

use super::Budget;
use super::classes::Slot;
use super::plan::{Plan, Use};
use crate::instrument::{
    Applies, CaseTypeIx, CodeSet, Facts, ItemIx, Place, QuestionIx, Rating, Truth,
};

/// What to do at a point of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing is to be learned below.
    Leave,
    /// Answer one more question.
    Go,
    /// Everything below is alike: if any set below is reachable, it is shown once.
    Show,
}

/// Who looks at the sets.
pub(super) trait Look {
    /// At each point, with the answers given so far.
    fn step(&mut self, state: &State<'_, '_>) -> Step;
    /// A reachable set of which all that matters was decided by the first `decided` variables.
    /// Returns whether to go on.
    fn show(&mut self, state: &State<'_, '_>, decided: usize) -> bool;
}

/// The answers given at a point of the search.
pub(super) struct State<'p, 'i> {
    pub(super) plan: &'p Plan<'i>,
    slots: Vec<Slot>,
    /// Truths of the plan's conditions by depth; the last is the present one.
    truths: Vec<Vec<Truth>>,
    depth: usize,
}

/// The search ended before everything was seen.
pub(super) struct Ended {
    /// Because the work was used up, not because the looker had enough.
    pub(super) out_of_work: bool,
}

/// Goes through all reachable sets.
pub(super) fn search(plan: &Plan<'_>, budget: &Budget, look: &mut impl Look) -> Result<(), Ended> {
    let count = plan.variables.len();
    let mut state = State {
        plan,
        slots: vec![Slot::Open; count],
        truths: vec![vec![Truth::Unknown; plan.conds.len()]; count + 1],
        depth: 0,
    };
    for at in 0..plan.conds.len() {
        state.truths[0][at] = state.judge(at);
    }
    if state.breaks_rule() {
        return Ok(());
    }
    state.walk(budget, look)
}

impl<'i> State<'_, 'i> {
    /// The answer to a variable.
    pub(super) fn slot(&self, variable: usize) -> Slot {
        self.slots[variable]
    }
    /// Truths of the rows.
    pub(super) fn rows(&self) -> &[Truth] {
        &self.truths[self.depth][self.plan.first_row..]
    }
    fn walk(&mut self, budget: &Budget, look: &mut impl Look) -> Result<(), Ended> {
        let full = self.depth == self.plan.variables.len();
        match look.step(self) {
            Step::Leave => return Ok(()),
            Step::Go if !full => {}
            Step::Go | Step::Show => {
                let decided = self.depth;
                let found = self.complete(budget)?;
                let go_on = !found || look.show(self, decided);
                self.back_to(decided);
                return if go_on { Ok(()) } else { Err(Ended { out_of_work: false }) };
            }
        }
        for slot in self.choices() {
            if self.give(slot, budget)? {
                self.walk(budget, look)?;
            }
            self.back_to(self.depth - 1);
        }
        Ok(())
    }

    /// Completes the set in any reachable way; true if there is one, which then stands.
    fn complete(&mut self, budget: &Budget) -> Result<bool, Ended> {
        if self.depth == self.plan.variables.len() {
            return Ok(true);
        }
        for slot in self.choices() {
            if self.give(slot, budget)? && self.complete(budget)? {
                return Ok(true);
            }
            self.back_to(self.depth - 1);
        }
        Ok(false)
    }

    fn back_to(&mut self, depth: usize) {
        self.slots[depth..].fill(Slot::Open);
        self.depth = depth;
    }

    /// What the next variable can be.
    fn choices(&self) -> Vec<Slot> {
        let variable = &self.plan.variables[self.depth];
        if variable.classes.is_empty() {
            return vec![Slot::Unasked];
        }
        match self.asked(variable.question) {
            Truth::True => {}
            // Its gate hangs on an answer that nothing waits for.
            Truth::Unknown if variable.classes[0].slot == Slot::Open => return vec![Slot::Open],
            Truth::Unknown | Truth::False => return vec![Slot::Unasked],
        }
        variable.classes.iter().map(|class| class.slot).collect()
    }

    /// Gives the next variable a value; false if a hard rule is broken by it.
    fn give(&mut self, slot: Slot, budget: &Budget) -> Result<bool, Ended> {
        let variable = &self.plan.variables[self.depth];
        if !budget.spend(variable.cost) {
            // The caller steps back by one.
            self.depth += 1;
            return Err(Ended { out_of_work: true });
        }
        self.slots[self.depth] = slot;
        self.depth += 1;
        let (before, now) = self.truths.split_at_mut(self.depth);
        now[0].copy_from_slice(&before[self.depth - 1]);
        for at in &variable.dependents {
            if self.truths[self.depth][*at] == Truth::Unknown {
                self.truths[self.depth][*at] = self.judge(*at);
            }
        }
        Ok(!self.breaks_rule())
    }

    fn breaks_rule(&self) -> bool {
        self.plan
            .conds
            .iter()
            .zip(&self.truths[self.depth])
            .any(|(cond, truth)| *truth == Truth::True && matches!(cond.purpose, Use::Hard(_)))
    }

    fn judge(&self, at: usize) -> Truth {
        let cond = &self.plan.conds[at];
        match cond.purpose {
            // A rule binds only where its item applies.
            Use::Hard(item) => match self.applies(item) {
                Truth::False => Truth::False,
                above => above.and(cond.condition.truth(self)),
            },
            Use::SubRow { .. } | Use::Row => cond.condition.truth(self),
        }
    }

    /// Whether a question is asked; known once all earlier variables are given.
    fn asked(&self, at: QuestionIx) -> Truth {
        let question = self.plan.instrument.question(at);
        let gate = question.ask_when().truth(self);
        let Place::Item(item) = question.place() else { return gate };
        if question.asks_applicability() {
            let laid = self.plan.instrument.item(item);
            let above = laid.parent().map_or(Truth::True, |parent| self.applies(parent));
            let ask = laid.applies(self.plan.case_type) == Applies::Ask;
            return above.and(gate).and(ask.into());
        }
        self.applies(item).and(gate)
    }

    pub(super) fn applies(&self, at: ItemIx) -> Truth {
        let item = self.plan.instrument.item(at);
        let above = item.parent().map_or(Truth::True, |parent| self.applies(parent));
        let own = match (item.applies(self.plan.case_type), item.applies_question()) {
            (Applies::Never, _) => Truth::False,
            (Applies::Ask, Some(question)) => match self.codes(question) {
                Ok(codes) => (codes == CodeSet::one(0)).into(),
                Err(truth) => truth,
            },
            (Applies::Always | Applies::Ask, _) => Truth::True,
        };
        above.and(own)
    }
}

impl Facts for State<'_, '_> {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match self.plan.variable(question).map(|at| self.slots[at]) {
            Some(Slot::Codes(codes)) => Ok(codes),
            Some(Slot::Unasked) => Err(Truth::False),
            _ => Err(Truth::Unknown),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match self.plan.variable(question).map(|at| self.slots[at]) {
            Some(Slot::Integer(number)) => Ok(number),
            Some(Slot::Unasked) => Err(Truth::False),
            _ => Err(Truth::Unknown),
        }
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        match self.applies(item) {
            Truth::False => return Ok(Rating::Na),
            Truth::Unknown => return Err(Truth::Unknown),
            Truth::True => {}
        }
        // Its table is proven: it rates once one rating is left.
        let mut left = None;
        for (cond, truth) in self.plan.conds.iter().zip(&self.truths[self.depth]) {
            let Use::SubRow { sub, give } = cond.purpose else { break };
            if self.plan.subs[sub] != item || *truth == Truth::False {
                continue;
            }
            if left.is_some_and(|other| other != give) {
                return Err(Truth::Unknown);
            }
            left = Some(give);
        }
        left.ok_or(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.plan.case_type
    }
}
