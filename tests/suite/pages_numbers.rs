//! Every number of every page against the JSON of the report it comes from.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use serde_json::Value;

use crate::program;

pub fn ok(folder: &Path, line: &[&str]) -> String {
    let (code, out, err) = program::run(folder, line);
    assert_eq!(code, 0, "{line:?}: {err}");
    out
}

/// A practice workspace with pairs, a plan in force, an earlier period, and two alerts.
pub fn practice() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    ok(path, &["demo", "--dir", "."]);
    for (kind, text) in [("safety", "A secret word."), ("follow-up", "Another secret word.")] {
        ok(path, &["alert", "new", "R-0002", "--kind", kind, "--text", text]);
    }
    folder
}

/// A table of a page: caption, heads, rows.
pub struct Table {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

fn put_back(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#38;", "&")
}

fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let rest = text.split_once(begin).unwrap_or_else(|| panic!("{begin}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("{end}")).0
}

/// The cells of what stands between `<tr>` and the next one.
fn cells(row: &str) -> Vec<String> {
    let cell = |cell: &str| put_back(cell.split_once('>').unwrap().1.trim());
    row.split("<t").skip(1).map(cell).collect()
}

/// The tables of a page, section by section with its heading.
pub fn sections(html: &str) -> Vec<(String, Vec<Table>)> {
    let section = |section: &str| {
        let title = between(section, "<h2", "</h2>").split_once('>').unwrap().1.to_owned();
        let table = |table: &str| Table {
            caption: put_back(between(table, "<caption>", "</caption>")),
            heads: cells(between(table, "<thead><tr>", "<tbody>")),
            rows: between(table, "<tbody>", "</table>").split("<tr>").skip(1).map(cells).collect(),
        };
        (put_back(&title), section.split("<table>").skip(1).map(table).collect())
    };
    let end = |part: &str| part.split("</section>").next().unwrap().to_owned() + "</table>";
    html.split("<section").skip(1).map(|part| section(&end(part))).collect()
}

pub fn tables<'p>(page: &'p [(String, Vec<Table>)], title: &str) -> &'p [Table] {
    let found = page.iter().find(|(known, _)| known == title);
    &found.unwrap_or_else(|| panic!("no section {title}")).1
}

/// What JSON calls a column that stands on the page under this head.
pub fn key(head: &str) -> &str {
    match head {
        "%" => "proportion",
        "from %" => "low",
        "to %" => "high",
        "bar %" => "bar",
        "target %" => "target",
        "goal %" => "goal",
        "state %" => "state_proportion",
        "% same" => "agreement",
        "ANI" => "ani",
        "NA" => "na",
        "AC1" => "ac1",
        "margin, points" => "margin",
        "since baseline, points" => "since_baseline",
        "to goal, points" => "points_to_goal",
        "to goal, cases" => "cases_to_goal",
        "estimate %" => "estimate",
        "estimate from %" => "estimate_low",
        "estimate to %" => "estimate_high",
        "error, points" => "error",
        head => head,
    }
}

/// Whether a cell shows what the JSON says.
pub fn shows(cell: &str, value: &Value, head: &str) -> bool {
    match value {
        Value::Null => cell.is_empty() || cell == "(all)",
        Value::String(text) => cell == text || text.is_empty() && cell == "(none)",
        Value::Number(number) => {
            let Ok(shown) = cell.parse::<f64>() else { return false };
            let number = number.as_f64().unwrap();
            let (scale, half) = match key(head).replace(' ', "_").as_str() {
                "kappa" | "ac1" => (1.0, 0.0005),
                "applicable" | "strength" | "ani" | "na" | "incomplete" | "n" | "substantially"
                | "partially" | "not_achieved" | "minimum" | "cases_to_goal" | "cases" => {
                    (1.0, 0.0)
                }
                _ if number.fract() == 0.0 && number.abs() > 1.0 => (1.0, 0.0),
                _ => (100.0, 0.05),
            };
            (shown - number * scale).abs() <= half + 1e-9
                || number.fract() == 0.0 && (shown - number).abs() < 1e-9
        }
        _ => false,
    }
}

