//! The items of a review with how each stands, beside the question.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::task::review::{ItemRow, Sign, State};
use crate::text::{clean, count, fit, width};
use crate::tui::layout::{below, row};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Draws the list, kept scrolled to where the reviewer stands, and the outcomes under it.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let rows = state.item_rows();
    let outcomes = if area.width < 20 { Vec::new() } else { outcomes(theme, area.width, state) };
    let list = window(frame, theme, area, &rows, outcomes.len());
    let left = below(area, list);
    // A gap above the outcomes where there is room for one.
    let gap = u16::from(usize::from(left.height) > outcomes.len());
    crate::tui::prose::scrolled(frame, theme, below(left, gap), &outcomes, 0, "Enter");
}

/// Draws the list to choose an item from; `at` is the highlighted line.
pub fn choose(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, at: usize) {
    let rows = state.item_rows();
    list::draw(frame, theme, area, (rows.len(), at), |place| {
        let mut item = rows[place].clone();
        item.is_here = place == at;
        line(theme, &item, area.width)
    });
}

/// What is to be said of the highlighted item, beside the list.
pub fn detail(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, at: usize) {
    let rows = state.item_rows();
    let Some(item) = rows.get(at) else { return };
    let mut prose = Prose::new(area.width);
    prose.text(theme.strong(), &format!("{} {}", item.id, item.title));
    prose.gap();
    prose.text(theme.text(), item.sign.word());
    if let Some(position) = item.item {
        prose.text(theme.quiet(), &state.item_line(position));
    }
    prose.gap();
    let open = match (item.can_go, item.open) {
        (false, _) => "nothing of it is asked of this case".to_owned(),
        (true, 0) => "nothing is missing".to_owned(),
        (true, open) => format!("{} open", count(open, "question", "questions")),
    };
    prose.text(theme.text(), &open);
    prose.gap();
    for (title, says) in state.outcome_lines() {
        prose.text(theme.quiet(), &title);
        prose.hanging(Span::raw("  "), theme.text(), &says);
    }
    crate::tui::prose::scrolled(frame, theme, area, &prose.into_lines(), 0, "Up/Down");
}

/// Draws as many rows as fit beside the outcomes; returns how many screen rows were used.
fn window(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    rows: &[ItemRow],
    outcomes: usize,
) -> u16 {
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let beside = u16::try_from(outcomes).unwrap_or(u16::MAX);
    let room = area.height.saturating_sub(beside).max(area.height.min(4)).min(wanted);
    let place = |at: usize| row(area, u16::try_from(at).unwrap_or(u16::MAX));
    if room == wanted {
        for (at, item) in rows.iter().enumerate() {
            frame.render_widget(line(theme, item, area.width), place(at));
        }
        return wanted;
    }
    // Too many: a window round the one the reviewer stands in, with signs at its ends.
    let here = rows.iter().rposition(|r| r.is_here).unwrap_or(0);
    let room = usize::from(room);
    let shown = room.saturating_sub(2).max(1);
    let from = here.saturating_sub(shown / 2).min(rows.len().saturating_sub(shown));
    let after = rows.len().saturating_sub(from + shown);
    let sign = |text: String| Line::styled(fit(&text, usize::from(area.width)), theme.quiet());
    if room >= 3 {
        frame.render_widget(sign(format!("  ↑ {from} above")), place(0));
        frame.render_widget(sign(format!("  ↓ {after} below")), place(shown + 1));
    }
    let top = usize::from(room >= 3);
    for (at, item) in rows.iter().skip(from).take(shown).enumerate() {
        frame.render_widget(line(theme, item, area.width), place(top + at));
    }
    u16::try_from(room).unwrap_or(u16::MAX)
}

fn line(theme: Theme, item: &ItemRow, columns: u16) -> Line<'static> {
    let style = match (item.is_here, item.sign) {
        (true, _) => theme.here(),
        (false, Sign::Na) => theme.quiet(),
        (false, _) => theme.text(),
    };
    let mark = if item.is_here { ">" } else { " " };
    let indent = if item.is_sub_item { "  " } else { "" };
    let name = if item.id.is_empty() {
        clean(&item.title).into_owned()
    } else if columns < 20 {
        clean(&item.id).into_owned()
    } else {
        format!("{} {}", clean(&item.id), clean(&item.title))
    };
    let used = 1 + indent.len() + 4;
    let room = usize::from(columns).saturating_sub(used);
    let name = fit(&name, room);
    Line::from(vec![
        Span::styled(mark, if item.is_here { theme.accent() } else { theme.text() }),
        Span::raw(indent),
        Span::styled(format!("{:<3}", item.sign.text()), sign_style(theme, item.sign)),
        Span::raw(" "),
        Span::styled(name.trim_end().to_owned(), style),
    ])
}

/// Beside the word, how loud a sign is.
pub fn sign_style(theme: Theme, sign: Sign) -> Style {
    match sign {
        Sign::Strength | Sign::Done => theme.text(),
        Sign::Ani => theme.strong(),
        Sign::Na | Sign::Open => theme.quiet(),
        Sign::Broken => theme.alarm(),
    }
}

fn outcomes(theme: Theme, columns: u16, state: &State) -> Vec<Line<'static>> {
    let mut prose = Prose::new(columns);
    for (title, says) in state.outcome_lines() {
        let title = title.split(':').next().unwrap_or_default().to_owned();
        let wide = width(&title) + width(&says) + 4 <= usize::from(columns);
        if wide {
            prose.hanging_marks(
                vec![Span::raw(" "), Span::raw(format!("{title}  "))],
                theme.quiet(),
                &says,
            );
        } else {
            prose.hanging(Span::raw(" "), theme.text(), &title);
            prose.hanging(Span::raw("   "), theme.quiet(), &says);
        }
    }
    prose.into_lines()
}
