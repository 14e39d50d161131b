//! The practice workspace.

#![allow(clippy::unwrap_used)]

use casereview::review::{ReviewKind, Status, answers};
use casereview::scoring::{score, unfinished};
use casereview::store::Workspace;

use crate::program::run;

#[test]
fn without_a_terminal_it_prints_the_region_report_and_is_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = run(folder.path(), &["demo"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("Items by region: 116 final reviews, CFSR R2 items 14-20\n"), "{out}");
    assert!(
        out.ends_with("practice workspace, all cases invented: casereview-demo/casereview.db\n"),
        "{out}"
    );
    let told = "6 cases are handed in but not settled, and not counted\n\
                2 periods are counted together; --by period keeps them apart, \
                --where period=2026-H2 takes one\n";
    assert_eq!(err, told);
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");

    let before = std::fs::read(folder.path().join("casereview-demo/casereview.db")).unwrap();
    assert_eq!(run(folder.path(), &["demo"]), (0, out, err));
    let after = std::fs::read(folder.path().join("casereview-demo/casereview.db")).unwrap();
    assert!(before == after, "looking changes nothing");

    let (code, _, err) = run(folder.path(), &["demo", "--seed", "other"]);
    assert_eq!(code, 0);
    assert!(err.starts_with("casereview-demo/casereview.db is there already"), "{err}");
}

#[test]
fn a_seed_gives_the_same_answers_anywhere_and_fresh_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let export = |dir: &str| {
        let workspace = format!("{dir}/casereview.db");
        let (code, out, err) = run(folder.path(), &["--workspace", &workspace, "export", "items"]);
        assert_eq!(code, 0, "{err}");
        // All but the time.
        let line = |line: &str| line.rsplit_once(',').unwrap().0.to_owned();
        out.lines().map(line).collect::<Vec<_>>()
    };
    let made = |line: &[&str]| {
        let (code, out, err) = run(folder.path(), &[&["demo"], line].concat());
        assert_eq!(code, 0, "{err}");
        out
    };
    made(&["--dir", "a", "--seed", "1", "--cases", "10"]);
    made(&["--dir", "b", "--seed", "1", "--cases", "10"]);
    made(&["--dir", "c", "--seed", "2", "--cases", "10"]);
    assert_eq!(export("a"), export("b"));
    assert_ne!(export("a"), export("c"));
    made(&["--dir", "c", "--seed", "1", "--cases", "10", "--fresh"]);
    assert_eq!(export("a"), export("c"));
}

#[test]
fn every_finished_review_could_have_been_submitted_and_is_marked_as_practice() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(folder.path(), &["demo", "--cases", "300"]);
    assert_eq!(code, 0, "{err}");
    let workspace =
        Workspace::open(&folder.path().join("casereview-demo/casereview.db"), None).unwrap();
    let readings = workspace.readings().unwrap();
    let mut finished = 0;
    for row in readings.iter().filter(|row| row.status != Status::Open) {
        let instrument = workspace.instrument(&row.instrument).unwrap();
        let reading = workspace.reading(row.reading).unwrap();
        let answers = answers(&instrument, &reading).unwrap();
        let left = unfinished(&instrument, &answers, &score(&instrument, &answers));
        assert_eq!(left, [], "{}", row.number);
        assert!(row.round.contains("all invented"), "{}", row.round);
        assert!(matches!(row.review_kind, ReviewKind::Practice | ReviewKind::Baseline));
        finished += 1;
    }
    // The baseline, and six of the sample read twice.
    assert_eq!(finished, 80 + 300 + 6);
    let open = readings.iter().filter(|row| row.status == Status::Open);
    let mine: Vec<_> = open.filter(|row| row.reviewer == "lead").collect();
    assert_eq!(mine.len(), 14);
    // A pair that is not settled counts nowhere.
    let pairs = readings.iter().filter(|row| row.status == Status::Submitted).count();
    assert_eq!(pairs, 12);
}

#[test]
fn fresh_leaves_what_is_no_practice_workspace() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("casereview-demo")).unwrap();
    let file = folder.path().join("casereview-demo/casereview.db");
    std::fs::write(&file, "dear diary").unwrap();
    let (code, out, err) = run(folder.path(), &["demo", "--fresh"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: casereview-demo/casereview.db is not a practice workspace, so --fresh leaves it\n  help: name another folder with --dir\n"
    );
    assert_eq!(std::fs::read(&file).unwrap(), b"dear diary");
}
