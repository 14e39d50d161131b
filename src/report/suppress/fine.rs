//! What is left out of a release, as if its table had not been made: groups too fine for
//! anything of them to be published, so that something of the coarser ones may be, and lines
//! that follow by rule from others of which something is hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::families::{Grouping, names};
use super::layout::Layout;
use super::rules::LineRef;
use super::tables::{LineKey, Place, Tables, key, number};
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

/// What is left out of a release.
#[derive(Debug, Clone, Default)]
pub(super) struct LeftOut {
    /// Groups too fine.
    pub(super) groupings: BTreeSet<Grouping>,
    /// Lines that follow from others by rule, and the groups they are left out of.
    pub(super) lines: BTreeSet<(LineRef, Grouping)>,
}

impl LeftOut {
    /// Whether a row is left out.
    pub(super) fn has(&self, line: &LineKey, place: &Place) -> bool {
        let names = names(place);
        self.groupings.contains(&names) || self.rule(line, &names).is_some()
    }

    /// What says of a line that it is left out for a rule.
    fn rule(&self, line: &LineKey, grouping: &Grouping) -> Option<&LineRef> {
        let is = |(left, of): &&(LineRef, Grouping)| of == grouping && left.is(line.0, &line.2);
        self.lines.iter().find(is).map(|(left, _)| left)
    }

    /// A table without these rows, if it has any of them; with the groupings and the lines they
    /// are of.
    pub(super) fn without(&self, sheet: &Sheet, layout: &Layout) -> Option<Kept> {
        let (mut groupings, mut lines) = (BTreeSet::new(), BTreeSet::new());
        let mut kept = Sheet {
            groups: sheet.groups.clone(),
            columns: sheet.columns.clone(),
            rows: Vec::new(),
        };
        for row in &sheet.rows {
            let (line, place) = key(sheet, layout, row);
            if !self.has(&line, &place) {
                kept.rows.push(row.clone());
            } else if self.groupings.contains(&names(&place)) {
                groupings.insert(names(&place));
            } else {
                lines.extend(self.rule(&line, &names(&place)).cloned());
            }
        }
        let in_order = |names: Grouping| -> Vec<&'static str> {
            sheet.groups.iter().copied().filter(|name| names.contains(name)).collect()
        };
        (kept.rows.len() < sheet.rows.len()).then(|| Kept {
            sheet: kept,
            groupings: groupings.into_iter().map(in_order).collect(),
            lines: lines.into_iter().collect(),
        })
    }
}

/// What is left of a table.
pub(super) struct Kept {
    pub(super) sheet: Sheet,
    pub(super) groupings: Vec<Vec<&'static str>>,
    pub(super) lines: Vec<LineRef>,
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

    /// Whether there is a row of a line in these groups, and whether a printed count of it is
    /// hidden.
    pub(super) fn line_is_hidden(
        &self,
        line: &LineRef,
        grouping: &Grouping,
        hidden: &[bool],
    ) -> Option<bool> {
        let is = |(name, _, ids): &LineKey| line.is(name, ids);
        let rows = self.rows.iter().filter(|(line, _)| is(line)).flat_map(|(_, rows)| rows);
        let mut rows = rows.filter(|(place, _)| names(place) == *grouping);
        let first = rows.next()?;
        let printed = |cell: &usize| hidden[*cell] && !self.release.unprinted[*cell];
        Some(std::iter::once(first).chain(rows).any(|(_, row)| row.printed.values().any(printed)))
    }
}
