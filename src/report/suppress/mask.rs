//! A report with what must not be published taken out.

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
    let made = Tables::of(tables, threshold);
    let hidden = super::hide(&made.release, threshold)?.cells;
    Ok(tables.iter().map(|(sheet, layout)| mask(sheet, layout, &made, &hidden)).collect())
}

fn mask(sheet: &Sheet, layout: &Layout, made: &Tables, hidden: &[bool]) -> Public {
    let mut public = Public { sheet: sheet.clone(), hidden: 0, counts: 0, whole_rows: 0 };
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
    public
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
