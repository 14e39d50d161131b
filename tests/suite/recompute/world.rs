//! A random workspace, and what its events come to.

use std::collections::BTreeMap;
use std::fmt::Write;

use casereview::scoring::{self, Asked, read_value, score};

use super::log::{Answers, Case, Log, Override, Read, Settled};
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

type Facts = BTreeMap<String, String>;

/// One final review: what reports count.
#[derive(Debug, Clone)]
pub struct Final {
    pub facts: Facts,
    pub drawn: bool,
    /// None where only ratings were imported.
    pub answers: Option<Answers>,
    pub narratives: BTreeMap<String, String>,
    pub ratings: BTreeMap<String, String>,
    pub outcomes: BTreeMap<String, String>,
    /// Overrides that hold.
    pub overrides: Vec<Override>,
}

/// One case of a sample.
#[derive(Debug, Clone)]
pub struct Sampled {
    pub facts: Facts,
    pub eliminated: Option<String>,
    pub replaced: bool,
    pub is_final: bool,
}

/// How far a case is.
#[derive(Debug, Clone)]
pub struct Standing {
    pub facts: Facts,
    /// Place in unassigned, not_started, in_progress, submitted, final.
    pub at: usize,
}

/// A case read twice, as both first handed it in.
#[derive(Debug, Clone)]
pub struct Twice {
    pub facts: Facts,
    pub number: String,
    pub readers: [String; 2],
    pub answers: [Answers; 2],
    pub ratings: [BTreeMap<String, String>; 2],
}

/// A settled difference.
#[derive(Debug, Clone)]
pub struct Difference {
    pub number: String,
    pub question: String,
    pub readers: [String; 2],
    pub settled: Settled,
}

/// A concern recorded in a case.
#[derive(Debug, Clone)]
pub struct Alert {
    pub facts: Facts,
    pub kind: String,
    pub closed: bool,
}

pub struct World {
    pub folder: tempfile::TempDir,
    /// Name of the workspace in it.
    pub file: &'static str,
    pub finals: Vec<Final>,
    pub sampled: Vec<Sampled>,
    pub cases: Vec<Standing>,
    pub twice: Vec<Twice>,
    pub differences: Vec<Difference>,
    pub alerts: Vec<Alert>,
    /// Cases in the frame by stratum.
    pub strata: BTreeMap<String, u64>,
    /// The round that was drawn.
    pub round: String,
}

impl World {
    /// A practice workspace made from a number: reviews, pairs, drafts, imported ratings,
    /// eliminations.
    pub fn practice(seed: u64) -> Self {
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
        let world = Self::read(folder, "casereview.db");
        world.eliminate(&mut dice);
        Self::read(world.folder, world.file)
    }

    pub fn run(&self, line: &[&str]) -> (i32, String, String) {
        let mut line = [line, &["--workspace", self.file]].concat();
        if !line.contains(&"--as") {
            line.extend(["--as", "lead"]);
        }
        run(self.folder.path(), &line)
    }

