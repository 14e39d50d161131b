//! Which cells are hidden: the small ones, then others until every hidden one is wide enough,
//! then none of those that turn out not to be needed.

use std::rc::Rc;

use super::moves::{Allowed, Search};
use super::release::{CellIx, Release};
use super::witness::{Leg, Witness, widen};

/// The state of a cover while it is made.
pub(super) struct Cover<'r> {
    release: &'r Release,
    width: i64,
    small: Vec<bool>,
    pub(super) hidden: Vec<bool>,
    pub(super) proofs: Vec<Option<Rc<Witness>>>,
    /// By cell: its whole component is withheld, so that nothing is known of it.
    pub(super) withheld: Vec<bool>,
    price: Vec<u32>,
    /// Hidden cells by relation.
    covered: Vec<u32>,
    proven: Vec<bool>,
    search: Search<'r>,
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

/// After this much is looked at, what can't be proven as it is is withheld: some minutes' work,
/// which tables of a state do not take.
const MOST_WORK: u64 = 4_000_000_000;

const fn leg(sign: i64, more: bool, hubs: bool) -> Leg {
    Leg { sign, more, hubs }
}

/// Ways to widen a cell as it is: within a line, then by moving whole cases between groups.
const AUDITS: [[Leg; 2]; 2] =
    [[leg(1, false, false), leg(-1, false, false)], [leg(1, false, true), leg(-1, false, true)]];

/// Ways to widen a cell by hiding more, the cheapest of which is taken.
const PLANS: [&[Leg]; 7] = [
    &[leg(1, true, false), leg(-1, true, false)],
    &[leg(-1, true, false), leg(1, true, false)],
    &[leg(1, true, true), leg(-1, true, true)],
    &[leg(-1, true, true), leg(1, true, true)],
    &[leg(1, false, false), leg(-1, false, false), leg(1, true, false), leg(-1, true, false)],
    &[leg(1, false, true), leg(-1, false, true), leg(1, true, true), leg(-1, true, true)],
    &[leg(1, false, true), leg(-1, false, true), leg(-1, true, true), leg(1, true, true)],
];

impl<'r> Cover<'r> {
    pub(super) fn new(release: &'r Release, threshold: u64, style: Style) -> Self {
        let small: Vec<bool> =
            (0..release.len()).map(|at| release.is_small(at, threshold)).collect();
        let price = |at: CellIx| {
            if release.known[at] {
                return u32::MAX;
            }
            let total = release.places[at].iter().any(|(_, sign)| *sign > 0);
            let size = if style.by_size { release.values[at].clamp(0, 400) as u32 } else { 0 };
            1000 + size + if total { style.total_price } else { 0 }
        };
        let covered = |at| {
            let cells = release.of(at).filter(|(cell, _)| small[*cell]);
            u32::try_from(cells.count()).unwrap_or(u32::MAX)
        };
        Self {
            release,
            width: i64::try_from(threshold).unwrap_or(i64::MAX) - 1,
            proofs: vec![None; release.len()],
            withheld: vec![false; release.len()],
            price: (0..release.len()).map(price).collect(),
            covered: (0..release.relations.len()).map(covered).collect(),
            hidden: small.clone(),
            small,
            proven: vec![false; release.len()],
            search: Search::new(release),
        }
    }

    fn set(&mut self, cell: CellIx, hidden: bool) {
        if self.hidden[cell] != hidden {
            self.hidden[cell] = hidden;
            for (at, _) in &self.release.places[cell] {
                self.covered[*at] =
                    if hidden { self.covered[*at] + 1 } else { self.covered[*at] - 1 };
            }
        }
    }

    /// Hides until every hidden cell is proven wide enough.
    pub(super) fn build(&mut self, style: Style) {
        let mut order: Vec<CellIx> =
            (0..self.release.len()).filter(|at| self.hidden[*at]).collect();
        let hub = |at: &CellIx| style.totals_first && self.release.places[*at].len() > 2;
        order.sort_by_key(|at| {
            let value = self.release.values[*at];
            (!hub(at), if style.largest_first { -value } else { value }, *at)
        });
        loop {
            for cell in order {
                self.protect(cell);
                self.spread(cell);
            }
            order = (0..self.release.len())
                .filter(|at| self.hidden[*at] && self.proofs[*at].is_none() && !self.withheld[*at])
                .collect();
            if order.is_empty() {
                return;
            }
        }
    }

    fn is_proven(&self, cell: CellIx) -> bool {
        self.withheld[cell] || self.proofs[cell].is_some()
    }

