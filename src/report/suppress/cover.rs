//! Which cells are hidden: the small ones, then others until every hidden one is wide enough,
//! then none of those that turn out not to be needed.

use std::rc::Rc;

use super::moves::Search;
use super::release::{CellIx, Relation, Release};
use super::twins::Twins;
use super::witness::{Leg, Witness, leg};

/// The state of a cover while it is made.
pub(super) struct Cover<'r> {
    pub(super) release: &'r Release,
    pub(super) width: i64,
    pub(super) small: Vec<bool>,
    /// Printed nowhere and not small: nobody knows them, and nobody need be kept from it.
    pub(super) free: Vec<bool>,
    pub(super) is_large: bool,
    most_work: u64,
    /// By cell a number of the tables it hangs together with, once it is asked for.
    components: Vec<usize>,
    pub(super) state: State,
    pub(super) price: Vec<u32>,
    pub(super) search: Search<'r>,
    /// In a large release: proofs that may serve again.
    pub(super) twins: Option<Twins>,
}

/// What is hidden, and why it may be.
#[derive(Clone)]
pub(super) struct State {
    pub(super) hidden: Vec<bool>,
    /// By cell: its whole component is withheld, so that nothing is known of it.
    pub(super) withheld: Vec<bool>,
    /// Hidden cells by relation.
    pub(super) covered: Vec<u32>,
    pub(super) proven: Vec<bool>,
    /// By cell the position of its witness.
    pub(super) proof: Vec<Option<usize>>,
    pub(super) witnesses: Vec<Rc<Witness>>,
    /// By witness the cells it was taken for.
    pub(super) proves: Vec<Vec<CellIx>>,
    /// By cell the witnesses that change it.
    pub(super) uses: Vec<Vec<usize>>,
}

/// In what order small cells are protected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// The largest first, else the smallest.
    pub(super) largest_first: bool,
    /// Cells of many sums first.
    pub(super) totals_first: bool,
    /// What hiding a total costs, in parts.
    pub(super) total_price: u32,
    /// Whether large counts cost more.
    pub(super) by_size: bool,
}

/// What it costs to take a count that is printed nowhere for unknown. It is not for nothing:
/// the more is open, the longer is looked.
const UNPRINTED: u32 = 200;

/// After this much is looked at, what can't be proven as it is is withheld: more than few cells
/// ever take.
const MOST_WORK: u64 = 4_000_000_000;

/// The same of a large release, some seconds' work, and of a very large one: there the finest
/// tables are too fine to tell anything, and it is to be known soon.
const LARGE_WORK: u64 = 200_000_000;
const VERY_LARGE_WORK: u64 = 50_000_000;
const VERY_LARGE: usize = 20_000;

impl State {
    /// Forgets witnesses that nothing is proven by any more, where there are many.
    pub(super) fn tidy(&mut self) {
        let live = self.proof.iter().flatten().count();
        if self.witnesses.len() < 4 * live + 64 {
            return;
        }
        let mut places = vec![None; self.witnesses.len()];
        let (mut witnesses, mut proves) = (Vec::new(), Vec::new());
        self.uses.iter_mut().for_each(Vec::clear);
        for at in 0..self.proof.len() {
            let Some(old) = self.proof[at] else { continue };
            let new = *places[old].get_or_insert_with(|| {
                witnesses.push(Rc::clone(&self.witnesses[old]));
                proves.push(Vec::new());
                let new = witnesses.len() - 1;
                for cell in witnesses[new].cells() {
                    self.uses[cell].push(new);
                }
                new
            });
            proves[new].push(at);
            self.proof[at] = Some(new);
        }
        (self.witnesses, self.proves) = (witnesses, proves);
    }
}

/// Ways to widen a cell by hiding more, the cheapest of which is taken. In a large release
/// whole cases are moved between groups only where nothing within a line does.
const PLANS: [&[Leg]; 7] = [
    &[leg(1, true, false), leg(-1, true, false)],
    &[leg(-1, true, false), leg(1, true, false)],
    &[leg(1, false, false), leg(-1, false, false), leg(1, true, false), leg(-1, true, false)],
    &[leg(1, true, true), leg(-1, true, true)],
    &[leg(-1, true, true), leg(1, true, true)],
    &[leg(1, false, true), leg(-1, false, true), leg(1, true, true), leg(-1, true, true)],
    &[leg(1, false, true), leg(-1, false, true), leg(-1, true, true), leg(1, true, true)],
];

