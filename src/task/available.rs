//! Which actions are available in a state, and which key leads to which.

use super::action::{Action, TABLE};
use super::browse::Reader;
use super::key::Key;
use super::review::{Entry, Panel, Saved, Stand, State};
use super::{App, Event, Screen, reconcile};

/// The actions available now, in the order of [`TABLE`].
pub fn available(app: &App) -> Vec<Action> {
    TABLE.iter().map(|line| line.action).filter(|action| is_available(app, *action)).collect()
}

/// Whether an action is available now.
pub fn is_available(app: &App, action: Action) -> bool {
    is_available_on(app, app.screen, action)
}

/// Whether an action would be available on a screen.
pub(super) fn is_available_on(app: &App, screen: Screen, action: Action) -> bool {
    use Action as A;
    match (screen, action) {
        (Screen::ConfirmQuit, _) => matches!(action, A::Retry | A::Leave | A::Stay),
        (_, A::Quit) => true,
        (_, A::Help) => screen != Screen::Help,
        (_, A::Alert) => takes_alert(app, screen),
        (Screen::Alerts, _) => app.alerts.takes(action),
        (Screen::Start, A::Continue) => app.start.info.last.is_some(),
        (Screen::Start, A::Pairs) => app.start.info.pairs.is_some(),
        (Screen::Agreement, _) => app.agreement.takes(action),
        (Screen::Pairs, _) => app.pairs.takes(action),
        (Screen::Settle, _) => app.settle.as_ref().is_some_and(|s| in_settling(s, action)),
        (Screen::Start, A::Sample) => app.start.info.sees_sample(),
        (Screen::Start, A::Quality) => app.start.info.quality.is_some(),
        (Screen::Quality, A::Open) => app.quality.chosen().is_some(),
        (Screen::Quality, _) => action == A::Back || (is_move(action) && !app.quality.is_empty()),
        (Screen::Notes, _) => app.quality.takes(action),
        (Screen::Results, A::Goals) => app.start.info.plan && app.results.is_at_table(),
        (Screen::Start, A::Goals) => app.start.info.plan,
        (Screen::Goals, _) => app.goals.takes(action),
        (Screen::Start, _) => {
            matches!(action, A::Cases | A::Results | A::Instruments | A::Enter | A::Up | A::Down)
        }
        (Screen::Queue, _) => in_queue(app, action),
        (Screen::Review, _) => app.review.as_ref().is_some_and(|r| in_review(r, action)),
        (Screen::Missing, _) => app.review.as_ref().is_some_and(|r| in_missing(r, action)),
        (Screen::Sample, _) => app.board.takes(action),
        (Screen::Drawing, _) => app.drawing.takes(action),
        (Screen::Results, _) => app.results.takes(action),
        (Screen::Shelf, A::Enter) => !app.browse.shelf().is_empty(),
        (Screen::Shelf, A::Back) => !app.browse.alone,
        (Screen::Shelf, _) => is_move(action),
        (Screen::Reader, _) => app.browse.reader.as_ref().is_some_and(|r| in_reader(r, action)),
        (Screen::Help, _) => action == A::Back || is_move(action),
    }
}

/// On every screen of a workspace where no letter goes into a text.
fn takes_alert(app: &App, screen: Screen) -> bool {
    let quiet = match screen {
        Screen::Review => {
            app.review.as_ref().is_some_and(|review| review.editing().is_none())
                && app.review.as_ref().is_some_and(|review| !review.is_scratch())
        }
        Screen::Shelf | Screen::Reader => !app.browse.alone,
        Screen::Alerts | Screen::Help | Screen::ConfirmQuit => false,
        Screen::Drawing => app.drawing.takes(Action::Back),
        _ => true,
    };
    quiet && !app.is_typing_on(screen)
}

pub(super) fn is_move(action: Action) -> bool {
    use Action as A;
    matches!(action, A::Up | A::Down | A::PageUp | A::PageDown | A::First | A::Last)
}

fn in_queue(app: &App, action: Action) -> bool {
    use Action as A;
    let queue = &app.queue;
    if queue.searching {
        return action == A::LeaveSearch;
    }
    match action {
        A::Open => queue.chosen().is_some(),
        A::ClearFilters => queue.is_filtered(),
        A::Search | A::FilterStatus | A::FilterCaseType | A::FilterRegion | A::Sort => true,
        A::Results | A::Back => true,
        other => is_move(other),
    }
}

