//! Every cell of a choice: a line by one or two groupings, with all margins.

use std::collections::{BTreeMap, BTreeSet};

use super::count::Count;
use super::{Choice, Held};

/// One line of what is counted: an item, an outcome, a question.
#[derive(Debug, Clone, PartialEq)]
pub struct GridLine {
    /// Its position while counting.
    pub(super) at: usize,
    /// What tells it apart from other lines of its instrument.
    pub keys: Vec<String>,
    /// What it is called.
    pub label: String,
    /// Id of its item, or empty.
    pub item: String,
    /// It is a sub-item.
    pub sub_item: bool,
    /// The proportion that is wanted: a bar of the whole state, or a target.
    pub bar: Option<f64>,
    /// What there is to say of it.
    pub note: Option<String>,
    /// Id and short title of its instrument.
    pub instrument: (String, String),
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GridCell {
    /// The counts, as [`Grid::heads`] names them.
    pub counts: Vec<u64>,
    /// How many of them.
    pub x: u64,
    /// Out of.
    pub n: u64,
    /// The 95 % interval of the proportion; none where there is nothing to divide by.
    pub interval: Option<(f64, f64)>,
}

/// Values of the groupings of a cell; `None` is all of them together.
pub type Group = Vec<Option<String>>;

/// A choice, counted.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What was chosen.
    pub choice: Choice,
    /// What the counts are.
    pub heads: Vec<&'static str>,
    /// What the percentage is.
    pub share: &'static str,
    /// The lines that have a cell, in the order of their instruments.
    pub lines: Vec<GridLine>,
    /// The values of each grouping, in byte order.
    pub values: Vec<Vec<String>>,
    /// Readings counted.
    pub readings: u64,
    cells: BTreeMap<usize, BTreeMap<Group, GridCell>>,
}

impl Grid {
    /// Counts a choice in one pass: its finest groups, and from these all margins.
    pub fn of(held: &Held, choice: &Choice) -> Self {
        let by = &choice.by;
        let mut count = Count::new(choice, by);
        for instrument in &held.instruments {
            count.know(instrument);
        }
        for (_, reading) in held.chosen(choice) {
            count.add(&reading.seen());
        }
        let mut grid = Self {
            choice: choice.clone(),
            heads: count.heads(),
            share: count.share(),
            readings: count.readings(),
            ..Self::default()
        };
        let mut values: Vec<BTreeSet<String>> = vec![BTreeSet::new(); by.len()];
        let mut sums: BTreeMap<usize, BTreeMap<Group, Vec<u64>>> = BTreeMap::new();
        for placed in count.placed() {
            let line = sums.entry(placed.line).or_default();
            // Behind the groups asked for stands the instrument where there are several.
            let group = &placed.group[..by.len().min(placed.group.len())];
            for (value, values) in group.iter().flatten().zip(&mut values) {
                if !values.contains(value) {
                    values.insert(value.clone());
                }
            }
            // Each grouping is kept or left out.
            for bits in 0..1_usize << by.len() {
                let kept = |(at, value): (usize, &Option<String>)| {
                    value.clone().filter(|_| bits >> at & 1 == 1)
                };
                let sum = line.entry(group.iter().enumerate().map(kept).collect()).or_default();
                sum.resize(placed.counts.len().max(sum.len()), 0);
                for (sum, counted) in sum.iter_mut().zip(&placed.counts) {
                    *sum += counted;
                }
            }
        }
        for (at, sums) in sums {
            grid.lines.push(line(&count, at));
            let cells = sums.into_iter().map(|(group, sum)| (group, count.cell(&sum)));
            grid.cells.insert(at, cells.collect());
        }
        grid.values = values.into_iter().map(|values| values.into_iter().collect()).collect();
        grid
    }

    /// The same without its last grouping: each cell is the margin over it.
    pub fn without_last(&self) -> Self {
        let kept = self.choice.by.len().saturating_sub(1);
        let margin = |(group, cell): (&Group, &GridCell)| match group.get(kept) {
            Some(None) => Some((group[..kept].to_vec(), cell.clone())),
            _ => None,
        };
        let cells = self.cells.iter();
        let mut choice = self.choice.clone();
        choice.by.truncate(kept);
        Self {
            choice,
            values: self.values[..kept.min(self.values.len())].to_vec(),
            cells: cells.map(|(at, of)| (*at, of.iter().filter_map(margin).collect())).collect(),
            heads: self.heads.clone(),
            lines: self.lines.clone(),
            ..*self
        }
    }

    /// A cell of a line (by its place among [`lines`](Self::lines)).
    pub fn cell(&self, line: usize, group: &Group) -> Option<&GridCell> {
        self.cells.get(&self.lines.get(line)?.at)?.get(group)
    }

    /// The group that takes everything together.
    pub fn whole(&self) -> Group {
        vec![None; self.choice.by.len()]
    }

    /// Every cell: the line's place, the group, the cell.
    pub fn cells(&self) -> impl Iterator<Item = (usize, &Group, &GridCell)> {
        self.lines.iter().enumerate().flat_map(|(place, line)| {
            let cells = self.cells.get(&line.at).into_iter().flatten();
            cells.map(move |(group, cell)| (place, group, cell))
        })
    }

    /// Whether lines of several instruments stand side by side.
    pub fn has_several_instruments(&self) -> bool {
        let mut ids: Vec<&str> = self.lines.iter().map(|one| one.instrument.0.as_str()).collect();
        ids.dedup();
        ids.len() > 1
    }
}

fn line(count: &Count, at: usize) -> GridLine {
    let head = count.head(at);
    GridLine {
        at,
        keys: head.keys,
        label: head.label,
        item: head.item,
        sub_item: head.sub_item,
        bar: head.bar,
        note: head.note,
        instrument: head.instrument,
    }
}
