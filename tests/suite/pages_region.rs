//! Every number of a region's page and of the exit sheet against the reports' JSON: tables and
//! sentences.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::stats::{percent_text, proportion_text};
use serde_json::Value;

use crate::pages_numbers::{key, ok, practice, sections, shows, tables};
use crate::program;

fn json(folder: &Path, report: &[&str]) -> Vec<Value> {
    serde_json::from_str(&ok(folder, &[report, &["--format", "json"]].concat())).unwrap()
}

/// The points of a page under a heading, up to the next.
fn points(html: &str, heading: &str) -> Vec<String> {
    let Some((_, rest)) = html.split_once(&format!(">{heading}</h")) else { return Vec::new() };
    let part = rest.split("<h").next().unwrap();
    let point = |point: &str| point.split("</li>").next().unwrap().to_owned();
    let mut found: Vec<String> = part.split("<li>").skip(1).map(point).collect();
    found.sort();
    found
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap()
}

/// What is stronger or weaker than the state, as sentences made of the JSON.
fn against(rows: &[&Value], wanted: &str) -> Vec<String> {
    let of = rows.iter().filter(|row| row["against_state"] == wanted);
    let mut said: Vec<String> = of
        .map(|row| {
            let n = row["applicable"].as_u64().unwrap();
            let percent = percent_text(row["strength"].as_u64().unwrap(), n);
            let few = if n < 10 { ", few reviews" } else { "" };
            format!(
                "Item {}, {}: Strength in {percent} % of {n}{few}; the state {} %",
                text(row, "item"),
                text(row, "title"),
                proportion_text(row["state_proportion"].as_f64().unwrap())
            )
        })
        .collect();
    said.sort();
    said
}

/// What moved, as sentences made of the JSON: better, worse, and what chance explains. `before`
/// are the rows of the period before.
fn moved(rows: &[&Value], before: &[&Value]) -> [Vec<String>; 3] {
    let share = |row: &Value| {
        let n = row["applicable"].as_u64().unwrap();
        format!("{} % of {n}", percent_text(row["strength"].as_u64().unwrap(), n))
    };
    let mut found = <[Vec<String>; 3]>::default();
    for row in rows {
        let Some(change) = row["change"].as_f64() else { continue };
        let sign = if change > 0.0 { "+" } else { "" };
        let first = before.iter().find(|one| one["item"] == row["item"]).unwrap();
        let points = format!(
            "from {} to {}, {sign}{} points",
            share(first),
            share(row),
            proportion_text(change)
        );
        let ends = [&row["change_low"], &row["change_high"]].map(|end| end.as_f64().unwrap());
        let counts =
            |row: &Value| ["strength", "applicable"].map(|name| row[name].as_u64().unwrap());
        let by_chance = by_chance(counts(first), counts(row)) > 0.05;
        let at = match (ends[0] > 0.0, ends[1] < 0.0) {
            _ if by_chance => 2,
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        };
        found[at].push(format!("Item {}, {}: {points}", text(row, "item"), text(row, "title")));
    }
    found.iter_mut().for_each(|list| list.sort());
    found
}

/// Fisher's exact test, two-sided, from binomial coefficients.
fn by_chance([x1, n1]: [u64; 2], [x2, n2]: [u64; 2]) -> f64 {
    let choose =
        |n: u64, k: u64| (0..k).fold(1.0, |all, at| all * (n - at) as f64 / (at + 1) as f64);
    let hits = x1 + x2;
    let weight = |x: u64| choose(n1, x) * choose(n2, hits - x);
    let tables = hits.saturating_sub(n2)..=hits.min(n1);
    let all: f64 = tables.clone().map(weight).sum();
    let found = weight(x1) * (1.0 + 1e-9);
    tables.map(weight).filter(|weight| *weight <= found).sum::<f64>() / all
}

#[test]
fn a_regions_page_shows_what_the_reports_say() {
    let folder = practice();
    let path = folder.path();
    let trend = json(path, &["report", "trend", "--by", "region"]);
    let mut regions: Vec<&str> = trend.iter().map(|row| text(&row["group"], "region")).collect();
    regions.sort_unstable();
    regions.dedup();
    assert!(regions.len() > 9, "{regions:?}");
    let (mut sure, mut pages) = (0, 0);
    for period in ["2025-H2", "2026-H2"] {
        let only = format!("period={period}");
        let items = json(path, &["report", "items", "--by", "region", "--where", &only]);
        for region in &regions {
            let line = ["page", "region", region, "--period", period];
            let (code, html, err) = program::run(path, &line);
            if code != 0 {
                assert!(err.contains(&format!("{region} has no final review in it")), "{err}");
                continue;
            }
            pages += 1;
            let of_region = |row: &&Value| row["group"]["region"] == **region;
            let wanted: Vec<&Value> = items.iter().filter(of_region).collect();
            let page = sections(&html);
            let table = &tables(&page, "All items")[0];
            assert_eq!(table.heads[5..], ["from %", "to %", "state %"]);
            // The receipt is that of the draw the reviews of the period came from.
            let drawn = html.contains("<p>Round Practice 2026-H2 (all invented), draw 1: seed ");
            let elsewhere = "<p>Round Practice baseline 2025-H2 (all invented): no sample was \
                             drawn in this workspace.</p>";
            assert_eq!(
                (drawn, html.contains(elsewhere)),
                (period == "2026-H2", period != "2026-H2")
            );
            assert_eq!(table.rows.len(), wanted.len());
            for (shown, row) in table.rows.iter().zip(&wanted) {
                for (cell, head) in shown.iter().zip(&table.heads) {
                    assert!(shows(cell, &row[key(head)], head), "{region}, {head}: {cell}, {row}");
                }
            }
            for (heading, side) in
                [("Stronger than the state", "above"), ("Weaker than the state", "below")]
            {
                let said = against(&wanted, side);
                sure += said.len();
                assert_eq!(points(&html, heading), said, "{region} {period} {heading}");
            }
            let of_period = |row: &&Value| of_region(row) && row["group"]["period"] == period;
            let rows: Vec<&Value> = trend.iter().filter(of_period).collect();
            let of_before = |row: &&Value| of_region(row) && row["group"]["period"] == "2025-H2";
            let before: Vec<&Value> = trend.iter().filter(of_before).collect();
            let headings =
                ["Better", "Worse", "These changes are within what chance alone would explain"];
            for (heading, said) in headings.into_iter().zip(moved(&rows, &before)) {
                sure += said.len();
                assert_eq!(points(&html, heading), said, "{region} {period} {heading}");
            }
        }
    }
    assert!(pages > 15 && sure > 40, "{pages} pages, {sure} sentences");
}

#[test]
fn the_exit_sheet_shows_what_the_report_says() {
    let folder = practice();
    let path = folder.path();
    for only in ["region=Shelby", "period=2026-H2", "region=Davidson"] {
        let html = ok(path, &["page", "exit", "--where", only]);
        let page = sections(&html);
        let table = &tables(&page, "Items, strengths first")[0];
        let rows = json(path, &["report", "items", "--where", only]);
        assert_eq!(table.rows.len(), rows.len());
        for row in &rows {
            let shown = table.rows.iter().find(|shown| shown[0] == text(row, "item")).unwrap();
            for (cell, head) in shown.iter().zip(&table.heads) {
                let value = &row[key(head).replace(' ', "_")];
                assert!(shows(cell, value, head), "{only}, {head}: {cell}, {row}");
            }
        }
    }
}
