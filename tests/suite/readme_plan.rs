//! The steps of the README's section on an improvement plan, as they stand there.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use crate::program;

/// The commands of a section's first block, without the name of the program and what is said
/// beside them.
fn steps(section: &str) -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let section = readme.split_once(&format!("\n## {section}\n")).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    let block = section.split_once("```sh\n").unwrap().1.split("```").next().unwrap();
    let words = |line: &str| {
        let command = line.split(" #").next().unwrap();
        let mut words = command.split_whitespace().map(str::to_owned);
        assert_eq!(words.next().as_deref(), Some("casereview"), "{line}");
        words.collect()
    };
    block.lines().filter(|line| !line.trim().is_empty()).map(words).collect()
}

#[test]
fn the_steps_on_an_improvement_plan_give_a_baseline_and_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::create_dir(path.join("samples")).unwrap();
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), path.join("samples").join(entry.file_name())).unwrap();
    }
    let ok = |line: &[String]| {
        let (code, out, err) = program::run(path, line);
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    };
    ok(&["init", "--name", "2026-H2", "--as", "lead"].map(str::to_owned));
    let steps = steps("An improvement plan");
    let said: Vec<String> = steps.iter().map(|line| ok(line)).collect();
    let of = |wanted: &[&str]| {
        let at = steps.iter().position(|line| line == wanted);
        &said[at.unwrap_or_else(|| panic!("{wanted:?} is no step: {steps:?}"))]
    };
    assert_eq!(said[0], "ratings of 160 cases taken in\n");
    assert_eq!(
        said[1],
        "Improvement plan 2025 to 2027 (all invented) is in force: 4 measures, 6 periods, 2 \
         strategies\n"
    );
    let rows: Vec<Vec<&str>> = of(&["pip", "baseline"])
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        .map(|line| line.split_whitespace().rev().take(5).collect())
        .collect();
    // Minimum, goal, percent, Strength, n: 37 of 80 is 46.25 %, and 1.28 standard errors of it
    // are 7.1 points.
    let wanted = [
        ["20", "53.4", "46.3", "37", "80"],
        ["20", "57.4", "50.0", "37", "74"],
        ["20", "81.2", "75.0", "60", "80"],
        ["15", "57.4", "50.0", "37", "74"],
    ];
    assert_eq!(rows, wanted);
    let status = of(&["pip", "status"]);
    assert!(status.contains("37 of 80, 46.3 %; goal 53.4 % (+7.1)"), "{status}");
    assert!(status.contains("2025-H2: "), "{status}");
    assert!(!status.contains("n/a"), "{status}");
    assert!(path.join("quarter.xlsx").is_file() && path.join("quarter.html").is_file());
}
