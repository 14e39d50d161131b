//! A place in a list, moved by the same keys on every screen.

use super::Action;

/// How far PageUp and PageDown go.
const PAGE: usize = 10;

/// The highlighted place of a list. Never beyond the list it was last settled on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    at: usize,
}

impl Cursor {
    /// The place, from 0. In an empty list 0.
    pub fn at(self) -> usize {
        self.at
    }

    /// Puts it at a place of a list of `len`.
    pub fn put(&mut self, at: usize, len: usize) {
        self.at = at.min(len.saturating_sub(1));
    }

    /// Keeps it inside a list that now has `len`.
    pub fn settle(&mut self, len: usize) {
        self.put(self.at, len);
    }

    /// Moves it by one of the list actions; says whether the action was one.
    pub fn act(&mut self, action: Action, len: usize) -> bool {
        let to = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(PAGE),
            Action::PageDown => self.at + PAGE,
            Action::First => 0,
            Action::Last => usize::MAX,
            _ => return false,
        };
        self.put(to, len);
        true
    }
}
