//! What reports say of the part they count: filters are named, the state stays the state, and a
//! bar of a whole state is only a reference.

#![allow(clippy::unwrap_used)]

use calamine::{Reader, Xlsx};
use serde_json::Value;

use crate::pip_plan::{PLAN, place, usual};
use crate::place::Place;
use crate::program;

fn json(place: &Place, line: &[&str]) -> Vec<Value> {
    serde_json::from_str(&place.ok(&[line, &["--format", "json"]].concat())).unwrap()
}

/// A demo of 40 cases, and the program run in it.
pub fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = program::run(folder.path(), &["demo", "--dir", ".", "--cases", "40"]);
    assert_eq!(made.0, 0, "{}", made.2);
    folder
}

#[test]
fn under_a_filter_by_place_the_state_is_still_the_state() {
    let place = place(&usual(), PLAN);
    let of = |more: &[&str]| {
        json(&place, &[&["report", "items", "--where", "item=17"], more].concat()).remove(0)
    };
    // 121 of 240 in the state, of which Knox has every other case: 61 of 120.
    let (own, whole) = (of(&["--where", "region=Knox"]), of(&[]));
    assert_eq!((&own["strength"], &own["applicable"]), (&61.into(), &120.into()));
    assert_eq!(own["state_proportion"], 121.0 / 240.0);
    assert_eq!(own["state_proportion"], whole["proportion"]);
    assert_eq!(whole["state_proportion"], whole["proportion"]);
    // Other filters narrow the state too, and a grouping changes nothing.
    let half = ["--where", "period=2026-H2"];
    let own = of(&[&["--where", "region=Knox", "--by", "county"], &half[..]].concat());
    assert_eq!(own["state_proportion"], of(&half)["proportion"]);
    // What is published has nothing of the reviews that the filter leaves out.
    let public = json(&place, &["report", "items", "--where", "region=Knox", "--public"]);
    assert!(public.iter().all(|row| row["state_proportion"].is_null()), "{public:?}");
}

#[test]
fn a_filter_is_named_and_a_bar_is_for_reference_under_it() {
    let place = place(&usual(), PLAN);
    let knox = ["--where", "region=Knox", "--where", "region=Shelby", "--where", "period=2026-H1"];
    let text = place.ok(&[&["report", "items"], &knox[..]].concat());
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("Items: 80 final reviews, CFSR R2 items 14-20"));
    assert_eq!(lines.next(), Some("  only region Knox or Shelby; period 2026-H1"));
    assert!(text.contains("\n  bar  90 % for a whole state, here for reference only\n"), "{text}");
    assert!(!text.contains("below the bar of"), "{text}");
    assert!(!text.contains("  <\n"), "{text}");
    // A period is no part of a state.
    let text = place.ok(&["report", "items", "--where", "period=2026-H1"]);
    assert!(text.contains("\n  <    below the bar of 90 % for a whole state\n"), "{text}");
    assert!(!place.ok(&["report", "items"]).contains("\n  only "));
    for report in ["outcomes", "trend", "progress", "narratives", "eliminations"] {
        let text = place.ok(&["report", report, "--where", "region=Knox"]);
        let named = text.lines().nth(1) == Some("  only region Knox");
        assert!(text.is_empty() || named, "{report}: {text}");
    }
}

