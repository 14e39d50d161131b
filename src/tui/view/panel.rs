//! Pages of words over the walk: guidance, why, what would change it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::review::{Page, PageLine};
use crate::tui::layout::{inset, row};
use crate::tui::prose::{Prose, furthest, scrolled};
use crate::tui::theme::Theme;

/// Widest line of running text: longer ones are hard to read.
pub const READABLE: u16 = 92;

/// Draws a page. Where it doesn't fit, a mark in the margin stands at the place `at` of
/// [`Page::places`], which is kept in view.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, page: &Page, at: usize) {
    let inner = inset(body, 2, 2);
    let area = Rect { width: inner.width.min(READABLE), ..inner };
    let (lines, tops) = lines(theme, page, area.width);
    let places = page.places();
    let stands = places.get(at).or(places.last()).and_then(|(line, part)| {
        let (top, height) = tops.get(*line)?;
        Some(top + height * part.part / part.of)
    });
    let stands = if at == 0 { 0 } else { stands.unwrap_or(0) };
    let margin = Rect { x: area.x - 2, width: 2, ..area };
    reading(frame, theme, (margin, area), &lines, stands);
}

/// The lines of a page, and where each of its paragraphs begins and how many lines it takes.
pub fn lines(theme: Theme, page: &Page, columns: u16) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
    let mut prose = Prose::new(columns);
    prose.text(theme.accent(), &page.title);
    prose.gap();
    let mut tops = Vec::new();
    for (place, line) in page.lines.iter().enumerate() {
        let follows = place.checked_sub(1).map(|before| &page.lines[before]);
        if !matches!(
            (follows, line),
            (Some(PageLine::Heading(_)), _) | (Some(PageLine::Point(_)), PageLine::Point(_))
        ) {
            prose.gap();
        }
        let top = prose.height();
        match line {
            PageLine::Heading(text) => prose.text(theme.strong(), text),
            PageLine::Text(text) => prose.text(theme.text(), text),
            PageLine::Point(text) => {
                prose.hanging(Span::styled("- ", theme.quiet()), theme.text(), text)
            }
        };
        tops.push((top, prose.height() - top));
    }
    (prose.into_lines(), tops)
}

/// Draws lines with a mark at the one the reader stands at, which is kept in view. A text
/// that fits needs none.
pub fn reading(
    frame: &mut Frame<'_>,
    theme: Theme,
    (margin, area): (Rect, Rect),
    lines: &[Line<'static>],
    stands: usize,
) {
    let room = usize::from(area.height.saturating_sub(1));
    let offset = stands.saturating_sub(room / 2).min(furthest(lines.len(), area.height));
    scrolled(frame, theme, area, lines, offset, "Up/Down");
    if lines.len() > usize::from(area.height) {
        let at = u16::try_from(stands.saturating_sub(offset)).unwrap_or(u16::MAX);
        frame.render_widget(Span::styled("> ", theme.accent()), row(margin, at));
    }
}
