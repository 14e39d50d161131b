//! The line-by-line face: the same tasks asked as prompts, one line after the other.
//!
//! Lines are only ever appended; nothing moves the cursor, and nothing is told by a sign
//! or colour alone, so that a screen reader, a pipe and a paper printout get the same. A
//! number or code answers, a line that begins with `:` is a command, made from the same
//! table as the full screen's keys.

mod alerts;
mod anew;
mod answer;
mod asked;
mod cases;
mod choosing;
mod command;
mod face;
mod finish;
mod goals;
mod own;
mod quality;
mod question;
mod results;
mod settling;
mod table;
mod why;
mod words;
mod writing;

use std::io::{self, BufRead, Write};

use crate::task::{App, Backend, Screen};

use face::{Face, Flow};

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Everything is on disk.
    Saved,
    /// Answers are not on disk; the last lines say which and why.
    NotSaved,
}

/// Asks until the person leaves or the input ends. `app` stands at a review or the queue.
///
/// # Errors
/// When the input can't be read or the output can't be written.
pub fn run(
    app: &mut App,
    backend: &mut dyn Backend,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<End> {
    let mut face = Face::new(app, backend, input, output);
    face.begin()?;
    loop {
        let flow = match face.app.screen {
            Screen::Queue => face.ask_for_case()?,
            Screen::Review if face.is_in_table() => face.ask_cell()?,
            Screen::Pairs => face.ask_for_pair()?,
            Screen::Settle if face.is_in_table() => face.ask_cell()?,
            Screen::Settle => face.ask_to_settle()?,
            Screen::Quality => face.ask_for_qa()?,
            Screen::Notes => face.ask_qa()?,
            Screen::Review if face.is_writing() => face.take_text()?,
            Screen::Review => face.ask()?,
            Screen::Start
            | Screen::Agreement
            | Screen::Missing
            | Screen::Sample
            | Screen::Drawing
            | Screen::Results
            | Screen::Goals
            | Screen::Shelf
            | Screen::Reader
            | Screen::Alerts
            | Screen::Help
            | Screen::ConfirmQuit => Flow::End,
        };
        if flow == Flow::End {
            return face.end();
        }
    }
}
