//! From tables to a release: which number is which count, and which sums hold between them.

use std::collections::{BTreeMap, BTreeSet};

use super::families::families;
use super::fine::LeftOut;
use super::layout::Layout;
use super::release::{CellIx, Release};
use super::rules::Follows;
use crate::report::{Cell, Sheet};

/// What a row is about: the values of its group columns, those over all groups left out.
pub(super) type Place = BTreeMap<&'static str, String>;

/// A line of a report, of one instrument.
pub(super) type LineKey = (&'static str, String, Vec<String>);

/// The column that tells lines apart beside their ids.
const INSTRUMENT: &str = "instrument";

/// The counts of a row: those printed by their position, and the rests by that of their sum.
#[derive(Debug, Clone, Default)]
pub(super) struct RowCells {
    pub(super) printed: BTreeMap<usize, CellIx>,
    pub(super) rests: BTreeMap<usize, CellIx>,
    /// All readings of the group.
    pub(super) whole: Option<CellIx>,
}

/// An item whose questions were asked, nothing where a report counts every reading; and the
/// instrument.
pub(super) type Asked = (String, String);

/// The counts of a row that together are all readings it counts.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) line: LineKey,
    pub(super) parts: Vec<CellIx>,
    pub(super) all: u64,
}

/// A release made of tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) release: Release,
    pub(super) rows: BTreeMap<LineKey, BTreeMap<Place, RowCells>>,
    /// By what was asked and instrument: the readings each row counts.
    pub(super) counted: BTreeMap<Asked, BTreeMap<Place, Vec<Counted>>>,
    totals: BTreeMap<(LineKey, Place, u64), CellIx>,
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
    /// The release of these tables without what is left out. An outcome that is one item by the
    /// `rules` counts the same reviews. `threshold`: a sample of that many reviews or more is
    /// taken to be known to everybody.
    pub(super) fn of(
        tables: &[(&Sheet, &Layout)],
        left_out: &LeftOut,
        rules: &[Follows],
        threshold: u64,
    ) -> Self {
        let mut made = Self::default();
        for (sheet, layout) in tables {
            for row in &sheet.rows {
                let (line, place) = key(sheet, layout, row);
                if left_out.has(&line, &place) {
                    continue;
                }
                made.add(layout, &line, place, &row.1);
            }
            if !layout.of_total.is_empty() {
                made.add_totals(sheet, layout, left_out);
            }
            made.divide(sheet, layout);
        }
        let lines: Vec<LineKey> = made.rows.keys().cloned().collect();
        for line in lines {
            let of_line = tables.iter().filter(|(_, layout)| layout.name == line.0);
            let leaves: BTreeSet<usize> =
                of_line.clone().flat_map(|(_, layout)| layout.leaves()).collect();
            let sums = of_line.map(|(_, layout)| layout.sums.len()).max().unwrap_or(0);
            made.link(&line, &leaves, sums);
        }
        made.link_wholes(threshold);
        for rule in rules {
            if let Some(item) = rule.same() {
                made.link_same(&rule.line.ids[0], &item.ids[0]);
            }
        }
        made.note_spots();
        made
    }

    /// The cells of a row.
    pub(super) fn cells(&self, line: &LineKey, place: &Place) -> Option<&RowCells> {
        self.rows.get(line)?.get(place)
    }

    fn add(&mut self, layout: &Layout, line: &LineKey, place: Place, cells: &[Cell]) {
        let value = |at: usize| cells.get(at).map_or(0, number);
        let known = self.rows.get(line).and_then(|rows| rows.get(&place));
        let mut row = known.cloned().unwrap_or_default();
        let is_new = row.printed.is_empty();
        for at in &layout.counts {
            // Another table may have it too.
            if !row.printed.contains_key(at) {
                let total = layout.divided.as_ref().is_some_and(|divided| divided.total == *at);
                let cell = match total {
                    true => self.divided_total(layout, line, &place, value(*at)),
                    false => self.release.cell(value(*at)),
                };
                row.printed.insert(*at, cell);
            }
        }
        for (at, sum) in layout.sums.iter().enumerate().filter(|_| is_new) {
            let known: u64 = sum.parts.iter().map(|part| value(*part)).sum();
            let rest = value(sum.total).saturating_sub(known);
            let mut parts: Vec<CellIx> = sum.parts.iter().map(|part| row.printed[part]).collect();
            if sum.rest {
                let rest = self.release.unprinted(rest);
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
            let of = layout.whole_of.and_then(|at| cells.get(at)).map(text);
            let of = of.map_or_else(String::new, |item| whole_item(&item).to_owned());
            let counted = Counted {
                line: line.clone(),
                parts: layout.whole.iter().map(|at| row.printed[at]).collect(),
                all: layout.whole.iter().map(|at| value(*at)).sum(),
            };
            let places = self.counted.entry((of, line.1.clone())).or_default();
            let lines = places.entry(place.clone()).or_default();
            if lines.iter().all(|known| known.line != counted.line) {
                lines.push(counted);
            }
        }
        self.rows.entry(line.clone()).or_default().insert(place, row);
    }

    /// What the lines of a group divide among them: one count for all of them.
    fn divided_total(
        &mut self,
        layout: &Layout,
        line: &LineKey,
        place: &Place,
        value: u64,
    ) -> CellIx {
        let of = layout.divided.iter().flat_map(|divided| &divided.of);
        let of = of.filter_map(|at| layout.lines.iter().position(|known| known == at));
        let ids: Vec<String> = of.filter_map(|at| line.2.get(at).cloned()).collect();
        let key = ((line.0, line.1.clone(), ids), place.clone(), value);
        if let Some(known) = self.totals.get(&key) {
            return *known;
        }
        let cell = self.release.cell(value);
        self.totals.insert(key, cell);
        cell
    }

    /// The sums over the lines of a group of what they divide among them. One line that has it
    /// all says so of every case.
    fn divide(&mut self, sheet: &Sheet, layout: &Layout) {
        let Some(divided) = &layout.divided else { return };
        let mut parts: BTreeMap<CellIx, BTreeSet<CellIx>> = BTreeMap::new();
        for row in &sheet.rows {
            let (line, place) = key(sheet, layout, row);
            if let Some(row) = self.cells(&line, &place) {
                let of = parts.entry(row.printed[&divided.total]).or_default();
                of.insert(row.printed[&divided.part]);
            }
        }
        for (total, parts) in parts {
            let values = self.release.values();
            let sum: i64 = parts.iter().map(|part| values[*part]).sum();
            let tells = parts.iter().filter(|part| values[**part] > 0).count() == 1;
            let rest = u64::try_from(values[total] - sum).unwrap_or(0);
            let mut parts: Vec<CellIx> = parts.into_iter().collect();
            if rest > 0 {
                parts.push(self.release.unprinted(rest));
            }
            if tells && rest == 0 {
                self.release.telling_sum(total, &parts);
            } else {
                self.release.sum(total, &parts);
            }
        }
    }

    /// An outcome of one item counts what the item counts. Where it is nowhere achieved
    /// partially, it can't be: one rating makes it substantially or not.
    fn link_same(&mut self, outcome: &str, item: &str) {
        // Applicable, substantially achieved, not applicable, incomplete.
        const SAME: [(usize, usize); 4] = [(2, 2), (3, 3), (6, 5), (10, 6)];
        let is = |line: &&LineKey, name: &str, id: &str| {
            line.0 == name && line.2.first().is_some_and(|known| known == id)
        };
        const PARTIALLY: usize = 4;
        let (mut pairs, mut never) = (Vec::new(), Vec::new());
        for of_outcome in self.rows.keys().filter(|line| is(line, "outcomes", outcome)) {
            let same = |line: &&LineKey| is(line, "items", item) && line.1 == of_outcome.1;
            let partially: Vec<CellIx> = self.rows[of_outcome]
                .values()
                .filter_map(|row| row.printed.get(&PARTIALLY).copied())
                .collect();
            if partially.iter().all(|cell| self.release.values()[*cell] == 0) {
                never.extend(partially);
            }
            let Some(of_item) = self.rows.keys().find(same) else { continue };
            for (place, row) in &self.rows[of_outcome] {
                let Some(other) = self.cells(of_item, place) else { continue };
                let both = SAME.iter().filter_map(|(outcome, item)| {
                    Some((*row.printed.get(outcome)?, *other.printed.get(item)?))
                });
                pairs.extend(both);
            }
        }
        for cell in never {
            self.release.known[cell] = true;
        }
        for (outcome, item) in pairs {
            if self.release.values()[outcome] == self.release.values()[item] {
                self.release.sum(outcome, &[item]);
            }
        }
    }

    /// What a report prints of the row over all groups in each row, where it has no such row.
    fn add_totals(&mut self, sheet: &Sheet, layout: &Layout, left_out: &LeftOut) {
        let mut sums: BTreeMap<LineKey, BTreeMap<usize, u64>> = BTreeMap::new();
        for row in &sheet.rows {
            let (line, place) = key(sheet, layout, row);
            let others = sheet.groups.iter().filter(|name| **name != INSTRUMENT).count();
            let kept = place.len() == others && !left_out.has(&line, &place);
            if kept && self.cells(&line, &Place::new()).is_none() {
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

    /// The sums over groups of a line. Groups without a row have nothing of what the lines
    /// divide among them, but may have a total all the same.
    fn link(&mut self, line: &LineKey, leaves: &BTreeSet<usize>, sums: usize) {
        let rows = &self.rows[line];
        let mut found = Vec::new();
        for (place, children) in families(rows.keys()) {
            let parent = &rows[&place];
            let of = |cell: &dyn Fn(&RowCells) -> Option<CellIx>| {
                let parts: Option<Vec<CellIx>> =
                    children.iter().map(|child| cell(&rows[child])).collect();
                Some((cell(parent)?, parts?))
            };
            let printed = leaves.iter().filter_map(|at| of(&|row| row.printed.get(at).copied()));
            let rests = (0..sums).filter_map(|at| of(&|row| row.rests.get(&at).copied()));
            found.extend(printed.chain(rests));
        }
        for (total, mut parts) in found {
            let values = self.release.values();
            let sum: i64 = parts.iter().map(|part| values[*part]).sum();
            if let Ok(rest @ 1..) = u64::try_from(values[total] - sum) {
                parts.push(self.release.unprinted(rest));
            }
            self.release.sum(total, &parts);
        }
    }
}

/// The item of a sub-item, which is asked where the item is: 17 of 17A. Only wholes of the same
/// number are taken together, so that a wrong guess hides more, not less.
fn whole_item(id: &str) -> &str {
    let item = id.trim_end_matches(|c: char| c.is_ascii_uppercase());
    if item.is_empty() { id } else { item }
}
