//! The page of a table: rows added, filled in, changed, taken out, counted; as storyboards at
//! 80 x 24, as transcripts of the plain face, and through kills.

#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::instrument::load_shipped;
use casereview::plain::{End, run};
use casereview::scoring::Value;
use casereview::task::{Action, App, Effect, Event, drive};
use insta::assert_snapshot;

use crate::every_instrument::create;
use crate::pty::Pty;
use crate::storyboard::Storyboard;
use crate::task_world::World;
use crate::workspace;

/// Item 1 of the full review, at its table of reports.
fn at_reports() -> Storyboard<World> {
    let mut world = World::of("cfsr-r3", "in-home");
    let app = world.open();
    let mut walk = Storyboard::new(app, world);
    walk.press("]").sees("Does the item apply?").press("1").sees("The reports accepted in the PUR");
    walk
}

/// The cells of a row; empty ones are passed.
const IN_TIME: [&str; 12] = [
    "04/02/2026",
    "Ann",
    "Left alone overnight",
    "P1",
    "1",
    "",
    "2026-04-02",
    "1",
    "2026-04-03",
    "1",
    "Mother",
    "1",
];

/// Fills in a row from the cell that is open now; a digit is pressed, a text typed.
fn fill(walk: &mut Storyboard<World>, cells: &[&str]) {
    for cell in cells {
        let writing = walk.app.review.as_ref().unwrap().editing().is_some();
        if writing {
            walk.types(cell).press("Enter");
        } else {
            walk.press(cell);
        }
    }
}

#[test]
fn two_reports_are_counted_and_rate_the_item() {
    let mut walk = at_reports();
    walk.sees("no rows yet").shot("table-question-empty");
    walk.press("Enter").sees("needs 1 to 40").sees("a adds one").shot("table-no-rows");
    walk.press("a").sees("Row 1, Date of report").shot("table-first-cell");
    fill(&mut walk, &IN_TIME[..4]);
    walk.sees("Row 1, Response").sees("1 ( ) Investigation").shot("table-choosing");
    fill(&mut walk, &IN_TIME[4..]);
    walk.sees("row 1 is complete").sees("Counted  A 0").sees("saved 14:02:11");
    walk.press("a").sees("Row 2, Date of report");
    let mut late = IN_TIME;
    (late[0], late[7]) = ("05/11/2026", "2");
    fill(&mut walk, &late);
    walk.sees("row 2 is complete").sees("A 1").sees("rows with Begun in time No");
    walk.shot("table-two-reports");
    walk.press("Esc").sees("1  2026-04-02").sees("Counted  A 1").shot("table-question");
    walk.press("n").sees("reasons for every delay");
    walk.sees("A 1 (counted)").shot("table-counted-beside");
    walk.press("2").types("The second lay over a weekend.").press("Esc");
    walk.sees("Item 1: Area Needing Improvement");
    // In time after all: the number changes, and with it what may be answered.
    walk.press("i").press("Enter").sees("Does the item apply?").press("Enter").press("e");
    walk.sees("2 rows; at most 40").press("Down");
    while !walk.has("Row 2, Begun in time") {
        walk.press("Right");
    }
    walk.press("1").sees("A 0").sees("answers contradict").shot("table-count-changed");
    walk.press("u").sees("A 1").sees("Item 1: Area Needing Improvement").sees("Row 2, Begun in");
}

#[test]
fn a_row_deleted_comes_back() {
    let mut walk = at_reports();
    walk.press("Enter").press("a");
    fill(&mut walk, &IN_TIME);
    walk.press("a").types("2026-06-01").press("Enter").press("Esc").sees("2 rows");
    walk.press("Up").press("d").sees("row 1 deleted: undo brings it back").sees("1 row;");
    walk.shot("table-deleted");
    walk.press("u").sees("row 1 is back").sees("2 rows").sees("Left alone overnight");
    walk.press("r").sees("row 1 is taken out again").press("u").sees("2 rows");
    walk.press("Esc").sees("lacks");
}

