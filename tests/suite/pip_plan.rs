//! `pip plan|baseline|status`: every figure worked out by hand here.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::place::Place;

const HEADER: &str =
    "case,region,county,case_type,period,instrument,item,rating,review_kind,sample_id\n";

/// Ratings of one item in one period: so many Strength and ANI, every third in-home.
pub struct Lot {
    pub period: &'static str,
    pub kind: &'static str,
    pub sample: &'static str,
    pub item: &'static str,
    pub strength: u32,
    pub ani: u32,
}

/// A file of them; every other case lies in Knox.
pub fn file(lots: &[Lot]) -> String {
    let mut text = HEADER.to_owned();
    for Lot { period, kind, sample, item, strength, ani } in lots {
        for nth in 0..strength + ani {
            let rating = if nth < *strength { "strength" } else { "ani" };
            let case_type = if nth % 3 == 2 { "in-home" } else { "foster-care" };
            let region = if nth % 2 == 0 { "Knox" } else { "Shelby" };
            let _ = writeln!(
                text,
                "{period}-{nth},{region},X,{case_type},{period},cfsr-r2-items-14-20,{item},{rating},{kind},{sample}"
            );
        }
    }
    text
}

fn lot(period: &'static str, item: &'static str, strength: u32, ani: u32) -> Lot {
    let (kind, sample) = if period < "2026" { ("baseline", "b") } else { ("pip", "s") };
    Lot { period, kind, sample, item, strength, ani }
}

pub const PLAN: &str = r#"
[plan]
title = "Test plan"
instrument = "cfsr-r2-items-14-20"
effective = "2026-01-01"
ends = "2027-12-31"
non-overlapping-ends = "2028-12-31"

[method]
baseline = "2025"
minimum = 20

[[item]]
item = "17"
[[item]]
item = "20"

[[aggregate]]
id = "visits"
title = "Visits made of visits due"
baseline = { period = "2025", numerator = 800, denominator = 1000 }
[[aggregate.period]]
period = "2026-H1"
numerator = 850
denominator = 1000

[[strategy]]
title = "Fathers found early"
items = ["20"]
region = "Knox"
owner = "Regional administrator"
due = "2026-03-31"
approved-by = "Deputy commissioner"
status = "under-way"
"#;

pub fn place(lots: &[Lot], plan: &str) -> Place {
    let place = Place::new();
    place.write("ratings.csv", file(lots));
    place.ok(&["import", "ratings", "ratings.csv"]);
    place.write("plan.toml", plan);
    place.ok(&["pip", "plan", "plan.toml"]);
    place
}

pub fn usual() -> Vec<Lot> {
    vec![
        lot("2025", "17", 36, 44),
        lot("2025", "20", 40, 40),
        // 44 of 80 is 55.0 %, the goal of 36 of 80 is 52.1 %.
        lot("2026-H1", "17", 44, 36),
        lot("2026-H1", "20", 38, 42),
        lot("2026-H2", "17", 41, 39),
        // Fewer than the twenty the plan needs.
        lot("2026-H2", "20", 15, 4),
    ]
}

/// Rows of a command's JSON.
fn rows(place: &Place, line: &[&str]) -> Vec<Value> {
    let out = place.ok(&[line, &["--format", "json"]].concat());
    serde_json::from_str(&out).unwrap()
}

fn near(value: &Value, wanted: f64) {
    let value = value.as_f64().unwrap();
    assert!((value - wanted).abs() < 1e-9, "{value} is not {wanted}");
}

#[test]
fn a_plan_gives_baselines_goals_and_states() {
    let place = place(&usual(), PLAN);
    let found = rows(&place, &["pip", "baseline"]);
    assert_eq!(found.len(), 3);
    let margin = 1.28 * (0.45_f64 * 0.55 / 80.0).sqrt();
    near(&found[0]["proportion"], 0.45);
    near(&found[0]["margin"], margin);
    near(&found[0]["goal"], 0.45 + margin);
    assert_eq!((&found[0]["applicable"], &found[0]["strength"]), (&80.into(), &36.into()));
    near(&found[2]["goal"], 0.8 + 1.28 * (0.16_f64 / 1000.0).sqrt());

    let found = rows(&place, &["pip", "status"]);
    let states: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|row| {
            let text = |name: &str| row[name].as_str().unwrap();
            (text("item"), text("period"), text("state"))
        })
        .collect();
    assert_eq!(
        states,
        [
            ("17", "2026-H1", "met"),
            ("17", "2026-H2", "not-met"),
            ("20", "2026-H1", "not-met"),
            ("20", "2026-H2", "too-few"),
            ("visits", "2026-H1", "met"),
        ]
    );
    // 0.5212 of 80 needs 42 Strengths: one more than 41.
    assert_eq!(found[1]["cases_to_goal"], 1);
    near(&found[1]["points_to_goal"], 0.45 + margin - 41.0 / 80.0);
    // The goal of item 20 is 57.2 %, 46 of 80: eight more than 38.
    assert_eq!(found[2]["cases_to_goal"], 8);
    assert_eq!(found[2]["strategies"], "Fathers found early");
    assert_eq!(found[3]["strategies"], Value::Null);
    near(&found[0]["since_baseline"], 0.55 - 0.45);
    assert_eq!(found[0]["beyond_noise"], "no");
    assert_eq!(found[4]["beyond_noise"], "yes");
    assert_eq!(found[0]["case_mix"], "within");
    assert_eq!(found[1]["next_period"], "2027-H1");
    assert_eq!(found[0]["next_period"], Value::Null, "what comes next is said once");
}

