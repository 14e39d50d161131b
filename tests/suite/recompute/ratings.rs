//! Reports on ratings: items, outcomes, components, trend, the state's estimates.

use std::collections::BTreeMap;

use serde_json::Value;

use super::compared::{Compared, rows};
use super::figures::{newcombe, stratified, student};
use super::world::{Final, World};
use super::{asked, group, group_of, grouped, many};

/// Cases eliminated or not final that an item could apply to, and final ones without a rating
/// of it; of a group, or of all.
fn unread(world: &World, way: &[&str], of: Option<&[String]>, item: &str) -> u64 {
    let in_home = |facts: &BTreeMap<String, String>| facts["case_type"] != "foster-care";
    let never = |facts| in_home(facts) && ["14", "15", "16", "17C"].contains(&item);
    let waits = world.sampled.iter().filter(|case| {
        let here = of.is_none_or(|of| group(&case.facts, way) == of);
        here && !never(&case.facts) && (case.eliminated.is_some() || !case.is_final)
    });
    waits.count() as u64
}

fn rated(reviews: &[&Final], item: &str, code: &str) -> u64 {
    many(reviews, |one| one.ratings.get(item).is_some_and(|rating| rating == code))
}

/// Strength and applicable.
fn strength(reviews: &[&Final], item: &str) -> (u64, u64) {
    let x = rated(reviews, item, "strength");
    (x, x + rated(reviews, item, "ani"))
}

pub fn items(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), way);
    let all: Vec<&Final> = world.finals.iter().collect();
    let mut line = asked("items", way);
    line.extend(["--sub-items", "--sensitivity", "--total"]);
    let found = rows(world, &line);
    let totals = usize::from(!way.is_empty());
    assert_eq!(found.len(), 10 * (groups.len() + totals), "seven items, three sub-items a group");
    for row in &found {
        let of = row["group"].as_object().unwrap().values().all(Value::is_string);
        let of = of.then(|| group_of(row, way));
        let reviews = of.as_ref().map_or(&all, |of| &groups[of]);
        let item = row["item"].as_str().unwrap();
        let (x, n) = strength(reviews, item);
        compared.count(row, "strength", x);
        compared.count(row, "ani", n - x);
        compared.count(row, "na", rated(reviews, item, "na"));
        let incomplete = rated(reviews, item, "incomplete") + rated(reviews, item, "invalid");
        compared.count(row, "incomplete", incomplete);
        compared.count(row, "applicable", n);
        compared.share(row, (x, n));
        compared.number(row, "bar", (!item.ends_with(char::is_alphabetic)).then_some(0.9));
        let state = strength(&all, item);
        compared.part(row, "state_proportion", state);
        let of_state = state.0 as f64 / state.1 as f64;
        let reach = 1.959_963_984_540_054 * (of_state * (1.0 - of_state) / n as f64).sqrt();
        let off = x as f64 / n as f64 - of_state;
        let is_far = of.is_some() && !way.is_empty() && n > 0;
        // On the very line nothing is said; rounding must not decide it here.
        if !is_far || (off.abs() - reach).abs() > 1e-12 {
            let side = if off < 0.0 { "below" } else { "above" };
            let as_far = tail(x, n, of_state, off < 0.0) <= 0.025;
            let told = (is_far && off.abs() > reach && as_far).then_some(side);
            compared.text(row, "against_state", told);
        }
        let more = unread(world, way, of.as_deref(), item) + incomplete;
        compared.count(row, "unread", more);
        compared.part(row, "proportion_all_ani", (x, n + more));
        compared.part(row, "proportion_all_strength", (x + more, n + more));
    }
    crossed(world, way, &found, compared);
}

/// Under the numbers of another round the figures are those of the item there.
fn crossed(world: &World, way: &[&str], own: &[Value], compared: &mut Compared) {
    let number = |item: &str| {
        let (digits, letter) = item.split_at(2);
        format!("{}{letter}", digits.parse::<u64>().unwrap() - 5)
    };
    let mut line = asked("items", way);
    line.extend(["--sub-items", "--total", "--crosswalk", "cfsr-r3"]);
    let found = rows(world, &line);
    assert_eq!(found.len(), own.len());
    for row in own {
        let there = number(row["item"].as_str().unwrap());
        let same = |one: &&Value| one["item"] == there && one["group"] == row["group"];
        let crossed = found.iter().find(same).unwrap();
        for name in ["strength", "ani", "na", "incomplete", "proportion", "low", "high"] {
            assert_eq!(crossed[name], row[name], "{name} of {crossed}");
            compared.0 += 1;
        }
    }
}

pub fn outcomes(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), way);
    let found = rows(world, &asked("outcomes", way));
    assert_eq!(found.len(), 2 * groups.len());
    for row in &found {
        let reviews = &groups[&group_of(row, way)];
        let outcome = row["outcome"].as_str().unwrap();
        let rated =
            |code: &str| many(reviews, |one| one.outcomes.get(outcome).is_some_and(|r| r == code));
        let all =
            ["substantially", "partially", "not"].map(|code| rated(&format!("{code}-achieved")));
        compared.count(row, "substantially", all[0]);
        compared.count(row, "partially", all[1]);
        compared.count(row, "not_achieved", all[2]);
        compared.count(row, "na", rated("na"));
        compared.count(row, "applicable", all.iter().sum());
        compared.share(row, (all[0], all.iter().sum()));
        compared.number(row, "bar", Some(0.95));
        if outcome == "well-being-1" {
            compared.count(row, "incomplete", rated("incomplete"));
            compared.text(row, "note", None);
        }
    }
}

