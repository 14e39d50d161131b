//! A file that is there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NewFileError {
    /// There is one of that name.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// There is a database of that name, such as a workspace, which no other file replaces.
    #[error("{} is a workspace or a backup of one, and stays", .0.display())]
    Workspace(PathBuf),
    /// The system refused.
    #[error("{} can't be written: {error}", .path.display())]
    Io {
        /// The file asked for.
        path: PathBuf,
        /// The system's words.
        error: io::Error,
    },
}

/// How every SQLite file begins.
const DATABASE: [u8; 16] = *b"SQLite format 3\0";

/// Whether a file is a database, such as a workspace.
fn is_database(path: &Path) -> bool {
    let mut begin = [0; DATABASE.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == DATABASE
}

/// A file being written under another name beside the one asked for, readable by its owner
/// only; [`finish`](Self::finish) gives it its name. Dropped before, it is gone.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    part: PathBuf,
    replace: bool,
    file: Option<BufWriter<File>>,
}

impl NewFile {
    /// Begins a file. With `replace` one of that name is replaced at the end.
    ///
    /// # Errors
    /// A file of that name without `replace`, and with it a database or what is no file: a folder,
    /// a device, a pipe; a folder that is not there or not ours.
    pub fn create(path: &Path, replace: bool) -> Result<Self, NewFileError> {
        let there = path.symlink_metadata();
        if !replace && there.is_ok() {
            return Err(NewFileError::Exists(path.to_owned()));
        }
        // Only what says that it is a file: opening a pipe would wait for who writes to it.
        if path.is_file() && is_database(path) {
            return Err(NewFileError::Workspace(path.to_owned()));
        }
        if there.is_ok_and(|there| !there.is_file() && !there.is_symlink()) {
            let error = io::Error::new(ErrorKind::InvalidInput, "it is there and is no file");
            return Err(NewFileError::Io { path: path.to_owned(), error });
        }
        let Some(name) = path.file_name() else {
            let error = io::Error::new(ErrorKind::InvalidInput, "it names no file");
            return Err(NewFileError::Io { path: path.to_owned(), error });
        };
        let mut part_name = std::ffi::OsString::from(".");
        part_name.push(name);
        part_name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(part_name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // Left over from a killed process that had our number.
        let _ = fs::remove_file(&part);
        match options.open(&part) {
            Ok(file) => Ok(Self {
                path: path.to_owned(),
                part,
                replace,
                file: Some(BufWriter::with_capacity(1 << 16, file)),
            }),
            Err(error) => {
                let error = match error.kind() {
                    ErrorKind::NotFound => io::Error::new(
                        ErrorKind::NotFound,
                        "its folder is not there: make it first, or name another",
                    ),
                    _ => error,
                };
                Err(NewFileError::Io { path: path.to_owned(), error })
            }
        }
    }

    /// Puts the file on the disk under its name.
    ///
    /// # Errors
    /// It can't be written to the end, or another took the name meanwhile. Nothing stays.
    pub fn finish(mut self) -> Result<(), NewFileError> {
        self.settle().map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => NewFileError::Exists(self.path.clone()),
            _ => NewFileError::Io { path: self.path.clone(), error },
        })
    }

    /// Puts what was written on the disk, not yet under its name; nothing can be added then.
    pub(super) fn save(&mut self) -> io::Result<()> {
        match self.file.take() {
            Some(file) => file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all(),
            None => Ok(()),
        }
    }

    fn settle(&mut self) -> io::Result<()> {
        self.save()?;
        if self.replace {
            return fs::rename(&self.part, &self.path);
        }
        // A link, unlike a rename, refuses to take a name that is taken.
        match fs::hard_link(&self.part, &self.path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            Ok(()) => fs::remove_file(&self.part),
            // A file system without links.
            Err(_) if self.path.symlink_metadata().is_ok() => {
                Err(io::Error::from(ErrorKind::AlreadyExists))
            }
            Err(_) => fs::rename(&self.part, &self.path),
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.part);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn appears_whole_and_replaces_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut file = NewFile::create(&path, false).unwrap();
        file.write_all(b"one").unwrap();
        assert!(!path.exists(), "not before it is whole");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        #[cfg(unix)]
        {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(matches!(NewFile::create(&path, false), Err(NewFileError::Exists(_))));
        let mut file = NewFile::create(&path, true).unwrap();
        file.write_all(b"two").unwrap();
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"one", "a dropped file changes nothing");
        let mut file = NewFile::create(&path, true).unwrap();
        file.write_all(b"three").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn a_name_taken_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut file = NewFile::create(&path, false).unwrap();
        file.write_all(b"ours").unwrap();
        fs::write(&path, b"theirs").unwrap();
        assert!(matches!(file.finish(), Err(NewFileError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere/out.csv");
        let error = NewFile::create(&path, false).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{} can't be written: ", path.display())), "{error}");
    }
}
