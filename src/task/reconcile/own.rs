//! An answer of the lead's own, given on a scratch pad of the settled review: the same boxes,
//! ticks and pages as in a review, and nothing is written until it is taken. What only the
//! settled review is asked, as the reason for an own NA, is answered on one too.

use std::sync::Arc;

use crate::instrument::{Kind, QuestionIx};
use crate::scoring::Value;
use crate::task::review::{self, Draft, Entry};
use crate::task::{Action, Effect, Event, Field};

use super::draft::{self, Own};
use super::opened::{C, LETTERS, Said, Taking};
use super::settle::{State, Step};

impl State {
    /// The pad an own answer is being given on.
    pub fn pad(&self) -> Option<&review::State> {
        self.pad.as_deref().filter(|_| self.pad_at().is_some())
    }

    /// The question the pad is for.
    pub fn pad_at(&self) -> Option<QuestionIx> {
        match self.step {
            Step::Own => self.here().map(|here| here.question),
            Step::Missing(at) => Some(at),
            _ => None,
        }
    }

    /// Begins an own answer to the highlighted difference, or goes on with one half given.
    pub(super) fn begin_own(&mut self) {
        let Some(here) = self.here() else { return };
        let at = here.question;
        let question = self.pair.instrument.question(at);
        let kept = self.drafted(at);
        let kept = kept.and_then(|kept| draft::read_own(kept, question, self.pair.case_type));
        // Rows are too much to write again for the one that differs; all else begins empty.
        let mut begins = None;
        let rows = match question.kind() {
            Kind::Table { .. } if kept.is_none() => {
                let side = here.sides.iter().position(|side| side.value.is_some());
                let settled = self.pair.answers.get(at).cloned();
                begins = side.filter(|_| settled.is_none()).map(|side| LETTERS[side]);
                settled.or_else(|| here.sides.get(side?)?.value.clone())
            }
            _ => None,
        };
        let is_kept = kept.is_some();
        let mut answers = self.pair.answers.clone();
        answers.set(at, rows);
        answers.set_narrative(at, "");
        if self.open_pad(at, answers, kept.unwrap_or_default()) {
            self.step = Step::Own;
            self.said = begins.map(|side| format!("the rows begin as {side} has them"));
            if is_kept {
                self.said = Some("what you were writing here is kept".to_owned());
            }
        }
    }

    /// Begins what the settled review lacks and neither review was asked.
    pub(super) fn begin_missing(&mut self, at: QuestionIx) {
        let question = self.pair.instrument.question(at);
        let kept = self.drafted(at);
        let kept = kept.and_then(|kept| draft::read_own(kept, question, self.pair.case_type));
        let answers = self.pair.answers.clone();
        if self.open_pad(at, answers, kept.unwrap_or_default()) {
            self.step = Step::Missing(at);
        }
    }

    /// Opens a pad at a question, with what was kept of its answer.
    fn open_pad(&mut self, at: QuestionIx, answers: crate::scoring::Answers, kept: Own) -> bool {
        let mut answers = answers;
        if kept.value.is_some() {
            answers.set(at, kept.value);
        }
        let texts = [(Field::Answer, kept.typed), (Field::Narrative, kept.narrative)];
        let texts = texts
            .into_iter()
            .filter_map(|(field, text)| Some(Draft { question: at, field, text: text? }));
        let instrument = Arc::clone(&self.pair.instrument);
        let Some(mut pad) = review::State::pad(instrument, answers, at, texts.collect()) else {
            return false;
        };
        if !matches!(pad.entry(), Entry::One | Entry::Any) || pad.asks_for_text(at) {
            pad.act(Action::Write);
        }
        self.pad = Some(Box::new(pad));
        true
    }

    /// Whether the own answer is there, and no box or page lies over it.
    pub fn is_own_given(&self) -> bool {
        let (Some(pad), Some(at)) = (self.pad(), self.pad_at()) else { return false };
        pad.is_walking() && pad.at() == at && !pad.lacks_answer() && !pad.lacks_text(at)
    }

