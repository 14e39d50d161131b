//! Moves: changes of hidden counts that leave every sum and every published count as it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::release::{CellIx, Release};

/// By how much counts change, in order of the cells.
pub(super) type Move = Vec<(CellIx, i64)>;

/// What may be changed.
#[derive(Clone, Copy)]
pub(super) struct Allowed<'a> {
    /// The hidden cells.
    pub(super) hidden: &'a [bool],
    /// Cells not hidden yet may be too, at a price.
    pub(super) more: bool,
    /// Cells of three or more sums may be used on the way.
    pub(super) hubs: bool,
    /// Prices of hiding.
    pub(super) price: &'a [u32],
    /// Cells that are proven wide enough: others are preferred, so that a move proves many.
    pub(super) proven: &'a [bool],
    /// Hidden cells by relation.
    pub(super) covered: &'a [u32],
}

/// Looks for moves.
pub(super) struct Search<'r> {
    release: &'r Release,
    /// Relations all of whose cells stand in three or more relations: tried first.
    upper: Vec<bool>,
    /// Open imbalances by relation, and the relations that may have one.
    open: Vec<i64>,
    opened: Vec<usize>,
    /// Changes so far, in steps, and the cells that may have one.
    steps: Vec<i64>,
    stepped: Vec<CellIx>,
    best: Vec<u32>,
    from: Vec<(usize, CellIx)>,
    seen: Vec<u32>,
    round: u32,
    /// Ways a move may be made of.
    tries: usize,
    /// Nodes looked at so far: the measure of work, since a clock would not be repeatable.
    pub(super) work: u64,
}

/// What a further relation of a cell costs on a way: each must be balanced too.
const BRANCH: u32 = 6;
/// The same where nothing of the relation is hidden yet.
const NEW_BRANCH: u32 = 1500;

impl<'r> Search<'r> {
    pub(super) fn new(release: &'r Release) -> Self {
        let relations = release.relations.len();
        let hub = |cell: CellIx| release.places[cell].len() > 2;
        let upper = (0..relations).map(|at| release.of(at).all(|(cell, _)| hub(cell))).collect();
        Self {
            release,
            upper,
            open: vec![0; relations],
            opened: Vec::new(),
            steps: vec![0; release.len()],
            stepped: Vec::new(),
            best: vec![0; relations * 2 + 1],
            from: vec![(0, 0); relations * 2 + 1],
            seen: vec![0; relations * 2 + 1],
            round: 0,
            tries: 8 + 4 * release.places.iter().map(Vec::len).max().unwrap_or(0),
            work: 0,
        }
    }

    /// A move that changes `cell` by `sign * step` and no count below nothing, on top of
    /// `moved` (values after earlier moves). Each change is a multiple of `step`.
    pub(super) fn find(
        &mut self,
        (cell, sign, step): (CellIx, i64, i64),
        moved: &[i64],
        allowed: Allowed<'_>,
    ) -> Option<Move> {
        if sign < 0 && moved[cell] < step {
            return None;
        }
        self.change(cell, sign);
        let mut tries = self.tries;
        let found = loop {
            let Some(start) = self.next_open() else { break true };
            if tries == 0 || !self.way(start, (cell, step), moved, allowed) {
                break false;
            }
            tries -= 1;
        };
        let mut result = Vec::new();
        let mut fine = found;
        self.stepped.sort_unstable();
        self.stepped.dedup();
        for at in std::mem::take(&mut self.stepped) {
            let by = std::mem::take(&mut self.steps[at]) * step;
            fine &= moved[at] + by >= 0;
            if by != 0 {
                result.push((at, by));
            }
        }
        for at in std::mem::take(&mut self.opened) {
            self.open[at] = 0;
        }
        let moves = |(at, by): &(CellIx, i64)| *at == cell && by.signum() == sign;
        (fine && result.iter().any(moves)).then_some(result)
    }

