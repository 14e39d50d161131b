//! The help: every action, made from the table.

use super::action::{Group, Line, TABLE};
use super::available::is_available_on;
use super::key::Key;
use super::reconcile::Step;
use super::{Action, App, Screen};

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
    // Letters go into the text that is being written.
    let typing = app.is_typing_on(below);
    let works = |key: &Key| !(typing && matches!(key, Key::Char(_) | Key::Digits));
    let (here, elsewhere): (Vec<&Line>, Vec<&Line>) = TABLE
        .iter()
        .partition(|line| line.keys.iter().any(works) && is_available_on(app, below, line.action));
    let mut lines = vec![HelpLine::Heading(HERE)];
    let mut taken: Vec<Key> = Vec::new();
    for line in here {
        // A key that leads to another action here is not told as this one's.
        let is_free = |key: &Key| works(key) && !taken.contains(key);
        let keys: Vec<Key> = line.keys.iter().copied().filter(is_free).collect();
        if !keys.is_empty() {
            let help = said_in_settling(app, below, line.action).unwrap_or(line.help);
            lines.push(entry(&keys, help, true));
        }
        taken.extend(line.keys);
    }
    for group in Group::ALL {
        let of_group: Vec<&&Line> = elsewhere.iter().filter(|line| line.group == group).collect();
        if !of_group.is_empty() {
            lines.push(HelpLine::Heading(group.title()));
            lines.extend(of_group.into_iter().map(|line| entry(line.keys, line.help, false)));
        }
    }
    lines
}

/// What an action does while two reviews are settled, where that is another thing.
fn said_in_settling(app: &App, below: Screen, action: Action) -> Option<&'static str> {
    let settle = app.settle.as_ref().filter(|_| below == Screen::Settle)?;
    Some(match (&settle.step, action) {
        (Step::Reason { .. }, Action::Commit) => "Settle the difference, with this reason.",
        (Step::Reason { .. }, Action::Back) => "Go back to the causes; what is written is kept.",
        (Step::Reason { .. }, Action::DropText) => {
            "Forget the reason and leave the difference open."
        }
        (Step::Cause(_), Action::Answer) => "Choose the cause of that number.",
        (Step::Cause(_), Action::Back) => "Go back to the differences; this one stays open.",
        (Step::Own | Step::Missing(_), Action::Next) => "Take the answer given.",
        (Step::Own | Step::Missing(_), Action::LeaveTextNext | Action::Commit) => {
            "Take the answer with what is written."
        }
        (Step::Looking, Action::NextOpen) => "Go to the next difference that is open.",
        (Step::Looking, Action::Finish) => "Answer what the settled review still lacks.",
        (Step::Looking, Action::PageUp | Action::PageDown) => {
            "Turn over the lines of the highlighted difference."
        }
        _ => return None,
    })
}

fn entry(keys: &[Key], help: &'static str, now: bool) -> HelpLine {
    let words: Vec<String> = keys.iter().map(|key| key.word()).collect();
    HelpLine::Action { keys: crate::text::list_or(&words), help, now }
}
