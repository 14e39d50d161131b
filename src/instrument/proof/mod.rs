//! The proof of rating tables, by going through every reachable set of answers.
//!
//! Not raw answers are gone through but classes: answers that no condition in question tells
//! apart are one. Questions are answered in asking order; a closed gate leaves a question
//! unasked; a set that breaks a hard rule is left out. A branch is left as soon as nothing new
//! can be learned in it.
//!
//! What is proven of an item, for each case type it applies to: for every reachable set of
//! answers exactly one rating is given. Besides: every row holds somewhere, every question can
//! come to be asked, every rule can be broken.

mod classes;
mod compared;
mod examples;
mod items;
mod outcomes;
mod plan;
mod reach;
mod search;
mod tell;

use std::cell::Cell;

use super::{CaseTypeIx, Instrument};

pub(super) use examples::in_words as impossible_in_words;
pub(super) use items::prove_item;
pub(super) use outcomes::prove_outcome;
pub(super) use reach::{Reach, reach_question, reach_rule};
pub(super) use tell::{answers_as_condition, answers_in_words, ratings_in_words};

/// Sets of answers (as classes) a table may range over. Beyond it nobody can sign a table off,
/// and a proof may take for ever.
pub(super) const MOST_SETS: u128 = 100_000_000_000;

/// Work for one file, in tests evaluated: about a fifth of a second.
const WORK: u64 = 30_000_000;

/// Work that may still be done for a file.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: Cell::new(WORK) }
    }
}

impl Budget {
    /// Takes some work off; false when too little is left.
    fn spend(&self, work: u64) -> bool {
        match self.left.get().checked_sub(work) {
            Some(left) => {
                self.left.set(left);
                true
            }
            None => {
                self.left.set(0);
                false
            }
        }
    }
}

/// Why a proof was not carried through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TooLarge {
    /// So many sets of answers.
    Sets(u128),
    /// The file's work is used up.
    Work,
}

fn case_types(instrument: &Instrument) -> impl Iterator<Item = CaseTypeIx> + use<> {
    (0..instrument.case_types().len() as u8).map(CaseTypeIx)
}