    fn change(&mut self, cell: CellIx, by: i64) {
        self.steps[cell] += by;
        self.stepped.push(cell);
        for (at, sign) in &self.release.places[cell] {
            self.open[*at] += sign * by;
            self.opened.push(*at);
        }
    }

    /// The imbalance to be mended next.
    fn next_open(&mut self) -> Option<usize> {
        let open = &self.open;
        self.opened.retain(|at| open[*at] != 0);
        let upper = self.opened.iter().copied().find(|at| self.upper[*at]);
        upper.or_else(|| self.opened.first().copied())
    }

    /// Mends one step of the imbalance of a relation by the cheapest way to one of the opposite
    /// sign, or to a count that stands in no other sum.
    fn way(
        &mut self,
        start: usize,
        (target, step): (CellIx, i64),
        moved: &[i64],
        allowed: Allowed<'_>,
    ) -> bool {
        self.round += 1;
        let end = self.release.relations.len() * 2;
        let node = |at: usize, sign: i64| at * 2 + usize::from(sign > 0);
        let first = node(start, self.open[start].signum());
        let mut heap = BinaryHeap::new();
        self.reach(first, 0, (first, 0));
        heap.push(Reverse((0, first)));
        'search: while let Some(Reverse((cost, here))) = heap.pop() {
            if here == end {
                break;
            }
            if cost > self.best[here] {
                continue;
            }
            self.work += 1;
            let (at, carried) = (here / 2, if here % 2 == 1 { 1 } else { -1 });
            for (cell, sign) in self.release.of(at) {
                self.work += 1;
                let by = -carried * sign;
                if cell == target || (!allowed.hidden[cell] && !allowed.more) {
                    continue;
                }
                if by < 0 && moved[cell] + (self.steps[cell] - 1) * step < 0 {
                    continue;
                }
                let free = allowed.hidden[cell] || self.steps[cell] != 0;
                let price =
                    if free { 2 + u32::from(allowed.proven[cell]) } else { allowed.price[cell] };
                if price == u32::MAX {
                    continue;
                }
                let places = &self.release.places[cell];
                let mut cost = cost.saturating_add(price);
                if places.len() > 2 {
                    if !allowed.hubs {
                        continue;
                    }
                    // What was moved is not moved back.
                    if self.steps[cell].signum() == -by {
                        continue;
                    }
                    for (other, _) in places.iter().skip(2) {
                        let new = allowed.more && allowed.covered[*other] <= u32::from(free);
                        cost = cost.saturating_add(if new { NEW_BRANCH } else { BRANCH });
                    }
                }
                // No other way is cheaper by more than a proven cell costs more than another.
                let near = free && places.len() <= 2;
                if places.len() == 1 && self.reach(end, cost, (here, cell)) {
                    if near {
                        break 'search;
                    }
                    heap.push(Reverse((cost, end)));
                }
                for (other, other_sign) in places.iter().filter(|(other, _)| *other != at) {
                    let carries = other_sign * by;
                    let open = self.open[*other];
                    let own = *other == start && open.abs() == 1;
                    let mends = open.signum() == -carries && !own;
                    let next = if mends { end } else { node(*other, carries) };
                    if self.reach(next, cost, (here, cell)) {
                        if near && mends {
                            break 'search;
                        }
                        heap.push(Reverse((cost, next)));
                    }
                }
            }
        }
        if self.seen[end] != self.round {
            return false;
        }
        let mut here = end;
        while here != first {
            let (before, cell) = self.from[here];
            let (at, carried) = (before / 2, if before % 2 == 1 { 1 } else { -1 });
            let sign = self.release.places[cell].iter().find(|(other, _)| *other == at);
            self.change(cell, -carried * sign.map_or(1, |(_, sign)| *sign));
            here = before;
        }
        true
    }

    /// Whether a node is reached for less than before.
    fn reach(&mut self, node: usize, cost: u32, from: (usize, CellIx)) -> bool {
        if self.seen[node] == self.round && self.best[node] <= cost {
            return false;
        }
        self.seen[node] = self.round;
        self.best[node] = cost;
        self.from[node] = from;
        true
    }
}
