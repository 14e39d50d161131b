//! What each action does to a review.

use crate::instrument::{QuestionIx, words};

use super::super::list::Cursor;
use super::super::{Action, Effect, Field};
use super::{Entry, ItemRow, Panel, State};

impl State {
    /// Does what the action means here. The caller has checked that it is available.
    pub(in super::super) fn act(&mut self, action: Action) -> Vec<Effect> {
        self.notice = None;
        let arrived = std::mem::take(&mut self.arrived);
        if self.panel.is_some() {
            return self.act_in_panel(action);
        }
        if self.table.is_some() && self.editing.is_none() {
            return self.act_in_table(action);
        }
        let mut effects = Vec::new();
        match action {
            Action::LeaveText => {
                let warned = self
                    .editing
                    .as_ref()
                    .is_some_and(|open| open.field == Field::Answer && open.problem.is_some());
                if !self.leave_text(&mut effects) && warned {
                    // Told once what is wrong with it, one may look something up first.
                    self.editing = None;
                }
            }
            Action::LeaveTextNext | Action::Commit => {
                let left = self.leave_text(&mut effects);
                match (left, self.table) {
                    (true, Some(_)) => self.after_cell(),
                    (true, None) => self.arrive(),
                    (false, _) => {}
                }
            }
            Action::DropText => effects = self.drop_text(),
            Action::Up | Action::Down => self.move_highlight(action),
            Action::Choose | Action::Tick => {
                if let Some(row) = self.highlight {
                    effects = self.pick(row + 1);
                }
            }
            Action::Nothing => effects = self.tick_nothing(),
            Action::Write | Action::Text => self.write(),
            Action::Note => self.write_note(),
            Action::Next => self.go_on(),
            Action::Previous => self.go_if(self.preceding()),
            Action::NextOpen if arrived && self.lacks(self.at) => {
                // Who presses n after an answer means this question, not the one behind it.
                self.notice = Some("this is the next open question; again goes past it".to_owned());
            }
            Action::NextOpen => match self.next_open() {
                Some(at) => self.stand_at(at),
                None => self.notice = Some("no question is open".to_owned()),
            },
            Action::NextItem => self.go_if(self.next_item()),
            Action::PreviousItem => self.go_if(self.previous_item()),
            Action::FaceSheet => self.go_if(self.face_sheet()),
            Action::Clear => effects = self.answer(None),
            Action::Undo => effects = self.take_back(),
            Action::Redo => effects = self.make_again(),
            Action::Retry => effects.extend(self.journal.send(&self.reading)),
            Action::Guidance => self.panel = Some(Panel::Guidance(Cursor::default())),
            Action::AddRow => {
                self.open_table();
                effects = self.add_row();
            }
            Action::Read if self.entry() == Entry::Table => self.open_table(),
            Action::Read => self.panel = Some(Panel::Reading(Cursor::default())),
            Action::Why => self.panel = Some(Panel::Why(Cursor::default())),
            Action::Changes => self.panel = Some(Panel::Changes(Cursor::default())),
            Action::Items => {
                let rows = self.item_rows();
                let mut cursor = Cursor::default();
                let here = rows.iter().rposition(|row| row.is_here).unwrap_or(0);
                cursor.put(here, rows.len());
                self.panel = Some(Panel::Items(cursor));
            }
            _ => {}
        }
        effects
    }

    fn act_in_panel(&mut self, action: Action) -> Vec<Effect> {
        let len = self.panel_len();
        match (action, self.panel) {
            (Action::Back, _) => self.panel = None,
            (Action::GoTo, Some(Panel::Items(cursor))) => {
                let row = self.item_rows().into_iter().nth(cursor.at());
                let to = row.as_ref().and_then(|row| match row.item {
                    Some(item) => self.first_of(item),
                    None => self.face_sheet(),
                });
                match (to, row) {
                    (Some(to), _) => {
                        self.panel = None;
                        self.stand_at(to);
                    }
                    (None, Some(ItemRow { item: Some(item), .. })) => {
                        let name = words::item_name(&self.instrument, item);
                        self.notice = Some(format!("{name} is not asked of this case"));
                    }
                    (None, _) => {}
                }
            }
            _ => {
                if let Some(cursor) = self.panel_cursor() {
                    cursor.act(action, len);
                }
            }
        }
        Vec::new()
    }

    fn go_if(&mut self, to: Option<QuestionIx>) {
        if let Some(to) = to {
            self.stand_at(to);
        }
    }

    /// The first press stands on the answer given, or on the first option.
    pub(super) fn move_highlight(&mut self, action: Action) {
        let options = self.options();
        if options.is_empty() {
            return;
        }
        let last = options.len() - 1;
        self.highlight = Some(match (self.highlight, action) {
            (None, _) => options.iter().position(|o| o.chosen).unwrap_or(0),
            (Some(row), Action::Up) => row.saturating_sub(1),
            (Some(row), _) => (row + 1).min(last),
        });
    }

    /// Enter would choose the highlighted option: it isn't the answer yet.
    pub(in super::super) fn can_choose(&self) -> bool {
        self.is_open()
            && self.entry() == Entry::One
            && self
                .highlight
                .is_some_and(|row| self.options().get(row).is_some_and(|option| !option.chosen))
    }

    /// Takes the option with a number, as typed or pressed.
    pub(in super::super) fn pick_by_number(&mut self, number: usize) -> Vec<Effect> {
        self.notice = None;
        self.pick(number)
    }

    /// Goes to a question, if it is asked now.
    pub(in super::super) fn visit(&mut self, question: QuestionIx) {
        self.notice = None;
        self.arrived = false;
        self.go(question);
    }

    /// Leaving in a hurry: the open text is stored where it can be an answer, else it
    /// stays behind as a draft.
    pub(in super::super) fn put_down(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.leave_text(&mut effects) {
            self.editing = None;
        }
        self.panel = None;
        effects
    }
}
