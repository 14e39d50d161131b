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
    pub(super) release: &'r Release,
    /// Relations all of whose cells stand in three or more relations: tried first.
    pub(super) upper: Vec<bool>,
    /// Open imbalances by relation, and the relations that may have one.
    pub(super) open: Vec<i64>,
    pub(super) opened: Vec<usize>,
    /// Changes so far, in steps, and the cells that may have one.
    pub(super) steps: Vec<i64>,
    pub(super) stepped: Vec<CellIx>,
    pub(super) best: Vec<u32>,
    pub(super) from: Vec<(usize, CellIx)>,
    pub(super) seen: Vec<u32>,
    /// By relation those that one cell leads to, itself too, and how many of them are open.
    pub(super) near: Vec<Vec<usize>>,
    pub(super) close: Vec<u32>,
    /// By relation the last way that began one cell from it.
    pub(super) own: Vec<u32>,
    pub(super) round: u32,
    /// How far counts were moved up and down so far, and the cells that were; those count as
    /// hidden for what follows.
    pub(super) ends: [Vec<i64>; 2],
    pub(super) changed: [Vec<CellIx>; 2],
    pub(super) used: Vec<bool>,
    /// By cell the last search in which it led to an imbalance that nothing mends.
    pub(super) banned: Vec<u32>,
    pub(super) searches: u32,
    pub(super) heap: BinaryHeap<Reverse<(u32, usize)>>,
    /// Ways a move may be made of.
    pub(super) tries: usize,
    /// A way mends as much of an imbalance as it can, else one step.
    pub(super) carries: bool,
    /// Nodes looked at so far: the measure of work, since a clock would not be repeatable.
    pub(super) work: u64,
}

/// How often a way is looked for around what led nowhere.
const DETOURS: usize = 4;
/// Ways that are looked for at most to mend a move made for another cell.
const MENDS: usize = 60;
impl<'r> Search<'r> {
    /// `carries`: a way mends as much of an imbalance as it can, else one step of it. The first is
    /// quicker, the second comes by fewer cells.
    pub(super) fn new(release: &'r Release, carries: bool) -> Self {
        let relations = release.relations.len();
        let hub = |cell: CellIx| release.places[cell].len() > 2;
        let upper = (0..relations).map(|at| release.of(at).all(|(cell, _)| hub(cell))).collect();
        let near = |at| {
            let places = release.of(at).flat_map(|(cell, _)| &release.places[cell]);
            let mut near: Vec<usize> = places.map(|(other, _)| *other).collect();
            near.sort_unstable();
            near.dedup();
            near
        };
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
            near: (0..relations).map(near).collect(),
            close: vec![0; relations],
            own: vec![0; relations],
            round: 0,
            ends: [vec![0; release.len()], vec![0; release.len()]],
            changed: [Vec::new(), Vec::new()],
            used: vec![false; release.len()],
            banned: vec![0; release.len()],
            searches: 0,
            heap: BinaryHeap::new(),
            tries: (8 + 4 * release.places.iter().map(Vec::len).max().unwrap_or(0))
                * if carries { 10 } else { 1 },
            carries,
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
        let (sign, step) = if self.carries { (sign * step, 1) } else { (sign, step) };
        self.searches += 1;
        for _ in 0..if allowed.more || step == 1 { DETOURS } else { 1 } {
            let stuck = self.balance((cell, sign, step), side, allowed);
            if stuck.is_none() {
                return self.keep((cell, sign, step), most, side);
            }
            // What led to where nothing goes on is not gone through again; if nothing did, in a
            // release of few cells, what led to the other imbalances.
            let mut fresh = stuck.is_some_and(|stuck| self.ban(stuck, cell));
            if !fresh && !self.carries {
                for at in std::mem::take(&mut self.opened) {
                    fresh |= self.open[at] != 0 && self.ban(at, cell);
                    self.opened.push(at);
                }
            }
            self.forget();
            if !fresh {
                return None;
            }
        }
        None
    }

    /// Keeps this search from what was moved in a relation, but for the cell it is for; whether
    /// there was anything.
    fn ban(&mut self, relation: usize, but: CellIx) -> bool {
        let release = self.release;
        let mut fresh = false;
        for (at, _) in release.of(relation) {
            if at != but && self.steps[at] != 0 && self.banned[at] != self.searches {
                self.banned[at] = self.searches;
                fresh = true;
            }
        }
        fresh
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
        self.mend_open((cell, step), self.tries, side, allowed)
    }

    /// Makes a move, as far as it goes, and mends the imbalances that are left.
    pub(super) fn mend(
        &mut self,
        cell: CellIx,
        moved: &Move,
        side: usize,
        allowed: Allowed<'_>,
    ) -> bool {
        self.searches += 1;
        for (at, by) in moved {
            self.change(*at, *by);
        }
        let by = self.steps[cell];
        if by == 0 || self.mend_open((cell, 1), MENDS, side, allowed).is_some() {
            self.forget();
            return false;
        }
        self.keep((cell, by, 1), by.abs(), side).is_some()
    }

    fn mend_open(
        &mut self,
        (cell, step): (CellIx, i64),
        mut tries: usize,
        side: usize,
        allowed: Allowed<'_>,
    ) -> Option<usize> {
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
        for at in std::mem::take(&mut self.opened) {
            let open = self.open[at];
            self.imbalance(at, -open);
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
        let possible = self.steps[cell].signum() == sign.signum() && step > 0;
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

    pub(super) fn value(&self, side: usize, cell: CellIx) -> i64 {
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

    pub(super) fn change(&mut self, cell: CellIx, by: i64) {
        self.steps[cell] += by;
        self.stepped.push(cell);
        for (at, sign) in &self.release.places[cell] {
            self.imbalance(*at, sign * by);
            self.opened.push(*at);
        }
    }

    /// Changes the imbalance of a relation.
    fn imbalance(&mut self, at: usize, by: i64) {
        let was_open = self.open[at] != 0;
        self.open[at] += by;
        let is_open = self.open[at] != 0;
        if was_open != is_open {
            for other in &self.near[at] {
                let close = &mut self.close[*other];
                *close = if is_open { *close + 1 } else { *close - 1 };
            }
        }
    }

    /// The imbalance to be mended next.
    fn next_open(&mut self) -> Option<usize> {
        let open = &self.open;
        self.opened.retain(|at| open[*at] != 0);
        let upper = self.opened.iter().copied().find(|at| self.upper[*at]);
        upper.or_else(|| self.opened.first().copied())
    }
}
