//! The proof of an item's table.

use super::classes::Slot;
use super::plan::{Extra, Plan};
use super::search::{Ended, Look, State, Step, search};
use super::{Budget, MOST_SETS, TooLarge, case_types};
use crate::instrument::{
    Applies, CaseTypeIx, Condition, Instrument, ItemIx, QuestionIx, Rating, Truth,
};

/// Answers that show something, for a case type: each question with its class's first answer
/// and the words of the class.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Witness {
    pub(in crate::instrument) case_type: CaseTypeIx,
    pub(in crate::instrument) answers: Vec<(QuestionIx, super::classes::Class)>,
}

/// What was found about a table.
#[derive(Debug, Default)]
pub(in crate::instrument) struct Findings {
    /// A set of answers without a row.
    pub(in crate::instrument) gap: Option<Witness>,
    /// Pairs of rows that rate one set differently, with such a set.
    pub(in crate::instrument) overlaps: Vec<(usize, usize, Witness)>,
    /// Rows that hold for no reachable set.
    pub(in crate::instrument) dead: Vec<usize>,
    /// Rows that never hold alone, with the rows that hold beside them.
    pub(in crate::instrument) covered: Vec<(usize, Vec<usize>)>,
    /// No set of answers passes the hard rules for this case type.
    pub(in crate::instrument) impossible: Option<CaseTypeIx>,
    /// The proof was not carried through.
    pub(in crate::instrument) too_large: Option<TooLarge>,
}

/// Proves the table of an item or sub-item. Its sub-items' tables must be proven already.
pub(in crate::instrument) fn prove_item(
    instrument: &Instrument,
    at: ItemIx,
    budget: &Budget,
) -> Findings {
    let item = instrument.item(at);
    let rows: Vec<&Condition> = item.rows().iter().map(|row| &row.when).collect();
    let ratings: Vec<Rating> = item.rows().iter().map(|row| row.give).collect();
    let mut findings = Findings::default();
    let mut looker = Table::new(ratings);
    // A broken rule of the item leaves its sub-items unrated, too.
    let hard: Vec<ItemIx> =
        item.parent().into_iter().chain([at]).chain(item.sub_items().iter().copied()).collect();
    for case_type in case_types(instrument) {
        if never(instrument, at, case_type) {
            continue;
        }
        let plan = match Plan::new(instrument, case_type, Some(at), &rows, &hard, &Extra::default())
        {
            Ok(plan) if plan.sets() > MOST_SETS => Err(TooLarge::Sets(plan.sets())),
            other => other,
        };
        let plan = match plan {
            Ok(plan) => plan,
            Err(too_large) => {
                findings.too_large = Some(too_large);
                return findings;
            }
        };
        looker.reached = false;
        if let Err(Ended { out_of_work: true }) = search(&plan, budget, &mut looker) {
            findings.too_large = Some(TooLarge::Work);
            return findings;
        }
        if !looker.reached && findings.impossible.is_none() {
            findings.impossible = Some(case_type);
        }
    }
    looker.conclude(&mut findings);
    findings
}

/// Whether an item, or the item it belongs to, never applies to the case type.
pub(super) fn never(instrument: &Instrument, at: ItemIx, case_type: CaseTypeIx) -> bool {
    let item = instrument.item(at);
    std::iter::once(at)
        .chain(item.parent())
        .any(|item| instrument.item(item).applies(case_type) == Applies::Never)
}

/// The answers given at a point, open and unasked ones left out.
pub(super) fn witness(state: &State<'_, '_>, decided: usize) -> Witness {
    let answers = state
        .plan
        .variables
        .iter()
        .enumerate()
        .take(decided)
        .filter_map(|(at, variable)| {
            let slot = state.slot(at);
            let class = variable.classes.iter().find(|class| class.slot == slot)?;
            (!matches!(slot, Slot::Unasked | Slot::Open))
                .then(|| (variable.question, class.clone()))
        })
        .collect();
    Witness { case_type: state.plan.case_type, answers }
}

