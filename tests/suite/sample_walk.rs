//! A lead's path from a list of cases to assigned reviews, and an elimination with its
//! replacement, at 80 x 24. The walks press no key that the frame before doesn't show.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;

use casereview::cli::Desk;
use casereview::store::Workspace;
use casereview::task::drawing::{Ask, Told};
use casereview::task::{Action, App, Effect, Event, Reply, Screen, available, update};
use tempfile::TempDir;

use crate::program;
use crate::storyboard::Storyboard;

/// Forty cases: two of three are foster care, one of ten in-home ones was open too shortly.
fn frame() -> String {
    let mut list = "Case ID,Region,County,Type,Worker,Family ID,Opened,Closed\n".to_owned();
    for at in 1..=40 {
        let (region, county) = if at % 2 == 0 { ("East", "Roane") } else { ("Knox", "Knox") };
        let kind = if at % 3 == 0 { "IH" } else { "FC" };
        let closed = if at == 30 { "2026-04-20" } else { "" };
        let _ = writeln!(
            list,
            "TN-{at:03},{region},{county},{kind},W-{at:02},F-{at:02},2026-04-01,{closed}"
        );
    }
    list
}

fn begin() -> (TempDir, Storyboard<Desk>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("frame.csv"), frame()).unwrap();
    let (code, _, err) = program::run(
        folder.path(),
        &["init", "--instrument", "cfsr-r2-items-14-20", "--name", "2026-H1", "--as", "ann"],
    );
    assert_eq!(code, 0, "{err}");
    open(None, folder)
}

fn open(user: Option<&str>, folder: TempDir) -> (TempDir, Storyboard<Desk>) {
    let file = folder.path().join("casereview.db");
    let desk = Desk::new(Workspace::open(&file, user).unwrap());
    let app = App::new(desk.info().unwrap());
    (folder, Storyboard::new(app, desk))
}

fn is_here(walk: &Storyboard<Desk>, label: &str) -> bool {
    let said = |row: &String| {
        let line = row.trim_start().strip_prefix('>');
        line.is_some_and(|line| line.trim_start().starts_with(label))
    };
    walk.rows().iter().any(said)
}

/// Goes down to the line that says so.
fn down_to(walk: &mut Storyboard<Desk>, label: &str) {
    for _ in 0..20 {
        if is_here(walk, label) {
            return;
        }
        walk.press("Down");
    }
    panic!("no line {label:?}:\n{}", walk.rows().join("\n"));
}

/// Goes up to the line that says so.
fn up_to(walk: &mut Storyboard<Desk>, label: &str) {
    for _ in 0..20 {
        if is_here(walk, label) {
            return;
        }
        walk.press("Up");
    }
    panic!("no line {label:?}:\n{}", walk.rows().join("\n"));
}

/// Writes on the line that says so, and goes on to the next.
fn write(walk: &mut Storyboard<Desk>, label: &str, text: &str) {
    walk.sees(label);
    down_to(walk, label);
    walk.press("Enter").types(text).press("Enter");
}

/// From the start screen to the step of the seed.
fn to_the_seed(walk: &mut Storyboard<Desk>, list: &str) {
    walk.press("s").sees("There is no sample yet").press("d");
    walk.sees("Which list holds all cases?");
    write(walk, "List of cases", list);
    down_to(walk, "Look at the list");
    walk.press("Enter").sees("The list has 8 columns").sees("TN-001");
    walk.press("Enter").sees("40 cases in 2 regions, 2 counties").sees("27 cases");
    walk.sees("FC is").sees("Foster care").sees("IH is");
    up_to(walk, "Sampling period");
    write(walk, "Sampling period", "2026-H1");
    down_to(walk, "Go on to the plan");
    walk.press("Enter").sees("How many are enough?").sees("state-led");
    walk.press("Enter").sees("so many of each case type");
    write(walk, "Foster care", "");
    up_to(walk, "How many");
    walk.press("Enter").sees("so many in all");
    down_to(walk, "Cases in all");
    walk.press("Enter").erases(2).types("6").press("Enter");
    down_to(walk, "Count what can be drawn");
    walk.press("Enter").sees("40  cases in the list");
    walk.sees("1  left out: in-home open fewer than 45 days").sees("39  can be drawn");
    walk.sees("foster-care").sees("Seal this frame and this plan");
    walk.press("Enter").sees("The seed must come from outside");
}