/// How many of them stay within a line.
const IN_LINE: usize = 3;

impl<'r> Cover<'r> {
    pub(super) fn new(release: &'r Release, threshold: u64, style: Style, is_large: bool) -> Self {
        let cells = release.len();
        let small: Vec<bool> = (0..cells).map(|at| release.is_small(at, threshold)).collect();
        let free: Vec<bool> = (0..cells)
            .map(|at| release.unprinted[at] && !release.known[at] && !small[at])
            .collect();
        let covered = |at| {
            let cells = release.of(at).filter(|(cell, _)| small[*cell]);
            u32::try_from(cells.count()).unwrap_or(u32::MAX)
        };
        let state = State {
            covered: (0..release.relations.len()).map(covered).collect(),
            hidden: small.clone(),
            withheld: vec![false; cells],
            // A cell that needs no proof is as good as proven.
            proven: free.clone(),
            proof: vec![None; cells],
            witnesses: Vec::new(),
            proves: Vec::new(),
            uses: vec![Vec::new(); cells],
        };
        let price = (0..cells).map(|at| price(release, at, style)).collect();
        Self {
            release,
            width: i64::try_from(threshold).unwrap_or(i64::MAX) - 1,
            small,
            free,
            is_large,
            most_work: match cells {
                _ if !is_large => MOST_WORK,
                VERY_LARGE.. => VERY_LARGE_WORK,
                _ => LARGE_WORK,
            },
            components: Vec::new(),
            state,
            price,
            search: Search::new(release, is_large),
            twins: is_large.then(|| Twins::new(release)),
        }
    }

    /// How many printed counts are hidden.
    pub(super) fn count(&self) -> usize {
        let printed = self.state.hidden.iter().zip(&self.release.unprinted);
        printed.filter(|(hidden, unprinted)| **hidden && !**unprinted).count()
    }

    /// Cells hidden for the sake of others.
    pub(super) fn beside(&self) -> Vec<CellIx> {
        let state = &self.state;
        let beside = |at: &CellIx| {
            state.hidden[*at] && !self.small[*at] && !self.free[*at] && !state.withheld[*at]
        };
        (0..self.release.len()).filter(beside).collect()
    }

    fn set(&mut self, cell: CellIx, hidden: bool) {
        let state = &mut self.state;
        if state.hidden[cell] != hidden {
            state.hidden[cell] = hidden;
            for (at, _) in &self.release.places[cell] {
                let covered = &mut state.covered[*at];
                *covered = if hidden { *covered + 1 } else { *covered - 1 };
            }
        }
        // A nothing shown beside a hidden sum of nothing would say that it is nothing.
        if hidden && self.release.values[cell] == 0 {
            for (at, sign) in &self.release.places[cell] {
                let relation = &self.release.relations[*at];
                if *sign > 0 && relation.tells {
                    for part in &relation.parts {
                        if !self.state.hidden[*part] && !self.release.known[*part] {
                            self.set(*part, true);
                        }
                    }
                }
            }
        }
    }

    /// Whether a count must be hidden since a sum of nothing that it is a part of is.
    pub(super) fn is_bound(&self, cell: CellIx) -> bool {
        self.release.places[cell].iter().any(|(at, sign)| {
            let Relation { total, tells, .. } = self.release.relations[*at];
            *sign < 0 && tells && self.release.values[total] == 0 && self.state.hidden[total]
        })
    }

    /// Hides until every hidden cell is proven wide enough.
    pub(super) fn build(&mut self, style: Style) {
        let mut order = self.unproven();
        let hub = |at: &CellIx| style.totals_first && self.release.places[*at].len() > 2;
        order.sort_by_key(|at| {
            let value = self.release.values[*at];
            (!hub(at), if style.largest_first { -value } else { value }, *at)
        });
        self.mend(order);
    }

    /// Protects these cells, then those that were hidden for them.
    pub(super) fn mend(&mut self, mut order: Vec<CellIx>) {
        while !order.is_empty() {
            for cell in order {
                self.protect(cell);
                self.spread(cell);
            }
            order = self.unproven();
        }
    }

    fn unproven(&self) -> Vec<CellIx> {
        let state = &self.state;
        (0..self.release.len()).filter(|at| state.hidden[*at] && !state.proven[*at]).collect()
    }

