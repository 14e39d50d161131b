//! How long reviews stand where they stand, up to a day that is given.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::review::{Command, Moment};
use casereview::store::{Surroundings, Workspace};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::program::run;
use crate::workspace::{answer, assign, create_with, draw, fill, path};

/// Noon of a day of June 2026, UTC.
fn june(day: i64) -> Surroundings {
    Surroundings::fixed(
        Moment::from_millis(1_780_315_200_000 + (day - 1) * 86_400_000),
        day.unsigned_abs(),
    )
}

/// Drawn and given out on the 1st but for one case; begun and handed in on the 11th.
fn begin() -> TempDir {
    let folder = tempdir().unwrap();
    let mut lead = create_with(folder.path(), june(1));
    draw(&mut lead, 4);
    let first = assign(&mut lead, 1, "A");
    let second = assign(&mut lead, 2, "A");
    assign(&mut lead, 3, "A");
    drop(lead);
    let mut reader = Workspace::open_in(&path(folder.path()), Some("A"), june(11)).unwrap();
    fill(&mut reader, first);
    reader.act(&Command::Submit { reading: first }).unwrap();
    answer(&mut reader, second, "face.children", "2");
    folder
}

fn report(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let line = ["report", "lateness", "--workspace", "w.db", "--as", "lead"];
    run(folder, &[&line[..], &["--as-of", "2026-06-20"], more].concat())
}

fn rows(folder: &Path, more: &[&str]) -> Vec<Value> {
    let (code, out, err) = report(folder, &[more, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// Stage, reviews, days, longest, late, days late.
fn seen(rows: &[Value]) -> Vec<Value> {
    let one = |row: &Value| {
        let of = |name: &str| row[name].clone();
        json!([
            of("stage"),
            of("reviews"),
            of("median_days"),
            of("longest_days"),
            of("late"),
            of("longest_days_late")
        ])
    };
    rows.iter().map(one).collect()
}

#[test]
fn days_are_counted_up_to_the_day_given() {
    let folder = begin();
    let found = seen(&rows(folder.path(), &[]));
    let wanted = [
        json!(["unassigned", 1, 19, 19, 0, null]),
        json!(["assigned", 1, 19, 19, 1, 5]),
        json!(["begun", 1, 9, 9, 1, 5]),
        json!(["final", 1, 10, 10, 0, null]),
    ];
    assert_eq!(found, wanted);
    // With a week for each the review handed in on the 11th came three days late.
    let found = seen(&rows(folder.path(), &["--days", "7"]));
    assert_eq!(found[3], json!(["final", 1, 10, 10, 1, 3]));
    // Before anything was late.
    let line = ["report", "lateness", "--workspace", "w.db", "--as", "lead", "--as-of"];
    for (day, late) in [("2026-06-15", 0), ("2026-06-16", 1)] {
        let line = [&line[..], &[day, "--format", "json"]].concat();
        let (code, out, err) = run(folder.path(), &line);
        assert_eq!(code, 0, "{err}");
        let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
        assert_eq!(rows[1]["late"], json!(late), "{day}");
    }
    // Where reviews stood before is not known: two were begun or handed in on the 11th.
    let (code, out, err) = run(folder.path(), &[&line[..], &["2026-06-10"]].concat());
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: --as-of 2026-06-10: reviews are counted where they stand now, and one came there \
         on 2026-06-11\n  help: take 2026-06-11 or a later day\n"
    );
}

#[test]
fn it_leaves_as_text_csv_and_a_workbook_and_says_what_it_cannot() {
    let folder = begin();
    let (code, out, err) = report(folder.path(), &["--by", "round", "--total"]);
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out);
    let (code, out, _) = report(folder.path(), &["--by", "role", "--format", "csv"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("role,stage,reviews,median_days,"), "{out}");
    assert!(out.contains("\nfirst,begun,1,9,9,1,1,100.0,5,5,2026-06-20\n"), "{out}");
    let (code, _, err) = report(folder.path(), &["--format", "xlsx", "--out", "late.xlsx"]);
    assert_eq!(code, 0, "{err}");
    assert!(std::fs::read(folder.path().join("late.xlsx")).unwrap().starts_with(b"PK"));
    for (more, words) in [
        (&["--by", "period"][..], "lateness is not counted by it"),
        (&["--by", "reviewer"], "lateness is not counted by it"),
        (&["--public"], "are about single reviews"),
        (&["--days", "0"], "0 is not in 1..=1000"),
    ] {
        let (code, _, err) = report(folder.path(), more);
        assert_eq!(code, 2, "{more:?}");
        assert!(err.contains(words), "{err}");
    }
    let line = ["report", "lateness", "--workspace", "w.db", "--as-of", "soon"];
    let (code, _, err) = run(folder.path(), &line);
    assert_eq!(code, 2);
    assert!(err.contains("write it as 2026-11-30"), "{err}");
}

#[test]
fn who_is_no_lead_learns_nothing_of_second_reviews() {
    let folder = begin();
    let line = ["report", "lateness", "--workspace", "w.db", "--as", "A", "--by", "role"];
    let (code, _, err) = run(folder.path(), &line);
    assert_eq!(code, 2);
    assert!(err.contains("is for leads"), "{err}");
}
