//! A report with what must not be published taken out.

use std::collections::{BTreeMap, BTreeSet};

use super::families::{Grouping, names};
use super::fine::{Kept, LeftOut, hopeless};
use super::layout::Layout;
use super::release::Unbalanced;
use super::rules::{Follows, LineRef};
use super::tables::{LineKey, Place, Tables, key, number};
use crate::report::{Cell, Sheet};

/// The column whose groups follow each other.
const PERIOD: &str = "period";

/// A report as it may be published.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// The table; hidden cells are [`Cell::Hidden`], and a last column names them.
    pub sheet: Sheet,
    /// Counts that were hidden.
    pub hidden: usize,
    /// Counts there are.
    pub counts: usize,
    /// Rows that count any review and in which nothing is hidden.
    pub whole_rows: usize,
    /// Rows whose first count is under the threshold.
    pub few_rows: usize,
    /// Columns of groups whose rows are left out, since nothing of them could be published.
    pub left_out: Vec<Vec<&'static str>>,
    /// Lines that are left out, since they follow from others of which something is hidden.
    pub lines_left_out: Vec<LineRef>,
    /// Rows that count any review.
    pub rows: usize,
    /// Groups there are, that over all groups left out.
    pub groups: usize,
    /// Those of them at least half of whose rows are such.
    pub few_groups: usize,
}

impl Public {
    /// Whether at least half of the rows that count anything are whole.
    pub fn survives(&self) -> bool {
        self.whole_rows > 0 && self.whole_rows * 2 >= self.rows
    }
}

/// Takes out of tables that are published together what must not be.
///
/// # Errors
/// A sum that does not come out: the tables are not what their layouts say.
pub fn public(tables: &[(&Sheet, &Layout)], threshold: u64) -> Result<Vec<Public>, Unbalanced> {
    together(tables, &[], threshold)
}

/// The same where lines of the tables follow from others by `rules`. An outcome of a single item
/// counts what the item counts, and is linked with it. What follows by a rule that is no sum is
/// left out beside what it follows from, unless nothing at all of it and of them is hidden.
///
/// # Errors
/// As [`public`].
pub fn together(
    tables: &[(&Sheet, &Layout)],
    rules: &[Follows],
    threshold: u64,
) -> Result<Vec<Public>, Unbalanced> {
    // What counts nothing anywhere was not computed, and follows from nothing.
    let mut lines: BTreeSet<(LineKey, Grouping)> = BTreeSet::new();
    let mut computed: BTreeSet<LineKey> = BTreeSet::new();
    for (sheet, layout) in tables {
        for row in &sheet.rows {
            let (line, place) = key(sheet, layout, row);
            if counts_any(layout, &row.1) {
                computed.insert(line.clone());
            }
            lines.insert((line, names(&place)));
        }
    }
    lines.retain(|(line, _)| computed.contains(line));
    let groupings = |line: &LineRef| -> BTreeSet<Grouping> {
        let of = lines.iter().filter(|(known, _)| line.is(known.0, &known.2));
        of.map(|(_, names)| names.clone()).collect()
    };
    // A line in some groups follows from the others in the same groups.
    let mut by_rule: Vec<(&Follows, Grouping)> = Vec::new();
    for rule in rules.iter().filter(|rule| rule.same().is_none()) {
        let of: BTreeSet<Grouping> = rule.of.iter().flat_map(groupings).collect();
        let both = groupings(&rule.line).into_iter().filter(|names| of.contains(names));
        by_rule.extend(both.map(|names| (rule, names)));
    }
    let mut left_out = LeftOut {
        groupings: hopeless(tables, threshold).into_iter().collect(),
        lines: by_rule.iter().map(|(rule, names)| (rule.line.clone(), names.clone())).collect(),
    };
    let mut tried = false;
    loop {
        let made = Tables::of(tables, &left_out, rules, threshold);
        let found = super::hide(&made.release, threshold)?;
        let few = made.release.len() <= super::FEW_CELLS && left_out.groupings.is_empty();
        if let Some(finest) = made.too_fine(&found.withheld).filter(|_| !few) {
            left_out.groupings.insert(finest);
            continue;
        }
        let is_open = |line: &LineRef, names: &Grouping| {
            made.line_is_hidden(line, names, &found.cells).is_none_or(|hidden| !hidden)
        };
        let (open, closed): (Vec<_>, Vec<_>) = by_rule.iter().partition(|(rule, names)| {
            is_open(&rule.line, names) && rule.of.iter().all(|line| is_open(line, names))
        });
        let before = left_out.lines.len();
        // Once they are told again, more may be hidden: then they are left out for good.
        let is = |rule: &(&Follows, Grouping), left: &(LineRef, Grouping)| {
            rule.0.line == left.0 && rule.1 == left.1
        };
        left_out.lines.retain(|left| tried || !open.iter().any(|rule| is(rule, left)));
        left_out
            .lines
            .extend(closed.iter().map(|(rule, names)| (rule.line.clone(), names.clone())));
        tried = true;
        if left_out.lines.len() != before {
            continue;
        }
        let mask = |(sheet, layout): &(&Sheet, &Layout)| {
            let kept = left_out.without(sheet, layout);
            let sheet = kept.as_ref().map_or(*sheet, |kept| &kept.sheet);
            let mut public = mask(sheet, layout, &made, &found.cells, threshold);
            if let Some(Kept { groupings, lines, .. }) = kept {
                (public.left_out, public.lines_left_out) = (groupings, lines);
            }
            public
        };
        return Ok(tables.iter().map(mask).collect());
    }
}