/// Looks for gaps, overlaps, and what each row is good for.
struct Table {
    ratings: Vec<Rating>,
    /// Some reachable set was seen for the present case type.
    reached: bool,
    gap: Option<Witness>,
    overlaps: Vec<(usize, usize, Witness)>,
    /// Per row: it holds for some set.
    holds: Vec<bool>,
    /// Per row: it is the only one that holds for some set.
    alone: Vec<bool>,
    /// Per row, the rows that hold beside it somewhere.
    beside: Vec<Vec<bool>>,
}

impl Table {
    fn new(ratings: Vec<Rating>) -> Self {
        let count = ratings.len();
        Self {
            ratings,
            reached: false,
            gap: None,
            overlaps: Vec::new(),
            holds: vec![false; count],
            alone: vec![false; count],
            beside: vec![vec![false; count]; count],
        }
    }

    fn clash(&self, truths: &[Truth], wanted: impl Fn(Truth) -> bool) -> Option<(usize, usize)> {
        let first = truths.iter().position(|t| wanted(*t))?;
        let second = (first + 1..truths.len())
            .find(|at| wanted(truths[*at]) && self.ratings[*at] != self.ratings[first])?;
        Some((first, second))
    }

    fn conclude(self, findings: &mut Findings) {
        findings.gap = self.gap;
        findings.overlaps = self.overlaps;
        for row in 0..self.ratings.len() {
            if !self.holds[row] {
                findings.dead.push(row);
            } else if !self.alone[row] {
                let others = (0..self.ratings.len()).filter(|at| self.beside[row][*at]).collect();
                findings.covered.push((row, others));
            }
        }
    }
}

impl Look for Table {
    fn step(&mut self, state: &State<'_, '_>) -> Step {
        let truths = state.rows();
        let open = truths.contains(&Truth::Unknown);
        let holding = truths.iter().filter(|t| **t == Truth::True).count();
        if !open && self.reached {
            let news = match holding {
                0 => self.gap.is_none(),
                1 => truths.iter().position(|t| *t == Truth::True).is_some_and(|r| !self.alone[r]),
                _ => true,
            };
            // Where several hold, who stands beside whom matters only until each was alone.
            let settled = holding > 1
                && self.clash(truths, |t| t == Truth::True).is_none()
                && truths.iter().zip(&self.alone).all(|(t, alone)| *t != Truth::True || *alone);
            return if news && !settled { Step::Show } else { Step::Leave };
        }
        if !open {
            return Step::Show;
        }
        // One rating is certain and nothing is left to learn about the rows still open.
        if self.reached
            && holding > 0
            && self.clash(truths, |t| t != Truth::False).is_none()
            && truths.iter().enumerate().all(|(row, t)| match t {
                Truth::False => true,
                Truth::True => self.alone[row],
                Truth::Unknown => self.holds[row] && self.alone[row],
            })
        {
            return Step::Leave;
        }
        Step::Go
    }

    fn show(&mut self, state: &State<'_, '_>, decided: usize) -> bool {
        self.reached = true;
        let truths = state.rows();
        let holding: Vec<usize> =
            (0..truths.len()).filter(|row| truths[*row] == Truth::True).collect();
        for row in &holding {
            self.holds[*row] = true;
            for other in holding.iter().filter(|other| *other != row) {
                self.beside[*row][*other] = true;
            }
        }
        match holding.as_slice() {
            [] if self.gap.is_none() => self.gap = Some(witness(state, decided)),
            [] => {}
            [row] => self.alone[*row] = true,
            [..] => {
                let clash = self.clash(truths, |t| t == Truth::True);
                if let Some((a, b)) = clash
                    && !self.overlaps.iter().any(|(x, y, _)| (*x, *y) == (a, b))
                {
                    self.overlaps.push((a, b, witness(state, decided)));
                }
            }
        }
        // Everything that could be wrong was seen, or a gap and many overlaps are enough.
        self.overlaps.len() < 20
    }
}
