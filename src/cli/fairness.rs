//! The fairness table of `status`: how cases are spread over the people who read.

use std::collections::BTreeMap;

use crate::review::Which;
use crate::store::{CaseRow, Workspace};

/// Columns of the table.
pub const HEADER: [&str; 9] = [
    "reviewer",
    "region",
    "unit",
    "experience",
    "cases",
    "second",
    "case_types",
    "own_region",
    "own_county",
];

#[derive(Default)]
struct Spread<'r> {
    cases: u32,
    second: u32,
    own_region: u32,
    own_county: u32,
    types: BTreeMap<&'r str, u32>,
}

/// A row for everyone who reads, under either name, or is described: how many cases, of which types, and how many
/// from their own region and county (unknown where theirs is).
pub fn rows(workspace: &Workspace, queue: &[CaseRow]) -> Vec<[String; 9]> {
    let team = workspace.team();
    let mut people: BTreeMap<&str, Spread<'_>> = BTreeMap::new();
    for code in team.facts.keys() {
        people.entry(code.as_str()).or_default();
    }
    let facts = |code: &str| code.parse().map(|code| team.facts(&code)).unwrap_or_default();
    for row in queue.iter().filter(|row| row.reading.is_some()) {
        let names = [Some(row.reviewer.as_str()), row.partner.as_ref().map(|code| code.as_str())];
        for name in names.into_iter().flatten() {
            let spread = people.entry(name).or_default();
            let of = facts(name);
            spread.cases += 1;
            spread.second += u32::from(row.which == Which::Second);
            spread.own_region += u32::from(of.region.as_deref() == Some(&row.region));
            spread.own_county += u32::from(of.county.as_deref() == Some(&row.county));
            *spread.types.entry(&row.case_type).or_default() += 1;
        }
    }
    let row = |(code, spread): (&str, Spread<'_>)| {
        let of = facts(code);
        let own = |known: bool, n: u32| if known { n.to_string() } else { String::new() };
        let types: Vec<String> =
            spread.types.iter().map(|(code, n)| format!("{code} {n}")).collect();
        [
            code.to_owned(),
            of.region.clone().unwrap_or_default(),
            of.unit.clone().unwrap_or_default(),
            of.experience.map(|one| one.code().to_owned()).unwrap_or_default(),
            spread.cases.to_string(),
            spread.second.to_string(),
            types.join("; "),
            own(of.region.is_some(), spread.own_region),
            own(of.county.is_some(), spread.own_county),
        ]
    };
    people.into_iter().map(row).collect()
}
