//! A question, its kind of answer, and where it stands.

use super::{
    CaseTypeSet, CodeSet, Column, Condition, CountedFrom, Counts, ItemIx, Moment, QuestionIx,
};

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the face sheet.
    Face,
    /// In an item, or in the sub-item it belongs to.
    Item(ItemIx),
}

/// What a question is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Written in the file as a question of the face sheet or an item.
    Question,
    /// `ITEM.applies`: does the item apply to this case.
    Applies,
    /// `ITEM.applies.reason`, `ITEM.PART.reason`: why not applicable.
    Reason,
    /// `ITEM.explain.RULE`: the sentence asked for when an explain-rule is broken.
    Explanation {
        /// The rule's id inside its item.
        rule: String,
    },
    /// Asked of every item at its end (rationale, sources, remarks).
    Closing,
}

/// One option of a choice or checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Code in files, e.g. `yes`.
    pub code: String,
    /// Label on screen, e.g. "Yes".
    pub title: String,
    /// A short hint shown beside the label ("only if never visited").
    pub note: Option<String>,
    /// Choosing it needs a text (`other`).
    pub needs_text: bool,
    /// Case types it is offered to.
    pub case_types: CaseTypeSet,
    /// What it counts as in a checklist instrument; none where it says nothing.
    pub counts: Option<Counts>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one of the options.
    Choice(Vec<Choice>),
    /// Any number of the options, also none.
    Checklist(Vec<Choice>),
    /// Free text.
    Text,
    /// A calendar day, ISO in files.
    Date,
    /// A whole number between the two bounds, both included.
    Integer {
        /// Smallest allowed.
        least: i64,
        /// Largest allowed.
        most: i64,
    },
    /// Rows of cells. No condition reads one; numbers may be counted from it.
    Table {
        /// The columns, at least one.
        columns: Vec<Column>,
        /// Fewest rows before submission.
        least: usize,
        /// Most rows taken.
        most: usize,
    },
}

/// One question of an instrument.
#[derive(Debug, Clone)]
pub struct Question {
    pub(super) id: String,
    pub(super) local: String,
    pub(super) place: Place,
    pub(super) role: Role,
    pub(super) part: Option<String>,
    pub(super) ask: String,
    pub(super) help: Vec<String>,
    pub(super) see: Vec<String>,
    pub(super) kind: Kind,
    pub(super) ask_when: Condition,
    pub(super) narrative_on: CodeSet,
    pub(super) needed_for_rating: bool,
    pub(super) required: bool,
    pub(super) identifying: bool,
    pub(super) from_frame: Option<String>,
    pub(super) one_line: bool,
    pub(super) asks_applicability: bool,
    pub(super) waited_for: bool,
    pub(super) ticks: (usize, usize),
    pub(super) counted_from: Option<CountedFrom>,
    pub(super) from_answer: Option<QuestionIx>,
    pub(super) from_review: Option<Moment>,
    pub(super) counted: bool,
}

impl Question {
    /// Qualified id: `20.A2`, `20.applies`, `20.mother.reason`, `face.opened`.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// Id inside its item: `A2`.
    pub fn local(&self) -> &str {
        &self.local
    }
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.place
    }
    /// What it is for.
    pub fn role(&self) -> &Role {
        &self.role
    }
    /// The person it is about: id of a [`Part`](super::Part).
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }
    /// The question as asked.
    pub fn ask(&self) -> &str {
        &self.ask
    }
    /// Guidance, a paragraph each.
    pub fn help(&self) -> &[String] {
        &self.help
    }
    /// Ids of definitions worth reading with it.
    pub fn see(&self) -> &[String] {
        &self.see
    }
    /// The kind of answer.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }
    /// The gate: asked when this holds (beside its item applying).
    pub fn ask_when(&self) -> &Condition {
        &self.ask_when
    }
    /// Codes whose choice asks for a narrative.
    pub fn narrative_on(&self) -> CodeSet {
        self.narrative_on
    }
    /// A rating table, a hard rule or a gate of such a question reads it.
    pub fn needed_for_rating(&self) -> bool {
        self.needed_for_rating
    }
    /// Needed before submission when asked.
    pub fn required(&self) -> bool {
        self.required
    }
    /// Its text can identify a person: kept apart, never exported unasked.
    pub fn identifying(&self) -> bool {
        self.identifying
    }
    /// Name of the frame fact it is filled from: `region`, `county`, `opened`, ...
    pub fn from_frame(&self) -> Option<&str> {
        self.from_frame.as_deref()
    }
    /// Its answer is written on one line: a date, a number, a text the frame holds in a cell.
    pub fn is_one_line(&self) -> bool {
        match self.kind {
            Kind::Text => self.one_line || self.from_frame.is_some(),
            Kind::Date | Kind::Integer { .. } => true,
            Kind::Choice(_) | Kind::Checklist(_) | Kind::Table { .. } => false,
        }
    }
    /// It asks whether its item applies, or why not: asked although the item doesn't apply.
    pub fn asks_applicability(&self) -> bool {
        self.asks_applicability
    }
    /// False for `needed = false`: a hard rule may read the answer, but no rating waits for it.
    pub fn waited_for(&self) -> bool {
        self.waited_for
    }
    /// The fewest and the most options of a checklist that may be ticked.
    pub fn ticks(&self) -> (usize, usize) {
        self.ticks
    }
    /// What a whole number is counted from; typed only where that is empty.
    pub fn counted_from(&self) -> Option<&CountedFrom> {
        self.counted_from.as_ref()
    }
    /// The question whose answer this one repeats: shown, not asked.
    pub fn from_answer(&self) -> Option<QuestionIx> {
        self.from_answer
    }
    /// The moment of the review whose day it is: filled in by the program, not asked.
    pub fn from_review(&self) -> Option<Moment> {
        self.from_review
    }
    /// In a checklist instrument: it is part of percent Yes.
    pub fn counted(&self) -> bool {
        self.counted
    }
    /// The columns of a table, else none.
    pub fn columns(&self) -> &[Column] {
        match &self.kind {
            Kind::Table { columns, .. } => columns,
            _ => &[],
        }
    }
    /// The options of a choice or checklist, else none.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice(options) | Kind::Checklist(options) => options,
            Kind::Text | Kind::Date | Kind::Integer { .. } | Kind::Table { .. } => &[],
        }
    }
    /// The option with this code, as a set of one.
    pub fn code(&self, code: &str) -> Option<CodeSet> {
        self.options().iter().position(|c| c.code == code).map(CodeSet::one)
    }
}
