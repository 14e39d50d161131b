//! The improvement plan's figures computed anew: the practice plan that a demo workspace has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::compared::{Compared, rows};
use super::figures::{needed, newcombe, percent, wilson};
use super::many;
use super::world::{Final, World};

const METRO: [&str; 4] = ["Shelby", "Davidson", "Knox", "Hamilton"];

/// The sample plan's half-years, those of its 2026-H2 first, by what lies in each.
const PERIODS: [(&str, &[&str]); 2] =
    [("2026-H2", &["2026-H2", "2026-Q4"]), ("2027-H1", &["2027-H1"])];

fn mix(reviews: &[&Final]) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for one in reviews {
        let metro = METRO.contains(&one.facts["county"].as_str());
        let place = if metro { "metro" } else { "other" };
        *counts.entry(format!("{} | {place}", one.facts["case_type"])).or_default() += 1.0;
    }
    counts.values_mut().for_each(|count| *count /= reviews.len() as f64);
    counts
}

pub fn status(world: &World, compared: &mut Compared) {
    let kind = |one: &Final, kinds: &[&str]| kinds.contains(&one.facts["review_kind"].as_str());
    let baseline: Vec<&Final> = world
        .finals
        .iter()
        .filter(|one| one.drawn && kind(one, &["baseline"]) && one.facts["period"] == "2025-H2")
        .collect();
    let measured = |periods: &[&str]| -> Vec<&Final> {
        let lies = |one: &&Final| periods.contains(&one.facts["period"].as_str());
        let counts = |one: &&Final| one.drawn && kind(one, &["pip", "practice"]);
        world.finals.iter().filter(counts).filter(lies).collect()
    };
    let come = PERIODS.iter().rposition(|(_, periods)| !measured(periods).is_empty());
    let come = come.map_or(0, |last| last + 1);
    let found = rows(world, &["pip", "status"]);
    assert_eq!(found.len(), 4 * come.max(1) + 1, "four items and an aggregate");
    let text = world.run(&["pip", "status"]).1;
    for row in found.iter().filter(|row| row["source"] == "case-review") {
        let item = row["item"].as_str().unwrap();
        let of = |reviews: &[&Final]| {
            let rated = |code: &str| {
                many(reviews, |one| one.ratings.get(item).is_some_and(|rating| rating == code))
            };
            (rated("strength"), rated("strength") + rated("ani"))
        };
        let (bx, bn) = of(&baseline);
        compared.count(row, "baseline_strength", bx);
        compared.count(row, "baseline_applicable", bn);
        let p = bx as f64 / bn as f64;
        let goal = (p + 1.28 * (p * (1.0 - p) / bn as f64).sqrt()).min(1.0);
        compared.number(row, "goal", Some(goal));
        let Some(name) = row["period"].as_str() else { continue };
        let (_, periods) = PERIODS.iter().find(|(known, _)| *known == name).unwrap();
        let reviews = measured(periods);
        let (x, n) = of(&reviews);
        compared.count(row, "strength", x);
        compared.count(row, "applicable", n);
        compared.share(row, (x, n));
        let words: Vec<String> = [n.to_string(), x.to_string(), percent(x, n)].into();
        let holds = |line: &str| {
            let line: Vec<&str> = line.split_whitespace().collect();
            line.first() == Some(&name) && line.get(1..4).is_some_and(|part| part == words)
        };
        assert!(n == 0 || text.lines().any(holds), "{words:?} in {text}");
        let change = newcombe((x, n), (bx, bn));
        compared.number(row, "since_baseline", change.map(|(change, _, _)| change));
        compared.number(row, "since_baseline_low", change.map(|(_, low, _)| low));
        compared.number(row, "since_baseline_high", change.map(|(_, _, high)| high));
        let sure = change.map(|(_, low, high)| if low > 0.0 || high < 0.0 { "yes" } else { "no" });
        assert_eq!(row["beyond_noise"], sure.map_or(Value::Null, Value::from));
        let minimum = if item == "20" { 15 } else { 20 };
        let met = n > 0 && x as f64 / n as f64 >= goal;
        let state = match (n < minimum, met) {
            (true, _) => "too-few",
            (false, true) => "met",
            (false, false) => "not-met",
        };
        assert_eq!(row["state"], state, "{row}");
        let points = (n > 0).then(|| goal - x as f64 / n as f64);
        compared.number(row, "points_to_goal", points);
        let more = (0..=n - x).find(|more| n > 0 && (x + more) as f64 / n as f64 >= goal);
        compared.number(row, "cases_to_goal", more.map(|more| more as f64));
        let is_last = PERIODS[..come].last().is_some_and(|(last, _)| *last == name);
        if is_last && goal < 1.0 {
            let share =
                if met && x as f64 / n as f64 > goal { x as f64 / n as f64 } else { goal + 0.05 };
            let share = share.min(1.0);
            compared.number(row, "next_proportion", Some(share));
            let n = needed(goal, share, [1.281_551_565_544_600_5, 0.841_621_233_572_914_3]);
            compared.count(row, "next_n", n.max(minimum));
        }
        moved(row, &mix(&baseline), &mix(&reviews), reviews.is_empty());
        compared.0 += 3;
    }
}

/// Baselines and goals, a row a measure.
pub fn baseline(world: &World, compared: &mut Compared) {
    let of_kind = |one: &&Final| one.drawn && one.facts["review_kind"] == "baseline";
    let reviews: Vec<&Final> = world
        .finals
        .iter()
        .filter(of_kind)
        .filter(|one| one.facts["period"] == "2025-H2")
        .collect();
    for row in rows(world, &["pip", "baseline"]) {
        let item = row["item"].as_str().unwrap();
        let rated =
            |code: &str| many(&reviews, |one| one.ratings.get(item).is_some_and(|r| r == code));
        let is_typed = row["source"].as_str().unwrap().starts_with("aggregate");
        let x = if is_typed { 41210 } else { rated("strength") };
        let n = if is_typed { 45817 } else { x + rated("ani") };
        compared.count(&row, "strength", x);
        compared.count(&row, "applicable", n);
        compared.part(&row, "proportion", (x, n));
        if is_typed {
            compared.number(&row, "goal", Some(0.95));
            continue;
        }
        compared.interval(&row, wilson(x, n));
        let p = x as f64 / n as f64;
        let margin = 1.28 * (p * (1.0 - p) / n as f64).sqrt();
        compared.number(&row, "margin", Some(margin));
        compared.number(&row, "goal", Some((p + margin).min(1.0)));
    }
}

/// Whether the strata named are those that moved by more than five points.
fn moved(row: &Value, then: &BTreeMap<String, f64>, now: &BTreeMap<String, f64>, nobody: bool) {
    let all: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let share =
        |shares: &BTreeMap<String, f64>, stratum| shares.get(stratum).copied().unwrap_or(0.0);
    let far: Vec<&&String> = all
        .iter()
        .filter(|stratum| (share(then, **stratum) - share(now, **stratum)).abs() > 0.05 + 1e-9)
        .collect();
    let told = row["case_mix"].as_str();
    match (nobody, far.is_empty()) {
        (true, _) => assert_eq!(told, None),
        (false, true) => assert_eq!(told, Some("within")),
        (false, false) => {
            let told = told.unwrap().strip_prefix("outside: ").unwrap();
            assert_eq!(told.split(", ").count(), far.len(), "{told}");
            assert!(far.iter().all(|stratum| told.contains(stratum.as_str())), "{told}");
        }
    }
}
