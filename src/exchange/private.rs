//! Files for their owner's eyes, whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files readable by their owner alone (0600 where the system knows such modes). All
/// are first written in full beside their places and then renamed over them, so that a
/// failure before the end leaves every place as it was.
///
/// # Errors
/// The path that can't be written, and the system's words. What was begun is taken away.
pub fn write_private(files: &[(&Path, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let mut drafts = Drafts(Vec::new());
    for (path, bytes) in files {
        let draft = beside(path);
        drafts.0.push(draft.clone());
        write(&draft, bytes).map_err(|error| (path.to_path_buf(), error))?;
    }
    for ((path, _), draft) in files.iter().zip(&drafts.0) {
        fs::rename(draft, path).map_err(|error| (path.to_path_buf(), error))?;
    }
    Ok(())
}

/// Drafts that are taken away unless they were renamed.
struct Drafts(Vec<PathBuf>);

impl Drop for Drafts {
    fn drop(&mut self) {
        for draft in &self.0 {
            // A renamed draft is gone already.
            let _ = fs::remove_file(draft);
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
