//! What holds of any answers: their order does not matter, those not asked change nothing, and
//! what would change a rating is the smallest there is.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{CodeSet, Instrument, ItemIx, Kind, QuestionIx, Rating};
use casereview::scoring::{Answers, Change, MOST_CHANGES, Value, changes, outcome_changes, score};
use proptest::prelude::*;

use crate::scoring::{instrument, item};

/// Every set of other answers to the item's rating questions that gives it another final
/// rating, of the smallest size there is, by question and option.
fn brute_force(instrument: &Instrument, case: &Answers, at: ItemIx) -> Vec<Change> {
    let now = score(instrument, case).item(at).rating;
    let questions: Vec<QuestionIx> = instrument
        .item(at)
        .questions()
        .iter()
        .copied()
        .filter(|q| {
            let question = instrument.question(*q);
            question.needed_for_rating() || instrument.item(at).applies_question() == Some(*q)
        })
        .collect();
    let mut sets: Vec<Vec<(QuestionIx, Value)>> = vec![Vec::new()];
    for question in questions {
        let options = instrument.question(question).options();
        let offered: Vec<Value> = (0..options.len())
            .filter(|p| options[*p].case_types.has(case.case_type))
            .map(|p| Value::Codes(CodeSet::one(p)))
            .filter(|value| case.get(question) != Some(value))
            .collect();
        let mut longer = Vec::new();
        for set in &sets {
            for value in &offered {
                longer.push([set.as_slice(), &[(question, value.clone())]].concat());
            }
        }
        sets.extend(longer);
    }
    sets.sort_by(|a, b| {
        let key = |set: &[(QuestionIx, Value)]| {
            set.iter()
                .map(|(q, v)| (*q, if let Value::Codes(c) = v { c.0 } else { 0 }))
                .collect::<Vec<_>>()
        };
        a.len().cmp(&b.len()).then(key(a).cmp(&key(b)))
    });
    let mut found: Vec<Change> = Vec::new();
    for set in sets {
        if found.first().is_some_and(|first| set.len() > first.answers.len()) {
            break;
        }
        let mut changed = case.clone();
        for (question, value) in &set {
            changed.set(*question, Some(value.clone()));
        }
        let rating = score(instrument, &changed).item(at).rating;
        if rating.is_final() && rating != now {
            let answers = set
                .into_iter()
                .map(|(question, new)| casereview::scoring::NewAnswer {
                    question,
                    old: case.get(question).cloned(),
                    new,
                    rows: None,
                })
                .collect();
            found.push(Change { answers, rating });
        }
    }
    found
}

/// Random answers to the rating questions of the items, about a quarter of them missing.
fn some_answers(instrument: &Instrument) -> impl Strategy<Value = Answers> + use<> {
    let questions: Vec<(QuestionIx, usize)> = instrument
        .question_positions()
        .filter(|q| {
            let question = instrument.question(*q);
            matches!(question.kind(), Kind::Choice(_)) && question.id().starts_with(['1', '2'])
        })
        .map(|q| (q, instrument.question(q).options().len()))
        .collect();
    let types = instrument.case_types().len() as u8;
    let draws = prop::collection::vec((0u8..4, 0usize..64), questions.len());
    (0..types, draws).prop_map(move |(case_type, draws)| {
        let mut answers = Answers::new(casereview::instrument::CaseTypeIx(case_type));
        for ((question, options), (missing, option)) in questions.iter().zip(draws) {
            if missing > 0 {
                answers.set(*question, Some(Value::Codes(CodeSet::one(option % options))));
            }
        }
        answers
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_order_of_answering_does_not_matter(
        answers in some_answers(&instrument()),
        seed in any::<u64>(),
    ) {
        let i = instrument();
        let mut given: Vec<(QuestionIx, Value)> =
            answers.iter().map(|(q, v)| (q, v.clone())).collect();
        // Any order will do: sort by a scrambled key.
        given.sort_by_key(|(q, _)| (u64::from(q.0) + 1).wrapping_mul(seed | 1).rotate_left(17));
        let mut again = Answers::new(answers.case_type);
        for (question, value) in given {
            // On the way another answer, taken back.
            again.set(question, Some(Value::Codes(CodeSet::one(0))));
            score(&i, &again);
            again.set(question, Some(value));
        }
        prop_assert_eq!(score(&i, &answers), score(&i, &again));
    }

    #[test]
    fn an_answer_that_is_not_asked_changes_nothing(answers in some_answers(&instrument())) {
        let i = instrument();
        let scores = score(&i, &answers);
        let mut bare = Answers::new(answers.case_type);
        for (question, value) in answers.iter() {
            if scores.asked(question) == casereview::scoring::Asked::Yes {
                bare.set(question, Some(value.clone()));
            }
        }
        prop_assert_eq!(score(&i, &bare), scores);
    }

    #[test]
    fn changes_are_the_smallest_there_are(answers in some_answers(&instrument())) {
        let i = instrument();
        for id in ["14", "15", "16", "18", "19"] {
            let at = item(&i, id);
            let mut all = brute_force(&i, &answers, at);
            all.truncate(MOST_CHANGES);
            prop_assert_eq!(changes(&i, &answers, at), all, "item {}", id);
        }
    }

    #[test]
    fn changes_of_items_with_parts_and_of_outcomes_do_what_they_say(
        answers in some_answers(&instrument()),
    ) {
        let i = instrument();
        let before = score(&i, &answers);
        for at in i.item_positions() {
            for change in changes(&i, &answers, at) {
                let mut changed = answers.clone();
                for answer in &change.answers {
                    prop_assert_ne!(answer.old.as_ref(), Some(&answer.new));
                    changed.set(answer.question, Some(answer.new.clone()));
                }
                let after = score(&i, &changed).item(at).rating;
                prop_assert_eq!(after, change.rating);
                prop_assert_ne!(after, before.item(at).rating);
                prop_assert!(matches!(after, Rating::Strength | Rating::Ani | Rating::Na));
            }
        }
        for at in i.outcome_positions() {
            for change in outcome_changes(&i, &answers, at) {
                let mut changed = answers.clone();
                for answer in &change.answers {
                    changed.set(answer.question, Some(answer.new.clone()));
                }
                let after = score(&i, &changed).outcome(at).rating;
                prop_assert_eq!(after, change.rating);
                prop_assert_ne!(after, before.outcome(at).rating);
            }
        }
    }
}