#[test]
fn the_pages_read_like_this() {
    let place = place(&usual(), PLAN);
    insta::assert_snapshot!("pip-baseline", place.ok(&["pip", "baseline"]));
    // All periods have ended by then.
    let then = ["--as-of", "2027-01-01"];
    let status = place.ok(&[&["pip", "status"], &then[..]].concat());
    assert!(status.lines().all(|line| line.chars().count() <= 80), "{status}");
    insta::assert_snapshot!("pip-status", status);
    let by = place.ok(&[&["pip", "status", "--by", "region"], &then[..]].concat());
    assert!(by.lines().all(|line| line.chars().count() <= 80), "{by}");
    insta::assert_snapshot!("pip-status-by-region", by);
    assert_eq!(place.ok(&["pip", "plan"]), PLAN);
}

#[test]
fn only_drawn_cases_of_kind_pip_or_baseline_count() {
    let mut lots = usual();
    let stray =
        |kind, sample, period| Lot { kind, sample, period, item: "17", strength: 5, ani: 0 };
    lots.push(stray("regular", "s", "2026-Q1"));
    lots.push(stray("pip", "", "2026-Q2"));
    lots.push(stray("pip", "s", "2024-H1"));
    lots.push(stray("baseline", "b", "2024-H2"));
    // A shorter period inside counts, as does a longer one only where it lies inside as a whole.
    lots.push(stray("pip", "s", "2026-02"));
    let place = place(&lots, PLAN);
    let (_, out, err) = place.run(&["pip", "status", "--format", "json"]);
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(found[0]["applicable"], 85);
    assert_eq!(found[0]["baseline_applicable"], 80);
    assert_eq!(
        err,
        "5 reviews not measured: their cases were in no drawn sample\n\
         10 reviews not measured: their period lies in none of the plan's\n"
    );
}

#[test]
fn a_period_that_has_not_ended_stands_so_far() {
    let place = place(&usual(), PLAN);
    let on =
        |day: &str, more: &[&str]| place.ok(&[&["pip", "status", "--as-of", day], more].concat());
    // The last day of a period is one of it.
    let text = on("2026-06-30", &[]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("\n  goal met so far in 2026-H1\n"), "{text}");
    let still = "\n  2026-H2 runs until 2026-12-31: its numbers may still change\n";
    assert!(text.contains(still), "{text}");
    assert!(
        text.contains("  not met so far [a]\n") && text.contains("  too few so far\n"),
        "{text}"
    );
    let by = on("2026-06-30", &["--by", "region", "--by", "county"]);
    assert!(by.lines().all(|line| line.chars().count() <= 80), "{by}");
    let text = on("2026-07-01", &[]);
    assert!(text.contains("\n  goal met in 2026-H1\n") && text.contains(still), "{text}");
    let ended = |day| -> Vec<Value> {
        let rows: Vec<Value> = serde_json::from_str(&on(day, &["--format", "json"])).unwrap();
        assert_eq!(rows[0]["state"], "met", "what stands in files is as it was");
        rows.iter().map(|row| row["period_ended"].clone()).collect()
    };
    assert_eq!(ended("2026-06-30"), ["no", "no", "no", "no", "no"]);
    assert_eq!(ended("2026-12-31"), ["yes", "no", "yes", "no", "yes"]);
    assert_eq!(ended("2027-01-01"), ["yes", "yes", "yes", "yes", "yes"]);
    let page = on("2026-12-31", &["--format", "html"]);
    assert!(page.contains("<td>not met so far") || page.contains(">not met so far"), "{page}");
    assert!(page.contains("2026-H2 runs until 2026-12-31: its numbers may still change"), "{page}");
    let rolling = PLAN.replace("minimum = 20", "minimum = 20\nperiods = \"rolling-twelve-months\"");
    place.write("rolling.toml", rolling);
    place.ok(&["pip", "plan", "rolling.toml"]);
    // The last window reaches into the next half-year; the one before ends with this one.
    let text = on("2026-12-31", &[]);
    let still = "\n  2026-H2 to 2027-H1 runs until 2027-06-30: its numbers may still change\n";
    assert!(text.contains("\n  goal met so far in 2026\n") && text.contains(still), "{text}");
}

