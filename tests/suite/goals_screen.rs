//! The improvement plan's page, at both sizes, and the same line by line.

#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::store::Workspace;
use casereview::task::App;

use crate::pip_plan::{PLAN, place, usual};
use crate::program::{run, run_with};
use crate::storyboard::Storyboard;

fn walk(size: (u16, u16)) -> (crate::place::Place, Storyboard<Desk>) {
    let place = place(&usual(), PLAN);
    let desk = Desk::new(Workspace::open(&place.path("casereview.db"), None).unwrap());
    let app = App::new(desk.info().unwrap());
    let walk = Storyboard::sized(app, desk, size);
    (place, walk)
}

#[test]
fn goals_are_reached_from_the_start_and_from_the_results() {
    let (_place, mut walk) = walk((80, 24));
    walk.sees("Goals").press("g").sees("Improvement plan").sees("Item 17");
    walk.sees("baseline 2025: 36 of 80").sees("goal met in 2026-H1");
    walk.shot("goals-80x24");
    walk.press("]").sees("Item 20").sees("[a]").sees("Fathers found early");
    walk.shot("goals-strategy-80x24");
    walk.press("]").sees("visits Visits made");
    walk.press("Esc").sees("Round Test").press("r").sees("Results").press("g");
    walk.sees("Improvement plan").press("Esc").sees("95 % interval");
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
}
