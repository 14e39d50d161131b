//! The instrument a command is given: the id of a shipped one, or a path to a TOML file, with
//! the files it extends.

use std::io::Read;
use std::path::{Component, Path};
use std::sync::Arc;

use super::Failure;
use crate::diagnostic::{Diagnostic, Sources, excerpts_in};
use crate::instrument::{
    Checked, Instrument, InstrumentFile, LARGEST_FILE, Library, NoBase, check_file, is_path,
    load_shipped, shipped, shipped_file,
};
use crate::text::{clean, did_you_mean, list_or};

/// A file's text, or what keeps it from being one.
#[derive(Debug)]
pub struct NamedText {
    /// The file as named on the command line.
    pub file: InstrumentFile,
    /// It is too large, or not UTF-8.
    pub problem: Option<Diagnostic>,
}

impl NamedText {
    /// Checks it with the files it extends.
    pub fn check(self) -> Checked {
        match self.problem {
            None => check_file(&self.file, &BesideIt),
            Some(problem) => Checked {
                instrument: None,
                diagnostics: vec![problem],
                sources: Sources::one(&self.file.name, &self.file.text),
            },
        }
    }
}

/// Loads the instrument named on the command line.
///
/// # Errors
/// Exit 2 when there is no such instrument, or its file can't be read or holds errors.
pub fn instrument(name: &str) -> Result<Arc<Instrument>, Failure> {
    if let Some(instrument) = load_shipped(name) {
        return Ok(instrument);
    }
    let Checked { instrument, diagnostics, sources } =
        read(name).map_err(Failure::BadInput)?.check();
    let instrument = instrument.map(Arc::new);
    instrument.ok_or_else(|| Failure::BadInput(excerpts_in(&sources, &diagnostics, false)))
}

/// The texts of several files, for a check.
///
/// # Errors
/// Exit 2, naming every file that can't be read.
pub fn texts(names: &[String]) -> Result<Vec<NamedText>, Failure> {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for name in names {
        match shipped_file(name) {
            Ok(file) if !Path::new(name).exists() => {
                texts.push(NamedText { file, problem: None });
            }
            _ => match read(name) {
                Ok(text) => texts.push(text),
                Err(error) => errors.push(error),
            },
        }
    }
    if errors.is_empty() { Ok(texts) } else { Err(Failure::BadInput(errors.join("\n"))) }
}

/// Finds what a file extends: a shipped instrument, or a file beside it or in a folder below.
/// Nothing else is read, whatever a file from elsewhere names.
struct BesideIt;

impl Library for BesideIt {
    fn base(&self, named: &str, from: &InstrumentFile) -> Result<InstrumentFile, NoBase> {
        if !is_path(named) {
            return shipped_file(named);
        }
        let no = |message: String, help: &str| {
            Err(NoBase { message, help: help.to_owned(), meant: None })
        };
        let below = |path: &Path| path.components().all(|c| matches!(c, Component::Normal(_)));
        let (path, folder) = (Path::new(named), Path::new(&from.name).parent());
        let Some(folder) = folder.filter(|_| below(path)) else {
            return no(
                format!("{named} does not lie beside this file"),
                "put it into the same folder or one below, and name it from there: \"base.toml\"",
            );
        };
        let whole = folder.join(path);
        let name = whole.display().to_string();
        if !whole.is_file() {
            return no(
                format!("there is no file {name}"),
                "name a file beside this one: \"base.toml\"; or a shipped instrument by its id: \"cfsr-r4\"",
            );
        }
        match read(&name) {
            Ok(NamedText { file, problem: None }) => Ok(file),
            Ok(NamedText { problem: Some(problem), .. }) => {
                no(format!("{name} can't be used: {}", problem.message), &problem.help.join("; "))
            }
            Err(_) => no(format!("{name} can't be read"), "see that you may read it"),
        }
    }
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
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string();
    let file = InstrumentFile { name: name.to_owned(), place: format!("file {place}"), text };
    Ok(NamedText { file, problem })
}