/// The files named on the screen are the draw's, and the full one draws it again.
fn receipts_hold(folder: &TempDir, list: &str) {
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let full = "2026-H1-draw-1-confidential.json";
    let (code, out, err) =
        program::run(folder.path(), &["sample", "verify", full, "--frame", list]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "verified: 6 cases and 20 spares drawn again, every case and ticket is the same\n", "")
    );
    assert!(read(full).contains("TN-0") && read(full).contains("the ombudsman"));
    assert!(!read("2026-H1-draw-1-public.json").contains("TN-0"));
    let page = read("2026-H1-draw-1-public.txt");
    assert!(page.contains("20261121") && !page.contains("TN-0"), "{page}");
}

#[test]
fn what_was_sealed_is_drawn_also_where_the_list_was_changed_since() {
    let (folder, mut walk) = begin();
    let list = folder.path().join("frame.csv").display().to_string();
    to_the_seed(&mut walk, &list);
    fs::write(&list, frame().replace("TN-0", "TN-9")).unwrap();
    write(&mut walk, "Seed", "7");
    write(&mut walk, "The same once more", "7");
    write(&mut walk, "Given by", "dice");
    down_to(&mut walk, "Draw 6 cases");
    walk.press("Enter").sees("Draw 1: 6 cases");
    walk.sees("frame.csv was changed since: drawn is the list as it was sealed");
    let receipt = folder.path().join("2026-H1-draw-1-confidential.json");
    let receipt = fs::read_to_string(receipt).unwrap();
    assert!(receipt.contains("\"case\": \"TN-0") && !receipt.contains("\"case\": \"TN-9"));
}