/// Holds a table of a page against a report, row by row.
fn compare(folder: &Path, table: &Table, report: &[&str]) {
    let text = ok(folder, &[report, &["--format", "json"]].concat());
    let rows: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(table.rows.len(), rows.len(), "{report:?}: {}", table.caption);
    assert!(!rows.is_empty(), "{report:?}");
    for (shown, row) in table.rows.iter().zip(&rows) {
        assert_eq!(shown.len(), table.heads.len());
        for (cell, head) in shown.iter().zip(&table.heads) {
            let key = key(head).replace(' ', "_");
            let value = row.get(&key).or_else(|| row["group"].get(&key));
            let value = value.unwrap_or_else(|| panic!("{report:?} has no {key}: {row}"));
            assert!(shows(cell, value, head), "{report:?}, {head}: {cell} for {value} in {row}");
        }
    }
}

#[test]
fn the_full_page_shows_what_the_reports_say() {
    let folder = practice();
    let path = folder.path();
    let page = sections(&ok(path, &["page", "results"]));
    for (title, report) in [
        ("Items", &["report", "items"][..]),
        ("Items by region", &["report", "items", "--by", "region"]),
        ("Trend", &["report", "trend"]),
        ("Outcomes", &["report", "outcomes"]),
        ("Outcomes by region", &["report", "outcomes", "--by", "region"]),
        ("Mother, father, child and others apart", &["report", "participants"]),
        ("How far two readers agree", &["report", "agreement"]),
        ("Improvement plan: where each measure stands", &["pip", "status"]),
        ("Improvement plan: baselines and goals", &["pip", "baseline"]),
    ] {
        compare(path, &tables(&page, title)[0], report);
    }
    assert_eq!(tables(&page, "Improvement plan: strategies")[0].rows.len(), 3);
    // A table for each item: regions down, periods across.
    let text = ok(path, &["report", "trend", "--by", "region", "--format", "json"]);
    let trend: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut met = 0;
    for row in &trend {
        let item = format!("Item {}, ", row["item"].as_str().unwrap());
        let table = tables(&page, "Trend").iter().find(|one| one.caption.starts_with(&item));
        let table = table.unwrap();
        let group = &row["group"];
        let column = table.heads.iter().position(|head| group["period"] == **head).unwrap();
        let line = table.rows.iter().find(|line| group["region"] == *line[0]).unwrap();
        let n = row["applicable"].as_u64().unwrap();
        if n == 0 {
            assert_eq!(line[column], "n/a");
            continue;
        }
        let (percent, count) = line[column].split_once('/').unwrap();
        assert_eq!(count.parse::<u64>().unwrap(), n);
        assert!(shows(percent, &row["proportion"], "%"), "{line:?} for {row}");
        met += 1;
    }
    assert!(met > 100, "{met}");
}

#[test]
fn goals_and_strategies_stand_on_the_trend() {
    let folder = practice();
    let path = folder.path();
    let html = ok(path, &["page", "results"]);
    let text = ok(path, &["pip", "baseline", "--format", "json"]);
    let baseline: Vec<Value> = serde_json::from_str(&text).unwrap();
    let captions: Vec<&str> = html
        .split("<figcaption>")
        .skip(1)
        .map(|part| part.split("</figcaption>").next().unwrap())
        .filter(|caption| caption.contains("percent Strength by period"))
        .collect();
    assert_eq!(captions.len(), 7);
    for row in baseline.iter().filter(|row| row["item"] != "visits-made") {
        let item = format!("Item {}, ", row["item"].as_str().unwrap());
        let caption = captions.iter().find(|caption| caption.starts_with(&item)).unwrap();
        let goal = between(caption, "the goal of ", " %");
        assert!(shows(goal, &row["goal"], "goal %"), "{caption}");
    }
    // Due in a period of the results, and for the whole state.
    let words = "(1) Fathers found and asked in the first month, due 2026-10-31";
    assert_eq!(html.matches(words).count(), 2, "items 18 and 20");
    // What is narrowed to a region has the state's plan, and says so.
    let shelby = ok(path, &["page", "results", "--where", "region=Shelby"]);
    assert!(shelby.contains("It is measured over the whole state"));
    // Without a plan there is nothing of it.
    let bare = tempfile::tempdir().unwrap();
    ok(bare.path(), &["init", "--instrument", "cfsr-r2-items-14-20", "--name", "Bare"]);
    let html = ok(bare.path(), &["page", "results"]);
    assert!(!html.contains("mprovement plan") && !html.contains("two readers agree"), "{html}");
}

const HALF: [&str; 6] = ["report", "state", "--from", "2026-07-01", "--to", "2026-12-31"];

