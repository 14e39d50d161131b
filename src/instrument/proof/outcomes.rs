//! The proof of an outcome's table, over what its items can come out as together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::classes::Slot;
use super::examples::{self, Impossible};
use super::items::never;
use super::plan::{Extra, Plan};
use super::search::{Ended, Look, State, Step, search};
use super::{Budget, MOST_SETS, TooLarge, case_types};
use crate::instrument::{
    Applies, CaseTypeIx, CodeSet, Condition, Facts, Instrument, ItemIx, OutcomeIx, OutcomeRating,
    QuestionIx, Rating, Test, Truth,
};

/// What an item comes out as, with the answers and sub-items' ratings that matter beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::instrument) struct Projection {
    /// The item and the sub-items read, with their ratings.
    pub(in crate::instrument) ratings: Vec<(ItemIx, Rating)>,
    /// Questions that the outcome reads, or that several of its items hang on.
    pub(in crate::instrument) answers: Vec<(QuestionIx, Slot)>,
}

/// One joint result of all items.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Joint {
    pub(in crate::instrument) case_type: CaseTypeIx,
    pub(in crate::instrument) projections: Vec<Projection>,
}

/// What was found about an outcome's table.
#[derive(Debug, Default)]
pub(in crate::instrument) struct OutcomeFindings {
    pub(in crate::instrument) gap: Option<Joint>,
    pub(in crate::instrument) overlaps: Vec<(usize, usize, Joint)>,
    pub(in crate::instrument) dead: Vec<usize>,
    pub(in crate::instrument) covered: Vec<(usize, Vec<usize>)>,
    /// Examples that can't occur.
    pub(in crate::instrument) impossible: Vec<(usize, Impossible)>,
    pub(in crate::instrument) too_large: Option<TooLarge>,
}

/// Proves an outcome's table. Its items' tables must be proven already.
pub(in crate::instrument) fn prove_outcome(
    instrument: &Instrument,
    at: OutcomeIx,
    budget: &Budget,
) -> OutcomeFindings {
    let outcome = instrument.outcome(at);
    let mut table = Joined {
        conditions: outcome.rows().iter().map(|row| &row.when).collect(),
        ratings: outcome.rows().iter().map(|row| row.give).collect(),
        findings: OutcomeFindings::default(),
        holds: vec![false; outcome.rows().len()],
        alone: vec![false; outcome.rows().len()],
        beside: vec![BTreeSet::new(); outcome.rows().len()],
    };
    let mut all = Vec::new();
    let mut tied = BTreeSet::new();
    for case_type in case_types(instrument) {
        match projections(instrument, at, case_type, &mut tied, budget) {
            Ok(choices) => {
                let sets = choices.iter().fold(1u128, |n, c| n.saturating_mul(c.len() as u128));
                if sets > MOST_SETS {
                    table.findings.too_large = Some(TooLarge::Sets(sets));
                    return table.findings;
                }
                let mut joint = Joint { case_type, projections: Vec::new() };
                if !table.walk(&mut joint, &choices, budget) {
                    table.findings.too_large = Some(TooLarge::Work);
                    return table.findings;
                }
                all.push((case_type, choices));
            }
            Err(too_large) => {
                table.findings.too_large = Some(too_large);
                return table.findings;
            }
        }
    }
    let tests = tests_of(instrument, &tied);
    table.findings.impossible = examples::impossible(outcome, &all, &tests);
    table.conclude()
}

