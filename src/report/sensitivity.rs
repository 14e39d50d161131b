//! How far percentages could move if the cases that were not read had been: those eliminated
//! and those not finished counted all as ANI, and all as Strength.

use super::{Cell, ItemTable, Sheet};
use crate::stats;
use crate::text::{clean, fit, fit_right, width};

/// What an item of a group would come to with the cases that were not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Cases eliminated or not finished that the item could apply to, and finished ones where
    /// it has no rating.
    pub unread: u64,
    /// Strength as it is.
    pub strength: u64,
    /// Applicable, the unread counted as applicable.
    pub applicable: u64,
}

impl Bounds {
    /// Strength and denominator where all unread cases are ANI.
    pub fn all_ani(&self) -> (u64, u64) {
        (self.strength, self.applicable)
    }
    /// Strength and denominator where all unread cases are Strength.
    pub fn all_strength(&self) -> (u64, u64) {
        (self.strength + self.unread, self.applicable)
    }
}

/// The bounds of every row of a table. `unread` is a table of the same groups in which each
/// unread case counts as ANI for every item it could have.
pub fn bounds(table: &ItemTable, unread: &ItemTable) -> Vec<Bounds> {
    let of = |row: &super::ItemRow| {
        let same = |other: &&super::ItemRow| {
            (&other.group, &other.item, &other.title) == (&row.group, &row.item, &row.title)
        };
        let missing = unread.rows.iter().find(same).map_or(0, |other| other.ani);
        let unread = missing + row.incomplete;
        Bounds { unread, strength: row.strength, applicable: row.applicable() + unread }
    };
    table.rows.iter().map(of).collect()
}

/// The report with the bounds as further columns.
pub fn bounded_sheet(table: &ItemTable, bounds: &[Bounds]) -> Sheet {
    let mut sheet = table.sheet();
    sheet.columns.extend([
        ("unread", "unread"),
        ("percent_all_ani", "proportion_all_ani"),
        ("percent_all_strength", "proportion_all_strength"),
    ]);
    for ((_, cells), bound) in sheet.rows.iter_mut().zip(bounds) {
        let share = |(x, n)| Cell::Share { x, n };
        cells.push(Cell::Count(bound.unread));
        cells.push(share(bound.all_ani()));
        cells.push(share(bound.all_strength()));
    }
    sheet
}

/// The bounds as aligned text.
pub fn bounds_text(table: &ItemTable, bounds: &[Bounds]) -> String {
    let grouped = !table.columns.is_empty();
    let label = |row: &super::ItemRow| {
        let group: Vec<&str> =
            row.group.iter().map(|value| value.as_deref().unwrap_or("All")).collect();
        let group = group.join(", ");
        let text = if grouped {
            format!("{} {group}", row.item)
        } else {
            format!("{} {}", row.item, row.title)
        };
        clean(&text).into_owned()
    };
    let labels: Vec<String> = table.rows.iter().map(label).collect();
    let room = labels.iter().map(|one| width(one)).max().unwrap_or(0).clamp(4, 40);
    let mut out = String::from("\nWith cases eliminated or not finished counted too\n\n");
    let mut line = |name: &str, cells: [&str; 4]| {
        let mut text = format!("  {}", fit(name, room));
        for (cell, wide) in cells.iter().zip([8, 8, 10, 15]) {
            text.push_str(&fit_right(cell, wide));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line("item", ["%", "unread", "% all ANI", "% all Strength"]);
    for ((row, label), bound) in table.rows.iter().zip(&labels).zip(bounds) {
        let percent = |(x, n)| stats::percent_text(x, n);
        line(
            label,
            [
                &percent((row.strength, row.applicable())),
                &bound.unread.to_string(),
                &percent(bound.all_ani()),
                &percent(bound.all_strength()),
            ],
        );
    }
    out
}
