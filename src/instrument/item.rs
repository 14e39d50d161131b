//! Items, sub-items, outcomes, and the tables that rate them.

use super::{CaseTypeIx, CodeSet, Condition, ItemIx, OutcomeIx, OutcomeRating, QuestionIx, Rating};

/// Whether an item applies to a case type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// The reviewer is asked `ITEM.applies`.
    Ask,
    /// It always applies, unasked.
    Always,
    /// It never applies: na, unasked.
    Never,
}

/// How strict a consistency rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Broken: the item is invalid and can't be submitted.
    Hard,
    /// Broken: legal, but a sentence is asked for before submission.
    Explain,
}

/// A consistency rule of an item.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id inside its item.
    pub id: String,
    /// What the rule says, in words for the reviewer.
    pub say: String,
    /// Hard or explain.
    pub strictness: Strictness,
    /// True when the rule is broken.
    pub broken_when: Condition,
}

/// One row of an item's decision table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Id inside its item.
    pub id: String,
    /// Why it gives this rating, in words; the condition is put in words where absent.
    pub say: Option<String>,
    /// The rating it gives: Strength, ANI or NA.
    pub give: Rating,
    /// When it holds.
    pub when: Condition,
}

/// One row of an outcome's decision table.
#[derive(Debug, Clone)]
pub struct OutcomeRow {
    /// Id inside its outcome.
    pub id: String,
    /// Why, in words.
    pub say: Option<String>,
    /// The outcome rating it gives.
    pub give: OutcomeRating,
    /// When it holds.
    pub when: Condition,
}

/// A worked example of an item: answers and the rating they must give.
#[derive(Debug, Clone)]
pub struct Example {
    /// A line for the reader.
    pub title: String,
    /// The case type it plays in.
    pub case_type: CaseTypeIx,
    /// Question and answer (codes; integers and dates never decide a rating by themselves).
    pub answers: Vec<(QuestionIx, CodeSet)>,
    /// Integers given.
    pub integers: Vec<(QuestionIx, i64)>,
    /// The rating that must come out, `Incomplete` and `Invalid` included.
    pub expect: Rating,
    /// Of a section of a checklist: how many must be met, of how many.
    pub counts: Option<(i64, i64)>,
}

/// A worked example of an outcome.
#[derive(Debug, Clone)]
pub struct OutcomeExample {
    /// A line for the reader.
    pub title: String,
    /// The case type it plays in; the first where it names none.
    pub case_type: CaseTypeIx,
    /// It names no case type: it may play in any.
    pub any_case_type: bool,
    /// Ratings of its items.
    pub ratings: Vec<(ItemIx, Rating)>,
    /// Answers the table reads directly.
    pub answers: Vec<(QuestionIx, CodeSet)>,
    /// The outcome rating that must come out.
    pub expect: OutcomeRating,
}

/// An item, or a sub-item (which has a parent).
#[derive(Debug, Clone)]
pub struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) origin: String,
    pub(super) parent: Option<ItemIx>,
    pub(super) sub_items: Vec<ItemIx>,
    pub(super) outcome: Option<OutcomeIx>,
    pub(super) purpose: String,
    pub(super) applicability: String,
    pub(super) guidance: Vec<String>,
    pub(super) applies: Vec<Applies>,
    pub(super) applies_question: Option<QuestionIx>,
    pub(super) questions: Vec<QuestionIx>,
    pub(super) rules: Vec<Rule>,
    pub(super) rows: Vec<Row>,
    pub(super) needed: Vec<QuestionIx>,
    pub(super) examples: Vec<Example>,
    pub(super) bar: Option<f64>,
    pub(super) pip: bool,
}

impl Item {
    /// Id: `17`, or `17B` for a sub-item.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// Title.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Id of the instrument it was written for: the own one, or the one that is extended.
    pub fn origin(&self) -> &str {
        &self.origin
    }
    /// The item a sub-item belongs to.
    pub fn parent(&self) -> Option<ItemIx> {
        self.parent
    }
    /// Sub-items, in order.
    pub fn sub_items(&self) -> &[ItemIx] {
        &self.sub_items
    }
    /// The outcome it counts towards (a sub-item: its item's).
    pub fn outcome(&self) -> Option<OutcomeIx> {
        self.outcome
    }
    /// What the item is to find out.
    pub fn purpose(&self) -> &str {
        &self.purpose
    }
    /// When it applies, in words.
    pub fn applicability(&self) -> &str {
        &self.applicability
    }
    /// Instructions, a paragraph each.
    pub fn guidance(&self) -> &[String] {
        &self.guidance
    }
    /// Whether it applies to the case type.
    pub fn applies(&self, case_type: CaseTypeIx) -> Applies {
        self.applies[usize::from(case_type.0)]
    }
    /// The question `ITEM.applies`, where some case type is asked.
    pub fn applies_question(&self) -> Option<QuestionIx> {
        self.applies_question
    }
    /// Its own questions in asking order; those of its sub-items stand with them.
    pub fn questions(&self) -> &[QuestionIx] {
        &self.questions
    }
    /// Consistency rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
    /// The decision table.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    /// Questions its table, hard rules and their gates read, in order (asked ones must be
    /// answered before it has a rating; sub-items' own are not repeated here).
    pub fn needed(&self) -> &[QuestionIx] {
        &self.needed
    }
    /// Worked examples.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
    /// It is one of the items that a Program Improvement Plan of its round is measured by.
    pub fn pip(&self) -> bool {
        self.pip
    }
    /// Conformity bar as a proportion, e.g. 0.9.
    pub fn bar(&self) -> Option<f64> {
        self.bar
    }
}

/// An outcome.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) items: Vec<ItemIx>,
    pub(super) absent: Vec<String>,
    pub(super) rows: Vec<OutcomeRow>,
    pub(super) examples: Vec<OutcomeExample>,
    pub(super) bar: Option<f64>,
}

impl Outcome {
    /// Id: `well-being-1`.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// Title.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Its items that the instrument holds.
    pub fn items(&self) -> &[ItemIx] {
        &self.items
    }
    /// Ids of its items that the instrument lacks; any makes it not computed.
    pub fn absent(&self) -> &[String] {
        &self.absent
    }
    /// The decision table; empty when items are absent.
    pub fn rows(&self) -> &[OutcomeRow] {
        &self.rows
    }
    /// Worked examples.
    pub fn examples(&self) -> &[OutcomeExample] {
        &self.examples
    }
    /// Conformity bar as a proportion.
    pub fn bar(&self) -> Option<f64> {
        self.bar
    }
}
