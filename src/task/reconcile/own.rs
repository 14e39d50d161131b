//! An answer of the lead's own, given on a scratch pad of the settled review: the same boxes,
//! ticks and pages as in a review, and nothing is written until it is taken.

use std::sync::Arc;

use crate::instrument::Kind;
use crate::scoring::Value;
use crate::task::review::{self, Entry};
use crate::task::{Action, Event};

use super::opened::Taking;
use super::settle::{State, Step};

impl State {
    /// The pad an own answer is being given on.
    pub fn pad(&self) -> Option<&review::State> {
        self.pad.as_deref().filter(|_| self.step == Step::Own)
    }

    /// Begins an own answer to the highlighted difference.
    pub(super) fn begin_own(&mut self) {
        let Some(here) = self.here() else { return };
        let at = here.question;
        let question = self.pair.instrument.question(at);
        let mut answers = self.pair.answers.clone();
        // Rows are too much to write again for the one that differs; all else begins empty.
        let rows = match question.kind() {
            Kind::Table { .. } => {
                answers.get(at).cloned().or_else(|| here.sides.iter().find_map(|s| s.value.clone()))
            }
            _ => None,
        };
        answers.set(at, rows);
        answers.set_narrative(at, "");
        let instrument = Arc::clone(&self.pair.instrument);
        let Some(mut pad) = review::State::pad(instrument, answers, at) else { return };
        if !matches!(pad.entry(), Entry::One | Entry::Any) {
            pad.act(Action::Write);
        }
        self.pad = Some(Box::new(pad));
        self.step = Step::Own;
    }

    /// Whether the own answer is there, and no box or page lies over it.
    pub fn is_own_given(&self) -> bool {
        let (Some(pad), Some(here)) = (self.pad(), self.here()) else { return false };
        pad.is_walking() && pad.at() == here.question && !pad.lacks_answer()
    }

    /// Takes in what is done while an own answer is given.
    pub(in super::super) fn on_own(&mut self, event: Event) {
        let Some(at) = self.here().map(|here| here.question) else { return };
        let Some(pad) = self.pad.as_mut() else { return };
        // Nothing comes of a pad: it is written nowhere.
        match event {
            Event::Pick(number) => drop(pad.pick_by_number(number)),
            Event::Answer(value) => drop(pad.answer_whole(value)),
            Event::Text(text) => drop(pad.type_text(text)),
            Event::Act(Action::Back) if pad.is_walking() => {
                self.pad = None;
                self.step = Step::Looking;
                return;
            }
            Event::Act(Action::Next) => return self.take_from_pad(),
            Event::Act(action) => drop(pad.act(action)),
            _ => return,
        }
        // One option chosen, or one line written, is the whole answer.
        let Some(pad) = self.pad.as_ref() else { return };
        let ends = pad.at() != at || matches!(pad.entry(), Entry::One);
        let whole = pad.answers().get(at).is_some() && !pad.lacks_text(at);
        if ends && whole && pad.is_walking() {
            self.take_from_pad();
        }
    }

    /// Goes on to the cause with what stands on the pad.
    fn take_from_pad(&mut self) {
        let Some(at) = self.here().map(|here| here.question) else { return };
        let Some(pad) = self.pad.take() else { return };
        let value = pad.answers().get(at).cloned();
        let narrative = pad.answers().narrative(at).filter(|_| pad.asks_for_text(at));
        let narrative = narrative.map(str::to_owned);
        self.step = match value {
            Some(_) => Step::Cause(Taking { side: None, value, narrative }),
            None => Step::Looking,
        };
    }

    /// Takes an own answer that was typed as files write it.
    pub fn take_own(&mut self, value: Value) {
        let narrative = None;
        self.pad = None;
        self.step = Step::Cause(Taking { side: None, value: Some(value), narrative });
    }
}
