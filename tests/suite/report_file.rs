//! Random cases written to a file of answers and taken in from it, to be counted in the plainest
//! way beside the reports.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;

use casereview::instrument::{CaseTypeIx, Counts, Instrument, Kind, load_shipped};
use casereview::scoring::{Answers, Lack, read_value, score, unfinished, write_value};
use casereview::stats::{Level, wilson};
use serde_json::Value as Json;

use crate::import_answers::HEADER;
use crate::place::Place;

/// A small stream of numbers, so that nothing hangs on the crate's own.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % sides
    }
}

fn case(instrument: &Instrument, dice: &mut Dice, case_type: CaseTypeIx) -> Vec<(String, String)> {
    random_case(instrument, &mut |sides| dice.roll(sides), case_type)
}

/// A case with everything its rating needs, question by question, at random.
pub fn random_case(
    instrument: &Instrument,
    roll: &mut dyn FnMut(usize) -> usize,
    case_type: CaseTypeIx,
) -> Vec<(String, String)> {
    'again: loop {
        let mut answers = Answers::new(case_type);
        for _ in 0..300 {
            let scores = score(instrument, &answers);
            let missing = unfinished(instrument, &answers, &scores);
            let next = missing.iter().find(|lack| matches!(lack.what, Lack::Answer | Lack::Reason));
            let Some(next) = next else {
                let rated = scores.items.iter().all(|item| item.rating.is_final());
                if !rated {
                    continue 'again;
                }
                let given = answers.iter().map(|(at, value)| {
                    let question = instrument.question(at);
                    (question.id().to_owned(), write_value(question, value))
                });
                return given.collect();
            };
            let question = instrument.question(next.question);
            let text = match question.kind() {
                Kind::Choice(options) | Kind::Checklist(options) => {
                    let offered: Vec<_> =
                        options.iter().filter(|option| option.case_types.has(case_type)).collect();
                    offered[roll(offered.len())].code.clone()
                }
                Kind::Text => "text".to_owned(),
                Kind::Date => format!("2026-{:02}-01", 4 + roll(6)),
                Kind::Integer { least, most } => {
                    (least + roll((*most).min(12) as usize + 1) as i64).to_string()
                }
                Kind::Table { .. } => continue 'again,
            };
            let value = read_value(question, case_type, &text).unwrap();
            answers.set(next.question, Some(value));
        }
    }
}

pub const REGIONS: [&str; 4] = ["East", "Knox", "Ångström", "=1+1"];

/// One case of the file as written.
pub struct Written {
    pub region: &'static str,
    pub county: String,
    pub case_type: String,
    pub answers: BTreeMap<String, String>,
}

/// A workspace with random cases taken in from a file, and the cases.
pub fn taken_in(id: &str, seed: u32, cases: usize) -> (Place, Vec<Written>) {
    let instrument = load_shipped(id).unwrap();
    let (place, mut dice) = (Place::new(), Dice(seed));
    let (mut text, mut written) = (HEADER.to_owned(), Vec::new());
    for number in 0..cases {
        let case_type = dice.roll(instrument.case_types().len());
        let given = case(&instrument, &mut dice, CaseTypeIx(case_type as u8));
        let region = REGIONS[dice.roll(REGIONS.len())];
        let county = format!("County {}", dice.roll(3));
        let case_type = instrument.case_types()[case_type].code.clone();
        for (question, answer) in &given {
            writeln!(
                text,
                "C-{number},{case_type},{question},{answer},{region},{county},2026-H1,R1"
            )
            .unwrap();
        }
        written.push(Written { region, county, case_type, answers: given.into_iter().collect() });
    }
    place.ok(&["init", "--instrument", id, "--name", "Test", "--workspace", "w.db"]);
    place.write("answers.csv", &text);
    place.ok(&["import", "answers", "answers.csv", "--workspace", "w.db"]);
    (place, written)
}

pub fn rows(place: &Place, line: &str) -> Vec<Json> {
    let line: Vec<&str> = line.split(' ').chain(["--workspace", "w.db"]).collect();
    let line: Vec<&str> = line.into_iter().chain(["--format", "json"]).collect();
    serde_json::from_str(&place.ok(&line)).unwrap()
}

/// What an answer counts as: of a checklist by its options, else by yes, no and na.
pub fn said(instrument: &Instrument, question: &str, code: &str) -> Option<&'static str> {
    let question = instrument.question(instrument.find_question(question)?);
    let option = question.options().iter().find(|option| option.code == code)?;
    if question.counted() {
        return Some(match option.counts? {
            Counts::Met if code == "yes" || code == "not-cited" => "yes",
            Counts::Met => "good_faith",
            Counts::NotMet => "no",
            Counts::NotApplicable => "na",
        });
    }
    ["yes", "no", "na"].into_iter().find(|known| *known == code)
}

pub fn number(row: &Json, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("{name} in {row}"))
}

/// The share and its interval, from counts made here.
pub fn same_share(row: &Json, x: u64, n: u64) {
    if n == 0 {
        assert!(row["proportion"].is_null() && row["low"].is_null(), "{row}");
        return;
    }
    assert_eq!(row["proportion"].as_f64().unwrap(), x as f64 / n as f64, "{row}");
    let interval = wilson(x, n, Level::P95).unwrap();
    assert_eq!(row["low"].as_f64().unwrap(), interval.low, "{row}");
    assert_eq!(row["high"].as_f64().unwrap(), interval.high, "{row}");
}