fn mask(sheet: &Sheet, layout: &Layout, made: &Tables, hidden: &[bool], threshold: u64) -> Public {
    let few = few(sheet, layout, threshold);
    let earlier = earlier(sheet, layout);
    let mut public = Public {
        sheet: sheet.clone(),
        left_out: Vec::new(),
        lines_left_out: Vec::new(),
        rows: 0,
        hidden: 0,
        counts: 0,
        whole_rows: 0,
        few_rows: few.values().map(|(few, _)| few).sum(),
        groups: few.keys().filter(|group| group.iter().any(Option::is_some)).count(),
        few_groups: few
            .iter()
            .filter(|(group, (few, of))| group.iter().any(Option::is_some) && few * 2 >= *of)
            .count(),
    };
    for (at, (_, cells)) in public.sheet.rows.iter_mut().enumerate() {
        let row = &sheet.rows[at];
        let (line, place) = key(sheet, layout, row);
        let is_hidden = |place, count: &usize| {
            let cell = made.cells(&line, place).and_then(|row| row.printed.get(count));
            cell.is_none_or(|cell| hidden[*cell])
        };
        let here = |count: &usize| is_hidden(&place, count);
        let all = Default::default();
        let total = |count: &usize| is_hidden(&all, count);
        let before = |count: &usize| {
            earlier.get(at).copied().flatten().is_some_and(|at| {
                let (line, place) = key(sheet, layout, &sheet.rows[at]);
                let cell = made.cells(&line, &place).and_then(|row| row.printed.get(count));
                cell.is_none_or(|cell| hidden[*cell])
            })
        };
        let own = layout.counts.iter().filter(|count| here(count)).copied();
        let derived = layout.derived.iter().filter(|(_, of)| of.iter().any(here));
        let of_total = layout.of_total.iter().filter(|(_, of)| of.iter().any(total));
        let of_before = layout.of_before.iter().filter(|(_, of)| of.iter().any(before));
        let others = derived.chain(of_total).chain(of_before).map(|(cell, _)| *cell);
        let mut out: Vec<usize> = own.chain(others).collect();
        out.sort_unstable();
        out.dedup();
        public.counts += layout.counts.len();
        public.hidden += layout.counts.iter().filter(|count| out.contains(count)).count();
        let counts_any =
            layout.counts.iter().any(|at| row.1.get(*at).is_some_and(|n| number(n) > 0));
        public.rows += usize::from(counts_any);
        public.whole_rows += usize::from(counts_any && out.is_empty());
        for cell in &out {
            cells[*cell] = Cell::Hidden;
        }
        let names = out.iter().map(|cell| sheet.columns[*cell].1.to_owned());
        cells.push(Cell::Names(names.collect()));
    }
    public.sheet.columns.push(("suppressed", "suppressed"));
    let mut dropped = layout.dropped.clone();
    dropped.sort_unstable_by(|a, b| b.cmp(a));
    dropped.retain(|at| *at < public.sheet.columns.len());
    for at in dropped {
        public.sheet.columns.remove(at);
        public.sheet.rows.iter_mut().for_each(|(_, cells)| drop(cells.remove(at)));
    }
    public
}

/// Whether a row counts any review: one that was not computed does not.
fn counts_any(layout: &Layout, cells: &[Cell]) -> bool {
    layout.counts.iter().any(|at| cells.get(*at).is_some_and(|cell| number(cell) > 0))
}

/// By group its rows whose first count is under the threshold, and its rows.
fn few(
    sheet: &Sheet,
    layout: &Layout,
    threshold: u64,
) -> BTreeMap<Vec<Option<String>>, (usize, usize)> {
    let mut found: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for (group, cells) in &sheet.rows {
        let (few, rows) = found.entry(group.clone()).or_default();
        if !counts_any(layout, cells) {
            continue;
        }
        let first = layout.counts.first().and_then(|at| cells.get(*at)).map_or(0, number);
        *few += usize::from(first < threshold);
        *rows += 1;
    }
    found
}

/// By row the last one before it, of the same line and otherwise the same group, that counts
/// anything: what a change is measured from.
fn earlier(sheet: &Sheet, layout: &Layout) -> Vec<Option<usize>> {
    if layout.of_before.is_empty() {
        return Vec::new();
    }
    let n = layout.counts.first().copied().unwrap_or_default();
    let mut last: BTreeMap<(LineKey, Place), usize> = BTreeMap::new();
    let mut found = Vec::with_capacity(sheet.rows.len());
    for (at, row) in sheet.rows.iter().enumerate() {
        let (line, mut place) = key(sheet, layout, row);
        place.remove(PERIOD);
        let others = (line, place);
        found.push(last.get(&others).copied());
        if row.1.get(n).map_or(0, number) > 0 {
            last.insert(others, at);
        }
    }
    found
}
