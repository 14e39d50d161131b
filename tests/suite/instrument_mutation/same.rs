//! Whether two editions of a file rate the same on every reachable set of answers.
//!
//! Shown by going through all of them: every answer to every question that an item's rating
//! hangs on in either edition, gates as they are. Answers that no test of either edition tells
//! apart are taken once; questions that no rating waits for are also left unanswered.

use std::cell::Cell;
use std::collections::BTreeSet;

use casereview::instrument::rate::{Asked, Cause, Given, ItemResult, Trial};
use casereview::instrument::{
    CaseTypeIx, CodeSet, Condition, Instrument, ItemIx, OutcomeIx, Place, QuestionIx, Rating,
    Strictness,
};

use super::classes::answers;
use super::edits::Home;
use super::vectors::outcome;

/// Sets gone through for one item and case type before it is given up.
const MOST_SETS: u64 = 3_000_000;

/// What an item of the old edition comes out as, with the answers that outcomes read.
pub type Projection = (Rating, Vec<(QuestionIx, CodeSet)>);

/// How many sets were compared, or the first that rates differently.
pub fn ratings(old: &Instrument, new: &Instrument, home: &Home) -> Result<u64, String> {
    let mut sets = 0;
    for case_type in (0..old.case_types().len()).map(|at| CaseTypeIx(at as u8)) {
        if let Home::Outcome(id) = home {
            sets += outcome(old, new, id, case_type)?;
            continue;
        }
        for at in old.item_positions().filter(|at| old.item(*at).parent().is_none()) {
            if concerns(old, at, home) || concerns(new, at, home) {
                sets += Walk::new([old, new], at, case_type).run(None)?;
            }
        }
    }
    Ok(sets)
}

/// Whether an edit made there can change what the item comes out as.
fn concerns(instrument: &Instrument, at: ItemIx, home: &Home) -> bool {
    let Home::Item(id) = home else { return true };
    let touched = instrument.find_item(id).unwrap();
    at == touched
        || reads(instrument, at).into_iter().any(|at| match instrument.question(at).place() {
            Place::Face => false,
            Place::Item(place) => {
                place == touched || instrument.item(place).parent() == Some(touched)
            }
        })
}

/// The item and its sub-items.
fn family(instrument: &Instrument, at: ItemIx) -> Vec<ItemIx> {
    std::iter::once(at).chain(instrument.item(at).sub_items().iter().copied()).collect()
}

/// The conditions that make the ratings of an item and its sub-items.
pub fn conditions(instrument: &Instrument, at: ItemIx) -> Vec<&Condition> {
    let mut found = Vec::new();
    for at in family(instrument, at) {
        let item = instrument.item(at);
        found.extend(item.rows().iter().map(|row| &row.when));
        let hard = item.rules().iter().filter(|rule| rule.strictness == Strictness::Hard);
        found.extend(hard.map(|rule| &rule.broken_when));
    }
    found
}

/// The questions that ratings of the family hang on, gates of gates included, in order.
fn reads(instrument: &Instrument, at: ItemIx) -> Vec<QuestionIx> {
    let nothing = |_: QuestionIx| None;
    let mut open: Vec<QuestionIx> = (family(instrument, at).into_iter())
        .flat_map(|at| Trial::new(instrument, CaseTypeIx(0), &nothing, at).reads().to_vec())
        .collect();
    open.extend(conditions(instrument, at).into_iter().flat_map(Condition::questions));
    let outcomes = instrument.outcome_positions();
    let read = outcomes.flat_map(|outcome| read_by(instrument, outcome));
    open.extend(read.filter(|read| in_family(instrument, *read, at)));
    let mut found = BTreeSet::new();
    while let Some(one) = open.pop() {
        if found.insert(one) {
            open.extend(instrument.question(one).ask_when().questions());
            if let Place::Item(place) = instrument.question(one).place() {
                open.extend(instrument.item(place).applies_question());
            }
        }
    }
    found.into_iter().collect()
}

fn in_family(instrument: &Instrument, question: QuestionIx, at: ItemIx) -> bool {
    match instrument.question(question).place() {
        Place::Face => false,
        Place::Item(place) => place == at || instrument.item(place).parent() == Some(at),
    }
}

