//! The improvement plan's page, at both sizes, and the same line by line.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::cli::Desk;
use casereview::review::Moment;
use casereview::store::{Surroundings, Workspace};
use casereview::task::App;

use crate::pip_plan::{PLAN, place, usual};
use crate::program::{run, run_with};
use crate::storyboard::Storyboard;

fn walk(size: (u16, u16)) -> (crate::place::Place, Storyboard<Desk>) {
    let place = place(&usual(), PLAN);
    // The 22nd of November: of the two periods that have come one has ended.
    let then = Surroundings::fixed(Moment::from_millis(1_795_305_600_000), 4711);
    let path = place.path("casereview.db");
    let desk = Desk::new(Workspace::open_in(&path, None, then).unwrap());
    let app = App::new(desk.info().unwrap());
    let walk = Storyboard::sized(app, desk, size);
    (place, walk)
}

#[test]
fn goals_are_reached_from_the_start_and_from_the_results() {
    let (_place, mut walk) = walk((80, 24));
    walk.sees("Goals").press("g").sees("Improvement plan").sees("Item 17");
    walk.sees("baseline 2025: 36 of 80").sees("goal met in 2026-H1").sees("not met so far");
    walk.sees("2026-H2 runs until 2026-12-31").sees("* where it meets the goal");
    walk.shot("goals-80x24");
    // What stays below is turned over, and another measure begins at its top.
    walk.sees("more  (PageUp, PageDown)")
        .sees_not("they then lie")
        .press("PageDown")
        .sees("they then lie");
    walk.sees_not("baseline 2025: 36 of 80").press("PageUp").sees("baseline 2025: 36 of 80");
    walk.press("PageDown");
    walk.press("]").sees("Item 20").sees("[a]").sees("Fathers found early");
    walk.shot("goals-strategy-80x24");
    walk.press("]").sees("visits Visits made");
    walk.press("Esc").sees("Round Test").press("r").sees("Results").press("g");
    walk.sees("Improvement plan").press("Esc").sees("95 % interval");
}

/// Names the file on the form and writes it.
fn name(walk: &mut Storyboard<Desk>, file: &Path) {
    walk.press("Down").press("Enter");
    let proposed = walk.app.saving().unwrap().to_save().unwrap().file;
    walk.erases(proposed.chars().count());
    walk.types(file.to_str().unwrap()).press("Enter").press("Enter");
}

#[test]
fn the_quarterly_table_is_written_from_the_screen() {
    let (place, mut walk) = walk((80, 24));
    walk.press("g").sees("save as").press("x").sees("Save the quarterly table as");
    walk.sees("casereview pip status --format csv").sees("pip-status.csv");
    walk.press("Enter").sees("casereview pip status --format xlsx").sees("pip-status.xlsx");
    walk.press("Left").press("Esc").sees("Item 17").press("x");
    let file = place.path("ours.csv");
    name(&mut walk, &file);
    walk.sees("written to").sees("Improvement plan");
    let theirs = place.ok(&["pip", "status", "--format", "csv", "--as-of", "2026-11-22"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
    // A file that is there is never replaced, and the form says so.
    walk.press("x");
    name(&mut walk, &file);
    walk.sees("choose another name").press("Esc").press("Esc").sees("Round Test");
}

#[test]
fn goals_in_a_large_window() {
    let (_place, mut walk) = walk((120, 40));
    walk.press("g").press("]");
    walk.shot("goals-120x40");
}

#[test]
fn goals_are_said_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["demo", "--dir", ".", "--cases", "12"]);
    assert_eq!(made.0, 0, "{}", made.2);
    let (code, out, err) = run_with(folder.path(), &["review", "--plain"], ":goals\n:quit\n");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Practice improvement plan (all invented)."), "{out}");
    for item in ["17 Needs and services", "18 ", "19 ", "20 ", "visits-made Monthly"] {
        assert!(out.lines().any(|line| line.trim_start().starts_with(item)), "{item}: {out}");
    }
    assert!(out.contains("goal 95.0 %"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    // And the list of cases is there again.
    assert_eq!(out.matches("Choose a case by its number or name").count(), 2, "{out}");
    // What is saved is what was said last.
    let input = ":results trend\n:goals\n:save-as plan.csv\n:save-as\n:results\n:save-as items.csv\n:quit\n";
    let (code, out, err) = run_with(folder.path(), &["review", "--plain"], input);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Type :save-as and the name of a file that ends in .txt"), "{out}");
    let head = |name: &str| {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        text.lines().next().unwrap().to_owned()
    };
    let status = run(folder.path(), &["pip", "status", "--format", "csv"]).1;
    assert_eq!(head("plan.csv"), status.lines().next().unwrap());
    assert!(head("items.csv").contains(",strength,"), "{}", head("items.csv"));
}
