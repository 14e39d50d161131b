//! What is missing before submission; when nothing is, the ratings that will be sealed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::task::review::{Saved, State};
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
    list::draw(frame, theme, below(area, rows + 1), (gaps.len(), at), |place| {
        let gap = &gaps[place];
        let here = place == at;
        let style = if here { theme.here() } else { theme.text() };
        let question = state.instrument().question(gap.question);
        let words = clean(&gap.words).into_owned();
        // The question's own words fill what room is left.
        let room = usize::from(area.width).saturating_sub(width(&words) + 6);
        let ask = if room > 12 { fit(&clean(question.ask()), room) } else { String::new() };
        Line::from(vec![
            Span::styled(if here { "> " } else { "  " }, theme.accent()),
            Span::styled(
                fit(&words, usize::from(area.width).saturating_sub(2)).trim_end().to_owned(),
                style,
            ),
            Span::raw("  "),
            Span::styled(ask.trim_end().to_owned(), theme.quiet()),
        ])
    });
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
