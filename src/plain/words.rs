//! A line at a prompt that takes words: what is a text, and what a command.

use std::io;

use super::face::Face;

/// What a line at a prompt of its own is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// A text, trimmed; it may be empty.
    Text(String),
    /// `:back`: one step back, with nothing taken.
    Back,
    /// `:quit`, or the input has ended.
    Quit,
}

/// Whether a line is a command: a colon with a word right behind it. So a text may still hold
/// a line such as ": as above", and one that does begin like a command is typed with `::`.
pub fn is_command(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(':');
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()))
}

/// The text of a line: of two colons at its beginning one is the text's own.
pub fn text_of(line: &str) -> &str {
    line.strip_prefix(':').filter(|rest| rest.starts_with(':')).unwrap_or(line)
}

impl Face<'_> {
    /// Says what is asked and takes lines until one is a text, or leaves. No command is ever
    /// taken for a text, not even one that is none here: what is stored would be a slip.
    pub fn take_words(&mut self, asks: &str, help: &str) -> io::Result<Words> {
        if !asks.is_empty() {
            self.say(asks)?;
        }
        loop {
            let Some(line) = self.read_line()? else { return Ok(Words::Quit) };
            let line = line.trim();
            match line {
                ":back" => return Ok(Words::Back),
                ":quit" | ":exit" => return Ok(Words::Quit),
                ":help" => {
                    self.say(&format!(
                        "{help} :back goes back with nothing taken, :quit leaves. A text that \
                         begins with a colon is typed with two."
                    ))?;
                }
                other if is_command(other) && other != ":none" => self.say_no_command(other)?,
                text => return Ok(Words::Text(text_of(text).to_owned())),
            }
        }
    }

    /// Says that a command is none here, and how it is typed if it was meant as a text.
    pub fn say_no_command(&mut self, command: &str) -> io::Result<()> {
        self.say(&format!(
            "{command} is not a command here; :help, :back and :quit are. Meant as a text, it is \
             typed with two colons."
        ))
    }
}
