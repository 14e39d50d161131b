//! Printing that survives a closed pipe.

use std::io::{ErrorKind, Write};

use super::Failure;

/// Writes a command's result to stdout.
///
/// # Errors
/// [`Failure::ClosedPipe`] when the reader went away, else exit 3 with the system's words.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Workspace(format!("error: the output can't be written: {error}")),
    })
}

/// Writes a message to stderr; nothing is left to tell if that is gone.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
