//! How a command fails: what is said, and the exit code.

use std::io::Write;
use std::process::ExitCode;

use super::Global;

/// A failed command. Exit codes are part of the command line's contract.
#[derive(Debug)]
pub enum Failure {
    /// Exit 1: what the command was asked to check is wrong. The text was printed already
    /// on stdout where it is the command's result; what stands here goes to stderr.
    Wrong(String),
    /// Exit 2: bad arguments or bad input, every problem listed.
    BadInput(String),
    /// Exit 3: the workspace can't be opened or written, or is locked.
    Workspace(String),
    /// Exit 0: the reader of our output closed the pipe.
    ClosedPipe,
}

impl Failure {
    /// Prints the message on stderr and gives the exit code.
    pub fn report(&self, _global: &Global) -> ExitCode {
        let (text, code) = match self {
            Self::Wrong(text) => (text.as_str(), 1),
            Self::BadInput(text) => (text.as_str(), 2),
            Self::Workspace(text) => (text.as_str(), 3),
            Self::ClosedPipe => ("", 0),
        };
        if !text.is_empty() {
            let mut err = std::io::stderr().lock();
            let end = if text.ends_with('\n') { "" } else { "\n" };
            // Nothing is left to tell if stderr itself is gone.
            let _ = write!(err, "{text}{end}");
        }
        ExitCode::from(code)
    }
}
