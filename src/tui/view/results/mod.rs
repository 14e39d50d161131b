//! Results: a table to walk about in, the cases behind a cell, what one says, and the form on
//! which it is chosen.

mod behind;
mod choosing;
mod counts;
mod foot;
mod grid;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::report::{Column, counted as reviews};
use crate::task::results::{Axis, Head, State, Table, line_words};
use crate::text::{clean, fit, fit_right, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::saving;

/// Where one is, and on what the numbers rest.
pub fn title(state: &State, round: &str) -> (String, String) {
    let right = format!("Round {round}");
    match (&state.cases, &state.saving) {
        (_, Some(_)) => ("Save results as".to_owned(), right),
        (Some(list), None) => (list.title.clone(), right),
        (None, None) if state.choosing.is_some() => ("Choose results".to_owned(), right),
        (None, None) => ("Results".to_owned(), right),
    }
}

/// Draws the body of the results screen.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    if let Some(open) = &state.saving {
        let folder = state.loaded.as_ref().map_or("", |loaded| loaded.folder.as_str());
        return saving::draw(frame, theme, area, open, folder, editor);
    }
    if let Some(look) = &state.look {
        return super::panel::draw(frame, theme, body, &look.page, look.cursor.at());
    }
    if let Some(list) = &state.cases {
        return behind::draw(frame, theme, area, list);
    }
    let Some(table) = &state.table else {
        frame.render_widget(Line::styled("Counting ...", theme.quiet()), row(area, 1));
        return;
    };
    let rest = match &state.choosing {
        Some(form) => choosing::draw(frame, theme, area, form),
        None => area,
    };
    draw_table(frame, theme, rest, state, table);
}

/// What a table is made of: lines above, a line a row, and lines below the rule.
trait Parts {
    /// The heads of its columns, with what stands above them.
    fn heading(&self, theme: Theme) -> Line<'static>;
    /// A row; `here` is the highlighted one.
    fn line(&self, theme: Theme, at: usize, here: bool) -> Line<'static>;
}

fn draw_table(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, table: &Table) {
    if table.rows.is_empty() {
        let mut prose = Prose::new(area.width);
        prose.gap();
        prose.text(theme.strong(), nothing(state));
        table.said.iter().for_each(|said| _ = prose.text(theme.text(), said));
        frame.render_widget(Text::from(prose.into_lines()), area);
        return;
    }
    let mut hidden = Vec::new();
    let parts: Box<dyn Parts> = match state.stands_across() {
        Some(_) => Box::new(grid::Columns::new(area, state, table)),
        None => {
            let columns = counts::Columns::new(area, state, table);
            hidden = counts::out_of_view(&columns);
            Box::new(columns)
        }
    };
    let mut head = Prose::new(area.width);
    let reviews = counted(state, table);
    let room = usize::from(area.width).saturating_sub(width(&reviews) + 2);
    head.ends((theme.strong(), &fit(&clean(&heading(state)), room)), (theme.quiet(), &reviews));
    let foot = foot::lines(theme, area.width, state, table, &hidden);
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(area.height / 3);
    // All together stands below the rule, always in view.
    let whole = table.rows.iter().position(|row| *row == crate::task::results::Entry::All);
    let rows = table.rows.len() - usize::from(whole.is_some());
    let below_rule = foot_rows + 1 + u16::from(whole.is_some());
    let wanted = u16::try_from(rows).unwrap_or(u16::MAX);
    if wanted.saturating_add(below_rule + 3) <= area.height {
        head.gap();
    }
    head.line(parts.heading(theme));
    let top = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), Rect { height: top, ..area });

    let rest = below(area, top);
    let height = rest.height.saturating_sub(below_rule).min(wanted);
    let here = state.row.at();
    let shown = Rect { height, ..rest };
    list::draw(frame, theme, shown, (rows, here.min(rows.saturating_sub(1))), |at| {
        parts.line(theme, at, at == here)
    });
    let mut after = below(rest, height);
    rule(frame, theme, after);
    after = below(after, 1);
    if let Some(at) = whole {
        frame.render_widget(parts.line(theme, at, at == here), row(after, 0));
        after = below(after, 1);
    }
    scrolled(frame, theme, after, &foot, 0, "a taller window");
}