/// Per item of the outcome, everything it can come out as. The questions whose answers tell
/// results apart are added to `tied`.
fn projections(
    instrument: &Instrument,
    at: OutcomeIx,
    case_type: CaseTypeIx,
    tied: &mut BTreeSet<QuestionIx>,
    budget: &Budget,
) -> Result<Vec<Vec<Projection>>, TooLarge> {
    let outcome = instrument.outcome(at);
    let mut kept: BTreeSet<QuestionIx> = BTreeSet::new();
    let mut subs: BTreeSet<ItemIx> = examples::items(outcome).collect();
    kept.extend(examples::questions(outcome));
    for row in outcome.rows() {
        kept.extend(row.when.questions());
        row.when.each_test(&mut |test| {
            if let Test::Rating { item, .. } = test {
                subs.insert(*item);
            }
        });
    }
    let plans_with = |kept: &BTreeSet<QuestionIx>| {
        let tests = tests_of(instrument, kept);
        let plan = |item: &ItemIx| plan(instrument, *item, case_type, kept, &tests, &subs);
        outcome.items().iter().map(plan).collect::<Result<Vec<_>, _>>()
    };
    // A question that two items hang on ties them together.
    let mut seen: BTreeMap<QuestionIx, usize> = BTreeMap::new();
    for plan in plans_with(&kept)?.iter().flatten() {
        for variable in &plan.variables {
            *seen.entry(variable.question).or_default() += 1;
        }
    }
    kept.extend(seen.into_iter().filter(|(_, plans)| *plans > 1).map(|(question, _)| question));
    let plans = plans_with(&kept)?;
    tied.extend(&kept);

    let mut all = Vec::new();
    for (item, plan) in outcome.items().iter().zip(&plans) {
        let mut found = BTreeSet::new();
        let read: Vec<ItemIx> = instrument
            .item(*item)
            .sub_items()
            .iter()
            .copied()
            .filter(|sub| subs.contains(sub))
            .collect();
        if instrument.item(*item).applies(case_type) != Applies::Always {
            let applies = instrument.item(*item).applies_question();
            let own = instrument.item(*item).questions().iter();
            let subs = instrument.item(*item).sub_items().iter();
            let questions = own.chain(subs.flat_map(|sub| instrument.item(*sub).questions()));
            let answers = questions
                .filter(|question| kept.contains(question))
                .map(|question| match instrument.item(*item).applies(case_type) {
                    Applies::Ask if Some(*question) == applies => {
                        (*question, Slot::Codes(CodeSet::one(1)))
                    }
                    _ => (*question, Slot::Unasked),
                })
                .collect();
            let ratings =
                std::iter::once(item).chain(&read).map(|item| (*item, Rating::Na)).collect();
            found.insert(Projection { ratings, answers });
        }
        if let Some(plan) = plan {
            if plan.sets() > MOST_SETS {
                return Err(TooLarge::Sets(plan.sets()));
            }
            let rows = instrument.item(*item).rows();
            let mut look = Project {
                item: *item,
                gives: rows.iter().map(|row| row.give).collect(),
                read,
                kept: plan
                    .variables
                    .iter()
                    .enumerate()
                    .filter(|(_, variable)| kept.contains(&variable.question))
                    .map(|(at, variable)| (at, variable.question))
                    .collect(),
                found: &mut found,
            };
            if let Err(Ended { out_of_work: true }) = search(plan, budget, &mut look) {
                return Err(TooLarge::Work);
            }
        }
        all.push(found.into_iter().collect());
    }
    Ok(all)
}

/// Every test that reads one of the questions.
fn tests_of<'i>(instrument: &'i Instrument, kept: &BTreeSet<QuestionIx>) -> Vec<&'i Test> {
    let gates = instrument.questions().iter().map(|question| question.ask_when());
    let items = instrument.items().iter();
    let rows = items.clone().flat_map(|item| item.rows().iter().map(|row| &row.when));
    let rules = items.flat_map(|item| item.rules().iter().map(|rule| &rule.broken_when));
    let outcomes = instrument.outcomes().iter();
    let tables = outcomes.flat_map(|outcome| outcome.rows().iter().map(|row| &row.when));
    let mut found = Vec::new();
    for condition in gates.chain(rows).chain(rules).chain(tables) {
        condition.each_test(&mut |test| {
            if test.questions().any(|question| kept.contains(&question)) {
                found.push(test);
            }
        });
    }
    found
}

fn plan<'i>(
    instrument: &'i Instrument,
    at: ItemIx,
    case_type: CaseTypeIx,
    kept: &BTreeSet<QuestionIx>,
    tests: &[&'i Test],
    subs: &BTreeSet<ItemIx>,
) -> Result<Option<Plan<'i>>, TooLarge> {
    if never(instrument, at, case_type) {
        return Ok(None);
    }
    let item = instrument.item(at);
    let rows: Vec<&Condition> = item.rows().iter().map(|row| &row.when).collect();
    let hard: Vec<ItemIx> = std::iter::once(at).chain(item.sub_items().iter().copied()).collect();
    let read = item.sub_items().iter().copied().filter(|sub| subs.contains(sub)).collect();
    let extra = Extra { kept: kept.clone(), tests: tests.to_vec(), subs: read, unawaited: false };
    Plan::new(instrument, case_type, Some(at), &rows, &hard, &extra).map(Some)
}

/// Collects what an item can come out as.
struct Project<'f> {
    item: ItemIx,
    gives: Vec<Rating>,
    /// Sub-items whose ratings matter.
    read: Vec<ItemIx>,
    /// Variables whose answers matter.
    kept: Vec<(usize, QuestionIx)>,
    found: &'f mut BTreeSet<Projection>,
}

