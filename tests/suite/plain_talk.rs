//! The plain face as exact transcripts, on a pretend outside.

use casereview::plain::{End, run};
use casereview::scoring::Value;
use casereview::task::{Action, Event, drive};
use insta::assert_snapshot;

use super::task_world::World;

/// What is said to these lines. Lines typed are not echoed: a terminal does that.
fn talk(world: &mut World, lines: &str) -> (String, End) {
    let mut app = world.open();
    let mut output = Vec::new();
    let end = run(&mut app, world, &mut lines.as_bytes(), &mut output).unwrap();
    (String::from_utf8(output).unwrap(), end)
}

fn says(lines: &str) -> String {
    talk(&mut World::new("in-home"), lines).0
}

#[test]
fn answers_by_number_and_code() {
    assert_snapshot!(says(
        ":go 19\nmonthly\nyes\n2\nNo private talk in two of three visits.\nApril.\n.\n"
    ));
}

#[test]
fn wrong_input_is_asked_again_with_what_is_accepted() {
    assert_snapshot!(says(
        ":go 19.A\n7\nperhaps\nyess\n1 2\n\n:go 99\n:go 14\n:gou\n:text\n:undo\n:redo\n\
         :go face.opened\nsoon\n2026-02-30\n4/15/2026\n\n:skip\n:go face.involvement\n1 x\n1, 3\n"
    ));
}

#[test]
fn undo_redo_clear_and_none() {
    assert_snapshot!(says(
        ":go 19.A\nyes\n:undo\n:redo\nno\n.\n:go 19.A\n:text\nToo few.\n.\n:go 19.A\n:clear\n\
         :go face.involvement\n:none\n:previous\n:go 20\nyes\n:items\n"
    ));
}

#[test]
fn notes_are_written_beside_any_answer() {
    assert_snapshot!(says(
        ":go 19.A\n:note\nAsk about May.\n.\nyes\n:go 19.A\n:note And about June.\n:note\n.\n\
         :undo\n:text\n"
    ));
}

#[test]
fn why_and_guidance() {
    assert_snapshot!(says(":go 19.A1\nnever\nno\n.\nyes\n:why\n:guidance\n:changes\n"));
}

#[test]
fn the_help_is_made_from_the_table() {
    let said = says(":help\n");
    for line in casereview::task::action::TABLE.iter().filter(|line| line.plain) {
        assert!(said.contains(&format!(":{}", line.id)), "{}", line.id);
    }
    assert_snapshot!(said);
}

#[test]
fn a_text_cut_off_by_the_end_of_input_is_saved() {
    let mut world = World::new("in-home");
    let (said, end) = talk(&mut world, ":go 19.rationale\nSeen every month,\nalone and at home");
    let at = world.instrument.find_question("19.rationale").unwrap();
    assert_eq!(
        world.disk.get(at),
        Some(&Value::Text("Seen every month,\nalone and at home".to_owned()))
    );
    assert_eq!(end, End::Saved);
    assert!(said.contains("The input has ended. Everything is saved."), "{said}");
}

#[test]
fn a_failed_save_is_told_and_retried() {
    let mut world = World::new("in-home");
    world.refuses = true;
    let (said, end) = talk(&mut world, ":go 19.A\nyes\n:retry\n:quit\n:quit\n");
    assert_eq!(end, End::NotSaved);
    assert_snapshot!(said);
    let mut world = World::new("in-home");
    world.refuses = true;
    let (said, end) = talk(&mut world, ":go 19.A\nyes\n");
    assert_eq!(end, End::NotSaved);
    assert!(said.contains("The input has ended. NOT SAVED: the disk is full.\n"), "{said}");
}

#[test]
fn a_line_that_is_not_text_is_refused() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    let (mut output, mut input) = (Vec::new(), &b":go 19.A\n\xff\xfe\nyes\r\n"[..]);
    run(&mut app, &mut world, &mut input, &mut output).unwrap();
    let said = String::from_utf8(output).unwrap();
    assert!(said.contains("not UTF-8"), "{said}");
    assert!(said.contains("19.A: Yes. Saved."), "{said}");
}

#[test]
fn a_case_is_chosen_from_the_queue() {
    let mut world = World::new("in-home");
    let mut app = world.start();
    drive(&mut app, &mut world, Event::Act(Action::Cases));
    let mut output = Vec::new();
    let mut lines = &b"9\n:search shelby\n:search\nr-0001\n:quit\n"[..];
    let end = run(&mut app, &mut world, &mut lines, &mut output).unwrap();
    assert_eq!(end, End::Saved);
    assert_snapshot!(String::from_utf8(output).unwrap());
}

#[test]
fn results_are_said_at_the_list_of_cases() {
    let mut world = World::new("in-home");
    let mut app = world.start();
    drive(&mut app, &mut world, Event::Act(Action::Cases));
    let mut output = Vec::new();
    let mut lines = &b":results\n:results 14 county 2026-H1\n:results 14 regoin\n:help\n1\n\
        :results\n:cases\n:quit\n"[..];
    let end = run(&mut app, &mut world, &mut lines, &mut output).unwrap();
    assert_eq!(end, End::Saved);
    assert_snapshot!(String::from_utf8(output).unwrap());
}

#[test]
fn a_submitted_review_can_only_be_read() {
    let mut world = World::new("in-home");
    world.submitted = true;
    assert_snapshot!(talk(&mut world, ":go 19.A\nyes\n:undo\n:submit\n:missing\n:quit\n").0);
}

#[test]
fn nothing_from_outside_steers_the_terminal() {
    let mut world = World::new("in-home");
    let said = talk(&mut world, ":go 19.rationale\n\x1b[2JGone\u{202e}\n.\n:go 19.rationale\n").0;
    assert!(!said.contains('\x1b') && !said.contains('\u{202e}'), "{said:?}");
}
