//! The real program, run in a folder with nothing of this machine's settings.

#![allow(clippy::unwrap_used)]

use std::ffi::OsStr;
use std::path::Path;

use assert_cmd::Command;

/// Exit code, stdout and stderr of one run without input.
pub fn run(folder: &Path, line: &[impl AsRef<OsStr>]) -> (i32, String, String) {
    run_with(folder, line, "")
}

/// Exit code, stdout and stderr of one run with this input.
pub fn run_with(
    folder: &Path,
    line: &[impl AsRef<OsStr>],
    input: impl Into<Vec<u8>>,
) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .current_dir(folder)
        .env_remove("CASEREVIEW_WORKSPACE")
        .env_remove("CASEREVIEW_USER")
        .args(line)
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
