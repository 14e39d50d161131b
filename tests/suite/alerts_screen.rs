//! Alerts from every screen, by the keys it shows.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::task::App;

use crate::quality::handed_in;
use crate::reconcile::Twice;
use crate::storyboard::Storyboard;
use crate::workspace::open_as;

fn begin(folder: &std::path::Path, user: &str) -> Storyboard<Desk> {
    let desk = Desk::new(open_as(folder, user));
    let app = App::new(desk.info().unwrap());
    Storyboard::new(app, desk)
}

#[test]
fn an_alert_is_recorded_from_a_sealed_review_and_shown_to_the_lead() {
    let (folder, _) = handed_in();
    let mut walk = begin(folder.path(), "mary");
    walk.press("l").press("Enter").sees("read only").press("!");
    walk.sees("never replaces a report to the hotline").sees("Case R-0001").shot("alert_form");
    walk.press("Down").press("Enter").types("Bruises on the younger child.").press("Tab");
    walk.press("Enter").types("the supervisor").press("Enter");
    walk.press("Down").press("Enter").sees("recorded").sees("Bruises");
    assert!(walk.rows().iter().any(|row| row.trim() == "telephone"), "the notice is cut");
    walk.press("Esc").sees("read only");

    let mut lead = begin(folder.path(), "lead");
    lead.sees("1 alert is open").press("!").sees("Bruises");
    lead.press("r").press("Enter").types("Seen by a doctor.").press("Tab").press("Enter");
    lead.sees("Seen by a doctor.").press("x").press("Down").press("Enter");
    lead.sees("No alert is open.").press("Esc").sees_not("alert is open");
}

#[test]
fn an_alert_half_written_outlives_a_kill_and_a_way_back() {
    let (folder, _) = handed_in();
    let mut killed = begin(folder.path(), "mary");
    killed.press("l").press("Enter").press("!").press("Down").press("Enter");
    killed.types("Bruises on the younger child.\nBoth arms.");
    drop(killed);
    let mut lead = begin(folder.path(), "lead");
    lead.press("!").sees("No alert is open.").sees_not("Bruises").press("Esc");

    let mut start = begin(folder.path(), "mary");
    start.press("!").sees("One half written is kept: ! at R-0001 goes on with it.");
    drop(start);

    let mut walk = begin(folder.path(), "mary");
    walk.press("l").press("Enter").press("!").sees("Kept from when it was last left.");
    walk.sees("Bruises on the younger child.").sees("Both arms.");
    walk.press("Esc").press("Esc").press("!").sees("Both arms.");
    walk.press("Down").press("Down").press("Down").press("Enter").sees("recorded");
    walk.press("a").sees_not("Kept from").sees_not("Both arms. ");
}

#[test]
fn every_screen_of_the_work_shows_the_key() {
    let (folder, _) = handed_in();
    let mut walk = begin(folder.path(), "lead");
    for keys in [&[][..], &["l"], &["l", "Enter"], &["v"], &["v", "Enter"], &["s"], &["r"]] {
        for key in keys {
            walk.press(key);
        }
        walk.press("!").sees("hotline");
        while !walk.has("Round 2026-H1 ") || !walk.has("casereview") {
            walk.press("Esc");
        }
    }
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut walk = begin(twice.folder.path(), "lead");
    walk.press("p").press("!").sees("Case R-0001").press("Esc").press("Esc").sees("1 answer");
    walk.press("Enter").press("!").sees("Case R-0001").press("Esc").press("Esc");
    walk.sees("0 of 1 settled");
}
