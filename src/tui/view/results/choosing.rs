//! The form of what is shown, with the table under it.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::task::form::Form;
use crate::task::results::Slot;
use crate::tui::layout::{below, rule};
use crate::tui::theme::Theme;
use crate::tui::view::form;

/// Draws the form of what is shown; gives the area left for the table.
pub(super) fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, chosen: &Form<Slot>) -> Rect {
    let height = form::height(chosen, area.width).min(area.height / 2);
    form::draw(frame, theme, Rect { height, ..area }, chosen, |_| String::new(), None);
    let after = below(area, height);
    rule(frame, theme, after);
    below(after, 1)
}