    fn protect(&mut self, cell: CellIx) {
        if self.state.proven[cell] || !self.state.hidden[cell] {
            return;
        }
        if self.is_large && self.search.work > self.most_work {
            return self.withhold(cell);
        }
        if let Some(witness) = self.twin(cell).or_else(|| self.audit(cell)) {
            self.take_for(cell, witness);
            return;
        }
        if self.search.work > self.most_work {
            return self.withhold(cell);
        }
        let mut best: Option<(u64, Witness)> = None;
        for (at, legs) in PLANS.into_iter().enumerate() {
            if self.is_large && at >= IN_LINE && best.is_some() {
                break;
            }
            let (witness, width) = self.widen(cell, legs, true);
            if width < self.width {
                continue;
            }
            let hidden = &self.state.hidden;
            let more = witness.cells().into_iter().filter(|at| !hidden[*at]);
            let cost = more.map(|at| u64::from(self.price[at])).sum();
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, witness));
            }
        }
        let best = best.map(|(_, witness)| witness);
        match best.or_else(|| self.exact(cell)) {
            Some(witness) => {
                for at in witness.cells() {
                    self.set(at, true);
                }
                self.take_for(cell, witness);
            }
            None => self.withhold(cell),
        }
    }

    /// A cell of many sums moves cells of all of them: as long as that proves further ones, it is
    /// moved again.
    fn spread(&mut self, cell: CellIx) {
        if self.release.places[cell].len() <= 3 || !self.state.hidden[cell] {
            return;
        }
        for _ in 0..8 {
            let Some(witness) = self.audit(cell) else { return };
            if self.take(witness) == 0 {
                return;
            }
        }
    }

    /// Nothing of a component is published: the last resort, which needs no proof.
    fn withhold(&mut self, cell: CellIx) {
        if self.components.is_empty() {
            self.components = self.release.components();
        }
        let component = self.components[cell];
        for at in 0..self.components.len() {
            if self.components[at] != component {
                continue;
            }
            self.set(at, true);
            self.state.withheld[at] = true;
            self.state.proof[at] = None;
            self.state.proven[at] = true;
        }
    }

    /// Tries of every cell hidden for others whether it can be published after all, within an
    /// amount of work.
    pub(super) fn reduce(&mut self, most_work: u64) {
        let end = self.search.work.saturating_add(most_work);
        let mut candidates = self.beside();
        candidates.sort_by_key(|at| (std::cmp::Reverse(self.price[*at]), *at));
        for cell in candidates {
            if self.search.work > end {
                return;
            }
            if !self.is_bound(cell) {
                self.unhide(cell, end);
            }
        }
    }

    /// Takes a cell out of what is hidden. Gives the cells that lose their proof with it.
    pub(super) fn open(&mut self, cell: CellIx) -> Vec<(CellIx, usize)> {
        let state = &mut self.state;
        let mut lost = Vec::new();
        for witness in &state.uses[cell] {
            for at in &state.proves[*witness] {
                if state.proof[*at] == Some(*witness) {
                    lost.push((*at, *witness));
                    state.proof[*at] = None;
                    state.proven[*at] = false;
                }
            }
        }
        self.set(cell, false);
        lost
    }

    fn unhide(&mut self, cell: CellIx, end: u64) {
        let lost = self.open(cell);
        for (at, _) in &lost {
            if *at == cell || self.state.proven[*at] {
                continue;
            }
            let late = self.is_large && self.search.work > end;
            match if late { None } else { self.twin(*at).or_else(|| self.audit(*at)) } {
                Some(witness) => _ = self.take(witness),
                None => {
                    self.set(cell, true);
                    for (at, witness) in lost {
                        if !self.state.proven[at] {
                            self.state.proof[at] = Some(witness);
                            self.state.proven[at] = true;
                        }
                    }
                    return;
                }
            }
        }
        self.state.uses[cell].clear();
    }
}

fn price(release: &Release, at: CellIx, style: Style) -> u32 {
    if release.known[at] {
        return u32::MAX;
    }
    let total = release.places[at].iter().any(|(_, sign)| *sign > 0);
    let size = if style.by_size {
        u32::try_from(release.values[at].clamp(0, 400)).unwrap_or(0)
    } else {
        0
    };
    if release.unprinted[at] {
        return UNPRINTED;
    }
    1000 + size + if total { style.total_price } else { 0 }
}
