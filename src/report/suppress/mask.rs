//! A report with what must not be published taken out.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::release::Unbalanced;
use super::tables::{Tables, key, number, text};
use crate::report::{Cell, Sheet};

/// A report as it may be published.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// The table; hidden cells are [`Cell::Hidden`], and a last column names them.
    pub sheet: Sheet,
    /// Counts that were hidden.
    pub hidden: usize,
    /// Counts there are.
    pub counts: usize,
    /// Rows in which nothing is hidden.
    pub whole_rows: usize,
    /// Rows whose first count is under the threshold.
    pub few_rows: usize,
    /// Groups there are, that over all groups left out.
    pub groups: usize,
    /// Those of them at least half of whose rows are such.
    pub few_groups: usize,
}

impl Public {
    /// Whether at least half of the rows are whole.
    pub fn survives(&self) -> bool {
        self.whole_rows > 0 && self.whole_rows * 2 >= self.sheet.rows.len()
    }
}

/// Takes out of tables that are published together what must not be.
///
/// # Errors
/// A sum that does not come out: the tables are not what their layouts say.
pub fn public(tables: &[(&Sheet, &Layout)], threshold: u64) -> Result<Vec<Public>, Unbalanced> {
    together(tables, &[], threshold)
}

/// The same where outcomes are among the tables that are one item each: pairs of an outcome's and
/// an item's id.
///
/// # Errors
/// As [`public`].
pub fn together(
    tables: &[(&Sheet, &Layout)],
    same: &[(String, String)],
    threshold: u64,
) -> Result<Vec<Public>, Unbalanced> {
    let made = Tables::of(tables, same, threshold);
    let hidden = super::hide(&made.release, threshold)?.cells;
    Ok(tables
        .iter()
        .map(|(sheet, layout)| mask(sheet, layout, &made, &hidden, threshold))
        .collect())
}

fn mask(sheet: &Sheet, layout: &Layout, made: &Tables, hidden: &[bool], threshold: u64) -> Public {
    let few = few(sheet, layout, threshold);
    let mut public = Public {
        sheet: sheet.clone(),
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
            let earlier = before(sheet, layout, at);
            earlier.is_some_and(|row| {
                let (line, place) = key(sheet, layout, row);
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
        public.whole_rows += usize::from(out.is_empty());
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

/// By group its rows whose first count is under the threshold, and its rows.
fn few(
    sheet: &Sheet,
    layout: &Layout,
    threshold: u64,
) -> BTreeMap<Vec<Option<String>>, (usize, usize)> {
    let mut found: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for (group, cells) in &sheet.rows {
        let (few, rows) = found.entry(group.clone()).or_default();
        let first = layout.counts.first().and_then(|at| cells.get(*at)).map_or(0, number);
        *few += usize::from(first < threshold);
        *rows += 1;
    }
    found
}

/// The last row before one, of the same line and otherwise the same group, that counts anything:
/// what a change is measured from.
fn before<'s>(
    sheet: &'s Sheet,
    layout: &Layout,
    at: usize,
) -> Option<&'s (Vec<Option<String>>, Vec<Cell>)> {
    let period = sheet.groups.iter().position(|name| *name == "period");
    let others = |(group, _): &(Vec<Option<String>>, Vec<Cell>)| -> Vec<Option<String>> {
        let kept = group.iter().enumerate().filter(|(at, _)| Some(*at) != period);
        kept.map(|(_, value)| value.clone()).collect()
    };
    let ids = |(_, cells): &(Vec<Option<String>>, Vec<Cell>)| -> Vec<String> {
        layout.lines.iter().filter_map(|at| cells.get(*at)).map(text).collect()
    };
    let row = &sheet.rows[at];
    let n = layout.counts.first().copied().unwrap_or_default();
    sheet.rows[..at].iter().rev().find(|earlier| {
        ids(earlier) == ids(row)
            && others(earlier) == others(row)
            && earlier.1.get(n).map_or(0, number) > 0
    })
}
