//! Pages of words over the walk: guidance, why, what would change it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::task::review::{Page, PageLine};
use crate::tui::layout::inset;
use crate::tui::prose::{Prose, furthest, scrolled};
use crate::tui::theme::Theme;

/// Widest line of running text: longer ones are hard to read.
pub const READABLE: u16 = 92;

/// Draws a page from its paragraph `from` on.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, page: &Page, from: usize) {
    let inner = inset(body, 2, 2);
    let area = Rect { width: inner.width.min(READABLE), ..inner };
    let mut prose = Prose::new(area.width);
    prose.text(theme.accent(), &page.title);
    prose.gap();
    let mut offset = 0;
    let mut after_heading = false;
    for (at, line) in page.lines.iter().enumerate() {
        if !after_heading {
            prose.gap();
        }
        if at == from && at > 0 {
            offset = prose.height();
        }
        after_heading = false;
        match line {
            PageLine::Heading(text) => {
                prose.text(theme.strong(), text);
                after_heading = true;
            }
            PageLine::Text(text) => {
                prose.text(theme.text(), text);
            }
            PageLine::Point(text) => {
                prose.hanging(Span::styled("- ", theme.quiet()), theme.text(), text);
            }
        }
    }
    let lines = prose.into_lines();
    let offset = offset.min(furthest(lines.len(), area.height));
    scrolled(frame, theme, area, &lines, offset, "Up/Down");
}
