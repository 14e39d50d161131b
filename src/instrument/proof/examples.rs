//! Whether the examples of an outcome can occur: ratings and answers that no case has show
//! nothing.

use std::collections::BTreeSet;

use super::classes::Slot;
use super::outcomes::Projection;
use crate::instrument::{
    CaseTypeIx, CodeSet, Facts, Instrument, ItemIx, Outcome, OutcomeExample, QuestionIx, Rating,
    Test, Truth,
};

/// Why an example can't occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::instrument) enum Impossible {
    /// The item never comes out like this; what it does come out as.
    Rating(ItemIx, Rating, Vec<Rating>),
    /// The item never comes out like this with these answers.
    Answers(ItemIx, Rating),
    /// The table reads these, which are asked there, and the example doesn't answer them.
    Unsaid(Vec<QuestionIx>),
    /// Each item can come out so by itself, but not all of them in one case.
    Together,
}

/// What the items of an outcome can come out as, by case type and item.
pub(super) type Choices = [(CaseTypeIx, Vec<Vec<Projection>>)];

/// The examples that can't occur. `tests` are all that read the projections' answers.
pub(super) fn impossible(
    outcome: &Outcome,
    choices: &Choices,
    tests: &[&Test],
) -> Vec<(usize, Impossible)> {
    let read = outcome.rows().iter().flat_map(|row| row.when.questions()).collect();
    let judge = |(at, example): (usize, &OutcomeExample)| {
        let judge = Judge { outcome, example, tests, read: &read };
        judge.reason(choices).map(|reason| (at, reason))
    };
    outcome.examples().iter().enumerate().filter_map(judge).collect()
}

/// What an example says beside its outcome's table: the questions that matter for it.
pub(super) fn questions(outcome: &Outcome) -> impl Iterator<Item = QuestionIx> + '_ {
    outcome.examples().iter().flat_map(|example| example.answers.iter().map(|(at, _)| *at))
}

/// The items and sub-items whose ratings examples give.
pub(super) fn items(outcome: &Outcome) -> impl Iterator<Item = ItemIx> + '_ {
    outcome.examples().iter().flat_map(|example| example.ratings.iter().map(|(at, _)| *at))
}

/// How much of an example a projection must agree with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Demand {
    Ratings,
    Answers,
    /// Also that what the table reads and the example leaves out is not asked.
    Whole,
}

struct Judge<'j> {
    outcome: &'j Outcome,
    example: &'j OutcomeExample,
    tests: &'j [&'j Test],
    /// Questions that rows of the outcome read.
    read: &'j BTreeSet<QuestionIx>,
}

