//! How many readings a group has: printed nowhere, but the counts of every line of the group
//! come to it, and it to the size of the sample, which everybody knows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::families::{coarsest, families, names};
use super::release::CellIx;
use super::tables::{Asked, Counted, LineKey, Place, Tables};

/// Where the applicable of an item stand.
const ITEMS: &str = "items";
const APPLICABLE: usize = 2;

/// Readings by group.
type Sizes = BTreeMap<Place, u64>;

/// By what was asked, the counts of how many readings each group has.
type Cells = BTreeMap<Asked, BTreeMap<Place, CellIx>>;

impl Tables {
    /// The sums of each line's counts to the readings of its group, and of these over groups. A
    /// line that counts fewer than others of its group was not asked in all: how often not is a
    /// count of its own. A sample of `threshold` readings or more is known.
    pub(super) fn link_wholes(&mut self, threshold: u64) {
        let counted = std::mem::take(&mut self.counted);
        let mut sizes: BTreeMap<Asked, Sizes> = BTreeMap::new();
        for (asked, places) in &counted {
            let of = sizes.entry(asked.clone()).or_default();
            // Every reading is at least one of those an item was asked in.
            for (place, lines) in places {
                let most = lines.iter().map(|one| one.all).max().unwrap_or(0);
                of.insert(place.clone(), most);
            }
            let of = of.clone();
            let every = sizes.entry((String::new(), asked.1.clone())).or_default();
            for (place, size) in of {
                let known = every.entry(place).or_default();
                *known = size.max(*known);
            }
        }
        let mut sample = BTreeMap::new();
        let mut cells = Cells::new();
        let samples: BTreeMap<Asked, u64> =
            sizes.iter().map(|(asked, sizes)| (asked.clone(), total(sizes))).collect();
        for (asked, sizes) in &mut sizes {
            // How many readings an item was asked in is known too, but where nearly all were.
            let beside = samples[&(String::new(), asked.1.clone())].abs_diff(samples[asked]);
            let is_known = beside == 0 || beside >= threshold;
            let known = if is_known { threshold } else { u64::MAX };
            cells.insert(asked.clone(), self.link_sizes(sizes, known, &mut sample));
        }
        for (asked, places) in counted {
            self.link_lines(places, &sizes[&asked], &cells[&asked]);
        }
        self.link_items(&sizes, &cells);
    }

    /// The sums over groups of how many readings they have; all together they are known from
    /// so many on.
    fn link_sizes(
        &mut self,
        sizes: &mut Sizes,
        threshold: u64,
        sample: &mut BTreeMap<u64, CellIx>,
    ) -> BTreeMap<Place, CellIx> {
        let mut families = families(sizes.keys());
        families.sort_by_key(|(parent, _)| Reverse(parent.len()));
        for (parent, children) in &families {
            let sum: u64 = children.iter().map(|child| sizes[child]).sum();
            sizes.entry(parent.clone()).and_modify(|size| *size = sum.max(*size));
        }
        let cell = |(place, size): (&Place, &u64)| {
            let known = place.is_empty() && *size >= threshold;
            let release = &mut self.release;
            (place.clone(), if known { release.known(*size) } else { release.unprinted(*size) })
        };
        let cells: BTreeMap<Place, CellIx> = sizes.iter().map(cell).collect();
        for (parent, children) in families {
            let sum: u64 = children.iter().map(|child| sizes[child]).sum();
            let mut parts: Vec<CellIx> = children.iter().map(|child| cells[child]).collect();
            parts.extend(self.rest(sizes[&parent] - sum));
            self.release.sum(cells[&parent], &parts);
        }
        // The size of the whole sample is known though no row has it.
        if !sizes.contains_key(&Place::new()) {
            for coarsest in coarsest(sizes.keys()) {
                let of = || sizes.iter().filter(|(place, _)| names(place) == coarsest);
                let sum: u64 = of().map(|(_, size)| size).sum();
                if sum >= threshold {
                    let parts: Vec<CellIx> = of().map(|(place, _)| cells[place]).collect();
                    let total = *sample.entry(sum).or_insert_with(|| self.release.known(sum));
                    self.release.sum(total, &parts);
                }
            }
        }
        cells
    }

    /// The sums of the counts of each line to the readings of its group.
    fn link_lines(
        &mut self,
        places: BTreeMap<Place, Vec<Counted>>,
        sizes: &Sizes,
        cells: &BTreeMap<Place, CellIx>,
    ) {
        // A line that counts nothing anywhere was not computed, and says nothing of a group.
        let computed: BTreeSet<LineKey> = (places.values().flatten())
            .filter(|one| one.all > 0)
            .map(|one| one.line.clone())
            .collect();
        for (place, lines) in places {
            for one in lines.into_iter().filter(|one| computed.contains(&one.line)) {
                let mut parts = one.parts;
                parts.extend(self.rest(sizes[&place] - one.all));
                self.release.sum(cells[&place], &parts);
                let row = self.rows.get_mut(&one.line).and_then(|rows| rows.get_mut(&place));
                row.into_iter().for_each(|row| row.whole = Some(cells[&place]));
            }
        }
    }

    /// The questions of an item are asked in some of the readings: where it applies, if that
    /// comes to the same number. A wrong guess hides more, not less.
    fn link_items(&mut self, sizes: &BTreeMap<Asked, Sizes>, cells: &Cells) {
        for (asked, of_item) in cells.iter().filter(|((item, _), _)| !item.is_empty()) {
            let (item, instrument) = asked;
            let every = (String::new(), instrument.clone());
            for (place, cell) in of_item {
                let (size, all) = (sizes[asked][place], sizes[&every][place]);
                let mut parts = vec![*cell];
                parts.extend(self.rest(all - size));
                self.release.sum(cells[&every][place], &parts);
                let line = (ITEMS, instrument.clone(), vec![item.clone()]);
                let row = self.rows.get(&line).and_then(|rows| rows.get(place));
                let applicable = row.and_then(|row| row.printed.get(&APPLICABLE));
                let same = applicable.filter(|at| self.release.values()[**at] == size as i64);
                if let Some(applicable) = same.copied() {
                    self.release.sum(*cell, &[applicable]);
                }
            }
        }
    }

    fn rest(&mut self, rest: u64) -> Option<CellIx> {
        (rest > 0).then(|| self.release.unprinted(rest))
    }
}

/// How many there are over all groups.
fn total(sizes: &Sizes) -> u64 {
    let of = |grouping| {
        let sizes = sizes.iter().filter(move |(place, _)| names(place) == grouping);
        sizes.map(|(_, size)| size).sum()
    };
    coarsest(sizes.keys()).into_iter().map(of).max().unwrap_or(0)
}
