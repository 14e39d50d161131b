//! A pair as the outside hands it over, and again after each change.

use std::sync::Arc;

use crate::instrument::{CaseTypeIx, Instrument, ItemIx, QuestionIx, Rating};
use crate::review::{RootCause, Taken};
use crate::scoring::{Answers, Value};

use super::beside::Beside;

/// The letters of the sides: A and B in an order that tells nothing of who read first, then
/// the third reader asked as tie-break.
pub const LETTERS: [&str; 3] = ["A", "B", "C"];

/// The side of the third reader.
pub const C: usize = 2;

/// A pair as it is opened, and again after each change.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The settled review written to.
    pub reading: String,
    /// The case: `R-0042`.
    pub case: String,
    /// Its type and region, for the title.
    pub about: String,
    /// Type of the case.
    pub case_type: CaseTypeIx,
    /// The edition.
    pub instrument: Arc<Instrument>,
    /// The settled review as it stands.
    pub answers: Answers,
    /// Items with a difference, in instrument order.
    pub items: Vec<ItemLine>,
    /// How far a third reader is.
    pub third: Third,
    /// When it was handed in, as shown; then whose reviews A, B and C are.
    pub done: Option<(String, Vec<String>)>,
    /// What keeps it from being handed in beside open differences.
    pub missing: Vec<Lacking>,
    /// Settlements that were being written when the program ended, by question.
    pub drafts: Vec<(QuestionIx, String)>,
}

/// Something that the settled review lacks and no difference settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The question.
    pub question: QuestionIx,
    /// What it lacks, in words: "16.B needs a narrative".
    pub words: String,
}

/// "A was read by 14, B by 03, C by 22."
pub fn read_by(readers: &[String]) -> String {
    let each = LETTERS.iter().zip(readers).enumerate();
    let each: Vec<String> = each
        .map(|(at, (letter, who))| {
            let read = if at == 0 { "was read by" } else { "by" };
            format!("{letter} {read} {who}")
        })
        .collect();
    format!("{}.", each.join(", "))
}

/// How far a third reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Third {
    /// None was asked.
    #[default]
    Unasked,
    /// One was asked, and has not handed in.
    Asked,
    /// Handed in: C stands beside A and B.
    In,
}

/// An item the two parted on, or the face sheet.
#[derive(Debug, Clone)]
pub struct ItemLine {
    /// The item; none for the face sheet.
    pub item: Option<ItemIx>,
    /// What the sides come to, and the settled review as it stands; none for the face sheet.
    pub ratings: Option<Ratings>,
    /// What is to be settled in it.
    pub differences: Vec<Difference>,
    /// Answers that only follow from those.
    pub follows: Vec<Follow>,
    /// What else the sides have apart in it: the sources they ticked, their narratives and
    /// rationales.
    pub beside: Vec<Beside>,
}

/// An answer that differs only since another does.
#[derive(Debug, Clone)]
pub struct Follow {
    /// The question.
    pub question: QuestionIx,
    /// A's and B's answer, then C's.
    pub sides: Vec<Said>,
}

/// Ratings of an item side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratings {
    /// A's and B's, then C's where there is one.
    pub sides: Vec<Rating>,
    /// The settled review's as it stands.
    pub now: Rating,
}

/// One answer to be settled.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The question.
    pub question: QuestionIx,
    /// The question from which A's and B's ratings of its item part.
    pub is_root: bool,
    /// The settled review is asked it as things stand.
    pub is_asked: bool,
    /// A's and B's answer, then C's where a third reader handed in.
    pub sides: Vec<Said>,
    /// Words, that two people never write alike: looked at, not settled.
    pub is_words: bool,
    /// How it was settled.
    pub settled: Option<Settled>,
}

impl Difference {
    /// Whether somebody has to decide it, as things stand.
    pub fn is_to_settle(&self) -> bool {
        self.is_asked && !self.is_words
    }
    /// Whether a side's answer can be taken: it gave one.
    pub fn can_take(&self, side: usize) -> bool {
        self.is_to_settle() && self.sides.get(side).is_some_and(|said| said.value.is_some())
    }
}

/// What a side says to a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// Its answer; none where it was not asked.
    pub value: Option<Value>,
    /// In words.
    pub answer: String,
    /// The text beside it.
    pub text: String,
    /// The reason given for an NA, or for an item that does not apply.
    pub reason: String,
    /// Rows of a table, each in words.
    pub rows: Vec<String>,
}

/// How a difference was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The side whose answer was taken; none for an own one.
    pub side: Option<usize>,
    /// The answer in words.
    pub answer: String,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}

/// An answer on its way to be the settled one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Taking {
    /// The side whose answer is taken; none for an own one.
    pub side: Option<usize>,
    /// The own answer.
    pub value: Option<Value>,
    /// The text beside the own answer.
    pub narrative: Option<String>,
}

impl Taking {
    /// "A's answer".
    pub fn words(&self) -> String {
        match self.side {
            Some(side) => format!("{}'s answer", LETTERS[side]),
            None => "An answer of your own".to_owned(),
        }
    }
}

/// A difference on its way to disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Settling {
    /// The question.
    pub question: QuestionIx,
    /// What is taken.
    pub taking: Taking,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}

/// The side an answer was taken from: which of the two A is hangs on the case.
pub(crate) fn side_of(taken: Taken, swapped: bool) -> Option<usize> {
    match taken {
        Taken::First => Some(usize::from(swapped)),
        Taken::Second => Some(usize::from(!swapped)),
        Taken::Third => Some(C),
        Taken::Own => None,
    }
}

/// Whose answer a side's is.
pub(crate) fn taken_of(side: Option<usize>, swapped: bool) -> Taken {
    match side {
        None => Taken::Own,
        Some(C) => Taken::Third,
        Some(side) if (side == 0) != swapped => Taken::First,
        Some(_) => Taken::Second,
    }
}
