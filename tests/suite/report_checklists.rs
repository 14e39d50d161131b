//! Reports on questions, sections, issues, measures, components, participants and reasons,
//! each against counting the imported file of answers in the plainest way.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use casereview::instrument::{CaseTypeIx, Counts, DEFAULT, Instrument, Kind, load_shipped};
use casereview::scoring::{Answers, Lack, read_value, score, unfinished, write_value};
use casereview::stats::{Level, wilson};
use casereview::store::Workspace;
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

const REGIONS: [&str; 4] = ["East", "Knox", "Ångström", "=1+1"];

/// One case of the file as written.
struct Written {
    region: &'static str,
    county: String,
    case_type: String,
    answers: BTreeMap<String, String>,
}

/// A workspace with random cases taken in from a file, and the cases.
fn taken_in(id: &str, seed: u32, cases: usize) -> (Place, Vec<Written>) {
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

fn rows(place: &Place, line: &str) -> Vec<Json> {
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

fn number(row: &Json, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("{name} in {row}"))
}

/// The share and its interval, from counts made here.
fn same_share(row: &Json, x: u64, n: u64) {
    if n == 0 {
        assert!(row["proportion"].is_null() && row["low"].is_null(), "{row}");
        return;
    }
    assert_eq!(row["proportion"].as_f64().unwrap(), x as f64 / n as f64, "{row}");
    let interval = wilson(x, n, Level::P95).unwrap();
    assert_eq!(row["low"].as_f64().unwrap(), interval.low, "{row}");
    assert_eq!(row["high"].as_f64().unwrap(), interval.high, "{row}");
}

#[test]
fn questions_are_what_the_file_says() {
    for (seed, id) in
        [(1, "tn-qri"), (2, "quality-contacts"), (3, "tn-case-process-review"), (4, DEFAULT)]
    {
        let instrument = load_shipped(id).unwrap();
        let (place, cases) = taken_in(id, seed, 60);
        let mut wanted: BTreeMap<(String, String, String), BTreeMap<&str, u64>> = BTreeMap::new();
        for case in &cases {
            for (question, answer) in &case.answers {
                if let Some(said) = said(&instrument, question, answer) {
                    let key = (question.clone(), case.region.to_owned(), case.county.clone());
                    *wanted.entry(key).or_default().entry(said).or_default() += 1;
                }
            }
        }
        let found = rows(&place, "report questions --by region --by county");
        let mut met = BTreeSet::new();
        for row in &found {
            let text = |value: &Json| value.as_str().unwrap().to_owned();
            let question = text(&row["question"]);
            let key =
                (question.clone(), text(&row["group"]["region"]), text(&row["group"]["county"]));
            let of = |said: &str| wanted.get(&key).and_then(|c| c.get(said)).copied().unwrap_or(0);
            let yes = of("yes") + of("good_faith");
            assert_eq!(number(row, "yes"), yes, "{key:?}");
            assert_eq!(number(row, "good_faith"), of("good_faith"), "{key:?}");
            assert_eq!(number(row, "no"), of("no"), "{key:?}");
            assert_eq!(number(row, "na"), of("na"), "{key:?}");
            assert_eq!(number(row, "applicable"), yes + of("no"), "{key:?}");
            same_share(row, yes, yes + of("no"));
            assert_eq!(row["target"].as_f64(), instrument.reporting().target);
            met.insert(question);
        }
        let counted = |q: &&casereview::instrument::Question| q.counted();
        if instrument.questions().iter().any(|q| q.counted()) {
            let all: BTreeSet<String> =
                instrument.questions().iter().filter(counted).map(|q| q.id().to_owned()).collect();
            assert_eq!(met, all, "{id}");
        } else {
            assert!(met.contains("20.A2") && !met.contains("20.applies"), "{met:?}");
        }
    }
}

#[test]
fn sections_are_what_the_file_says() {
    let instrument = load_shipped("tn-qri").unwrap();
    let (place, cases) = taken_in("tn-qri", 5, 50);
    let found = rows(&place, "report sections --by case_type --where region=Knox");
    assert!(!found.is_empty());
    for row in &found {
        let section = row["section"].as_str().unwrap();
        let (mut counts, mut reviews) = (BTreeMap::<&str, u64>::new(), 0);
        for case in cases.iter().filter(|case| case.region == "Knox") {
            if case.case_type != row["group"]["case_type"].as_str().unwrap() {
                continue;
            }
            let mut applies = false;
            for (question, answer) in &case.answers {
                let at = instrument.find_question(question).unwrap();
                if question.split('.').next() == Some(section) && instrument.question(at).counted()
                {
                    let said = said(&instrument, question, answer).unwrap();
                    applies |= said != "na";
                    *counts.entry(said).or_default() += 1;
                }
            }
            reviews += u64::from(applies);
        }
        let of = |said: &str| counts.get(said).copied().unwrap_or(0);
        let yes = of("yes") + of("good_faith");
        assert_eq!(number(row, "cases"), reviews, "{row}");
        assert_eq!((number(row, "yes"), number(row, "no")), (yes, of("no")), "{row}");
        assert_eq!(number(row, "na"), of("na"), "{row}");
        same_share(row, yes, yes + of("no"));
    }
}

#[test]
fn issues_by_month_and_year_to_date_are_what_the_file_says() {
    let id = "foster-care-review";
    let (place, cases) = taken_in(id, 6, 80);
    let month = |case: &Written| case.answers["face.review-month"][..7].to_owned();
    let found = rows(&place, "report issues --by region");
    assert!(!found.is_empty());
    // The year begins in July.
    let year = |month: &str| if month < "2026-07" { 2025 } else { 2026 };
    for row in &found {
        let here = row["month"].as_str().unwrap();
        let (section, issue) = (row["section"].as_str().unwrap(), row["issue"].as_str().unwrap());
        let cited = |case: &Written| {
            case.answers.iter().any(|(question, answer)| {
                answer == "cited"
                    && (issue.is_empty() || question == issue)
                    && (section.is_empty() || question.split('.').next() == Some(section))
            })
        };
        let anything = |case: &Written| case.answers.values().any(|answer| answer == "cited");
        let count = |months: &dyn Fn(&str) -> bool| {
            let region = row["group"]["region"].as_str().unwrap();
            let of: Vec<_> =
                cases.iter().filter(|c| c.region == region && months(&month(c))).collect();
            let how_many =
                |what: &dyn Fn(&Written) -> bool| of.iter().filter(|c| what(c)).count() as u64;
            (of.len() as u64, how_many(&cited), how_many(&anything))
        };
        let (reviewed, cases_with, any) = count(&|month| month == here);
        assert_eq!(number(row, "reviewed"), reviewed, "{row}");
        assert_eq!(number(row, "cited"), cases_with, "{row}");
        assert_eq!(number(row, "cases_cited"), any, "{row}");
        let proportion = row["proportion"].as_f64().unwrap();
        assert_eq!(proportion, cases_with as f64 / reviewed as f64, "{row}");
        let (reviewed, cases_with, any) =
            count(&|month| month <= here && year(month) == year(here));
        assert_eq!(number(row, "ytd_reviewed"), reviewed, "{row}");
        assert_eq!(number(row, "ytd_cited"), cases_with, "{row}");
        let of_cited = row["ytd_proportion_of_cited"].as_f64();
        assert_eq!(of_cited, (any > 0).then(|| cases_with as f64 / any as f64), "{row}");
    }
    // A month chosen keeps its year to date.
    let chosen = rows(&place, "report issues --by region --where month=2026-08");
    let whole: Vec<&Json> = found.iter().filter(|row| row["month"] == "2026-08").collect();
    assert_eq!(chosen.iter().collect::<Vec<_>>(), whole);
}

#[test]
fn measures_are_sums_over_the_file() {
    let (place, cases) = taken_in("quality-contacts", 7, 60);
    let found = rows(&place, "report measures --by region");
    assert_eq!(found.len() % 2, 0);
    for row in &found {
        let region = row["group"]["region"].as_str().unwrap();
        let (due, made) = match row["measure"].as_str().unwrap() {
            "monthly-visits" => ("M.months-due", "M.months-visited"),
            _ => ("M.months-visited", "M.months-residence"),
        };
        let (mut sums, mut reviews) = ((0, 0), 0);
        for case in cases.iter().filter(|case| case.region == region) {
            let of = |id: &str| case.answers.get(id)?.parse::<u64>().ok();
            if let (Some(due), Some(made)) = (of(due), of(made))
                && due > 0
            {
                sums = (sums.0 + due, sums.1 + made.min(due));
                reviews += 1;
            }
        }
        assert_eq!(number(row, "cases"), reviews, "{row}");
        assert_eq!((number(row, "due"), number(row, "made")), sums, "{row}");
        assert_eq!(row["note"], "from reviewed cases, not the federal figure");
        if sums.0 > 0 {
            assert_eq!(row["proportion"].as_f64().unwrap(), sums.1 as f64 / sums.0 as f64);
        }
    }
}

#[test]
fn components_are_the_items_the_crosswalk_names() {
    let (place, _) = taken_in(DEFAULT, 8, 60);
    let csv = place.ok(&["export", "items", "--workspace", "w.db"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (region, item, rating) = (column("region"), column("item"), column("rating"));
    let exported: Vec<_> = reader.records().map(Result::unwrap).collect();
    let model = load_shipped("ms-practice-model").unwrap();
    let found = rows(&place, "report components --by region");
    assert!(found.len() >= 4 * 5, "{}", found.len());
    for row in &found {
        let id = row["component"].as_str().unwrap();
        let component = model.components().iter().find(|one| one.id == id).unwrap();
        let covers = component.covers.iter().find(|covers| covers.round == "R2").unwrap();
        let here = row["group"]["region"].as_str().unwrap();
        let of = |wanted: &str| {
            let counted = exported.iter().filter(|row| {
                // The export guards a region that a spreadsheet would run.
                row[region].trim_start_matches('\'') == here
                    && covers.items.iter().any(|id| id == &row[item])
                    && &row[rating] == wanted
            });
            counted.count() as u64
        };
        assert_eq!(number(row, "strength"), of("strength"), "{row}");
        assert_eq!(number(row, "ani"), of("ani"), "{row}");
        assert_eq!(number(row, "na"), of("na"), "{row}");
        same_share(row, of("strength"), of("strength") + of("ani"));
    }
    assert_eq!(found[0]["note"], "without items 8, 9, 10, 21, 22 and 23");
}

#[test]
fn participants_stand_apart() {
    for (seed, id) in [(9, DEFAULT), (10, "quality-contacts")] {
        let instrument = load_shipped(id).unwrap();
        let (place, cases) = taken_in(id, seed, 50);
        let found =
            rows(&place, "report participants --by county --by case_type --where region=East");
        assert!(!found.is_empty());
        for row in &found {
            let (person, item) =
                (row["participant"].as_str().unwrap(), row["item"].as_str().unwrap());
            let (mut met, mut not_met, mut na) = (0, 0, 0);
            for case in cases.iter().filter(|case| {
                case.region == "East"
                    && case.county == row["group"]["county"].as_str().unwrap()
                    && case.case_type == row["group"]["case_type"].as_str().unwrap()
            }) {
                let about = case.answers.iter().filter_map(|(question, answer)| {
                    let asked = instrument.question(instrument.find_question(question)?);
                    let plain = matches!(asked.role(), casereview::instrument::Role::Question)
                        && asked.options().iter().any(|option| {
                            option.code == "no" || option.counts == Some(Counts::NotMet)
                        });
                    // Recorded only, or a way round the search for relatives: no rating.
                    let rates = !["14.B", "15.A1", "15.A2"].contains(&question.as_str());
                    let mine = question.split('.').next() == Some(item)
                        && asked.part() == Some(person)
                        && plain
                        && rates;
                    mine.then(|| said(&instrument, question, answer))?
                });
                let about: BTreeSet<&str> = about.collect();
                if about.contains("no") {
                    not_met += 1;
                } else if about.contains("yes") || about.contains("good_faith") {
                    met += 1;
                } else if about.contains("na") {
                    na += 1;
                }
            }
            assert_eq!(
                (number(row, "met"), number(row, "not_met"), number(row, "na")),
                (met, not_met, na),
                "{row}"
            );
            same_share(row, met, met + not_met);
        }
    }
}

#[test]
fn reasons_are_what_the_file_says() {
    let (place, cases) = taken_in(DEFAULT, 11, 80);
    let found = rows(&place, "report reasons --where item=20");
    assert!(found.iter().any(|row| number(row, "given") > 0));
    for row in &found {
        let question = row["question"].as_str().unwrap();
        assert!(question.starts_with("20.") && question.ends_with("reason"), "{question}");
        let given: Vec<_> = cases.iter().filter_map(|c| c.answers.get(question)).collect();
        let this = given.iter().filter(|code| **code == row["reason"].as_str().unwrap()).count();
        assert_eq!(number(row, "asked"), given.len() as u64, "{row}");
        assert_eq!(number(row, "given"), this as u64, "{row}");
    }
}

#[test]
fn what_a_report_has_nothing_for_is_said() {
    let (place, _) = taken_in("tn-qri", 12, 5);
    let said = |line: &str| {
        let line: Vec<&str> = line.split(' ').chain(["--workspace", "w.db"]).collect();
        let (code, out, err) = place.run(&line);
        (code, out.lines().count(), err)
    };
    let short = load_shipped("tn-qri").unwrap().short().to_owned();
    assert_eq!(
        said("report items"),
        (
            0,
            0,
            format!(
                "nothing to report\n5 reviews of {short} are a checklist, which rates nothing: \
                 `report questions` and `report sections` tell of them\n"
            )
        )
    );
    let (code, _, err) = said("report sections --where participant=mother");
    assert_eq!(
        (code, err.as_str()),
        (2, "error: --where participant: sections have no participant\n")
    );
    let (code, _, err) = said("report components --model tn-qri");
    assert_eq!(
        (code, err.as_str()),
        (2, "error: --model: tn-qri has no components\n  help: ms-practice-model has\n")
    );
    assert!(said("report questions").1 > 10);
    assert!(said("report sections --by region --total").1 > 10);
    assert!(said("report issues").1 > 10);
}

#[test]
fn packed_answers_survive_a_rebuild() {
    let (place, _) = taken_in("quality-contacts", 13, 20);
    let mut workspace = Workspace::open(&place.path("w.db"), None).unwrap();
    let packed = |workspace: &Workspace| {
        let mut rows = Vec::new();
        workspace
            .each_final(true, |row| {
                rows.push((row.number, row.facts.month.to_owned(), row.answers.to_vec()));
                Ok(())
            })
            .unwrap();
        rows
    };
    let before = packed(&workspace);
    assert_eq!(before.len(), 20);
    assert!(before.iter().all(|(_, month, answers)| month.len() == 7 && answers.len() > 20));
    assert_eq!(workspace.stale_projections().unwrap(), Vec::<&str>::new());
    workspace.rebuild().unwrap();
    assert_eq!(packed(&workspace), before);
}
