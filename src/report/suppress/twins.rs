//! Twins: what proves a count of one group and line often proves that of another, once the two
//! groups and the two lines change places in it.

use std::collections::HashMap;
use std::rc::Rc;

use super::moves::Move;
use super::release::{CellIx, Release, Spot};
use super::witness::Witness;

/// How many proofs of a column are tried for another cell of it.
const TRIED: usize = 8;

/// A cell and its proof.
type Proof = (CellIx, Rc<Witness>);

/// Proofs by the column they are of, and the cells by where they stand.
pub(super) struct Twins {
    cells: HashMap<Spot, CellIx>,
    proofs: HashMap<(u32, u32), Vec<Proof>>,
}

impl Twins {
    pub(super) fn new(release: &Release) -> Self {
        let spots = release.spots.iter().enumerate();
        let cells = spots.filter_map(|(cell, spot)| Some((spot.clone()?, cell))).collect();
        Self { cells, proofs: HashMap::new() }
    }

    /// Notes what a cell was proven by.
    pub(super) fn note(&mut self, release: &Release, cell: CellIx, witness: &Rc<Witness>) {
        let Some(spot) = &release.spots[cell] else { return };
        let known = self.proofs.entry((spot.line, spot.at)).or_default();
        if known.len() >= TRIED {
            known.remove(0);
        }
        known.push((cell, Rc::clone(witness)));
    }

    /// The proof of another cell with the least in it that can't be made of this one's: what
    /// is left is no proof yet where sums don't come out.
    /// Adds to `work` how much was looked at.
    pub(super) fn find(
        &self,
        release: &Release,
        cell: CellIx,
        hidden: &[bool],
        work: &mut u64,
    ) -> Option<Witness> {
        let spot = release.spots[cell].as_ref()?;
        let mut best = None;
        let mut least = usize::MAX;
        for (of, witness) in self.proofs.get(&(spot.line, spot.at))?.iter().rev() {
            let Some(swap) = release.spots[*of].as_ref().and_then(|of| Swap::of(of, spot)) else {
                continue;
            };
            let mut left_out = 0;
            *work += u64::try_from(8 * (witness.more.len() + witness.less.len())).unwrap_or(1);
            let mut moved =
                |moved| self.moved(release, moved, &swap, hidden, (&mut left_out, least));
            let (Some(more), Some(less)) = (moved(&witness.more), moved(&witness.less)) else {
                continue;
            };
            best = Some(Witness { more, less });
            least = left_out;
            if least == 0 {
                break;
            }
        }
        best
    }

    /// A move with groups and lines exchanged, what may not be moved left out, where that is less
    /// than `most`.
    fn moved(
        &self,
        release: &Release,
        moved: &Move,
        swap: &Swap<'_>,
        hidden: &[bool],
        (left_out, most): (&mut usize, usize),
    ) -> Option<Move> {
        let mut made = Move::with_capacity(moved.len());
        for (cell, by) in moved {
            let at = match &release.spots[*cell] {
                Some(spot) => self.cells.get(&swap.apply(spot)).copied(),
                None => Some(*cell),
            };
            match at.filter(|at| hidden[*at] && release.values[*at] + by >= 0) {
                Some(at) => made.push((at, *by)),
                None => *left_out += 1,
            }
            if *left_out >= most {
                return None;
            }
        }
        made.sort_unstable();
        made.dedup_by_key(|(cell, _)| *cell);
        Some(made)
    }
}

/// Two lines, and two values of each column, that change places.
struct Swap<'s> {
    one: &'s Spot,
    other: &'s Spot,
}

impl<'s> Swap<'s> {
    fn of(one: &'s Spot, other: &'s Spot) -> Option<Self> {
        let columns = |spot: &Spot| spot.group.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        (columns(one) == columns(other)).then_some(Self { one, other })
    }

    fn apply(&self, spot: &Spot) -> Spot {
        let change = |value: u32, one: u32, other: u32| match value {
            value if value == one => other,
            value if value == other => one,
            value => value,
        };
        let mut spot = spot.clone();
        spot.line = change(spot.line, self.one.line, self.other.line);
        for (name, value) in &mut spot.group {
            for ((column, one), (_, other)) in self.one.group.iter().zip(&self.other.group) {
                if column == name {
                    *value = change(*value, *one, *other);
                }
            }
        }
        spot
    }
}