fn in_reader(reader: &Reader, action: Action) -> bool {
    use Action as A;
    match action {
        A::Enter => reader.page.is_none() || reader.types.is_some(),
        A::Try => reader.types.is_none(),
        A::NextItem | A::PreviousItem => reader.page.is_some() && reader.types.is_none(),
        A::Back => true,
        other => is_move(other),
    }
}

fn in_settling(settle: &reconcile::State, action: Action) -> bool {
    use Action as A;
    match settle.step {
        reconcile::Step::Reason { .. } => matches!(action, A::Commit | A::DropText | A::Back),
        reconcile::Step::HandIn => matches!(action, A::Yes | A::No) && !settle.saving,
        reconcile::Step::Own | reconcile::Step::Missing(_) => {
            settle.pad().is_some_and(|pad| on_pad(settle, pad, action))
        }
        reconcile::Step::Cause(_) => matches!(action, A::Answer | A::Back),
        reconcile::Step::Beside(_) => action == A::Back || is_move(action),
        reconcile::Step::Looking => match action {
            A::Evidence => settle.item_here().is_some_and(|item| !item.beside.is_empty()),
            A::Unfold => settle.pair.items.iter().any(|item| !item.follows.is_empty()),
            A::TakeA => settle.can_take(0),
            A::TakeB => settle.can_take(1),
            A::TakeC => settle.can_take(reconcile::C),
            A::TakeOwn => settle.takes_own(),
            A::AskThird => settle.is_open() && settle.pair.third == reconcile::Third::Unasked,
            A::HandIn => settle.is_whole() && settle.pair.missing.is_empty() && !settle.saving,
            A::Finish => settle.is_whole() && !settle.pair.missing.is_empty(),
            A::NextOpen => settle.progress().0 < settle.progress().1,
            A::Back => true,
            other => is_move(other) && settle.here().is_some(),
        },
    }
}

/// While an own answer is given: what answers the question, nothing that walks on.
fn on_pad(settle: &reconcile::State, pad: &State, action: Action) -> bool {
    use Action as A;
    let walks = matches!(
        action,
        A::Previous | A::NextOpen | A::NextItem | A::PreviousItem | A::Items | A::FaceSheet
    );
    let looks = matches!(action, A::Note | A::Why | A::Changes | A::Undo | A::Redo);
    match action {
        A::Next => settle.is_own_given(),
        _ if pad.is_walking() && (walks || looks) => false,
        other => in_review(pad, other),
    }
}

fn can_retry(review: &State) -> bool {
    matches!(review.saved(), Saved::Failed { .. }) && !review.is_shut()
}

fn in_missing(review: &State, action: Action) -> bool {
    use Action as A;
    match action {
        A::GoTo => review.count_gaps() > 0,
        A::Submit => review.can_submit(),
        A::Retry => can_retry(review),
        A::ReadAnew => review.is_shut(),
        A::Back => true,
        other => is_move(other) && review.count_gaps() > 0,
    }
}

