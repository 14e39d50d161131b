//! The text box: a real editor for notes, narratives and short lines.

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::footer::Entry;
use super::layout::row;
use super::theme::Theme;
use crate::text::{clean, clean_lines, count, fit};

/// What the keys of the box do, beside typing. The first column is what the box shows.
pub const KEYS: [(&str, &str); 7] = [
    ("arrows", "move"),
    ("Ctrl-Left/Right", "by word"),
    ("Home/End", "line"),
    ("PageUp/PageDown", "page"),
    ("Backspace/Delete", "erase"),
    ("Ctrl-Z", "undo"),
    ("Ctrl-Y", "redo"),
];

/// The keys of a box, of several lines or of one.
pub fn keys(several_lines: bool) -> Vec<Entry> {
    let (own, left_out): (&[(&str, &str)], &[&str]) = if several_lines {
        (&[("Enter", "new line")], &[])
    } else {
        (&[("Left/Right", "move")], &["arrows", "PageUp/PageDown"])
    };
    let shared = KEYS.iter().filter(|(keys, _)| !left_out.contains(keys));
    own.iter().chain(shared).map(|(keys, does)| ((*keys).into(), (*does).into())).collect()
}

/// Lines that PageUp and PageDown go.
const PAGE: usize = 5;

/// A text being written.
pub struct Editor {
    area: TextArea<'static>,
    one_line: bool,
}

impl Editor {
    /// A box on a text, the cursor at its end. A box of one line takes no line breaks.
    pub fn new(text: &str, one_line: bool) -> Self {
        let safe = if one_line { clean(text) } else { clean_lines(text) };
        let mut area = TextArea::new(safe.split('\n').map(str::to_owned).collect());
        area.set_cursor_line_style(Style::new());
        // The terminal's own cursor stands there: screen readers follow it.
        area.set_cursor_style(Style::new());
        area.set_wrap_mode(if one_line { WrapMode::None } else { WrapMode::WordOrGlyph });
        area.set_max_histories(200);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, one_line }
    }

    /// The text as it stands.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Works a key; says whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let by_word = key.modifiers.contains(KeyModifiers::CONTROL);
        let area = &mut self.area;
        let steps = match key.code {
            KeyCode::Char(c) if by_word => {
                return match c.to_ascii_lowercase() {
                    'z' => area.undo(),
                    'y' => area.redo(),
                    _ => false,
                };
            }
            KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) => {
                let safe = clean(c.encode_utf8(&mut [0; 4])).into_owned();
                return area.insert_str(safe);
            }
            KeyCode::Enter if !self.one_line => {
                area.insert_newline();
                return true;
            }
            KeyCode::Backspace if by_word => return area.delete_word(),
            KeyCode::Backspace => return area.delete_char(),
            KeyCode::Delete if by_word => return area.delete_next_word(),
            KeyCode::Delete => return area.delete_next_char(),
            KeyCode::Left if by_word => CursorMove::WordBack,
            KeyCode::Right if by_word => CursorMove::WordForward,
            KeyCode::Left => CursorMove::Back,
            KeyCode::Right => CursorMove::Forward,
            KeyCode::Up => CursorMove::Up,
            KeyCode::Down => CursorMove::Down,
            KeyCode::Home => CursorMove::Head,
            KeyCode::End => CursorMove::End,
            KeyCode::PageUp | KeyCode::PageDown => {
                let down = key.code == KeyCode::PageDown;
                for _ in 0..PAGE {
                    area.move_cursor(if down { CursorMove::Down } else { CursorMove::Up });
                }
                return false;
            }
            _ => return false,
        };
        area.move_cursor(steps);
        false
    }

    /// Takes in pasted text; says whether the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let safe = if self.one_line { clean(text) } else { clean_lines(text) };
        self.area.insert_str(safe)
    }

    /// Draws the text and puts the terminal's cursor into it. Where lines are out of view the
    /// row under the text says how many.
    pub fn draw(&self, frame: &mut Frame<'_>, theme: Theme, area: Rect) {
        if area.is_empty() {
            return;
        }
        let signed = !self.one_line && area.height > 1;
        let text = Rect { height: area.height - u16::from(signed), ..area };
        frame.render_widget(&self.area, text);
        let (top, left) = self.area.scroll_offset();
        let cursor = self.area.screen_cursor();
        let place = |at: usize, from: u16, room: u16| {
            u16::try_from(at.saturating_sub(usize::from(from))).unwrap_or(0).min(room - 1)
        };
        frame.set_cursor_position(Position {
            x: text.x + place(cursor.col, left, text.width),
            y: text.y + place(cursor.row, top, text.height),
        });
        if signed {
            let above = usize::from(top);
            let below = self.display_rows().saturating_sub(above + usize::from(text.height));
            let sign = match (above, below) {
                (0, 0) => return,
                (_, 0) => format!("↑ {} above", count(above, "line", "lines")),
                (0, _) => format!("↓ {} below", count(below, "line", "lines")),
                _ => format!("↕ {above} above, {below} below"),
            };
            let sign = fit(&sign, usize::from(area.width));
            frame.render_widget(Line::styled(sign, theme.quiet()), row(area, area.height - 1));
        }
    }

    /// Rows the text takes at the width it was last drawn in.
    fn display_rows(&self) -> usize {
        let mut probe = self.area.clone();
        probe.move_cursor(CursorMove::Bottom);
        probe.move_cursor(CursorMove::End);
        probe.screen_cursor().row + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, code: KeyCode) -> bool {
        editor.key(KeyEvent::new(code, KeyModifiers::NONE))
    }
    fn control(editor: &mut Editor, code: KeyCode) -> bool {
        editor.key(KeyEvent::new(code, KeyModifiers::CONTROL))
    }

    #[test]
    fn edits_in_the_middle_and_undoes() {
        let mut editor = Editor::new("two visit", false);
        assert!(press(&mut editor, KeyCode::Char('s')));
        assert!(!control(&mut editor, KeyCode::Left));
        assert!(press(&mut editor, KeyCode::Enter));
        assert_eq!(editor.text(), "two \nvisits");
        assert!(control(&mut editor, KeyCode::Char('z')));
        assert_eq!(editor.text(), "two visits");
        assert!(control(&mut editor, KeyCode::Char('y')));
        assert_eq!(editor.text(), "two \nvisits");
    }

    #[test]
    fn pasted_text_is_made_safe_and_a_line_stays_one() {
        let mut editor = Editor::new("", false);
        assert!(editor.paste("a\u{1b}[2J\r\nb\u{202e}c"));
        assert_eq!(editor.text(), "a[2J\nbc");
        let mut line = Editor::new("", true);
        assert!(line.paste("2026-01-01\nx"));
        assert!(!press(&mut line, KeyCode::Enter));
        assert_eq!(line.text(), "2026-01-01 x");
    }
}
