//! Which group a final reading counts in, and whether it counts at all.

use std::collections::HashMap;

use super::interner::{Interner, Quick};
use super::{Column, Filter, FinalReading, Query};

/// Groups of readings, made as they come.
#[derive(Debug)]
pub(super) struct Groups {
    filters: Vec<(Column, Vec<String>)>,
    columns: Vec<Column>,
    interners: Vec<Interner>,
    /// Group so far and number of the next value -> group: a tree, one level a column.
    tree: HashMap<(u32, u32), u32, Quick>,
    nodes: u32,
    /// By node of the tree its group, if it is a leaf; groups in order of first appearance.
    leaves: Vec<Option<usize>>,
    values: Vec<Vec<u32>>,
    instruments: Vec<String>,
    titles: Vec<String>,
    /// Readings counted by instrument.
    readings: Vec<u64>,
    total: bool,
}

/// One row of a report: a line in a group.
pub(super) struct Placed {
    /// Values of the group; `None` where the row is over all groups.
    pub(super) group: Vec<Option<String>>,
    /// Position of the line.
    pub(super) line: usize,
    /// What was counted.
    pub(super) counts: Vec<u64>,
}

impl Groups {
    pub(super) fn new(query: &Query) -> Self {
        let mut filters: Vec<(Column, Vec<String>)> = Vec::new();
        for Filter { column, value } in &query.filters {
            match filters.iter_mut().find(|(known, _)| known == column) {
                Some((_, values)) => values.push(value.clone()),
                None => filters.push((*column, vec![value.clone()])),
            }
        }
        let mut columns: Vec<Column> = Vec::new();
        for column in &query.by {
            if !column.is_of_line() && !columns.contains(column) {
                columns.push(*column);
            }
        }
        Self {
            interners: columns.iter().map(|_| Interner::default()).collect(),
            filters,
            columns,
            tree: HashMap::default(),
            nodes: 0,
            leaves: Vec::new(),
            values: Vec::new(),
            instruments: Vec::new(),
            titles: Vec::new(),
            readings: Vec::new(),
            total: query.total,
        }
    }

    /// Position of an instrument, by its id; `short` is what it is called.
    pub(super) fn instrument(&mut self, id: &str, short: &str) -> usize {
        self.instruments.iter().position(|known| known == id).unwrap_or_else(|| {
            self.instruments.push(id.to_owned());
            self.titles.push(short.to_owned());
            self.readings.push(0);
            self.instruments.len() - 1
        })
    }

    /// Counts a reading of an instrument in and gives its group; none where the filters don't
    /// keep it.
    pub(super) fn place(&mut self, instrument: usize, reading: &FinalReading<'_>) -> Option<usize> {
        if !self.fits(instrument, reading) {
            return None;
        }
        let mut node = 0;
        for (column, interner) in self.columns.iter().zip(&mut self.interners) {
            let value = interner.number(reading.fact(*column, &self.instruments[instrument]));
            let nodes = &mut self.nodes;
            node = *self.tree.entry((node, value)).or_insert_with(|| {
                *nodes += 1;
                *nodes
            });
        }
        let next = self.values.len();
        let node = node as usize;
        if self.leaves.len() <= node {
            self.leaves.resize(node + 1, None);
        }
        let group = *self.leaves[node].get_or_insert(next);
        if group == next {
            let id = &self.instruments[instrument];
            let values = self.columns.iter().zip(&mut self.interners);
            let values =
                values.map(|(column, interner)| interner.number(reading.fact(*column, id)));
            self.values.push(values.collect());
        }
        self.readings[instrument] += 1;
        Some(group)
    }

    /// Whether the filters keep a reading.
    pub(super) fn fits(&self, instrument: usize, reading: &FinalReading<'_>) -> bool {
        self.filters.iter().all(|filter| self.keeps_fact(filter, instrument, reading))
    }

    fn keeps_fact(
        &self,
        (column, values): &(Column, Vec<String>),
        instrument: usize,
        reading: &FinalReading<'_>,
    ) -> bool {
        column.is_of_line() || {
            let value = reading.fact(*column, &self.instruments[instrument]);
            values.iter().any(|wanted| wanted == value)
        }
    }

