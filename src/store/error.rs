//! What goes wrong with a workspace file. The texts go on from the file's name.

use rusqlite::ErrorCode;

use crate::review::Refusal;

/// What is wrong with a workspace. The text goes on from the file's name: "casereview.db is
/// a text file, not a workspace".
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file.
    #[error("is not there")]
    Missing,
    /// A folder.
    #[error("is a folder, not a workspace")]
    Folder,
    /// Zero bytes.
    #[error("is empty, not a workspace")]
    Empty,
    /// Not a database.
    #[error("is not a workspace: {0}")]
    NotADatabase(&'static str),
    /// A database of something else.
    #[error("is not a workspace: it is a database of another program")]
    OtherProgram,
    /// Made by a newer version.
    #[error(
        "was made by a newer version of casereview (workspace version {found}, known up to {known})"
    )]
    Newer {
        /// Its version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// May not be written.
    #[error("is read-only")]
    ReadOnly,
    /// May not be read.
    #[error("may not be read by this user")]
    NoAccess,
    /// Another program holds it.
    #[error("is locked: another program is writing in it")]
    Locked,
    /// No room.
    #[error("can't be written: the disk is full")]
    Full,
    /// A setting the promises rest on did not take.
    #[error("can't be used safely: {setting} is {found} instead of {wanted}")]
    Setting {
        /// The setting.
        setting: &'static str,
        /// What it must be.
        wanted: String,
        /// What it is.
        found: String,
    },
    /// Something is in the way of a new file.
    #[error("is there already")]
    Exists,
    /// The content contradicts itself.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// Nobody of that code is on the team list.
    #[error("has nobody with the code {0} on its team list")]
    NotInTeam(String),
    /// The operating system's words.
    #[error("can't be used: {0}")]
    Io(#[from] std::io::Error),
    /// The database's words.
    #[error("can't be used: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing => {
                "make one with `casereview init`, try `casereview demo`, or name another with --workspace FILE"
            }
            Self::Folder | Self::Empty | Self::NotADatabase(_) | Self::OtherProgram => {
                "name the workspace with --workspace FILE, or make one with `casereview init`"
            }
            Self::Newer { .. } => "open it with that version; nothing in it was changed",
            Self::ReadOnly => "allow writing to the file and its folder, or work on a copy",
            Self::NoAccess => "ask the file's owner for access",
            Self::Locked => "close the other program and try again; nothing was saved",
            Self::Full => "make room and try again; nothing was saved",
            Self::Setting { .. } => {
                "keep the workspace on a local disk: network drives and some sync folders can't hold one"
            }
            Self::Exists => "name another file, or say --force to put this one aside",
            Self::Damaged(_) => "go back to a backup with `casereview restore FILE`",
            Self::NotInTeam(_) => "name a person of the team with --as CODE",
            Self::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) => {
                "look whether the disk is full, or was taken away; nothing was saved"
            }
            Self::Io(_) | Self::Sql(_) => return None,
        })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The file beside the database can't grow: the first thing that fails on a full disk.
        let extended = error.sqlite_error().map(|error| error.extended_code);
        if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::NoAccess,
            Some(ErrorCode::NotADatabase) => Self::NotADatabase("it has no database in it"),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

/// Why a command did nothing. Whichever it is, nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The command makes no sense here and now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The workspace could not take it.
    #[error("the workspace {0}")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ActError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
