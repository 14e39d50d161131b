//! Planted faults: each file of `tests/instruments/invalid` gets exactly the text beside it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test suite instrument_invalid` writes the texts anew; read
//! the change before keeping it.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use casereview::diagnostic::{excerpts, json, one_line};
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
        let shown = excerpts(name, &text, &checked.diagnostics, false);
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
        let data = json(name, &text, &checked.diagnostics);
        for (problem, data) in checked.diagnostics.iter().zip(&data) {
            let (line, column) = (data.line.unwrap(), data.column.unwrap());
            let start = format!("{name}:{line}:{column}: {}: ", data.severity);
            assert!(one_line(name, &text, problem).starts_with(&start), "{start}");
        }
    }
}

#[test]
fn shipped_instruments_are_without_problem() {
    for shipped in shipped() {
        let checked = check(shipped.id, shipped.text);
        assert_eq!(excerpts(shipped.id, shipped.text, &checked.diagnostics, false), "");
        assert_eq!(load_shipped(shipped.id).unwrap().hash(), checked.instrument.unwrap().hash());
    }
}
