//! Witnesses: two other releases with the same published counts and the same sums, in which a
//! hidden count differs by the width that is wanted.

use super::moves::{Allowed, Move, Search};
use super::release::{CellIx, Release};

/// Changes that lead from the true counts to two other possible releases.
#[derive(Debug, Clone, Default)]
pub(super) struct Witness {
    pub(super) more: Move,
    pub(super) less: Move,
}

impl Witness {
    /// How far apart the two releases are in a cell.
    pub(super) fn width(&self, cell: CellIx) -> i64 {
        let by = |moved: &Move| {
            let at = moved.binary_search_by_key(&cell, |(cell, _)| *cell);
            at.map_or(0, |at| moved[at].1)
        };
        (by(&self.more) - by(&self.less)).abs()
    }
    /// The cells it changes, in order and each once.
    pub(super) fn cells(&self) -> Vec<CellIx> {
        let mut cells: Vec<CellIx> =
            self.more.iter().chain(&self.less).map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }
    /// Whether both releases are possible for who knows every cell that is not hidden.
    pub(super) fn holds(&self, release: &Release, hidden: &[bool]) -> bool {
        [&self.more, &self.less].into_iter().all(|moved| {
            let fine = |(cell, by): &(CellIx, i64)| {
                hidden[*cell] && release.values[*cell].checked_add(*by).is_some_and(|v| v >= 0)
            };
            let mut sums = std::collections::BTreeMap::new();
            for (cell, by) in moved {
                for (at, sign) in &release.places[*cell] {
                    *sums.entry(*at).or_insert(0) += sign * by;
                }
            }
            moved.iter().all(fine) && sums.values().all(|sum: &i64| *sum == 0)
        })
    }
}

/// In which direction a count is moved, and by hiding more or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    /// +1 or -1.
    pub(super) sign: i64,
    /// Cells not hidden yet may be used.
    pub(super) more: bool,
    /// Cells of three or more sums may be used.
    pub(super) hubs: bool,
}

/// A leg in short.
pub(super) const fn leg(sign: i64, more: bool, hubs: bool) -> Leg {
    Leg { sign, more, hubs }
}

/// Moves a cell along the legs, one after the other, until the two ends are `width` apart or
/// the legs are used up. The second value is how far apart they came.
pub(super) fn widen(
    search: &mut Search<'_>,
    (cell, width): (CellIx, i64),
    legs: &[Leg],
    allowed: Allowed<'_>,
) -> (Witness, i64) {
    let mut reached = 0;
    for leg in legs {
        let side = usize::from(leg.sign < 0);
        let mut step = width - reached;
        while step > 0 && reached < width {
            step = step.min(width - reached);
            let may = Allowed { more: leg.more, hubs: leg.hubs, ..allowed };
            match search.find((cell, leg.sign, step), width - reached, side, may) {
                Some(moved) => reached += moved,
                None => step /= 3,
            }
        }
    }
    let [more, less] = search.ends();
    let witness = Witness { more, less };
    let width = witness.width(cell);
    (witness, width)
}
