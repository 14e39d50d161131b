//! What stands under the table: the highlighted cell in full, its periods, and what must be
//! said beside the numbers.

use ratatui::text::{Line, Span};

use super::counts::{interval, nothing};
use crate::report::{Column, is_part};
use crate::stats::{Level, fisher, newcombe, percent_text, proportion_text};
use crate::task::Action;
use crate::task::results::{Axis, Entry, Head, State, Table};
use crate::text::{clean, fit, list_and, width};
use crate::tui::bar;
use crate::tui::keys::key_of;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// The lines under the table. `hidden`: the heads of counts that are not in view.
pub(super) fn lines(
    theme: Theme,
    room: u16,
    state: &State,
    table: &Table,
    hidden: &[&str],
) -> Vec<Line<'static>> {
    let mut prose = Prose::new(room);
    whole_name(&mut prose, theme, state, table);
    if state.stands_across().is_some() {
        highlighted(&mut prose, theme, state, table);
    } else if let Some((row, (names, shares))) =
        state.here().and_then(|row| Some((row, state.periods_of(row)?)))
    {
        let from = shares.len().saturating_sub(24);
        let (first, last) = (clean(&names[from]), clean(names.last().unwrap_or(&names[from])));
        let line = bar::sparkline(&shares[from..]);
        let ends = [shares[from], shares.last().copied().flatten()]
            .map(|share| share.map_or_else(|| "n/a".to_owned(), proportion_text));
        let words = state.entry_words(state.rows, row);
        let words = fit(clean(words.trim()).trim(), 24).trim_end().to_owned();
        prose.line(Line::from(vec![
            Span::styled(format!("  {words}: {first} {} ", ends[0]), theme.text()),
            Span::styled(line, theme.accent()),
            Span::styled(format!(" {} {last}", ends[1]), theme.text()),
        ]));
    }
    bars(&mut prose, theme, state, table);
    if let Some(note) = state.shown().and_then(|line| line.note.as_deref()) {
        prose.hanging(Span::raw("  "), theme.text(), note);
    }
    if let Some(periods) = together(state) {
        let text = format!("{periods} together: {} takes one", key_of(Action::Period));
        prose.hanging(Span::raw("  "), theme.text(), &text);
    }
    if !hidden.is_empty() {
        let text = format!("a wider window shows {} too", list_and(hidden));
        prose.hanging(Span::raw("  "), theme.quiet(), &text);
    }
    for note in &table.said {
        prose.hanging(Span::raw("  "), theme.text(), note);
    }
    prose.into_lines()
}

/// The highlighted cell: "Davidson, 2026-H1: 3 of 6, 50.0 %" with its interval, and the change
/// since the period before.
fn highlighted(prose: &mut Prose, theme: Theme, state: &State, table: &Table) {
    let found = state.here().zip(state.head_here());
    let Some((row, head)) = found else { return };
    let across = state.stands_across().unwrap_or(Axis::Line);
    let mut words = state.entry_words(state.rows, row).trim().to_owned();
    if let Head::Of(entry) = head {
        words = format!("{words}, {}", state.entry_words(across, entry).trim());
    }
    let Some(cell) = state.cell(row, head) else {
        prose.hanging(Span::raw("  "), theme.quiet(), &format!("{words}: no review"));
        return;
    };
    if cell.n == 0 {
        let text = format!("{words}: {}", nothing(&table.grid.heads, cell));
        prose.hanging(Span::raw("  "), theme.quiet(), &text);
        return;
    }
    let text = format!("  {words}: {} of {}, {} %", cell.x, cell.n, percent_text(cell.x, cell.n));
    let left = prose.columns().saturating_sub(width(&text) + 15);
    if left < 8 {
        prose.text(theme.strong(), text.trim_start());
    } else {
        let mut spans = vec![Span::styled(text, theme.strong())];
        spans.extend(interval(theme, left.min(30), &table.grid.heads, Some(cell)));
        prose.line(Line::from(spans));
    }
    let before = table.heads.iter().position(|one| one == head).and_then(|at| at.checked_sub(1));
    let is_period = across == Axis::By(Column::Period) && matches!(head, Head::Of(Entry::Value(_)));
    let before = before.filter(|_| is_period).and_then(|at| table.heads.get(at));
    let earlier = before.and_then(|before| Some((before, state.cell(row, before)?)));
    let change = earlier.and_then(|(before, earlier)| {
        let change = newcombe(cell.x, cell.n, earlier.x, earlier.n, Level::P95)?;
        let by_chance = fisher(cell.x, cell.n, earlier.x, earlier.n)?;
        Some((before, (change, by_chance)))
    });
    if let (Some((Head::Of(entry), (change, by_chance))), Some(axis)) =
        (change, state.stands_across())
    {
        let sign = if change.difference > 0.0 { "+" } else { "" };
        let points = proportion_text(change.difference);
        let sure = change.interval.low > 0.0 || change.interval.high < 0.0;
        let sure = sure && by_chance <= 2.0 * Level::P95.tail();
        let sure = if sure { "more than chance explains" } else { "chance may explain it" };
        let before = state.entry_words(axis, entry);
        let text = format!("{sign}{points} points since {before}: {sure}");
        prose.hanging(Span::raw("  "), theme.text(), &text);
    }
}

/// The name of the line shown or highlighted, where it is too long for its place.
fn whole_name(prose: &mut Prose, theme: Theme, state: &State, table: &Table) {
    let (line, room) = match (state.shown(), state.here(), state.head_here()) {
        (Some(line), ..) => (Some(line), prose.columns().saturating_sub(34)),
        (None, Some(Entry::Line(at)), _) | (None, _, Some(Head::Of(Entry::Line(at)))) => {
            (table.grid.lines.get(*at), 18)
        }
        (None, ..) => (None, 0),
    };
    if let Some(line) = line.filter(|line| width(&line.label) > room) {
        prose.hanging(Span::raw("  "), theme.strong(), &line.label);
    }
}

/// The bar or target of the line shown.
fn bars(prose: &mut Prose, theme: Theme, state: &State, table: &Table) {
    let shares = &table.grid.share;
    let bar = state.shown().and_then(|line| line.bar);
    let choice = &table.grid.choice;
    let grouped = !choice.by.is_empty() || is_part(&choice.filters);
    let text = match bar {
        Some(bar) if grouped && state.topic.is_of_ratings() => {
            format!("bar of a whole state {:.0} %, here for reference only", bar * 100.0)
        }
        Some(bar) => format!("wanted: {:.0} %", bar * 100.0),
        None if state.topic.is_of_ratings() => return,
        None => format!("%: {shares}"),
    };
    prose.hanging(Span::raw("  "), theme.quiet(), &text);
}

/// The periods that are counted together.
fn together(state: &State) -> Option<String> {
    let axes = [Some(state.rows), state.stands_across()];
    let apart = [Column::Period, Column::Month].map(|column| Some(Axis::By(column)));
    let periods = state.periods();
    let mixed = periods.len() > 1
        && state.filter(Column::Period).is_none()
        && !axes.iter().any(|axis| apart.contains(axis));
    let named =
        if periods.len() > 3 { format!("{} periods", periods.len()) } else { list_and(periods) };
    mixed.then_some(named)
}
