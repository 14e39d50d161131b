//! What would change a rating: the smallest sets of changed or newly given answers.
//!
//! Meant for practice, quality assurance, leads, and after submission: a reviewer shown this
//! while answering would be invited to shop for ratings.

use std::cell::Cell;

use crate::instrument::rate::{Given, Trial};
use crate::instrument::words;
use crate::instrument::{
    Choice, CodeSet, Condition, Instrument, ItemIx, Kind, QuestionIx, Rating, Strictness, Test,
};

use super::score::{score, sheet};
use super::{Answers, Asked, Value, filled};

/// One answer of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The question.
    pub question: QuestionIx,
    /// The answer as it is, if there is one.
    pub old: Option<Value>,
    /// The answer that it would take.
    pub new: Value,
    /// For a number counted from a table: the rows of which there must be so many.
    pub rows: Option<String>,
}

/// A set of answers that would give an item another rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The changed or newly given answers, in asking order.
    pub answers: Vec<NewAnswer>,
    /// The rating it would give: Strength, ANI or NA.
    pub rating: Rating,
}

/// How many changes are told at most.
pub const MOST_CHANGES: usize = 3;

/// How many answers are tried at most before the search gives up with what it has: far more
/// than an item of the shipped instruments needs.
const MOST_STEPS: usize = 100_000;

/// The smallest sets of changed or newly given answers that would give the item or sub-item
/// another final rating, all of one size, at most [`MOST_CHANGES`], those with the earlier
/// questions first.
///
/// Of a checklist one tick more or less is tried, and each single tick, as far as it may have
/// so many; of a number, of each range that conditions tell apart the nearest one. A number
/// counted from rows can't be typed: [`NewAnswer::rows`] says which rows it is about.
pub fn changes(instrument: &Instrument, answers: &Answers, item: ItemIx) -> Vec<Change> {
    let now = score(instrument, answers).item(item).rating;
    changes_to(instrument, answers, item, &|rating| rating.is_final() && rating != now)
}

/// Like [`changes`], to this rating alone, however few answers would give another.
pub fn changes_giving(
    instrument: &Instrument,
    answers: &Answers,
    item: ItemIx,
    rating: Rating,
) -> Vec<Change> {
    changes_to(instrument, answers, item, &|found| found == rating)
}

/// Like [`changes`], to a rating that is `wanted`.
pub(super) fn changes_to(
    instrument: &Instrument,
    answers: &Answers,
    item: ItemIx,
    wanted: &dyn Fn(Rating) -> bool,
) -> Vec<Change> {
    let given: Vec<Cell<Option<Given>>> =
        sheet(instrument, answers).into_iter().map(Cell::new).collect();
    let look = |question: QuestionIx| given[usize::from(question.0)].get();
    let trial = Trial::new(instrument, answers.case_type, &look, item);
    let reads = reads(instrument, answers, item, &trial);
    let choices = reads.iter().map(|at| choices(instrument, answers, item, *at)).collect();
    let mut search = Search {
        reads,
        choices,
        given: &given,
        trial,
        wanted,
        taken: Vec::new(),
        found: Vec::new(),
        steps: 0,
    };
    for size in 1..=search.reads.len() {
        search.walk(0, size);
        if !search.found.is_empty() || search.steps >= MOST_STEPS {
            break;
        }
    }
    let told = |(question, new): (QuestionIx, Given)| NewAnswer {
        question,
        old: filled::value(instrument, answers, question),
        new: match new {
            Given::Codes(codes) => Value::Codes(codes),
            Given::Integer(number) => Value::Integer(number),
            Given::Other => unreachable!("choices are codes or numbers"),
        },
        rows: words::counted_rows(instrument, question),
    };
    (search.found.into_iter())
        .map(|(set, rating)| Change { answers: set.into_iter().map(told).collect(), rating })
        .collect()
}

struct Search<'s, 'i> {
    /// The questions the rating hangs on, in asking order.
    reads: Vec<QuestionIx>,
    /// What each of them could be answered with.
    choices: Vec<Vec<Given>>,
    given: &'s [Cell<Option<Given>>],
    trial: Trial<'i>,
    wanted: &'s dyn Fn(Rating) -> bool,
    taken: Vec<(QuestionIx, Given)>,
    found: Vec<(Vec<(QuestionIx, Given)>, Rating)>,
    steps: usize,
}

