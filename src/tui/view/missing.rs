//! What is missing before submission; when nothing is, the ratings that will be sealed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::instrument::Role;
use crate::task::review::{Gap, Saved, State};
use crate::text::{clean, count, fit, width};
use crate::tui::layout::{below, inset};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::items::sign_style;

/// Draws the body of the screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let area = inset(body, 2, 2);
    let gaps = state.gaps();
    if gaps.is_empty() {
        ready(frame, theme, area, state);
        return;
    }
    let mut head = Prose::new(area.width);
    let things = count(gaps.len(), "thing is", "things are");
    head.text(theme.strong(), &format!("{things} missing before this can be submitted."));
    head.gap();
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let at = state.gap_cursor();
    let of_items = gaps.iter().filter(|gap| gap.item.is_some());
    let longest = of_items.map(|gap| width(&clean(&gap.words))).max().unwrap_or(0);
    let room = usize::from(area.width).saturating_sub(2);
    let column = longest.min(room / 2).max(room.min(30));
    list::draw(frame, theme, below(area, rows), (gaps.len(), at), |place| {
        line(theme, state, &gaps[place], place == at, (column, room))
    });
}

/// What is missing, and the question's own words where room is left.
fn line(
    theme: Theme,
    state: &State,
    gap: &Gap,
    here: bool,
    (column, room): (usize, usize),
) -> Line<'static> {
    let question = state.instrument().question(gap.question);
    let words = clean(&gap.words).into_owned();
    let left = room.saturating_sub(column.max(width(&words)) + 2);
    let is_asked_of_all = *question.role() == Role::Closing;
    let is_said = gap.item.is_none() || is_asked_of_all;
    let ask = if left < 12 || is_said { "" } else { question.ask() };
    let words = fit(&words, width(&words).min(room));
    let gap = " ".repeat(column.saturating_sub(width(&words)) + 2);
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(words, if here { theme.here() } else { theme.text() }),
        Span::raw(gap),
        Span::styled(fit(&clean(ask), left).trim_end().to_owned(), theme.quiet()),
    ])
}

fn ready(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let mut prose = Prose::new(area.width.min(super::panel::READABLE));
    match state.submitted() {
        Some(when) => prose.text(theme.strong(), &format!("This review is {when}.")),
        None if state.is_submitting() => prose.text(theme.strong(), "Submitting ..."),
        None => prose.text(theme.strong(), "Nothing is missing."),
    };
    if state.submitted().is_none() && matches!(state.saved(), Saved::Failed { .. }) {
        prose.text(theme.alarm(), "Some answers are NOT SAVED: save them first.");
    }
    prose.text(theme.quiet(), "Submitting seals the review: from then on it can only be read.");
    prose.gap();
    for row in state.item_rows().iter().filter(|row| row.item.is_some()) {
        let indent = if row.is_sub_item { "  " } else { "" };
        prose.hanging_marks(
            vec![
                Span::raw(indent),
                Span::styled(format!("{:<4}", row.sign.text()), sign_style(theme, row.sign)),
            ],
            theme.text(),
            &format!("{} {}", row.id, row.title),
        );
    }
    prose.gap();
    for (title, says) in state.outcome_lines() {
        let title = title.split(':').next().unwrap_or_default().to_owned();
        prose.hanging(Span::styled(format!("{title}  "), theme.quiet()), theme.text(), &says);
    }
    scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}
