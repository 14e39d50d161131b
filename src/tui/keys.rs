//! Keys of the terminal library as the tasks know them, and the keys that work now in words.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::footer::Entry;
use crate::review::RootCause;
use crate::task::reconcile::Step;
use crate::task::review::{Entry as ReviewEntry, State};
use crate::task::{Action, App, Key, Screen, footer};

/// The key the tasks know, for a key that was pressed.
pub fn pressed(event: KeyEvent) -> Option<Key> {
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    Some(match event.code {
        KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::F(1) => Key::F1,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}

/// The first key of an action, in words.
pub fn key_of(action: Action) -> String {
    action.line().keys.first().map(|key| key.word()).unwrap_or_default()
}

/// Pairs of actions that share one entry, as they are shown.
const PAIRS: [(Action, Action, &str, &str); 6] = [
    (Action::ColumnLeft, Action::ColumnRight, "Left/Right", "column"),
    (Action::PreviousCell, Action::NextCell, "Left/Right", "cell"),
    (Action::Up, Action::Down, "Up/Down", "move"),
    (Action::PageUp, Action::PageDown, "PageUp/Down", "page"),
    (Action::First, Action::Last, "Home/End", "ends"),
    (Action::PreviousItem, Action::NextItem, "[ ]", "item"),
];

/// Every key that works now, with what it does.
pub fn working(app: &App) -> Vec<Entry> {
    let all = footer(app);
    let mut entries: Vec<Entry> = Vec::new();
    for (key, action) in &all {
        let pair = PAIRS.iter().find(|(a, b, ..)| {
            (a == action || b == action)
                && [a, b].iter().all(|wanted| all.iter().any(|(_, found)| found == *wanted))
        });
        let entry = match pair {
            Some((.., keys, words)) => ((*keys).to_owned(), (*words).to_owned()),
            None if *action == Action::LeaveSearch => ("Enter/Esc".to_owned(), label(app, *action)),
            None => (word(app, *key), label(app, *action)),
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

/// Digits only as far as there are options.
fn word(app: &App, key: Key) -> String {
    match (key, app.answering()) {
        (Key::Digits, None) if settling(app).is_some() => format!("1-{}", RootCause::ALL.len()),
        (Key::Digits, Some(review)) => match review.options().len() {
            0 | 1 => "1".to_owned(),
            last => format!("1-{}", last.min(9)),
        },
        (key, _) => key.word(),
    }
}

/// What the person is at while settling, where no own answer is given.
fn settling(app: &App) -> Option<&Step> {
    let settle = app.settle.as_ref().filter(|_| app.screen == Screen::Settle)?;
    settle.pad().is_none().then_some(&settle.step)
}

/// The label of an action while two reviews are settled.
fn label_in_settling(step: &Step, action: Action) -> Option<&'static str> {
    Some(match (step, action) {
        (Step::Cause(_), Action::Answer) => "cause",
        (Step::Cause(_) | Step::Beside(_), Action::Back) => "differences",
        (Step::Reason { .. }, Action::Back) => "causes",
        (Step::Reason { .. }, Action::Commit) => "settle",
        (_, Action::NextOpen) => "next difference",
        (_, Action::Finish) => "what is missing",
        (Step::Looking, Action::Back) => "pairs",
        _ => return None,
    })
}

/// The label of an action, said for where it leads to here.
fn label(app: &App, action: Action) -> String {
    if let Some(words) = settling(app).and_then(|step| label_in_settling(step, action)) {
        return words.to_owned();
    }
    let review = app.answering();
    let is_own = review.is_some() && app.screen == Screen::Settle;
    let walking = review.is_some_and(State::is_walking);
    let on_table = review.is_some_and(|r| r.entry() == ReviewEntry::Table);
    let in_table = review.and_then(State::table).is_some();
    let in_cell = in_table && review.is_some_and(|r| r.editing().is_some());
    let ticks = review
        .is_some_and(|r| r.entry() == ReviewEntry::Any || r.cell_entry() == Some(ReviewEntry::Any));
    let at_end = walking && review.is_some_and(|r| r.is_at_the_last());
    let is_scratch = review.is_some_and(State::is_scratch);
    let reader = app.browse.reader.as_ref().filter(|_| app.screen == Screen::Reader);
    let reads = reader.is_some_and(|reader| reader.types.is_none());
    let words = match action {
        Action::SettleNote if app.screen == Screen::Alerts => "close",
        Action::Back if app.screen == Screen::Results && app.results.choosing.is_some() => "done",
        Action::Yes if app.screen == Screen::Sample => "yes, bring it in",
        Action::No if app.screen == Screen::Sample => "not yet",
        Action::Next if is_own => "take it",
        Action::Back if is_own && walking => "differences",
        Action::LeaveTextNext if is_own => "done, take it",
        Action::Commit if is_own && !in_table => "take it",
        Action::Next if at_end && !is_scratch => "what is missing",
        Action::Back if walking && is_scratch => "instrument",
        Action::Back if walking => "cases",
        Action::Enter if app.screen == Screen::Shelf => "read",
        Action::Enter if reads => "read",
        Action::Back if in_table && review.is_some_and(|r| r.highlight().is_some()) => "rows",
        Action::Write | Action::Text | Action::Read if on_table => "rows",
        Action::Commit if in_cell => "save, next cell",
        Action::Clear if in_table => "clear cell",
        Action::Clear => "clear",
        Action::Answer if ticks => "tick",
        Action::NextItem | Action::PreviousItem => "item",
        Action::Changes => "changes",
        action => action.label(),
    };
    words.to_owned()
}