/// Why there is no row.
fn nothing(state: &State) -> &'static str {
    match state.loaded.as_ref().is_some_and(|loaded| loaded.held.is_empty()) {
        true => "Nothing to report yet: no review is final.",
        false => "Nothing of this is counted in the reviews chosen.",
    }
}

/// "Item 20 Caseworker visits by region", "Outcomes by county and period".
fn heading(state: &State) -> String {
    let axes = [Some(state.rows), state.stands_across()];
    let by = axes.into_iter().flatten().filter(|axis| *axis != Axis::Line);
    let by: Vec<&str> = by.map(|axis| axis.title(state.topic)).collect();
    let what = match state.shown() {
        Some(line) => {
            let several = state.table.as_ref().is_some_and(|t| t.grid.has_several_instruments());
            let of = if several { format!(" ({})", line.instrument.1) } else { String::new() };
            format!("{}{of}", line_words(state.topic, line))
        }
        None => state.topic.title().to_owned(),
    };
    // What the rows are stands over them: beside one item only columns need saying.
    let by = match (state.shown().is_some(), by.as_slice()) {
        (true, [_]) | (_, []) => return what,
        (true, [_, across, ..]) => format!(", {across} across"),
        (false, all) => format!(" by {}", crate::text::list_and(all)),
    };
    format!("{what}{by}")
}

/// How many reviews the numbers rest on, and which alone are counted.
fn counted(state: &State, table: &Table) -> String {
    let reviews = reviews(table.grid.readings, state.drafts);
    let mut only: Vec<String> = Vec::new();
    for filter in &state.filters {
        only.push(match filter.column {
            Column::CaseType => {
                let loaded = state.loaded.as_ref();
                loaded.map_or(filter.value.as_str(), |l| l.case_type(&filter.value)).to_owned()
            }
            _ => filter.value.clone(),
        });
    }
    let across = [Some(state.rows), state.stands_across()];
    let apart = across.contains(&Some(Axis::By(Column::Period)));
    let periods = state.periods().len();
    match (only.is_empty(), state.filter(Column::Period)) {
        (true, _) if periods > 1 && !apart => format!("{reviews} of {periods} periods"),
        (true, _) => reviews,
        (false, _) => clean(&format!("{reviews} of {}", only.join(", "))).into_owned(),
    }
}

/// The sign behind the head that rows are sorted by.
fn order_sign(state: &State, head: &Head) -> &'static str {
    match &state.order {
        Some((by, false)) if by == head => "↓",
        Some((by, true)) if by == head => "↑",
        _ => "",
    }
}

/// A number at the right end of its column, highlighted where the keys work on it.
fn cell(theme: Theme, text: &str, columns: usize, here: bool) -> [Span<'static>; 2] {
    let text = clean(text);
    let gap = columns.saturating_sub(width(&text));
    if here {
        // One blank before it belongs to the highlight, so that one digit is seen too.
        let gap = gap.saturating_sub(1);
        return [Span::raw(" ".repeat(gap)), Span::styled(format!(" {text}"), theme.here())];
    }
    [Span::raw(""), Span::styled(fit_right(&text, columns), theme.text())]
}

/// The name of a row behind the mark of the highlighted one.
fn name(theme: Theme, text: &str, columns: usize, here: bool) -> [Span<'static>; 2] {
    let style = if here { theme.strong() } else { theme.text() };
    let mark = if here { "> " } else { "  " };
    [Span::styled(mark, theme.accent()), Span::styled(fit(&clean(text), columns), style)]
}

/// How wide names have to be.
fn name_width(state: &State, table: &Table, most: usize) -> usize {
    let names = table.rows.iter().map(|row| width(&clean(&state.entry_words(state.rows, row))));
    names.max().unwrap_or(0).clamp(9, most) + 1
}
