//! Giving answers: every change is saved at once, can be undone, and may open and close
//! gates behind it.

use std::ops::RangeInclusive;

use crate::instrument::CodeSet;
use crate::scoring::Value;
use crate::text;

use super::super::{Change, Effect, MOVED, Way, Write};
use super::{Entry, State};

impl State {
    /// Takes the option with this number: the answer of a choice (and goes on, or opens
    /// the text box where the answer asks for a text), a tick of a checklist.
    pub(super) fn pick(&mut self, number: usize) -> Vec<Effect> {
        if !self.is_open() {
            return Vec::new();
        }
        if self.table.is_some() {
            return self.pick_cell(number);
        }
        let positions: Vec<usize> = self.offered(self.at).map(|(p, _)| p).collect();
        let Some(position) = number.checked_sub(1).and_then(|n| positions.get(n)) else {
            self.notice = Some(match positions.len() {
                0 => "this question is answered in writing".to_owned(),
                last => format!("there is no answer {number}: 1 to {last}"),
            });
            return Vec::new();
        };
        let picked = CodeSet::one(*position);
        match self.entry() {
            Entry::Any => {
                let ticked = self.codes(self.at).unwrap_or(CodeSet::EMPTY);
                let toggled = CodeSet(ticked.0 ^ picked.0);
                let Some(new) = self.ticked(toggled) else { return Vec::new() };
                let effects = self.answer(new);
                if toggled.meets(picked) && self.lacks_text(self.at) {
                    self.write();
                }
                effects
            }
            _ => self.answer_whole(Value::Codes(picked)),
        }
    }

    /// Answers a choice or checklist as a whole and goes on, or opens the text box where
    /// the answer asks for a text. What isn't offered is passed over with a notice.
    pub(in super::super) fn answer_whole(&mut self, value: Value) -> Vec<Effect> {
        // It was told of the key before.
        if self.was_moved() {
            self.notice = None;
        }
        if let (Some(_), Value::Codes(codes)) = (self.table, &value) {
            return self.answer_cell(*codes);
        }
        let offered = self.offered(self.at).fold(0, |all, (p, _)| all | CodeSet::one(p).0);
        let fits = match (&value, self.entry()) {
            (Value::Codes(codes), Entry::One) => codes.len() == 1 && codes.0 & !offered == 0,
            (Value::Codes(codes), Entry::Any) => {
                if codes.0 & !offered == 0 && !self.ticks().contains(&codes.len()) {
                    self.notice = Some(self.ticks_words(codes.len()));
                    return Vec::new();
                }
                codes.0 & !offered == 0
            }
            _ => false,
        };
        if !fits {
            self.notice = Some("that is not an answer to this question".to_owned());
            return Vec::new();
        }
        let effects = self.answer(Some(value));
        if self.lacks_text(self.at) {
            self.write();
        } else {
            self.arrive();
        }
        effects
    }

    /// How many options of the checklist here may be ticked.
    fn ticks(&self) -> RangeInclusive<usize> {
        let (least, most) = match self.column() {
            Some((_, column)) => column.ticks,
            None => self.instrument.question(self.at).ticks(),
        };
        least..=most.min(self.options().len())
    }

    /// Whether a checklist with nothing ticked is an answer here.
    pub fn may_tick_nothing(&self) -> bool {
        *self.ticks().start() == 0
    }

    /// What is wrong with so many ticks: "tick 1 to 2".
    fn ticks_words(&self, ticked: usize) -> String {
        let ticks = self.ticks();
        match (ticks.start(), ticks.end()) {
            (_, most) if ticked > *most => format!("tick at most {most}: take one away first"),
            (least, most) if least == most => format!("tick {least}"),
            (least, most) => format!("tick {least} to {most}"),
        }
    }

    /// What ticks come to as an answer: too few are none yet; too many are refused.
    pub(super) fn ticked(&mut self, codes: CodeSet) -> Option<Option<Value>> {
        let ticks = self.ticks();
        if codes.len() > *ticks.end() {
            self.notice = Some(self.ticks_words(codes.len()));
            return None;
        }
        Some((codes.len() >= *ticks.start()).then_some(Value::Codes(codes)))
    }

    /// Answers a checklist with nothing ticked.
    pub(super) fn tick_nothing(&mut self) -> Vec<Effect> {
        self.answer(Some(Value::Codes(CodeSet::EMPTY)))
    }

    /// Gives, changes or takes back the answer to the question here.
    pub(super) fn answer(&mut self, new: Option<Value>) -> Vec<Effect> {
        let question = self.at;
        let old = self.answers.get(question).cloned();
        if old == new {
            return Vec::new();
        }
        self.change(Write::Answer { question, old, new })
    }

