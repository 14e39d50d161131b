//! Reports on cases: progress, eliminations, alerts, overridden ratings.

use std::collections::BTreeMap;

use super::compared::{Compared, rows};
use super::world::World;
use super::{asked, group, group_of};

pub fn progress(world: &World, way: &[&str], compared: &mut Compared) {
    let mut groups: BTreeMap<Vec<String>, [u64; 5]> = BTreeMap::new();
    for case in &world.cases {
        groups.entry(group(&case.facts, way)).or_default()[case.at] += 1;
    }
    let found = rows(world, &asked("progress", way));
    assert_eq!(found.len(), groups.len());
    for row in &found {
        let counts = groups[&group_of(row, way)];
        let names = ["unassigned", "not_started", "in_progress", "submitted", "final"];
        for (name, count) in names.into_iter().zip(counts) {
            compared.count(row, name, count);
        }
        let cases = counts.iter().sum();
        compared.count(row, "cases", cases);
        compared.part(row, "proportion", (counts[4], cases));
    }
}

pub fn eliminations(world: &World, way: &[&str], compared: &mut Compared) {
    let found = rows(world, &asked("eliminations", way));
    let mut gone = 0;
    for row in &found {
        let here = group_of(row, way);
        let of: Vec<_> =
            world.sampled.iter().filter(|case| group(&case.facts, way) == here).collect();
        let reason = row["reason"].as_str().unwrap();
        let out: Vec<_> =
            of.iter().filter(|case| case.eliminated.as_deref() == Some(reason)).collect();
        compared.count(row, "eliminated", out.len() as u64);
        let replaced = out.iter().filter(|case| case.replaced).count();
        compared.count(row, "replaced", replaced as u64);
        compared.count(row, "cases", of.len() as u64);
        compared.part(row, "proportion", (out.len() as u64, of.len() as u64));
        gone += out.len();
    }
    assert_eq!(gone, world.sampled.iter().filter(|case| case.eliminated.is_some()).count());
}

pub fn alerts(world: &World, way: &[&str], compared: &mut Compared) {
    let found = rows(world, &asked("alerts", way));
    let mut all = 0;
    for row in &found {
        let here = group_of(row, way);
        let of: Vec<_> =
            world.alerts.iter().filter(|alert| group(&alert.facts, way) == here).collect();
        for (kind, name) in [
            ("safety", "safety"),
            ("permanency", "permanency"),
            ("well-being", "well_being"),
            ("follow-up", "follow_up"),
        ] {
            let wanted = of.iter().filter(|alert| alert.kind == kind).count();
            compared.count(row, name, wanted as u64);
        }
        let closed = of.iter().filter(|alert| alert.closed).count() as u64;
        compared.count(row, "alerts", of.len() as u64);
        compared.count(row, "closed", closed);
        compared.part(row, "proportion", (closed, of.len() as u64));
        all += of.len();
    }
    assert_eq!(all, world.alerts.len());
}

pub fn overrides(world: &World, way: &[&str], compared: &mut Compared) {
    let all: Vec<_> = world
        .finals
        .iter()
        .flat_map(|one| one.overrides.iter().map(move |set| (&one.facts, set)))
        .collect();
    let found = rows(world, &asked("overrides", way));
    let mut told = 0;
    for row in &found {
        let here = group_of(row, way);
        let of: Vec<_> = all
            .iter()
            .filter(|(facts, set)| {
                group(facts, way) == here && row["item"] == *set.item && row["rule"] == *set.rule
            })
            .collect();
        for code in ["strength", "ani", "na"] {
            let wanted = of.iter().filter(|(_, set)| set.rating == code).count();
            compared.count(row, code, wanted as u64);
        }
        compared.count(row, "overridden", of.len() as u64);
        compared.part(row, "proportion", (of.len() as u64, all.len() as u64));
        told += of.len();
    }
    assert_eq!(told, all.len());
}
