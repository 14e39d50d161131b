//! A folder with an empty workspace, and the program run in it.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use casereview::instrument::{DEFAULT, load_shipped};
use casereview::review::ReviewKind;
use casereview::store::{NewWorkspace, Workspace};
use tempfile::TempDir;

use crate::program;

/// A folder with an empty workspace, and the program run in it.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewWorkspace {
            name: "Test".to_owned(),
            lead: "lead".parse().unwrap(),
            instrument: load_shipped(DEFAULT).unwrap(),
            review_kind: ReviewKind::Regular,
            period: "2026-H1".to_owned(),
            under_review: None,
        };
        Workspace::create(&folder.path().join("casereview.db"), &new).unwrap();
        Self { folder }
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
    /// Exit code, stdout, stderr.
    pub fn run(&self, line: &[&str]) -> (i32, String, String) {
        program::run(self.folder.path(), line)
    }
    pub fn ok(&self, line: &[&str]) -> String {
        let (code, out, err) = self.run(line);
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    }
}
