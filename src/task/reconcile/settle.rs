//! The differences of one case, settled one after the other.
//!
//! The two reviews are A and B, in an order that tells nothing of who is first or second;
//! whose they are is said only once the case is settled.

use std::sync::Arc;

use crate::instrument::{CaseTypeIx, Instrument, ItemIx, QuestionIx, Rating};
use crate::review::{RootCause, Took};
use crate::scoring::Value;
use crate::task::list::Cursor;
use crate::task::{Action, Effect, Field};

use super::beside::{Beside, LINES};
use super::draft;

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
    /// Items with a difference, in instrument order.
    pub items: Vec<ItemLine>,
    /// When it was handed in, as shown; then whose reviews A and B are.
    pub done: Option<(String, [String; 2])>,
    /// What keeps it from being handed in beside open differences.
    pub missing: Vec<String>,
    /// Settlements that were being written when the program ended, by question.
    pub drafts: Vec<(QuestionIx, String)>,
}

/// An item the two parted on, or the face sheet.
#[derive(Debug, Clone)]
pub struct ItemLine {
    /// The item; none for the face sheet.
    pub item: Option<ItemIx>,
    /// What A and B come to, and the settled review as it stands; none for the face sheet.
    pub ratings: Option<[Rating; 3]>,
    /// What is to be settled in it.
    pub differences: Vec<Difference>,
    /// How many answers only follow from those.
    pub follow: usize,
    /// What else the two have apart in it: the sources they ticked, their narratives and
    /// rationales.
    pub beside: Vec<Beside>,
}

/// One answer to be settled.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The question.
    pub question: QuestionIx,
    /// The question from which the ratings of its item part.
    pub is_root: bool,
    /// The settled review is asked it as things stand.
    pub is_asked: bool,
    /// A's and B's answer in words, and the text beside it.
    pub sides: [(String, String); 2],
    /// How it was settled.
    pub settled: Option<Settled>,
}

/// How a difference was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// A (0), B (1) or neither.
    pub side: Option<usize>,
    /// The answer in words.
    pub answer: String,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}

/// What the person is at.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Looking at the differences.
    Looking,
    /// Reading what else the item's two reviews have apart, from a line on.
    Beside(Cursor),
    /// Choosing an answer of their own by number.
    Own,
    /// Saying why the two differed, by number.
    Cause {
        /// A (0), B (1) or an own answer.
        side: Option<usize>,
        /// The own answer.
        value: Option<Value>,
    },
    /// Writing the reason.
    Reason {
        /// A (0), B (1) or an own answer.
        side: Option<usize>,
        /// The own answer.
        value: Option<Value>,
        /// The cause chosen.
        cause: RootCause,
        /// The reason so far.
        text: String,
    },
}

/// A difference on its way to disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Settling {
    /// The question.
    pub question: QuestionIx,
    /// A (0), B (1) or an own answer.
    pub side: Option<usize>,
    /// The own answer.
    pub value: Option<Value>,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: String,
}

/// A line of the screen's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An item's heading.
    Item(usize),
    /// A difference: its item and its place in it.
    Difference(usize, usize),
}

/// The settling of one case.
#[derive(Debug, Clone)]
pub struct State {
    /// The pair as last read.
    pub pair: Opened,
    /// The highlighted difference, by its place among all.
    pub cursor: Cursor,
    /// What the person is at.
    pub step: Step,
    /// A change is on its way to disk.
    pub saving: bool,
    /// What was not saved, and why.
    pub not_saved: Option<String>,
}

impl State {
    /// A pair just opened, at its first open difference.
    pub fn open(pair: Opened) -> Self {
        let mut state = Self {
            pair,
            cursor: Cursor::default(),
            step: Step::Looking,
            saving: false,
            not_saved: None,
        };
        state.go_to_open(0);
        state.take_draft();
        state
    }

    /// Goes on with a reason that was being written when the program ended.
    fn take_draft(&mut self) {
        if !self.is_open() {
            return;
        }
        let instrument = Arc::clone(&self.pair.instrument);
        let found = self.pair.drafts.iter().find_map(|(question, text)| {
            let differences = self.differences();
            let at =
                differences.iter().position(|one| one.question == *question && one.is_asked)?;
            let asked = instrument.question(*question);
            Some((at, differences.len(), draft::read(text, asked, self.pair.case_type)?))
        });
        if let Some((at, len, step)) = found {
            self.cursor.put(at, len);
            self.step = step;
        }
    }

    /// Takes in the pair read anew: after a settlement it goes on to the next open
    /// difference.
    pub fn learn(&mut self, pair: Opened) {
        let settled = self.saving;
        self.pair = pair;
        self.saving = false;
        self.not_saved = None;
        self.step = Step::Looking;
        self.cursor.settle(self.differences().len());
        if settled {
            self.go_to_open(self.cursor.at());
        }
    }

    /// Says that the last change is not on disk; what was written stays in its box.
    pub fn refused(&mut self, why: String) {
        self.saving = false;
        self.not_saved = Some(why);
    }

