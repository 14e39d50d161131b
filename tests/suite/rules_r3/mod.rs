//! `score` against a second statement of the rules of the full reviews, Rounds 3 and 4.
//!
//! A question is given each of its answers and also none, whatever the gates: so incomplete
//! and inconsistent combinations and answers to be set aside are all there. Of an item with
//! more than five million combinations all reachable ones are taken and a million by chance.
//! Nothing of the crate is used; answers go in and ratings come out as CSV.
//!
//! By itself about a hundredth is taken, from a fixed seed (of Round 4, whose rules are the same,
//! a thousandth); `CASEREVIEW_RULES=all` takes all.

// The counts of combinations are printed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod case;
mod compare;
mod form;
mod outcomes;
mod statement;
mod ways;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use case::Verdict;
use compare::{Case, compare};
use form::ITEMS;
use ways::{Answers, Chance, Ways, plan};

const CASE_TYPES: [&str; 3] = ["foster-care", "in-home", "in-home-dr"];

/// Of how many combinations one is taken: of one, or about of a hundred, of Round 4, whose
/// rules are the same, of a thousand.
fn one_of(instrument: &str) -> u64 {
    match std::env::var("CASEREVIEW_RULES").as_deref() {
        Ok("all") => 1,
        _ if instrument == "cfsr-r3" => 100,
        _ => 1_000,
    }
}

/// Runs each case type in a thread of its own; gives what `run` counted, by case type.
fn each_case_type<T: Send>(run: impl Fn(&'static str) -> T + Sync) -> [T; 3] {
    std::thread::scope(|scope| {
        let runs = CASE_TYPES.map(|case_type| scope.spawn(|| run(case_type)));
        runs.map(|run| run.join().unwrap())
    })
}

/// Every item, as long as it has more combinations: one case carries one of each, as items
/// don't read each other and the statement covers the whole case.
fn every_item(instrument: &str) {
    let counted = each_case_type(|case_type| {
        let mut chance = Chance(3);
        let in_home = case_type != "foster-care";
        let mut plans: Vec<_> =
            (0..ITEMS.len()).map(|at| plan(at, in_home, one_of(instrument), &mut chance)).collect();
        let mut taken = vec![0_u64; ITEMS.len()];
        let cases = std::iter::from_fn(|| {
            let case: Case = plans.iter_mut().map(Iterator::next).collect();
            for (count, answers) in taken.iter_mut().zip(&case) {
                *count += u64::from(answers.is_some());
            }
            case.iter().any(Option::is_some).then_some(case)
        });
        let [_, lines] = compare(instrument, case_type, cases);
        (taken, lines)
    });
    for (position, item) in ITEMS.iter().enumerate() {
        let [foster_care, in_home, in_home_dr] =
            counted.each_ref().map(|(taken, _)| taken[position]);
        println!(
            "{instrument} item {}: of {} combinations {foster_care} in foster care, {in_home} \
             and {in_home_dr} in-home",
            item.id,
            Ways::any(item).count()
        );
    }
    let combinations: u64 = counted.iter().flat_map(|(taken, _)| taken).sum();
    let lines: u64 = counted.iter().map(|(_, lines)| lines).sum();
    println!("{instrument}: in all {combinations} combinations, {lines} ratings compared");
}

#[test]
fn every_combination_of_every_item_of_round_3_is_rated_as_stated() {
    every_item("cfsr-r3");
}

#[test]
fn every_combination_of_every_item_of_round_4_is_rated_as_stated() {
    every_item("cfsr-r4");
}

/// For each item, sets of answers for each rating it can come to and for each way of being
/// unrated; of item 16, whose answers its outcome reads, every combination.
fn ways(position: usize, in_home: bool) -> Vec<Answers> {
    let item = &ITEMS[position];
    let every = Ways::complete(item);
    let unanswered = Ways::any(item).at(Ways::any(item).count() - 1);
    let all_na = item.questions.iter().map(|question| {
        let na = question.answers.iter().find(|answer| **answer == "na");
        (question.id, na.or(question.answers.first()).copied())
    });
    let mut chance = Chance(7);
    let count = every.count();
    let answers = (0..count.min(20_000)).map(|at| {
        if count <= 20_000 {
            return every.at(at);
        }
        // By chance, but with nothing ticked half of the time.
        let mut answers = every.at(chance.below(count));
        for ((_, answer), question) in answers.iter_mut().zip(&item.questions) {
            if question.answers.contains(&"") && chance.below(2) == 0 {
                *answer = Some("");
            }
        }
        answers
    });
    let mut found: BTreeMap<(&str, String), Answers> = BTreeMap::new();
    for answers in answers.chain([unanswered, all_na.collect()]) {
        let Verdict { rating, reason } = &statement::item(position, in_home, &answers)[0].2;
        let kind = match item.id {
            "16" => format!("{answers:?}"),
            _ => reason.split(':').next().unwrap_or_default().to_owned(),
        };
        found.entry((*rating, kind)).or_insert(answers);
    }
    found.into_values().collect()
}

/// Every vector of ratings of the items of each outcome; one case carries one for each.
fn every_outcome(instrument: &str) {
    const OUTCOMES: [&[usize]; 7] =
        [&[0], &[1, 2], &[3, 4, 5], &[6, 7, 8, 9, 10], &[11, 12, 13, 14], &[15], &[16, 17]];
    let counted = each_case_type(|case_type| {
        let in_home = case_type != "foster-care";
        static WAYS: [LazyLock<Vec<Vec<Answers>>>; 2] = [
            LazyLock::new(|| (0..ITEMS.len()).map(|at| ways(at, false)).collect()),
            LazyLock::new(|| (0..ITEMS.len()).map(|at| ways(at, true)).collect()),
        ];
        let ways = &WAYS[usize::from(in_home)];
        let vectors =
            OUTCOMES.map(|items| items.iter().map(|at| ways[*at].len()).product::<usize>());
        let cases = (0..vectors.into_iter().max().unwrap()).map(|number| {
            let mut case: Case = vec![None; ITEMS.len()];
            for (items, count) in OUTCOMES.iter().zip(vectors) {
                let mut rest = number % count;
                for at in *items {
                    case[*at] = Some(ways[*at][rest % ways[*at].len()].clone());
                    rest /= ways[*at].len();
                }
            }
            case
        });
        compare(instrument, case_type, cases);
        vectors
    });
    for (case_type, vectors) in CASE_TYPES.iter().zip(counted) {
        println!("{instrument} {case_type}: vectors of each outcome {vectors:?}");
    }
}

#[test]
fn every_vector_of_ratings_gives_the_outcomes_of_round_3_as_stated() {
    every_outcome("cfsr-r3");
}

#[test]
fn every_vector_of_ratings_gives_the_outcomes_of_round_4_as_stated() {
    every_outcome("cfsr-r4");
}
