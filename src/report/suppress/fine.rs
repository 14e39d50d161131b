//! Groups too fine for anything of them to be published: their rows are left out, as if the table
//! had not been made, so that something of the coarser ones may be.

use std::collections::{BTreeMap, BTreeSet};

use super::families::{Grouping, names};
use super::layout::Layout;
use super::tables::{Tables, key, number};
use crate::report::Sheet;

/// Tables of fewer rows are looked at however few cases their rows count.
const MANY_ROWS: usize = 2000;

/// The finest grouping, where it has many rows, nine in ten of which count fewer cases than the
/// threshold, and others are coarser: nearly all of it would be hidden.
pub(super) fn hopeless(tables: &[(&Sheet, &Layout)], threshold: u64) -> Option<Grouping> {
    let mut rows: BTreeMap<Grouping, (usize, usize)> = BTreeMap::new();
    for (sheet, layout) in tables {
        let Some(first) = layout.counts.first() else { continue };
        for row in &sheet.rows {
            let (few, of) = rows.entry(names(&key(sheet, layout, row).1)).or_default();
            *few += usize::from(row.1.get(*first).map_or(0, number) < threshold);
            *of += 1;
        }
    }
    let coarser = |names: &Grouping| {
        rows.keys().any(|other| !other.is_empty() && other.is_subset(names) && other != names)
    };
    let found = rows
        .iter()
        .find(|(names, (few, of))| *of >= MANY_ROWS && few * 10 >= of * 9 && coarser(names));
    found.map(|(names, _)| names.clone())
}

/// A table without the rows of some groupings, and those of them it had.
pub(super) fn without(
    sheet: &Sheet,
    layout: &Layout,
    left_out: &BTreeSet<Grouping>,
) -> Option<(Sheet, Vec<Vec<&'static str>>)> {
    let mut found = BTreeSet::new();
    let mut rows = sheet.rows.clone();
    rows.retain(|row| {
        let names = names(&key(sheet, layout, row).1);
        let kept = !left_out.contains(&names);
        if !kept {
            found.insert(names);
        }
        kept
    });
    let in_order = |names: Grouping| {
        sheet.groups.iter().copied().filter(|name| names.contains(name)).collect()
    };
    let kept = Sheet { groups: sheet.groups.clone(), columns: sheet.columns.clone(), rows };
    (!found.is_empty()).then(|| (kept, found.into_iter().map(in_order).collect()))
}

impl Tables {
    /// The finest grouping of tables of which nothing can be published, if others hang together
    /// with it that are coarser: without it, something of these may be.
    pub(super) fn too_fine(&self, withheld: &[bool]) -> Option<Grouping> {
        if !withheld.contains(&true) {
            return None;
        }
        let of = self.release.components();
        let mut rows: BTreeMap<usize, BTreeMap<Grouping, usize>> = BTreeMap::new();
        for (place, row) in self.rows.values().flatten() {
            for cell in row.printed.values().filter(|cell| withheld[**cell]) {
                *rows.entry(of[*cell]).or_default().entry(names(place)).or_default() += 1;
            }
        }
        let several = rows.into_values().filter(|groupings| groupings.len() > 1);
        let finest = several.flatten().max_by_key(|(names, rows)| (names.len(), *rows));
        finest.map(|(names, _)| names)
    }
}
