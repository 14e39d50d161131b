//! QA in the interface, and line by line.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{Command, Status};
use casereview::task::App;

use crate::program;
use crate::quality::handed_in;
use crate::storyboard::Storyboard;
use crate::workspace::open_as;

fn begin(folder: &std::path::Path, user: &str) -> Storyboard<Desk> {
    let desk = Desk::new(open_as(folder, user));
    let app = App::new(desk.info().unwrap());
    Storyboard::new(app, desk)
}

#[test]
fn a_note_goes_to_the_reader_and_back_until_the_review_is_approved() {
    let (folder, id) = handed_in();
    let mut walk = begin(folder.path(), "lead");
    walk.sees("1 review for you").press("v").sees("first-level QA").shot("qa_list");
    walk.press("Enter").sees("No note is pinned").press("o").sees("read only");
    walk.press("i").press("Down").press("Enter").press("m").sees("QA R-0001");
    walk.press("a").sees("Question or item").press("Enter").types("Which of the visits?");
    walk.shot("qa_pin").press("Tab").press("Enter");
    walk.sees("pinned to").sees("Which of the visits?").shot("qa_notes");
    walk.press("b").sees("Nobody else sees them.").press("Enter").sees("sent back");
    walk.press("Esc").press("q");

    let mut theirs = begin(folder.path(), "mary");
    theirs.sees("1 review for you").press("v").sees("sent back, 1 open note").press("Enter");
    theirs.press("r").press("Enter").types("The one of May; changed.").press("Tab");
    theirs.press("Enter").sees("replied").sees("The one of May; changed.").shot("qa_reader");
    theirs.press("o").sees_not("read only").press("Esc").sees("QA R-0001");
    drop(theirs);
    open_as(folder.path(), "mary").act(&Command::Submit { reading: id }).unwrap();

    let mut walk = begin(folder.path(), "lead");
    walk.press("v").press("Enter").press("x").sees("needs a summary").press("Enter");
    walk.press("Down").press("Down").press("Enter").sees("write a few words").press("Enter");
    walk.types("Talked on Tuesday.").press("Tab").press("Enter").sees("settled");
    walk.press("f").shot("qa_approve").press("Enter").sees("R-0001 approved").sees("final QA");
    drop(walk);
    let mut last = begin(folder.path(), "quinn");
    last.press("v").press("Enter").press("f").press("Enter").sees("Nothing is with QA");
    drop(last);
    let lead = open_as(folder.path(), "lead");
    assert_eq!(lead.status_of(id).unwrap(), Status::Final);
}

#[test]
fn what_is_half_written_on_a_form_outlives_a_kill_and_a_way_back() {
    let (folder, id) = handed_in();
    let mut killed = begin(folder.path(), "lead");
    killed.press("v").press("Enter").press("a").press("Enter").types("20.C").press("Enter");
    killed.press("Enter").types("Which visits?\nThe file names three.");
    drop(killed);
    // Nobody else finds it, neither here nor in the review.
    let mut theirs = begin(folder.path(), "quinn");
    theirs.press("v").sees_not("Which visits?");
    assert!(open_as(folder.path(), "lead").drafts(id).unwrap().is_empty());

    let mut walk = begin(folder.path(), "lead");
    walk.press("v").press("Enter").press("a").sees("Kept from when it was last left.");
    walk.sees("20.C").sees("Which visits?").sees("The file names three.");
    walk.press("Enter").types("\nAnd June?").press("Esc").press("Esc").sees("No note is pinned");
    walk.press("a").sees("And June?").press("Down").press("Enter").sees("pinned to 20.C");
    walk.sees("And June?").press("a").sees_not("And June? ").sees_not("Kept from");
    walk.press("Esc").press("r").press("Enter").types("Half a reply").press("Esc").press("Esc");
    walk.press("x").press("Enter").press("Down").press("Enter").types("Half a summary");
    walk.press("Esc").press("Esc").press("w").press("Down").press("Down").press("Enter");
    walk.types("Half a why").press("Esc").press("Esc").sees("The file names three.");
    drop(walk);
    let mut walk = begin(folder.path(), "lead");
    walk.press("v").press("Enter").press("r").sees("Half a reply").press("Esc");
    walk.press("x").sees("settled in conversation").sees("Half a summary").press("Esc");
    walk.press("w").sees("Half a why").press("Enter").press("Ctrl-X").press("Esc");
    walk.press("w").sees_not("Half a why");
}

#[test]
fn the_same_line_by_line() {
    let (folder, id) = handed_in();
    let run = |user: &str, input: &str| {
        let line = format!("qa R-0001 --plain --workspace w.db --as {user}");
        let line: Vec<&str> = line.split(' ').collect();
        program::run_with(folder.path(), &line, input)
    };
    let input = ":pin 20.C Forty minutes each?\n:pin 20.Z Oh\n:approve\n:talked 1 Yes, each.\n\
                 :approve\n:quit\n";
    let (code, out, err) = run("lead", input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    insta::assert_snapshot!(out);
    let (code, out, err) = run("quinn", ":approve\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(open_as(folder.path(), "lead").status_of(id).unwrap(), Status::Final);
    let (code, out, _) = run("lead", ":reopen The log came late.\n:quit\n");
    assert_eq!(code, 0);
    assert!(out.contains("Open again with its reader."), "{out}");
    let (code, _, err) = run("mary", ":quit\n");
    assert_eq!((code, err.as_str()), (0, ""));
}