impl Judge<'_> {
    fn reason(&self, choices: &Choices) -> Option<Impossible> {
        let open = |(case_type, _): &&(CaseTypeIx, _)| {
            self.example.any_case_type || *case_type == self.example.case_type
        };
        let choices: Vec<_> = choices.iter().filter(open).map(|(_, choices)| choices).collect();
        if choices.iter().any(|choices| self.fits(choices, Demand::Whole)) {
            return None;
        }
        for demand in [Demand::Ratings, Demand::Answers] {
            for (position, item) in self.outcome.items().iter().enumerate() {
                let own = || choices.iter().flat_map(|choices| &choices[position]);
                let Some(rating) = self.rating(*item) else { continue };
                if own().any(|projection| self.agrees(projection, demand)) {
                    continue;
                }
                if demand == Demand::Answers {
                    return Some(Impossible::Answers(*item, rating));
                }
                let all: BTreeSet<Rating> =
                    own().map(|projection| projection.ratings[0].1).collect();
                return Some(Impossible::Rating(*item, rating, all.into_iter().collect()));
            }
        }
        if choices.iter().any(|choices| self.fits(choices, Demand::Answers)) {
            let said = |at: &QuestionIx| self.example.answers.iter().any(|(said, _)| said == at);
            return Some(Impossible::Unsaid(
                self.read.iter().copied().filter(|at| !said(at)).collect(),
            ));
        }
        Some(Impossible::Together)
    }

    /// The final rating the example gives an item.
    fn rating(&self, item: ItemIx) -> Option<Rating> {
        let found = self.example.ratings.iter().find(|(at, _)| *at == item);
        found.map(|(_, rating)| *rating).filter(|rating| rating.is_final())
    }

    /// Whether all items can come out so in one case.
    fn fits(&self, choices: &[Vec<Projection>], demand: Demand) -> bool {
        let mut open: Vec<Vec<&Projection>> = Vec::new();
        for (item, own) in self.outcome.items().iter().zip(choices) {
            // An item that is not rated yet can be answered in any way.
            if self.rating(*item).is_some() {
                open.push(own.iter().filter(|one| self.agrees(one, demand)).collect());
            }
        }
        joins(&open, &mut Vec::new())
    }

    fn agrees(&self, projection: &Projection, demand: Demand) -> bool {
        let rated = |(item, rating): &(ItemIx, Rating)| {
            self.rating(*item).is_none_or(|wanted| wanted == *rating)
        };
        projection.ratings.iter().all(rated)
            && (demand == Demand::Ratings
                || projection.answers.iter().all(|(at, slot)| self.answered(*at, *slot, demand)))
    }

    /// Whether a question has the answer that the example gives it, or one like it.
    fn answered(&self, at: QuestionIx, slot: Slot, demand: Demand) -> bool {
        let Some((_, codes)) = self.example.answers.iter().find(|(said, _)| *said == at) else {
            return demand != Demand::Whole || !self.read.contains(&at) || slot == Slot::Unasked;
        };
        let own = self.tests.iter().filter(|test| test.question() == Some(at));
        let alike = |given: CodeSet| {
            own.clone().all(|test| test.truth(&One(at, given)) == test.truth(&One(at, *codes)))
        };
        matches!(slot, Slot::Codes(given) if alike(given))
    }
}

/// Whether one projection of each item can be taken so that shared questions have one answer.
fn joins<'p>(open: &[Vec<&'p Projection>], taken: &mut Vec<&'p Projection>) -> bool {
    let Some(own) = open.get(taken.len()) else { return true };
    own.iter().any(|one| {
        let agrees = taken.iter().flat_map(|taken| &taken.answers).all(|(at, slot)| {
            one.answers.iter().find(|(other, _)| other == at).is_none_or(|(_, own)| own == slot)
        });
        agrees && {
            taken.push(one);
            let found = joins(open, taken);
            taken.pop();
            found
        }
    })
}

/// One answer, to judge a test by.
struct One(QuestionIx, CodeSet);

impl Facts for One {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        if question == self.0 { Ok(self.1) } else { Err(Truth::Unknown) }
    }
    fn integer(&self, _: QuestionIx) -> Result<i64, Truth> {
        Err(Truth::Unknown)
    }
    fn rating(&self, _: ItemIx) -> Result<Rating, Truth> {
        Err(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        CaseTypeIx(0)
    }
}

/// "item 4 is never Not Applicable", and what to do.
pub(in crate::instrument) fn in_words(
    instrument: &Instrument,
    reason: &Impossible,
) -> (String, String) {
    let id = |item: ItemIx| instrument.item(item).id();
    let ids =
        |all: &[QuestionIx]| all.iter().map(|at| instrument.question(*at).id()).collect::<Vec<_>>();
    match reason {
        Impossible::Rating(item, rating, all) => {
            let all: Vec<&str> = all.iter().map(|rating| rating.title()).collect();
            let known = crate::text::list_or(&all);
            (
                format!("item {} never comes out as {} there", id(*item), rating.title()),
                format!("it comes out as {known}; or name the case type it plays in"),
            )
        }
        Impossible::Answers(item, rating) => (
            format!("item {} is never {} with these answers", id(*item), rating.title()),
            "mend the rating, or the answers".to_owned(),
        ),
        Impossible::Unsaid(all) => {
            let all = ids(all);
            let are = if all.len() == 1 { "is" } else { "are" };
            (
                format!("{} {are} asked there", crate::text::list_and(&all)),
                "give the answer in answers: the outcome's rows read it".to_owned(),
            )
        }
        Impossible::Together => (
            "each item can come out so, but not all of them in one case".to_owned(),
            "answers that several of its items read tie them together: mend a rating".to_owned(),
        ),
    }
}
