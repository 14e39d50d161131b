//! Going through the sets of answers that either edition can have, rating each by both.

use std::cell::Cell;

use super::classes::{Reads, Variable, reads, variables};
use super::matching::Matching;
use super::ratings::{Came, Example, SAMPLE, TableChange};
use crate::instrument::rate::{Asked, Cause, Given, ItemResult, Trial};
use crate::instrument::{CaseTypeIx, CodeSet, Instrument, ItemIx, Place, QuestionIx, Role};

/// A case type in either edition, and what its sets are made of.
pub(super) type Plan = (CaseTypeIx, CaseTypeIx, Vec<Variable>);

/// What to go through, for each case type that both editions have.
pub(super) fn case_types<'m>(
    matching: &'m Matching<'_>,
    old: ItemIx,
    new: ItemIx,
) -> impl Iterator<Item = Plan> + 'm {
    matching.case_types().into_iter().map(move |(was, is)| {
        let read = |instrument, item, case_type| {
            Reads::of_item(instrument, item, case_type, reads(instrument, item))
        };
        let variables =
            variables(matching, &read(matching.old, old, was), &read(matching.new, new, is));
        (was, is, variables)
    })
}

/// Which answers are given to a question.
pub(super) trait Choose {
    /// How often the sets of a case type are gone through.
    fn rounds(&self, case_types: usize) -> u64;
    /// The classes to go on with.
    fn choose(&mut self, classes: Vec<usize>) -> Vec<usize>;
    /// A set was rated; whether to go on.
    fn rated(&mut self) -> bool;
}

/// All of them, as long as they are not too many.
pub(super) struct Every {
    pub(super) left: u64,
}

