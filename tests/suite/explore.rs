//! Results to walk about in: every count leads to its cases, no more and no fewer; what is
//! written is what the command writes; nothing of an unsettled pair is shown.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use casereview::cli::Desk;
use casereview::report::explore::{Choice, Grid, Held, Part, Topic};
use casereview::report::{Column, Filter};
use casereview::store::Workspace;
use casereview::task::App;
use casereview::task::results::{Axis, Loaded};
use casereview::task::{Backend, Effect, Reply};
use serde_json::Value;
use tempfile::TempDir;

use crate::agreement::Pairs;
use crate::program::{run, run_with};
use crate::storyboard::Storyboard;
use crate::workspace;

fn ok(folder: &Path, line: &[&str]) -> String {
    let (code, out, err) = run(folder, line);
    assert_eq!(code, 0, "{line:?}: {err}");
    out
}

fn demo(cases: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    ok(folder.path(), &["demo", "--dir", ".", "--cases", cases]);
    folder
}

fn desk(folder: &Path) -> Desk {
    Desk::new(Workspace::open(&folder.join("casereview.db"), None).unwrap())
}

fn loaded(desk: &mut Desk, drafts: bool) -> Loaded {
    match desk.carry_out(Effect::LoadResults { drafts }) {
        Some(Reply::Results(loaded)) => *loaded,
        other => panic!("{other:?}"),
    }
}

fn begin(desk: Desk, size: (u16, u16)) -> Storyboard<Desk> {
    let app = App::new(desk.info().unwrap());
    Storyboard::sized(app, desk, size)
}

/// What the cases behind every number of a choice add up to is that number.
fn every_cell_leads_to_its_cases(held: &Held, choice: &Choice) -> usize {
    let grid = Grid::of(held, choice);
    let mut numbers = 0;
    for (line, group, cell) in grid.cells() {
        let counts = (0..grid.heads.len()).map(Part::Count);
        for part in counts.chain([Part::Share]) {
            let behind = grid.behind(held, line, group, part);
            let sum: u64 = behind.iter().map(|one| one.adds).sum();
            let (line, choice) = (&grid.lines[line].label, &grid.choice);
            assert_eq!(sum, cell.part(part), "{choice:?} {line} {group:?} {part:?}");
            let cases: BTreeSet<usize> = behind.iter().map(|one| one.at).collect();
            assert_eq!(cases.len(), behind.len(), "a case stands in the list once");
            if choice.topic.is_of_ratings() {
                assert!(behind.iter().all(|one| one.adds == 1));
            }
            numbers += 1;
        }
    }
    numbers
}

#[test]
fn every_cell_of_the_practice_workspace_leads_to_its_cases() {
    let folder = demo("24");
    let loaded = loaded(&mut desk(folder.path()), false);
    let mut numbers = 0;
    for topic in Topic::ALL {
        for by in [
            vec![],
            vec![Column::Region],
            vec![Column::County],
            vec![Column::CaseType, Column::Period],
            vec![Column::Region, Column::Reviewer],
        ] {
            let choice = Choice { topic, by, ..Choice::default() };
            numbers += every_cell_leads_to_its_cases(&loaded.held, &choice);
        }
    }
    assert!(numbers > 5000, "{numbers}");
}

