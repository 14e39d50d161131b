//! From tables to a release: which number is which count, and which sums hold between them.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Layout;
use super::release::{CellIx, Release};
use crate::report::{Cell, Sheet};

/// What a row is about: the values of its group columns, those over all groups left out.
type Place = BTreeMap<&'static str, String>;

/// A line of a report, of one instrument.
type LineKey = (&'static str, String, Vec<String>);

/// The column that tells lines apart beside their ids.
const INSTRUMENT: &str = "instrument";

/// The counts of a row: those printed by their position, and the rests by that of their sum.
#[derive(Debug, Clone, Default)]
pub(super) struct RowCells {
    pub(super) printed: BTreeMap<usize, CellIx>,
    rests: BTreeMap<usize, CellIx>,
    /// All readings of the group.
    whole: Option<CellIx>,
}

/// A release made of tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) release: Release,
    rows: BTreeMap<LineKey, BTreeMap<Place, RowCells>>,
    wholes: BTreeMap<(&'static str, String, Place, u64), CellIx>,
}

pub(super) fn number(cell: &Cell) -> u64 {
    match cell {
        Cell::Count(count) => *count,
        _ => 0,
    }
}

pub(super) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// Line and place of a row.
pub(super) fn key(
    sheet: &Sheet,
    layout: &Layout,
    (group, cells): &(Vec<Option<String>>, Vec<Cell>),
) -> (LineKey, Place) {
    let mut place: Place = sheet
        .groups
        .iter()
        .zip(group)
        .filter_map(|(name, value)| Some((*name, value.clone()?)))
        .collect();
    let instrument = place.remove(INSTRUMENT).unwrap_or_default();
    let ids = layout.lines.iter().filter_map(|at| cells.get(*at)).map(text).collect();
    ((layout.name, instrument, ids), place)
}

impl Tables {
    /// The release of these tables. `threshold`: a sample of that many reviews or more is taken
    /// to be known to everybody.
    pub(super) fn of(tables: &[(&Sheet, &Layout)], threshold: u64) -> Self {
        let mut made = Self::default();
        for (sheet, layout) in tables {
            for row in &sheet.rows {
                let (line, place) = key(sheet, layout, row);
                made.add(layout, &line, place, &row.1, threshold);
            }
            if !layout.of_total.is_empty() {
                made.add_totals(sheet, layout);
            }
        }
        let lines: Vec<LineKey> = made.rows.keys().cloned().collect();
        for line in lines {
            let layout = tables.iter().find(|(_, layout)| layout.name == line.0);
            if let Some((_, layout)) = layout {
                made.link(&line, layout);
            }
        }
        made.link_wholes(threshold);
        made
    }

    /// The cells of a row.
    pub(super) fn cells(&self, line: &LineKey, place: &Place) -> Option<&RowCells> {
        self.rows.get(line)?.get(place)
    }

    fn add(
        &mut self,
        layout: &Layout,
        line: &LineKey,
        place: Place,
        cells: &[Cell],
        threshold: u64,
    ) {
        if self.cells(line, &place).is_some() {
            return;
        }
        let value = |at: usize| cells.get(at).map_or(0, number);
        let mut row = RowCells::default();
        for at in &layout.counts {
            row.printed.insert(*at, self.release.cell(value(*at)));
        }
        for (at, sum) in layout.sums.iter().enumerate() {
            let mut parts: Vec<CellIx> = sum.parts.iter().map(|part| row.printed[part]).collect();
            if sum.rest {
                let known: u64 = sum.parts.iter().map(|part| value(*part)).sum();
                let rest = self.release.unprinted(value(sum.total).saturating_sub(known));
                row.rests.insert(at, rest);
                parts.push(rest);
            }
            let total = row.printed[&sum.total];
            if sum.tells {
                self.release.telling_sum(total, &parts);
            } else {
                self.release.sum(total, &parts);
            }
        }
        if !layout.whole.is_empty() {
            let all: u64 = layout.whole.iter().map(|at| value(*at)).sum();
            let whole = self.whole(layout.name, &line.1, &place, all, threshold);
            let parts: Vec<CellIx> = layout.whole.iter().map(|at| row.printed[at]).collect();
            self.release.sum(whole, &parts);
            row.whole = Some(whole);
        }
        self.rows.entry(line.clone()).or_default().insert(place, row);
    }

    /// All readings of a group: lines that come to the same number share the cell.
    fn whole(
        &mut self,
        name: &'static str,
        instrument: &str,
        place: &Place,
        all: u64,
        threshold: u64,
    ) -> CellIx {
        let key = (name, instrument.to_owned(), place.clone(), all);
        if let Some(known) = self.wholes.get(&key) {
            return *known;
        }
        let known = place.is_empty() && all >= threshold;
        let cell = if known { self.release.known(all) } else { self.release.unprinted(all) };
        self.wholes.insert(key, cell);
        cell
    }

    /// What a report prints of the row over all groups in each row, where it has no such row.
    fn add_totals(&mut self, sheet: &Sheet, layout: &Layout) {
        let mut sums: BTreeMap<LineKey, BTreeMap<usize, u64>> = BTreeMap::new();
        for row in &sheet.rows {
            let (line, place) = key(sheet, layout, row);
            let others = sheet.groups.iter().filter(|name| **name != INSTRUMENT).count();
            if place.len() == others && self.cells(&line, &Place::new()).is_none() {
                let sums = sums.entry(line).or_default();
                for at in layout.sums.iter().flat_map(|sum| sum.parts.iter().chain([&sum.total])) {
                    *sums.entry(*at).or_default() += row.1.get(*at).map_or(0, number);
                }
            }
        }
        for (line, values) in sums {
            let mut row = RowCells::default();
            for (at, value) in values {
                row.printed.insert(at, self.release.cell(value));
            }
            for sum in layout.sums.iter().filter(|sum| sum.tells) {
                let parts: Vec<CellIx> = sum.parts.iter().map(|part| row.printed[part]).collect();
                self.release.telling_sum(row.printed[&sum.total], &parts);
            }
            self.rows.entry(line).or_default().insert(Place::new(), row);
        }
    }

    /// The sums over groups of a line.
    fn link(&mut self, line: &LineKey, layout: &Layout) {
        let rows = &self.rows[line];
        let leaves = layout.leaves();
        for (place, children) in families(rows.keys()) {
            let parent = &rows[&place];
            let of = |cell: &dyn Fn(&RowCells) -> Option<CellIx>| {
                let parts: Option<Vec<CellIx>> =
                    children.iter().map(|child| cell(&rows[child])).collect();
                Some((cell(parent)?, parts?))
            };
            let printed = leaves.iter().filter_map(|at| of(&|row| row.printed.get(at).copied()));
            let rests =
                (0..layout.sums.len()).filter_map(|at| of(&|row| row.rests.get(&at).copied()));
            for (total, parts) in printed.chain(rests) {
                self.release.sum(total, &parts);
            }
        }
    }

    /// The sums over groups of all readings, where every line counts the same.
    fn link_wholes(&mut self, threshold: u64) {
        let mut by_report: BTreeMap<(&str, &str), BTreeMap<Place, Vec<CellIx>>> = BTreeMap::new();
        for ((name, instrument, place, _), cell) in &self.wholes {
            let places = by_report.entry((name, instrument)).or_default();
            places.entry(place.clone()).or_default().push(*cell);
        }
        let mut sums = Vec::new();
        for places in by_report.values() {
            if places.values().any(|cells| cells.len() > 1) {
                continue;
            }
            let value = |place: &Place| self.release.values()[places[place][0]];
            for (place, children) in families(places.keys()) {
                if children.iter().map(value).sum::<i64>() == value(&place) {
                    let parts: Vec<CellIx> = children.iter().map(|one| places[one][0]).collect();
                    sums.push((Some(places[&place][0]), parts));
                }
            }
            // The size of the whole sample is known though no row has it.
            if !places.contains_key(&Place::new()) {
                for coarsest in coarsest(places.keys()) {
                    let of = |place: &&Place| names(place) == coarsest;
                    let parts = places.keys().filter(of).map(|place| places[place][0]);
                    sums.push((None, parts.collect()));
                }
            }
        }
        let mut sample: BTreeMap<u64, CellIx> = BTreeMap::new();
        for (total, parts) in sums {
            let all: i64 = parts.iter().map(|part| self.release.values()[*part]).sum();
            let all = u64::try_from(all).unwrap_or(0);
            let total = match total {
                Some(total) => total,
                None if all >= threshold => {
                    *sample.entry(all).or_insert_with(|| self.release.known(all))
                }
                None => continue,
            };
            self.release.sum(total, &parts);
        }
    }
}

fn names(place: &Place) -> BTreeSet<&'static str> {
    place.keys().copied().collect()
}

