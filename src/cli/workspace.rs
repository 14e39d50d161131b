//! Opening the workspace a command works in, and saying what is wrong with it.

use std::path::Path;

use super::{Failure, Global};
use crate::store::{ActError, StoreError, Workspace};
use crate::text::clean;

/// Opens the workspace of the options for whoever acts.
///
/// # Errors
/// Exit 3 with what is wrong and what to do.
pub fn open(global: &Global) -> Result<Workspace, Failure> {
    Workspace::open(&global.workspace, global.user.as_deref())
        .map_err(|error| failure(&global.workspace, &error))
}

/// What is wrong with a workspace, as printed.
pub fn failure(path: &Path, error: &StoreError) -> Failure {
    let text = with_help(&format!("{} {error}", path.display()), error.help());
    match error {
        StoreError::NotInTeam(_) => Failure::BadInput(text),
        _ => Failure::Workspace(text),
    }
}

/// Why a command did nothing, as printed: exit 2 where it makes no sense here and now, 3 where
/// the workspace could not take it.
pub fn refusal(path: &Path, error: &ActError) -> Failure {
    match error {
        ActError::Refused(refused) => {
            let text: Vec<String> =
                refused.to_string().lines().map(|line| clean(line).into_owned()).collect();
            Failure::BadInput(with_help(&text.join("\nerror: "), refused.help().as_deref()))
        }
        ActError::Store(error) => failure(path, error),
    }
}

fn with_help(text: &str, help: Option<&str>) -> String {
    let mut out = String::new();
    for line in format!("error: {text}").lines() {
        out.push_str(&clean(line));
        out.push('\n');
    }
    if let Some(help) = help {
        out.push_str(&format!("  help: {}\n", clean(help)));
    }
    out
}
