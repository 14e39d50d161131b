//! Taking a text of several lines, ended by a line that holds only a dot.

use std::io;

use crate::task::{Action, Event, Field};

use super::command;
use super::face::{Face, Flow};
use super::words::{is_command, text_of};

impl Face<'_> {
    /// The tasks ask for a text (a "No" narrative, the words to other): says so, takes it.
    pub fn take_text(&mut self) -> io::Result<Flow> {
        let Some(editing) = self.review().and_then(|r| r.editing()).cloned() else {
            return Ok(Flow::On);
        };
        let option = match editing.field {
            Field::Narrative => self.review().and_then(|r| r.text_asked_by(editing.question)),
            // Cells are asked for by `ask_cell`.
            Field::Answer | Field::Note | Field::Reason => None,
            Field::Cell { .. } | Field::CellText { .. } => None,
        };
        let asks = match (editing.field, option) {
            (Field::Note, _) => "A note on this question. ".to_owned(),
            (_, Some(option)) => format!("{} asks for a text. ", option.title),
            (_, None) => String::new(),
        };
        self.say(&format!("{asks}Write it; a line with only a dot ends it."))?;
        if !editing.text.is_empty() {
            let from = if editing.is_draft { "Kept from before" } else { "The text now" };
            self.say(&format!("{from}: {}", editing.text))?;
            self.say("What you write replaces it; only a dot keeps it.")?;
        }
        let Some(first) = self.read_line()? else { return Ok(Flow::End) };
        if command::is_known(first.trim()) {
            // Left without a word: nothing that stood there is lost.
            self.act(Action::LeaveText);
            return self.command(first.trim());
        }
        self.take_lines(first)
    }

    /// `:note` alone asks for the note; words behind it are the note, or one more line of it.
    pub fn take_note(&mut self, words: &str) -> io::Result<Flow> {
        self.act(Action::Note);
        let Some(editing) = self.review().and_then(|r| r.editing()) else { return Ok(Flow::On) };
        if words.is_empty() {
            return Ok(Flow::On);
        }
        let question = editing.question;
        let text = match editing.text.as_str() {
            "" => words.to_owned(),
            before => format!("{before}\n{words}"),
        };
        self.give(Event::Text(text));
        self.act(Action::LeaveText);
        self.acknowledge(question, Field::Note)?;
        Ok(Flow::On)
    }

    /// The line is the first one of a text question's answer.
    pub fn begin_text(&mut self, first: &str) -> io::Result<Flow> {
        self.open_text();
        self.take_lines(first.to_owned())
    }

    fn take_lines(&mut self, first: String) -> io::Result<Flow> {
        let Some((question, field)) =
            self.review().and_then(|r| r.editing()).map(|e| (e.question, e.field))
        else {
            return Ok(Flow::On);
        };
        let mut text = String::new();
        let mut line = first;
        let mut command = None;
        while line.trim() != "." {
            if command::is_known(line.trim()) {
                command = Some(line.trim().to_owned());
                break;
            }
            // A slip of the keys is no line of the text, and doesn't end it either.
            if is_command(&line) {
                self.say(&format!(
                    "{} is not a command, and is not in the text. Meant as a line of it, it is \
                     typed with two colons.",
                    line.trim()
                ))?;
            } else {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(text_of(&line));
                self.give(Event::Text(text.clone()));
            }
            match self.read_line()? {
                Some(next) => line = next,
                None => return Ok(Flow::End),
            }
        }
        self.act(Action::LeaveText);
        let Some(review) = self.review() else { return Ok(Flow::End) };
        let is_note = field == Field::Note;
        if !is_note && review.text_of(question, field).is_empty() && review.lacks(question) {
            let id = review.instrument().question(question).id().to_owned();
            self.say(&format!("{id}: no text, still missing; :text comes back to it."))?;
        } else {
            self.acknowledge(question, field)?;
        }
        self.told = Some(question);
        match command {
            Some(command) => self.command(&command),
            // The question a note is on still waits for its answer.
            None if is_note => Ok(Flow::On),
            None => self.go_on(),
        }
    }
}
