//! A file and those it extends: found, read, joined.

use crate::diagnostic::{Diagnostic, Sources};
use crate::instrument::library::{InstrumentFile, Library};
use crate::instrument::raw::{self, At, File, Problems};

use super::{LARGEST_FILE, join};

/// Stands between the texts of a file and those it extends. TOML allows it nowhere.
const SEPARATOR: char = '\u{1c}';

/// Files that extend one another, at most.
const LONGEST: usize = 4;

/// A file joined with those it extends.
pub(super) struct Chain {
    /// As if it were one file.
    pub(super) file: File,
    /// The texts in the order of reading, the file's own first.
    pub(super) sources: Sources,
    /// The same as one text, which the store keeps.
    pub(super) text: String,
}

/// Reads a file and those it extends. A text that holds them already is taken as it is.
pub(super) fn read(file: &InstrumentFile, library: &dyn Library, problems: &Problems) -> Chain {
    let mut parts = file.text.split(SEPARATOR);
    let own = parts.next().unwrap_or_default();
    let mut kept: Vec<&str> = parts.collect();
    kept.reverse();

    let mut sources = Sources::default();
    let mut text = own.to_owned();
    let mut files = vec![raw::read(&text, sources.push(&file.name, own), problems)];
    let mut read = vec![InstrumentFile { text: String::new(), ..file.clone() }];
    let mut whole = true;
    while let Some((named, from)) = next(&files, &read) {
        let base = match kept.pop() {
            Some(text) => Ok(InstrumentFile {
                name: named.value.clone(),
                place: format!("part {}", read.len()),
                text: text.to_owned(),
            }),
            None => library.base(&named.value, from),
        };
        let base = base.or_else(|none| {
            problems.add(
                Diagnostic::error("no-base", none.message).at(named.span.clone()).help(none.help),
            );
            none.meant.ok_or(())
        });
        let Some(base) = base.ok().filter(|base| fits(base, &read, &named, &text, problems)) else {
            whole = false;
            break;
        };
        text.push(SEPARATOR);
        text.push_str(&base.text);
        files.push(raw::read(&text, sources.push(&base.name, &base.text), problems));
        read.push(InstrumentFile { text: String::new(), ..base });
    }
    if !kept.is_empty() {
        let message = "the file holds a control character (U+001C)";
        problems.add(Diagnostic::error("unfit-character", message).help("take it out"));
    }
    let mut joined = files.pop().expect("the file itself was read");
    // Without its base nothing that it reads can be known.
    joined.lost |= !whole;
    while let Some(more) = files.pop() {
        joined = join::join(joined, more, problems);
    }
    Chain { file: joined, sources, text }
}

/// What the last file extends.
fn next<'r>(
    files: &[File],
    read: &'r [InstrumentFile],
) -> Option<(At<String>, &'r InstrumentFile)> {
    Some((files.last()?.header.extends.clone()?, read.last()?))
}

/// Whether a base may be read behind these files.
fn fits(
    base: &InstrumentFile,
    read: &[InstrumentFile],
    named: &At<String>,
    text: &str,
    problems: &Problems,
) -> bool {
    let names = read.iter().map(|file| file.name.as_str()).chain([base.name.as_str()]);
    let path = names.collect::<Vec<_>>().join(" -> ");
    let problem = if read.iter().any(|file| file.place == base.place) {
        Diagnostic::error("cycle", format!("the files extend each other in a circle: {path}"))
            .help("take extends out of one of them: it must stand by itself")
    } else if read.len() >= LONGEST {
        let message = format!("more than {LONGEST} files extend one another: {path}");
        Diagnostic::error("too-deep", message).help("write what two of them add into one file")
    } else if text.len() + base.text.len() > LARGEST_FILE {
        let message = format!(
            "{} and what it extends have more than {LARGEST_FILE} bytes together",
            read[0].name
        );
        Diagnostic::error("too-large", message).help("shorten the texts of one of them")
    } else {
        return true;
    };
    problems.add(problem.at(named.span.clone()));
    false
}