    /// Goes on by itself after an answer: `n` does not pass over the question reached so.
    pub(super) fn arrive(&mut self) {
        let before = self.at;
        self.go_on();
        self.arrived = self.at != before;
    }

    /// Goes on to the next question; at the last one stays and says so.
    pub(super) fn go_on(&mut self) {
        match self.following() {
            Some(next) => self.stand_at(next),
            None => {
                let (open, _) = self.progress();
                self.notice = Some(match open {
                    0 => "that was the last question: nothing is missing".to_owned(),
                    n => format!(
                        "that was the last question: {} still open",
                        text::count(n, "question is", "questions are")
                    ),
                });
            }
        }
    }

    /// Makes a change that can be undone.
    pub(super) fn change(&mut self, write: Write) -> Vec<Effect> {
        self.undo.push(write.clone());
        self.redo.clear();
        self.make(write, Way::Given)
    }

    /// Takes back the last change, where the reviewer sees it.
    pub(super) fn take_back(&mut self) -> Vec<Effect> {
        let Some(write) = self.undo.pop() else { return Vec::new() };
        let inverse = write.inverse();
        self.redo.push(write);
        self.repeat(inverse, Way::Undone)
    }

    /// Makes the change last taken back again.
    pub(super) fn make_again(&mut self) -> Vec<Effect> {
        let Some(write) = self.redo.pop() else { return Vec::new() };
        self.undo.push(write.clone());
        self.repeat(write, Way::Redone)
    }

    fn repeat(&mut self, write: Write, way: Way) -> Vec<Effect> {
        let question = write.question();
        let effects = self.make(write.clone(), way);
        if self.is_asked(question) {
            self.stand_at(question);
            self.show_change(&write);
        }
        effects
    }

    fn make(&mut self, write: Write, way: Way) -> Vec<Effect> {
        let before = self.set_aside();
        match &write {
            Write::Answer { question, new, .. } => {
                self.answers.set(*question, new.clone());
            }
            Write::Narrative { question, new, .. } => {
                self.answers.set_narrative(*question, new);
            }
            Write::Note { question, new, .. } if new.is_empty() => {
                self.notes.remove(question);
            }
            Write::Note { question, new, .. } => {
                self.notes.insert(*question, new.clone());
            }
        }
        self.rescore();
        let after = self.set_aside();
        if after > before {
            let answers = text::count(after - before, "answer or text", "answers and texts");
            self.notice = Some(format!("{answers} set aside, kept in case this changes back"));
        } else if after < before {
            let answers = text::count(before - after, "answer or text is", "answers and texts are");
            self.notice = Some(format!("{answers} back that had been set aside"));
        }
        if !self.scratch {
            self.journal.push(Change { write, way });
        }
        self.settle();
        self.journal.send(&self.reading).into_iter().collect()
    }

    /// Sets off whatever is waiting for disk, a failed save too.
    pub(in super::super) fn send_again(&mut self) -> Vec<Effect> {
        self.journal.send(&self.reading).into_iter().collect()
    }

    /// A commit returned; what came up meanwhile is sent next.
    pub(in super::super) fn stored(&mut self, ticket: u64, at: String) -> Vec<Effect> {
        self.journal.stored(ticket, at);
        self.send_again()
    }

    /// A commit failed.
    pub(in super::super) fn refused(&mut self, ticket: u64, stored: usize, why: String) {
        self.journal.refused(ticket, stored, why);
    }

    /// A commit failed, and any other will: the review was closed in another window.
    pub(in super::super) fn refused_for_good(&mut self, ticket: u64, stored: usize, why: String) {
        self.refused(ticket, stored, why);
        self.shut = true;
        self.editing = None;
        self.table = None;
        self.notice = Some("closed in another window: read it anew".to_owned());
    }

    /// Says that another window changed the review, and that the last key is not saved.
    pub(in super::super) fn tell_moved(&mut self) {
        self.notice = Some(MOVED.to_owned());
    }

    /// The review was read anew just now, instead of saving over another window's change.
    pub fn was_moved(&self) -> bool {
        self.notice() == Some(MOVED)
    }

    /// Whether everything is on disk.
    pub(in super::super) fn is_settled(&self) -> bool {
        self.journal.is_settled()
    }

    /// Says that leaving now would lose answers.
    pub(in super::super) fn remind_of_unsaved(&mut self) {
        let words = match self.shut {
            true => "what you answered since can't be saved: note it down, and read it anew",
            false => "stay: answers are NOT SAVED yet",
        };
        self.notice = Some(words.to_owned());
    }
}
