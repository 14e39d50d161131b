//! Hiding less: what is hidden beside the small counts is taken back here and there and made
//! good in another way, which is kept where it hides no more.

use super::cover::Cover;
use super::release::CellIx;

/// A generator that gives the same numbers everywhere (SplitMix64): which cells are tried is
/// decided by it, so that the same release always gives the same answer.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let most = u64::try_from(most.max(1)).unwrap_or(u64::MAX);
        usize::try_from((mixed ^ (mixed >> 31)) % most).unwrap_or(0)
    }
}

/// What a cell costs that was just taken back, so that another way is looked for.
const TAKEN_BACK: u32 = 1500;

/// How far prices are shaken.
const SHAKE: usize = 900;

impl Cover<'_> {
    /// Looks for a cover that hides less, within an amount of work, and gives up after
    /// `patience` tries in a row that find none. `least`: no cover hides less than so many.
    pub(super) fn improve(&mut self, most_work: u64, patience: usize, least: usize) {
        let end = self.search.work.saturating_add(most_work);
        let prices = self.price.clone();
        let mut numbers = Numbers(7);
        let mut best = self.count();
        let mut kept = self.state.clone();
        let mut failed = 0;
        while best > least && failed < patience && self.search.work < end {
            let beside = self.beside();
            if beside.is_empty() {
                break;
            }
            let back = self.chosen(&beside, &mut numbers);
            for (price, known) in self.price.iter_mut().zip(&prices) {
                *price = known.saturating_add(u32::try_from(numbers.below(SHAKE)).unwrap_or(0));
            }
            let mut lost: Vec<CellIx> = Vec::new();
            for cell in back {
                if self.is_bound(cell) {
                    continue;
                }
                self.price[cell] = self.price[cell].saturating_add(TAKEN_BACK);
                lost.extend(self.open(cell).into_iter().map(|(at, _)| at));
            }
            for at in (1..lost.len()).rev() {
                lost.swap(at, numbers.below(at + 1));
            }
            self.mend(lost);
            self.reduce(end.saturating_sub(self.search.work));
            let count = self.count();
            if count < best {
                failed = 0;
            } else {
                failed += 1;
            }
            if count <= best {
                best = count;
                self.state.tidy();
                kept.clone_from(&self.state);
            } else {
                self.state.clone_from(&kept);
            }
        }
        self.price = prices;
    }

    /// Some cells that are hidden for others: those of one sum, those near each other, or any.
    fn chosen(&self, beside: &[CellIx], numbers: &mut Numbers) -> Vec<CellIx> {
        let first = beside[numbers.below(beside.len())];
        let mut chosen = vec![first];
        let release = self.release;
        let near: Vec<CellIx> = match numbers.below(4) {
            0 => Vec::new(),
            1 => beside.to_vec(),
            reach => {
                let mut near = vec![first];
                for _ in 1..reach {
                    for cell in near.clone() {
                        let sums = release.places[cell].iter();
                        near.extend(sums.flat_map(|(at, _)| release.of(*at)).map(|(cell, _)| cell));
                    }
                    near.sort_unstable();
                    near.dedup();
                }
                near.retain(|cell| beside.binary_search(cell).is_ok());
                near
            }
        };
        if !near.is_empty() {
            for _ in 0..1 + numbers.below(near.len().min(12)) {
                chosen.push(near[numbers.below(near.len())]);
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }
}
