//! How far readers agree, and why settled differences were there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::compared::{Compared, rows};
use super::figures::{Pairs, around, wilson};
use super::group;
use super::world::{Difference, Twice, World};

/// The ratings that an item can have: only those a table or the question whether it applies
/// leads to count for AC1.
fn possible(item: &str) -> usize {
    if ["17", "17A", "19"].contains(&item) { 2 } else { 3 }
}

/// Items that cases of a type never have.
fn never(twice: &Twice, item: &str) -> bool {
    twice.facts["case_type"] != "foster-care" && ["14", "15", "16", "17C"].contains(&item)
}

fn place(rating: &str) -> Option<usize> {
    ["strength", "ani", "na"].iter().position(|code| *code == rating)
}

/// Whether an item applies, of its rating.
fn applies(rating: &str) -> Option<usize> {
    place(rating).map(|at| usize::from(at == 2))
}

/// The pairs of one line of a group, and of how many cases one half is missing.
#[derive(Default)]
struct Line {
    given: Vec<(usize, usize)>,
    missing: u64,
    cases: BTreeSet<String>,
}

impl Line {
    fn add(&mut self, twice: &Twice, item: &str, of: fn(&str) -> Option<usize>) {
        if never(twice, item) {
            return;
        }
        self.cases.insert(twice.number.clone());
        match twice.ratings.each_ref().map(|ratings| of(&ratings[item])) {
            [Some(first), Some(second)] => self.given.push((first, second)),
            _ => self.missing += 1,
        }
    }

    fn compare(&self, row: &Value, categories: usize, compared: &mut Compared) {
        let pairs = Pairs { given: &self.given, categories };
        let n = self.given.len() as u64;
        compared.count(row, "cases", self.cases.len() as u64);
        compared.count(row, "n", n);
        compared.count(row, "missing", self.missing);
        compared.count(row, "same", pairs.same());
        compared.part(row, "agreement", (pairs.same(), n));
        compared.interval(row, wilson(pairs.same(), n));
        for (name, found) in [("kappa", pairs.kappa()), ("ac1", pairs.ac1())] {
            let within = |(low, high): (f64, f64)| (low.max(-1.0), high.min(1.0));
            let (low, high) = found.map(around).map(within).unzip();
            compared.number(row, name, found.map(|(value, _)| value));
            compared.close(row, &format!("{name}_low"), low, 1e-7);
            compared.close(row, &format!("{name}_high"), high, 1e-7);
        }
    }
}

const ITEMS: [&str; 7] = ["14", "15", "16", "17", "18", "19", "20"];

fn groups<'w>(world: &'w World, way: &[&str]) -> BTreeMap<Vec<String>, Vec<&'w Twice>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for one in &world.twice {
        groups.entry(group(&one.facts, way)).or_default().push(one);
    }
    groups
}

fn here(row: &Value, way: &[&str]) -> Vec<String> {
    way.iter().map(|name| row["group"][name].as_str().unwrap().to_owned()).collect()
}

pub fn agreement(world: &World, compared: &mut Compared) {
    if world.twice.is_empty() {
        return;
    }
    on_items(world, &["mode"], &["--sub-items"], compared);
    on_items(world, &["mode", "region"], &["--by", "item", "--by", "region"], compared);
    on_applicability(world, compared);
    on_questions(world, compared);
    for column in ["pair", "region", "month", "case_type", "review_kind"] {
        pooled(world, column, compared);
    }
    matrix(world, compared);
    cases(world, compared);
}

fn on_items(world: &World, way: &[&str], options: &[&str], compared: &mut Compared) {
    let groups = groups(world, way);
    let found = rows(world, &[&["report", "agreement"], options].concat());
    for row in &found {
        let item = row["item"].as_str().unwrap();
        let mut line = Line::default();
        groups[&here(row, way)].iter().for_each(|twice| line.add(twice, item, place));
        line.compare(row, possible(item), compared);
    }
    let possible = groups
        .values()
        .flat_map(|all| ITEMS.iter().filter(|item| all.iter().any(|twice| !never(twice, item))));
    let told = found.iter().filter(|row| ITEMS.contains(&row["item"].as_str().unwrap()));
    assert_eq!(told.count(), possible.count());
}

fn on_applicability(world: &World, compared: &mut Compared) {
    let groups = groups(world, &["mode"]);
    for row in rows(world, &["report", "agreement", "--by", "applicability"]) {
        let item = row["item"].as_str().unwrap();
        let mut line = Line::default();
        groups[&here(&row, &["mode"])].iter().for_each(|twice| line.add(twice, item, applies));
        line.compare(&row, 2, compared);
    }
}

