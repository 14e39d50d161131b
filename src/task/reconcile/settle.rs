//! The differences of one case, settled one after the other.
//!
//! The two reviews are A and B, in an order that tells nothing of who is first or second; a
//! third reader's, asked as tie-break, is C. Whose they are is said only once the case is
//! settled.

use std::sync::Arc;

use crate::review::RootCause;
use crate::task::list::Cursor;
use crate::task::{Action, Effect, Event, Field, review};

use super::beside::LINES;
use super::draft;
use super::opened::{C, Difference, ItemLine, Opened, Settling, Taking};

/// What the person is at.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Looking at the differences.
    Looking,
    /// Reading what else the item's two reviews have apart, from a line on.
    Beside(Cursor),
    /// Giving an answer of their own, on a [pad](State::pad).
    Own,
    /// Saying why the two differed, by number.
    Cause(Taking),
    /// Writing the reason.
    Reason {
        /// What is taken.
        taking: Taking,
        /// The cause chosen.
        cause: RootCause,
        /// The reason so far.
        text: String,
    },
}

/// A line of the screen's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An item's heading.
    Item(usize),
    /// A difference: its item and its place in it.
    Difference(usize, usize),
}

/// The settling of one case.
#[derive(Debug, Clone)]
pub struct State {
    /// The pair as last read.
    pub pair: Opened,
    /// The highlighted difference, by its place among all.
    pub cursor: Cursor,
    /// What the person is at.
    pub step: Step,
    /// A change is on its way to disk.
    pub saving: bool,
    /// What was not saved, and why.
    pub not_saved: Option<String>,
    /// Where an own answer is given.
    pub(super) pad: Option<Box<review::State>>,
}

impl State {
    /// A pair just opened, at its first open difference.
    pub fn open(pair: Opened) -> Self {
        let mut state = Self {
            pair,
            cursor: Cursor::default(),
            step: Step::Looking,
            saving: false,
            not_saved: None,
            pad: None,
        };
        state.go_to_open(0);
        state.take_draft();
        state
    }

    /// Goes on with a reason that was being written when the program ended.
    fn take_draft(&mut self) {
        if !self.is_open() {
            return;
        }
        let instrument = Arc::clone(&self.pair.instrument);
        let found = self.pair.drafts.iter().find_map(|(question, text)| {
            let differences = self.differences();
            let at =
                differences.iter().position(|one| one.question == *question && one.is_asked)?;
            let asked = instrument.question(*question);
            let can_take = |side: usize| differences[at].can_take(side);
            let step = draft::read(text, asked, self.pair.case_type, can_take)?;
            Some((at, differences.len(), step))
        });
        if let Some((at, len, step)) = found {
            self.cursor.put(at, len);
            self.step = step;
        }
    }

    /// Takes in the pair read anew: after a settlement it goes on to the next open
    /// difference.
    pub fn learn(&mut self, pair: Opened) {
        let settled = self.saving;
        self.pair = pair;
        self.saving = false;
        self.not_saved = None;
        self.step = Step::Looking;
        self.pad = None;
        self.cursor.settle(self.differences().len());
        if settled {
            self.go_to_open(self.cursor.at());
        }
    }

    /// Says that the last change is not on disk; what was written stays in its box.
    pub fn refused(&mut self, why: String) {
        self.saving = false;
        self.not_saved = Some(why);
    }

