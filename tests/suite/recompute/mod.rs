//! Every figure of the reports, computed anew from the events of random workspaces.
//!
//! A handful in every run; `CASEREVIEW_WORLDS=200 cargo test --test suite recompute` takes
//! that many.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod figures;
mod plan;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use figures::{newcombe, percent, stratified, wilson};
use world::{Final, World};

/// Figures compared so far in one workspace.
#[derive(Default)]
pub struct Compared(usize);

impl Compared {
    fn count(&mut self, row: &Value, name: &str, wanted: u64) {
        assert_eq!(row[name], Value::from(wanted), "{name} of {row}");
        self.0 += 1;
    }
    fn number(&mut self, row: &Value, name: &str, wanted: Option<f64>) {
        match (row[name].as_f64(), wanted) {
            (None, None) => assert!(row[name].is_null(), "{name} of {row}"),
            (Some(found), Some(wanted)) if (found - wanted).abs() < 1e-9 => {}
            (found, wanted) => panic!("{name} is {found:?}, not {wanted:?}, of {row}"),
        }
        self.0 += 1;
    }
    /// Proportion and its interval.
    fn share(&mut self, row: &Value, (x, n): (u64, u64)) {
        self.number(row, "proportion", (n > 0).then(|| x as f64 / n as f64));
        let interval = wilson(x, n);
        self.number(row, "low", interval.map(|(low, _)| low));
        self.number(row, "high", interval.map(|(_, high)| high));
    }
}

/// The ways results are grouped here.
const WAYS: [&[&str]; 6] = [
    &[],
    &["region"],
    &["county"],
    &["case_type", "period"],
    &["review_kind", "region"],
    &["reviewer", "round"],
];

/// Questions answered by Yes or No about a person, by person and item.
const PERSONS: [(&str, &str, &[&str]); 16] = [
    ("child", "14", &["14.A", "14.B", "14.C", "14.D"]),
    ("child", "15", &["15.A1", "15.A2"]),
    ("child", "17", &["17.A1", "17.A2"]),
    ("child", "18", &["18.A"]),
    ("child", "19", &["19.A", "19.B"]),
    ("mother", "16", &["16.A"]),
    ("mother", "17", &["17.B1", "17.B3"]),
    ("mother", "18", &["18.B"]),
    ("mother", "20", &["20.A2", "20.C"]),
    ("father", "16", &["16.B"]),
    ("father", "17", &["17.B2", "17.B4"]),
    ("father", "18", &["18.C"]),
    ("father", "20", &["20.B2", "20.D"]),
    ("maternal-relatives", "15", &["15.B"]),
    ("paternal-relatives", "15", &["15.C"]),
    ("foster-parents", "17", &["17.C1", "17.C2"]),
];

