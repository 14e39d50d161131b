//! Counts, percentage and interval of each row.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Parts, cell, name, name_width, order_sign};
use crate::report::explore::GridCell;
use crate::stats::percent_text;
use crate::task::results::{Head, State, Table};
use crate::text::{fit, fit_right, width};
use crate::tui::bar;
use crate::tui::theme::Theme;

/// Width of an end of the interval.
const BOUND: usize = 5;

/// Room a percentage takes, and the least a bar with its ends does.
const PERCENT: usize = 7;
const LEAST: usize = 2 + BOUND + 1 + 8 + 1 + BOUND;

/// What stands over the lines from period to period.
const PERIODS: &str = "periods";

/// Where the columns stand.
pub(super) struct Columns<'s> {
    state: &'s State,
    table: &'s Table,
    name: usize,
    /// The heads shown from left to right, with their widths.
    heads: Vec<(usize, usize)>,
    bar: usize,
    spark: usize,
}

impl<'s> Columns<'s> {
    pub(super) fn new(area: Rect, state: &'s State, table: &'s Table) -> Self {
        let room = usize::from(area.width).saturating_sub(2);
        let name = name_width(state, table, if room >= 100 { 40 } else { 22 });
        let widths: Vec<usize> = (0..table.heads.len()).map(|at| width_of(table, at)).collect();
        // The percentage is always there, and so is the highlighted column; of the others as
        // many as leave room for the interval, those that are 0 in every row last.
        let here = state.column.at();
        let mut kept: Vec<usize> = Vec::new();
        let mut used = name;
        let percent = table.heads.len() - 1;
        let all = || 0..table.heads.len();
        let some = all().filter(|at| !is_empty(table, *at));
        let empty = all().filter(|at| is_empty(table, *at));
        for at in [percent, here].into_iter().chain(some).chain(empty) {
            let fits = used + widths[at] + LEAST <= room || at == percent || at == here;
            if fits && !kept.contains(&at) {
                used += widths[at];
                kept.push(at);
            }
        }
        kept.sort_unstable();
        let left = room.saturating_sub(used);
        let spark = match state.periods_of(&table.rows[0]) {
            Some((periods, _)) if left >= LEAST + 12 + periods.len().min(24) => {
                2 + periods.len().min(24).max(width(PERIODS))
            }
            _ => 0,
        };
        let ends = 2 + BOUND + 1 + 1 + BOUND;
        let bar = left.saturating_sub(spark + ends).min(52);
        Self {
            state,
            table,
            name,
            heads: kept.into_iter().map(|at| (at, widths[at])).collect(),
            bar,
            spark,
        }
    }
}

/// The counts that are not in view for want of room, though not 0 everywhere.
pub(super) fn out_of_view(columns: &Columns<'_>) -> Vec<&'static str> {
    let table = columns.table;
    let shown = |at: &usize| columns.heads.iter().any(|(known, _)| known == at);
    let hidden = (0..table.heads.len()).filter(|at| !shown(at) && !is_empty(table, *at));
    hidden.map(|at| head_words(table, &table.heads[at])).collect()
}

/// Whether a count is 0 in every row.
fn is_empty(table: &Table, at: usize) -> bool {
    let Head::Count(count) = &table.heads[at] else { return false };
    table.grid.cells().all(|(_, _, cell)| cell.counts.get(*count).is_none_or(|many| *many == 0))
}

/// What heads a column.
fn head_words(table: &Table, head: &Head) -> &'static str {
    match head {
        Head::Count(at) => table.grid.heads.get(*at).copied().unwrap_or_default(),
        Head::Share | Head::Of(_) => "%",
    }
}

fn width_of(table: &Table, at: usize) -> usize {
    match &table.heads[at] {
        Head::Share | Head::Of(_) => PERCENT,
        head @ Head::Count(count) => {
            let longest = table.grid.cells().filter_map(|(_, _, cell)| cell.counts.get(*count));
            let digits = longest.max().map_or(1, |most| most.to_string().len());
            (width(head_words(table, head)) + 1).max(digits).max(4) + 1
        }
    }
}

