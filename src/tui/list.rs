//! A list that keeps its highlighted line in view and says what is out of it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::layout::row;
use super::paint;
use super::theme::Theme;
use crate::text::fit;

/// Which lines of a list are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first line drawn.
    pub from: usize,
    /// How many lines are drawn.
    pub shown: usize,
    /// How many are out of view after them.
    pub below: usize,
}

impl Window {
    /// The window of `rows` rows on a list of `len` lines round line `at`. Where not all lines
    /// fit one row is left for the sign.
    pub fn new(len: usize, at: usize, rows: u16) -> Self {
        let rows = usize::from(rows);
        let shown = if len <= rows { len } else { rows.saturating_sub(1).max(1).min(rows) };
        let from = at.saturating_sub(shown / 2).min(len - shown);
        Self { from, shown, below: len - from - shown }
    }

    /// "3 above, 12 below"; nothing where all lines are drawn.
    pub fn sign(self) -> Option<String> {
        match (self.from, self.below) {
            (0, 0) => None,
            (0, below) => Some(format!("↓ {below} below")),
            (above, 0) => Some(format!("↑ {above} above")),
            (above, below) => Some(format!("↕ {above} above, {below} below")),
        }
    }
}

/// Draws the window of a list whose lines take a row each; `line` makes the line at a place.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    (len, at): (usize, usize),
    line: impl Fn(usize) -> Line<'static>,
) {
    let window = Window::new(len, at, area.height);
    for place in 0..window.shown {
        let y = u16::try_from(place).unwrap_or(u16::MAX);
        paint::line(frame, row(area, y), &line(window.from + place));
    }
    if let Some(sign) = window.sign()
        && area.height > 1
    {
        let sign = fit(&format!("  {sign}"), usize::from(area.width));
        frame.render_widget(Line::styled(sign, theme.quiet()), row(area, area.height - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn the_highlighted_line_is_always_in_view() {
        for len in 0..30 {
            for rows in 0..12 {
                for at in 0..len {
                    let window = Window::new(len, at, rows);
                    let seen = window.from..window.from + window.shown;
                    assert!(rows == 0 || seen.contains(&at), "{len} {at} {rows}: {window:?}");
                    assert_eq!(window.from + window.shown + window.below, len);
                    let sign = usize::from(window.sign().is_some() && rows > 1);
                    assert!(window.shown + sign <= usize::from(rows));
                }
            }
        }
    }
}
