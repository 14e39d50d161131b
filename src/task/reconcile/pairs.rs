//! The cases with two reviews, those to be settled first.

use crate::task::list::Cursor;

/// How far a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairStatus {
    /// Both are sealed; differences are open, or nothing was settled yet.
    ToSettle {
        /// Items rated differently.
        items: usize,
        /// Answers to settle.
        answers: usize,
    },
    /// One of the two is not handed in.
    Waiting,
    /// Settled and final.
    Settled,
}

/// A case with two reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The case: `R-0042`.
    pub case: String,
    /// Title of its type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// How far it is.
    pub status: PairStatus,
    /// Settling was begun.
    pub begun: bool,
}

/// The list of pairs.
#[derive(Debug, Clone, Default)]
pub struct PairList {
    /// The pairs; none until they arrived.
    pub pairs: Option<Vec<Pair>>,
    /// The highlighted one.
    pub cursor: Cursor,
}

impl PairList {
    /// Takes in pairs: what is to settle first, most disagreement before less.
    pub fn learn(&mut self, mut pairs: Vec<Pair>) {
        use std::cmp::Reverse;
        pairs.sort_by_key(|pair| match pair.status {
            PairStatus::ToSettle { items, answers } => {
                (0, Reverse(items), Reverse(answers), pair.case.clone())
            }
            PairStatus::Waiting => (1, Reverse(0), Reverse(0), pair.case.clone()),
            PairStatus::Settled => (2, Reverse(0), Reverse(0), pair.case.clone()),
        });
        self.cursor.settle(pairs.len());
        self.pairs = Some(pairs);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pairs.as_ref().map_or(0, Vec::len)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The highlighted pair, where it can be opened: both are handed in.
    pub fn chosen(&self) -> Option<&Pair> {
        let pair = self.pairs.as_ref()?.get(self.cursor.at())?;
        (pair.status != PairStatus::Waiting).then_some(pair)
    }
}
