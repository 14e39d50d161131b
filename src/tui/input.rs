//! What comes in: keys and sizes from the terminal, signals from the system, on one channel.
//!
//! The terminal is read on a thread of its own, because reading one that was closed can spin
//! inside crossterm without ever returning; the interface must still end then.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyEvent, KeyEventKind};
use ratatui::crossterm::terminal::window_size;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How often an idle interface looks whether its terminal is still there.
const IDLE: Duration = Duration::from_secs(2);

/// One thing that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The window has another size.
    Resize,
    /// A signal or a terminal that is gone: save and end.
    End,
}

/// Where input comes from.
pub struct Inputs {
    channel: Receiver<Input>,
}

impl Inputs {
    /// Starts reading the terminal and catching SIGINT, SIGTERM and SIGHUP.
    ///
    /// # Errors
    /// The system's, when signals can't be caught.
    pub fn start() -> io::Result<Self> {
        let (sender, channel) = channel();
        // Sets up the catching of size changes before the first frame is drawn.
        event::poll(Duration::ZERO)?;
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let of_signals = sender.clone();
        thread::Builder::new().name("signals".into()).spawn(move || {
            for _ in signals.forever() {
                if of_signals.send(Input::End).is_err() {
                    return;
                }
            }
        })?;
        thread::Builder::new().name("terminal".into()).spawn(move || read_terminal(&sender))?;
        Ok(Self { channel })
    }

    /// As [`wait`](Self::wait), but no longer than this; nothing may have come then.
    pub fn wait_at_most(&self, most: Duration) -> Vec<Input> {
        match self.channel.recv_timeout(most) {
            Ok(first) => coalesce(std::iter::once(first).chain(self.channel.try_iter())),
            Err(RecvTimeoutError::Timeout) => Vec::new(),
            Err(RecvTimeoutError::Disconnected) => vec![Input::End],
        }
    }

    /// Waits for input, then takes everything that came meanwhile: resizes are one, and
    /// nothing behind an end counts.
    pub fn wait(&self) -> Vec<Input> {
        let first = loop {
            match self.channel.recv_timeout(IDLE) {
                Ok(input) => break input,
                Err(RecvTimeoutError::Timeout) if window_size().is_ok() => {}
                Err(_) => break Input::End,
            }
        };
        coalesce(std::iter::once(first).chain(self.channel.try_iter()))
    }
}

fn read_terminal(sender: &Sender<Input>) {
    loop {
        let input = match event::read() {
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Input::Key(key),
            Ok(Event::Paste(text)) => Input::Paste(text),
            Ok(Event::Resize(..)) => Input::Resize,
            Ok(_) => continue,
            Err(_) => Input::End,
        };
        let over = input == Input::End;
        if sender.send(input).is_err() || over {
            return;
        }
    }
}

fn coalesce(inputs: impl Iterator<Item = Input>) -> Vec<Input> {
    let mut kept: Vec<Input> = Vec::new();
    for input in inputs {
        match input {
            Input::Resize if kept.contains(&Input::Resize) => {}
            Input::End => {
                kept.push(Input::End);
                break;
            }
            input => kept.push(input),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resizes_are_one_and_the_end_is_the_end() {
        let paste = Input::Paste("x".into());
        let came = [Input::Resize, paste.clone(), Input::Resize, Input::End, paste.clone()];
        assert_eq!(coalesce(came.into_iter()), [Input::Resize, paste, Input::End]);
    }
}
