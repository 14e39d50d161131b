//! `backup FILE` and `restore FILE`.

use std::path::PathBuf;

use clap::Args;

use super::output::{note, print};
use super::{Failure, Global, workspace};
use crate::store::{ActError, StoreError, Surroundings, Workspace};
use crate::text::{clean, clean_lines, count};

/// Copy the workspace to a file, checked before it gets its name
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy
    file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Go on from a backup, under a new workspace id
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    /// Put a workspace that is there aside
    #[arg(long)]
    force: bool,
}

impl Backup {
    /// Copies.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let whole = |path: &std::path::Path| path.canonicalize().ok();
        if whole(&self.file).is_some_and(|file| Some(file) == whole(workspace.path())) {
            let text = format!(
                "error: {} is the workspace itself\n  help: name another file for its backup",
                self.file.display()
            );
            return Err(Failure::BadInput(clean_lines(&text).into_owned()));
        }
        let verified = workspace.backup(&self.file, self.force).map_err(|error| match error {
            StoreError::Exists => there(&self.file, "say --force to write over it"),
            error => workspace::failure(&self.file, &error),
        })?;
        let events = count(verified.events, "event", "events");
        print(&clean(&format!("{} holds {events}, verified", self.file.display())))?;
        print("\n")
    }
}

impl Restore {
    /// Restores into the workspace's place.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let path = &global.workspace;
        let user = global.user.as_deref();
        let restored =
            Workspace::restore(&self.file, path, user, self.force, Surroundings::system())
                .map_err(|error| match error {
                    ActError::Store(StoreError::Exists) => {
                        there(path, "say --force to put it aside and restore in its place")
                    }
                    error => workspace::refusal(&self.file, &error),
                })?;
        if let Some(aside) = &restored.aside {
            note(&clean(&format!("the workspace before is now {}", aside.display())));
        }
        let id = restored.workspace.id();
        print(&clean(&format!("{} restored, workspace id {id}", path.display())))?;
        print("\n")
    }
}

fn there(path: &std::path::Path, help: &str) -> Failure {
    let path = path.display().to_string();
    Failure::BadInput(format!("error: {} is there already\n  help: {help}\n", clean(&path)))
}
