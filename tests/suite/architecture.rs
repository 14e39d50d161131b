//! The one direction of `lib.rs`: reads the imports of every file and fails on an arrow that
//! points up or sideways, and on input, output, clock or randomness in the core.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// Rooms by level; a room may use rooms of lower levels only.
const LEVELS: [&[&str]; 9] = [
    &["text"],
    &["diagnostic"],
    &["instrument"],
    &["scoring", "stats"],
    &["review", "sampling", "report"],
    &["pip"],
    &["task", "store", "exchange"],
    &["tui", "plain"],
    &["cli"],
];

/// Rooms that do no input or output, read no clock and draw no random number.
const CORE: [&str; 9] =
    ["text", "diagnostic", "instrument", "scoring", "stats", "review", "sampling", "report", "pip"];

/// What the core has no use for.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::io::std",
    "std::time",
    "std::thread",
    "Utc::now",
    "Local::now",
    "Local::today",
    "getrandom",
    "rusqlite",
];

fn level(room: &str) -> Option<usize> {
    LEVELS.iter().position(|rooms| rooms.contains(&room))
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// The code without comments, so that doc links may point anywhere.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| line.find("//").map_or(line, |at| &line[..at]));
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms a file names, as `crate::room` or in `crate::{room::..., room::...}`.
fn rooms_named(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_alphabetic() => {
                            found.push(word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The room a file stands in, and its path below `src`.
fn room(path: &Path) -> (String, String) {
    let below = path.strip_prefix(source()).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_str().unwrap();
    (first.trim_end_matches(".rs").to_owned(), below.display().to_string())
}

#[test]
fn arrows_point_down() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for path in &all {
        let (room, name) = room(path);
        if room == "main" || room == "lib" {
            continue;
        }
        let own = level(&room).unwrap_or_else(|| panic!("room {room} has no level"));
        for named in rooms_named(&code(path)) {
            let Some(other) = level(&named) else { continue };
            arrows += 1;
            if named != room && other >= own {
                wrong.push(format!("{name}: {room} must not use {named}"));
            }
        }
    }
    assert!(arrows > 50, "only {arrows} arrows were found: the reading is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_touches_nothing_outside() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let (room, name) = room(&path);
        if CORE.contains(&room.as_str()) {
            let code = code(&path);
            for outside in OUTSIDE.iter().filter(|outside| code.contains(**outside)) {
                wrong.push(format!("{name}: {outside} has no place in the core"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn groups_and_paths_are_both_read() {
    let code = "use crate::{text::clean, store::{A, B}, tui};\nlet x = crate::cli::run();";
    assert_eq!(rooms_named(code), ["text", "store", "tui", "cli"]);
}
