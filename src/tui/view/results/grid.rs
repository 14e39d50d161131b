//! Percentages of what stands down by what stands across, each with what it is of.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Parts, cell, name, name_width, order_sign};
use crate::report::Column;
use crate::stats::percent_text;
use crate::task::results::{Axis, Head, State, Table};
use crate::text::{clean, fit, fit_right, width};
use crate::tui::bar;
use crate::tui::theme::Theme;

/// The least and the most columns a cell takes: "100.0  123".
const LEAST: usize = 12;
const MOST: usize = 20;
/// Columns of what a percentage is of.
const OF: usize = 5;

/// Where the columns stand.
pub(super) struct Columns<'s> {
    state: &'s State,
    table: &'s Table,
    name: usize,
    /// Width of a cell, and the heads in view.
    cell: usize,
    shown: std::ops::Range<usize>,
    /// Width of the line over periods, where they stand across.
    spark: usize,
}

impl<'s> Columns<'s> {
    pub(super) fn new(area: Rect, state: &'s State, table: &'s Table) -> Self {
        let room = usize::from(area.width).saturating_sub(2);
        let name = name_width(state, table, if room >= 100 { 36 } else { 22 });
        let over_time = [Column::Period, Column::Month].map(|column| Some(Axis::By(column)));
        let spark = match state.periods_of(&table.rows[0]) {
            Some((periods, _)) if over_time.contains(&state.stands_across()) => {
                periods.len().clamp(4, 24) + 1
            }
            _ => 0,
        };
        let across = state.stands_across().unwrap_or(Axis::Line);
        let longest = table.heads.iter().map(|head| width(&clean(&words(state, across, head))) + 2);
        let cell = longest.max().unwrap_or(0).clamp(LEAST, MOST);
        let all = table.heads.len();
        // The signs for columns out of view take two.
        let fitting = (room.saturating_sub(name + spark + 4) / cell).clamp(1, all.max(1));
        let from = state.column.at().saturating_sub(fitting / 2).min(all - fitting.min(all));
        Self { state, table, name, cell, shown: from..(from + fitting).min(all), spark }
    }
}

/// What stands over a column.
fn words(state: &State, across: Axis, head: &Head) -> String {
    match head {
        Head::Of(entry) => state.entry_words(across, entry).trim_start().to_owned(),
        Head::Count(_) | Head::Share => "%".to_owned(),
    }
}

impl Parts for Columns<'_> {
    fn heading(&self, theme: Theme) -> Line<'static> {
        let across = self.state.stands_across().unwrap_or(Axis::Line);
        let title = self.state.rows.title(self.state.topic);
        let mut spans = vec![Span::styled(format!("  {}", fit(title, self.name)), theme.quiet())];
        if self.spark > 0 {
            spans.push(Span::styled(fit("", self.spark), theme.quiet()));
        }
        let left = if self.shown.start > 0 { "< " } else { "  " };
        spans.push(Span::styled(left, theme.strong()));
        for at in self.shown.clone() {
            let head = &self.table.heads[at];
            let sign = order_sign(self.state, head);
            let text = clean(&words(self.state, across, head)).into_owned();
            let text = fit(&text, self.cell - 1 - width(sign)).trim_end().to_owned() + sign;
            let style = if at == self.state.column.at() { theme.was_here() } else { theme.quiet() };
            let gap = self.cell.saturating_sub(width(&text));
            spans.extend([Span::raw(" ".repeat(gap)), Span::styled(text, style)]);
        }
        if self.shown.end < self.table.heads.len() {
            spans.push(Span::styled(" >", theme.strong()));
        }
        Line::from(spans)
    }

    fn line(&self, theme: Theme, at: usize, here: bool) -> Line<'static> {
        let row = &self.table.rows[at];
        let title = self.state.entry_words(self.state.rows, row);
        let mut spans = name(theme, &title, self.name, here).to_vec();
        if self.spark > 0 {
            let shares = self.state.periods_of(row).map(|(_, shares)| shares).unwrap_or_default();
            let from = shares.len().saturating_sub(24);
            let line = fit(&bar::sparkline(&shares[from..]), self.spark);
            spans.push(Span::styled(line, theme.accent()));
        }
        spans.push(Span::raw("  "));
        for at in self.shown.clone() {
            let text = match self.state.cell(row, &self.table.heads[at]) {
                None => fit("-", OF - 3),
                Some(found) => {
                    let of = fit_right(&found.n.to_string(), OF);
                    format!("{}{of}", percent_text(found.x, found.n))
                }
            };
            spans.extend(cell(theme, &text, self.cell, here && at == self.state.column.at()));
        }
        Line::from(spans)
    }
}
