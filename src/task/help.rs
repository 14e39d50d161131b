//! The help: every action, made from the table.

use super::action::{Group, TABLE};
use super::available::is_available_on;
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

/// The help's lines.
pub fn help(app: &App) -> Vec<HelpLine> {
    let below = match app.screen {
        Screen::Help => app.screen_below(),
        screen => screen,
    };
    let mut lines = Vec::new();
    for group in Group::ALL {
        lines.push(HelpLine::Heading(group.title()));
        for line in TABLE.iter().filter(|line| line.group == group) {
            let words: Vec<String> = line.keys.iter().map(|key| key.word()).collect();
            lines.push(HelpLine::Action {
                keys: crate::text::list_or(&words),
                help: line.help,
                now: is_available_on(app, below, line.action),
            });
        }
    }
    lines
}
