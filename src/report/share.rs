//! A report of shares as rows: this many of so many, per line and group.

use super::subject::Shape;
use super::{Cell, Column, Sheet};
use crate::stats::{Interval, Level};

/// One line of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// Values of the group's columns; `None` in the row over all groups.
    pub group: Vec<Option<String>>,
    /// Texts of the key columns.
    pub keys: Vec<String>,
    /// The counts, as [`Shape::counts`] names them.
    pub counts: Vec<u64>,
    /// How many of them.
    pub x: u64,
    /// Out of.
    pub n: u64,
    /// Interval of the proportion; none where there is nothing to divide by.
    pub interval: Option<Interval>,
    /// The proportion that is wanted.
    pub target: Option<f64>,
    /// What there is to say beside the numbers.
    pub note: Option<String>,
}

impl ShareRow {
    /// Whether the share reaches the target; none without a target or anything to divide by.
    /// Both are compared unrounded.
    pub fn meets(&self) -> Option<bool> {
        let target = self.target.filter(|_| self.n > 0)?;
        Some(self.x as f64 >= target * self.n as f64 - 1e-9)
    }
}

/// A report of shares: line by line, each with its groups in byte order.
#[derive(Debug, Clone)]
pub struct ShareTable {
    /// How it is laid out.
    pub shape: &'static Shape,
    /// What the groups are made of.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<ShareRow>,
    /// Readings counted.
    pub readings: u64,
    /// What was counted, in words for the title: "3 final reviews", "1 alert".
    pub counted: String,
    /// Some of them may be no final ones.
    pub drafts: bool,
    /// Short titles of the instruments counted.
    pub instruments: Vec<String>,
    /// Confidence level of the intervals.
    pub level: Level,
}

impl ShareTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let keys = self.shape.keys.iter().map(|name| (*name, *name));
        let counts = self.shape.counts.iter().map(|(name, _)| (*name, *name));
        let rest = [
            ("percent", "proportion"),
            ("low", "low"),
            ("high", "high"),
            ("target", "target"),
            ("note", "note"),
        ];
        let row = |row: &ShareRow| {
            let mut cells: Vec<Cell> = row.keys.iter().cloned().map(Cell::Text).collect();
            cells.extend(row.counts.iter().copied().map(Cell::Count));
            cells.extend([
                Cell::Share { x: row.x, n: row.n },
                Cell::Bound(row.interval.map(|interval| interval.low)),
                Cell::Bound(row.interval.map(|interval| interval.high)),
                Cell::Bound(row.target),
                Cell::Note(row.note.clone()),
            ]);
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: keys.chain(counts).chain(rest).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
