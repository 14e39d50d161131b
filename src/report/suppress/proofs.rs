//! What a hidden cell is proven wide enough by, and the going through of all of it at the end.

use std::rc::Rc;

use super::cover::Cover;
use super::exact;
use super::moves::Allowed;
use super::release::CellIx;
use super::witness::{Leg, Witness, leg, widen};

/// Ways to widen a cell as it is: within a line, then by moving whole cases between groups.
const AUDITS: [[Leg; 2]; 2] =
    [[leg(1, false, false), leg(-1, false, false)], [leg(1, false, true), leg(-1, false, true)]];

impl Cover<'_> {
    pub(super) fn widen(&mut self, cell: CellIx, legs: &[Leg], more: bool) -> (Witness, i64) {
        let allowed = Allowed {
            hidden: &self.state.hidden,
            more,
            hubs: true,
            price: &self.price,
            covered: &self.state.covered,
            proven: &self.state.proven,
        };
        widen(&mut self.search, (cell, self.width), legs, allowed)
    }

    /// A witness that a cell is wide enough as it is.
    pub(super) fn audit(&mut self, cell: CellIx) -> Option<Witness> {
        AUDITS.iter().find_map(|legs| {
            let (witness, width) = self.widen(cell, legs, false);
            (width >= self.width).then_some(witness)
        })
    }

    /// A witness made of that of another group or line.
    pub(super) fn twin(&mut self, cell: CellIx) -> Option<Witness> {
        let hidden = &self.state.hidden;
        let work = &mut self.search.work;
        let found = self.twins.as_ref()?.find(self.release, cell, hidden, work)?;
        let allowed = Allowed {
            hidden,
            more: false,
            hubs: true,
            price: &self.price,
            covered: &self.state.covered,
            proven: &self.state.proven,
        };
        for (side, moved) in [&found.more, &found.less].into_iter().enumerate() {
            self.search.mend(cell, moved, side, allowed);
        }
        let [more, less] = self.search.ends();
        let made = Witness { more, less };
        (made.width(cell) >= self.width).then_some(made)
    }

    /// A witness in a small release that is found by hiding more, all sums looked at at once.
    pub(super) fn exact(&mut self, cell: CellIx) -> Option<Witness> {
        if self.is_large {
            return None;
        }
        let looked_at = self.release.len() * self.release.relations.len();
        self.search.work += u64::try_from(looked_at).unwrap_or(u64::MAX);
        let hidden = &self.state.hidden;
        let price = |at: CellIx| match self.price[at] {
            _ if hidden[at] => Some(0),
            u32::MAX => None,
            price => Some(price),
        };
        let found = exact::witness(self.release, (cell, self.width), price)?;
        let mut more = hidden.clone();
        found.cells().into_iter().for_each(|at| more[at] = true);
        let is_proof = found.width(cell) >= self.width && found.holds(self.release, &more);
        is_proof.then_some(found)
    }

    /// Notes a witness that was looked for to prove a cell.
    pub(super) fn take_for(&mut self, cell: CellIx, witness: Witness) {
        self.take(witness);
        if let (Some(twins), Some(witness)) = (&mut self.twins, self.state.witnesses.last()) {
            twins.note(self.release, cell, witness);
        }
    }

    /// Notes a witness for every cell it proves, and says how many these are.
    pub(super) fn take(&mut self, witness: Witness) -> usize {
        let state = &mut self.state;
        let cells = witness.cells();
        let proves: Vec<CellIx> = cells
            .iter()
            .copied()
            .filter(|at| !state.proven[*at] && witness.width(*at) >= self.width)
            .collect();
        if proves.is_empty() {
            return 0;
        }
        let number = state.witnesses.len();
        for at in &proves {
            state.proof[*at] = Some(number);
            state.proven[*at] = true;
        }
        for at in cells {
            state.uses[at].push(number);
        }
        let new = proves.len();
        state.proves.push(proves);
        state.witnesses.push(Rc::new(witness));
        new
    }

    /// Whether every hidden cell stands proven: each witness is gone through once more, by
    /// itself.
    pub(super) fn is_sound(&self) -> bool {
        let state = &self.state;
        let held: Vec<bool> =
            state.witnesses.iter().map(|one| one.holds(self.release, &state.hidden)).collect();
        (0..self.release.len()).all(|at| {
            if !state.hidden[at] {
                return !self.small[at];
            }
            let is_proof = |one: usize| held[one] && state.witnesses[one].width(at) >= self.width;
            self.free[at] || state.withheld[at] || state.proof[at].is_some_and(is_proof)
        })
    }
}
