//! The interface on a real workspace: a review from the queue to the report, commits that are
//! blocked, a program that is killed.

#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::task::App;
use casereview::task::review::Entry;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::pty::Pty;
use crate::storyboard::Storyboard;
use crate::workspace;

/// A workspace with two cases for `rv-04`: R-0001 foster care, R-0002 in-home.
fn begin() -> (TempDir, Storyboard<Desk>) {
    let folder = tempfile::tempdir().unwrap();
    let mut made = workspace::create(folder.path());
    workspace::draw(&mut made, 2);
    workspace::assign(&mut made, 1, "rv-04");
    workspace::assign(&mut made, 2, "rv-04");
    drop(made);
    let desk = Desk::new(workspace::open_as(folder.path(), "rv-04"));
    let app = App::new(desk.info().unwrap());
    (folder, Storyboard::new(app, desk))
}

/// Answers the question on screen with what a person would press; first options everywhere,
/// but No where `no` has the question.
pub fn answer(walk: &mut Storyboard<Desk>, no: &[&str]) {
    let review = walk.app.review.as_ref().unwrap();
    let id = review.instrument().question(review.at()).id().to_owned();
    let lacks_only_text = review.lacks_text(review.at()) && !review.lacks_answer();
    match review.entry() {
        Entry::One | Entry::Any if lacks_only_text => drop(walk.press("e")),
        Entry::One => {
            let option = if no.contains(&id.as_str()) { "2" } else { "1" };
            walk.press(option);
        }
        Entry::Any => drop(walk.press("1")),
        Entry::Text => drop(walk.press("Enter").types("Seen in the file.\nBoth agree.")),
        Entry::Date => drop(walk.press("Enter").types("04/15/2026")),
        Entry::Number { least, .. } => drop(walk.press("Enter").types(&least.to_string())),
        Entry::Table => unreachable!("this instrument has no tables"),
    }
    let review = walk.app.review.as_ref().unwrap();
    match review.editing() {
        Some(editing) if !editing.several_lines => drop(walk.press("Enter")),
        Some(editing) if editing.text.is_empty() => {
            walk.types("No effort was made.").press("Esc");
        }
        Some(_) => drop(walk.press("Esc")),
        None => {}
    }
}

#[test]
fn a_review_from_the_queue_to_the_report() {
    let (_folder, mut walk) = begin();
    walk.sees("2 not started").press("l").sees("R-0001").sees("R-0002");
    walk.press("Down").press("Enter").sees("Case R-0002");
    for _ in 0..200 {
        if !walk.app.review.as_ref().unwrap().can_submit() {
            walk.press("n");
            answer(&mut walk, &["19.A"]);
        }
    }
    walk.press("s").sees("Nothing is missing").press("Enter").sees("read only");
    walk.press("i").press("Down").press("Enter").press("w").sees("Why is item");
    walk.press("Esc").press("Esc").sees("R-0002").sees("submitted");
    walk.press("r").sees("Item 17");
    while !walk.has("Item 19") {
        walk.press("]");
    }
    walk.sees("1 final review").sees("0.0");
    walk.press("q");
    assert!(walk.ended);
}

#[test]
fn an_answer_that_cannot_be_stored_is_never_called_saved() {
    let (folder, mut walk) = begin();
    walk.press("l").press("Enter").press("]").sees("Does the item apply?").press("1").sees("saved");
    // Another program holds the file: every commit fails.
    let other = Connection::open(workspace::path(folder.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = walk.frames().len();
    walk.press("1").sees("NOT SAVED: 1 change").sees("locked");
    for frame in &walk.frames()[before..] {
        let text = frame.join("\n");
        let without = text.replace("NOT SAVED", "").replace("saved by", "");
        assert!(!without.contains("saved 1") && !without.contains("saved 0"), "{text}");
    }
    assert!(walk.frames()[before].join("\n").contains("saving ..."));
    walk.press("Esc").sees("NOT SAVED");
    other.execute_batch("ROLLBACK").unwrap();
    walk.press("R").sees_not("NOT SAVED");
    let reading = workspace::open_as(folder.path(), "rv-04");
    let id = workspace::reading_of(&reading, 1);
    assert_eq!(reading.reading(id).unwrap().value("14.A"), Some("yes"));
}

#[test]
fn a_text_being_written_outlives_a_kill() {
    let (folder, mut walk) = begin();
    walk.press("l").press("Enter").press("]").press("1").press("2");
    walk.types("Half a sent");
    // What a kill leaves: the file, and nothing of the program.
    let desk = Desk::new(workspace::open_as(folder.path(), "rv-04"));
    let mut again = Storyboard::new(App::new(desk.info().unwrap()), desk);
    again.press("c").sees("the text you were writing at 14.A was kept");
    again.sees("A  Did the agency");
    again.press("e").sees("Half a sent").press("Esc").sees("Half a sent");
}

#[test]
fn what_the_binary_called_saved_is_there_after_a_kill() {
    let (folder, _) = begin();
    let file = workspace::path(folder.path()).display().to_string();
    let args = ["--workspace", &file, "--as", "rv-04", "review", "R-0001"];
    let mut run = Pty::start(&args, (80, 24));
    run.press("]").wait_for("Does the item apply?");
    run.press("1").wait_for("question 2 of");
    run.press("1").wait_for("question 3 of");
    run.wait_until("saved", |rows| rows.iter().any(|row| row.contains(" saved ")));
    run.kill();
    let left = workspace::open_as(folder.path(), "rv-04");
    let reading = left.reading(workspace::reading_of(&left, 1)).unwrap();
    assert_eq!(reading.value("14.applies"), Some("yes"));
    assert_eq!(reading.value("14.A"), Some("yes"));
}
