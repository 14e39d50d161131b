//! Ways from an imbalance to one of the opposite sign, cheapest first.

use std::cmp::Reverse;

use super::moves::{Allowed, Search};
use super::release::CellIx;

/// What a further relation of a cell costs on a way: each must be balanced too.
const BRANCH: u32 = 6;
/// The same where nothing of the relation is hidden yet.
const NEW_BRANCH: u32 = 1500;

impl Search<'_> {
    /// Mends one step of the imbalance of a relation by the cheapest way to one of the opposite
    /// sign, or to a count that stands in no other sum.
    pub(super) fn way(
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
        self.mark_own(start);
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
                    if self.carries {
                        self.work += u64::try_from(places.len()).unwrap_or(1);
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
        let mut way = Vec::new();
        let mut here = end;
        while here != first {
            let (before, cell) = self.from[here];
            let (at, carried) = (before / 2, if before % 2 == 1 { 1 } else { -1 });
            let sign = self.release.places[cell].iter().find(|(other, _)| *other == at);
            way.push((cell, -carried * sign.map_or(1, |(_, sign)| *sign)));
            here = before;
        }
        let most = if self.carries { self.carried(start, &way, side) } else { 1 };
        for (cell, by) in way {
            self.change(cell, by * most);
        }
        true
    }

    /// How much of an imbalance a way can mend without bringing a count below nothing.
    fn carried(&self, start: usize, way: &[(CellIx, i64)], side: usize) -> i64 {
        let mut most = self.open[start].abs();
        for (cell, _) in way.iter().filter(|(_, by)| *by < 0) {
            most = most.min(self.value(side, *cell) + self.steps[*cell]);
        }
        // The way's last cell mends another imbalance, or the rest of its own.
        if let Some((cell, by)) = way.first() {
            let mended = self.release.places[*cell].iter().filter(|(at, sign)| {
                self.open[*at] * sign * by < 0 && !(way.len() == 1 && *at == start)
            });
            let mended = mended.map(|(at, _)| {
                let open = self.open[*at].abs();
                if *at == start { open / 2 } else { open }
            });
            most = mended.fold(most, i64::min);
        }
        most.max(1)
    }

    /// Marks what is close to the beginning of a way, which is no imbalance to be led to where
    /// its last step is mended.
    fn mark_own(&mut self, start: usize) {
        if self.open[start].abs() == 1 {
            for at in &self.near[start] {
                self.own[*at] = self.round;
            }
        }
    }

    /// What the rest of a way costs at least from a node, where what is hidden will do: ways are
    /// followed in order of what they cost with it.
    fn ahead(&self, node: usize) -> u32 {
        match node / 2 {
            at if at == self.release.relations.len() => 0,
            at if self.close[at] > u32::from(self.own[at] == self.round) => 2,
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