#[test]
fn a_wrong_date_is_told_at_the_cell() {
    let mut walk = at_reports();
    walk.press("Enter").press("a").types("April 2").press("Enter");
    walk.sees("\"April 2\" is not a date: write it as").sees("Row 1, Date of report");
    walk.shot("table-wrong-date");
    // In a smaller window, and back, the text stays.
    walk.resize(60, 16).sees("April 2").shot("table-wrong-date-small");
    walk.resize(120, 40).sees("April 2").resize(80, 24);
    for _ in 0..7 {
        walk.press("Backspace");
    }
    walk.types("2026-04-02").press("Enter").sees("Row 1, Child (first name)");
    walk.press("Esc").sees("2026-04-02").shot("table-half-a-row");
}

#[test]
fn what_a_row_lacks_is_named_before_submission() {
    let mut walk = at_reports();
    walk.press("Enter").press("a");
    fill(&mut walk, &IN_TIME[..7]);
    walk.press("Esc").press("Esc").press("s");
    while !walk.has("> 1.A1 row 1 lacks Begun in time") {
        walk.press("Down");
    }
    walk.shot("table-missing");
    walk.press("Enter").sees("Row 1, Begun in time").press("1").sees("Row 1, Date seen");
}

#[test]
fn no_more_rows_than_the_table_takes() {
    let mut world = World::of("cfsr-r3", "foster-care");
    let app = world.open();
    let mut walk = Storyboard::new(app, world);
    let children = walk.backend.instrument.find_question("face.children").unwrap();
    drive(&mut walk.app, &mut walk.backend, Event::Goto(children));
    for _ in 0..22 {
        drive(&mut walk.app, &mut walk.backend, Event::Act(Action::AddRow));
    }
    walk.resize(80, 24).sees("this table takes at most 20 rows").shot("table-twenty-rows");
    let Some(Value::Rows(rows)) = walk.backend.disk.get(children) else { panic!("rows") };
    assert_eq!(rows.len(), 20);
}

#[test]
fn an_other_asks_for_its_words() {
    let mut world = World::of("cfsr-r3", "in-home");
    let app = world.open();
    let mut walk = Storyboard::new(app, world);
    let people = walk.backend.instrument.find_question("face.participants").unwrap();
    drive(&mut walk.app, &mut walk.backend, Event::Goto(people));
    walk.resize(80, 24).press("Enter").press("a").types("Ann").press("Enter");
    walk.sees("Row 1, Role").press("6").sees("the words to it").types("Aunt").press("Enter");
    walk.sees("Row 1, Relationship").press("Esc").sees("Other: Aunt");
    let Some(Value::Rows(rows)) = walk.backend.disk.get(people) else { panic!("rows") };
    assert_eq!(rows[0].get("role.text").map(String::as_str), Some("Aunt"));
    // Another role takes the words with it.
    walk.press("Left").press("1").sees_not("Aunt");
    let Some(Value::Rows(rows)) = walk.backend.disk.get(people) else { panic!("rows") };
    assert_eq!(rows[0].get("role.text"), None);
}

#[test]
fn every_cell_is_saved_as_it_is_given() {
    let mut walk = at_reports();
    walk.press("Enter").press("a");
    let saves = |walk: &Storyboard<World>| {
        walk.backend.log.iter().filter(|e| matches!(e, Effect::Save { .. })).count()
    };
    let before = saves(&walk);
    walk.types("2026-04-02").press("Enter").types("Ann").press("Enter");
    assert_eq!(saves(&walk), before + 2);
    let reports = walk.backend.instrument.find_question("1.A1").unwrap();
    let Some(Value::Rows(rows)) = walk.backend.disk.get(reports) else { panic!("rows") };
    assert_eq!(rows[0]["reported"], "2026-04-02");
    assert_eq!(rows[0]["child"], "Ann");
}

#[test]
fn too_many_ticks_are_refused_with_a_word() {
    let mut world = World::of("cfsr-r3", "foster-care");
    let app = world.open();
    let mut walk = Storyboard::new(app, world);
    let applies = walk.backend.instrument.find_question("5.applies").unwrap();
    drive(&mut walk.app, &mut walk.backend, Event::Goto(applies));
    walk.resize(80, 24).press("1").press("1").sees("saved").press("2").press("3");
    walk.sees("tick at most 2").sees_not("NOT SAVED").sees_not("none of these");
    walk.press("1").press("2").sees_not("NOT SAVED");
    let goals = walk.backend.instrument.find_question("5.A1").unwrap();
    assert_eq!(walk.backend.disk.get(goals), None);
}