    /// Whether a filter keeps only a part of the state.
    pub(super) fn is_part_of_state(&self) -> bool {
        self.filters.iter().any(|(column, _)| column.divides_state())
    }

    /// Whether the filters that don't divide the state keep a reading.
    pub(super) fn is_of_state(&self, instrument: usize, reading: &FinalReading<'_>) -> bool {
        self.filters
            .iter()
            .filter(|(column, _)| !column.divides_state())
            .all(|filter| self.keeps_fact(filter, instrument, reading))
    }

    /// A reading's value in a column; empty where the column is not a fact of the reading.
    pub(super) fn fact<'a>(
        &'a self,
        column: Column,
        instrument: usize,
        reading: &FinalReading<'a>,
    ) -> &'a str {
        reading.fact(column, &self.instruments[instrument])
    }

    /// Id and short title of an instrument, by its position.
    pub(super) fn named(&self, at: usize) -> (String, String) {
        (self.instruments[at].clone(), self.titles[at].clone())
    }

    /// How many readings were counted.
    pub(super) fn readings(&self) -> u64 {
        self.readings.iter().sum()
    }

    /// Instruments that were counted, as positions.
    fn counted(&self) -> Vec<usize> {
        (0..self.instruments.len()).filter(|at| self.readings[*at] > 0).collect()
    }

    /// Short titles of the instruments that were counted.
    pub(super) fn titles(&self) -> Vec<String> {
        self.counted().into_iter().map(|at| self.titles[at].clone()).collect()
    }

    /// The columns groups are made of: those asked for, and the instrument where several were
    /// counted, since their items must not be taken for each other.
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut columns = self.columns.clone();
        if self.adds_instrument() {
            columns.push(Column::Instrument);
        }
        columns
    }

    fn adds_instrument(&self) -> bool {
        self.counted().len() > 1 && !self.columns.contains(&Column::Instrument)
    }

    /// Whether the filter on a column of lines (if any) keeps this value.
    pub(super) fn keeps(&self, column: Column, value: &str) -> Option<bool> {
        let (_, wanted) = self.filters.iter().find(|(known, _)| *known == column)?;
        Some(wanted.iter().any(|wanted| wanted == value))
    }

    /// Rows of a report: for each line (position and instrument) its groups in byte order,
    /// then the total. `counts` reads a group's cell; a group none of whose readings used the
    /// line's instrument has no row.
    pub(super) fn rows<'c>(
        &self,
        lines: impl Iterator<Item = (usize, usize)>,
        counts: impl Fn(usize, usize) -> &'c [u64],
    ) -> Vec<Placed> {
        let counted = self.counted();
        let mut groups: Vec<(Vec<&str>, usize)> = (0..self.values.len())
            .map(|group| {
                let values = self.values[group].iter().zip(&self.interners);
                (values.map(|(number, interner)| interner.text(*number)).collect(), group)
            })
            .collect();
        groups.sort_unstable();
        let mut rows = Vec::new();
        for (line, at) in lines.filter(|(_, at)| counted.contains(at)) {
            let instrument = &self.instruments[at];
            let mut sum: Vec<u64> = Vec::new();
            let mut row = |mut group: Vec<Option<String>>, counts: Vec<u64>| {
                if self.adds_instrument() {
                    group.push(Some(instrument.clone()));
                }
                rows.push(Placed { group, line, counts });
            };
            for (values, group) in &groups {
                let cell = counts(*group, line);
                if counted.len() > 1 && cell.iter().all(|count| *count == 0) {
                    continue;
                }
                sum.resize(cell.len().max(sum.len()), 0);
                for (sum, count) in sum.iter_mut().zip(cell) {
                    *sum += count;
                }
                row(values.iter().map(|v| Some((*v).to_owned())).collect(), cell.to_vec());
            }
            if self.total && !self.columns.is_empty() {
                row(vec![None; self.columns.len()], sum);
            }
        }
        rows
    }
}