/// On rated questions: a pair where both were asked it.
fn on_questions(world: &World, compared: &mut Compared) {
    let groups = groups(world, &["mode"]);
    let mut told = 0;
    for row in rows(world, &["report", "agreement", "--by", "question"]) {
        let question = row["question"].as_str().unwrap();
        let known = crate::rules_r2::statement::ITEMS.iter().flat_map(|(_, all)| *all);
        let Some((_, codes)) = known.into_iter().find(|(id, _)| *id == question) else { continue };
        let mut line = Line::default();
        for twice in &groups[&here(&row, &["mode"])] {
            let place = |answers: &BTreeMap<String, String>| {
                codes.iter().position(|code| answers.get(question).is_some_and(|a| a == code))
            };
            // Reviews were handed in whole: an answer that is not there was not asked for.
            if let [Some(first), Some(second)] = twice.answers.each_ref().map(place) {
                line.given.push((first, second));
                line.cases.insert(twice.number.clone());
            }
        }
        line.compare(&row, codes.len(), compared);
        told += 1;
    }
    assert!(told > 10, "{told}");
}

fn pooled_line<'w>(all: impl Iterator<Item = &'w Twice>) -> Line {
    let mut line = Line::default();
    for twice in all {
        ITEMS.iter().for_each(|item| line.add(twice, item, place));
    }
    line
}

fn pooled(world: &World, column: &str, compared: &mut Compared) {
    let way = ["mode", column];
    let groups = groups(world, &way);
    let found = rows(world, &["report", "agreement", "--by", column]);
    assert_eq!(found.len(), groups.len());
    for row in &found {
        let line = pooled_line(groups[&here(row, &way)].iter().copied());
        line.compare(row, 3, compared);
    }
}

/// Who with whom, in both directions.
fn matrix(world: &World, compared: &mut Compared) {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    for row in rows(world, &["report", "agreement", "--matrix"]) {
        let (one, other) = (text(&row, "reader"), text(&row, "with"));
        let mode = text(&row["group"], "mode");
        let mine = |twice: &&Twice| {
            let [first, second] = &twice.readers;
            let both = *first == one && *second == other || *first == other && *second == one;
            both && twice.facts["mode"] == mode
        };
        pooled_line(world.twice.iter().filter(mine)).compare(&row, 3, compared);
    }
}

/// The cases that two read, with the items they part on.
fn cases(world: &World, compared: &mut Compared) {
    let pair = &world.twice[0].facts["pair"];
    let found = rows(world, &["report", "agreement", "--cases", pair]);
    let mine: Vec<&Twice> =
        world.twice.iter().filter(|twice| twice.facts["pair"] == *pair).collect();
    assert_eq!(found.len(), mine.len());
    for row in &found {
        let twice = mine.iter().find(|twice| row["case"] == *twice.number).unwrap();
        let line = pooled_line(std::iter::once(*twice));
        let same = line.given.iter().filter(|(first, second)| first == second).count() as u64;
        compared.count(row, "n", line.given.len() as u64);
        compared.count(row, "same", same);
        compared.part(row, "agreement", (same, line.given.len() as u64));
    }
}

const CAUSES: [(&str, &str); 6] = [
    ("missed-evidence", "missed_evidence"),
    ("read-differently", "read_differently"),
    ("applicability", "applicability"),
    ("period", "period"),
    ("slip", "slip"),
    ("judgment", "judgment"),
];

fn different_cases<'d>(all: impl Iterator<Item = &'d Difference>) -> u64 {
    all.map(|one| &one.number).collect::<BTreeSet<_>>().len() as u64
}

pub fn causes(world: &World, compared: &mut Compared) {
    let all = &world.differences;
    for row in rows(world, &["report", "causes"]) {
        let of = || all.iter().filter(|one| row["question"] == *one.question);
        compared.count(&row, "cases", different_cases(of()));
        compared.count(&row, "settled", of().count() as u64);
        for (code, name) in CAUSES {
            let wanted = of().filter(|one| one.settled.cause == code).count();
            compared.count(&row, name, wanted as u64);
        }
    }
    for row in rows(world, &["report", "causes", "--by", "cause"]) {
        let (code, _) = CAUSES.iter().find(|(_, name)| row["cause"] == *name).unwrap();
        let of = || all.iter().filter(|one| one.settled.cause == *code);
        let n = of().count() as u64;
        compared.count(&row, "cases", different_cases(of()));
        compared.count(&row, "settled", n);
        compared.part(&row, "proportion", (n, all.len() as u64));
    }
    for row in rows(world, &["report", "causes", "--by", "reviewer"]) {
        let reader = row["reviewer"].as_str().unwrap();
        let of = || all.iter().filter(|one| one.readers.iter().any(|known| known == reader));
        let not_taken = |one: &&Difference| {
            let mine = if one.readers[0] == reader { "first" } else { "second" };
            one.settled.took != mine
        };
        compared.count(&row, "cases", different_cases(of()));
        compared.count(&row, "settled", of().count() as u64);
        compared.count(&row, "not_taken", of().filter(not_taken).count() as u64);
        for (code, name) in CAUSES {
            let wanted = of().filter(not_taken).filter(|one| one.settled.cause == code).count();
            compared.count(&row, name, wanted as u64);
        }
    }
}
