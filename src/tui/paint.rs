//! Lines put on the screen.
//!
//! Nearly every character drawn is plain ASCII, whose clusters and widths need no looking up:
//! such lines go into the cells directly, which takes a third of the time. Every other line
//! goes the library's way; both give the same cells.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{HorizontalAlignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::text::is_plain;

/// Puts lines under one another, from the top of the area; what does not fit is cut.
pub fn lines(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'_>]) {
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        one(frame.buffer_mut(), Rect { y, height: 1, ..area }, line);
    }
}

/// Puts one line in the first row of the area.
pub fn line(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) {
    lines(frame, area, std::slice::from_ref(line));
}

fn one(buffer: &mut Buffer, area: Rect, line: &Line<'_>) {
    let area = area.intersection(buffer.area);
    let is_left = line.alignment.is_none_or(|side| side == HorizontalAlignment::Left);
    if !is_left || !line.spans.iter().all(|span| is_plain(&span.content)) {
        line.render(area, buffer);
        return;
    }
    if area.is_empty() {
        return;
    }
    buffer.set_style(area, line.style);
    let from = buffer.index_of(area.x, area.y);
    let mut cells = buffer.content[from..from + usize::from(area.width)].iter_mut();
    for span in &line.spans {
        for (letter, cell) in span.content.chars().zip(&mut cells) {
            cell.set_char(letter).set_style(span.style);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::text::Span;

    use super::*;

    /// Lines of one to three spans, plain or not, styled or not, at every width and offset:
    /// the cells are those of the library's own drawing.
    #[test]
    fn gives_the_cells_the_library_gives() {
        let texts = ["", "a", "plain words, 12 %", "Zoë 日本", "e\u{301}x", " ~ "];
        let styles = [
            Style::new(),
            Style::new().add_modifier(Modifier::BOLD).fg(Color::Cyan),
            Style::new().add_modifier(Modifier::REVERSED),
        ];
        for (at, first) in texts.iter().enumerate() {
            for (place, second) in texts.iter().enumerate() {
                let mut line = Line::from(vec![
                    Span::styled(*first, styles[at % 3]),
                    Span::styled(*second, styles[place % 3]),
                    Span::raw("."),
                ]);
                line.style = if at % 2 == 0 {
                    Style::new().add_modifier(Modifier::DIM)
                } else {
                    Style::new()
                };
                for (x, width) in (0..4).flat_map(|x| (0..24).map(move |width| (x, width))) {
                    let area = Rect { x, y: 1, width, height: 1 };
                    let mut ours = Buffer::filled(Rect::new(0, 0, 20, 3), '#'.into());
                    let mut theirs = ours.clone();
                    one(&mut ours, area, &line);
                    (&line).render(area, &mut theirs);
                    assert_eq!(ours, theirs, "{line:?} in {area:?}");
                }
            }
        }
    }
}