    /// Items and differences in the order shown.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, item) in self.pair.items.iter().enumerate() {
            rows.push(Row::Item(at));
            rows.extend((0..item.differences.len()).map(|nth| Row::Difference(at, nth)));
        }
        rows
    }

    /// The differences in the order shown.
    pub fn differences(&self) -> Vec<&Difference> {
        self.pair.items.iter().flat_map(|item| &item.differences).collect()
    }

    /// The highlighted difference.
    pub fn here(&self) -> Option<&Difference> {
        self.differences().get(self.cursor.at()).copied()
    }

    /// The item of the highlighted difference.
    pub fn item_here(&self) -> Option<&ItemLine> {
        let mut at = self.cursor.at();
        self.pair.items.iter().find(|item| {
            let inside = at < item.differences.len();
            at = at.wrapping_sub(if inside { 0 } else { item.differences.len() });
            inside
        })
    }

    /// Differences settled, and how many there are to settle as things stand.
    pub fn progress(&self) -> (usize, usize) {
        let asked = self.differences().into_iter().filter(|one| one.is_asked);
        asked.fold((0, 0), |(done, all), one| (done + usize::from(one.settled.is_some()), all + 1))
    }

    /// The case can be handed in.
    pub fn is_whole(&self) -> bool {
        let (done, all) = self.progress();
        done == all && self.pair.done.is_none()
    }

    /// It can still be changed.
    pub fn is_open(&self) -> bool {
        self.pair.done.is_none()
    }

    /// The highlighted difference can be settled by a side's answer.
    pub fn can_take(&self, side: usize) -> bool {
        self.is_open() && self.here().is_some_and(|here| here.can_take(side))
    }

    /// It can be settled by an answer of the lead's own.
    pub fn takes_own(&self) -> bool {
        self.is_open() && self.here().is_some_and(|here| here.is_asked)
    }

    /// The one line to show about what just happened.
    pub fn notice(&self) -> Option<&str> {
        self.pad().and_then(review::State::notice).or(self.not_saved.as_deref())
    }

    /// The reason being written.
    pub fn writing(&self) -> Option<&str> {
        match &self.step {
            Step::Reason { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Takes in the text of the reason, and keeps it as a draft.
    pub fn type_text(&mut self, typed: String) -> Vec<Effect> {
        if self.step == Step::Own {
            self.on_own(Event::Text(typed));
            return Vec::new();
        }
        let Step::Reason { text, .. } = &mut self.step else { return Vec::new() };
        if *text == typed {
            return Vec::new();
        }
        *text = typed;
        self.keep_draft(true)
    }

    /// Keeps the settlement being written as a draft, or drops it.
    fn keep_draft(&self, keep: bool) -> Vec<Effect> {
        let Some(here) = self.here() else { return Vec::new() };
        let question = self.pair.instrument.question(here.question);
        let text = draft::write(&self.step, question).filter(|_| keep);
        let reading = self.pair.reading.clone();
        vec![Effect::Draft { reading, question: here.question, field: Field::Reason, text }]
    }

    /// Chooses by number, counted from 1: an own answer's option, or the cause.
    pub fn pick(&mut self, number: usize) {
        if self.step == Step::Own {
            return self.on_own(Event::Pick(number));
        }
        let cause = number.checked_sub(1).and_then(|at| RootCause::ALL.get(at));
        if let (Step::Cause(taking), Some(cause)) = (&self.step, cause) {
            let (taking, text) = (taking.clone(), String::new());
            self.step = Step::Reason { taking, cause: *cause, text };
        }
    }

    fn take_side(&mut self, side: usize) {
        self.step = Step::Cause(Taking { side: Some(side), ..Taking::default() });
    }

    /// Does an action of this screen.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.step == Step::Own {
            self.on_own(Event::Act(action));
            return Vec::new();
        }
        match action {
            Action::TakeA => self.take_side(0),
            Action::TakeB => self.take_side(1),
            Action::TakeC => self.take_side(C),
            Action::TakeOwn => self.begin_own(),
            Action::NextOpen => self.go_to_open(self.cursor.at() + 1),
            Action::DropText => {
                let dropped = self.keep_draft(false);
                self.step = Step::Looking;
                return dropped;
            }
            Action::Evidence => self.step = Step::Beside(Cursor::default()),
            Action::Back => self.step = Step::Looking,
            Action::Commit => return self.commit(),
            Action::HandIn => {
                self.saving = true;
                return vec![Effect::HandIn { reading: self.pair.reading.clone() }];
            }
            Action::Finish => {
                return vec![Effect::Open { reading: self.pair.reading.clone() }];
            }
            other => {
                let len = self.differences().len();
                match &mut self.step {
                    Step::Beside(cursor) => cursor.act(other, LINES),
                    _ => self.cursor.act(other, len),
                };
            }
        }
        Vec::new()
    }

    fn commit(&mut self) -> Vec<Effect> {
        let (Step::Reason { taking, cause, text }, Some(here)) = (&self.step, self.here()) else {
            return Vec::new();
        };
        if text.trim().is_empty() || self.saving {
            self.not_saved = Some("write a few words why".to_owned());
            return Vec::new();
        }
        let settling = Settling {
            question: here.question,
            taking: taking.clone(),
            cause: *cause,
            reason: text.clone(),
        };
        self.saving = true;
        vec![Effect::Settle { reading: self.pair.reading.clone(), settling }]
    }

    /// Goes to the first open difference from a place on, then round to the start.
    fn go_to_open(&mut self, from: usize) {
        let differences = self.differences();
        let open = |at: &usize| differences[*at].is_asked && differences[*at].settled.is_none();
        let len = differences.len();
        let next = (from..len).chain(0..from.min(len)).find(open);
        if let Some(at) = next {
            self.cursor.put(at, len);
        }
    }
}