#[test]
fn the_six_month_report_joins_what_the_reports_say() {
    let folder = practice();
    let path = folder.path();
    let html = ok(path, &[&HALF[..], &["--format", "html"]].concat());
    let page = sections(&html);
    let period = ["--where", "period=2026-H2"];
    let round = ["--where", "round=Practice 2026-H2 (all invented)"];
    let of = |report: &[&'static str]| [report, &period[..]].concat();
    for (title, report) in [
        ("Items", of(&["report", "items"])),
        ("Items by region", of(&["report", "items", "--by", "region"])),
        ("Items from period to period", vec!["report", "trend"]),
        ("Outcomes", of(&["report", "outcomes"])),
        ("Outcomes by region", of(&["report", "outcomes", "--by", "region"])),
        (
            "Status of the reviews, by county",
            [&["report", "progress", "--by", "county", "--total"][..], &round].concat(),
        ),
        ("Safety and other alerts", vec!["report", "alerts", "--by", "region", "--total"]),
        ("Improvement plan: where each measure stands", vec!["pip", "status"]),
        ("Improvement plan: baselines and goals", vec!["pip", "baseline"]),
    ] {
        compare(path, &tables(&page, title)[0], &report);
    }
    for title in ["Foster care review", "Licensing", "Court monitor"] {
        assert!(html.contains(&format!(">{title} (from elsewhere)</h2>")), "{title}");
    }
    assert_eq!(html.matches("<div class=\"blank\"><p>To be filled in: ").count(), 3);
    assert!(html.contains("2026-07-01 to 2026-12-31: 36 final reviews of 2026-H2"), "{html}");
    assert!(html.contains("draw 1: seed ") && html.contains("Checkpoint of the log: "));
    assert!(!html.contains("secret word"), "an alert's words");
    let heads: Vec<&String> = page.iter().map(|(title, _)| title).collect();
    assert_eq!(heads.last().unwrap().as_str(), "The sample behind the numbers");

    // The same as text, within eighty columns.
    let text = ok(path, &HALF);
    for title in
        heads.iter().filter(|title| !title.contains("baselines") && !title.contains("strategies"))
    {
        assert!(text.contains(&format!("\n== {title} ==\n")), "{title}\n{text}");
    }
    assert!(!text.contains("secret word"));
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

/// Of a sample in which every stratum has a review.
#[test]
fn the_six_month_report_weighs_as_the_report_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    crate::report_state::read(path);
    let days = ["--from", "2026-01-01", "--to", "2026-06-30", "--workspace", "w.db"];
    let state = ["report", "state", "--workspace", "w.db"];
    let html = ok(path, &[&["report", "state"], &days[..], &["--format", "html"]].concat());
    let page = sections(&html);
    compare(path, &tables(&page, "The state's percents, weighted by strata")[0], &state);
    let text = ok(path, &[&["report", "state"], &days[..]].concat());
    let alone = ok(path, &state);
    let numbers = alone.lines().filter(|line| line.starts_with("  1") || line.starts_with("  2"));
    let numbers: Vec<&str> = numbers.collect();
    assert_eq!(numbers.len(), 7, "{alone}");
    numbers.iter().for_each(|line| assert!(text.contains(line), "{line}\n{text}"));
}

#[test]
fn the_six_month_report_says_what_it_cannot() {
    let folder = practice();
    let path = folder.path();
    let refused = |more: &[&str]| {
        let (code, out, err) = program::run(path, &[&["report", "state"], more].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    assert_eq!(
        refused(&["--from", "2026-12-31", "--to", "2026-07-01"]),
        "error: --from and --to: 2026-12-31 to 2026-07-01 is no stretch of days\n  \
         help: write both as 2026-07-01, the earlier one first\n"
    );
    assert!(refused(&["--from", "2026-07-01"]).contains("--to <DATE>"));
    let json = refused(&["--from", "2026-07-01", "--to", "2026-12-31", "--format", "json"]);
    assert!(json.starts_with("error: --format: this report joins many tables\n"), "{json}");
    let public = refused(&["--from", "2026-07-01", "--to", "2026-12-31", "--public"]);
    assert!(public.starts_with("error: --public: the state report can't be published"), "{public}");
    let (code, out, err) =
        program::run(path, &["report", "state", "--from", "2020-01-01", "--to", "2020-06-30"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(
        err,
        "nothing to report: no period with a final review lies between 2020-01-01 and 2020-06-30; \
         final reviews are of 2025-H2 and 2026-H2\n"
    );
    // A workbook has every table.
    ok(path, &[&HALF[..], &["--format", "xlsx", "--out", "state.xlsx"]].concat());
    assert!(path.join("state.xlsx").exists());
}