/// The counts on screen are those of the reports, which count otherwise: from the file.
#[test]
fn the_grid_has_the_numbers_of_the_reports() {
    let folder = demo("24");
    let loaded = loaded(&mut desk(folder.path()), false);
    for (topic, key, counts) in [
        (Topic::Items, "item", &["applicable", "strength", "ani", "na", "incomplete"][..]),
        (Topic::Outcomes, "outcome", &["applicable", "substantially", "partially"][..]),
        (Topic::Questions, "question", &["applicable", "yes"][..]),
        (Topic::Reasons, "reason", &["asked", "given"][..]),
        (Topic::Components, "component", &["applicable", "strength"][..]),
    ] {
        let mut line = vec!["report", topic.name(), "--by", "region", "--total"];
        line.extend(["--format", "json"]);
        if topic == Topic::Items {
            line.push("--sub-items");
        }
        let rows: Vec<Value> = serde_json::from_str(&ok(folder.path(), &line)).unwrap();
        let grid = Grid::of(
            &loaded.held,
            &Choice { topic, by: vec![Column::Region], ..Choice::default() },
        );
        assert_eq!(grid.cells().count(), rows.len(), "{topic:?}");
        for row in rows {
            let region = row["group"]["region"].as_str().map(str::to_owned);
            let id = row[key].as_str().unwrap();
            let fits = |at: &usize| {
                let keys = &grid.lines[*at].keys;
                let other = row["question"].as_str().unwrap_or(id);
                keys.iter().any(|key| key == id)
                    && (keys.len() < 2 || keys.iter().any(|k| k == other))
            };
            let at = (0..grid.lines.len()).find(fits).unwrap();
            let cell = grid.cell(at, &vec![region]).unwrap();
            for (count, name) in counts.iter().enumerate() {
                assert_eq!(Some(cell.counts[count]), row[name].as_u64(), "{row} {name}");
            }
        }
    }
}

#[test]
fn from_the_table_to_a_case_and_its_answers() {
    let folder = demo("40");
    for size in [(80, 24), (120, 40)] {
        let name = |what: &str| format!("explore_{what}-{}x{}", size.0, size.1);
        let mut walk = begin(desk(folder.path()), size);
        walk.press("r").sees("Item 14").sees("95 % interval").press("]").press("]");
        walk.sees("Item 16").shot(&name("table"));
        // Sorted by ANI, the largest first; the row stays highlighted wherever it goes.
        let sorted = |walk: &Storyboard<Desk>| walk.app.results.order.clone().map(|(_, up)| up);
        walk.press("Left").press("o");
        assert_eq!(sorted(&walk), Some(false));
        walk.press("o");
        assert_eq!(sorted(&walk), Some(true));
        walk.press("o");
        assert_eq!(sorted(&walk), None);
        walk.press("Right").press("Home").press("o").sees("%↓");
        walk.press("Enter").sees("counted as").shot(&name("cases"));
        walk.press("Down").press("Enter").sees("Why is item 16").shot(&name("answers"));
        walk.press("Down").press("Esc").sees("counted as").press("Esc").sees("%↓");
        walk.press("Esc").sees("Round Practice");
    }
}

#[test]
fn what_is_shown_is_chosen_on_a_form_over_the_table() {
    let folder = demo("40");
    for size in [(80, 24), (120, 40)] {
        let name = |what: &str| format!("explore_{what}-{}x{}", size.0, size.1);
        let mut walk = begin(desk(folder.path()), size);
        walk.press("r").press("c").sees("What").sees("Rows").shot(&name("choosing"));
        // Outcomes stand two further on.
        walk.press("Enter").sees("Trend of items").press("Enter").sees("Outcomes");
        walk.press("Down").press("Left").sees("outcome").press("Down").press("Enter");
        walk.press("Esc").sees("Outcomes by region").shot(&name("outcomes"));
        walk.press("c");
        (0..2).for_each(|_| _ = walk.press("Down"));
        (0..3).for_each(|_| _ = walk.press("Enter"));
        walk.press("Esc").sees("Outcomes by period").shot(&name("periods"));
        walk.press("b").sees("region").press("p").sees("2026-H2").press("p").press("p");
        walk.press("Esc").sees("Round Practice");
    }
}

/// Of a narrow window the counts that tell something are kept, and what is left out is named.
#[test]
fn a_column_of_noughts_gives_way() {
    let folder = demo("24");
    let shown = |size| {
        let mut walk = begin(desk(folder.path()), size);
        walk.press("r").press("c");
        for topic in ["Trend of items", "Outcomes", "Questions"] {
            walk.press("Enter").sees(topic);
        }
        // Rows: the questions.
        walk.press("Down").press("Left").sees("question").press("Esc");
        walk
    };
    let mut walk = shown((80, 24));
    walk.sees("  NA ").sees_not("by effort").sees_not("a wider window");
    let mut walk = shown((120, 40));
    walk.sees("by effort").sees("  NA ");
    // The lines from period to period have room for their head.
    let mut walk = begin(desk(folder.path()), (120, 40));
    walk.press("r").sees("0 to 100 %  periods");
}

