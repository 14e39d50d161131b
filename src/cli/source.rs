//! The instrument a command is given: the id of a shipped one, or a path to a TOML file.

use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::diagnostic::excerpts;
use crate::instrument::{Instrument, check, load_shipped, shipped};
use crate::text::{clean, did_you_mean, list_or};

/// Loads the instrument named on the command line.
///
/// # Errors
/// Exit 2 when there is no such instrument, or its file can't be read or holds errors.
pub fn instrument(name: &str) -> Result<Arc<Instrument>, Failure> {
    if let Some(instrument) = load_shipped(name) {
        return Ok(instrument);
    }
    let path = Path::new(name);
    if !path.exists() && path.extension().is_none() {
        let known: Vec<&str> = shipped().iter().map(|shipped| shipped.id).collect();
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("give {}, or the path of a TOML file", list_or(&known)),
        };
        return bad(&format!("error: instrument {name} is unknown"), &format!("\n  help: {help}"));
    }
    let text = match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return bad(&format!("error: {name} is not UTF-8"), ""),
        },
        Err(error) => return bad(&format!("error: {name} can't be read: {error}"), ""),
    };
    let checked = check(name, &text);
    match checked.instrument {
        Some(instrument) => Ok(Arc::new(instrument)),
        None => Err(Failure::BadInput(excerpts(name, &text, &checked.diagnostics, false))),
    }
}

fn bad<T>(message: &str, help: &str) -> Result<T, Failure> {
    Err(Failure::BadInput(format!("{}{help}", clean(message))))
}
