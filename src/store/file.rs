//! The workspace as a file: what it is, before SQLite may touch it; made private from the
//! first byte.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::StoreError;

/// Marks a workspace among SQLite files: "CsRv".
pub const APPLICATION_ID: i32 = 0x4373_5276;

/// Looks at a file without changing it.
///
/// # Errors
/// When it is not a workspace, or may not be written.
pub fn inspect(path: &Path) -> Result<(), StoreError> {
    if look(path)? { Err(StoreError::ReadOnly) } else { Ok(()) }
}

/// [`inspect`] for a file that is only read.
///
/// # Errors
/// When it is not a workspace.
pub fn inspect_readable(path: &Path) -> Result<(), StoreError> {
    look(path).map(drop)
}

/// Whether the workspace is read-only.
fn look(path: &Path) -> Result<bool, StoreError> {
    let about = std::fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => StoreError::Missing,
        ErrorKind::PermissionDenied => StoreError::NoAccess,
        _ => error.into(),
    })?;
    if about.is_dir() {
        return Err(StoreError::Folder);
    }
    if about.len() == 0 {
        return Err(StoreError::Empty);
    }
    let mut start = Vec::with_capacity(100);
    File::open(path)
        .map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => StoreError::NoAccess,
            _ => error.into(),
        })?
        .take(100)
        .read_to_end(&mut start)?;
    if !start.starts_with(b"SQLite format 3\0") {
        let text = std::str::from_utf8(&start).map_or_else(|e| e.error_len().is_none(), |_| true)
            && !start.contains(&0);
        return Err(StoreError::NotADatabase(if text {
            "it is a text file"
        } else {
            "it is a file of another kind"
        }));
    }
    if start.len() < 100 || start[68..72] != APPLICATION_ID.to_be_bytes() {
        return Err(StoreError::OtherProgram);
    }
    Ok(about.permissions().readonly())
}

/// Makes an empty file that only its owner can read, so that SQLite, which gives its side
/// files the same mode, never makes one that others can read.
///
/// # Errors
/// When something is there already or can't be made.
pub fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        ErrorKind::StorageFull => StoreError::Full,
        _ => error.into(),
    })
}

/// Makes a new name in a folder last through a power cut.
pub fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Windows can't open folders; there the rename itself lasts.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The names of SQLite's side files.
pub fn side_files(path: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}