/// What has nothing to count is counted under the filters too.
#[test]
fn an_empty_subject_says_how_many_reviews_of_the_filter() {
    let folder = demo("24");
    let held = loaded(&mut desk(folder.path()), false).held;
    let all = held.said(&Choice { topic: Topic::Issues, ..Choice::default() });
    let filters = vec![Filter { column: Column::Period, value: "2025-H2".to_owned() }];
    let some = held.said(&Choice { topic: Topic::Issues, filters, ..Choice::default() });
    let line = |said: &[String]| said.iter().find(|line| line.contains("no issues")).cloned();
    assert_eq!(
        line(&some).as_deref(),
        Some("80 reviews of CFSR R2 items 14-20: no issues to count")
    );
    assert!(line(&all).is_some() && line(&all) != line(&some), "{all:?}");
}

#[test]
fn a_file_is_what_the_command_writes() {
    let folder = demo("24");
    let path = |name: &str| folder.path().join(name);
    let mut walk = begin(desk(folder.path()), (80, 24));
    let save = |walk: &mut Storyboard<Desk>, format: usize, name: &str| {
        walk.press("x").sees("this report").press("Down");
        // CSV stands first; the others follow it in a ring.
        (0..format).for_each(|_| _ = walk.press("Enter"));
        walk.press("Down").press("Enter");
        let proposed = walk.app.saving().unwrap().to_save().unwrap().file;
        walk.erases(proposed.chars().count());
        walk.types(path(name).to_str().unwrap()).press("Enter");
        walk.press("Enter");
    };
    walk.press("r");
    for (format, ending) in ["csv", "xlsx", "json", "html", "text"].into_iter().enumerate() {
        let (ours, theirs) = (format!("ours.{ending}"), format!("theirs.{ending}"));
        save(&mut walk, format, &ours);
        walk.sees("written to");
        let line = ["report", "items", "--by", "region", "--where", "item=14", "--total"];
        let rest = ["--sub-items", "--format", ending, "--out", &theirs];
        ok(folder.path(), &[&line[..], &rest].concat());
        let [ours, theirs] = [&ours, &theirs].map(|name| std::fs::read(path(name)).unwrap());
        if ending == "xlsx" {
            assert!(ours.starts_with(b"PK"), "a workbook");
        } else {
            assert!(ours == theirs, "{ending}: {}", String::from_utf8_lossy(&ours));
        }
    }
    // What is there is never replaced, and the form says so and stays.
    let before = std::fs::read(path("ours.csv")).unwrap();
    save(&mut walk, 0, "ours.csv");
    walk.sees("is there already").sees("choose another name");
    assert_eq!(std::fs::read(path("ours.csv")).unwrap(), before);
    walk.press("Esc").sees("95 % interval");
}

#[test]
fn pages_are_made_from_the_screen() {
    let folder = demo("24");
    let path = |name: &str| folder.path().join(name);
    let mut walk = begin(desk(folder.path()), (80, 24));
    let save = |walk: &mut Storyboard<Desk>, turns: usize, name: &str| {
        walk.press("x");
        (0..turns).for_each(|_| _ = walk.press("Enter"));
        walk.press("Down").press("Enter");
        let proposed = walk.app.saving().unwrap().to_save().unwrap().file;
        walk.erases(proposed.chars().count());
        walk.types(path(name).to_str().unwrap()).press("Enter").press("Enter");
        walk.sees("written to");
    };
    walk.press("r").press("Home");
    let region =
        walk.app.results.entry_words(Axis::By(Column::Region), walk.app.results.here().unwrap());
    save(&mut walk, 1, "results.html");
    save(&mut walk, 2, "region.html");
    walk.press("Enter");
    let case = walk.app.results.case_here().unwrap().case.clone();
    save(&mut walk, 0, "feedback.html");
    save(&mut walk, 1, "review.html");
    for (ours, line) in [
        ("results.html", vec!["page", "results", "--by", "region"]),
        ("region.html", vec!["page", "region", &region]),
        ("feedback.html", vec!["page", "feedback", &case]),
        ("review.html", vec!["page", "review", &case]),
    ] {
        let ours = std::fs::read_to_string(path(ours)).unwrap();
        assert_eq!(ours, ok(folder.path(), &line), "{line:?}");
    }
}