/// A folder with cases for the full review: R-0002 is in-home.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), &load_shipped("cfsr-r3").unwrap());
    folder
}

#[test]
fn a_cell_called_saved_is_there_after_a_kill() {
    let folder = folder();
    let file = workspace::path(folder.path()).display().to_string();
    let args = ["--workspace", &file, "--as", "rv-04", "review", "R-0002"];
    let mut run = Pty::start(&args, (80, 24));
    run.press("]").wait_for("Does the item apply?");
    run.press("1").wait_for("The reports accepted in the PUR");
    run.press("Enter").wait_for("a adds one");
    run.press("a").wait_for("Row 1, Date of report");
    run.send(b"04/02/2026").wait_for("04/02/2026");
    run.press("Enter").wait_for("Row 1, Child (first name)");
    run.wait_until("saved", |rows| {
        let has = |text| rows.iter().any(|row: &String| row.contains(text));
        has(" saved ") && has("2026-04-02")
    });
    run.kill();
    let left = workspace::open_as(folder.path(), "rv-04");
    let reading = left.reading(workspace::reading_of(&left, 2)).unwrap();
    assert_eq!(reading.value("1.A1"), Some("[{\"reported\":\"2026-04-02\"}]"));
}

#[test]
fn a_cell_being_written_outlives_a_kill() {
    let folder = folder();
    let begin = || {
        let desk = Desk::new(workspace::open_as(folder.path(), "rv-04"));
        Storyboard::new(App::new(desk.info().unwrap()), desk)
    };
    let mut walk = begin();
    walk.press("l").press("Down").press("Enter").sees("Case R-0002");
    walk.press("]").press("1").press("Enter").press("a").types("2026-04-02").press("Enter");
    walk.types("Half a na");
    // What a kill leaves: the file, and nothing of the program.
    drop(walk);
    let mut again = begin();
    again.press("c").sees("the text you were writing at 1.A1 was kept");
    again.sees("A1  The reports").press("Enter").sees("Row 1");
    again
        .press("Left")
        .sees("Row 1, Child")
        .press("Enter")
        .sees("Half a na")
        .sees("Begun before and not finished");
}

/// What is said to these lines in the plain face.
fn talk(case_type: &str, lines: &str) -> (String, World) {
    let mut world = World::of("cfsr-r3", case_type);
    let mut app = world.open();
    let mut output = Vec::new();
    let end = run(&mut app, &mut world, &mut lines.as_bytes(), &mut output).unwrap();
    assert_eq!(end, End::Saved);
    (String::from_utf8(output).unwrap(), world)
}

#[test]
fn rows_line_by_line() {
    let lines = ":go 1\nyes\nsoon\n:add\nsoon\n4/2/2026\nAnn\n:why\n\nP1\n9\ninvestigation\n\n2026-04-02\n\
                 no\n\n2\nMother\n1\n:row 1\n\n\nLeft alone\n\n\n\n\n\n\n\n\n\n:delete 7\n:delete 1\n:undo\n\n";
    let (said, world) = talk("in-home", lines);
    assert_snapshot!(said);
    let reports = world.instrument.find_question("1.A1").unwrap();
    let Some(Value::Rows(rows)) = world.disk.get(reports) else { panic!("rows") };
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["reported"], "2026-04-02");
    assert_eq!(rows[0]["allegation"], "Left alone");
    assert_eq!(rows[0]["begun-in-time"], "no");
}

#[test]
fn the_words_to_other_and_ticks_line_by_line() {
    let lines = ":go face.participants\n:add\nAnn\nother\nAunt\n\n1\n:go face.children\n:add\nBo\n\
                 2020-02-02\n1\nblack white\n3\n1\n:quit\n";
    let (said, world) = talk("in-home", lines);
    assert_snapshot!(said);
    let people = world.instrument.find_question("face.participants").unwrap();
    let Some(Value::Rows(rows)) = world.disk.get(people) else { panic!("rows") };
    assert_eq!(rows[0]["role.text"], "Aunt");
    let children = world.instrument.find_question("face.children").unwrap();
    let Some(Value::Rows(rows)) = world.disk.get(children) else { panic!("rows") };
    assert_eq!(rows[0]["race"], "black;white");
}
