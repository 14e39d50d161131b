//! Which sets of answers rate differently.

use super::change::About;
use super::items::about;
use super::matching::Matching;
use super::sameness::same_tables;
use super::walk::{Dice, Every, case_types, walk};
use crate::instrument::{ItemIx, Mode, Rating};

/// Sets of answers an item is rated for before a sample has to do.
const MOST_SETS: u64 = 250_000;

/// Sets in such a sample, shared by the case types.
pub(super) const SAMPLE: u64 = 40_000;

/// What an item or outcome comes out as: code and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// The rating's code; `not-possible` where the edition can't have the set.
    pub code: &'static str,
    /// Its words.
    pub title: &'static str,
}

impl Came {
    pub(super) const NOT_POSSIBLE: Self = Self { code: "not-possible", title: "not possible" };
}

impl From<Rating> for Came {
    fn from(rating: Rating) -> Self {
        Self { code: rating.code(), title: rating.title() }
    }
}

/// A set of answers that rates differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Code of the case type.
    pub case_type: String,
    /// Question (by its new id where it has one) or item, and its answer or rating as files
    /// write it; of answers that rate alike, one.
    pub answers: Vec<(String, String)>,
    /// The set in words: "A2 is Yes, C is No (Foster care)".
    pub words: String,
    /// What decided before: `row strength`, `rule mother-na`.
    pub old_reason: String,
    /// What decides now.
    pub new_reason: String,
}

/// Sets that went from one rating to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The rating before.
    pub old: Came,
    /// The rating now.
    pub new: Came,
    /// How many sets; answers that neither edition tells apart count as one.
    pub sets: u64,
    /// One of them.
    pub example: Example,
}

/// There were too many sets to go through all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampled {
    /// How many there are at most, closed gates left aside.
    pub of: u128,
}

/// How a rating table rates differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableChange {
    /// The item, sub-item or outcome.
    pub about: About,
    /// Sets that at least one of the editions rates.
    pub compared: u64,
    /// Those of them that rate differently.
    pub different: u64,
    /// Only a sample was compared.
    pub sampled: Option<Sampled>,
    /// From which rating to which, in the order of first appearance.
    pub transitions: Vec<Transition>,
}

impl TableChange {
    pub(super) fn new(about: About) -> Self {
        Self { about, compared: 0, different: 0, sampled: None, transitions: Vec::new() }
    }

    /// Counts a set.
    pub(super) fn count(&mut self, old: Came, new: Came, example: impl FnOnce() -> Example) {
        self.compared += 1;
        if old == new {
            return;
        }
        self.different += 1;
        match self.transitions.iter_mut().find(|t| t.old == old && t.new == new) {
            Some(known) => known.sets += 1,
            None => self.transitions.push(Transition { old, new, sets: 1, example: example() }),
        }
    }
}

/// Items and sub-items whose tables rate differently.
pub(super) fn items(matching: &Matching<'_>) -> Vec<TableChange> {
    let mut found = Vec::new();
    // Sections of a checklist have no tables: what counts is told with the questions.
    if [matching.old, matching.new].iter().any(|one| one.mode() == Mode::Checklist) {
        return found;
    }
    for new in matching.new.item_positions() {
        let Some(old) = matching.old_item(new) else { continue };
        if same_tables(matching, old, new) {
            continue;
        }
        let change = compare(matching, old, new);
        if change.different > 0 || change.sampled.is_some() {
            found.push(change);
        }
    }
    found
}

fn compare(matching: &Matching<'_>, old: ItemIx, new: ItemIx) -> TableChange {
    let mut change = TableChange::new(about(matching, new));
    if walk(matching, old, new, &mut change, &mut Every { left: MOST_SETS }) {
        return change;
    }
    // Too many: begin again with a sample, the same every time.
    let mut change = TableChange::new(about(matching, new));
    let of = case_types(matching, old, new)
        .map(|(_, _, variables)| {
            let sizes = variables.iter().map(|v| v.classes.len().max(1) as u128);
            sizes.fold(1, u128::saturating_mul)
        })
        .fold(0, u128::saturating_add);
    change.sampled = Some(Sampled { of });
    walk(matching, old, new, &mut change, &mut Dice { state: 0x9e37_79b9_7f4a_7c15 });
    change
}
