//! What reports mark is marked in the same words on pages and on screen: ratings set against
//! the computed ones, changes after a review was final, and drafts.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::cli::Desk;
use casereview::instrument::Rating;
use casereview::report::explore::{Choice, Grid, Topic};
use casereview::report::{Column, Filter};
use casereview::review::{Command, QaStep};
use casereview::store::Workspace;
use casereview::task::App;
use casereview::task::results::Loaded;
use casereview::task::{Backend, Effect, Reply};
use tempfile::TempDir;

use crate::overrides::set;
use crate::program::{run, run_with};
use crate::quality::{handed_in, step};
use crate::storyboard::Storyboard;
use crate::workspace::{self, open_as};

/// R-0001 of East, final with item 20 set to ANI, opened again and final once more.
fn set_and_changed() -> TempDir {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    lead.act(&set(id, "20", Some(Rating::Ani))).unwrap();
    let approve = || {
        for who in ["lead", "quinn"] {
            step(&mut open_as(folder.path(), who), id, QaStep::Approve);
        }
    };
    approve();
    let reason = "a visit log came late".to_owned();
    lead.act(&Command::Reopen { reading: id, reason }).unwrap();
    open_as(folder.path(), "mary").act(&Command::Submit { reading: id }).unwrap();
    approve();
    folder
}

fn as_lead(folder: &Path, line: &str) -> (String, String) {
    let line = format!("{line} --workspace w.db --as lead");
    let (code, out, err) = run(folder, &line.split(' ').collect::<Vec<_>>());
    assert_eq!(code, 0, "{line}: {err}");
    (out, err)
}

fn loaded(workspace: Workspace, drafts: bool) -> Loaded {
    match Desk::new(workspace).carry_out(Effect::LoadResults { drafts }) {
        Some(Reply::Results(loaded)) => *loaded,
        other => panic!("{other:?}"),
    }
}

const SET: &str = "** 1 rating counted here was set against the computed one (item 20)";
const LATE: &str = "1 review was changed after being final";

#[test]
fn a_regions_page_marks_what_reports_mark() {
    let folder = set_and_changed();
    let (html, _) = as_lead(folder.path(), "page region East");
    let all = html.split_once("All items</h2>").unwrap().1;
    assert!(
        all.contains("<th scope=\"row\">20 **<") && all.contains("<th scope=\"row\">19<"),
        "{all}"
    );
    let how = "Ratings are computed from the answers. A lead, or whoever does final QA, may set \
               another one, with a reason.";
    for text in [SET, LATE] {
        assert!(all.contains(&format!("<p>{text}.</p>")), "{text}: {all}");
    }
    assert!(all.contains(how), "{all}");
    assert!(!html.contains("report overrides"), "a director has no program");
}

#[test]
fn the_full_page_and_the_state_report_mark_their_rows() {
    let folder = set_and_changed();
    let (html, err) = as_lead(folder.path(), "page results");
    assert!(html.contains(SET) && html.contains(LATE), "{html}");
    assert!(err.contains(SET) && err.contains(LATE), "{err}");
    let tables = html.matches("<th scope=\"col\"class=\"n\">overridden<").count();
    assert_eq!(tables, 5, "items, outcomes, each by region, and people: {html}");
    let (html, _) = as_lead(folder.path(), "report items --where region=Knox --format html");
    assert!(!html.contains("**") && !html.contains("overridden"), "{html}");
}

