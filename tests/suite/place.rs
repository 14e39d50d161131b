//! A folder with an empty workspace, and the program run in it.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use assert_cmd::Command;
use casereview::instrument::{DEFAULT, load_shipped};
use casereview::review::ReviewKind;
use casereview::store::{NewWorkspace, Workspace};
use tempfile::TempDir;

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
        let output = Command::new(assert_cmd::cargo::cargo_bin!("casereview"))
            .current_dir(self.folder.path())
            .env_remove("CASEREVIEW_WORKSPACE")
            .env_remove("CASEREVIEW_USER")
            .args(line)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
    pub fn ok(&self, line: &[&str]) -> String {
        let (code, out, err) = self.run(line);
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    }
}
