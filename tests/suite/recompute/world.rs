//! A random workspace, and what its events say, read from the file by plain code: the bodies of
//! the log as JSON, nothing of the tables reports are made from.

use std::collections::BTreeMap;
use std::fmt::Write;

use rusqlite::Connection;
use serde_json::Value;

use crate::program::run;
use crate::rules_r2::statement::{self, ITEMS};

/// A small stream of numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    }
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % sides
    }
    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.roll(all.len() as u64) as usize]
    }
}

/// One final review: what reports count.
#[derive(Debug, Clone)]
pub struct Final {
    pub facts: BTreeMap<String, String>,
    pub drawn: bool,
    /// None where only ratings were imported.
    pub answers: Option<BTreeMap<String, String>>,
    pub ratings: BTreeMap<String, String>,
    pub outcomes: BTreeMap<String, String>,
}

/// One case of a sample.
#[derive(Debug, Clone)]
pub struct Sampled {
    pub facts: BTreeMap<String, String>,
    pub eliminated: Option<String>,
    pub replaced: bool,
}

/// How far a case is.
#[derive(Debug, Clone)]
pub struct Standing {
    pub facts: BTreeMap<String, String>,
    /// Place in unassigned, not_started, in_progress, submitted, final.
    pub at: usize,
}

pub struct World {
    pub folder: tempfile::TempDir,
    pub finals: Vec<Final>,
    pub sampled: Vec<Sampled>,
    pub cases: Vec<Standing>,
    /// Cases in the frame by stratum.
    pub strata: BTreeMap<String, u64>,
    /// The round that was drawn.
    pub round: String,
}

#[derive(Default)]
struct Known {
    facts: BTreeMap<String, String>,
    readings: Vec<(bool, BTreeMap<String, String>, String)>,
    open: Vec<bool>,
    ratings: BTreeMap<String, String>,
    sample: Option<bool>,
    eliminated: Option<String>,
    replaced: bool,
    came_in: bool,
}

impl World {
    /// A workspace made from a number: reviews, pairs, drafts, imported ratings, eliminations.
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = Dice::new(seed);
        let reviews = 8 + dice.roll(110);
        let (reviews, text) = (reviews.to_string(), format!("world {seed}"));
        let ok = |line: &[&str]| {
            let (code, out, err) = run(folder.path(), line);
            assert_eq!(code, 0, "{line:?}: {err}");
            out
        };
        ok(&["demo", "--dir", ".", "--cases", &reviews, "--seed", &text]);
        std::fs::write(folder.path().join("ratings.csv"), ratings(&mut dice)).unwrap();
        ok(&["import", "ratings", "ratings.csv"]);
        let mut world = Self::read(folder);
        world.eliminate(&mut dice);
        Self::read(world.folder)
    }

    pub fn run(&self, line: &[&str]) -> (i32, String, String) {
        run(self.folder.path(), line)
    }

    /// Eliminates some cases nobody has read, and brings spares in for some of them.
    fn eliminate(&mut self, dice: &mut Dice) {
        let csv = self.run(&["sample", "show", "--format", "csv"]).1;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let numbers: Vec<String> = reader
            .records()
            .map(|row| row.unwrap())
            .filter(|row| &row[2] == "sample")
            .map(|row| row[1].to_owned())
            .collect();
        for _ in 0..dice.roll(5) {
            let case = dice.pick(&numbers).clone();
            let reason = *dice.pick(&["subsidy-only", "out-of-area", "other-state"]);
            let asked = self.run(&["sample", "eliminate", &case, "--reason", reason, "--as", "R1"]);
            if asked.0 == 0 && self.run(&["sample", "approve", &case, "--as", "lead"]).0 == 0 {
                // Where no spare is left nothing comes in.
                self.run(&["sample", "replace", &case, "--as", "lead"]);
            }
        }
    }

    fn read(folder: tempfile::TempDir) -> Self {
        let db = Connection::open(folder.path().join("casereview.db")).unwrap();
        let mut query = db.prepare("SELECT body FROM event ORDER BY position").unwrap();
        let bodies = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        let (mut strata, mut round) = (BTreeMap::new(), String::new());
        for body in bodies {
            let event: Value = serde_json::from_slice(&body.unwrap()).unwrap();
            let data = &event["data"];
            let number = |value: &Value| value.as_str().unwrap().to_owned();
            match event["kind"].as_str().unwrap() {
                "sample-drawn" => {
                    for one in data["strata"].as_array().unwrap() {
                        let size = one["size"].as_u64().unwrap();
                        strata.insert(number(&one["stratum"]), size);
                    }
                    for one in data["cases"].as_array().unwrap() {
                        let case = known.entry(number(&one["case"]["number"])).or_default();
                        case.facts = facts(&one["case"]);
                        round = case.facts["round"].clone();
                        let stratum = number(&one["place"]["stratum"]);
                        case.facts.insert("stratum".to_owned(), stratum);
                        case.sample = Some(!one["place"]["spare"].as_bool().unwrap());
                    }
                }
                "reading-imported" => {
                    let case = known.entry(number(&data["case"]["number"])).or_default();
                    for (name, value) in facts(&data["case"]) {
                        case.facts.entry(name).or_insert(value);
                    }
                    let answers = data["answers"].as_array().unwrap().iter().filter_map(|one| {
                        let code = one["value"]["code"].as_str()?;
                        Some((number(&one["question"]), code.to_owned()))
                    });
                    let sealed = data.get("seal").is_some_and(|seal| !seal.is_null());
                    let reviewer = number(&data["reviewer"]);
                    case.readings.push((sealed, answers.collect(), reviewer));
                }
                "reading-assigned" => {
                    let case = known.entry(number(&data["case"]["number"])).or_default();
                    case.open.push(false);
                }
                "ratings-imported" => {
                    for one in data["cases"].as_array().unwrap() {
                        let case = known.entry(number(&one["case"]["number"])).or_default();
                        case.facts = facts(&one["case"]);
                        for (item, rating) in one["ratings"].as_object().unwrap() {
                            case.ratings.insert(item.clone(), number(rating));
                        }
                    }
                }
                "elimination-asked" => {
                    let case = known.get_mut(&number(&data["case"])).unwrap();
                    case.eliminated = Some(format!("?{}", number(&data["reason"])));
                }
                "elimination-approved" => {
                    let case = known.get_mut(&number(&data["case"])).unwrap();
                    let asked = case.eliminated.clone().unwrap_or_default();
                    case.eliminated = Some(asked.trim_start_matches('?').to_owned());
                }
                "spare-brought-in" => {
                    known.get_mut(&number(&data["instead_of"])).unwrap().replaced = true;
                    known.get_mut(&number(&data["spare"])).unwrap().came_in = true;
                }
                _ => {}
            }
        }
        drop(query);
        drop(db);
        let mut world = Self {
            folder,
            finals: Vec::new(),
            sampled: Vec::new(),
            cases: Vec::new(),
            strata,
            round,
        };
        known.into_values().for_each(|case| world.take(case));
        world
    }

    fn take(&mut self, case: Known) {
        let gone = case.eliminated.filter(|reason| !reason.starts_with('?'));
        if case.sample == Some(true) || case.came_in {
            self.sampled.push(Sampled {
                facts: case.facts.clone(),
                eliminated: gone.clone(),
                replaced: case.replaced,
            });
        }
        let waits = case.sample == Some(false) && !case.came_in;
        if gone.is_some() || waits && case.readings.is_empty() {
            return;
        }
        let at = match case.readings.as_slice() {
            [] if !case.ratings.is_empty() => 4,
            [] if !case.open.is_empty() => 1,
            [] => 0,
            [(true, _, _)] => 4,
            all if all.iter().all(|(sealed, _, _)| *sealed) => 3,
            _ => 2,
        };
        // Of ratings from elsewhere the program has no case to make progress with.
        if case.ratings.is_empty() {
            self.cases.push(Standing { facts: case.facts.clone(), at });
        }
        if at != 4 {
            return;
        }
        let mut facts = case.facts;
        let drawn = facts.contains_key("sample_id");
        let answers = case.readings.into_iter().next().map(|(_, answers, reviewer)| {
            facts.insert("reviewer".to_owned(), reviewer);
            answers
        });
        let (ratings, outcomes) = match &answers {
            Some(answers) => rated(&facts["case_type"], answers),
            None => (case.ratings, BTreeMap::new()),
        };
        self.finals.push(Final { facts, drawn, answers, ratings, outcomes });
    }
}

