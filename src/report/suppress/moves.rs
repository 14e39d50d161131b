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
    /// By relation the last way in which one cell led from it to an imbalance.
    close: Vec<u32>,
    round: u32,
    /// How far counts were moved up and down so far, and the cells that were; those count as
    /// hidden for what follows.
    ends: [Vec<i64>; 2],
    changed: [Vec<CellIx>; 2],
    used: Vec<bool>,
    /// By cell the last search in which it led to an imbalance that nothing mends.
    banned: Vec<u32>,
    searches: u32,
    heap: BinaryHeap<Reverse<(u32, usize)>>,
    /// Ways a move may be made of.
    tries: usize,
    /// Nodes looked at so far: the measure of work, since a clock would not be repeatable.
    pub(super) work: u64,
}

/// How often a way is looked for around what led nowhere.
const DETOURS: usize = 4;
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
            close: vec![0; relations + 1],
            round: 0,
            ends: [vec![0; release.len()], vec![0; release.len()]],
            changed: [Vec::new(), Vec::new()],
            used: vec![false; release.len()],
            banned: vec![0; release.len()],
            searches: 0,
            heap: BinaryHeap::new(),
            tries: 8 + 4 * release.places.iter().map(Vec::len).max().unwrap_or(0),
            work: 0,
        }
    }

    /// Moves `cell` by `sign * step`, or several times that up to `most`, and others with it, so
    /// that every sum stays and no count comes below nothing, on top of what was moved on this
    /// side before. Each change is a multiple of `step`. Gives how far the cell was moved.
    pub(super) fn find(
        &mut self,
        (cell, sign, step): (CellIx, i64, i64),
        most: i64,
        side: usize,
        allowed: Allowed<'_>,
    ) -> Option<i64> {
        if sign < 0 && self.value(side, cell) < step {
            return None;
        }
        self.searches += 1;
        for _ in 0..if allowed.more || step == 1 { DETOURS } else { 1 } {
            let stuck = self.balance((cell, sign, step), side, allowed);
            if stuck.is_none() {
                return self.keep((cell, sign, step), most, side);
            }
            // What led to where nothing goes on is not gone through again.
            let release = self.release;
            let mut fresh = false;
            for (at, _) in stuck.into_iter().flat_map(|stuck| release.of(stuck)) {
                if at != cell && self.steps[at] != 0 && self.banned[at] != self.searches {
                    self.banned[at] = self.searches;
                    fresh = true;
                }
            }
            self.forget();
            if !fresh {
                return None;
            }
        }
        None
    }

    /// Changes the cell and mends every imbalance it leads to, one after the other; else gives
    /// the relation that can't be mended.
    fn balance(
        &mut self,
        (cell, sign, step): (CellIx, i64, i64),
        side: usize,
        allowed: Allowed<'_>,
    ) -> Option<usize> {
        self.change(cell, sign);
        let mut tries = self.tries;
        while let Some(start) = self.next_open() {
            if tries == 0 || !self.way(start, (cell, step), side, allowed) {
                return Some(start);
            }
            tries -= 1;
        }
        None
    }

    /// Forgets the steps of a search.
    fn forget(&mut self) {
        for at in self.stepped.drain(..) {
            self.steps[at] = 0;
        }
        for at in self.opened.drain(..) {
            self.open[at] = 0;
        }
    }

    /// Adds the steps of a search to what was moved on a side, if they are possible.
    fn keep(
        &mut self,
        (cell, sign, step): (CellIx, i64, i64),
        most: i64,
        side: usize,
    ) -> Option<i64> {
        self.stepped.sort_unstable();
        self.stepped.dedup();
        let down = self.stepped.iter().filter(|at| self.steps[**at] < 0);
        let times = down.map(|at| self.value(side, *at) / (-self.steps[*at] * step)).min();
        let wanted = most / (self.steps[cell].abs() * step).max(1);
        let step = step * times.unwrap_or(wanted).min(wanted.max(1));
        let possible = self.steps[cell].signum() == sign && step > 0;
        if possible {
            for at in self.stepped.iter().copied().filter(|at| self.steps[*at] != 0) {
                self.ends[side][at] += self.steps[at] * step;
                self.changed[side].push(at);
                self.used[at] = true;
            }
        }
        let moved = self.steps[cell].abs() * step;
        self.forget();
        possible.then_some(moved)
    }

    fn value(&self, side: usize, cell: CellIx) -> i64 {
        self.release.values[cell] + self.ends[side][cell]
    }

    /// What was moved, up and down; the next search begins anew.
    pub(super) fn ends(&mut self) -> [Move; 2] {
        [0, 1].map(|side: usize| {
            let mut cells = std::mem::take(&mut self.changed[side]);
            cells.sort_unstable();
            cells.dedup();
            let mut moved = Move::with_capacity(cells.len());
            for at in cells {
                let by = std::mem::take(&mut self.ends[side][at]);
                self.used[at] = false;
                if by != 0 {
                    moved.push((at, by));
                }
            }
            moved
        })
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
        side: usize,
        allowed: Allowed<'_>,
    ) -> bool {
        self.round += 1;
        let end = self.release.relations.len() * 2;
        let node = |at: usize, sign: i64| at * 2 + usize::from(sign > 0);
        let first = node(start, self.open[start].signum());
        let mut heap = std::mem::take(&mut self.heap);
        heap.clear();
        self.mark_close(start);
        self.reach(first, 0, (first, 0));
        heap.push(Reverse((self.ahead(first), first)));
        'search: while let Some(Reverse((guess, here))) = heap.pop() {
            if here == end {
                break;
            }
            let cost = guess - self.ahead(here);
            if cost > self.best[here] {
                continue;
            }
            self.work += 1;
            let (at, carried) = (here / 2, if here % 2 == 1 { 1 } else { -1 });
            for (cell, sign) in self.release.of(at) {
                self.work += 1;
                let by = -carried * sign;
                let hidden = allowed.hidden[cell] || self.used[cell];
                let banned = self.banned[cell] == self.searches;
                if cell == target || banned || (!hidden && !allowed.more) {
                    continue;
                }
                if by < 0 && self.value(side, cell) + (self.steps[cell] - 1) * step < 0 {
                    continue;
                }
                let free = hidden || self.steps[cell] != 0;
                let price =
                    if free { 2 + u32::from(allowed.proven[cell]) } else { allowed.price[cell] };
                if price == u32::MAX {
                    continue;
                }
                let places = &self.release.places[cell];
                let mut cost = cost.saturating_add(price.min(u32::MAX / 4));
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
                    heap.push(Reverse((cost + self.ahead(end), end)));
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
                        heap.push(Reverse((cost + self.ahead(next), next)));
                    }
                }
            }
        }
        self.heap = heap;
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

    /// Marks the relations from which one cell leads to an imbalance.
    fn mark_close(&mut self, start: usize) {
        let (release, open) = (self.release, &self.open);
        let ends = self.opened.iter().filter(|at| **at != start || open[start].abs() > 1);
        for at in ends.filter(|at| open[**at] != 0) {
            for (cell, _) in release.of(*at) {
                for (other, _) in &release.places[cell] {
                    self.close[*other] = self.round;
                }
            }
        }
    }

    /// What the rest of a way costs at least from a node, where what is hidden will do: ways are
    /// followed in order of what they cost with it.
    fn ahead(&self, node: usize) -> u32 {
        match node / 2 {
            at if at == self.release.relations.len() => 0,
            at if self.close[at] == self.round => 2,
            _ => 4,
        }
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
