//! Text from outside, made safe, wrapped by display width, scrolled with a visible sign.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paint;
use super::theme::Theme;
use crate::text::{clean, clean_lines, count, fit, width, wrap};

/// Lines of a fixed width, built from top to bottom.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    lines: Vec<Line<'static>>,
    columns: usize,
}

impl Prose {
    /// Nothing yet, `columns` wide.
    pub fn new(columns: u16) -> Self {
        Self { lines: Vec::new(), columns: usize::from(columns) }
    }
    /// How many lines there are.
    pub fn height(&self) -> usize {
        self.lines.len()
    }
    /// How wide a line may be.
    pub fn columns(&self) -> usize {
        self.columns
    }
    /// The lines as they are.
    pub fn into_lines(self) -> Vec<Line<'static>> {
        self.lines
    }
    /// An empty line, unless one stands at the end already or nothing stands before it.
    pub fn gap(&mut self) -> &mut Self {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
        self
    }
    /// A paragraph.
    pub fn text(&mut self, style: Style, text: &str) -> &mut Self {
        self.hanging(Span::raw(""), style, text)
    }
    /// A paragraph behind a mark; further lines stand under the first one's text.
    pub fn hanging(&mut self, mark: Span<'static>, style: Style, text: &str) -> &mut Self {
        self.hanging_marks(vec![mark], style, text)
    }
    /// A paragraph behind several marks.
    pub fn hanging_marks(
        &mut self,
        marks: Vec<Span<'static>>,
        style: Style,
        text: &str,
    ) -> &mut Self {
        let marks: Vec<Span<'static>> = marks.into_iter().map(safe).collect();
        let indent: usize = marks.iter().map(|mark| width(&mark.content)).sum();
        // A mark that leaves no room for text stands on lines of its own.
        let (indent, beside) = if indent + 8 <= self.columns || indent == 0 {
            (indent, true)
        } else {
            (2.min(self.columns.saturating_sub(1)), false)
        };
        let mut first = Some(marks);
        if !beside && let Some(marks) = first.take() {
            let whole: String = marks.iter().map(|s| s.content.as_ref()).collect();
            let style = marks.first().map_or(style, |s| s.style);
            for line in wrap(whole.trim(), self.columns) {
                self.lines.push(Line::styled(line, style));
            }
        }
        for line in wrap(&clean_lines(text), self.columns - indent) {
            let mut spans = first.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            self.lines.push(Line::from(spans));
        }
        self
    }
    /// One line of spans made elsewhere; it must fit.
    pub fn line(&mut self, line: Line<'static>) -> &mut Self {
        self.lines.push(line);
        self
    }
    /// Two texts at the two ends of one line; where they don't fit, under one another.
    pub fn ends(&mut self, left: (Style, &str), right: (Style, &str)) -> &mut Self {
        let (a, b) = (clean(left.1), clean(right.1));
        let used = width(&a) + width(&b);
        if b.is_empty() || used + 2 > self.columns {
            self.text(left.0, &a);
            if !b.is_empty() {
                self.text(right.0, &b);
            }
            return self;
        }
        let gap = " ".repeat(self.columns - used);
        self.lines.push(Line::from(vec![
            Span::styled(a.into_owned(), left.0),
            Span::raw(gap),
            Span::styled(b.into_owned(), right.0),
        ]));
        self
    }
}

/// A span whose text may come from outside, made fit for the terminal.
fn safe(span: Span<'static>) -> Span<'static> {
    match clean(&span.content) {
        Cow::Borrowed(_) => span,
        Cow::Owned(text) => Span::styled(text, span.style),
    }
}

/// How far lines can be scrolled in an area of `rows`: `0` when all fit.
pub fn furthest(lines: usize, rows: u16) -> usize {
    let rows = usize::from(rows);
    // One row goes to the sign that says there is more.
    if lines <= rows { 0 } else { lines - rows.saturating_sub(1).max(1).min(lines) }
}

/// Draws lines from `offset` on. Where some stay out of view the last row says how many, and
/// which key brings them (`key` in words); never is a line dropped without that sign.
pub fn scrolled(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    lines: &[Line<'static>],
    offset: usize,
    key: &str,
) {
    if area.is_empty() {
        return;
    }
    let rows = usize::from(area.height);
    if lines.len() <= rows {
        paint::lines(frame, area, lines);
        return;
    }
    let offset = offset.min(furthest(lines.len(), area.height));
    let room = rows.saturating_sub(1);
    let shown = &lines[offset..lines.len().min(offset + room)];
    let below = lines.len() - offset - shown.len();
    paint::lines(frame, area, shown);
    let sign = more(offset, below, key);
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let sign = fit(&sign, usize::from(area.width));
    paint::line(frame, last, &Line::styled(sign, theme.quiet()));
}

/// The sign that there is more.
fn more(above: usize, below: usize, key: &str) -> String {
    match (above, below) {
        (_, 0) => format!("↑ {} above  ({key})", count(above, "line", "lines")),
        (0, _) => format!("↓ {} more  ({key})", count(below, "line", "lines")),
        _ => format!("↕ {above} above, {below} more  ({key})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangs_further_lines_under_the_first() {
        let mut prose = Prose::new(12);
        prose.hanging(Span::raw("1 "), Style::new(), "one two three").gap().gap();
        prose.text(Style::new(), "x");
        let lines: Vec<String> = prose.into_lines().iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["1 one two", "  three", "", "x"]);
    }

    #[test]
    fn no_width_is_too_small() {
        for columns in 0..30 {
            let mut prose = Prose::new(columns);
            prose.hanging(Span::raw("a long mark "), Style::new(), "words 大阪 and more\n\nwords");
            prose.ends((Style::new(), "left"), (Style::new(), "right"));
            assert!(prose.height() > 0);
        }
    }

    #[test]
    fn scrolling_ends_at_the_last_line() {
        assert_eq!(furthest(5, 5), 0);
        assert_eq!(furthest(6, 5), 2);
        assert_eq!(furthest(6, 1), 5);
        assert_eq!(furthest(6, 0), 5);
    }
}