impl Choose for Every {
    fn rounds(&self, _: usize) -> u64 {
        1
    }
    fn choose(&mut self, classes: Vec<usize>) -> Vec<usize> {
        classes
    }
    fn rated(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

/// One of them, by chance, from a fixed start (SplitMix64).
pub(super) struct Dice {
    pub(super) state: u64,
}

impl Choose for Dice {
    fn rounds(&self, case_types: usize) -> u64 {
        SAMPLE / case_types.max(1) as u64
    }
    fn choose(&mut self, classes: Vec<usize>) -> Vec<usize> {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let count = classes.len().max(1) as u64;
        classes.get((mixed % count) as usize).map(|one| vec![*one]).unwrap_or_default()
    }
    fn rated(&mut self) -> bool {
        true
    }
}

/// Goes through the sets; false if there are too many.
pub(super) fn walk(
    matching: &Matching<'_>,
    old: ItemIx,
    new: ItemIx,
    change: &mut TableChange,
    choose: &mut impl Choose,
) -> bool {
    let count = matching.case_types().len();
    for (was, is, variables) in case_types(matching, old, new) {
        let cells = |instrument: &Instrument| -> Vec<Slot> {
            vec![Cell::new(None); instrument.questions().len()]
        };
        let (old_cells, new_cells) = (cells(matching.old), cells(matching.new));
        let old_given = |at: QuestionIx| old_cells[usize::from(at.0)].get();
        let new_given = |at: QuestionIx| new_cells[usize::from(at.0)].get();
        let mut walk = Walk {
            matching,
            home: (old, new),
            case_type: is,
            variables: &variables,
            old: Trial::new(matching.old, was, &old_given, old),
            new: Trial::new(matching.new, is, &new_given, new),
            cells: (&old_cells, &new_cells),
            chosen: vec![None; variables.len()],
            change,
        };
        for _ in 0..choose.rounds(count) {
            if !walk.go(0, (false, false), choose) {
                return false;
            }
        }
    }
    true
}

/// The answer to one question while it is varied.
type Slot = Cell<Option<Given>>;

struct Walk<'w, 'i> {
    matching: &'w Matching<'i>,
    home: (ItemIx, ItemIx),
    /// In the new edition.
    case_type: CaseTypeIx,
    variables: &'w [Variable],
    old: Trial<'w>,
    new: Trial<'w>,
    cells: (&'w [Slot], &'w [Slot]),
    chosen: Vec<Option<usize>>,
    change: &'w mut TableChange,
}

impl Walk<'_, '_> {
    /// Answers the variables from `at` on. `stuck` are the editions that lack an answer given
    /// before.
    fn go(&mut self, at: usize, stuck: (bool, bool), choose: &mut impl Choose) -> bool {
        let Some(variable) = self.variables.get(at) else {
            self.rate(stuck);
            return choose.rated();
        };
        let asked = |trial: &mut Trial<'_>, at: Option<QuestionIx>, stuck: bool| {
            at.is_some_and(|at| trial.ask(at) != Asked::No && !stuck)
        };
        let old = asked(&mut self.old, variable.old, stuck.0);
        let new = asked(&mut self.new, variable.new, stuck.1);
        let mut seen = Vec::new();
        let mut open = Vec::new();
        for (position, class) in variable.classes.iter().enumerate() {
            // Only what an edition that asks can have, and each of its classes once.
            let key = (
                class.old.map(|(number, _)| number).filter(|_| old),
                class.new.map(|(number, _)| number).filter(|_| new),
            );
            if key != (None, None) && !seen.contains(&key) {
                seen.push(key);
                open.push(position);
            }
        }
        if open.is_empty() {
            self.give(at, None);
            return self.go(at + 1, stuck, choose);
        }
        for position in choose.choose(open) {
            self.give(at, Some(position));
            let class = &variable.classes[position];
            let now =
                (stuck.0 || old && class.old.is_none(), stuck.1 || new && class.new.is_none());
            if now != (true, true) && !self.go(at + 1, now, choose) {
                return false;
            }
        }
        self.give(at, None);
        true
    }

    fn give(&mut self, at: usize, class: Option<usize>) {
        let variable = &self.variables[at];
        self.chosen[at] = class;
        let class = class.map(|class| &variable.classes[class]);
        if let Some(question) = variable.old {
            let given = class.and_then(|class| class.old).map(|(_, given)| given);
            self.cells.0[usize::from(question.0)].set(given);
        }
        if let Some(question) = variable.new {
            let given = class.and_then(|class| class.new).map(|(_, given)| given);
            self.cells.1[usize::from(question.0)].set(given);
        }
    }

    fn rate(&mut self, stuck: (bool, bool)) {
        let old = if stuck.0 { None } else { self.old.rate() };
        let new = if stuck.1 { None } else { self.new.rate() };
        let came = |result: &Option<ItemResult>| match result {
            Some(result) => result.rating.into(),
            None => Came::NOT_POSSIBLE,
        };
        let finished = |result: &Option<ItemResult>| {
            result.as_ref().is_some_and(|result| result.rating.is_final())
        };
        if !finished(&old) && !finished(&new) {
            return;
        }
        let (matching, home) = (self.matching, self.home);
        let (variables, chosen, case_type) = (self.variables, &self.chosen, self.case_type);
        self.change.count(came(&old), came(&new), || {
            let reason = |instrument, item, result: &Option<ItemResult>| match result {
                Some(result) => reason(instrument, item, &result.cause),
                None => "an answer is not offered".to_owned(),
            };
            let (answers, words) = told(matching, home.1, case_type, variables, chosen);
            Example {
                case_type: matching.new.case_types()[usize::from(case_type.0)].code.clone(),
                answers,
                words,
                old_reason: reason(matching.old, home.0, &old),
                new_reason: reason(matching.new, home.1, &new),
            }
        });
    }
}

/// A set as files write it, and in words.
fn told(
    matching: &Matching<'_>,
    home: ItemIx,
    case_type: CaseTypeIx,
    variables: &[Variable],
    chosen: &[Option<usize>],
) -> (Vec<(String, String)>, String) {
    let new = matching.new;
    let top = |item: ItemIx| new.item(item).parent().unwrap_or(item);
    let (mut answers, mut words) = (Vec::new(), Vec::new());
    for (variable, class) in variables.iter().zip(chosen) {
        let Some(class) = class.map(|class| &variable.classes[class]) else { continue };
        let question = match (variable.new, variable.old) {
            (Some(at), _) => new.question(at),
            (None, Some(at)) => matching.old.question(at),
            (None, None) => continue,
        };
        if class.answered() {
            answers.push((question.id().to_owned(), class.answer.clone()));
        }
        let here = variable.new.is_some()
            && matches!(question.place(), Place::Item(item) if top(item) == top(home));
        let applies = *question.role() == Role::Applies;
        // That the item itself applies goes without saying.
        if here && applies && class.new.is_some_and(|(_, given)| is_yes(given)) {
            continue;
        }
        let name = if here && !applies { question.local() } else { question.id() };
        words.push(format!("{name} {}", class.words));
    }
    let case_type = &new.case_types()[usize::from(case_type.0)].title;
    let words = if words.is_empty() { "any answers".to_owned() } else { words.join(", ") };
    (answers, format!("{words} ({case_type})"))
}

fn is_yes(given: Given) -> bool {
    matches!(given, Given::Codes(codes) if codes == CodeSet::one(0))
}

/// What decided, in a few words.
fn reason(instrument: &Instrument, item: ItemIx, cause: &Cause) -> String {
    match cause {
        Cause::Row { row } => format!("row {}", instrument.item(item).rows()[*row].id),
        Cause::Rule { item, rule } => {
            format!("rule {} is broken", instrument.item(*item).rules()[*rule].id)
        }
        Cause::Missing(_) => "no row holds".to_owned(),
        Cause::Section { met, of } => format!("{met} of {of} are met"),
        Cause::CaseType => "not for this case type".to_owned(),
        Cause::Applies => "it does not apply".to_owned(),
    }
}
