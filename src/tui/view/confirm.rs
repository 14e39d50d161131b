//! The question before leaving with answers that are not on disk.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::task::App;
use crate::task::review::Saved;
use crate::text::count;
use crate::tui::layout::inset;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Draws the body of the screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, app: &App) {
    let area = inset(body, 3, 3);
    let mut prose = Prose::new(area.width.min(super::panel::READABLE));
    prose.line(Default::default());
    prose.text(theme.alarm(), "Answers are NOT SAVED.");
    prose.gap();
    if let Some(review) = &app.review
        && let Saved::Failed { changes, why } = review.saved()
    {
        let changes = count(changes, "change is", "changes are");
        prose.text(theme.text(), &format!("{changes} not on disk: {why}"));
        prose.gap();
    }
    prose.text(theme.text(), "Leave all the same, and lose them? Or stay, and try to save again.");
    scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}
