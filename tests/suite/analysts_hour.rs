//! An analyst's hour: an empty folder, two earlier years of ratings from the agency's own sheet,
//! the improvement plan, this period's readings, and the quarterly table on its way. Through the
//! commands, and then on screen.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use calamine::{Reader, Xlsx};
use casereview::cli::Desk;
use casereview::review::Moment;
use casereview::store::{Surroundings, Workspace};
use casereview::task::App;

use crate::import_answers;
use crate::program::{run, run_with};
use crate::storyboard::Storyboard;

const PLAN: &str = r#"
[plan]
title = "Improvement plan 2025 to 2027"
instrument = "cfsr-r2-items-14-20"
effective = "2026-01-01"
ends = "2027-12-31"
non-overlapping-ends = "2028-12-31"

[method]
baseline = "2024-07-01/2025-06-30"
minimum = 30

[[item]]
item = "17"
[[item]]
item = "18"
[[item]]
item = "19"
[[item]]
item = "20"

[[strategy]]
title = "Fathers found and asked in the first month"
items = ["18", "20"]
owner = "Regional administrators"
due = "2026-04-30"
approved-by = "Deputy commissioner"
status = "under-way"
"#;

/// This period's readings, as the reviewers' own system exports them.
fn readings() -> String {
    let (text, _) = import_answers::file(70);
    let mut lines = text.lines();
    let mut file = format!("{},review_kind,sample_id\n", lines.next().unwrap());
    for line in lines {
        file.push_str(line);
        file.push_str(",pip,draw of January\n");
    }
    file
}

/// The commands, each with what it says.
fn hour(folder: &Path) {
    let ok = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (code, out, err) = run(folder, &words);
        assert_eq!(code, 0, "{line}: {err}");
        (out, err)
    };
    for name in ["ratings-2023-2025.csv", "ratings-mapping.toml"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        std::fs::copy(from, folder.join(name)).unwrap();
    }
    std::fs::write(folder.join("plan.toml"), PLAN).unwrap();
    std::fs::write(folder.join("readings.csv"), readings()).unwrap();

    ok("init --instrument cfsr-r2-items-14-20 --name 2026-H1");
    let (out, _) = ok("import ratings ratings-2023-2025.csv --mapping ratings-mapping.toml");
    assert_eq!(out, "ratings of 160 cases taken in\n");
    let (out, _) = ok("pip plan plan.toml");
    assert_eq!(
        out,
        "Improvement plan 2025 to 2027 is in force: 4 measures, 6 periods, 1 strategy\n"
    );
    // The baseline stands on the first day: of the sheet's last year.
    let (out, err) = ok("pip baseline --format csv");
    let mut csv = csv::Reader::from_reader(out.as_bytes());
    let baselines: Vec<[String; 4]> = csv
        .records()
        .map(|row| row.unwrap())
        .map(|row| [0, 4, 5, 10].map(|at| row[at].to_owned()))
        .collect();
    // Goals by hand: 37 of 80 is 46.25 %, and 1.28 sqrt(0.4625 0.5375 / 80) is 7.1 points.
    let wanted = [
        ["17", "80", "37", "53.4"],
        ["18", "74", "37", "57.4"],
        ["19", "80", "60", "81.2"],
        ["20", "74", "37", "57.4"],
    ];
    assert_eq!(baselines, wanted.map(|row| row.map(str::to_owned)));
    assert_eq!(err, "80 reviews not measured: their period lies in none of the plan's\n");

    let (out, _) = ok("import answers readings.csv");
    assert_eq!(out, "70 reviews taken in\n");
    let (out, _) = ok("report trend --where item=17");
    for period in ["2023-H2", "2024-H1", "2024-H2", "2025-H1", "2026-H1"] {
        assert!(out.contains(period), "{out}");
    }
    let (_, err) = ok("pip status --format xlsx --out quarter.xlsx");
    assert!(err.starts_with("3 tables written to quarter.xlsx\n"), "{err}");
    ok("pip status --format csv --bom --out quarter.csv");
}