    /// Items and differences in the order shown.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, item) in self.pair.items.iter().enumerate() {
            rows.push(Row::Item(at));
            rows.extend((0..item.differences.len()).map(|nth| Row::Difference(at, nth)));
        }
        rows
    }

    /// The differences in the order shown.
    pub fn differences(&self) -> Vec<&Difference> {
        self.pair.items.iter().flat_map(|item| &item.differences).collect()
    }

    /// The highlighted difference.
    pub fn here(&self) -> Option<&Difference> {
        self.differences().get(self.cursor.at()).copied()
    }

    /// The item of the highlighted difference.
    pub fn item_here(&self) -> Option<&ItemLine> {
        let mut at = self.cursor.at();
        self.pair.items.iter().find(|item| {
            let inside = at < item.differences.len();
            at = at.wrapping_sub(if inside { 0 } else { item.differences.len() });
            inside
        })
    }

    /// Differences settled, and how many there are to settle as things stand.
    pub fn progress(&self) -> (usize, usize) {
        let asked = self.differences().into_iter().filter(|one| one.is_asked);
        asked.fold((0, 0), |(done, all), one| (done + usize::from(one.settled.is_some()), all + 1))
    }

    /// The case can be handed in.
    pub fn is_whole(&self) -> bool {
        let (done, all) = self.progress();
        done == all && self.pair.done.is_none()
    }

    /// It can still be changed.
    pub fn is_open(&self) -> bool {
        self.pair.done.is_none()
    }

    /// A difference can be settled by an own answer here: it is asked, with one of few
    /// options. Other answers of one's own are given with `reconcile --plain`.
    pub fn takes_own(&self, one: &Difference) -> bool {
        let question = self.pair.instrument.question(one.question);
        let is_choice = matches!(question.kind(), crate::instrument::Kind::Choice(_));
        one.is_asked && is_choice && question.options().len() <= 9
    }

    /// The reason being written.
    pub fn writing(&self) -> Option<&str> {
        match &self.step {
            Step::Reason { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Takes in the text of the reason, and keeps it as a draft.
    pub fn type_text(&mut self, typed: String) -> Vec<Effect> {
        let Step::Reason { text, .. } = &mut self.step else { return Vec::new() };
        if *text == typed {
            return Vec::new();
        }
        *text = typed;
        self.keep_draft(true)
    }

    /// Keeps the settlement being written as a draft, or drops it.
    fn keep_draft(&self, keep: bool) -> Vec<Effect> {
        let Some(here) = self.here() else { return Vec::new() };
        let question = self.pair.instrument.question(here.question);
        let text = draft::write(&self.step, question).filter(|_| keep);
        let reading = self.pair.reading.clone();
        vec![Effect::Draft { reading, question: here.question, field: Field::Reason, text }]
    }

    /// How many numbers can be chosen now.
    pub fn choices(&self) -> usize {
        match (&self.step, self.here()) {
            (Step::Own, Some(here)) => self.pair.instrument.question(here.question).options().len(),
            (Step::Cause { .. }, _) => RootCause::ALL.len(),
            _ => 0,
        }
    }

    /// Chooses by number, counted from 1.
    pub fn pick(&mut self, number: usize) {
        if number == 0 || number > self.choices() {
            return;
        }
        self.step = match std::mem::replace(&mut self.step, Step::Looking) {
            Step::Own => Step::Cause {
                side: None,
                value: Some(Value::Codes(crate::instrument::CodeSet::one(number - 1))),
            },
            Step::Cause { side, value } => {
                Step::Reason { side, value, cause: RootCause::ALL[number - 1], text: String::new() }
            }
            other => other,
        };
    }

    /// Does an action of this screen.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::TakeA => self.step = Step::Cause { side: Some(0), value: None },
            Action::TakeB => self.step = Step::Cause { side: Some(1), value: None },
            Action::TakeOwn => self.step = Step::Own,
            Action::NextOpen => self.go_to_open(self.cursor.at() + 1),
            Action::DropText => {
                let dropped = self.keep_draft(false);
                self.step = Step::Looking;
                return dropped;
            }
            Action::Evidence => self.step = Step::Beside(Cursor::default()),
            Action::Back => self.step = Step::Looking,
            Action::Commit => return self.commit(),
            Action::HandIn => {
                self.saving = true;
                return vec![Effect::HandIn { reading: self.pair.reading.clone() }];
            }
            Action::Finish => {
                return vec![Effect::Open { reading: self.pair.reading.clone() }];
            }
            other => {
                let len = self.differences().len();
                match &mut self.step {
                    Step::Beside(cursor) => cursor.act(other, LINES),
                    _ => self.cursor.act(other, len),
                };
            }
        }
        Vec::new()
    }

    fn commit(&mut self) -> Vec<Effect> {
        let (Step::Reason { side, value, cause, text }, Some(here)) = (&self.step, self.here())
        else {
            return Vec::new();
        };
        if text.trim().is_empty() || self.saving {
            self.not_saved = Some("write a few words why".to_owned());
            return Vec::new();
        }
        let settling = Settling {
            question: here.question,
            side: *side,
            value: value.clone(),
            cause: *cause,
            reason: text.clone(),
        };
        self.saving = true;
        vec![Effect::Settle { reading: self.pair.reading.clone(), settling }]
    }

    /// Goes to the first open difference from a place on, then round to the start.
    fn go_to_open(&mut self, from: usize) {
        let differences = self.differences();
        let open = |at: &usize| differences[*at].is_asked && differences[*at].settled.is_none();
        let len = differences.len();
        let next = (from..len).chain(0..from.min(len)).find(open);
        if let Some(at) = next {
            self.cursor.put(at, len);
        }
    }
}

/// Whose answer was taken, told by side: which of the two A is hangs on the case.
pub(crate) fn side_of(took: Took, swapped: bool) -> Option<usize> {
    match took {
        Took::First => Some(usize::from(swapped)),
        Took::Second => Some(usize::from(!swapped)),
        Took::Own => None,
    }
}

/// The side by its place among the two reviews.
pub(crate) fn took_of(side: Option<usize>, swapped: bool) -> Took {
    match side {
        None => Took::Own,
        Some(side) if (side == 0) != swapped => Took::First,
        Some(_) => Took::Second,
    }
}
