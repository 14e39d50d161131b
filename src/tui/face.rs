//! What the full screen holds beside the tasks' state: the open text box with its cursor.

use ratatui::Frame;

use super::editor::Editor;
use super::input::Input;
use super::keys::pressed;
use super::layout::is_too_small;
use super::theme::Theme;
use super::view;
use crate::instrument::QuestionIx;
use crate::task::{
    Action, App, Event, Field, Key, Screen, Size, alerts, board, drawing, quality, reconcile,
    review, route, saving,
};

/// What a text box is open on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Search,
    Reason(String, QuestionIx),
    Text(String, QuestionIx, Field),
    Step(drawing::Step, drawing::Slot),
    Elimination(board::Slot),
    Quality(quality::Slot),
    Alert(alerts::Slot),
    Third(reconcile::Slot),
    Save(saving::SaveSlot),
}

/// The full-screen face: turns input into events and draws states.
pub struct Face {
    theme: Theme,
    editor: Option<(Target, Editor)>,
}

impl Face {
    /// A face in a theme.
    pub fn new(theme: Theme) -> Self {
        Self { theme, editor: None }
    }

    /// What the input means in this state; none where it means nothing. Keys are routed by
    /// the state alone; what the table of actions leaves goes to the open text box.
    pub fn event(&mut self, app: &App, input: Input, size: Size) -> Option<Event> {
        match input {
            Input::End => Some(Event::Act(Action::Quit)),
            Input::Resize => Some(Event::Resized(size)),
            // Nobody answers a question that can't be seen: only the way out works there.
            Input::Key(key) if is_too_small(app.size.width, app.size.height) => {
                (pressed(key) == Some(Key::Ctrl('c'))).then_some(Event::Act(Action::Quit))
            }
            Input::Key(key) => pressed(key).and_then(|key| route(app, key)).or_else(|| {
                let editor = self.open_box(app)?;
                editor.key(key).then(|| Event::Text(editor.text()))
            }),
            Input::Paste(text) => {
                let editor = self.open_box(app)?;
                editor.paste(&text).then(|| Event::Text(editor.text()))
            }
        }
    }

    fn open_box(&mut self, app: &App) -> Option<&mut Editor> {
        if !app.is_typing() {
            return None;
        }
        self.follow(app);
        self.editor.as_mut().map(|(_, editor)| editor)
    }

    /// Opens, keeps or closes the text box as the state has it. Call before drawing.
    pub fn follow(&mut self, app: &App) {
        let wanted = wanted(app);
        let kept = match (&wanted, &self.editor) {
            (Some((target, text, _)), Some((on, editor))) => on == target && editor.text() == *text,
            (None, None) => true,
            _ => false,
        };
        if !kept {
            self.editor =
                wanted.map(|(target, text, one_line)| (target, Editor::new(&text, one_line)));
        }
    }

    /// Draws the state.
    pub fn draw(&self, frame: &mut Frame<'_>, app: &App) {
        view::draw(frame, self.theme, app, self.editor.as_ref().map(|(_, editor)| editor));
    }
}

/// The text box the state has open, its text, and whether it is one line. It stays open
/// behind the help.
fn wanted(app: &App) -> Option<(Target, String, bool)> {
    match (app.screen_below(), &app.review) {
        (Screen::Queue, _) if app.queue.searching => {
            Some((Target::Search, app.queue.search.clone(), true))
        }
        (Screen::Settle, _) => {
            let settle = app.settle.as_ref()?;
            if let Some(pad) = settle.pad() {
                return text_box(pad);
            }
            let (text, here) = (settle.writing()?, settle.here()?);
            let target = Target::Reason(settle.pair.reading.clone(), here.question);
            Some((target, text.to_owned(), true))
        }
        (Screen::Pairs, _) => {
            let (slot, text) = app.pairs.editing()?;
            Some((Target::Third(slot), text.to_owned(), true))
        }
        (Screen::Drawing, _) => {
            let (step, slot, text) = app.drawing.editing()?;
            Some((Target::Step(step, slot), text.to_owned(), true))
        }
        (Screen::Results | Screen::Goals, _) => {
            let (slot, text) = app.saving()?.editing()?;
            Some((Target::Save(slot), text.to_owned(), true))
        }
        (Screen::Alerts, _) => {
            let (slot, text) = app.alerts.editing()?;
            Some((Target::Alert(slot), text.to_owned(), !app.alerts.is_in_paragraphs()))
        }
        (Screen::Notes, _) => {
            let (slot, text) = app.quality.editing()?;
            Some((Target::Quality(slot), text.to_owned(), !app.quality.is_in_paragraphs()))
        }
        (Screen::Sample, _) => {
            let (slot, text) = app.board.editing()?;
            Some((Target::Elimination(slot), text.to_owned(), true))
        }
        (Screen::Review, Some(review)) => text_box(review),
        _ => None,
    }
}

/// The text box a review has open.
fn text_box(review: &review::State) -> Option<(Target, String, bool)> {
    let editing = review.editing()?;
    let target = Target::Text(review.reading().to_owned(), editing.question, editing.field);
    Some((target, editing.text.clone(), !editing.several_lines))
}