#[test]
fn through_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    hour(folder.path());
    let bytes = std::fs::read(folder.path().join("quarter.xlsx")).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("PIP status").unwrap();
    let header: Vec<String> =
        sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (text, _) = import_answers::file(70);
    assert!(text.contains("2026-H1"));
    // Against the export of every rating, counted the plainest way.
    let (_, items, _) = run(folder.path(), &["export", "items"]);
    let mut export = csv::Reader::from_reader(items.as_bytes());
    let names: Vec<String> = export.headers().unwrap().iter().map(str::to_owned).collect();
    let column = |name: &str| names.iter().position(|known| known == name).unwrap();
    let rows: Vec<csv::StringRecord> = export.records().map(Result::unwrap).collect();
    for row in sheet.rows().skip(1) {
        let item = row[at("item")].to_string();
        let rated = |code: &str| {
            rows.iter()
                .filter(|row| row[column("period")] == *"2026-H1" && row[column("item")] == *item)
                .filter(|row| row[column("rating")] == *code)
                .count() as f64
        };
        let (x, ani) = (rated("strength"), rated("ani"));
        assert_eq!(row[at("strength")].to_string(), x.to_string());
        assert_eq!(row[at("applicable")].to_string(), (x + ani).to_string());
    }
    let csv = std::fs::read_to_string(folder.path().join("quarter.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}item,title,source,period,"), "{csv}");
    assert_eq!(csv.lines().count(), 5);
}

#[test]
fn on_screen() {
    let folder = tempfile::tempdir().unwrap();
    hour(folder.path());
    // The 22nd of November, when the first half-year has ended.
    let then = Surroundings::fixed(Moment::from_millis(1_795_305_600_000), 4711);
    let path = folder.path().join("casereview.db");
    let desk = Desk::new(Workspace::open_in(&path, None, then).unwrap());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.sees("Results").press("r").sees("95 % interval");
    for _ in 0..3 {
        walk.press("b");
    }
    walk.sees("2023-H2").sees("2026-H1");
    walk.shot("analysts-hour-trend");
    walk.press("g").sees("Improvement plan 2025 to 2027").sees("baseline 2024-07-01/2025-06-30");
    walk.shot("analysts-hour-goals");
    walk.press("]").sees("[a]").sees("Fathers found");
}

/// What a newcomer tries on the way.
#[test]
fn wrong_turns_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    hour(folder.path());
    let wrong = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (code, out, err) = run(folder.path(), &words);
        assert_eq!((code, out.as_str()), (2, ""), "{line}: {err}");
        err
    };
    assert_eq!(
        wrong("import ratings ratings-2023-2025.csv"),
        "error: ratings-2023-2025.csv:1: columns case, region, county, case_type, period, \
         instrument, item and rating are missing\n  help: the file needs case, region, county, \
         case_type, period, instrument, item and rating; a sheet with columns of its own is read \
         with --mapping MAP\n"
    );
    let sheet = std::fs::read_to_string(folder.path().join("ratings-2023-2025.csv")).unwrap();
    std::fs::write(folder.path().join("semicolons.csv"), sheet.replace(',', ";")).unwrap();
    let mapped = wrong("import ratings semicolons.csv --mapping ratings-mapping.toml");
    assert_eq!(
        mapped,
        "error: semicolons.csv: no row names the mapping's columns (looked at 20 filled rows)\n  \
         help: its columns are not set apart by commas: save it so, or as a workbook\n"
    );
    assert_eq!(
        wrong("import ratings quarter.xlsx"),
        "error: quarter.xlsx is a workbook\n  help: with --mapping MAP its columns are read; else \
         save its sheet as CSV UTF-8\n"
    );
    assert_eq!(
        wrong("import answers quarter.xlsx"),
        "error: quarter.xlsx is a workbook\n  help: save its sheet as CSV UTF-8\n"
    );
    // Ratings that were imported have no answers: that is not damage.
    for page in ["review", "feedback"] {
        assert_eq!(
            wrong(&format!("page {page} R-0003")),
            "error: R-0003: only its ratings were imported: there are no answers to show\n"
        );
    }
    let (_, baseline, _) = run(folder.path(), &["pip", "baseline"]);
    assert!(baseline.contains("  2024-07-01/2025-06-30 "), "{baseline}");
    assert!(baseline.lines().all(|line| line.chars().count() <= 80), "{baseline}");
}