fn facts(case: &Value) -> BTreeMap<String, String> {
    let names = ["region", "county", "case_type", "period", "round", "review_kind", "sample_id"];
    let fact = |name: &str| Some((name.to_owned(), case.get(name)?.as_str()?.to_owned()));
    names.into_iter().filter_map(fact).collect()
}

/// Ratings of items, sub-items and outcomes by the second statement of the rules.
fn rated(
    case_type: &str,
    answers: &BTreeMap<String, String>,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let in_home = case_type != "foster-care";
    let mut ratings = BTreeMap::new();
    for (position, (_, questions)) in ITEMS.iter().enumerate() {
        let given: Vec<_> = questions
            .iter()
            .map(|(id, codes)| {
                let given = answers.get(*id);
                (*id, given.and_then(|given| codes.iter().copied().find(|code| code == given)))
            })
            .collect();
        for (_, id, verdict) in statement::item(position, in_home, &given) {
            ratings.insert(id.to_owned(), verdict.rating.to_owned());
        }
    }
    let of = |id: &str| {
        let all = ["strength", "ani", "na", "incomplete", "invalid"];
        *all.iter().find(|code| ratings[id] == **code).unwrap()
    };
    let outcomes = statement::outcomes(["17", "18", "19", "20"].map(of));
    let outcomes = outcomes.into_iter().map(|(id, v)| (id.to_owned(), v.rating.to_owned()));
    (ratings, outcomes.collect())
}

/// A file of ratings of other half-years, some of kind pip.
fn ratings(dice: &mut Dice) -> String {
    let mut text =
        "case,region,county,case_type,period,instrument,item,rating,review_kind,sample_id\n"
            .to_owned();
    for nth in 0..20 + dice.roll(60) {
        let region = *dice.pick(&["Knox", "Shelby", "Davidson", "=East"]);
        let county = *dice.pick(&["Knox", "Shelby", "Bledsoe"]);
        let case_type = *dice.pick(&["foster-care", "in-home"]);
        let period = *dice.pick(&["2024", "2025-H2", "2026-H2", "2026-Q4", "2027-H1"]);
        let kind = *dice.pick(&["pip", "pip", "baseline", "regular"]);
        let sample = *dice.pick(&["s", "s", ""]);
        for item in ["14", "17", "18", "19", "20"] {
            let rating = *dice.pick(&["strength", "ani", "na", "incomplete", ""]);
            if !rating.is_empty() {
                let _ = writeln!(
                    text,
                    "E-{nth},{region},{county},{case_type},{period},cfsr-r2-items-14-20,{item},{rating},{kind},{sample}"
                );
            }
        }
    }
    text
}
