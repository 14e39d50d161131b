//! Reports on questions, sections, issues, measures, components, participants and reasons,
//! each against counting the imported file of answers in the plainest way.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use casereview::instrument::{Counts, DEFAULT, load_shipped};
use casereview::store::Workspace;
use serde_json::Value as Json;

use crate::report_file::{Written, number, rows, said, same_share, taken_in};

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