    /// Takes in what is done while an own answer is given.
    pub(in super::super) fn on_own(&mut self, event: Event) -> Vec<Effect> {
        let (Some(at), Some(pad)) = (self.pad_at(), self.pad.as_mut()) else { return Vec::new() };
        self.said = None;
        let in_table = pad.table().is_some();
        let leaves = matches!(event, Event::Act(Action::LeaveTextNext | Action::Commit));
        let picks = matches!(event, Event::Pick(_) | Event::Answer(_) | Event::Act(Action::Choose));
        let picks = picks && pad.entry() == Entry::One;
        // Nothing comes of a pad: it is written nowhere.
        match event {
            Event::Pick(number) => drop(pad.pick_by_number(number)),
            Event::Answer(value) => drop(pad.answer_whole(value)),
            Event::Text(text) => drop(pad.type_text(text)),
            Event::Cell(row, column) => pad.open_table_at(row, column),
            Event::Act(Action::Back) if pad.is_walking() => {
                self.pad = None;
                self.step = Step::Looking;
                return Vec::new();
            }
            Event::Act(Action::Next) => return self.take_from_pad(),
            Event::Act(Action::LeaveTextNext) if lacks_words(pad, at) => {
                let option = pad.text_asked_by(at).map_or("it", |option| option.title.as_str());
                self.said = Some(format!("{option} asks for a narrative"));
                return Vec::new();
            }
            Event::Act(action) => drop(pad.act(action)),
            _ => return Vec::new(),
        }
        let Some(pad) = self.pad.as_mut() else { return Vec::new() };
        let moved = pad.at() != at;
        // A pad is for one question: what stands behind it is asked elsewhere.
        if moved {
            pad.visit(at);
        }
        // One option chosen, or a text left by the key that goes on, is the whole answer.
        let ends = moved || picks || (leaves && !in_table);
        let whole = pad.answers().get(at).is_some() && !pad.lacks_text(at);
        if ends && whole && pad.is_walking() {
            return self.take_from_pad();
        }
        self.keep_draft()
    }

    /// Goes on to the cause with what stands on the pad; what no review was asked is stored.
    fn take_from_pad(&mut self) -> Vec<Effect> {
        let (Some(at), Some(pad)) = (self.pad_at(), self.pad.take()) else { return Vec::new() };
        let value = pad.answers().get(at).cloned();
        let narrative = pad.answers().narrative(at).filter(|_| pad.asks_for_text(at));
        let narrative = narrative.map(str::to_owned);
        let is_missing = matches!(self.step, Step::Missing(_));
        if value.is_none() {
            self.step = Step::Looking;
            return Vec::new();
        }
        if is_missing {
            self.saving = true;
            let reading = self.pair.reading.clone();
            return vec![Effect::Complete { reading, question: at, value, narrative }];
        }
        self.take(value, narrative);
        Vec::new()
    }
}

/// The box of the text that an answer asks for is open, and empty.
fn lacks_words(pad: &review::State, at: QuestionIx) -> bool {
    let in_box = pad
        .editing()
        .is_some_and(|editing| editing.field == Field::Narrative && editing.text.trim().is_empty());
    in_box && pad.asks_for_text(at)
}

impl State {
    /// Takes an own answer that was typed as files write it.
    pub fn take_own(&mut self, value: Value) {
        self.pad = None;
        self.take(Some(value), None);
    }

    /// Goes on to the cause. What a side says already, word for word, is taken as its answer, so
    /// that it isn't counted as one nobody gave.
    fn take(&mut self, value: Option<Value>, narrative: Option<String>) {
        let side = self.here().filter(|_| narrative.is_none()).and_then(|here| {
            let says = |said: &Said| said.value == value && said.reason.is_empty();
            let mut sides = here.sides.iter().enumerate().filter(|(_, said)| says(said));
            // Where both say it they differ in more than the answer.
            let (at, _) = sides.next()?;
            (at == C || sides.all(|(at, _)| at == C)).then_some(at)
        });
        match side.filter(|side| self.can_take(*side)) {
            Some(side) => {
                let letter = LETTERS[side];
                self.step = Step::Cause(Taking { side: Some(side), ..Taking::default() });
                self.said = Some(format!("that is {letter}'s answer, so {letter}'s is taken"));
            }
            None => self.step = Step::Cause(Taking { side: None, value, narrative }),
        }
    }
}
