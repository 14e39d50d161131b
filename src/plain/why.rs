//! Why two reviews differed: the cause and the reason of a settlement, line by line.

use std::io;

use crate::instrument::words;
use crate::review::RootCause;
use crate::task::reconcile::State;
use crate::task::{Action, Event};

use super::face::{Face, Flow};
use super::words::Words;

impl Face<'_> {
    /// The cause and the reason of the settlement begun.
    pub fn ask_why(&mut self) -> io::Result<Flow> {
        loop {
            match self.ask_cause()? {
                Words::Quit => return self.leave_open(Flow::End),
                Words::Back => {
                    self.act(Action::Back);
                    return self.leave_open(Flow::On);
                }
                Words::Text(_) => {}
            }
            match self.ask_reason()? {
                Words::Quit => return self.leave_open(Flow::End),
                // Back to the cause, as on screen.
                Words::Back => {
                    self.act(Action::Back);
                }
                Words::Text(_) => {
                    self.again = None;
                    if self.app.settle.as_ref().is_some_and(State::was_moved) {
                        self.say_notice()?;
                    } else {
                        self.say("Settled. Saved.")?;
                    }
                    return Ok(Flow::On);
                }
            }
        }
    }

    /// Asks until a cause is chosen.
    fn ask_cause(&mut self) -> io::Result<Words> {
        let mut asks = "Why did the two differ?".to_owned();
        loop {
            self.say(&asks)?;
            for (at, cause) in RootCause::ALL.iter().enumerate() {
                self.say_entry(&format!("{}. {}", at + 1, cause.title()))?;
            }
            let line = match self.take_words("", "A number or a code chooses the cause.")? {
                Words::Text(line) => line,
                leaves => return Ok(leaves),
            };
            let by_code = RootCause::from_code(&line);
            let by_code = by_code.and_then(|c| RootCause::ALL.iter().position(|one| *one == c));
            let number = line.parse().ok().or(by_code.map(|at| at + 1));
            self.give(Event::Pick(number.unwrap_or(0)));
            if self.is_giving_reason() {
                return Ok(Words::Text(line));
            }
            asks = "Type one of the numbers; :back to leave the difference open.".to_owned();
        }
    }

    /// Asks until there is a reason, and settles with it.
    fn ask_reason(&mut self) -> io::Result<Words> {
        loop {
            let help = "The line is the reason: facts and dates, roles instead of names.";
            let line = match self.take_words("In a few words, why?", help)? {
                Words::Text(line) => line,
                leaves => return Ok(leaves),
            };
            self.give(Event::Text(line.clone()));
            self.act(Action::Commit);
            if !self.is_giving_reason() {
                return Ok(Words::Text(line));
            }
            self.say_notice()?;
        }
    }

    fn is_giving_reason(&self) -> bool {
        self.app.settle.as_ref().is_some_and(|settle| settle.writing().is_some())
    }

    /// Says that nothing was decided just now.
    fn leave_open(&mut self, flow: Flow) -> io::Result<Flow> {
        let here = self.app.settle.as_ref().and_then(|state| {
            let here = state.here()?;
            let stays = match here.settled {
                Some(_) => "stays as it was settled",
                None => "is left open",
            };
            Some(format!("{} {stays}.", words::name(&state.pair.instrument, here.question)))
        });
        self.again = None;
        if let Some(here) = here {
            self.say(&here)?;
        }
        Ok(flow)
    }

    /// A reason that was being written when the program ended.
    pub fn go_on_writing(&mut self, state: &State, text: &str) -> io::Result<Flow> {
        if let Some(one) = state.here() {
            self.say_difference(state, one)?;
        }
        self.say(&format!("You were writing why: {text}"))?;
        let asks = "An empty line keeps it, another one replaces it; :back leaves it out.";
        match self.take_words(asks, "The line is the reason.")? {
            Words::Quit => return Ok(Flow::End),
            Words::Back => {
                self.act(Action::DropText);
                return Ok(Flow::On);
            }
            Words::Text(line) if line.is_empty() => {}
            Words::Text(line) => {
                self.give(Event::Text(line));
            }
        }
        self.act(Action::Commit);
        self.say_notice()?;
        Ok(Flow::On)
    }
}
