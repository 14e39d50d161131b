//! A short form: lines to write on, lines to choose on, and lines that do something. The
//! steps of a draw and the elimination of a case are filled in on one.

use serde::{Deserialize, Serialize};

use super::Action;
use super::list::Cursor;

/// A line of a form, known to its owner by `K`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<K> {
    /// What it is.
    pub key: K,
    /// What stands before it.
    pub label: String,
    /// What it holds.
    pub held: Held,
}

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A text of one line.
    Text(String),
    /// A text of several lines.
    Paragraphs(String),
    /// One of several.
    Choice {
        /// In words.
        options: Vec<String>,
        /// The one chosen.
        at: usize,
    },
    /// It does what its label says.
    Go,
}

/// What a draft holds of a line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Kept {
    /// The place of what is chosen.
    At(usize),
    /// What is written.
    Text(String),
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form<K> {
    lines: Vec<Line<K>>,
    /// The highlighted line.
    pub cursor: Cursor,
    /// The highlighted line is being written on.
    typing: bool,
}

impl<K> Default for Form<K> {
    fn default() -> Self {
        Self { lines: Vec::new(), cursor: Cursor::default(), typing: false }
    }
}

impl<K: Copy + PartialEq> Form<K> {
    /// Adds a line to write on.
    #[must_use]
    pub fn text(mut self, key: K, label: &str, text: impl Into<String>) -> Self {
        self.lines.push(Line { key, label: label.to_owned(), held: Held::Text(text.into()) });
        self
    }
    /// Adds a text of several lines, empty yet.
    #[must_use]
    pub fn paragraphs(mut self, key: K, label: &str) -> Self {
        let held = Held::Paragraphs(String::new());
        self.lines.push(Line { key, label: label.to_owned(), held });
        self
    }
    /// Adds a line to choose on.
    #[must_use]
    pub fn choice(mut self, key: K, label: &str, options: Vec<String>, at: usize) -> Self {
        let at = at.min(options.len().saturating_sub(1));
        self.lines.push(Line { key, label: label.to_owned(), held: Held::Choice { options, at } });
        self
    }
    /// Adds a line that does something.
    #[must_use]
    pub fn go(mut self, key: K, label: impl Into<String>) -> Self {
        self.lines.push(Line { key, label: label.into(), held: Held::Go });
        self
    }

    /// The lines.
    pub fn lines(&self) -> &[Line<K>] {
        &self.lines
    }
    /// The highlighted line.
    pub fn here(&self) -> Option<&Line<K>> {
        self.lines.get(self.cursor.at())
    }
    /// Highlights a line.
    pub fn go_to(&mut self, key: K) {
        let at = self.lines.iter().position(|line| line.key == key).unwrap_or(0);
        self.cursor.put(at, self.lines.len());
    }

    /// What is written on a line, trimmed; empty where there is no such line.
    pub fn written(&self, key: K) -> &str {
        match self.held(key) {
            Some(Held::Text(text) | Held::Paragraphs(text)) => text.trim(),
            _ => "",
        }
    }
    /// The place of what is chosen on a line.
    pub fn chosen(&self, key: K) -> Option<usize> {
        match self.held(key) {
            Some(Held::Choice { at, .. }) => Some(*at),
            _ => None,
        }
    }
    /// Whether there is such a line.
    pub fn has(&self, key: K) -> bool {
        self.held(key).is_some()
    }
    fn held(&self, key: K) -> Option<&Held> {
        self.lines.iter().find(|line| line.key == key).map(|line| &line.held)
    }

    /// The text being written on the highlighted line.
    pub fn editing(&self) -> Option<&str> {
        match self.here() {
            Some(Line { held: Held::Text(text) | Held::Paragraphs(text), .. }) if self.typing => {
                Some(text)
            }
            _ => None,
        }
    }
    /// The line being written on, and its text.
    pub fn writing(&self) -> Option<(K, &str)> {
        Some((self.here()?.key, self.editing()?))
    }
    /// A text of several lines is being written: Enter begins the next one.
    pub fn is_in_paragraphs(&self) -> bool {
        self.typing && matches!(self.here(), Some(Line { held: Held::Paragraphs(_), .. }))
    }
    /// The text is now this.
    pub fn type_text(&mut self, written: String) {
        let at = self.cursor.at();
        if let Some(Line { held: Held::Text(text) | Held::Paragraphs(text), .. }) =
            self.lines.get_mut(at)
        {
            *text = written;
        }
    }

    /// What stands on its lines, as a draft holds it; none where no text is written.
    pub fn kept(&self) -> Option<String> {
        let is_text = |held: &Held| match held {
            Held::Text(text) | Held::Paragraphs(text) => !text.trim().is_empty(),
            Held::Choice { .. } | Held::Go => false,
        };
        self.lines.iter().find(|line| is_text(&line.held))?;
        let each = self.lines.iter().map(|line| match &line.held {
            Held::Text(text) | Held::Paragraphs(text) => Kept::Text(text.clone()),
            Held::Choice { at, .. } => Kept::At(*at),
            Held::Go => Kept::At(0),
        });
        serde_json::to_string(&each.collect::<Vec<Kept>>()).ok()
    }

    /// Takes back what a draft holds; whether there was anything of this form in it.
    pub fn take_back(&mut self, draft: &str) -> bool {
        let Ok(kept) = serde_json::from_str::<Vec<Kept>>(draft) else { return false };
        if kept.len() != self.lines.len() {
            return false;
        }
        for (line, kept) in self.lines.iter_mut().zip(kept) {
            match (&mut line.held, kept) {
                (Held::Text(text) | Held::Paragraphs(text), Kept::Text(was)) => *text = was,
                (Held::Choice { options, at }, Kept::At(was)) if was < options.len() => *at = was,
                _ => {}
            }
        }
        true
    }

    /// Whether the highlighted line takes this action.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if self.is_in_paragraphs() {
            return matches!(action, A::LeaveText | A::LeaveTextNext | A::DropText);
        }
        if self.typing {
            return matches!(action, A::Keep | A::LeaveText);
        }
        match (self.here().map(|line| &line.held), action) {
            (Some(Held::Text(_) | Held::Paragraphs(_)), A::Fill) | (Some(Held::Go), A::Go) => true,
            (Some(Held::Choice { options, .. }), A::Turn | A::TurnBack) => options.len() > 1,
            (Some(_), A::Up | A::Down) => self.lines.len() > 1,
            _ => false,
        }
    }

    /// Whether it takes this action, or is left by it.
    pub fn takes_or_leaves(&self, action: Action) -> bool {
        self.takes(action) || (action == Action::Back && self.editing().is_none())
    }

    /// Does it; gives the line that is to do something.
    pub fn act(&mut self, action: Action) -> Option<K> {
        let len = self.lines.len();
        let at = self.cursor.at();
        match action {
            Action::Fill => self.typing = true,
            Action::Keep | Action::LeaveText | Action::LeaveTextNext | Action::DropText => {
                if action == Action::DropText {
                    self.type_text(String::new());
                }
                self.typing = false;
                if matches!(action, Action::Keep | Action::LeaveTextNext) {
                    self.cursor.put(at + 1, len);
                }
            }
            Action::Turn | Action::TurnBack => {
                if let Some(Held::Choice { options, at }) =
                    self.lines.get_mut(at).map(|line| &mut line.held)
                {
                    let step = if action == Action::Turn { 1 } else { options.len() - 1 };
                    *at = (*at + step) % options.len();
                }
            }
            Action::Go => return self.here().map(|line| line.key),
            other => {
                self.cursor.act(other, len);
            }
        }
        None
    }
}