    fn protect(&mut self, cell: CellIx) {
        if self.is_proven(cell) || !self.hidden[cell] {
            return;
        }
        if let Some(witness) = self.audit(cell) {
            return self.take(witness);
        }
        if self.search.work > MOST_WORK {
            return self.withhold(cell);
        }
        let mut best: Option<(u64, Witness)> = None;
        for legs in PLANS {
            let allowed = Allowed {
                hidden: &self.hidden,
                more: true,
                hubs: true,
                price: &self.price,
                covered: &self.covered,
                proven: &self.proven,
            };
            let (witness, width) =
                widen(&mut self.search, self.release, (cell, self.width), legs, allowed);
            if width < self.width {
                continue;
            }
            let mut more: Vec<CellIx> = witness.cells().filter(|at| !self.hidden[*at]).collect();
            more.sort_unstable();
            more.dedup();
            let cost = more.iter().map(|at| u64::from(self.price[*at])).sum();
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, witness));
            }
        }
        match best {
            Some((_, witness)) => {
                for at in witness.cells() {
                    self.set(at, true);
                }
                self.take(witness);
            }
            None => self.withhold(cell),
        }
    }

    /// A cell of many sums moves cells of all of them: as long as that proves further ones, it is
    /// moved again.
    fn spread(&mut self, cell: CellIx) {
        if self.release.places[cell].len() <= 3 || !self.hidden[cell] {
            return;
        }
        let proven = |cover: &Self| cover.proven.iter().filter(|proven| **proven).count();
        for _ in 0..8 {
            let before = proven(self);
            let Some(witness) = self.audit(cell) else { return };
            self.take(witness);
            if proven(self) == before {
                return;
            }
        }
    }

    /// A witness that a cell is wide enough as it is.
    fn audit(&mut self, cell: CellIx) -> Option<Witness> {
        for legs in AUDITS {
            let allowed = Allowed {
                hidden: &self.hidden,
                more: false,
                hubs: true,
                price: &self.price,
                covered: &self.covered,
                proven: &self.proven,
            };
            let (witness, width) =
                widen(&mut self.search, self.release, (cell, self.width), &legs, allowed);
            if width >= self.width {
                return Some(witness);
            }
        }
        None
    }

    /// Notes a witness for every cell it proves.
    fn take(&mut self, witness: Witness) {
        let witness = Rc::new(witness);
        for at in witness.cells() {
            if self.proofs[at].is_none() && witness.width(at) >= self.width {
                self.proofs[at] = Some(Rc::clone(&witness));
                self.proven[at] = true;
            }
        }
    }

    /// Whether every hidden cell stands proven: each witness is gone through once more, by
    /// itself.
    pub(super) fn is_sound(&self) -> bool {
        let mut last: *const Witness = std::ptr::null();
        let mut holds = |witness: &Rc<Witness>| {
            let known = Rc::as_ptr(witness);
            if last == known {
                return true;
            }
            last = known;
            witness.holds(self.release, &self.hidden)
        };
        (0..self.release.len()).all(|at| {
            let proof = |witness: &Rc<Witness>| witness.width(at) >= self.width && holds(witness);
            !self.hidden[at] || self.withheld[at] || self.proofs[at].as_ref().is_some_and(proof)
        })
    }

    /// Nothing of a component is published: the last resort, which needs no proof.
    fn withhold(&mut self, cell: CellIx) {
        let of = self.release.components();
        for at in (0..of.len()).filter(|at| of[*at] == of[cell]) {
            self.set(at, true);
            self.withheld[at] = true;
            self.proofs[at] = None;
            self.proven[at] = true;
        }
    }

    /// Tries of every cell hidden for others whether it can be published after all, within an
    /// amount of work.
    pub(super) fn reduce(&mut self, most_work: u64) {
        let end = self.search.work.saturating_add(most_work);
        let mut candidates: Vec<CellIx> = (0..self.release.len())
            .filter(|at| self.hidden[*at] && !self.small[*at] && !self.withheld[*at])
            .collect();
        candidates.sort_by_key(|at| (std::cmp::Reverse(self.price[*at]), *at));
        for cell in candidates {
            if self.search.work > end {
                return;
            }
            self.unhide(cell);
        }
    }

    fn unhide(&mut self, cell: CellIx) {
        let uses = |proof: &Option<Rc<Witness>>| {
            proof.as_ref().is_some_and(|witness| witness.cells().any(|at| at == cell))
        };
        let lost: Vec<CellIx> =
            (0..self.release.len()).filter(|at| *at != cell && uses(&self.proofs[*at])).collect();
        let before: Vec<_> = lost.iter().map(|at| self.proofs[*at].take()).collect();
        let own = self.proofs[cell].take();
        lost.iter().for_each(|at| self.proven[*at] = false);
        self.set(cell, false);
        for at in &lost {
            if self.proofs[*at].is_some() {
                continue;
            }
            match self.audit(*at) {
                Some(witness) => self.take(witness),
                None => {
                    for (at, proof) in lost.iter().zip(before) {
                        self.proofs[*at] = proof;
                        self.proven[*at] = true;
                    }
                    self.proofs[cell] = own;
                    self.set(cell, true);
                    return;
                }
            }
        }
    }
}