impl Parts for Columns<'_> {
    fn heading(&self, theme: Theme) -> Line<'static> {
        let title = self.state.rows.title(self.state.topic);
        let mut spans = vec![Span::styled(format!("  {}", fit(title, self.name)), theme.quiet())];
        for (at, columns) in &self.heads {
            let head = &self.table.heads[*at];
            let text = format!("{}{}", head_words(self.table, head), order_sign(self.state, head));
            let here = *at == self.state.column.at();
            let style = if here { theme.was_here() } else { theme.quiet() };
            let gap = columns.saturating_sub(width(&text));
            spans.extend([Span::raw(" ".repeat(gap)), Span::styled(text, style)]);
        }
        let mut text = "  95 % interval".to_owned();
        if self.bar >= 34 {
            text += &fit_right("0 to 100 %", self.bar + 2 * BOUND + 4 - width(&text));
        }
        if self.spark > 0 {
            let beside = self.bar + 2 * BOUND + 4;
            text = fit(&text, beside) + "  " + PERIODS;
        }
        spans.push(Span::styled(text, theme.quiet()));
        Line::from(spans)
    }

    fn line(&self, theme: Theme, at: usize, here: bool) -> Line<'static> {
        let row = &self.table.rows[at];
        let words = self.state.entry_words(self.state.rows, row);
        let mut spans = name(theme, &words, self.name, here).to_vec();
        for (at, columns) in &self.heads {
            let head = &self.table.heads[*at];
            let found = self.state.cell(row, head);
            let text = match (found, head) {
                (None, _) => "-".to_owned(),
                (Some(found), Head::Count(at)) => {
                    found.counts.get(*at).copied().unwrap_or(0).to_string()
                }
                (Some(found), _) => percent_text(found.x, found.n),
            };
            let here = here && *at == self.state.column.at();
            spans.extend(cell(theme, &text, *columns, here));
        }
        let heads = &self.table.grid.heads;
        spans.extend(interval(theme, self.bar, heads, self.state.cell(row, &Head::Share)));
        if self.spark > 0
            && let Some((_, shares)) = self.state.periods_of(row)
        {
            let from = shares.len().saturating_sub(24);
            let line = bar::sparkline(&shares[from..]);
            spans.push(Span::styled(format!("  {line}"), theme.accent()));
        }
        Line::from(spans)
    }
}

/// What is said of a cell that counts nothing: not applicable anywhere, or not rated.
pub(super) fn nothing(heads: &[&str], cell: &GridCell) -> &'static str {
    let na = heads.iter().position(|head| *head == "NA");
    match na.is_some_and(|at| cell.counts.get(at) == Some(&0)) {
        true => "nothing counted",
        false => "nothing applies",
    }
}

/// The interval with its ends, as a bar where there is room.
pub(super) fn interval(
    theme: Theme,
    room: usize,
    heads: &[&str],
    cell: Option<&GridCell>,
) -> Vec<Span<'static>> {
    let empty = fit("", 2 + BOUND + 1 + room + 1 + BOUND);
    let Some(cell) = cell else { return vec![Span::raw(empty)] };
    let Some((low, high)) = cell.interval.filter(|_| cell.n > 0) else {
        let words = fit(&format!("  {}", nothing(heads, cell)), width(&empty).max(17));
        return vec![Span::styled(words, theme.quiet())];
    };
    let bound = |p: f64| fit_right(&format!("{:.1}", p * 100.0), BOUND);
    match bar::interval(low, cell.x as f64 / cell.n as f64, high, room) {
        Some(bar) => vec![
            Span::styled(format!("  {} ", bound(low)), theme.quiet()),
            Span::styled(bar, theme.accent()),
            Span::styled(format!(" {}", bound(high)), theme.quiet()),
        ],
        None => vec![Span::styled(
            format!("  {} to {}", bound(low).trim_start(), bound(high).trim_start()),
            theme.quiet(),
        )],
    }
}
