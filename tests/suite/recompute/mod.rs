//! Every figure of every report, computed anew from the events of random workspaces.
//!
//! A seeded hundredth in every run; `CASEREVIEW_WORLDS=200 cargo test --test suite recompute`
//! takes all of them. Each number makes three workspaces: one of practice reviews with imported
//! ratings, one in which people work, one of a checklist.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod alike;
mod answers;
mod cases;
mod checklists;
mod compared;
mod desk;
mod figures;
mod log;
mod pairs;
mod plan;
mod ratings;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use checklists::Lists;
use compared::Compared;
use world::{Final, World};

/// The ways results are grouped here.
const WAYS: [&[&str]; 6] = [
    &[],
    &["region"],
    &["county"],
    &["case_type", "period"],
    &["review_kind", "month"],
    &["reviewer", "round"],
];

/// The reports whose every figure is computed anew, by the test that does it.
const REPORTS: [(&str, &str); 18] = [
    ("items", "ratings"),
    ("trend", "ratings"),
    ("outcomes", "ratings"),
    ("components", "ratings"),
    ("state", "ratings"),
    ("questions", "answers"),
    ("participants", "answers"),
    ("reasons", "answers"),
    ("narratives", "answers"),
    ("sections", "checklists"),
    ("issues", "checklists"),
    ("measures", "checklists"),
    ("eliminations", "cases"),
    ("overrides", "cases"),
    ("alerts", "cases"),
    ("progress", "cases"),
    ("agreement", "pairs"),
    ("causes", "pairs"),
];

/// Counted by hand in `tests/suite/lateness.rs`: the random workspaces stand on a single day.
const BY_HAND: [&str; 1] = ["lateness"];

fn asked<'l>(subject: &'l str, way: &'l [&'l str]) -> Vec<&'l str> {
    let by = way.iter().flat_map(|column| ["--by", column]);
    ["report", subject].into_iter().chain(by).collect()
}

/// The values of a review's group, and of a row's.
fn group(facts: &BTreeMap<String, String>, way: &[&str]) -> Vec<String> {
    way.iter().map(|name| facts.get(*name).cloned().unwrap_or_default()).collect()
}

fn group_of(row: &Value, way: &[&str]) -> Vec<String> {
    way.iter().map(|name| row["group"][name].as_str().unwrap().to_owned()).collect()
}

/// Reviews by group.
fn grouped<'w>(
    finals: impl Iterator<Item = &'w Final>,
    way: &[&str],
) -> BTreeMap<Vec<String>, Vec<&'w Final>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in finals {
        groups.entry(group(&one.facts, way)).or_default().push(one);
    }
    groups
}

fn many(reviews: &[&Final], is: impl Fn(&Final) -> bool) -> u64 {
    reviews.iter().filter(|one| is(one)).count() as u64
}

/// The reports every workspace of rated reviews has.
fn compare(world: &World, ways: &[&[&str]], compared: &mut Compared) {
    if !world.finals.is_empty() {
        for way in ways {
            ratings::items(world, way, compared);
            ratings::outcomes(world, way, compared);
            answers::all(world, way, compared);
        }
        ratings::components(world, &["region"], compared);
        ratings::trend(world, compared);
        answers::narratives(world, &["region"], compared);
    }
    ratings::state(world, compared);
    for way in [&[][..], &["region"], &["case_type", "round"]] {
        cases::progress(world, way, compared);
        cases::eliminations(world, way, compared);
        cases::alerts(world, way, compared);
        cases::overrides(world, way, compared);
    }
    pairs::agreement(world, compared);
    pairs::causes(world, compared);
}

#[test]
fn every_figure_equals_one_computed_from_the_events() {
    let worlds = std::env::var("CASEREVIEW_WORLDS").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    let mut compared = Compared::default();
    for seed in 0..worlds {
        let world = World::practice(seed);
        compare(&world, &WAYS, &mut compared);
        plan::status(&world, &mut compared);
        plan::baseline(&world, &mut compared);
        let world = desk::world(seed);
        compare(&world, &WAYS[..2], &mut compared);
        Lists::new(seed).compare(&mut compared);
    }
    println!("{} figures of {worlds} random workspaces agree", compared.0);
    assert!(compared.0 as u64 > 5_000 * worlds);
}

#[test]
fn no_report_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let help = crate::program::run(folder.path(), &["report", "--help"]).1;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed: BTreeSet<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    let known: BTreeSet<&str> = REPORTS.iter().map(|(report, _)| *report).chain(BY_HAND).collect();
    assert_eq!(listed, known, "a report without figures computed anew");
}
