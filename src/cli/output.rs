//! Printing that survives a closed pipe.

use std::io::{ErrorKind, Write};
use std::path::Path;

use super::Failure;
use crate::exchange::{NewFile, NewFileError};
use crate::text::clean;

/// Writes a command's result to stdout.
///
/// # Errors
/// [`Failure::ClosedPipe`] when the reader went away, else exit 3 with the system's words.
pub fn print(text: &str) -> Result<(), Failure> {
    write(text.as_bytes())
}

/// [`print`] of bytes.
///
/// # Errors
/// As [`print`].
pub fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Workspace(format!("error: the output can't be written: {error}")),
    })
}

/// Writes a message to stderr; nothing is left to tell if that is gone.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Writes a file that is there whole or not at all, readable by its owner only.
///
/// # Errors
/// Exit 2 where it is there already and not to be replaced, or is a workspace; 3 where it can't be
/// written.
pub fn save(path: &Path, replace: bool, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = NewFile::create(path, replace).map_err(not_written)?;
    let failed = |error| not_written(NewFileError::Io { path: path.to_owned(), error });
    file.write_all(bytes).map_err(failed)?;
    file.finish().map_err(not_written)
}

/// Why a file was not written, as printed.
pub fn not_written(error: NewFileError) -> Failure {
    let text = clean(&format!("error: {error}")).into_owned();
    match error {
        NewFileError::Exists(_) => Failure::BadInput(
            text + "\n  help: name another file with --out, or replace it with --force",
        ),
        NewFileError::Workspace(_) => {
            Failure::BadInput(text + "\n  help: name another file with --out")
        }
        NewFileError::Io { .. } => Failure::Workspace(text),
    }
}
