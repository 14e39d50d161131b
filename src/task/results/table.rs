//! The table that is shown: what is chosen, counted and put in order.

use super::{Axis, Entry, Head, State};
use crate::report::Column;
use crate::report::explore::{Choice, Grid, GridCell, Held, Part};

/// The table shown.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The cells.
    pub grid: Grid,
    /// The same rows by period, where periods don't stand across.
    pub trend: Option<Grid>,
    /// What must be said beside the numbers.
    pub said: Vec<String>,
    /// The rows in the order shown; all together last, where there is such a row.
    pub rows: Vec<Entry>,
    /// What heads the columns.
    pub heads: Vec<Head>,
}

impl State {
    /// Counts what is chosen.
    pub(super) fn recount(&mut self) {
        let Some(loaded) = &self.loaded else { return };
        let (here, head) = (self.here().cloned(), self.head_here().cloned());
        let choice = self.choice();
        let (grid, trend) = counted(&loaded.held, &choice, self.rows);
        let said = loaded.held.said(&choice);
        self.line.settle(grid.lines.len());
        let heads = self.heads(&grid);
        let rows = self.entries(&grid, self.rows);
        self.table = Some(Table { grid, trend, said, rows, heads });
        if self.order.as_ref().is_some_and(|(head, _)| !self.heads_now().contains(head)) {
            self.order = None;
        }
        self.put_in_order();
        // Columns come and go with what is counted: the highlight stays on its own.
        let heads = self.heads_now();
        let (at, len) = (heads.iter().position(|now| Some(now) == head.as_ref()), heads.len());
        self.column.put(at.unwrap_or(self.column.at()), len);
        self.stand_at(here.as_ref());
    }

    /// The first line that applies to anything, where one line is shown.
    pub(super) fn go_to_applicable(&mut self) {
        let Some(table) = self.table.as_ref().filter(|_| self.shows_one_line()) else { return };
        let (whole, lines) = (table.grid.whole(), table.grid.lines.len());
        let applies = |at: &usize| table.grid.cell(*at, &whole).is_some_and(|cell| cell.n > 0);
        if let Some(at) = (0..lines).find(applies) {
            self.show_line(at, lines);
        }
    }

    /// The percentage leads the eye, and to all cases that count for it; of periods the latest.
    pub(super) fn go_to_percent(&mut self) {
        let columns = self.heads_now().len();
        let at = match self.stands_across() {
            None => columns.saturating_sub(1),
            Some(Axis::By(Column::Period | Column::Month)) => columns.saturating_sub(2),
            Some(_) => 0,
        };
        self.column.put(at, columns);
    }

    /// Keeps the highlight on a row, or inside the table.
    pub(super) fn stand_at(&mut self, here: Option<&Entry>) {
        let Some(table) = &self.table else { return };
        let at = here.and_then(|here| table.rows.iter().position(|row| row == here));
        self.row.put(at.unwrap_or(self.row.at()), table.rows.len());
    }

    /// What is counted now.
    pub fn choice(&self) -> Choice {
        let axes = [Some(self.rows), self.stands_across()];
        let by = axes.into_iter().flatten().filter_map(|axis| match axis {
            Axis::By(column) => Some(column),
            Axis::Line => None,
        });
        Choice {
            topic: self.topic,
            by: by.collect(),
            filters: self.filters.clone(),
            drafts: self.drafts,
        }
    }

    fn entries(&self, grid: &Grid, axis: Axis) -> Vec<Entry> {
        let Axis::By(column) = axis else {
            return (0..grid.lines.len()).map(Entry::Line).collect();
        };
        let at = grid.choice.by.iter().position(|one| *one == column).unwrap_or(0);
        let values = grid.values.get(at).into_iter().flatten().cloned().map(Entry::Value);
        let mut entries: Vec<Entry> = values.collect();
        if !entries.is_empty() {
            entries.push(Entry::All);
        }
        entries
    }

    fn heads(&self, grid: &Grid) -> Vec<Head> {
        if let Some(axis) = self.stands_across() {
            return self.entries(grid, axis).into_iter().map(Head::Of).collect();
        }
        // The first three say what there is; of the others those that count anything.
        let counts = |at: &usize| {
            *at < 3 || grid.cells().any(|(_, _, cell)| cell.counts.get(*at).is_some_and(|n| *n > 0))
        };
        let counts = (0..grid.heads.len()).filter(counts).map(Head::Count);
        counts.chain([Head::Share]).collect()
    }

    pub(super) fn heads_now(&self) -> &[Head] {
        self.table.as_ref().map(|table| table.heads.as_slice()).unwrap_or_default()
    }

