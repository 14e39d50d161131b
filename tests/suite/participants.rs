//! Participants apart: their figure is made of what the item rates about the person.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{Instrument, Mode, Rating, load_shipped, shipped};
use casereview::report::{
    AnswerPlaces, Column, Counter, FinalReading, Participants, Query, ShareTable,
};
use casereview::scoring::{Answers, parse_value, score};

use crate::scoring_shipped::{Chance, some_answers};

/// The report on one review.
fn table(instrument: &Instrument, answers: &Answers) -> ShareTable {
    let mut counter = Counter::new(Participants::default(), Query::by(&[] as &[Column]));
    assert!(counter.know(instrument));
    let scores = score(instrument, answers);
    let packed = AnswerPlaces::of(instrument).pack(instrument, answers, &scores);
    let case_type = &instrument.case_types()[usize::from(answers.case_type.0)].code;
    counter.add(&FinalReading {
        edition: 0,
        region: "",
        county: "",
        cluster: "",
        case_type,
        period: "2026-H1",
        reviewer: "R1",
        round: "Spring",
        review_kind: "regular",
        month: "",
        stratum: "",
        ratings: &[],
        answers: &packed,
    });
    counter.table()
}

/// Met, not met, not applicable.
fn cells(table: &ShareTable, person: &str, item: &str) -> Option<(u64, u64, u64)> {
    let row = table.rows.iter().find(|row| row.keys[0] == person && row.keys[2] == item)?;
    Some((row.counts[1], row.counts[2], row.counts[3]))
}

fn review(instrument: &Instrument, given: &[(&str, &str)]) -> ShareTable {
    let mut answers = Answers::new(instrument.find_case_type("foster-care").unwrap());
    for (id, value) in given {
        let at = instrument.find_question(id).unwrap();
        let question = instrument.question(at);
        let value = parse_value(question, Some(answers.case_type), value).unwrap();
        answers.set(at, Some(value));
    }
    table(instrument, &answers)
}

#[test]
fn what_does_not_rate_is_nobodys_failing() {
    let r2 = load_shipped("cfsr-r2-items-14-20").unwrap();
    let told = review(
        &r2,
        &[
            ("14.applies", "yes"),
            ("14.A", "yes"),
            ("14.B", "no"),
            ("14.C", "na"),
            ("14.D", "na"),
            ("15.applies", "yes"),
            ("15.A1", "no"),
            ("15.A2", "na"),
            ("15.B", "yes"),
            ("15.C", "no"),
        ],
    );
    assert_eq!(cells(&told, "child", "14"), Some((1, 0, 0)), "14.B is recorded only");
    assert_eq!(cells(&told, "child", "15"), None, "15.A1 rates nobody");
    assert_eq!(cells(&told, "maternal-relatives", "15"), Some((1, 0, 0)));
    assert_eq!(cells(&told, "paternal-relatives", "15"), Some((0, 1, 0)));

    let r4 = load_shipped("cfsr-r4").unwrap();
    let safe = review(&r4, &[("3.E", "no"), ("3.F", "yes")]);
    assert_eq!(cells(&safe, "child", "3"), Some((0, 1, 0)), "a concern that is there: Yes");
    let safe = review(&r4, &[("3.E", "no"), ("3.F", "no")]);
    assert_eq!(cells(&safe, "child", "3"), Some((1, 0, 0)), "no concern is no failing");
}

#[test]
fn of_one_person_alone_the_figure_is_the_items() {
    let mut compared = [0; 3];
    for known in shipped() {
        let instrument = load_shipped(known.id).unwrap();
        if instrument.mode() != Mode::Rated {
            continue;
        }
        let mut chance = Chance(20_261_122);
        for _ in 0..150 {
            let answers = some_answers(&instrument, &mut chance);
            let scores = score(&instrument, &answers);
            let table = table(&instrument, &answers);
            for at in instrument.item_positions() {
                let item = instrument.item(at);
                let rating = scores.item(at).rating;
                // One person, every question about them, and nothing else that rates.
                let read = item.rows().iter().flat_map(|row| row.when.questions());
                let mut about: Vec<_> =
                    read.map(|question| instrument.question(question).part()).collect();
                about.dedup();
                let alone = item.sub_items().is_empty() && about.len() == 1;
                let rows = table.rows.iter().filter(|row| row.keys[2] == item.id());
                let rows: Vec<_> = rows.map(|row| (row.counts[1], row.counts[2])).collect();
                match rating {
                    Rating::Strength if alone && !rows.is_empty() => {
                        assert_eq!(rows, [(1, 0)], "{} {}", known.id, item.id());
                        compared[0] += 1;
                    }
                    Rating::Ani if alone && !rows.is_empty() => {
                        assert_eq!(rows, [(0, 1)], "{} {}", known.id, item.id());
                        compared[1] += 1;
                    }
                    // Whoever fell short, the item is no Strength.
                    Rating::Strength => {
                        assert!(rows.iter().all(|row| row.1 == 0), "{} {}", known.id, item.id());
                        compared[2] += 1;
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(compared.iter().all(|many| *many > 100), "{compared:?}");
}