/// Of six cases read twice nothing is a draft: neither review of a pair counts before the two
/// are settled, and of a case drawn for a second review the first doesn't either.
#[test]
fn nothing_of_an_unsettled_pair_is_counted() {
    let pairs = Pairs::new();
    let mut desk = Desk::new(pairs.lead());
    let with_drafts = loaded(&mut desk, true);
    assert!(with_drafts.held.is_empty(), "{:?}", with_drafts.held);
    let said = with_drafts.held.said(&Choice::default());
    assert!(said.iter().any(|line| line.contains("handed in but not settled")), "{said:?}");
    let mut walk = begin(desk, (80, 24));
    walk.press("r").sees("Nothing to report yet").sees("handed in but not settled");
    walk.press("Esc");
}

#[test]
fn drafts_count_only_where_a_lead_asks_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = workspace::create(folder.path());
    workspace::draw(&mut lead, 2);
    let reading = workspace::assign(&mut lead, 1, "A");
    drop(lead);
    workspace::fill(&mut workspace::open_as(folder.path(), "A"), reading);
    let mut reader = Desk::new(workspace::open_as(folder.path(), "A"));
    assert!(loaded(&mut reader, true).held.is_empty(), "nobody's but a lead's");
    drop(reader);
    let mut desk = Desk::new(workspace::open_as(folder.path(), "lead"));
    assert!(loaded(&mut desk, false).held.is_empty());
    assert!(loaded(&mut desk, true).held.has_drafts());
    let mut walk = begin(desk, (80, 24));
    walk.press("r").sees("Nothing to report yet").press("c");
    (0..6).for_each(|_| _ = walk.press("Down"));
    walk.press("Enter").sees("final and drafts").press("Esc");
    walk.sees("DRAFTS: 1 draft is counted too and may still change").sees("save as");
    walk.press("Enter").sees("draft: being read").sees_not("save as");
    walk.press("Enter").sees("Why is item 14");
}

#[test]
fn a_count_that_was_not_said_is_told_from_a_case() {
    let folder = demo("24");
    let lines = ":results 16 region period\n:behind Davidson ANI\n:quit\n";
    let (code, out, err) = run_with(folder.path(), &["review", "--plain"], lines);
    assert_eq!(code, 0, "{err}");
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "ANI is no column of what :results said last: they are 2025-H2, 2026-H2 and all. \
                :results with one grouping has the counts.";
    assert!(flat.contains(told), "{out}");
}

#[test]
fn results_are_said_line_by_line_down_to_a_case() {
    let folder = demo("24");
    let lines = ":results outcomes\n:results 16 region period\n:results 16\n:behind Davidson\n\
                 :behind Davidson ANI\n:behind Davidson R-9999\n:behind nowhere\n:save-as said.csv\n:save-as said.csv\n\
                 :save-as said\n:quit\n";
    let (code, out, err) = run_with(folder.path(), &["review", "--plain"], lines);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Item 16 ") && out.contains(" by region"), "{out}");
    assert!(out.contains("substantially achieved"), "{out}");
    assert!(out.contains("is no row of what :results said last"), "{out}");
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("R-9999 is not among them: they are R-"), "{out}");
    assert!(out.contains("written to") && out.contains("choose another name"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let saved = std::fs::read_to_string(folder.path().join("said.csv")).unwrap();
    let line = ["report", "items", "--by", "region", "--where", "item=16", "--total"];
    let rest = ["--sub-items", "--format", "csv"];
    assert_eq!(saved, ok(folder.path(), &[&line[..], &rest].concat()));
}
