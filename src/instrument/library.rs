//! Where the file is found that another extends.

use super::shipped;
use crate::text::{did_you_mean, list_or};

/// An instrument file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentFile {
    /// What the user calls it, for messages.
    pub name: String,
    /// Which file it is: the same file has the same place, however it was named.
    pub place: String,
    /// Its text.
    pub text: String,
}

/// Why the base of a file was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoBase {
    /// What is wrong: one line, lower-case start, no full stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What was most likely meant, so that the rest can be checked all the same.
    pub meant: Option<InstrumentFile>,
}

/// Finds files that others extend. The check itself reads no disk: whoever calls it says here
/// what may be read.
pub trait Library {
    /// The file that `from` names in `extends`.
    ///
    /// # Errors
    /// [`NoBase`] when there is none that may be read.
    fn base(&self, named: &str, from: &InstrumentFile) -> Result<InstrumentFile, NoBase>;
}

/// Only what is compiled in.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShippedOnly;

impl Library for ShippedOnly {
    fn base(&self, named: &str, _: &InstrumentFile) -> Result<InstrumentFile, NoBase> {
        if is_path(named) {
            return Err(NoBase {
                message: format!("{named} can't be read from here"),
                help: "extend a shipped instrument by its id".to_owned(),
                meant: None,
            });
        }
        shipped_file(named)
    }
}

/// Whether a base is named by its path: it ends in `.toml` or names a folder.
pub fn is_path(named: &str) -> bool {
    named.ends_with(".toml") || named.contains(['/', '\\'])
}

/// The file of a shipped instrument.
///
/// # Errors
/// When none has this id.
pub fn shipped_file(id: &str) -> Result<InstrumentFile, NoBase> {
    let file = |id: &str| {
        let shipped = shipped().iter().find(|shipped| shipped.id == id)?;
        Some(InstrumentFile {
            name: id.to_owned(),
            place: format!("shipped {id}"),
            text: shipped.text.to_owned(),
        })
    };
    if let Some(found) = file(id) {
        return Ok(found);
    }
    let known: Vec<&str> = shipped().iter().map(|shipped| shipped.id).collect();
    let near = did_you_mean(id, known.iter().copied());
    Err(NoBase {
        message: format!("no shipped instrument has the id {id:?}"),
        help: match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("extend {}, or a file beside this one: \"name.toml\"", list_or(&known)),
        },
        meant: near.and_then(file),
    })
}
