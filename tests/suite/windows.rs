//! Two windows on one review: what one changed is shown by the other before it writes.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::plain::run;
use casereview::review::{ReadingId, Taken};
use casereview::store::Workspace;
use casereview::task::{App, Effect, carry_out};

use crate::reconcile::{Twice, begin, settle};
use crate::storyboard::Storyboard;
use crate::workspace::{answer, one_review, open_as};

const TOLD: &str = "changed in another window: read anew";

fn window(workspace: Workspace) -> Storyboard<Desk> {
    let desk = Desk::new(workspace);
    let app = App::new(desk.info().unwrap());
    Storyboard::new(app, desk)
}

/// Goes to the first question of item 17.
fn at_17(walk: &mut Storyboard<Desk>) {
    walk.press("l").press("Enter");
    while !walk.rows().join("\n").contains("Were the child's needs") {
        walk.press("]");
    }
}

fn value(workspace: &Workspace, reading: ReadingId, question: &str) -> Option<String> {
    workspace.reading(reading).unwrap().value(question).map(str::to_owned)
}

#[test]
fn a_review_changed_in_another_window_is_read_anew_before_a_key_is_saved() {
    let (folder, mary, reading) = one_review("mary");
    let mut walk = window(mary);
    at_17(&mut walk);
    walk.press("1").sees("saved");
    let mut other = open_as(folder.path(), "mary");
    assert_eq!(value(&other, reading, "17.A1").as_deref(), Some("yes"));
    answer(&mut other, reading, "17.A1", "no");
    // This window stands at the next question, and still has Yes before it.
    walk.press("1").sees(TOLD).sees_not("NOT SAVED");
    assert_eq!(value(&other, reading, "17.A2"), None, "the key was not saved");
    // What was written here since is its own: the next key is saved.
    walk.press("1").sees_not(TOLD);
    assert_eq!(value(&other, reading, "17.A2").as_deref(), Some("yes"));
    assert_eq!(value(&other, reading, "17.A1").as_deref(), Some("no"));
}

#[test]
fn line_by_line_it_is_told_once_and_the_question_is_said_anew() {
    let (folder, mary, reading) = one_review("mary");
    let mut desk = Desk::new(mary);
    let mut app = App::new(desk.info().unwrap());
    carry_out(&mut app, &mut desk, vec![Effect::Open { reading: reading.to_string() }]);
    answer(&mut open_as(folder.path(), "mary"), reading, "17.A1", "yes");
    let mut output = Vec::new();
    let lines = ":go 17.A1\nno\nyes\n:quit\n";
    run(&mut app, &mut desk, &mut lines.as_bytes(), &mut output).unwrap();
    let out = String::from_utf8(output).unwrap();
    let told = "Changed in another window: read anew; what you just gave is not saved.";
    assert_eq!(out.matches(told).count(), 1, "{out}");
    assert!(out.contains("1. Yes, chosen"), "{out}");
    assert_eq!(value(desk.workspace(), reading, "17.A1").as_deref(), Some("yes"));
}

#[test]
fn a_text_on_its_way_is_kept_when_another_window_was_first() {
    let (folder, mary, reading) = one_review("mary");
    let mut walk = window(mary);
    at_17(&mut walk);
    walk.press("2").types("The needs of May");
    answer(&mut open_as(folder.path(), "mary"), reading, "17.A2", "yes");
    walk.press("Esc").sees(TOLD);
    let kept = open_as(folder.path(), "mary").drafts(reading).unwrap();
    assert!(kept.values().any(|text| text == "The needs of May"), "{kept:?}");
}

#[test]
fn a_difference_settled_in_another_window_is_not_settled_over() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut walk = window(twice.lead());
    walk.press("p").press("Enter").sees("0 of 1 settled").press("b").press("6");
    let mut other = twice.lead();
    let last = begin(&mut other);
    other.act(&settle(last, "17.A1", Taken::First)).unwrap();
    walk.types("Weighed again.").press("Enter").sees(TOLD).sees("1 of 1 settled");
    let reading = other.reading(last).unwrap();
    let settled = &reading.pair.as_ref().unwrap().settled["17.A1"];
    assert_eq!(settled.reason.text(), Some("the visit log shows it"));
    // The words are kept for another try, and handing in works.
    walk.press("b").press("6").sees("Weighed again.").press("Enter").sees_not(TOLD);
    walk.press("s").press("y").sees("handed in");
}
