//! Copies of a workspace, and going on from one.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::review::{About, Decided, EventBody, WorkspaceId, WorkspaceRestored};

use super::{ActError, StoreError, Surroundings, Verified, Workspace, file, log, settings};

/// What came of a restore.
#[derive(Debug)]
pub struct Restored {
    /// The workspace, open.
    pub workspace: Workspace,
    /// Where the one before was put, if there was one.
    pub aside: Option<PathBuf>,
}

impl Workspace {
    /// Copies the workspace, also while others write in it: to a file beside the target
    /// first, checked there, then renamed. The copy is one file of mode 0600.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the target is there and not `over` it; problems of the log
    /// as [`StoreError::Damaged`]. Nothing is left behind on failure.
    pub fn backup(&self, target: &Path, over: bool) -> Result<Verified, StoreError> {
        if target.exists() && !over {
            return Err(StoreError::Exists);
        }
        let draft = Draft::beside(target)?;
        copy(&self.db, &draft.0)?;
        let copied = Self::open(&draft.0, Some(self.user.as_str()))?;
        let verified = copied.verify()?;
        single_file(copied)?;
        if let Some(problem) = verified.problems.first() {
            return Err(StoreError::Damaged(problem.clone()));
        }
        draft.settle(target)?;
        Ok(verified)
    }

    /// Goes on from a backup at `path`: under a new workspace id, whose first event names
    /// the heads of the chains in the backup. A workspace already there is put aside.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there and not `over` it. The backup and a workspace
    /// already there stay as they were.
    pub fn restore(
        backup: &Path,
        path: &Path,
        user: Option<&str>,
        over: bool,
        surroundings: Surroundings,
    ) -> Result<Restored, ActError> {
        file::inspect_readable(backup)?;
        if path.exists() && !over {
            return Err(StoreError::Exists.into());
        }
        let draft = Draft::beside(path)?;
        copy_bytes(backup, &draft.0)?;
        let mut restored = Self::open_in(&draft.0, user, surroundings)?;
        let verified = restored.verify()?;
        if let Some(problem) = verified.problems.first() {
            return Err(StoreError::Damaged(problem.clone()).into());
        }
        let from = restored.id;
        restored.id = WorkspaceId((restored.surroundings.random)());
        restored
            .db
            .execute("UPDATE workspace SET id = ?1", [restored.id.to_string()])
            .map_err(StoreError::from)?;
        let heads = log::heads(&restored.db)?;
        let body = EventBody::WorkspaceRestored(Box::new(WorkspaceRestored { from, heads }));
        restored.record(vec![Decided { about: About::Team, body }])?;
        let Self { user, surroundings, .. } = single_file(restored)?;
        let aside = if path.exists() { Some(put_aside(path)?) } else { None };
        draft.settle(path)?;
        let workspace = Self::open_in(path, Some(user.as_str()), surroundings)?;
        Ok(Restored { workspace, aside })
    }
}

/// Copies a closed workspace byte by byte, so that it stays untouched. A backup has no side
/// files; a workspace copied by hand may have one with its last changes.
fn copy_bytes(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::write(to, std::fs::read(from)?)?;
    let [wal, _] = file::side_files(from);
    if wal.exists() {
        let [draft_wal, _] = file::side_files(to);
        file::create_private(&draft_wal)?;
        std::fs::write(draft_wal, std::fs::read(wal)?)?;
    }
    Ok(())
}

/// Leaves a workspace as one file without side files.
fn single_file(workspace: Workspace) -> Result<Workspace, StoreError> {
    workspace.db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    Ok(workspace)
}

/// SQLite's online copy into an empty private file.
fn copy(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let mut target = Connection::open(to)?;
    target.busy_timeout(settings::PATIENCE)?;
    Backup::new(from, &mut target)?.run_to_completion(
        1000,
        std::time::Duration::from_millis(1),
        None,
    )?;
    Ok(())
}

/// Renames a workspace with its side files to a name not taken.
fn put_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let name = |count: usize| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".before-restore-{count}"));
        PathBuf::from(name)
    };
    let aside = (1..).map(name).find(|name| !name.exists()).expect("some number is free");
    for (side, new) in file::side_files(path).iter().zip(file::side_files(&aside)) {
        if side.exists() {
            std::fs::rename(side, new)?;
        }
    }
    std::fs::rename(path, &aside)?;
    Ok(aside)
}

/// A file in the making beside its place; taken away unless it gets there.
struct Draft(PathBuf);

impl Draft {
    fn beside(target: &Path) -> Result<Self, StoreError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let draft = Self(target.with_file_name(name));
        file::create_private(&draft.0)?;
        Ok(draft)
    }

    fn settle(self, target: &Path) -> Result<(), StoreError> {
        std::fs::File::open(&self.0)?.sync_all()?;
        std::fs::rename(&self.0, target)?;
        file::sync_folder(target)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already where it got to its place.
        let _ = std::fs::remove_file(&self.0);
        for side in file::side_files(&self.0) {
            let _ = std::fs::remove_file(side);
        }
    }
}
