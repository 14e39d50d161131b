//! The instrument a command is given: the id of a shipped one, or a path to a TOML file.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use crate::diagnostic::{Diagnostic, excerpts};
use crate::instrument::{Instrument, LARGEST_FILE, check, load_shipped, shipped};
use crate::text::{clean, did_you_mean, list_or};

/// A file's text, or what keeps it from being one.
#[derive(Debug)]
pub struct NamedText {
    /// The file as named on the command line.
    pub name: String,
    /// Its text, as far as it is text.
    pub text: String,
    /// It is too large, or not UTF-8.
    pub problem: Option<Diagnostic>,
}

/// Loads the instrument named on the command line.
///
/// # Errors
/// Exit 2 when there is no such instrument, or its file can't be read or holds errors.
pub fn instrument(name: &str) -> Result<Arc<Instrument>, Failure> {
    if let Some(instrument) = load_shipped(name) {
        return Ok(instrument);
    }
    let NamedText { text, problem, .. } = read(name).map_err(Failure::BadInput)?;
    let problems = match problem {
        Some(problem) => vec![problem],
        None => {
            let checked = check(name, &text);
            if let Some(instrument) = checked.instrument {
                return Ok(Arc::new(instrument));
            }
            checked.diagnostics
        }
    };
    Err(Failure::BadInput(excerpts(name, &text, &problems, false)))
}

/// The texts of several files, for a check.
///
/// # Errors
/// Exit 2, naming every file that can't be read.
pub fn texts(names: &[String]) -> Result<Vec<NamedText>, Failure> {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for name in names {
        match shipped().iter().find(|shipped| shipped.id == name) {
            Some(shipped) if !Path::new(name).exists() => texts.push(NamedText {
                name: name.clone(),
                text: shipped.text.to_owned(),
                problem: None,
            }),
            _ => match read(name) {
                Ok(text) => texts.push(text),
                Err(error) => errors.push(error),
            },
        }
    }
    if errors.is_empty() { Ok(texts) } else { Err(Failure::BadInput(errors.join("\n"))) }
}

/// Reads a file, but no more of it than an instrument may have.
fn read(name: &str) -> Result<NamedText, String> {
    let path = Path::new(name);
    if !path.exists() && path.extension().is_none() {
        let known: Vec<&str> = shipped().iter().map(|shipped| shipped.id).collect();
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("give {}, or the path of a TOML file", list_or(&known)),
        };
        return Err(format!("error: instrument {} is unknown\n  help: {help}", clean(name)));
    }
    let unreadable = |error| format!("error: {} can't be read: {error}", clean(name));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let (text, problem) = if bytes.len() > LARGEST_FILE {
        let message = format!("the file is larger than {LARGEST_FILE} bytes");
        let problem = Diagnostic::error("too-large", message)
            .help("split the instrument into several files, or shorten its texts");
        (String::new(), Some(problem))
    } else {
        match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let problem = Diagnostic::error("not-utf-8", "the file is not UTF-8 text")
                    .at(at..at + '\u{fffd}'.len_utf8())
                    .label("this byte is no character")
                    .help("save it as UTF-8");
                (text, Some(problem))
            }
        }
    };
    // Windows editors put a byte-order mark before the text.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(NamedText { name: name.to_owned(), text, problem })
}