/// The earlier years have items 17 to 20 alone: the screen opens at the first of them, and says
/// of a case what there is of it.
#[test]
fn imported_ratings_are_walked_to_on_screen() {
    let folder = tempfile::tempdir().unwrap();
    let ok = |line: &[&str]| assert_eq!(run(folder.path(), line).0, 0, "{line:?}");
    for name in ["ratings-2023-2025.csv", "ratings-mapping.toml"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        std::fs::copy(from, folder.path().join(name)).unwrap();
    }
    ok(&["init", "--instrument", "cfsr-r2-items-14-20", "--name", "2026-H1"]);
    let mapping = ["--mapping", "ratings-mapping.toml"];
    ok(&[&["import", "ratings", "ratings-2023-2025.csv"], &mapping[..]].concat());
    let desk = Desk::new(Workspace::open(&folder.path().join("casereview.db"), None).unwrap());
    let mut walk = Storyboard::new(App::new(desk.info().unwrap()), desk);
    walk.press("r").sees("Item 17").sees_not("nothing applies").press("Enter").sees("imported");
    walk.press("Enter").sees("Only its ratings were imported: there are no answers to show.");
    walk.press("Esc").press("Esc").sees("95 % interval");
    drop(walk);
    let (_, out, _) = run_with(folder.path(), &["review", "--plain"], ":results\n:quit\n");
    assert!(out.contains("\n:behind 17 Needs and services of child"), "{out}");
}

/// What was said last stays what `:behind` and `:save-as` are of, whatever is mistyped since.
#[test]
fn a_mistyped_line_changes_nothing_of_what_was_said_last() {
    let folder = tempfile::tempdir().unwrap();
    hour(folder.path());
    let lines = ":results\n:results 17 county\n:results 17 nowhere\n:behind Putnam\n\
                 :save-as said.csv\n:quit\n";
    let (code, out, err) = run_with(folder.path(), &["review", "--plain"], lines);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("\"nowhere\" is nothing results are counted by."), "{out}");
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(", Putnam: 32 cases.") && !out.contains("is no row"), "{out}");
    let said = std::fs::read_to_string(folder.path().join("said.csv")).unwrap();
    let line = "report items --by county --where item=17 --total --sub-items --format csv";
    assert_eq!(said, run(folder.path(), &line.split(' ').collect::<Vec<_>>()).1);
}

/// Readings that came without a kind are regular ones, which no plan measures: said as long as
/// there is nothing else.
#[test]
fn readings_of_another_kind_are_not_passed_over_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let said = |line: &str| {
        let (code, _, err) = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(code, 0, "{line}: {err}");
        err
    };
    std::fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    std::fs::write(folder.path().join("regular.csv"), import_answers::file(70).0).unwrap();
    std::fs::write(folder.path().join("pip.csv"), readings()).unwrap();
    said("init --instrument cfsr-r2-items-14-20 --name 2026-H1");
    said("pip plan plan.toml");
    said("import answers regular.csv");
    assert_eq!(
        said("pip status"),
        "70 reviews not measured: their period is one of the plan's, but their review_kind is not \
         pip\nno drawn case of kind baseline or pip is final yet\n"
    );
    said("import answers pip.csv");
    assert_eq!(said("pip status"), "");
}