    /// Eliminates some cases nobody has read, and brings spares in for some of them.
    fn eliminate(&self, dice: &mut Dice) {
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

    /// A workspace of which nothing is known yet.
    pub fn empty(folder: tempfile::TempDir, file: &'static str) -> Self {
        Self {
            folder,
            file,
            finals: Vec::new(),
            sampled: Vec::new(),
            cases: Vec::new(),
            twice: Vec::new(),
            differences: Vec::new(),
            alerts: Vec::new(),
            strata: BTreeMap::new(),
            round: String::new(),
        }
    }

    /// What the events of a workspace come to.
    pub fn read(folder: tempfile::TempDir, file: &'static str) -> Self {
        let log = Log::read(&folder.path().join(file));
        let Log { cases, strata, round, levels, .. } = log;
        let mut world = Self { strata, round, ..Self::empty(folder, file) };
        for (number, case) in cases {
            world.take(&number, case, levels.len());
        }
        // Practice cases count as pairs only where there are no others.
        let is_practice = |one: &Twice| one.facts["review_kind"] == "practice";
        if !world.twice.iter().all(is_practice) {
            world.twice.retain(|one| !is_practice(one));
        }
        world
    }

    fn take(&mut self, number: &str, case: Case, levels: usize) {
        let done = |read: &Read| read.sealed && read.approved.len() == levels;
        let of = |which: &str| case.reads.iter().find(|(_, one)| one.which == which);
        let (first, second) = (of("first"), of("second"));
        // Of two reviews the settled one counts.
        let last = if second.is_some() { of("final") } else { first };
        let last = last.map(|(_, read)| read).filter(|read| done(read));
        let gone = case.eliminated.is_some();
        let is_final = !gone && (last.is_some() || !case.ratings.is_empty());
        if case.sample == Some(true) || case.came_in {
            self.sampled.push(Sampled {
                facts: case.facts.clone(),
                eliminated: case.eliminated.clone(),
                replaced: case.replaced,
                is_final,
            });
        }
        let raised = case.alerts.iter().map(|one| (one.kind.clone(), one.closed));
        self.alerts.extend(raised.map(|(kind, closed)| Alert {
            facts: case.facts.clone(),
            kind,
            closed,
        }));
        let waits = case.sample == Some(false) && !case.came_in;
        if gone || waits && case.reads.is_empty() {
            return;
        }
        // A settled review begins with all that both readers said.
        let far = |read: &Read| match (read.sealed, read.begun || read.which == "final") {
            (true, _) => 3,
            (false, true) => 2,
            (false, false) => 1,
        };
        let at = if is_final {
            4
        } else {
            case.reads.iter().map(|(_, one)| far(one)).min().unwrap_or(0)
        };
        // Of ratings from elsewhere the program has no case to make progress with.
        if case.ratings.is_empty() {
            self.cases.push(Standing { facts: case.facts.clone(), at });
        }
        if let (Some((_, first)), Some((_, second))) = (first, second) {
            self.pair(number, &case, [first, second], of("final").map(|(_, read)| read));
        }
        if is_final {
            self.finals.push(finished(case.facts, last, case.ratings));
        }
    }

    fn pair(&mut self, number: &str, case: &Case, reads: [&Read; 2], settled: Option<&Read>) {
        let readers = reads.map(|read| read.reviewer.clone());
        let mut differences: Vec<Difference> = Vec::new();
        for (question, one) in settled.iter().flat_map(|read| &read.settled) {
            differences.push(Difference {
                number: number.to_owned(),
                question: question.clone(),
                readers: readers.clone(),
                settled: one.clone(),
            });
        }
        self.differences.extend(differences);
        let [Some(first), Some(second)] = reads.map(|read| read.first.clone()) else { return };
        if settled.is_none() && !reads.iter().all(|read| read.sealed) {
            return;
        }
        let mut facts = case.facts.clone();
        facts.insert("mode".to_owned(), case.mode.clone().unwrap_or("not-fixed".to_owned()));
        facts.insert("month".to_owned(), first.0.max(second.0)[..7].to_owned());
        let (one, other) = (readers[0].clone(), readers[1].clone());
        let pair = if one <= other { format!("{one}+{other}") } else { format!("{other}+{one}") };
        facts.insert("pair".to_owned(), pair);
        let ratings =
            [&first.1, &second.1].map(|answers| rated(&case.facts["case_type"], answers).0);
        self.twice.push(Twice {
            facts,
            number: number.to_owned(),
            readers,
            answers: [first.1, second.1],
            ratings,
        });
    }
}

/// A final review, of a reading or of ratings alone.
fn finished(mut facts: Facts, read: Option<&Read>, ratings: BTreeMap<String, String>) -> Final {
    let drawn = facts.contains_key("sample_id");
    let Some(read) = read else {
        let (answers, outcomes) = (None, BTreeMap::new());
        let (narratives, overrides) = (BTreeMap::new(), Vec::new());
        return Final { facts, drawn, answers, narratives, ratings, outcomes, overrides };
    };
    facts.insert("reviewer".to_owned(), read.reviewer.clone());
    facts.insert("month".to_owned(), read.at[..7].to_owned());
    let (mut ratings, mut outcomes) = rated(&facts["case_type"], &read.answers);
    let holds = |set: &&Override| ratings[&set.item] == set.computed;
    let overrides: Vec<Override> = read.overrides.values().filter(holds).cloned().collect();
    for set in &overrides {
        ratings.insert(set.item.clone(), set.rating.clone());
        outcomes = outcomes_of(&ratings);
    }
    let answers = Some(asked(&facts["case_type"], &read.answers));
    let narratives = read.narratives.clone();
    Final { facts, drawn, answers, narratives, ratings, outcomes, overrides }
}

/// The answers to questions that are asked: a settled review may hold others, given before
/// another answer closed their gate.
fn asked(case_type: &str, answers: &Answers) -> Answers {
    let instrument = crate::workspace::instrument();
    let case_type = instrument.find_case_type(case_type).unwrap();
    let value = |(question, answer): (&String, &String)| {
        let at = instrument.find_question(question)?;
        Some((at, read_value(instrument.question(at), case_type, answer).ok()?))
    };
    let given: Vec<_> = answers.iter().filter_map(value).collect();
    let scores = score(&instrument, &scoring::Answers::of(case_type, given));
    let open = |question: &str| {
        instrument.find_question(question).is_some_and(|at| scores.asked(at) == Asked::Yes)
    };
    let kept = answers.iter().filter(|(question, _)| open(question));
    kept.map(|(question, answer)| (question.clone(), answer.clone())).collect()
}

type Rated = BTreeMap<String, String>;

/// Ratings of items, sub-items and outcomes by the second statement of the rules.
fn rated(case_type: &str, answers: &Answers) -> (Rated, Rated) {
    let in_home = case_type != "foster-care";
    let mut ratings = Rated::new();
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
    let outcomes = outcomes_of(&ratings);
    (ratings, outcomes)
}

fn outcomes_of(ratings: &Rated) -> Rated {
    let of = |id: &str| {
        let all = ["strength", "ani", "na", "incomplete", "invalid"];
        *all.iter().find(|code| ratings[id] == **code).unwrap()
    };
    let outcomes = statement::outcomes(["17", "18", "19", "20"].map(of));
    outcomes.into_iter().map(|(id, v)| (id.to_owned(), v.rating.to_owned())).collect()
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
