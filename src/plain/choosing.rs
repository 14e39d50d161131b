//! Choosing one of a list that was just said, by its number or its name.

use std::io;

use crate::task::Action;

use super::alerts;
use super::face::Face;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The line at this place, from 0.
    At(usize),
    /// Another command than to leave.
    Command(String),
    /// The person leaves, or the input ended.
    Leave,
}

impl Face<'_> {
    /// Says how to choose, and takes lines until one names an entry or is a command; `what`
    /// are the entries, in the plural.
    pub fn choose_line(
        &mut self,
        prompt: &str,
        names: &[String],
        what: &str,
    ) -> io::Result<Choice> {
        loop {
            self.say(prompt)?;
            let Some(line) = self.read_line()? else { return Ok(Choice::Leave) };
            let choice = line.trim();
            if matches!(choice, ":quit" | ":exit") {
                return Ok(Choice::Leave);
            }
            if choice.starts_with(':') || alerts::asked(choice).is_some() {
                return Ok(Choice::Command(choice.to_owned()));
            }
            match place_of(choice, names) {
                Some(at) => return Ok(Choice::At(at)),
                None => self.say(&format!("\"{choice}\" is not one of the {what}."))?,
            }
        }
    }

    /// Opens the line at a place of the list on screen.
    pub fn open_line(&mut self, at: usize) {
        self.act(Action::First);
        for _ in 0..at {
            self.act(Action::Down);
        }
        self.act(Action::Open);
    }
}

/// The place of the entry with this number, from 1, or of the first with this name.
fn place_of(choice: &str, names: &[String]) -> Option<usize> {
    let by_number = choice.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    by_number
        .filter(|at| *at < names.len())
        .or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(choice)))
}
