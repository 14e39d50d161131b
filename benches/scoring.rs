//! Rating one complete case, and saying why.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use casereview::instrument::{DEFAULT, Instrument, Kind, load_shipped};
use casereview::scoring::{Answers, explain_item, read_value, score, unfinished};
use criterion::{Criterion, criterion_group, criterion_main};

/// A foster-care case with everything answered: the first option everywhere.
fn full(instrument: &Instrument) -> Answers {
    let mut answers = Answers::new(instrument.find_case_type("foster-care").unwrap());
    loop {
        let missing = unfinished(instrument, &answers, &score(instrument, &answers));
        let Some(first) = missing.first() else { return answers };
        let question = instrument.question(first.question);
        if answers.get(first.question).is_some() {
            answers.set_narrative(first.question, "Seen in the file.");
            continue;
        }
        let text = match question.kind() {
            Kind::Choice(options) | Kind::Checklist(options) => {
                let offered = options.iter().find(|o| o.case_types.has(answers.case_type));
                offered.unwrap().code.clone()
            }
            Kind::Text => "Both parents were seen each month.".to_owned(),
            Kind::Date => "2026-05-04".to_owned(),
            Kind::Integer { least, .. } => least.to_string(),
            Kind::Table { .. } => "[]".to_owned(),
        };
        let value = read_value(question, answers.case_type, &text).unwrap();
        answers.set(first.question, Some(value));
    }
}

fn scoring(criterion: &mut Criterion) {
    let instrument = load_shipped(DEFAULT).unwrap();
    let answers = full(&instrument);
    criterion.bench_function("score a full case", |bencher| {
        bencher.iter(|| score(&instrument, black_box(&answers)));
    });
    criterion.bench_function("score and explain a full case", |bencher| {
        bencher.iter(|| {
            let scores = score(&instrument, black_box(&answers));
            let items = instrument.item_positions();
            items.map(|item| explain_item(&instrument, &answers, &scores, item)).collect::<Vec<_>>()
        });
    });
}

criterion_group!(benches, scoring);
criterion_main!(benches);
