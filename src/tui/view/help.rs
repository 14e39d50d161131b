//! Every key, from the one table of actions.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::task::action::Group;
use crate::task::help::{HERE, HelpLine, help};
use crate::task::{App, Screen};
use crate::text::{fit, width};
use crate::tui::editor;
use crate::tui::layout::inset;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;
use crate::tui::view::panel;

/// Columns of the keys.
const KEYS: usize = 22;

/// Draws the help from the line its cursor is at.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, app: &App) {
    let area = inset(body, 2, 1);
    let mut prose = Prose::new(area.width.min(100));
    let typing = app.screen_below() == Screen::Review
        && app.review.as_ref().is_some_and(|r| r.editing().is_some());
    let mut offset = 0;
    for (at, line) in help(app).iter().enumerate() {
        if matches!(line, HelpLine::Heading(_)) {
            prose.gap();
        }
        if at == app.help.at() && at > 0 {
            offset = prose.height();
        }
        match line {
            HelpLine::Heading(title) => {
                prose.text(theme.strong(), title);
                let of_box = if typing { HERE } else { Group::Writing.title() };
                if *title == of_box {
                    for (keys, words) in editor::KEYS {
                        let help = format!("In the text box: {words}.");
                        row(&mut prose, theme, keys, &help, typing);
                    }
                }
            }
            HelpLine::Action { keys, help, now } => row(&mut prose, theme, keys, help, *now),
        }
    }
    let margin = Rect { x: area.x - 2, width: 2, ..area };
    panel::reading(frame, theme, (margin, area), &prose.into_lines(), offset);
}

fn row(prose: &mut Prose, theme: Theme, keys: &str, help: &str, now: bool) {
    let (key, text) =
        if now { (theme.accent(), theme.text()) } else { (theme.quiet(), theme.quiet()) };
    let mark = Span::styled(if now { "* " } else { "  " }, theme.accent());
    if width(keys) >= KEYS {
        prose.hanging(mark, key, keys);
        prose.hanging(Span::raw(" ".repeat(KEYS + 2)), text, help);
    } else {
        prose.hanging_marks(vec![mark, Span::styled(fit(keys, KEYS), key)], text, help);
    }
}
