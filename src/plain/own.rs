//! An own answer to a difference of two reviews, taken from a line.

use std::io;

use crate::instrument::CodeSet;
use crate::scoring::{Value, read_value};
use crate::task::reconcile::State;
use crate::task::review::{self, Entry};
use crate::task::{Action, Event};

use super::answer::read;
use super::face::{Face, sentence};
use super::question::accepted;

impl Face<'_> {
    /// Takes a line as an own answer, with the text it asks for; whether it was one.
    pub fn take_own(&mut self, state: &State, line: &str) -> io::Result<bool> {
        if line.is_empty() {
            self.say("Nothing was answered.")?;
            return Ok(false);
        }
        self.act(Action::TakeOwn);
        let Some((entry, options)) = self.pad().map(|pad| (pad.entry(), pad.options())) else {
            self.say("There is nothing to settle.")?;
            return Ok(false);
        };
        match entry {
            Entry::One | Entry::Any => {
                let nothing = entry == Entry::Any && line == ":none";
                let codes = if nothing { Ok(CodeSet::EMPTY) } else { read(line, &options, entry) };
                match codes {
                    Ok(codes) => self.give(Event::Answer(Value::Codes(codes))),
                    Err(problem) => return self.put_pad_away(&problem),
                };
            }
            Entry::Table => {
                let Some(at) = self.pad().map(review::State::at) else { return Ok(false) };
                let question = state.pair.instrument.question(at);
                match read_value(question, state.pair.case_type, line) {
                    Ok(value) => {
                        if let Some(settle) = &mut self.app.settle {
                            settle.take_own(value);
                        }
                    }
                    Err(why) => return self.put_pad_away(&sentence(&why)),
                }
            }
            Entry::Text | Entry::Date | Entry::Number { .. } => {
                self.give(Event::Text(line.to_owned()));
                self.act(Action::Commit);
                let problem = self.pad().and_then(|pad| pad.editing()?.problem.clone());
                if let Some(problem) = problem {
                    return self.put_pad_away(&sentence(&problem));
                }
            }
        }
        if self.pad().is_some_and(|pad| pad.editing().is_some()) {
            self.say("Write in a line what it rests on: roles, not names.")?;
            let text = self.read_line()?.unwrap_or_default();
            self.give(Event::Text(text));
            self.act(Action::LeaveTextNext);
        }
        // What the last question leaves open is the whole answer all the same.
        if self.pad().is_some() {
            self.act(Action::Next);
        }
        match self.pad() {
            Some(_) => self.put_pad_away(""),
            None => Ok(true),
        }
    }

    /// The pad an own answer is being given on.
    fn pad(&self) -> Option<&review::State> {
        self.app.settle.as_ref()?.pad()
    }

    /// Leaves the own answer, and says what was wrong with it and what is taken.
    fn put_pad_away(&mut self, problem: &str) -> io::Result<bool> {
        let accepts = self.pad().map(accepted).unwrap_or_default();
        let notice = self.app.notice().map(sentence).unwrap_or_default();
        self.act(Action::DropText);
        for _ in 0..2 {
            if self.pad().is_some() {
                self.act(Action::Back);
            }
        }
        self.say(format!("{problem} {notice} {accepts}").trim())?;
        Ok(false)
    }
}
