//! The differences of a case by name: one settled already is settled anew only once it was
//! named, so that a stray letter replaces no decision. And the end of it, handing in.

use std::io;

use crate::instrument::words;
use crate::task::reconcile::{Difference, LETTERS, Settled, State};
use crate::task::{Action, Event};

use super::face::{Face, Flow};
use super::words::Words;

impl Face<'_> {
    /// The difference that an answer is for: the one at hand if it is open, or was named.
    pub fn open_here<'s>(&self, state: &'s State) -> Option<&'s Difference> {
        let is_open = |one: &&Difference| one.settled.is_none() || self.again == Some(one.question);
        state.here().filter(|one| one.is_asked).filter(is_open)
    }

    /// Says the difference, and before it the decision that a new answer replaces.
    pub fn say_open(&mut self, state: &State, one: &Difference) -> io::Result<()> {
        if let Some(settled) = &one.settled {
            let name = words::name(&state.pair.instrument, one.question);
            self.say(&format!(
                "{name} is settled: {}. What you answer now replaces that decision; :next leaves \
                 it.",
                decided(settled)
            ))?;
        }
        self.say_difference(state, one)
    }

    /// `:go 20.C` goes to that difference, `:go` alone lists them.
    pub fn go_to_difference(&mut self, state: &State, named: &str) -> io::Result<Flow> {
        let instrument = &state.pair.instrument;
        let differences = state.differences();
        let found = differences.iter().find(|one| {
            let question = instrument.question(one.question);
            let name = words::name(instrument, one.question);
            one.is_to_settle()
                && (question.id().eq_ignore_ascii_case(named) || name.eq_ignore_ascii_case(named))
        });
        match found {
            Some(one) => {
                self.again = Some(one.question);
                self.give(Event::Goto(one.question));
            }
            None => {
                let refused = match named {
                    "" => "Type :go and one of these:".to_owned(),
                    _ => format!("\"{named}\" is not a difference to settle. These are:"),
                };
                self.say(&refused)?;
                for one in differences.iter().filter(|one| one.is_to_settle()) {
                    let stands = match &one.settled {
                        Some(settled) => format!("settled, {}", decided(settled)),
                        None => "open".to_owned(),
                    };
                    let id = instrument.question(one.question).id();
                    self.say_entry(&format!("{id}: {stands}"))?;
                }
            }
        }
        Ok(Flow::On)
    }

    /// Hands the settled review in, once nothing is missing and it was asked about once more.
    pub fn hand_in(&mut self, state: &State) -> io::Result<Flow> {
        if !state.is_whole() {
            self.say("Not yet: settle every difference first.")?;
            return Ok(Flow::On);
        }
        if !state.pair.missing.is_empty() {
            self.say("Not yet: something is missing, and asked for now.")?;
            self.act(Action::Finish);
            return Ok(Flow::On);
        }
        let asks = "Hand it in? It is the review that counts, and closed from then on. yes or no.";
        let flow = match self.take_words(asks, "yes hands it in, no leaves it open.")? {
            Words::Text(line) if matches!(line.to_lowercase().as_str(), "yes" | "y") => {
                self.act(Action::HandIn);
                self.act(Action::Yes);
                self.say_notice()?;
                return Ok(Flow::On);
            }
            Words::Text(_) | Words::Back => Flow::On,
            Words::Quit => Flow::End,
        };
        self.say("Not handed in.")?;
        Ok(flow)
    }
}

/// "A's answer Yes (evidence missed)".
fn decided(settled: &Settled) -> String {
    let whose = match settled.side {
        Some(side) => format!("{}'s answer", LETTERS[side]),
        None => "an own answer".to_owned(),
    };
    format!("{whose} {} ({})", settled.answer, settled.cause.title())
}