#[test]
fn a_page_names_filter_round_period_instrument_and_practice() {
    let folder = demo();
    let ok = |line: &[&str]| {
        let (code, out, err) = program::run(folder.path(), line);
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    };
    let page = ok(&["report", "items", "--format", "html"]);
    let both = "of round Practice baseline 2025-H2 (all invented), period 2025-H2; ";
    let now = "of round Practice 2026-H2 (all invented), period 2026-H2.</p>";
    for said in [both, now, "final reviews, CFSR R2 items 14-20: "] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("<p>Practice reviews are counted: nothing here is real.</p>"), "{page}");
    let page = ok(&["report", "items", "--where", "region=Shelby", "--format", "html"]);
    assert!(page.contains("<p>Counted is only region Shelby.</p>"), "{page}");

    let page = ok(&["page", "results"]);
    let title = "<title>Results of case reviews: 2 rounds, 2025-H2 to 2026-H2</title>";
    for said in [title, both, now] {
        assert!(page.contains(said), "{said}");
    }
    let draws = "What is said of the sample, of eliminations and receipts is of the sample of \
                 round Practice 2026-H2 (all invented); no draw of round Practice baseline \
                 2025-H2 (all invented) is in this workspace.";
    assert!(page.contains(draws), "{page}");
    let gone = "No case of the sample of round Practice 2026-H2 (all invented) was eliminated.";
    let some = "Cases eliminated of the sample of round Practice 2026-H2 (all invented), by reason";
    assert!(page.contains(gone) || page.contains(some), "{page}");
    let page = ok(&["page", "results", "--where", "period=2026-H2", "--where", "region=Shelby"]);
    assert!(page.contains("<title>Results of case reviews: Practice 2026-H2 (all invented)<"));
    assert!(page.contains("<p>Counted is only period 2026-H2; region Shelby.</p>"), "{page}");
    assert!(page.contains("against the part counted here it stands for reference"), "{page}");
    let page = ok(&["page", "exit"]);
    assert!(page.contains("<h1>Exit conference: 2 rounds, 2025-H2 to 2026-H2</h1>"), "{page}");
    let practice = "<p>Practice reviews are counted: nothing here is real.</p>";
    assert!(page.contains(practice), "{page}");
    let state = ["report", "state", "--from", "2025-07-01", "--to", "2025-12-31"];
    let page = ok(&[&state[..], &["--format", "html"]].concat());
    for said in [
        "<h1>State report on case reviews: Practice baseline 2025-H2 (all invented)</h1>",
        "<p>No sample of these months was drawn in this workspace.</p>",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let (code, out, err) =
        program::run(folder.path(), &[&state[..], &["--where", "region=Shelbi"]].concat());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.starts_with("error: no final review has region=Shelbi\n  help: it is Davidson, East, "),
        "{err}"
    );
    // A single report ends as the full one does, and a trend has the goals of the plan.
    let page = ok(&["report", "trend", "--format", "html"]);
    assert!(page.contains("with its interval and the goal of 33.9 %"), "{page}");
    let page = ok(&["report", "items", "--by", "region", "--format", "html"]);
    assert!(page.contains("percent Strength of applicable reviews with its interval; the upright tick is the state."), "{page}");
    for page in [
        page,
        ok(&["report", "agreement", "--format", "html"]),
        ok(&["report", "items", "--public", "--format", "html"]),
        ok(&["pip", "status", "--format", "html"]),
    ] {
        assert!(page.contains("Checkpoint of the log: lead@"), "{page}");
        assert!(page.contains("SHA-256 of the sorted frame "), "{page}");
    }
    let page = ok(&["report", "agreement", "--format", "html"]);
    assert!(page.contains("eliminated of 65 in the sample"), "{page}");
    let page = ok(&["page", "results"]);
    assert!(page.contains(">not computed<"), "{page}");
    assert!(ok(&["page", "region", "Shelby"]).contains(practice));
    // How many reviews a round has is not for the public.
    let page = ok(&["page", "results", "--public"]);
    assert!(page.contains(practice) && page.contains(draws), "{page}");
    assert!(!page.contains(both), "{page}");
    assert!(
        page.contains("<title>Results of case reviews: 2 rounds, 2025-H2 to 2026-H2<"),
        "{page}"
    );
    let of = " final reviews, CFSR R2 items 14-20, of rounds Practice 2026-H2 (all invented) and Practice baseline 2025-H2 (all invented).";
    assert!(page.contains(of), "{page}");
}