/// Questions that an outcome's table reads itself.
fn read_by(instrument: &Instrument, at: OutcomeIx) -> Vec<QuestionIx> {
    let rows = instrument.outcome(at).rows().iter();
    let mut found: Vec<QuestionIx> = rows.flat_map(|row| row.when.questions()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A question by its position in either edition, and the answers to be told apart.
struct Variable {
    at: [Option<QuestionIx>; 2],
    answers: Vec<Option<Given>>,
}

type Slot = Cell<Option<Given>>;

pub struct Walk<'w> {
    editions: [&'w Instrument; 2],
    at: ItemIx,
    case_type: CaseTypeIx,
    variables: Vec<Variable>,
}

impl<'w> Walk<'w> {
    pub fn new(editions: [&'w Instrument; 2], at: ItemIx, case_type: CaseTypeIx) -> Self {
        let [old, new] = editions;
        let id = old.item(at).id();
        let new_at = new.find_item(id).unwrap();
        let (of_old, of_new) = (reads(old, at), reads(new, new_at));
        let mut positions: Vec<[Option<QuestionIx>; 2]> = Vec::new();
        for question in of_new {
            positions.push([old.find_question(new.question(question).id()), Some(question)]);
        }
        for question in of_old {
            if !positions.iter().any(|[was, _]| *was == Some(question)) {
                let is = new.find_question(old.question(question).id());
                let after = positions.iter().position(|[was, _]| *was > Some(question));
                positions.insert(after.unwrap_or(positions.len()), [Some(question), is]);
            }
        }
        let variables = positions
            .into_iter()
            .map(|at| Variable { at, answers: answers(editions, at, case_type) })
            .collect();
        Self { editions, at, case_type, variables }
    }

    /// Goes through the sets; takes down what the old edition makes of them where that is asked
    /// for.
    pub fn run(&self, projections: Option<&mut BTreeSet<Projection>>) -> Result<u64, String> {
        let [old, new] = self.editions;
        let slots =
            self.editions.map(|one| -> Vec<Slot> { vec![Cell::new(None); one.questions().len()] });
        let given_old = |at: QuestionIx| slots[0][usize::from(at.0)].get();
        let given_new = |at: QuestionIx| slots[1][usize::from(at.0)].get();
        let new_at = new.find_item(old.item(self.at).id()).unwrap();
        let case_type = self.case_type;
        let trials = [
            (family(old, self.at).into_iter())
                .map(|at| Trial::new(old, case_type, &given_old, at))
                .collect::<Vec<_>>(),
            (family(new, new_at).into_iter())
                .map(|at| Trial::new(new, case_type, &given_new, at))
                .collect(),
        ];
        let read: Vec<QuestionIx> = (old.outcome_positions())
            .flat_map(|outcome| read_by(old, outcome))
            .filter(|read| in_family(old, *read, self.at))
            .collect();
        let mut going = Going { walk: self, slots: &slots, trials, read, sets: 0, projections };
        going.go(0)?;
        Ok(going.sets)
    }
}

struct Going<'g, 'w> {
    walk: &'g Walk<'w>,
    slots: &'g [Vec<Slot>; 2],
    trials: [Vec<Trial<'g>>; 2],
    /// Questions that outcomes read beside the rating.
    read: Vec<QuestionIx>,
    sets: u64,
    projections: Option<&'g mut BTreeSet<Projection>>,
}

impl Going<'_, '_> {
    fn go(&mut self, place: usize) -> Result<(), String> {
        let Some(variable) = self.walk.variables.get(place) else { return self.compare() };
        let mut asked = [false; 2];
        for (edition, at) in variable.at.iter().enumerate() {
            if let Some(at) = at {
                for trial in &mut self.trials[edition] {
                    asked[edition] = trial.ask(*at) != Asked::No;
                }
            }
        }
        if asked == [false; 2] {
            return self.go(place + 1);
        }
        for answer in &variable.answers {
            self.give(variable, *answer);
            self.go(place + 1)?;
        }
        self.give(variable, None);
        Ok(())
    }

    fn give(&self, variable: &Variable, answer: Option<Given>) {
        for (edition, at) in variable.at.iter().enumerate() {
            if let Some(at) = at {
                self.slots[edition][usize::from(at.0)].set(answer);
            }
        }
    }

    fn compare(&mut self) -> Result<(), String> {
        self.sets += 1;
        if self.sets > MOST_SETS {
            return Err("too many sets of answers to go through".to_owned());
        }
        let [old, new] = &mut self.trials;
        for (was, is) in old.iter_mut().zip(new) {
            let (was, is) = (was.rate(), is.rate());
            let finished = |result: &Option<ItemResult>| {
                result
                    .as_ref()
                    .is_some_and(|one| one.rating.is_final() || one.rating == Rating::Complete)
            };
            let alike = !finished(&was) && !finished(&is) || same(was.as_ref(), is.as_ref());
            if !alike {
                let rating = |result: Option<ItemResult>| result.map(|one| (one.rating, one.cause));
                let (was, is) = (rating(was), rating(is));
                return Err(format!("{was:?} became {is:?} on {}", self.told()));
            }
        }
        if let Some(projections) = &mut self.projections
            && let Some(result) = self.trials[0][0].rate()
        {
            let mut answers = Vec::new();
            for at in &self.read {
                let asked = self.trials[0][0].ask(*at) == Asked::Yes;
                if let (true, Some(Given::Codes(codes))) =
                    (asked, self.slots[0][usize::from(at.0)].get())
                {
                    answers.push((*at, codes));
                }
            }
            projections.insert((result.rating, answers));
        }
        Ok(())
    }

    fn told(&self) -> String {
        let case_type = &self.walk.editions[0].case_types()[usize::from(self.walk.case_type.0)];
        let mut told = case_type.code.clone();
        for variable in &self.walk.variables {
            for (edition, at) in variable.at.iter().enumerate().rev() {
                let Some(at) = at else { continue };
                let question = self.walk.editions[edition].question(*at);
                let answer = match self.slots[edition][usize::from(at.0)].get() {
                    None | Some(Given::Other) => continue,
                    Some(Given::Integer(number)) => number.to_string(),
                    Some(Given::Codes(codes)) => {
                        let codes =
                            codes.positions().map(|at| question.options()[at].code.as_str());
                        codes.collect::<Vec<_>>().join(";")
                    }
                };
                told.push_str(&format!(", {} {answer}", question.id()));
                break;
            }
        }
        told
    }
}

/// The same rating; of a section also the same counts.
fn same(was: Option<&ItemResult>, is: Option<&ItemResult>) -> bool {
    let (Some(was), Some(is)) = (was, is) else { return false };
    let counts = |result: &ItemResult| match result.cause {
        Cause::Section { met, of } => Some((met, of)),
        _ => None,
    };
    was.rating == is.rating && counts(was) == counts(is)
}
