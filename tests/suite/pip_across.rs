//! A plan in one round's items over reviews made in another's, and the plan's page.

#![allow(clippy::unwrap_used)]

use serde_json::Value;

use crate::pip_plan::{PLAN, file, place, usual};
use crate::place::Place;

/// The numbers of a later round, from those of the Round 2 items.
fn renumbered(text: &str, round: &str) -> String {
    text.replace("cfsr-r2-items-14-20,17,", &format!("{round},12,"))
        .replace("cfsr-r2-items-14-20,20,", &format!("{round},15,"))
}

/// The same plan in the items of a later round.
fn plan(round: &str) -> String {
    PLAN.replace("cfsr-r2-items-14-20", round)
        .replace("item = \"17\"", "item = \"12\"")
        .replace("item = \"20\"", "item = \"15\"")
        .replace("items = [\"20\"]", "items = [\"15\"]")
}

/// Baseline by Round 2, periods by a later one.
fn across(round: &str) -> Place {
    let (baseline, periods): (Vec<_>, Vec<_>) =
        usual().into_iter().partition(|lot| lot.kind == "baseline");
    let place = Place::new();
    place.write("then.csv", file(&baseline));
    place.write("now.csv", renumbered(&file(&periods), round));
    place.ok(&["import", "ratings", "then.csv"]);
    place.ok(&["import", "ratings", "now.csv"]);
    place.write("plan.toml", plan(round));
    place.ok(&["pip", "plan", "plan.toml"]);
    place
}

fn rows(place: &Place, line: &[&str]) -> Vec<Value> {
    let (code, out, err) = place.run(&[line, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_plan_is_measured_across_the_crosswalk() {
    let whole = place(&usual(), PLAN);
    for (round, command) in [
        ("cfsr-r3", "baseline"),
        ("cfsr-r3", "status"),
        ("cfsr-r4", "baseline"),
        ("cfsr-r4", "status"),
    ] {
        let across = across(round);
        let (wanted, found) = (rows(&whole, &["pip", command]), rows(&across, &["pip", command]));
        assert_eq!(wanted.len(), found.len());
        for (wanted, found) in wanted.iter().zip(&found) {
            let number = match wanted["item"].as_str().unwrap() {
                "17" => "12",
                "20" => "15",
                other => other,
            };
            assert_eq!(found["item"], number);
            let object = wanted.as_object().unwrap();
            for name in object.keys().filter(|name| !["item", "title"].contains(&name.as_str())) {
                assert_eq!(found[name], wanted[name], "{name} of {found}");
            }
        }
        let (_, _, err) = across.run(&["pip", command]);
        assert_eq!(
            err,
            "80 reviews were made with CFSR R2 items 14-20 and measured across the crosswalk: \
             their items 17 as 12 and 20 as 15\n"
        );
        assert_eq!(whole.run(&["pip", command]).2, "");
    }
}

#[test]
fn what_means_something_else_is_not_measured() {
    let place = across("cfsr-r3");
    let more = plan("cfsr-r3") + "\n[[item]]\nitem = \"3\"\n";
    place.write("more.toml", more);
    place.ok(&["pip", "plan", "more.toml"]);
    let (_, _, err) = place.run(&["pip", "baseline"]);
    assert!(
        err.contains("their items 17 as 12 and 20 as 15; nothing there means the same as 3\n"),
        "{err}"
    );
    let found = rows(&place, &["pip", "baseline"]);
    let third = found.iter().find(|row| row["item"] == "3").unwrap();
    assert_eq!(third["applicable"], 0);
    assert!(third["goal"].is_null());
}

/// What lies between two marks, as often as they stand.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[test]
fn the_page_draws_goal_and_strategies_on_the_trend() {
    let place = across("cfsr-r4");
    let (code, page, err) = place.run(&["pip", "status", "--format", "html"]);
    assert_eq!(code, 0, "{err}");
    assert!(page.starts_with("<!doctype html>"), "{}", &page[..100]);
    let figures = between(&page, "<figure>", "</figure>");
    assert_eq!(figures.len(), 3, "two items and an aggregate");
    for figure in &figures {
        assert_eq!(between(figure, "<svg", "</svg>").len(), 1);
        assert!(figure.contains("goal dashed"), "{figure}");
    }
    // The strategy is for item 20, which is 15 here.
    assert!(!figures[0].contains("(1)"), "{}", figures[0]);
    assert!(figures[1].contains("(1) Fathers found early, under way"), "{}", figures[1]);
    assert!(figures[1].contains("The dashed line is the goal of 57.2 %."), "{}", figures[1]);
    // The table has the numbers of the quarterly table.
    let csv = place.ok(&["pip", "status", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split("<t").skip(1).map(|cell| &cell[cell.find('>').unwrap() + 1..]);
        cells.map(|cell| cell.split('<').next().unwrap().trim().to_owned()).collect()
    };
    let lines: Vec<Vec<String>> =
        between(&page, "<tr>", "\n").into_iter().map(|row| cells(&format!("<tr>{row}"))).collect();
    for record in reader.records().map(Result::unwrap) {
        let of = |name: &str| record[column(name)].to_owned();
        let wanted = ["period", "applicable", "strength", "percent", "low", "high"].map(of);
        let holds = |line: &&Vec<String>| line.windows(6).any(|part| *part == wanted);
        assert!(lines.iter().any(|line| holds(&line)), "{wanted:?} in {lines:?}");
    }
    assert!(page.contains("measured across the crosswalk"), "what was measured is said");
    assert!(!page.contains("<script"));
    let (code, page, _) = place.run(&["pip", "baseline", "--format", "html"]);
    assert!(code == 0 && page.contains("Baselines and goals"));
    let (code, _, err) = place.run(&["status", "--format", "html"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: --format html: only reports leave as a page\n"), "{err}");
}