#[test]
fn a_trend_has_intervals_cautions_and_a_total() {
    let place = place(&usual(), PLAN);
    let text = place.ok(&["report", "trend", "--by", "case_type", "--where", "item=20", "--total"]);
    let row = |begin: &str| {
        let line = text.lines().find(|line| line.starts_with(begin));
        line.unwrap_or_else(|| panic!("{begin}: {text}"))
    };
    assert!(row("  in-home  2026-H2").contains("  !"), "{text}");
    assert!(text.contains("  !       10 applicable reviews or fewer: read with care\n"), "{text}");
    assert!(text.contains("95 % interval"), "{text}");
    // 38 of 80, by Wilson 36.9 to 58.3.
    assert!(row("  All  2026-H1").contains("    80   47.5   36.9 -  58.3"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let csv = place.ok(&[
        "report",
        "trend",
        "--by",
        "case_type",
        "--where",
        "item=20",
        "--total",
        "--format",
        "csv",
    ]);
    let total: Vec<&str> = csv.lines().filter(|line| line.starts_with("(all),")).collect();
    assert_eq!(total.len(), 3, "{csv}");
    assert!(total[1].starts_with("(all),2026-H1,20,"), "{csv}");
    let alone = place.ok(&["report", "trend", "--where", "item=20", "--format", "csv"]);
    let alone: Vec<String> = alone.lines().skip(1).map(|line| format!("(all),{line}")).collect();
    assert_eq!(total, alone);
}

#[test]
fn results_by_reviewer_are_ones_own_but_for_leads() {
    let folder = demo();
    let run = |line: &[&str]| program::run(folder.path(), line);
    for report in ["items", "narratives", "questions"] {
        let by = ["report", report, "--by", "reviewer", "--format", "json"];
        let readers = |person: &str| {
            let (code, out, err) = run(&[&["--as", person], &by[..]].concat());
            assert_eq!(code, 0, "{err}");
            let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
            let mut found: Vec<String> = rows
                .iter()
                .map(|row| row["group"]["reviewer"].as_str().unwrap().to_owned())
                .collect();
            found.sort();
            found.dedup();
            (found, err)
        };
        let (own, err) = readers("R1");
        assert_eq!(own, ["R1"], "{report}");
        let told = "results by reviewer are private to the reviewer and the leads: counted are \
                    your own\n";
        assert!(err.contains(told), "{err}");
        assert!(readers("lead").0.len() > 1, "{report}");
    }
    let (code, _, err) = run(&["--as", "R1", "report", "items", "--where", "reviewer=R2"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: --where reviewer=R2: results by reviewer are private to the reviewer and the \
         leads\n  help: --where reviewer=R1 has your own\n"
    );
    let (_, out, err) = run(&["--as", "R1", "report", "progress"]);
    assert!(out.starts_with("Progress: ") && out.lines().next().unwrap().ends_with(" cases"));
    assert!(err.contains("final reviews count as handed in here: "), "{err}");
}

#[test]
fn a_state_workbook_has_every_sheet_and_room_for_what_comes_from_elsewhere() {
    let folder = demo();
    let half = ["report", "state", "--from", "2026-07-01", "--to", "2026-12-31"];
    let line = [&half[..], &["--format", "xlsx", "--out", "state.xlsx"]].concat();
    let (code, _, err) = program::run(folder.path(), &line);
    assert_eq!(code, 0, "{err}");
    let bytes = std::fs::read(folder.path().join("state.xlsx")).unwrap();
    let (_, text, _) = program::run(folder.path(), &half);
    assert!(text.ends_with("\n  Internal: not for release\n"), "{text}");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    for sheet in ["Eliminations", "Alerts", "From elsewhere"] {
        assert!(book.sheet_names().iter().any(|name| name == sheet), "{sheet}");
    }
    let sheet = book.worksheet_range("From elsewhere").unwrap();
    let first: Vec<String> = sheet.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(first, ["from_elsewhere", "Foster care review", "Licensing", "Court monitor"]);
    assert!(sheet.rows().skip(1).all(|row| !row[1].to_string().is_empty()));
}

#[test]
fn a_page_of_a_name_nobody_has_is_refused_with_those_there_are() {
    let folder = demo();
    let line = ["page", "results", "--where", "region=Atlantis", "--out", "r.html"];
    let (code, _, err) = program::run(folder.path(), &line);
    assert_eq!(code, 2, "{err}");
    let said = "error: no final review has region=Atlantis\n  help: it is Davidson, East, Knox, ";
    assert!(err.starts_with(said), "{err}");
    assert!(!folder.path().join("r.html").exists());
}