/// The groupings that no other is coarser than.
fn coarsest<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<BTreeSet<&'static str>> {
    let all: BTreeSet<BTreeSet<&'static str>> = places.map(names).collect();
    let is_coarsest =
        |one: &&BTreeSet<_>| !all.iter().any(|other| other.is_subset(one) && other != *one);
    all.iter().filter(is_coarsest).cloned().collect()
}

/// Rows with the rows they are the sums of: those of the next finer grouping that agree.
fn families<'p>(places: impl Iterator<Item = &'p Place> + Clone) -> Vec<(Place, Vec<Place>)> {
    let groupings: BTreeSet<BTreeSet<&'static str>> = places.clone().map(names).collect();
    let mut found = Vec::new();
    for finer in &groupings {
        let coarser: Vec<_> =
            groupings.iter().filter(|one| one.is_subset(finer) && *one != finer).collect();
        let next = |one: &&&BTreeSet<&'static str>| {
            !coarser.iter().any(|other| one.is_subset(other) && other != *one)
        };
        for grouping in coarser.iter().filter(next) {
            for parent in places.clone().filter(|place| names(place) == **grouping) {
                let agrees = |child: &&&Place| {
                    names(child) == *finer
                        && parent.iter().all(|(name, value)| child.get(name) == Some(value))
                };
                let places: Vec<&Place> = places.clone().collect();
                let children: Vec<Place> =
                    places.iter().filter(agrees).map(|child| (*child).clone()).collect();
                if !children.is_empty() {
                    found.push((parent.clone(), children));
                }
            }
        }
    }
    found
}
