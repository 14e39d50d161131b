//! Alerts: the open ones, and the form to record one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::form;
use crate::task::Action;
use crate::task::alerts::{self, Doing, Slot, State};
use crate::text::{clean, fit};
use crate::tui::editor::Editor;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, inset, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Draws the body of the screen.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    let mut head = Prose::new(area.width);
    head.hanging(
        Span::styled("!  ", theme.accent()),
        theme.strong(),
        "An alert never replaces a report to the hotline: make that first, by telephone.",
    );
    head.gap();
    if let Some((doing, _)) = &state.form {
        let says = match doing {
            Doing::Raise => {
                "It is no part of the review and waits for nothing. Roles instead of names."
            }
            Doing::Answer(_) => "What came back, and from whom.",
            Doing::Close(_) => "Nothing more is to be done.",
        };
        if let Some((_, case)) = &state.at
            && *doing == Doing::Raise
        {
            head.text(theme.strong(), &format!("Case {case}"));
        }
        head.text(theme.quiet(), says);
        if state.is_kept {
            head.text(theme.strong(), "Kept from when it was last left.");
        }
        head.gap();
    } else if state.open.iter().flatten().all(|one| one.closed.is_some()) {
        head.text(theme.text(), "No alert is open.");
    }
    if let Some(case) = state.half_written() {
        let says = match case.is_empty() {
            true => {
                format!("One half written is kept: {} goes on with it.", key_of(Action::NewAlert))
            }
            false => format!(
                "One half written is kept: {} at {case} goes on with it.",
                key_of(Action::Alert)
            ),
        };
        head.text(theme.strong(), &says);
        head.gap();
    }
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let area = below(area, rows);
    if let Some((_, lines)) = &state.form {
        form::draw(frame, theme, area, lines, note, editor);
        if let Some(problem) = &state.problem {
            let last =
                Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
            let words = fit(&clean(problem), usize::from(area.width));
            frame.render_widget(Line::styled(words, theme.strong()), last);
        }
        return;
    }
    let open = state.open.as_deref().unwrap_or_default();
    let held = u16::try_from(open.len()).unwrap_or(u16::MAX);
    let list_area = Rect { height: held.min(area.height / 2), ..area };
    let (at, room) = (state.cursor.at(), usize::from(area.width));
    list::draw(frame, theme, list_area, (open.len(), at), |place| {
        heading(theme, &open[place], place == at, room)
    });
    let Some(here) = state.here() else { return };
    let after = below(area, list_area.height);
    rule(frame, theme, after);
    let after = below(after, 1);
    let mut prose = Prose::new(after.width);
    prose.text(theme.quiet(), &format!("{}, {}, {}", here.case, here.kind, here.raised));
    prose.text(theme.text(), &here.text);
    let told = if here.told.is_empty() { "nobody yet" } else { &here.told };
    prose.hanging(Span::styled("Told    ", theme.quiet()), theme.text(), told);
    for answer in &here.answers {
        prose.hanging(Span::styled("Answer  ", theme.quiet()), theme.text(), answer);
    }
    if let Some(closed) = &here.closed {
        prose.hanging(Span::styled("Closed  ", theme.quiet()), theme.strong(), closed);
    }
    scrolled(frame, theme, after, &prose.into_lines(), 0, "a taller window");
}

fn note(slot: Slot) -> String {
    match slot {
        Slot::When => "such as 3 May, 14:00".to_owned(),
        Slot::Told => "a role, such as a supervisor".to_owned(),
        Slot::Case | Slot::Kind | Slot::Text | Slot::Go => String::new(),
    }
}

fn heading(theme: Theme, line: &alerts::Line, here: bool, room: usize) -> Line<'static> {
    let style = match (here, &line.closed) {
        (true, _) => theme.here(),
        (false, None) => theme.text(),
        (false, Some(_)) => theme.quiet(),
    };
    let facts = format!("{}{}", fit(&line.case, 8), fit(&clean(&line.kind), 12));
    let state = if line.closed.is_some() { "closed: " } else { "" };
    let text = fit(&clean(&format!("{state}{}", line.text)), room.saturating_sub(22));
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(format!("{facts}{}", text.trim_end()), style),
    ])
}