    /// Sorts the rows by the column chosen for it; all together stays last.
    pub(super) fn put_in_order(&mut self) {
        let Some(table) = &self.table else { return };
        let mut rows = self.entries(&table.grid, self.rows);
        if let Some((head, up)) = &self.order {
            let key = |row: &Entry| {
                let cell = self.cell(row, head);
                let number = cell.and_then(|cell| match head {
                    Head::Count(at) => cell.counts.get(*at).map(|count| *count as f64),
                    Head::Share | Head::Of(_) => {
                        (cell.n > 0).then(|| cell.x as f64 / cell.n as f64)
                    }
                });
                // What has no number stands last, whichever way.
                let number = number.map(|number| if *up { number } else { -number });
                (*row == Entry::All, number.unwrap_or(f64::INFINITY))
            };
            rows.sort_by(|a, b| {
                let (a, b) = (key(a), key(b));
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
            });
        }
        if let Some(table) = &mut self.table {
            table.rows = rows;
        }
    }

    /// The highlighted row.
    pub fn here(&self) -> Option<&Entry> {
        self.table.as_ref()?.rows.get(self.row.at())
    }

    /// The highlighted column.
    pub fn head_here(&self) -> Option<&Head> {
        self.heads_now().get(self.column.at())
    }

    /// The line and group a row and a column meet in.
    pub fn place(&self, row: &Entry, head: &Head) -> (usize, Vec<Option<String>>) {
        let mut line = self.line.at();
        let mut group = Vec::new();
        let mut take = |axis: Option<Axis>, entry: Option<&Entry>| match (axis, entry) {
            (Some(Axis::Line), Some(Entry::Line(at))) => line = *at,
            (Some(Axis::By(_)), Some(Entry::Value(value))) => group.push(Some(value.clone())),
            (Some(Axis::By(_)), _) => group.push(None),
            _ => {}
        };
        take(Some(self.rows), Some(row));
        let entry = match head {
            Head::Of(entry) => Some(entry),
            Head::Count(_) | Head::Share => None,
        };
        take(self.stands_across(), entry);
        (line, group)
    }

    /// The cell a row and a column meet in; none where nothing was counted.
    pub fn cell(&self, row: &Entry, head: &Head) -> Option<&GridCell> {
        let (line, group) = self.place(row, head);
        self.table.as_ref()?.grid.cell(line, &group)
    }

    /// The number of the highlighted cell that leads to its cases.
    pub fn part(head: &Head) -> Part {
        match head {
            Head::Count(at) => Part::Count(*at),
            Head::Share | Head::Of(_) => Part::Share,
        }
    }

    /// Percentages of a row from period to period, with the periods; none where there is
    /// only one.
    pub fn periods_of(&self, row: &Entry) -> Option<(Vec<String>, Vec<Option<f64>>)> {
        let table = self.table.as_ref()?;
        let share = |cell: Option<&GridCell>| {
            cell.filter(|cell| cell.n > 0).map(|cell| cell.x as f64 / cell.n as f64)
        };
        let across = self.stands_across();
        if matches!(across, Some(Axis::By(Column::Period | Column::Month))) {
            let values = table.heads.iter().filter_map(|head| match head {
                Head::Of(Entry::Value(value)) => Some((value.clone(), share(self.cell(row, head)))),
                _ => None,
            });
            let (names, shares): (Vec<_>, Vec<_>) = values.unzip();
            return (names.len() > 1).then_some((names, shares));
        }
        let trend = table.trend.as_ref()?;
        let names = trend.values.last()?.clone();
        let (shown, mut group) = self.place(row, &Head::Share);
        let line = table.grid.lines.get(shown)?;
        let line = trend
            .lines
            .iter()
            .position(|one| one.keys == line.keys && one.instrument.0 == line.instrument.0)?;
        group.truncate(trend.choice.by.len() - 1);
        let shares = names.iter().map(|name| {
            let mut group = group.clone();
            group.push(Some(name.clone()));
            share(trend.cell(line, &group))
        });
        let shares = shares.collect();
        (names.len() > 1).then_some((names, shares))
    }
}

/// What is chosen, and the rows by period, where neither rows nor filters take periods apart
/// already. Both are counted at once where nothing else stands across.
fn counted(held: &Held, choice: &Choice, rows: Axis) -> (Grid, Option<Grid>) {
    let apart = [Column::Period, Column::Month];
    let filtered = choice.filters.iter().any(|filter| filter.column == Column::Period);
    if filtered || choice.by.iter().any(|column| apart.contains(column)) {
        return (Grid::of(held, choice), None);
    }
    let mut by: Vec<Column> = match rows {
        Axis::By(column) => vec![column],
        Axis::Line => Vec::new(),
    };
    let at_once = by == choice.by;
    by.push(Column::Period);
    let trend = Grid::of(held, &Choice { by, ..choice.clone() });
    let grid = if at_once { trend.without_last() } else { Grid::of(held, choice) };
    let several = trend.values.last().is_some_and(|periods| periods.len() > 1);
    (grid, several.then_some(trend))
}
