//! The readings a cell was counted from.

use super::count::Count;
use super::grid::Group;
use super::{Grid, GridCell, Held};

/// A number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One of the counts, by its place among [`Grid::heads`].
    Count(usize),
    /// The percentage: what it is a percentage of.
    Share,
}

impl GridCell {
    /// The number, or what the percentage is a percentage of.
    pub fn part(&self, part: Part) -> u64 {
        match part {
            Part::Count(at) => self.counts.get(at).copied().unwrap_or(0),
            Part::Share => self.n,
        }
    }
}

/// A reading behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Its place among the readings held.
    pub at: usize,
    /// How much of the number it is; of ratings always 1.
    pub adds: u64,
    /// What it was counted as: "Strength", "2 Strength, 1 ANI".
    pub says: String,
}

impl Grid {
    /// The readings behind a number of a cell, in the order they are held. What they add is
    /// the number.
    pub fn behind(&self, held: &Held, line: usize, group: &Group, part: Part) -> Vec<Behind> {
        let Some(line) = self.lines.get(line) else { return Vec::new() };
        let mut count = Count::new(&self.choice, &[]);
        for instrument in &held.instruments {
            count.know(instrument);
        }
        let mut found = Vec::new();
        for (at, reading) in held.chosen(&self.choice) {
            let seen = reading.seen();
            let mut wanted = self.choice.by.iter().zip(group);
            let fits = |(column, value): (&_, &Option<String>)| {
                value.as_deref().is_none_or(|value| count.fact(*column, &seen) == Some(value))
            };
            if !count.keeps(&seen) || !wanted.all(fits) {
                continue;
            }
            let Some(cell) = count.one(&seen, line.at) else { continue };
            let adds = cell.part(part);
            if adds > 0 {
                found.push(Behind { at, adds, says: self.says(&cell) });
            }
        }
        found
    }

    /// What a reading was counted as: its counts beside n, with their number where it isn't 1.
    fn says(&self, cell: &GridCell) -> String {
        let counted = self
            .heads
            .iter()
            .zip(&cell.counts)
            .filter(|(head, count)| **count > 0 && !matches!(**head, "n" | "Cases" | "Any"));
        let words = counted.map(|(head, count)| match (*head, *count) {
            ("Incompl.", 1) => "not rated".to_owned(),
            (head, 1) => head.to_owned(),
            (head, count) => format!("{count} {head}"),
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() { "-".to_owned() } else { words.join(", ") }
    }
}