/// The components of the shipped practice model, by the Round 2 items they name that are here.
const COMPONENTS: [(&str, &str); 6] = [
    ("services", "19 20"),
    ("safety", "19 20"),
    ("involvement", "18 19 20"),
    ("assessment", "17 19 20"),
    ("connections", "14 15 16 19 20"),
    ("planning", "19 20"),
];

pub fn components(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), way);
    let found = rows(world, &asked("components", way));
    assert_eq!(found.len(), COMPONENTS.len() * groups.len());
    for row in &found {
        let reviews = &groups[&group_of(row, way)];
        let items: Vec<&str> = row["items"].as_str().unwrap().split(' ').collect();
        let known = COMPONENTS.iter().find(|(id, _)| row["component"] == *id).unwrap();
        assert_eq!(known.1, items.join(" "), "{row}");
        let rated =
            |code: &str| -> u64 { items.iter().map(|item| rated(reviews, item, code)).sum() };
        let (x, ani) = (rated("strength"), rated("ani"));
        compared.count(row, "applicable", x + ani);
        compared.count(row, "strength", x);
        compared.count(row, "ani", ani);
        compared.count(row, "na", rated("na"));
        compared.count(row, "incomplete", rated("incomplete") + rated("invalid"));
        compared.share(row, (x, x + ani));
    }
}

pub fn trend(world: &World, compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), &["region", "period"]);
    let mut before: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    let found = rows(world, &["report", "trend", "--by", "region"]);
    let crossed = rows(world, &["report", "trend", "--by", "region", "--crosswalk", "cfsr-r3"]);
    assert_eq!(found.len(), crossed.len());
    for (row, crossed) in found.iter().zip(&crossed) {
        let region = row["group"]["region"].as_str().unwrap().to_owned();
        let period = row["group"]["period"].as_str().unwrap().to_owned();
        let item = row["item"].as_str().unwrap().to_owned();
        let (x, n) = strength(&groups[&vec![region.clone(), period]], &item);
        compared.count(row, "applicable", n);
        compared.count(row, "strength", x);
        compared.share(row, (x, n));
        let last = before.get(&(item.clone(), region.clone())).copied();
        let change = last.and_then(|last| newcombe((x, n), last));
        for row in [row, crossed] {
            compared.number(row, "change", change.map(|(change, _, _)| change));
            compared.number(row, "change_low", change.map(|(_, low, _)| low));
            compared.number(row, "change_high", change.map(|(_, _, high)| high));
        }
        if n > 0 {
            before.insert((item, region), (x, n));
        }
    }
}

pub fn state(world: &World, compared: &mut Compared) {
    let of_round: Vec<&Final> =
        world.finals.iter().filter(|one| one.facts["round"] == world.round).collect();
    let in_stratum =
        |stratum: &str, one: &Final| one.facts.get("stratum").is_some_and(|known| known == stratum);
    let lacks = world
        .strata
        .iter()
        .any(|(stratum, size)| *size > 0 && !of_round.iter().any(|one| in_stratum(stratum, one)));
    if lacks {
        let (code, _, err) = world.run(&["report", "state", "--format", "json"]);
        let nobody = !of_round.iter().any(|one| one.facts.contains_key("stratum"));
        assert!(code == 2 || nobody && code == 0, "{err}");
        return;
    }
    for row in &rows(world, &["report", "state"]) {
        let item = row["item"].as_str().unwrap();
        let strata: Vec<[u64; 4]> = world
            .strata
            .iter()
            .map(|(stratum, size)| {
                let here = |one: &&&Final| in_stratum(stratum, one);
                let reviews: Vec<&Final> = of_round.iter().filter(here).copied().collect();
                let (x, n) = strength(&reviews, item);
                [*size, reviews.len() as u64, n, x]
            })
            .collect();
        let all = strata.iter().fold((0, 0), |sum, row| (sum.0 + row[3], sum.1 + row[2]));
        compared.count(row, "strength", all.0);
        compared.count(row, "applicable", all.1);
        compared.share(row, all);
        let wanted = stratified(&strata);
        compared.number(row, "estimate", wanted.map(|(p, _)| p));
        compared.number(row, "error", wanted.map(|(_, error)| error));
        let used = strata.iter().filter(|row| row[1] > 0);
        let degrees = used.map(|row| row[1] - 1).sum::<u64>();
        compared.count(row, "degrees_of_freedom", wanted.map_or(0, |_| degrees));
        if degrees > 0 {
            let reach = student(degrees);
            let ends = wanted.map(|(p, e)| ((p - reach * e).max(0.0), (p + reach * e).min(1.0)));
            compared.close(row, "estimate_low", ends.map(|(low, _)| low), 1e-6);
            compared.close(row, "estimate_high", ends.map(|(_, high)| high), 1e-6);
        }
        compared.number(row, "bar", Some(0.9));
    }
}

/// How likely `n` draws with probability `p` hit as seldom as `x` times, or as often, summed hit
/// by hit.
fn tail(x: u64, n: u64, p: f64, few: bool) -> f64 {
    let (q, start) = if few { (p, x) } else { (1.0 - p, n - x) };
    // All misses, then each further hit from the one before, in logarithms.
    let mut log = n as f64 * (1.0 - q).ln();
    let mut sum = log.exp();
    for hits in 1..=start {
        log += ((n - hits + 1) as f64 / hits as f64).ln() + (q / (1.0 - q)).ln();
        sum += log.exp();
    }
    sum
}
