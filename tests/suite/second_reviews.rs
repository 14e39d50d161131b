//! Second reviews: drawn by ticket within reviewer and region, and not shown to readers.

use std::collections::BTreeMap;

use casereview::sampling::{Ticket, draw_seconds};
use proptest::prelude::*;

use crate::place::Place;

fn assigned() -> Place {
    let place = Place::new();
    let mut frame = String::from("Case ID,Region,County,Type\n");
    for nth in 0..12 {
        let region = ["East", "Knox"][nth % 2];
        frame += &format!("C-{nth:02},{region},{region},IH\n");
    }
    place.write("frame.csv", frame);
    place.write(
        "plan.toml",
        "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncounty = \"County\"\n\
         case_type = \"Type\"\n[values.case_type]\nIH = \"in-home\"\n[sizes]\ntotal = 10\n",
    );
    place.ok(&["frame", "import", "frame.csv", "--plan", "plan.toml"]);
    place.ok(&["sample", "draw", "--seed", "4"]);
    for who in ["mary", "tom"] {
        place.ok(&["person", "set", who]);
    }
    place.ok(&["assign", "--balanced"]);
    place
}

/// Everything a reader can look at.
fn looks(place: &Place, who: &str) -> String {
    let mut seen = String::new();
    for line in [
        "status",
        "status --format csv",
        "status --format json",
        "status --fairness",
        "export items --format csv",
        "log show --format csv",
        "log show --case R-0001",
        "sample report",
        "sample show",
        "report items",
        "review --plain",
    ] {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.extend(["--as", who]);
        let (_, out, err) = place.run(&words);
        seen += &out;
        seen += &err;
    }
    seen
}

#[test]
fn readers_cannot_tell_which_cases_are_read_twice() {
    let place = assigned();
    let out = place.ok(&["second", "draw", "--share", "50", "--seed", "77"]);
    assert_eq!(out, "5 of 10 cases drawn for a second review\n");
    let (code, _, err) = place.run(&["second", "draw", "--seed", "78"]);
    assert_eq!(code, 2);
    assert!(err.contains("has no case a second review can be drawn for"), "{err}");
    let (code, out, err) = place.run(&["second", "list", "--as", "mary"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("mary is not a lead"), "{err}");
    let out = place.ok(&["assign", "--balanced", "--which", "second"]);
    assert!(out.starts_with("5 cases assigned to 2 people\n"), "{out}");
    let list = place.ok(&["second", "list", "--format", "csv"]);
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_ne!(cells[4], cells[5], "one reader for both: {line}");
    }
    for who in ["mary", "tom"] {
        let seen = looks(&place, who);
        for word in ["second-review", ",second,", "second review", "IRR", "cases-allotted"] {
            assert!(!seen.contains(word), "{who} sees {word}:\n{seen}");
        }
    }
    // Their own second reviews stand among the first ones.
    let status = place.ok(&["status", "--format", "csv", "--as", "mary"]);
    let mine = status.lines().filter(|line| line.contains(",mary,")).count();
    let all = place.ok(&["status", "--format", "csv"]);
    assert_eq!(mine, all.lines().filter(|line| line.contains(",mary,")).count());
    assert!(all.contains(",second,mary,") && !status.contains(",second,"));
}

#[test]
fn a_handed_in_review_looks_the_same_whether_or_not_a_second_is_due() {
    let place = assigned();
    place.ok(&["second", "draw", "--share", "50", "--seed", "77"]);
    let list = place.ok(&["second", "list", "--format", "csv"]);
    let drawn: Vec<String> =
        list.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
    let mut status = BTreeMap::new();
    let open = |who: &str| {
        casereview::store::Workspace::open(&place.path("casereview.db"), Some(who)).unwrap()
    };
    for who in ["mary", "tom"] {
        let mut workspace = open(who);
        let filter = casereview::store::QueueFilter {
            reviewer: Some(who.parse().unwrap()),
            ..Default::default()
        };
        for row in workspace.queue(&filter).unwrap() {
            let reading = row.reading.unwrap();
            crate::workspace::fill(&mut workspace, reading);
            workspace.act(&casereview::review::Command::Submit { reading }).unwrap();
        }
        for row in workspace.queue(&filter).unwrap() {
            status.insert(row.number.to_string(), row.status.code());
        }
    }
    assert!(status.values().all(|status| *status == "submitted"), "{status:?}");
    // For the lead, and in reports, those drawn are not final before they are settled.
    let finals = open("lead").final_readings().unwrap();
    assert_eq!(finals.len(), 5);
    assert!(finals.iter().all(|row| !drawn.contains(&row.number.to_string())));
    let (_, _, err) = place.run(&["report", "items"]);
    assert!(err.contains("5 cases are handed in but not settled, and not counted\n"), "{err}");
    let (code, _, err) = place.run(&["second", "drop", &drawn[0], "--why", ""]);
    assert_eq!(code, 2);
    assert!(err.contains("doing without a second review needs a reason"), "{err}");
    place.ok(&["second", "drop", &drawn[0], "--why", "nobody is left to read it"]);
    assert_eq!(open("lead").final_readings().unwrap().len(), 6);
    place.ok(&["log", "verify"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_share_is_kept_in_every_stratum(
        sizes in prop::collection::vec(0..12_usize, 1..6),
        percent in 1..=100_u32,
        seed in "[0-9]{1,6}",
    ) {
        let mut pool = Vec::new();
        for (stratum, size) in sizes.iter().enumerate() {
            for _ in 0..*size {
                let case = format!("R-{:04}", 1 + pool.len());
                pool.push((case, format!("r{stratum} | East")));
            }
        }
        let drawn = draw_seconds(&pool, &seed, percent);
        let all: usize = drawn.iter().map(|one| one.cases.len()).sum();
        prop_assert_eq!(all, (pool.len() * percent as usize).div_ceil(100));
        for one in &drawn {
            let quota = one.size as f64 * all as f64 / pool.len() as f64;
            prop_assert!((one.cases.len() as f64 - quota).abs() < 1.0, "{} of {}", one.cases.len(), quota);
            let of: Vec<_> = pool.iter().filter(|(_, stratum)| *stratum == one.name).collect();
            let last = one.cases.last().map(|(_, ticket)| *ticket);
            let better = of.iter().filter(|(case, _)| Some(Ticket::new(&seed, case)) <= last).count();
            prop_assert_eq!(better, one.cases.len());
        }
        pool.reverse();
        prop_assert_eq!(draw_seconds(&pool, &seed, percent), drawn);
    }
}
