//! A screen as text with its styles, for snapshots and for the harnesses.

#![allow(clippy::unwrap_used, dead_code)]

use std::fmt::Write;

use casereview::task::App;
use casereview::tui::{Face, Palette, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier, Style};

/// The rows of a buffer as text, without the trailing spaces.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let (mut text, mut hidden) = (String::new(), 0);
            for x in area.left()..area.right() {
                let symbol = buffer[(x, y)].symbol();
                if hidden > 0 {
                    hidden -= 1;
                    continue;
                }
                hidden = symbol.cell_width().saturating_sub(1);
                text.push_str(symbol);
            }
            text.trim_end().to_owned()
        })
        .collect()
}

/// The rows between two bars, so that what touches the right edge is seen, then every run of
/// cells that has a style, as `row: from-to style`, then where the cursor stands.
pub fn dump(buffer: &Buffer, cursor: Option<(u16, u16)>) -> String {
    let area = buffer.area;
    let mut out = format!("{} x {}\n", area.width, area.height);
    for row in rows(buffer) {
        let gap = usize::from(area.width).saturating_sub(usize::from(row.as_str().cell_width()));
        let _ = writeln!(out, "|{row}{}|", " ".repeat(gap));
    }
    for y in area.top()..area.bottom() {
        let runs = runs(buffer, y);
        if !runs.is_empty() {
            let _ = writeln!(out, "{y:>3}: {}", runs.join("  "));
        }
    }
    if let Some((x, y)) = cursor {
        let _ = writeln!(out, "cursor at column {x}, row {y}");
    }
    out
}

fn runs(buffer: &Buffer, y: u16) -> Vec<String> {
    let area = buffer.area;
    let mut runs = Vec::new();
    let mut from = area.left();
    for x in area.left()..area.right() {
        let style = words(buffer[(x, y)].style());
        let is_last = x + 1 == area.right() || words(buffer[(x + 1, y)].style()) != style;
        if is_last {
            if !style.is_empty() {
                runs.push(format!("{from}-{x} {style}"));
            }
            from = x + 1;
        }
    }
    runs
}

/// A style in words; empty for the terminal's own.
fn words(style: Style) -> String {
    let mut words = Vec::new();
    let color = |color: Option<Color>| color.filter(|c| *c != Color::Reset);
    if let Some(fg) = color(style.fg) {
        words.push(format!("{fg}").to_lowercase());
    }
    if let Some(bg) = color(style.bg) {
        words.push(format!("on {bg}").to_lowercase());
    }
    let names = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "quiet"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::ITALIC, "italic"),
    ];
    for (modifier, name) in names {
        if style.add_modifier.contains(modifier) {
            words.push(name.to_owned());
        }
    }
    words.join("+")
}

/// One picture of a state: the buffer, and the cursor where one is shown.
pub struct Shot {
    /// Cells.
    pub buffer: Buffer,
    /// Column and row of the visible cursor.
    pub cursor: Option<(u16, u16)>,
}

impl Shot {
    /// Draws a state anew, at a size and in a palette.
    pub fn of(app: &App, (width, height): (u16, u16), palette: Palette) -> Self {
        let mut face = Face::new(Theme::new(palette));
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        Self::with(&mut face, &mut terminal, app)
    }
    /// Draws a state with a face and on a terminal that are kept.
    pub fn with(face: &mut Face, terminal: &mut Terminal<TestBackend>, app: &App) -> Self {
        face.follow(app);
        terminal.draw(|frame| face.draw(frame, app)).unwrap();
        let backend = terminal.backend();
        let at = backend.cursor_position();
        let cursor = backend.cursor_visible().then_some((at.x, at.y));
        Self { buffer: backend.buffer().clone(), cursor }
    }
    /// The rows as text.
    pub fn rows(&self) -> Vec<String> {
        rows(&self.buffer)
    }
    /// Text and styles, for a snapshot.
    pub fn dump(&self) -> String {
        dump(&self.buffer, self.cursor)
    }
}
