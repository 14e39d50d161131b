//! The help: every action, made from the table.

use super::action::{Group, Line, TABLE};
use super::available::is_available_on;
use super::key::Key;
use super::{App, Screen};

/// One line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// A group's heading.
    Heading(&'static str),
    /// An action.
    Action {
        /// Its keys in words: "Enter or Right".
        keys: String,
        /// What it does, a sentence.
        help: &'static str,
        /// It works on the screen help was opened from.
        now: bool,
    },
}

/// Heading of what works on the screen help was opened from.
pub const HERE: &str = "Keys that work here";

/// The help's lines: what works on the screen it was opened from, then what works elsewhere.
pub fn help(app: &App) -> Vec<HelpLine> {
    let below = match app.screen {
        Screen::Help => app.screen_below(),
        screen => screen,
    };
    let (here, elsewhere): (Vec<&Line>, Vec<&Line>) =
        TABLE.iter().partition(|line| is_available_on(app, below, line.action));
    let mut lines = vec![HelpLine::Heading(HERE)];
    let mut taken: Vec<Key> = Vec::new();
    for line in here {
        // A key that leads to another action here is not told as this one's.
        let is_free = |key: &Key| !taken.contains(key);
        let keys: Vec<Key> = line.keys.iter().copied().filter(is_free).collect();
        if !keys.is_empty() {
            lines.push(entry(line, &keys, true));
        }
        taken.extend(line.keys);
    }
    for group in Group::ALL {
        let of_group: Vec<&&Line> = elsewhere.iter().filter(|line| line.group == group).collect();
        if !of_group.is_empty() {
            lines.push(HelpLine::Heading(group.title()));
            lines.extend(of_group.into_iter().map(|line| entry(line, line.keys, false)));
        }
    }
    lines
}

fn entry(line: &Line, keys: &[Key], now: bool) -> HelpLine {
    let words: Vec<String> = keys.iter().map(|key| key.word()).collect();
    HelpLine::Action { keys: crate::text::list_or(&words), help: line.help, now }
}
