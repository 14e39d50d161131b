//! Several files at once, all of them or none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{NewFile, NewFileError};

/// Writes files readable by their owner alone (0600 where the system knows such modes),
/// replacing what is there. All are first written in full beside their places, so that a
/// failure before the end leaves every place as it was.
///
/// # Errors
/// The path that can't be written, and the system's words. What was begun is taken away.
pub fn write_private(files: &[(&Path, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let mut begun = Vec::new();
    for (path, bytes) in files {
        let mut file = NewFile::create(path, true).map_err(refused)?;
        file.write_all(bytes)
            .and_then(|()| file.save())
            .map_err(|error| (path.to_path_buf(), error))?;
        begun.push(file);
    }
    begun.into_iter().try_for_each(NewFile::finish).map_err(refused)
}

fn refused(error: NewFileError) -> (PathBuf, io::Error) {
    match error {
        NewFileError::Exists(path) => (path, io::ErrorKind::AlreadyExists.into()),
        NewFileError::Workspace(path) => {
            let why = "it is a workspace or a backup of one, and stays";
            (path, io::Error::new(io::ErrorKind::AlreadyExists, why))
        }
        NewFileError::Io { path, error } => (path, error),
    }
}