impl Search<'_, '_> {
    /// Tries every set of exactly `left` more changes among the questions from `place` on.
    /// Smaller sets were tried before; an asked question without an answer has to get one.
    fn walk(&mut self, place: usize, left: usize) {
        self.steps += 1;
        let open = self.reads.len() - place;
        if self.found.len() == MOST_CHANGES || self.steps >= MOST_STEPS || left > open {
            return;
        }
        if open == 0 {
            match self.trial.rate() {
                Some(result) if (self.wanted)(result.rating) => {
                    self.found.push((self.taken.clone(), result.rating));
                }
                _ => {}
            }
            return;
        }
        let question = self.reads[place];
        match self.trial.ask(question) {
            Asked::Yes => {}
            Asked::No => return self.walk(place + 1, left),
            // Hangs on an answer that no change here can give.
            Asked::Later => return,
        }
        let cell = &self.given[usize::from(question.0)];
        let before = cell.get();
        if left > 0 {
            for at in 0..self.choices[place].len() {
                let choice = self.choices[place][at];
                if Some(choice) != before {
                    cell.set(Some(choice));
                    self.taken.push((question, choice));
                    self.walk(place + 1, left - 1);
                    self.taken.pop();
                }
            }
            cell.set(before);
        }
        if before.is_some() {
            self.walk(place + 1, left);
        }
    }
}

/// What the rating hangs on: what it waits for, and given answers that it does not wait for
/// but a hard rule reads. (A missing one of those breaks nothing.)
fn reads(
    instrument: &Instrument,
    answers: &Answers,
    item: ItemIx,
    trial: &Trial<'_>,
) -> Vec<QuestionIx> {
    let mut found = trial.reads().to_vec();
    let subs = instrument.item(item).sub_items().iter().copied();
    for at in std::iter::once(item).chain(subs) {
        let rules = instrument.item(at).rules().iter();
        for rule in rules.filter(|rule| rule.strictness == Strictness::Hard) {
            let unwaited = |at: &QuestionIx| !instrument.question(*at).waited_for();
            let given = |at: &QuestionIx| answers.get(*at).is_some();
            found.extend(rule.broken_when.questions().into_iter().filter(unwaited).filter(given));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a question could be answered with, as far as it makes a difference.
fn choices(instrument: &Instrument, answers: &Answers, item: ItemIx, at: QuestionIx) -> Vec<Given> {
    let offered = |options: &[Choice]| -> Vec<CodeSet> {
        (options.iter().enumerate())
            .filter(|(_, option)| option.case_types.has(answers.case_type))
            .map(|(position, _)| CodeSet::one(position))
            .collect()
    };
    match instrument.question(at).kind() {
        Kind::Choice(options) => offered(options).into_iter().map(Given::Codes).collect(),
        Kind::Checklist(options) => {
            let ticked = match answers.get(at) {
                Some(Value::Codes(codes)) => *codes,
                _ => CodeSet::EMPTY,
            };
            let mut sets = vec![CodeSet::EMPTY];
            for one in offered(options) {
                sets.extend([one, CodeSet(ticked.0 ^ one.0)]);
            }
            let (least, most) = instrument.question(at).ticks();
            let mut seen = Vec::new();
            sets.retain(|set| {
                (least..=most).contains(&set.len()) && !seen.contains(set) && {
                    seen.push(*set);
                    true
                }
            });
            sets.into_iter().map(Given::Codes).collect()
        }
        Kind::Integer { least, most } => {
            let number = |at: QuestionIx| match filled::value(instrument, answers, at) {
                Some(Value::Integer(number)) => Some(number),
                _ => None,
            };
            let mut starts = vec![*least];
            let mut cut = |least: i64, most: i64| {
                starts.push(least);
                starts.extend(most.checked_add(1));
            };
            each_condition(instrument, item, &mut |condition| {
                condition.each_test(&mut |test| match test {
                    Test::Integer { question, least, most } if *question == at => {
                        cut(*least, *most);
                    }
                    Test::Compare { .. } if test.reads(at) => {
                        let others = test.questions().filter(|other| *other != at);
                        others.filter_map(number).for_each(|number| cut(number, number));
                    }
                    _ => {}
                });
            });
            starts.retain(|start| (*least..=*most).contains(start));
            starts.sort_unstable();
            starts.dedup();
            let ends = starts.iter().skip(1).map(|next| next - 1).chain([*most]);
            let now = number(at).unwrap_or(*least);
            let ranges = starts.iter().zip(ends);
            ranges.map(|(start, end)| Given::Integer(now.clamp(*start, end))).collect()
        }
        Kind::Text | Kind::Date | Kind::Table { .. } => Vec::new(),
    }
}

/// Every gate, and the rules and tables of an item and its sub-items.
fn each_condition<'i>(
    instrument: &'i Instrument,
    item: ItemIx,
    visit: &mut impl FnMut(&'i Condition),
) {
    // A number of another item may open a gate there that this item reads behind.
    instrument.questions().iter().for_each(|question| visit(question.ask_when()));
    let subs = instrument.item(item).sub_items().iter().copied();
    for at in std::iter::once(item).chain(subs) {
        let item = instrument.item(at);
        item.rules().iter().for_each(|rule| visit(&rule.broken_when));
        item.rows().iter().for_each(|row| visit(&row.when));
    }
}