#[test]
fn a_lead_goes_from_a_list_of_cases_to_assigned_reviews() {
    let (folder, mut walk) = begin();
    let list = folder.path().join("frame.csv").display().to_string();
    // Nothing is sealed for a list that isn't there, and the step says so.
    walk.press("s").press("d");
    write(&mut walk, "List of cases", "/nowhere.csv");
    down_to(&mut walk, "Look at the list");
    walk.press("Enter").sees("/nowhere.csv can't be read").press("Esc");
    walk.press("Esc");
    to_the_seed(&mut walk, &list);
    // No draw without a seed typed twice and who gave it.
    down_to(&mut walk, "Draw 6 cases");
    walk.press("Enter").sees("type the seed as it was rolled");
    up_to(&mut walk, "Seed");
    write(&mut walk, "Seed", "20261121");
    write(&mut walk, "The same once more", "2026112");
    write(&mut walk, "Given by", "dice at the county board");
    write(&mut walk, "Watched by", "the ombudsman; the press");
    walk.press("Enter").sees("the two seeds are not the same");
    up_to(&mut walk, "The same once more");
    walk.press("Enter").types("1").press("Enter");
    down_to(&mut walk, "Draw 6 cases");
    walk.press("Enter").sees("Draw 1: 6 cases and 20 spares, seed 20261121");
    walk.sees("Receipts were written to").sees("2026-H1-draw-1-confidential.json");
    walk.sees("2026-H1-draw-1-public.json").sees("2026-H1-draw-1-public.txt");
    receipts_hold(&folder, &list);
    walk.sees_not("as it was sealed").sees("Go on: give out 6 open cases");
    walk.press("Enter").sees("6 cases are to be read");
    write(&mut walk, "Who reads", "mary paul");
    down_to(&mut walk, "Give out 6 cases");
    walk.press("Enter").sees("6 cases given out").sees("mary").sees("paul").press("Enter");
    walk.sees("6 sample + 0 spares brought in = 0 read + 6 open + 0 eliminated");
    walk.sees("R-0001").sees("being read").shot_undated("sample_walk_board");
    walk.press("b").sees("next due").sees("East").press("b").sees("mary").sees("paul");
    // What the log holds is what the commands say.
    let (_, out, _) = program::run(folder.path(), &["sample", "report"]);
    assert!(out.contains("seed 20261121, from dice at the county board"), "{out}");
    assert!(out.contains("watched by the ombudsman; the press"), "{out}");
    let (code, out, err) = program::run(folder.path(), &["log", "verify"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_case_is_eliminated_and_replaced_from_the_board() {
    let (folder, mut walk) = begin();
    let list = folder.path().join("frame.csv").display().to_string();
    to_the_seed(&mut walk, &list);
    write(&mut walk, "Seed", "7");
    write(&mut walk, "The same once more", "7");
    write(&mut walk, "Given by", "dice");
    down_to(&mut walk, "Draw 6 cases");
    walk.press("Enter").press("Enter");
    write(&mut walk, "Who reads", "mary");
    down_to(&mut walk, "Give out");
    walk.press("Enter").press("Enter").sees("R-0001");
    // One person asks ...
    walk.press("e").sees("Eliminate R-0001?").sees("until a second person agrees");
    // What was begun is there again.
    walk.press("Down").press("Enter").types("Moved to another state.").press("Enter");
    walk.press("Esc").sees_not("Eliminate R-0001?").press("e").sees("Moved to another state.");
    down_to(&mut walk, "Eliminate the case");
    walk.press("Enter").sees("elimination of R-0001 asked for").sees("to eliminate");
    walk.press("q");
    assert!(walk.ended);
    // ... another one agrees ...
    let (code, _, err) = program::run(folder.path(), &["person", "set", "bob", "--as", "ann"]);
    assert_eq!(code, 0, "{err}");
    let (folder, mut walk) = open(Some("bob"), folder);
    walk.sees("1 elimination waits for a second person's word").press("s");
    walk.sees("These eliminations wait for a second person's word.").sees("asks to eliminate it");
    // ... who is shown that case alone, and nothing of who reads it ...
    walk.sees_not("R-0002").sees_not("mary").sees_not("Interviews").sees_not("draw and assign");
    walk.press("a");
    walk.sees("R-0001 is eliminated").sees("No elimination waits for a second person's word.");
    walk.press("Esc").sees_not("elimination waits");
    // ... and a lead brings the next spare in.
    walk.press("q");
    let (folder, mut walk) = open(Some("ann"), folder);
    walk.press("s").press("x").sees("Bring in the next spare of its stratum for R-0001?");
    walk.press("n").sees("6 sample + 0 spares brought in").press("x").press("y");
    walk.sees("comes in for R-0001").sees("6 sample + 1 spare brought in");
    walk.sees("= 0 read + 6 open + 1 eliminated").sees("> R-0007").press("End");
    walk.sees("replaced")
        .sees("approved by bob); R-0007 came in for it")
        .shot_undated("sample_walk_replaced");
    drop(folder);
}

#[test]
fn reading_a_long_list_can_be_stopped_with_nothing_written() {
    let (_folder, walk) = begin();
    let mut app = walk.app.clone();
    let tell = |app: &mut App, told: Told| update(app, Event::Outside(Reply::Draw(Box::new(told))));
    update(&mut app, Event::Act(Action::Sample));
    app.screen = Screen::Drawing;
    tell(&mut app, Told::Standing(Box::default()));
    app.drawing.type_text("long.csv".to_owned());
    app.drawing.act(Action::Down);
    app.drawing.act(Action::Down);
    let asked = update(&mut app, Event::Act(Action::Go));
    assert!(matches!(asked[..], [Effect::Draw(Ask::Preview { .. })]), "{asked:?}");
    tell(&mut app, Told::Progress { done: 3_000_000, of: 12_000_000 });
    // Only stopping is possible, and leaving.
    assert!(available(&app).contains(&Action::Stop));
    assert!(!available(&app).contains(&Action::Go));
    let stop = update(&mut app, Event::Act(Action::Stop));
    assert_eq!(stop, [Effect::Draw(Ask::Stop)]);
    tell(&mut app, Told::Stopped);
    assert!(app.drawing.busy.is_none());
    assert_eq!(app.drawing.problems, ["stopped: nothing was written"]);
}
