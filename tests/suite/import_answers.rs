//! `import answers`, then reports and exports, against counts made without the crate.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;

use casereview::store::Workspace;

use crate::place::Place;

pub const HEADER: &str = "case,case_type,question,answer,region,county,period,reviewer\n";

/// A small stream of numbers, so that nothing hangs on the crate's own.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % sides
    }
    /// Yes, no, or (once in `na`) na.
    fn answer(&mut self, na: u32) -> &'static str {
        match self.roll(na) {
            0 => "na",
            roll if roll % 3 == 1 => "no",
            _ => "yes",
        }
    }
    fn yes_no(&mut self) -> &'static str {
        if self.roll(3) == 0 { "no" } else { "yes" }
    }
}

/// The rating of a set of answers where one No is enough for ANI.
fn any_no(answers: &[&str]) -> &'static str {
    if answers.contains(&"no") {
        "ani"
    } else if answers.contains(&"yes") {
        "strength"
    } else {
        "na"
    }
}

/// The answers of one case and its ratings, told from the rules by hand.
fn case(
    dice: &mut Dice,
    foster_care: bool,
) -> (Vec<(&'static str, &'static str)>, [&'static str; 7]) {
    let mut given = Vec::new();
    let mut rated = ["na"; 7];
    if foster_care {
        if dice.roll(9) == 0 {
            given.push(("14.applies", "no"));
        } else {
            let (a, c, d) = (dice.yes_no(), dice.answer(2), dice.answer(2));
            given.extend([("14.applies", "yes"), ("14.A", a), ("14.C", c), ("14.D", d)]);
            rated[0] = any_no(&[a, c, d]);
        }
        given.push(("15.applies", "yes"));
        let (a1, b, c) = (dice.yes_no(), dice.answer(4), dice.answer(4));
        let a2 = if a1 == "no" { "na" } else { dice.yes_no() };
        given.extend([("15.A1", a1), ("15.A2", a2)]);
        if a2 == "yes" {
            rated[1] = "strength";
        } else {
            given.extend([("15.B", b), ("15.C", c)]);
            rated[1] = if b == "no" || c == "no" { "ani" } else { "strength" };
        }
        let (a, b) = (dice.answer(4), dice.answer(4));
        given.extend([("16.applies", "yes"), ("16.A", a), ("16.B", b)]);
        rated[2] = any_no(&[a, b]);
    }
    // 17: an assessment that is na takes its services with it.
    let pair = |dice: &mut Dice, na: u32| {
        let first = dice.answer(na);
        (first, if first == "na" { "na" } else { dice.answer(5) })
    };
    let (a1, a2) = (dice.yes_no(), dice.answer(5));
    let ((b1, b3), (b2, b4)) = (pair(dice, 5), pair(dice, 4));
    given.extend([("17.A1", a1), ("17.A2", a2)]);
    given.extend([("17.B1", b1), ("17.B2", b2), ("17.B3", b3), ("17.B4", b4)]);
    let mut seventeen = vec![a1, a2, b1, b2, b3, b4];
    if foster_care {
        let (c1, c2) = pair(dice, 6);
        given.extend([("17.C1", c1), ("17.C2", c2)]);
        seventeen.extend([c1, c2]);
    }
    rated[3] = if seventeen.contains(&"no") { "ani" } else { "strength" };
    let (a, b, c) = if foster_care {
        given.push(("18.applies", "yes"));
        (dice.answer(4), dice.answer(4), dice.answer(4))
    } else {
        (dice.yes_no(), dice.answer(4), dice.answer(4))
    };
    given.extend([("18.A", a), ("18.B", b), ("18.C", c)]);
    rated[4] = any_no(&[a, b, c]);
    if dice.roll(20) == 0 {
        given.extend([("19.A1", "never"), ("19.A", "no"), ("19.B", "na")]);
        rated[5] = "ani";
    } else {
        let (a, b) = (dice.yes_no(), dice.yes_no());
        given.extend([("19.A1", "monthly"), ("19.A", a), ("19.B", b)]);
        rated[5] = if a == "yes" && b == "yes" { "strength" } else { "ani" };
    }
    given.push(("20.applies", "yes"));
    let mut twenty = Vec::new();
    for [often, enough, well] in [["20.A1", "20.A2", "20.C"], ["20.B1", "20.B2", "20.D"]] {
        let (o, e, w) = match dice.roll(6) {
            0 => ("na", "na", "na"),
            1 => ("never", "no", "na"),
            _ => ("weekly", dice.yes_no(), dice.yes_no()),
        };
        given.extend([(often, o), (enough, e), (well, w)]);
        twenty.extend([e, w]);
    }
    rated[6] = any_no(&twenty);
    (given, rated)
}

pub type Counts = BTreeMap<(String, String), BTreeMap<&'static str, u64>>;

/// A file of readings, and how often each region's items came out how.
pub fn file(readings: u32) -> (String, Counts) {
    let regions = ["Davidson", "East", "Knox", "Shelby", "Ångström", "=1+1"];
    let (mut text, mut counts) = (HEADER.to_owned(), Counts::new());
    let mut dice = Dice(7);
    for number in 0..readings {
        let region = regions[dice.roll(6) as usize];
        let foster_care = dice.roll(2) == 0;
        let case_type = if foster_care { "foster-care" } else { "in-home" };
        let (given, rated) = case(&mut dice, foster_care);
        for (question, answer) in given {
            writeln!(text, "C-{number},{case_type},{question},{answer},{region},County,2026-H1,R1")
                .unwrap();
        }
        for (item, rating) in (14..=20).zip(rated) {
            *counts
                .entry((region.to_owned(), item.to_string()))
                .or_default()
                .entry(rating)
                .or_default() += 1;
        }
    }
    (text, counts)
}

fn compare_report(place: &Place, counts: &Counts) {
    let json = place.ok(&["report", "items", "--by", "region", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), counts.len());
    for row in &rows {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let key = (text(&row["group"]["region"]), text(&row["item"]));
        let counted = &counts[&key];
        let of = |rating: &str| counted.get(rating).copied().unwrap_or(0);
        for rating in ["strength", "ani", "na"] {
            assert_eq!(row[rating], of(rating), "{key:?}");
        }
        let applicable = of("strength") + of("ani");
        assert_eq!((&row["applicable"], &row["incomplete"]), (&applicable.into(), &0.into()));
        if applicable == 0 {
            assert!(row["proportion"].is_null());
        } else {
            let proportion = of("strength") as f64 / applicable as f64;
            assert_eq!(row["proportion"].as_f64().unwrap(), proportion);
        }
    }
    let keys: Vec<_> =
        rows.iter().map(|row| (row["item"].to_string(), row["group"].to_string())).collect();
    assert!(keys.is_sorted(), "items in order, then groups in byte order");
}

/// Counts final rows of an export the plainest way.
fn counts_of_export(csv: &str) -> Counts {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (region, item, kind, rating, status) =
        (column("region"), column("item"), column("kind"), column("rating"), column("status"));
    let mut counts = Counts::new();
    for row in reader.records() {
        let row = row.unwrap();
        if &row[kind] != "item" || &row[status] != "final" {
            continue;
        }
        let rating = ["strength", "ani", "na"].into_iter().find(|r| *r == &row[rating]).unwrap();
        // The apostrophe that keeps a spreadsheet from running the cell.
        let region = row[region].strip_prefix('\'').unwrap_or(&row[region]).to_owned();
        *counts.entry((region, row[item].to_owned())).or_default().entry(rating).or_default() += 1;
    }
    counts
}

#[test]
fn ten_thousand_readings_count_as_an_independent_computation_says() {
    let place = Place::new();
    let (text, counts) = file(10_000);
    place.write("answers.csv", text);
    let out = place.ok(&["import", "answers", "answers.csv"]);
    assert_eq!(out, "10000 reviews taken in\n");
    compare_report(&place, &counts);
    let export = place.ok(&["export", "items"]);
    let tables = || {
        let workspace = Workspace::open(&place.path("casereview.db"), None).unwrap();
        (workspace.last_position().unwrap(), workspace.projections_digest().unwrap())
    };
    let before = tables();
    assert_eq!(counts_of_export(&export), counts);

    // The same file again changes nothing and says so.
    let (code, out, err) = place.run(&["import", "answers", "answers.csv"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "all 10000 reviews were there already: nothing changed\n");
    assert_eq!(tables(), before);
}