fn in_review(review: &State, action: Action) -> bool {
    use Action as A;
    if let Some(editing) = review.editing() {
        return match action {
            A::LeaveText | A::DropText => true,
            A::LeaveTextNext => editing.several_lines,
            A::Commit => !editing.several_lines,
            _ => false,
        };
    }
    if let Some(panel) = review.panel() {
        let list = matches!(panel, Panel::Items(_));
        return action == A::Back || is_move(action) || (list && action == A::GoTo);
    }
    if let Some(stand) = review.table() {
        return in_table(review, stand, action);
    }
    let entry = review.entry();
    if entry == Entry::Table {
        match action {
            A::Write => return review.is_open() && review.wants_rows(),
            A::Text => return review.is_open() && !review.wants_rows(),
            A::AddRow => return review.is_open(),
            A::Read => return !review.is_open() && !review.rows().is_empty(),
            // Rows go one by one.
            A::Clear => return false,
            _ => {}
        }
    }
    let by_options = matches!(entry, Entry::One | Entry::Any);
    let open = review.is_open();
    match action {
        A::Answer => open && by_options,
        A::Nothing => open && entry == Entry::Any && review.may_tick_nothing(),
        A::Choose => review.can_choose(),
        A::Tick => open && entry == Entry::Any && review.highlight().is_some(),
        A::Up | A::Down => by_options,
        A::Write => open && !by_options && review.lacks_answer(),
        A::Text => review.writable().is_some() && (by_options || !review.lacks_answer()),
        A::Note => open,
        A::Notes => review.has_qa(),
        A::Read => !open && !review.texts().is_empty(),
        A::Clear => open && !review.lacks_answer(),
        A::Next => !review.is_at_the_last() || open,
        A::Previous => !review.is_at_the_first(),
        A::NextOpen => open && review.next_open().is_some(),
        A::Items | A::Guidance => true,
        A::NextItem => review.next_item().is_some(),
        A::PreviousItem => review.previous_item().is_some(),
        A::FaceSheet => review.item().is_some() && review.face_sheet().is_some(),
        A::Why => review.item().is_some(),
        A::Changes => review.item().is_some() && review.shows_changes(),
        A::Undo => review.can_undo(),
        A::Redo => review.can_redo(),
        A::Finish => open && !review.is_scratch(),
        A::Retry => can_retry(review),
        A::ReadAnew => review.is_shut(),
        A::Back => true,
        _ => false,
    }
}

/// On the page of a table.
fn in_table(review: &State, stand: Stand, action: Action) -> bool {
    use Action as A;
    let open = review.is_open();
    let is_row = stand.row < review.rows().len();
    let entry = review.cell_entry();
    let choosing = review.highlight().is_some();
    match action {
        A::Answer => open && matches!(entry, Some(Entry::One | Entry::Any)),
        A::Nothing => open && entry == Some(Entry::Any) && review.may_tick_nothing(),
        A::Choose => open && choosing && entry == Some(Entry::One),
        A::Tick => open && choosing && entry == Some(Entry::Any),
        A::EditCell => open && is_row && !choosing,
        A::NextCell => is_row && (choosing || review.is_cell_after()),
        A::PreviousCell => is_row && !choosing && review.is_cell_before(),
        A::AddRow => open,
        A::DeleteRow => open && is_row,
        A::Clear => open && review.is_cell_given(),
        A::Up | A::Down => choosing || review.rows().len() > 1,
        A::PageUp | A::PageDown => !choosing && review.rows().len() > 10,
        A::NextOpen => open && review.next_open_cell().is_some(),
        A::Undo => review.can_undo(),
        A::Redo => review.can_redo(),
        A::Guidance => true,
        A::Retry => can_retry(review),
        A::ReadAnew => review.is_shut(),
        A::Back => true,
        _ => false,
    }
}

/// The event a key means now; none where it means nothing, or is a character of a text.
pub fn route(app: &App, key: Key) -> Option<Event> {
    let action = action_of(app, key)?;
    match (action, key.digit()) {
        (Action::Answer, Some(number)) => Some(Event::Pick(number)),
        _ => Some(Event::Act(action)),
    }
}

/// The action a key leads to now.
fn action_of(app: &App, key: Key) -> Option<Action> {
    if app.is_typing() && matches!(key, Key::Char(_)) {
        return None;
    }
    TABLE
        .iter()
        .filter(|line| line.keys.iter().any(|k| k.is_pressed_by(key)))
        .map(|line| line.action)
        .find(|action| is_available(app, *action))
}

/// What the footer shows: each available action with the first of its keys that leads to
/// it now, most useful first. A face shows as many as fit, and help always.
pub fn footer(app: &App) -> Vec<(Key, Action)> {
    let typing = app.is_typing();
    let mut taken: Vec<Key> = Vec::new();
    let mut shown = Vec::new();
    for line in TABLE.iter().filter(|line| is_available(app, line.action)) {
        // Where two available actions share a key, the earlier one has it.
        let is_free = |key: &&Key| {
            let pressed = if **key == Key::Digits { Key::Char('1') } else { **key };
            let is_text = typing && matches!(pressed, Key::Char(_));
            !is_text && !taken.iter().any(|taken| taken.is_pressed_by(pressed))
        };
        if let Some(key) = line.keys.iter().find(is_free) {
            shown.push((*key, line.action));
        }
        taken.extend(line.keys);
    }
    shown
}
