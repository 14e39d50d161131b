//! What would change an outcome, put together from what would change its items.

use crate::instrument::{Instrument, ItemIx, OutcomeIx, OutcomeRating, Rating};

use super::changes::changes_to;
use super::{Answers, MOST_CHANGES, NewAnswer, Scores, score};

/// A set of answers that would give an outcome another rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeChange {
    /// The changed or newly given answers, in asking order.
    pub answers: Vec<NewAnswer>,
    /// The rating it would give, neither incomplete nor not computed.
    pub rating: OutcomeRating,
}

/// How many combinations of item changes are tried at most.
const MOST_COMBINATIONS: usize = 5_000;

/// The smallest sets of answers that would give an outcome another final rating, like
/// [`changes`](super::changes) for an item: all of one size, at most [`MOST_CHANGES`], those
/// with the earlier questions first.
///
/// Each item stays as it is or takes one of its smallest ways to another rating.
pub fn outcome_changes(
    instrument: &Instrument,
    answers: &Answers,
    at: OutcomeIx,
) -> Vec<OutcomeChange> {
    let scores = score(instrument, answers);
    let now = scores.outcome(at).rating;
    if now == OutcomeRating::NotComputed {
        return Vec::new();
    }
    let items = instrument.outcome(at).items();
    let ways: Vec<_> = items.iter().map(|item| ways(instrument, answers, &scores, *item)).collect();
    let mut sets = combinations(&ways);
    sets.sort_by(|a, b| {
        let questions = |set: &[NewAnswer]| set.iter().map(|a| a.question).collect::<Vec<_>>();
        a.len().cmp(&b.len()).then_with(|| questions(a).cmp(&questions(b)))
    });
    let mut found: Vec<OutcomeChange> = Vec::new();
    for set in sets {
        let done = found.first().is_some_and(|first| set.len() > first.answers.len());
        if done || found.len() == MOST_CHANGES {
            break;
        }
        let mut changed = answers.clone();
        for answer in &set {
            changed.set(answer.question, Some(answer.new.clone()));
        }
        let rating = score(instrument, &changed).outcome(at).rating;
        let rated = !matches!(rating, OutcomeRating::Incomplete | OutcomeRating::NotComputed);
        if rated && rating != now && !found.iter().any(|f| f.answers == set) {
            found.push(OutcomeChange { answers: set, rating });
        }
    }
    found
}

/// The sets of answers that leave an item as it is, if it is rated, or give it another rating.
fn ways(
    instrument: &Instrument,
    answers: &Answers,
    scores: &Scores,
    item: ItemIx,
) -> Vec<Vec<NewAnswer>> {
    let now = scores.item(item).rating;
    let mut ways = Vec::new();
    if now.is_final() {
        ways.push(Vec::new());
    }
    for wanted in [Rating::Strength, Rating::Ani, Rating::Na] {
        if wanted != now {
            let found = changes_to(instrument, answers, item, &|rating| rating == wanted);
            ways.extend(found.into_iter().map(|change| change.answers));
        }
    }
    ways
}

/// One way of each item, put together; a change of none is left out.
fn combinations(ways: &[Vec<Vec<NewAnswer>>]) -> Vec<Vec<NewAnswer>> {
    let mut sets: Vec<Vec<NewAnswer>> = vec![Vec::new()];
    for ways in ways {
        let mut longer = Vec::with_capacity(sets.len() * ways.len());
        for set in &sets {
            for way in ways {
                let mut set = set.clone();
                set.extend(
                    way.iter().filter(|new| !set.contains(new)).cloned().collect::<Vec<_>>(),
                );
                longer.push(set);
            }
        }
        // Long sets can't be the smallest: keep the search bounded.
        longer.sort_by_key(Vec::len);
        longer.truncate(MOST_COMBINATIONS);
        sets = longer;
    }
    sets.retain(|set| !set.is_empty());
    for set in &mut sets {
        set.sort_by_key(|answer| answer.question);
    }
    sets
}
