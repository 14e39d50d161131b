//! Keys as the tasks know them, whatever terminal library a face uses.

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, shift already applied: `U` is shift and u.
    Char(char),
    /// A letter with control held.
    Ctrl(char),
    /// Any of the digits 1 to 9: stands in the table of actions for nine keys.
    Digits,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// The first function key: help where letters are typed into a text.
    F1,
}

impl Key {
    /// The key in words, for the footer and the help: `n`, `Enter`, `Ctrl-C`.
    pub fn word(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Digits => "1-9".to_owned(),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Delete => "Delete".to_owned(),
            Self::Up => "Up".to_owned(),
            Self::Down => "Down".to_owned(),
            Self::Left => "Left".to_owned(),
            Self::Right => "Right".to_owned(),
            Self::PageUp => "PageUp".to_owned(),
            Self::PageDown => "PageDown".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::F1 => "F1".to_owned(),
        }
    }

    /// The number of a digit key, 1 to 9.
    pub fn digit(self) -> Option<usize> {
        match self {
            Self::Char(c @ '1'..='9') => c.to_digit(10).map(|d| d as usize),
            _ => None,
        }
    }

    /// Whether a press of `pressed` is this key of the table.
    pub fn is_pressed_by(self, pressed: Self) -> bool {
        match self {
            Self::Digits => pressed.digit().is_some(),
            key => key == pressed,
        }
    }
}