impl Project<'_> {
    /// What is certain at a point, if all that matters is.
    fn certain(&self, state: &State<'_, '_>) -> Option<Projection> {
        let mut rating = None;
        for (truth, give) in state.rows().iter().zip(&self.gives) {
            if *truth != Truth::False && *rating.get_or_insert(*give) != *give {
                return None;
            }
        }
        let mut ratings = vec![(self.item, rating?)];
        for sub in &self.read {
            ratings.push((*sub, state.rating(*sub).ok()?));
        }
        let mut answers = Vec::new();
        for (at, question) in &self.kept {
            match state.slot(*at) {
                Slot::Open => return None,
                slot => answers.push((*question, slot)),
            }
        }
        Some(Projection { ratings, answers })
    }
}

impl Look for Project<'_> {
    fn step(&mut self, state: &State<'_, '_>) -> Step {
        match self.certain(state) {
            Some(known) if self.found.contains(&known) => Step::Leave,
            Some(_) => Step::Show,
            None => Step::Go,
        }
    }
    fn show(&mut self, state: &State<'_, '_>, _decided: usize) -> bool {
        if let Some(projection) = self.certain(state) {
            self.found.insert(projection);
        }
        true
    }
}

/// An outcome's table over joint results.
struct Joined<'i> {
    conditions: Vec<&'i Condition>,
    ratings: Vec<OutcomeRating>,
    findings: OutcomeFindings,
    holds: Vec<bool>,
    alone: Vec<bool>,
    beside: Vec<BTreeSet<usize>>,
}

impl Joined<'_> {
    /// Goes through the joint results; false when out of work.
    fn walk(&mut self, joint: &mut Joint, choices: &[Vec<Projection>], budget: &Budget) -> bool {
        let Some(choice) = choices.get(joint.projections.len()) else {
            self.see(joint);
            return true;
        };
        for projection in choice {
            if !budget.spend(1 + self.conditions.len() as u64) {
                return false;
            }
            if joint.agrees(projection) {
                joint.projections.push(projection.clone());
                let in_time = self.walk(joint, choices, budget);
                joint.projections.pop();
                if !in_time {
                    return false;
                }
            }
        }
        true
    }

    fn see(&mut self, joint: &Joint) {
        let holding: Vec<usize> = (0..self.conditions.len())
            .filter(|row| self.conditions[*row].truth(joint) == Truth::True)
            .collect();
        for row in &holding {
            self.holds[*row] = true;
            self.beside[*row].extend(holding.iter().copied().filter(|other| other != row));
        }
        match holding.as_slice() {
            [] if self.findings.gap.is_none() => self.findings.gap = Some(joint.clone()),
            [row] => self.alone[*row] = true,
            [first, rest @ ..] => {
                if let Some(other) =
                    rest.iter().find(|row| self.ratings[**row] != self.ratings[*first])
                    && !self.findings.overlaps.iter().any(|(a, b, _)| (a, b) == (first, other))
                {
                    self.findings.overlaps.push((*first, *other, joint.clone()));
                }
            }
            [] => {}
        }
    }

    fn conclude(mut self) -> OutcomeFindings {
        for row in 0..self.conditions.len() {
            if !self.holds[row] {
                self.findings.dead.push(row);
            } else if !self.alone[row] {
                let others = self.beside[row].iter().copied().collect();
                self.findings.covered.push((row, others));
            }
        }
        self.findings
    }
}

impl Joint {
    /// Whether a projection can stand beside those taken: shared questions have one answer.
    fn agrees(&self, projection: &Projection) -> bool {
        projection
            .answers
            .iter()
            .all(|(question, slot)| self.answer(*question).is_none_or(|taken| taken == *slot))
    }
    fn answer(&self, question: QuestionIx) -> Option<Slot> {
        self.projections
            .iter()
            .flat_map(|projection| &projection.answers)
            .find(|(q, _)| *q == question)
            .map(|(_, slot)| *slot)
    }
}

impl Facts for Joint {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match self.answer(question) {
            Some(Slot::Codes(codes)) => Ok(codes),
            _ => Err(Truth::False),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match self.answer(question) {
            Some(Slot::Integer(number)) => Ok(number),
            _ => Err(Truth::False),
        }
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        self.projections
            .iter()
            .flat_map(|projection| &projection.ratings)
            .find(|(at, _)| *at == item)
            .map(|(_, rating)| *rating)
            .ok_or(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}