#[test]
fn what_is_missing_to_a_goal_is_one_number_in_every_format() {
    let place = place(&usual(), PLAN);
    let text = place.ok(&["pip", "status", "--as-of", "2027-01-01"]);
    let csv = place.ok(&["pip", "status", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (points, cases, state) = (at("points_to_goal"), at("cases_to_goal"), at("state"));
    let mut seen = 0;
    for row in reader.records().map(Result::unwrap) {
        let end =
            format!("  {:>7}{:>6}  {}", &row[points], &row[cases], row[state].replace('-', " "));
        assert!(text.lines().any(|line| line.contains(&end)), "{end}: {text}");
        seen += 1;
    }
    assert_eq!(seen, 5);
    // 41 of 80 less 36 of 80 is half a tenth, which goes up, and down where it is less.
    assert!(text.contains("since the baseline: +6.3 points"), "{text}");
    // Typed numbers are of no sample.
    let visits = text.split("\nvisits  ").nth(1).unwrap();
    assert!(!visits.contains("applicable cases show") && !visits.contains("at least"), "{visits}");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let next = "2027-H1: 447 applicable cases show the goal met if 57.1 % are Strength (5 points \
                above the goal): they then lie above the goal by more than chance explains, at \
                80 % confidence and 80 % power";
    assert!(flat.contains(next), "{text}");
    assert!(flat.contains("if 78.9 % are Strength (as in 2026-H2): they then lie"), "{text}");
}

#[test]
fn three_periods_above_the_baseline_meet_a_goal_over_ninety() {
    let lots = [
        lot("2025", "17", 88, 12),
        lot("2026-H1", "17", 45, 5),
        lot("2026-H2", "17", 45, 5),
        lot("2027-H1", "17", 45, 5),
        lot("2027-H2", "17", 44, 6),
    ];
    let place = place(&lots, PLAN);
    let found = rows(&place, &["pip", "status"]);
    let states: Vec<&str> = found
        .iter()
        .filter(|row| row["item"] == "17")
        .map(|row| row["state"].as_str().unwrap())
        .collect();
    // 88 of 100 has a goal of 92.2 %; the last period only equals the baseline.
    assert_eq!(states, ["not-met", "not-met", "met-by-three-periods", "not-met"]);
}

#[test]
fn rolling_periods_rounding_an_agreed_goal_and_the_mix() {
    let plan =
        PLAN.replace(
            "minimum = 20",
            "minimum = 20\nperiods = \"rolling-twelve-months\"\nrounding = \"whole\"",
        )
        .replace("item = \"17\"", "item = \"17\"\ngoal = 53.4")
        .replace(
            "item = \"20\"",
            "item = \"20\"\nbaseline = { period = \"2024\", strength = 30, applicable = 60 }",
        ) + "\n[mix]\nby = [\"region\"]\ntolerance = 2\n";
    let mut lots = vec![
        lot("2025", "17", 36, 44),
        lot("2026-H1", "17", 44, 36),
        // 85 of 160 is 53.1 %: 53 % as a whole percent, as is the goal.
        lot("2026-H2", "17", 41, 39),
    ];
    // Three cases of Knox in a row move the mix: 83 and 80 of 163.
    for period in ["2026-03", "2026-04", "2026-05"] {
        lots.push(lot(period, "20", 1, 0));
    }
    let place = place(&lots, &plan);
    let found = rows(&place, &["pip", "status"]);
    assert_eq!(found[0]["period"], "2026");
    assert_eq!(found[0]["applicable"], 160);
    assert_eq!(found[0]["state"], "met");
    assert_eq!(found[0]["method"], "agreed");
    near(&found[0]["goal"], 0.534);
    assert_eq!(found[0]["case_mix"], "within");
    let twenty = found.iter().find(|row| row["item"] == "20").unwrap();
    assert_eq!(twenty["baseline_period"], "2024");
    assert_eq!(twenty["case_mix"], Value::Null, "of a typed baseline the mix is not known");
    let strict = plan.replace("tolerance = 2", "tolerance = 0.5");
    place.write("plan.toml", strict);
    place.ok(&["pip", "plan", "plan.toml"]);
    let found = rows(&place, &["pip", "status"]);
    assert_eq!(found[0]["case_mix"], "outside: Knox 50.0 -> 50.9 %, Shelby 50.0 -> 49.1 %");
}

#[test]
fn the_quarterly_table_leaves_as_a_workbook_and_as_csv() {
    let place = place(&usual(), PLAN);
    let (code, _, err) = place.run(&["pip", "status", "--format", "xlsx", "--out", "quarter.xlsx"]);
    assert_eq!((code, err.as_str()), (0, "3 tables written to quarter.xlsx\n"));
    let bytes = fs::read(place.path("quarter.xlsx")).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["PIP status", "PIP baseline", "Strategies", "Codebook"]);
    let sheet = book.worksheet_range("PIP status").unwrap();
    let csv = place.ok(&["pip", "status", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(Data::to_string).collect();
    assert_eq!(header, names);
    let first = reader.records().next().unwrap().unwrap();
    let of = |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        (first[at].to_owned(), sheet.get_value((1, at as u32)).unwrap().clone())
    };
    assert_eq!(of("percent").0, "55.0");
    assert_eq!(of("percent").1, Data::Float(0.55));
    assert_eq!(of("goal").0, "52.1");
    assert_eq!(of("applicable").0, "80");
    for row in book.worksheet_range("Codebook").unwrap().rows() {
        assert!(!row[2].to_string().is_empty(), "{} has no meaning", row[1]);
    }
}
