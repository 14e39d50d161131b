//! The differences of one case, settled one after the other.
//!
//! The two reviews are A and B, in an order that tells nothing of who is first or second; a
//! third reader's, asked as tie-break, is C. Whose they are is said only once the case is
//! settled.

use std::sync::Arc;

use crate::instrument::{QuestionIx, Role};
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
    /// Giving what the settled review lacks and neither review was asked, on a pad too.
    Missing(QuestionIx),
    /// Being asked whether it is to be handed in.
    HandIn,
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
    /// An answer that only follows from those: its item and its place among them.
    Follow(usize, usize),
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
    /// One line about what just happened: what was not saved, and why.
    pub said: Option<String>,
    /// Answers that only follow are shown.
    pub unfolded: bool,
    /// The first line shown of the highlighted difference.
    pub scroll: Cursor,
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
            said: None,
            unfolded: false,
            scroll: Cursor::default(),
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
            match step {
                Step::Own => self.begin_own(),
                step => self.step = step,
            }
        }
    }

    /// What was kept while a question was settled.
    pub(super) fn drafted(&self, at: QuestionIx) -> Option<&str> {
        let found = self.pair.drafts.iter().find(|(question, _)| *question == at);
        found.map(|(_, text)| text.as_str())
    }

    /// Takes in the pair read anew: after a settlement it goes on to the next open
    /// difference.
    pub fn learn(&mut self, pair: Opened) {
        let settled = self.saving;
        let goes_on = matches!(self.step, Step::Missing(_));
        let before = std::mem::replace(&mut self.pair, pair);
        self.saving = false;
        self.said = None;
        self.step = Step::Looking;
        self.pad = None;
        self.scroll = Cursor::default();
        self.cursor.settle(self.differences().len());
        if settled {
            self.go_to_open(self.cursor.at());
            self.ask_what_is_missing(&before, goes_on);
        }
    }

    /// Asks at once for the reason that an own answer calls for; and who answers what is
    /// missing at the end is asked one after the other.
    fn ask_what_is_missing(&mut self, before: &Opened, goes_on: bool) {
        let whole = self.is_whole();
        let next = self.pair.missing.iter().find(|one| {
            let is_new = !before.missing.iter().any(|old| old.question == one.question);
            let role = self.pair.instrument.question(one.question).role();
            (goes_on && whole) || (*role == Role::Reason && (is_new || goes_on))
        });
        if let Some(at) = next.map(|one| one.question).filter(|_| self.is_open()) {
            self.begin_missing(at);
        }
    }

    /// Says that the last change is not on disk; what was written stays in its box.
    pub fn refused(&mut self, why: String) {
        self.saving = false;
        self.said = Some(why);
        match self.step {
            Step::HandIn => self.step = Step::Looking,
            Step::Missing(at) => self.begin_missing(at),
            _ => {}
        }
    }

    /// Items and differences in the order shown.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, item) in self.pair.items.iter().enumerate() {
            rows.push(Row::Item(at));
            rows.extend((0..item.differences.len()).map(|nth| Row::Difference(at, nth)));
            if self.unfolded {
                rows.extend((0..item.follows.len()).map(|nth| Row::Follow(at, nth)));
            }
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
        let asked = self.differences().into_iter().filter(|one| one.is_to_settle());
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
        self.is_open() && self.here().is_some_and(Difference::is_to_settle)
    }

    /// The one line to show about what just happened.
    pub fn notice(&self) -> Option<&str> {
        self.said.as_deref().or(self.pad().and_then(review::State::notice))
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
        if self.pad().is_some() {
            return self.on_own(Event::Text(typed));
        }
        let Step::Reason { text, .. } = &mut self.step else { return Vec::new() };
        if *text == typed {
            return Vec::new();
        }
        *text = typed;
        self.keep_draft()
    }

    /// Keeps the settlement being written as a draft, where that is news.
    pub(super) fn keep_draft(&mut self) -> Vec<Effect> {
        let at = self.pad_at().or_else(|| self.here().map(|here| here.question));
        let Some(at) = at else { return Vec::new() };
        let question = self.pair.instrument.question(at);
        let text = draft::write(&self.step, question, self.pad(), self.drafted(at));
        self.put_draft(at, text)
    }

    fn put_draft(&mut self, at: QuestionIx, text: Option<String>) -> Vec<Effect> {
        if self.drafted(at) == text.as_deref() {
            return Vec::new();
        }
        self.pair.drafts.retain(|(question, _)| *question != at);
        self.pair.drafts.extend(text.clone().map(|text| (at, text)));
        let reading = self.pair.reading.clone();
        vec![Effect::Draft { reading, question: at, field: Field::Reason, text }]
    }

    /// Chooses by number, counted from 1: an own answer's option, or the cause.
    pub fn pick(&mut self, number: usize) -> Vec<Effect> {
        if self.pad().is_some() {
            return self.on_own(Event::Pick(number));
        }
        let cause = number.checked_sub(1).and_then(|at| RootCause::ALL.get(at));
        if let (Step::Cause(taking), Some(cause)) = (&self.step, cause) {
            let taking = taking.clone();
            let kept = self.here().and_then(|here| draft::reason(self.drafted(here.question)?));
            self.step = Step::Reason { taking, cause: *cause, text: kept.unwrap_or_default() };
        }
        Vec::new()
    }

    fn take_side(&mut self, side: usize) {
        self.step = Step::Cause(Taking { side: Some(side), ..Taking::default() });
    }

    /// Does an action of this screen.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.pad().is_some() {
            return self.on_own(Event::Act(action));
        }
        self.said = None;
        match action {
            Action::TakeA => self.take_side(0),
            Action::TakeB => self.take_side(1),
            Action::TakeC => self.take_side(C),
            Action::TakeOwn => self.begin_own(),
            Action::NextOpen => self.go_to_open(self.cursor.at() + 1),
            Action::DropText => {
                self.step = Step::Looking;
                let at = self.here().map(|here| here.question);
                return at.map(|at| self.put_draft(at, None)).unwrap_or_default();
            }
            Action::Evidence => self.step = Step::Beside(Cursor::default()),
            Action::Unfold => self.unfolded = !self.unfolded,
            Action::Back => {
                self.step = match std::mem::replace(&mut self.step, Step::Looking) {
                    Step::Reason { taking, .. } => Step::Cause(taking),
                    _ => Step::Looking,
                };
            }
            Action::Commit => return self.commit(),
            Action::HandIn => self.step = Step::HandIn,
            Action::No => self.step = Step::Looking,
            Action::Yes => {
                self.saving = true;
                return vec![Effect::HandIn { reading: self.pair.reading.clone() }];
            }
            Action::Finish => {
                if let Some(at) = self.pair.missing.first().map(|one| one.question) {
                    self.begin_missing(at);
                }
            }
            other => self.move_about(other),
        }
        Vec::new()
    }

    fn move_about(&mut self, action: Action) {
        let len = self.differences().len();
        match (&mut self.step, action) {
            (Step::Beside(cursor), _) => {
                cursor.act(action, LINES);
            }
            (_, Action::PageUp | Action::PageDown) => {
                self.scroll.act(action, LINES);
            }
            _ => {
                self.scroll = Cursor::default();
                self.cursor.act(action, len);
            }
        }
    }

    fn commit(&mut self) -> Vec<Effect> {
        let (Step::Reason { taking, cause, text }, Some(here)) = (&self.step, self.here()) else {
            return Vec::new();
        };
        if text.trim().is_empty() || self.saving {
            self.said = Some("write a few words why".to_owned());
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

    /// Goes to the difference at a question, settled or not.
    pub(in super::super) fn go_to(&mut self, question: QuestionIx) {
        let differences = self.differences();
        let len = differences.len();
        let at = differences.iter().position(|one| one.question == question);
        if let (Some(at), Step::Looking) = (at, &self.step) {
            self.scroll = Cursor::default();
            self.cursor.put(at, len);
        }
    }

    /// Goes to the first open difference from a place on, then round to the start.
    fn go_to_open(&mut self, from: usize) {
        let differences = self.differences();
        let open =
            |at: &usize| differences[*at].is_to_settle() && differences[*at].settled.is_none();
        let len = differences.len();
        let next = (from..len).chain(0..from.min(len)).find(open);
        if let Some(at) = next {
            self.scroll = Cursor::default();
            self.cursor.put(at, len);
        }
    }
}
