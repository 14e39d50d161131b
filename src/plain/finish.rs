//! What is missing, submission, and the end.

use std::io;

use crate::task::review::{Gap, Saved, State};
use crate::task::{Action, Screen};
use crate::text::count;

use super::End;
use super::face::{Face, Flow};

/// What is missing, and the name that leads there where the words don't hold it.
fn named(review: &State, gap: Gap) -> String {
    let id = review.instrument().question(gap.question).id();
    if gap.words.starts_with(id) { gap.words } else { format!("{} ({id})", gap.words) }
}

impl Face<'_> {
    /// Nothing more can be typed.
    fn has_ended(&self) -> bool {
        self.ended || self.leaves_anyway
    }

    /// Says what is missing, or that nothing is.
    pub fn say_missing(&mut self) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::On) };
        if !review.is_open() {
            self.say("The review is submitted.")?;
            return Ok(Flow::On);
        }
        let gaps: Vec<String> = review.gaps().into_iter().map(|gap| named(review, gap)).collect();
        match gaps.len() {
            0 if self.has_ended() => self.say("Nothing is missing, and it is not submitted.")?,
            0 => self.say("Nothing is missing. :submit submits the review.")?,
            n => {
                let how = match self.has_ended() {
                    true => "",
                    false => " Type :go and the question's name to go there.",
                };
                let things = count(n, "thing is", "things are");
                self.say(&format!("{things} missing.{how}"))?;
                for (at, words) in gaps.iter().enumerate() {
                    self.say_entry(&format!("{}. {words}", at + 1))?;
                }
            }
        }
        Ok(Flow::On)
    }

    /// Submits, or says what is missing.
    pub fn submit(&mut self) -> io::Result<Flow> {
        if !self.review().is_some_and(State::can_submit) {
            let refused = match self.review() {
                Some(review) if !review.is_open() => "The review is submitted already.".to_owned(),
                Some(review) if !review.gaps().is_empty() => "Not submitted.".to_owned(),
                _ => format!("Not submitted. {}", self.saved_words()),
            };
            self.say(&refused)?;
            let open = self.review().is_some_and(|r| r.is_open() && !r.gaps().is_empty());
            return if open { self.say_missing() } else { Ok(Flow::On) };
        }
        self.act(Action::Finish);
        self.act(Action::Submit);
        if self.app.screen == Screen::Missing {
            self.act(Action::Back);
        }
        let submitted = self.review().is_some_and(|r| r.submitted().is_some());
        if !submitted {
            self.say_notice()?;
            return Ok(Flow::On);
        }
        self.say("Submitted. From now on the review can only be read. Its ratings:")?;
        self.told = None;
        self.command(":items")
    }

    /// The person wants to leave.
    pub fn leave(&mut self) -> io::Result<Flow> {
        if self.leaves_anyway || self.act(Action::Quit) {
            self.leaves_anyway = true;
            return Ok(Flow::End);
        }
        self.act(Action::Stay);
        let saved = self.saved_words();
        self.leaves_anyway = true;
        self.say(&format!("{saved} Type :quit again to leave all the same."))?;
        Ok(Flow::On)
    }

    /// The last lines: whether everything is on disk, and what is missing.
    pub fn end(&mut self) -> io::Result<End> {
        if self.ended && !self.act(Action::Quit) {
            self.act(Action::Stay);
        }
        let review = self.review().filter(|review| !review.is_scratch());
        let Some(review) = review else { return Ok(End::Saved) };
        let failed = !matches!(review.saved(), Saved::At(_) | Saved::Unchanged);
        let open = review.is_open();
        let saved = self.saved_words();
        self.pause()?;
        let why = if self.ended { "The input has ended." } else { "Leaving." };
        let saved = if failed { saved } else { "Everything is saved.".to_owned() };
        self.say(&format!("{why} {saved}"))?;
        if open {
            self.say_missing()?;
        }
        Ok(if failed { End::NotSaved } else { End::Saved })
    }
}
