//! The cases with two reviews, those to be settled first.

use crate::task::available::is_move;
use crate::task::form::Form;
use crate::task::list::Cursor;
use crate::task::{Action, Effect, Screen};

use super::Third;

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
    /// It was settled, and a review was changed and sealed anew since.
    Again {
        /// Answers to settle again; none where the two agree now, so that it is handed in again.
        answers: usize,
    },
    /// One of the two is not handed in.
    Waiting,
    /// Settled and final.
    Settled,
}

impl PairStatus {
    /// Whether there is something to settle now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::ToSettle { .. } | Self::Again { .. })
    }
}

/// "2 to settle again": what a late change leaves to do in a settled pair.
pub fn to_settle_again(answers: usize) -> String {
    match answers {
        0 => "changed since, to hand in again".to_owned(),
        answers => format!("{answers} to settle again"),
    }
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
    /// Who has sealed and who has not: "john sealed, mary not yet".
    pub sealed: String,
    /// Settling was begun.
    pub begun: bool,
    /// How far a third reader is.
    pub third: Third,
    /// Codes of people who read it not yet and may.
    pub free: Vec<String>,
}

impl Pair {
    /// Whether a third reader can be asked: both reviews are there, and nothing is settled
    /// for good.
    pub fn takes_third(&self) -> bool {
        self.third == Third::Unasked && matches!(self.status, PairStatus::ToSettle { .. })
    }
}

/// A line of the form that asks a third reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who is asked.
    Who,
    /// Asking.
    Go,
}

/// The list of pairs.
#[derive(Debug, Clone, Default)]
pub struct PairList {
    /// The pairs; none until they arrived.
    pub pairs: Option<Vec<Pair>>,
    /// The highlighted one.
    pub cursor: Cursor,
    /// A third reader is being asked for the highlighted one.
    pub form: Option<Form<Slot>>,
    /// Why that was not done.
    pub problem: Option<String>,
    /// The form was opened from the settling of its case, and leads back there.
    pub(in super::super) from_settling: bool,
    /// A pair was opened from the start screen or the list of cases, which it leads back to.
    pub(in super::super) from: Option<Screen>,
    /// The case to ask a third reader for, once the pairs have come.
    pub(in super::super) third_for: Option<String>,
}

impl PairList {
    /// Takes in pairs: what is to settle first, most disagreement before less.
    pub fn learn(&mut self, mut pairs: Vec<Pair>) {
        use std::cmp::Reverse;
        let before = self.here().map(|pair| pair.case.clone());
        let wanted = self.third_for.take();
        pairs.sort_by_key(|pair| match pair.status {
            PairStatus::ToSettle { items, answers } => {
                (1, Reverse(items), Reverse(answers), pair.case.clone())
            }
            PairStatus::Again { answers } => (0, Reverse(0), Reverse(answers), pair.case.clone()),
            PairStatus::Waiting => (2, Reverse(0), Reverse(0), pair.case.clone()),
            PairStatus::Settled => (3, Reverse(0), Reverse(0), pair.case.clone()),
        });
        self.cursor.settle(pairs.len());
        let stay = wanted.clone().or(before);
        if let Some(at) = pairs.iter().position(|pair| Some(&pair.case) == stay.as_ref()) {
            self.cursor.put(at, pairs.len());
        }
        self.pairs = Some(pairs);
        self.form = None;
        if wanted.is_some() && self.here().is_some_and(Pair::takes_third) {
            self.begin_third();
        }
    }

    /// The highlighted pair.
    pub fn here(&self) -> Option<&Pair> {
        self.pairs.as_ref()?.get(self.cursor.at())
    }

    fn begin_third(&mut self) {
        self.problem = None;
        self.form = Some(Form::default().text(Slot::Who, "Who", "").go(Slot::Go, "Ask them"));
    }

    /// Whether an action is available.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if let Some(form) = &self.form {
            return form.takes_or_leaves(action);
        }
        match action {
            A::Back => true,
            A::Agreement => !self.is_empty(),
            A::Open => self.chosen().is_some(),
            A::AskThird => self.here().is_some_and(Pair::takes_third),
            other => is_move(other) && !self.is_empty(),
        }
    }

    /// Does an action of the list or of the form.
    pub(in super::super) fn act(&mut self, action: Action) -> Vec<Effect> {
        let len = self.len();
        let case = self.here().map(|pair| pair.case.clone());
        self.problem = None;
        let Some(form) = &mut self.form else {
            match action {
                Action::AskThird => self.begin_third(),
                other => {
                    self.cursor.act(other, len);
                }
            }
            return Vec::new();
        };
        if action == Action::Back {
            self.form = None;
            return Vec::new();
        }
        if form.act(action).is_none() {
            return Vec::new();
        }
        let to = form.written(Slot::Who).to_owned();
        if to.is_empty() {
            form.go_to(Slot::Who);
            self.problem = Some("say who, by a code of the team".to_owned());
            return Vec::new();
        }
        case.map(|case| Effect::AskThird { case, to }).into_iter().collect()
    }

    /// The text being written on the form.
    pub fn editing(&self) -> Option<(Slot, &str)> {
        let form = self.form.as_ref()?;
        form.writing()
    }

    /// The text is now this.
    pub(in super::super) fn type_text(&mut self, text: String) {
        if let Some(form) = &mut self.form {
            form.type_text(text);
        }
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
        let pair = self.here()?;
        (pair.status != PairStatus::Waiting).then_some(pair)
    }
}
