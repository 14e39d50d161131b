//! Reading and saying lines, and driving the tasks.

use std::io::{self, BufRead, Write};

use crate::instrument::{ItemIx, QuestionIx};
use crate::task::review::{Saved, State};
use crate::task::{Action, App, Backend, Effect, Event, Field, Screen, carry_out, drive};
use crate::text::{clean, wrap};

use super::table::cell_said;

/// Lines are broken at this column.
const COLUMNS: usize = 80;

/// Whether the session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Ask on.
    On,
    /// The person left, or the input ended.
    End,
}

/// One session.
pub struct Face<'a> {
    pub app: &'a mut App,
    backend: &'a mut dyn Backend,
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    /// The item said last: the face sheet is `Some(None)`.
    pub in_item: Option<Option<ItemIx>>,
    /// The question said last.
    pub told: Option<QuestionIx>,
    /// A settled difference of a pair that was named, to settle it anew.
    pub again: Option<QuestionIx>,
    /// The improvement plan was said last, not results.
    pub said_plan: bool,
    /// What is accepted was said just now, so the question isn't said again.
    pub was_corrected: bool,
    /// The input has ended.
    pub ended: bool,
    /// The person was told that answers are not saved, and wants to leave all the same.
    pub leaves_anyway: bool,
}

impl<'a> Face<'a> {
    pub fn new(
        app: &'a mut App,
        backend: &'a mut dyn Backend,
        input: &'a mut dyn BufRead,
        output: &'a mut dyn Write,
    ) -> Self {
        Self {
            app,
            backend,
            input,
            output,
            in_item: None,
            told: None,
            again: None,
            said_plan: false,
            was_corrected: false,
            ended: false,
            leaves_anyway: false,
        }
    }

    /// Says a sentence or two, broken into lines.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        for line in wrap(&clean(text), COLUMNS) {
            writeln!(self.output, "{line}")?;
        }
        Ok(())
    }

    /// Says one entry of a list; its further lines are indented.
    pub fn say_entry(&mut self, text: &str) -> io::Result<()> {
        for (at, line) in wrap(&clean(text), COLUMNS - 4).iter().enumerate() {
            writeln!(self.output, "{}{line}", if at == 0 { "  " } else { "    " })?;
        }
        Ok(())
    }

    /// Says the entries of a list.
    pub fn say_entries(&mut self, entries: &[&str]) -> io::Result<()> {
        entries.iter().try_for_each(|entry| self.say_entry(entry))
    }

    /// An empty line, before something new begins.
    pub fn pause(&mut self) -> io::Result<()> {
        writeln!(self.output)
    }

    /// The next line without its end; none at the end of the input. A line that isn't
    /// UTF-8 is refused with a word, and the next one read.
    pub fn read_line(&mut self) -> io::Result<Option<String>> {
        self.output.flush()?;
        loop {
            let mut bytes = Vec::new();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                self.ended = true;
                return Ok(None);
            }
            match String::from_utf8(bytes) {
                Ok(line) => return Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned())),
                Err(_) => {
                    self.say("That line is not UTF-8 text and was not taken. Send it again.")?;
                    self.output.flush()?;
                }
            }
        }
    }

    /// Has the tasks take in an event; true when the program is to end.
    pub fn give(&mut self, event: Event) -> bool {
        drive(self.app, self.backend, event)
    }

    /// Has something done outside.
    pub fn ask_outside(&mut self, effect: Effect) {
        carry_out(self.app, self.backend, vec![effect]);
    }

    /// Has the tasks do something.
    pub fn act(&mut self, action: Action) -> bool {
        self.give(Event::Act(action))
    }

    /// The review, or the pad of an own answer; the loop only asks where there is one.
    pub fn review(&self) -> Option<&State> {
        match self.app.screen {
            Screen::Settle => self.app.answering(),
            _ => self.app.review.as_ref(),
        }
    }

    /// A text box is open.
    pub fn is_writing(&self) -> bool {
        self.review().is_some_and(|r| r.editing().is_some())
    }

    /// Says what just happened, if anything is worth a line.
    pub fn say_notice(&mut self) -> io::Result<()> {
        match self.app.notice().map(str::to_owned) {
            Some(notice) => self.say(&sentence(&notice)),
            None => Ok(()),
        }
    }

    /// Says what a question now holds, and whether that is on disk.
    pub fn acknowledge(&mut self, question: QuestionIx, field: Field) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        if review.was_moved() {
            self.told = None;
            return self.say_notice();
        }
        let id = review.instrument().question(question).id().to_owned();
        let what = match field {
            Field::Answer => match review.answer_words(question) {
                Some(words) => ended(&format!("{id}: {}", one_line(&words))),
                None => format!("{id}: no answer."),
            },
            Field::Narrative => match review.narrative(question) {
                Some(_) => format!("{id}: text taken."),
                None => format!("{id}: no text."),
            },
            Field::Note => match review.note(question) {
                Some(_) => format!("{id}: note taken."),
                None => format!("{id}: no note."),
            },
            Field::Reason => String::new(),
            Field::Cell { .. } | Field::CellText { .. } => cell_said(review, field),
        };
        let saved = self.saved_words();
        self.say(&format!("{what} {saved}"))?;
        self.say_notice()
    }

    /// Says what is wrong with a line and what is accepted.
    pub fn correct(&mut self, problem: &str) -> io::Result<Flow> {
        self.was_corrected = true;
        self.say(problem)?;
        Ok(Flow::On)
    }

    /// Whether everything is on disk, in words.
    pub fn saved_words(&self) -> String {
        if self.review().is_some_and(State::is_scratch) {
            return "Not taken yet.".to_owned();
        }
        match self.review().map(State::saved) {
            Some(Saved::Failed { why, .. }) if self.review().is_some_and(State::is_shut) => {
                format!("NOT SAVED: {why}. Type :read-anew to read it as it is now.")
            }
            Some(Saved::Failed { why, .. }) if self.ended || self.leaves_anyway => {
                format!("NOT SAVED: {why}.")
            }
            Some(Saved::Failed { why, .. }) => {
                format!("NOT SAVED: {why}. Type :retry to try again.")
            }
            Some(Saved::Pending) => "NOT SAVED yet.".to_owned(),
            Some(Saved::At(_) | Saved::Unchanged) | None => "Saved.".to_owned(),
        }
    }
}

/// A message as a sentence: capital first, a full stop at the end.
pub fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    ended(&format!("{first}{}", chars.as_str()))
}

/// With a full stop at the end, unless it ends already.
pub fn ended(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{message}{end}")
}

/// The beginning of a text, as one line of bearable length.
pub fn one_line(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST).collect();
    format!("{} ...", start.trim_end())
}