#[test]
fn the_screen_says_it_in_the_same_words() {
    let folder = set_and_changed();
    let held = loaded(open_as(folder.path(), "lead"), false).held;
    let said = |topic, by: &[Column], filters: &[(Column, &str)]| {
        let filter = |(column, value): &(Column, &str)| Filter {
            column: *column,
            value: (*value).to_owned(),
        };
        let filters = filters.iter().map(filter).collect();
        held.said(&Choice { topic, by: by.to_vec(), filters, drafts: false })
    };
    for (topic, by, report) in [
        (Topic::Items, &[][..], "items"),
        (Topic::Items, &[Column::Region], "items --by region"),
        (Topic::Outcomes, &[Column::Region, Column::Period], "outcomes --by region --by period"),
        (Topic::Questions, &[], "questions"),
    ] {
        let (_, err) = as_lead(folder.path(), &format!("report {report} --format csv"));
        let lines: Vec<&str> = err.lines().take(2).collect();
        assert_eq!(said(topic, by, &[]), lines, "{report}");
    }
    let east = said(Topic::Items, &[Column::Region], &[(Column::Region, "East")]);
    assert_eq!(
        east,
        [
            "** 1 rating counted here was set against the computed one (item 20 in East 1): \
             `report overrides` says by which rule",
            "1 review was changed after being final (East 1): `qa CASE` says why",
        ]
    );
    let knox = said(Topic::Items, &[Column::Region], &[(Column::Region, "Knox")]);
    assert_eq!(knox, Vec::<String>::new());
    // What is written from the screen has the marks that the command writes.
    let desk = Desk::new(open_as(folder.path(), "lead"));
    let mut walk = Storyboard::sized(App::new(desk.info().unwrap()), desk, (80, 24));
    let file = folder.path().join("ours.csv");
    walk.press("r").press("x");
    name(&mut walk, &file);
    walk.sees("written to");
    let line = "report items --by region --where item=14 --total --sub-items --format csv";
    let theirs = as_lead(folder.path(), line).0;
    assert!(theirs.lines().next().unwrap().ends_with(",overridden,changed_after_final"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
}

/// From the first line of the form: erases the name proposed, types another, writes the file.
fn name(walk: &mut Storyboard<Desk>, file: &Path) {
    while !walk.app.is_typing() {
        let here = walk.app.saving().unwrap().form.here().unwrap().key;
        walk.press("Down");
        if here == casereview::task::saving::SaveSlot::Format {
            walk.press("Enter");
        }
    }
    let proposed = walk.app.saving().unwrap().to_save().unwrap().file;
    walk.erases(proposed.chars().count());
    walk.types(file.to_str().unwrap()).press("Enter").press("Enter");
}

/// R-0001 begun by A and with all answers, R-0002 handed in by B.
fn drafts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = workspace::create(folder.path());
    workspace::draw(&mut lead, 2);
    let begun = workspace::assign(&mut lead, 1, "A");
    let other = workspace::assign(&mut lead, 2, "B");
    crate::quality::set_levels(&mut lead, &[casereview::review::QaLevel::Final]);
    drop(lead);
    workspace::fill(&mut open_as(folder.path(), "A"), begun);
    let mut reader = open_as(folder.path(), "B");
    workspace::fill(&mut reader, other);
    reader.act(&Command::Submit { reading: other }).unwrap();
    folder
}

const DRAFTS: &str = "DRAFTS: 2 drafts are counted too and may still change";

#[test]
fn drafts_are_counted_for_a_lead_who_asks_and_every_way_out_is_marked() {
    let folder = drafts();
    let path = folder.path();
    let (out, err) = as_lead(path, "report items --format csv");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(err.starts_with("nothing to report: no review is final yet\n1 case is with QA"));
    let (out, err) = as_lead(path, "report items --by region --total --drafts --format csv");
    let mut lines = out.lines();
    assert!(lines.next().unwrap().ends_with(",drafts"), "{out}");
    let counted: Vec<&str> = lines.map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(counted[..3], ["1", "1", "2"], "{out}");
    // What is counted is not said to be left out.
    assert!(err.starts_with(&format!("{DRAFTS}\n")) && !err.contains("with QA"), "{err}");
    let (out, _) = as_lead(path, "report items --drafts");
    assert!(out.starts_with("Items: 2 reviews and drafts, CFSR R2 items 14-20\n"), "{out}");
    assert!(out.ends_with(&format!("\n  {DRAFTS}\n  Internal: not for release\n")), "{out}");
    let (out, _) = as_lead(path, "report questions --drafts --format html");
    assert!(out.contains(&format!("<p>{DRAFTS}</p>")), "{out}");
    let (out, _) = as_lead(path, "report outcomes --drafts --format json");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert!(rows.iter().all(|row| row["drafts"] == 2), "{out}");
    for report in ["trend", "participants", "reasons"] {
        let (out, _) = as_lead(path, &format!("report {report} --drafts --format csv"));
        assert!(out.lines().next().unwrap().ends_with(",drafts"), "{report}: {out}");
    }
    let refused = |line: &str| {
        let (code, out, err) = run(path, &line.split(' ').collect::<Vec<_>>());
        assert_eq!((code, out.as_str()), (2, ""), "{line}");
        err
    };
    assert_eq!(
        refused("report items --drafts --workspace w.db --as A"),
        "error: A is not a lead, and only a lead may do this\n  help: name a lead with --as CODE\n"
    );
    let public = refused("report items --drafts --public --workspace w.db --as lead");
    assert!(public.contains("cannot be used with"), "{public}");
}

#[test]
fn drafts_leave_the_screen_in_files_that_say_so() {
    let folder = drafts();
    let desk = Desk::new(open_as(folder.path(), "lead"));
    let mut walk = Storyboard::sized(App::new(desk.info().unwrap()), desk, (80, 24));
    walk.press("r").sees("Nothing to report yet").press("c");
    (0..6).for_each(|_| _ = walk.press("Down"));
    walk.press("Enter").press("Esc").sees("2 reviews and drafts").sees("DRAFTS: 2 drafts");
    walk.sees("save as").sees_not("with QA").press("x");
    walk.sees("this report with drafts")
        .sees("--drafts --format csv")
        .sees("It holds drafts")
        .sees("items-14-region-drafts.csv");
    let file = folder.path().join("ours.csv");
    name(&mut walk, &file);
    walk.sees("written to");
    let line = "report items --by region --where item=14 --total --sub-items --drafts";
    let theirs = as_lead(folder.path(), &format!("{line} --format csv")).0;
    assert_eq!(std::fs::read_to_string(&file).unwrap(), theirs);
    // The review of a draft is no page to pass on.
    walk.press("Enter").sees("draft: ").sees_not("save as");
}

#[test]
fn a_grid_without_its_last_grouping_is_the_grid_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(folder.path(), &["demo", "--dir", ".", "--cases", "24"]);
    assert_eq!(code, 0, "{err}");
    let file = folder.path().join("casereview.db");
    let held = loaded(Workspace::open(&file, None).unwrap(), false).held;
    for topic in Topic::ALL {
        for by in [vec![], vec![Column::Region], vec![Column::Region, Column::CaseType]] {
            let finer =
                Choice { topic, by: [&by[..], &[Column::Period]].concat(), ..Choice::default() };
            let grid = Grid::of(&held, &Choice { topic, by, ..Choice::default() });
            let other = Grid::of(&held, &finer).without_last();
            assert_eq!((&other.choice, other.readings), (&grid.choice, grid.readings));
            assert_eq!((&other.values, &other.heads), (&grid.values, &grid.heads), "{finer:?}");
            assert_eq!(other.lines.len(), grid.lines.len(), "{finer:?}");
            assert!(other.cells().eq(grid.cells()), "{finer:?}");
        }
    }
}

#[test]
fn drafts_are_asked_for_line_by_line_too() {
    let folder = drafts();
    let said = |who: &str, lines: &str| {
        let line = ["review", "--plain", "--workspace", "w.db", "--as", who];
        let (code, out, err) = run_with(folder.path(), &line, lines);
        assert_eq!(code, 0, "{err}");
        out
    };
    let out = said("lead", ":results drafts\n:save-as said.csv\n:results\n:quit\n");
    assert!(out.contains("Results of 2 reviews and drafts."), "{out}");
    assert!(out.contains(&format!("{DRAFTS}.")), "{out}");
    assert!(out.contains("Results of 0 final reviews."), "{out}");
    let saved = std::fs::read_to_string(folder.path().join("said.csv")).unwrap();
    assert_eq!(saved, as_lead(folder.path(), "report items --sub-items --drafts --format csv").0);
    let out = said("A", ":results drafts\n:quit\n");
    assert!(out.contains("Drafts are counted for leads only."), "{out}");
}