fn rows(world: &World, line: &[&str]) -> Vec<Value> {
    let (code, out, err) = world.run(&[line, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{line:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

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

fn items(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), way);
    let mut line = asked("items", way);
    line.push("--sub-items");
    let found = rows(world, &line);
    assert_eq!(found.len(), 10 * groups.len(), "seven items and three sub-items a group");
    let (code, csv, _) = world.run(&[line.as_slice(), &["--format", "csv"]].concat());
    assert_eq!(code, 0);
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let at = csv.headers().unwrap().iter().position(|name| name == "percent").unwrap();
    let printed: Vec<String> = csv.records().map(|row| row.unwrap()[at].to_owned()).collect();
    for (row, printed) in found.iter().zip(printed) {
        let reviews = &groups[&group_of(row, way)];
        let item = row["item"].as_str().unwrap();
        let rated =
            |code: &str| many(reviews, |one| one.ratings.get(item).is_some_and(|r| r == code));
        let (x, ani) = (rated("strength"), rated("ani"));
        compared.count(row, "strength", x);
        compared.count(row, "ani", ani);
        compared.count(row, "na", rated("na"));
        compared.count(row, "incomplete", rated("incomplete") + rated("invalid"));
        compared.count(row, "applicable", x + ani);
        compared.share(row, (x, x + ani));
        assert_eq!(printed, percent(x, x + ani), "{row}");
        compared.0 += 1;
    }
}

fn outcomes(world: &World, way: &[&str], compared: &mut Compared) {
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
    }
}

fn said(one: &Final, question: &str) -> String {
    one.answers.as_ref().and_then(|all| all.get(question)).cloned().unwrap_or_default()
}

fn of_answers(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = grouped(world.finals.iter().filter(|one| one.answers.is_some()), way);
    let mut questions = BTreeSet::new();
    for row in rows(world, &asked("questions", way)) {
        let reviews = &groups[&group_of(&row, way)];
        let question = row["question"].as_str().unwrap();
        questions.insert(question.to_owned());
        let many = |code: &str| many(reviews, |one| said(one, question) == code);
        let (yes, no) = (many("yes"), many("no"));
        compared.count(&row, "yes", yes);
        compared.count(&row, "no", no);
        compared.count(&row, "na", many("na"));
        compared.count(&row, "applicable", yes + no);
        compared.share(&row, (yes, yes + no));
    }
    let about_people: BTreeSet<String> =
        PERSONS.iter().flat_map(|(_, _, all)| *all).map(|id| (*id).to_owned()).collect();
    assert!(about_people.is_subset(&questions), "{questions:?}");

    let found = rows(world, &asked("participants", way));
    let known = PERSONS.len();
    assert_eq!(found.len(), known * groups.len());
    for row in &found {
        let reviews = &groups[&group_of(row, way)];
        let (person, item) = (row["participant"].as_str().unwrap(), row["item"].as_str().unwrap());
        let (_, _, questions) =
            PERSONS.iter().find(|(p, i, _)| (*p, *i) == (person, item)).unwrap();
        let any = |one: &Final, code: &str| questions.iter().any(|id| said(one, id) == code);
        let met = many(reviews, |one| any(one, "yes") && !any(one, "no"));
        let not = many(reviews, |one| any(one, "no"));
        compared.count(row, "met", met);
        compared.count(row, "not_met", not);
        let na = many(reviews, |one| any(one, "na") && !any(one, "yes") && !any(one, "no"));
        compared.count(row, "na", na);
        compared.share(row, (met, met + not));
    }

    let mut reasons = 0;
    for row in rows(world, &asked("reasons", way)) {
        let reviews = &groups[&group_of(&row, way)];
        let (question, reason) =
            (row["question"].as_str().unwrap(), row["reason"].as_str().unwrap());
        let asked = many(reviews, |one| !said(one, question).is_empty());
        let given = many(reviews, |one| said(one, question) == reason);
        compared.count(&row, "asked", asked);
        compared.count(&row, "given", given);
        compared.share(&row, (given, asked));
        reasons += given;
    }
    let all = groups.values().flatten().flat_map(|one| one.answers.iter().flatten());
    let wanted = all.filter(|(question, _)| question.ends_with(".reason")).count();
    assert_eq!(reasons, wanted as u64, "every reason given stands somewhere");
}

fn components(world: &World, compared: &mut Compared) {
    let way: &[&str] = &["region"];
    let groups = grouped(world.finals.iter(), way);
    for row in rows(world, &asked("components", way)) {
        let reviews = &groups[&group_of(&row, way)];
        let words = row["items"].as_str().unwrap().replace(" and ", " ").replace(',', " ");
        let items: Vec<&str> = words.split_whitespace().collect();
        let rated = |code: &str| -> u64 {
            let of = |item: &&str| {
                many(reviews, |one| one.ratings.get(*item).is_some_and(|r| r == code))
            };
            items.iter().map(of).sum()
        };
        let (x, ani) = (rated("strength"), rated("ani"));
        compared.count(&row, "strength", x);
        compared.count(&row, "ani", ani);
        compared.share(&row, (x, x + ani));
    }
}

fn trend(world: &World, compared: &mut Compared) {
    let groups = grouped(world.finals.iter(), &["region", "period"]);
    let mut before: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
    for row in rows(world, &["report", "trend", "--by", "region"]) {
        let region = row["group"]["region"].as_str().unwrap().to_owned();
        let period = row["group"]["period"].as_str().unwrap().to_owned();
        let item = row["item"].as_str().unwrap().to_owned();
        let reviews = &groups[&vec![region.clone(), period]];
        let rated =
            |code: &str| many(reviews, |one| one.ratings.get(&item).is_some_and(|r| r == code));
        let (x, n) = (rated("strength"), rated("strength") + rated("ani"));
        compared.count(&row, "strength", x);
        compared.share(&row, (x, n));
        let last = before.get(&(item.clone(), region.clone())).copied();
        let change = last.and_then(|last| newcombe((x, n), last));
        compared.number(&row, "change", change.map(|(change, _, _)| change));
        compared.number(&row, "change_low", change.map(|(_, low, _)| low));
        compared.number(&row, "change_high", change.map(|(_, _, high)| high));
        if n > 0 {
            before.insert((item, region), (x, n));
        }
    }
}

fn state(world: &World, compared: &mut Compared) {
    let (code, out, err) = world.run(&["report", "state", "--format", "json"]);
    let of_round: Vec<&Final> =
        world.finals.iter().filter(|one| one.facts["round"] == world.round).collect();
    let in_stratum =
        |stratum: &str, one: &Final| one.facts.get("stratum").is_some_and(|known| known == stratum);
    let lacks = world
        .strata
        .iter()
        .any(|(stratum, size)| *size > 0 && !of_round.iter().any(|one| in_stratum(stratum, one)));
    if lacks {
        assert_eq!(code, 2, "{err}");
        return;
    }
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    for row in &found {
        let item = row["item"].as_str().unwrap();
        let strata: Vec<[u64; 4]> = world
            .strata
            .iter()
            .map(|(stratum, size)| {
                let of = |code: &str| {
                    let is = |one: &Final| one.ratings.get(item).is_some_and(|r| r == code);
                    many(&of_round, |one| in_stratum(stratum, one) && is(one))
                };
                let sampled = many(&of_round, |one| in_stratum(stratum, one));
                [*size, sampled, of("strength") + of("ani"), of("strength")]
            })
            .collect();
        let wanted = stratified(&strata);
        compared.number(row, "estimate", wanted.map(|(p, _)| p));
        compared.number(row, "error", wanted.map(|(_, error)| error));
    }
}

fn progress(world: &World, compared: &mut Compared) {
    let mut groups: BTreeMap<Vec<String>, [u64; 5]> = BTreeMap::new();
    for case in &world.cases {
        groups.entry(group(&case.facts, &["region"])).or_default()[case.at] += 1;
    }
    let found = rows(world, &["report", "progress", "--by", "region"]);
    assert_eq!(found.len(), groups.len());
    for row in &found {
        let counts = groups[&group_of(row, &["region"])];
        let names = ["unassigned", "not_started", "in_progress", "submitted", "final"];
        for (name, count) in names.into_iter().zip(counts) {
            compared.count(row, name, count);
        }
        compared.count(row, "cases", counts.iter().sum());
    }
}

fn eliminations(world: &World, compared: &mut Compared) {
    let found = rows(world, &["report", "eliminations", "--by", "region"]);
    let mut gone = 0;
    for row in &found {
        let region = row["group"]["region"].as_str().unwrap();
        let of: Vec<_> =
            world.sampled.iter().filter(|case| case.facts["region"] == region).collect();
        let reason = row["reason"].as_str().unwrap();
        let out: Vec<_> =
            of.iter().filter(|case| case.eliminated.as_deref() == Some(reason)).collect();
        compared.count(row, "eliminated", out.len() as u64);
        let replaced = out.iter().filter(|case| case.replaced).count();
        compared.count(row, "replaced", replaced as u64);
        compared.count(row, "cases", of.len() as u64);
        gone += out.len();
    }
    assert_eq!(gone, world.sampled.iter().filter(|case| case.eliminated.is_some()).count());
}

#[test]
fn every_figure_equals_one_computed_from_the_events() {
    let worlds = std::env::var("CASEREVIEW_WORLDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let mut compared = Compared::default();
    for seed in 0..worlds {
        let world = World::new(seed);
        for way in WAYS {
            items(&world, way, &mut compared);
            outcomes(&world, way, &mut compared);
            of_answers(&world, way, &mut compared);
        }
        components(&world, &mut compared);
        trend(&world, &mut compared);
        state(&world, &mut compared);
        progress(&world, &mut compared);
        eliminations(&world, &mut compared);
        plan::status(&world, &mut compared);
    }
    println!("{} figures of {worlds} random workspaces agree", compared.0);
    assert!(compared.0 as u64 > 5_000 * worlds);
}
