//! Planted faults: each file of `tests/instruments/invalid` gets exactly the text beside it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test suite instrument_invalid` writes the texts anew; read
//! the change before keeping it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use casereview::diagnostic::{excerpts_in, json_in, one_line_in};
use casereview::instrument::{check, load_shipped, shipped};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instruments/invalid");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn each_planted_fault_is_found_with_the_expected_text() {
    let mut wrong = Vec::new();
    for path in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let checked = check(name, &text);
        assert!(!checked.diagnostics.is_empty(), "{name} has no problem");
        let errors = checked.diagnostics.iter().any(|problem| problem.is_error());
        assert_eq!(checked.instrument.is_none(), errors, "{name}");
        let shown = excerpts_in(&checked.sources, &checked.diagnostics, false);
        let expected = path.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &shown).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("{name} now gives:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_and_data_name_the_same_places() {
    for path in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let checked = check(name, &text);
        let data = json_in(&checked.sources, &checked.diagnostics);
        for (problem, data) in checked.diagnostics.iter().zip(&data) {
            let (line, column) = (data.line.unwrap(), data.column.unwrap());
            let start = format!("{name}:{line}:{column}: {}: ", data.severity);
            assert!(one_line_in(&checked.sources, problem).starts_with(&start), "{start}");
        }
    }
}

#[test]
fn shipped_instruments_are_without_problem() {
    for shipped in shipped() {
        let checked = check(shipped.id, shipped.text);
        assert_eq!(excerpts_in(&checked.sources, &checked.diagnostics, false), "");
        assert_eq!(load_shipped(shipped.id).unwrap().hash(), checked.instrument.unwrap().hash());
    }
}

/// The codes the check can give, as they stand in its source.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/instrument")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let places = ["Diagnostic::error(", "Diagnostic::warning("];
            for place in places.into_iter().flat_map(|place| text.split(place).skip(1)) {
                let word = place.trim_start().strip_prefix('"');
                codes.extend(word.and_then(|word| word.split('"').next()).map(str::to_owned));
            }
        }
    }
    codes
}

#[test]
fn every_kind_of_problem_has_a_planted_fault() {
    // Files of these are too large to keep; `instrument_hostile` makes them.
    let made = ["too-large", "too-many-problems"];
    let shown: String = files()
        .iter()
        .map(|path| std::fs::read_to_string(path.with_extension("expected")).unwrap())
        .collect();
    let codes = codes();
    assert!(codes.len() > 50, "{codes:?}");
    let without: Vec<&String> = codes
        .iter()
        .filter(|code| !made.contains(&code.as_str()) && !shown.contains(&format!("[{code}]: ")))
        .collect();
    assert_eq!(without, [""; 0], "plant such a fault in tests/instruments/invalid");
}
