//! The practice workspace as a new user goes through it: from its start screen to the queue,
//! through a whole review to submission, to the region report, at 80 x 24. The walk presses
//! no key that the frame before doesn't show.

#![allow(clippy::unwrap_used)]

use std::process::Command;

use casereview::cli::Desk;
use casereview::store::Workspace;
use casereview::task::App;

use crate::storyboard::Storyboard;
use crate::tui_workspace::answer;

#[test]
fn a_new_user_reviews_a_practice_case_and_finds_it_in_the_region_report() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .current_dir(folder.path())
        .args(["demo", "--cases", "12"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let file = folder.path().join("casereview-demo/casereview.db");
    let desk = Desk::new(Workspace::open(&file, None).unwrap());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);

    walk.sees("Practice: every case here is made up").sees("First time?").press("Enter");
    walk.sees("Cases").sees("sorted by status");
    // A foster care case nobody began, found by filters and keys on screen.
    while !walk.has("Status not started") {
        walk.press("s");
    }
    walk.press("t").sees("Type Foster care");
    let (case, region) = {
        let chosen = walk.app.queue.chosen().unwrap();
        (chosen.case.clone(), chosen.region.clone())
    };
    let before = counted(&mut walk, &region);
    walk.press("Enter").sees(&format!("Case {case}")).sees("PUR 2026-");
    walk.sees("filled in from the frame");

    // The guidance, why, and back; a narrative; undo and redo; then everything else.
    walk.press("]").sees("Does the item apply?").press("g").sees("Guidance to whether it applies");
    walk.press("Esc").press("1").press("2").types("No visits were set up.").press("Esc");
    walk.sees("No visits were set up.").press("w").sees("Why is item 14 Incomplete?");
    walk.press("Esc").press("u").sees("not written yet").press("r").sees("No visits were set up.");
    walk.press("s").sees("missing before this can be submitted").press("Esc");
    for _ in 0..200 {
        if !walk.app.review.as_ref().unwrap().can_submit() {
            walk.press("n");
            answer(&mut walk, &["14.A"]);
        }
    }
    walk.press("s").sees("Nothing is missing").sees("ANI 14").press("Enter");
    walk.sees("submitted: the review is sealed").sees("read only");
    walk.press("Esc").press("a").sees("Cases");

    // In the report its region has one review more.
    assert_eq!(counted(&mut walk, &region), before + 1);
    walk.press("q");
    assert!(walk.ended);
}

/// Applicable cases of item 14 in a region this period, read off the report; back to the
/// queue after.
fn counted(walk: &mut Storyboard<Desk>, region: &str) -> usize {
    walk.press("r").sees("Item 14").sees("region");
    if !walk.has("of 2026-H2") {
        walk.press("p").sees("of 2026-H2");
    }
    let rows = walk.rows();
    let row = rows.iter().find(|row| row.trim_start_matches([' ', '>']).starts_with(region));
    let rest = row.map_or("", |row| &row[row.find(region).unwrap() + region.len()..]);
    let found = rest.split_whitespace().next().map_or(0, |n| n.parse().unwrap());
    walk.press("Esc");
    found
}
