//! The checked instrument.

use std::collections::HashMap;

use super::{
    CaseTypeIx, CaseTypeSet, Component, FaceRule, Item, ItemIx, Measure, Outcome, OutcomeIx,
    Question, QuestionIx, Reporting,
};

/// What is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A child-welfare case.
    Case,
    /// A site.
    Site,
    /// A person asked in a survey or interview.
    Respondent,
}

/// How items come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Decision tables rate items Strength, ANI or NA.
    Rated,
    /// Questions are answered Yes, No or NA and reported as percent Yes.
    Checklist,
}

/// A type of case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseType {
    /// Code in files: `foster-care`.
    pub code: String,
    /// Words on screen: "Foster care".
    pub title: String,
}

/// A person a question can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Code: `mother`.
    pub id: String,
    /// Words on screen: "Mother".
    pub title: String,
}

/// A reason code, e.g. for eliminating a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Code in files.
    pub code: String,
    /// Words on screen.
    pub title: String,
    /// Choosing it needs a text.
    pub needs_text: bool,
    /// Case types it can be given for.
    pub case_types: CaseTypeSet,
}

/// A defined term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Id that questions point to.
    pub id: String,
    /// The term.
    pub term: String,
    /// Its meaning.
    pub text: String,
}

/// Where an item of this instrument stands in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    /// Id of the other instrument.
    pub instrument: String,
    /// Our item.
    pub item: ItemIx,
    /// Id of the item there.
    pub other: String,
    /// The meaning is the same, so that a trend may run across.
    pub same: bool,
}

/// A checked instrument. Only the check makes one.
#[derive(Debug, Clone)]
pub struct Instrument {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) short: String,
    pub(super) cfsr_round: Option<String>,
    pub(super) edition: String,
    pub(super) source: String,
    pub(super) notice: Option<String>,
    pub(super) unit: Unit,
    pub(super) mode: Mode,
    pub(super) case_types: Vec<CaseType>,
    pub(super) parts: Vec<Part>,
    pub(super) eliminations: Vec<Reason>,
    pub(super) definitions: Vec<Definition>,
    pub(super) questions: Vec<Question>,
    pub(super) items: Vec<Item>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) crosswalk: Vec<Crosswalk>,
    pub(super) face_rules: Vec<FaceRule>,
    pub(super) reporting: Reporting,
    pub(super) measures: Vec<Measure>,
    pub(super) components: Vec<Component>,
    pub(super) bases: Vec<String>,
    pub(super) text: String,
    pub(super) hash: String,
    pub(super) by_id: HashMap<String, QuestionIx>,
}

impl Instrument {
    /// Id: `cfsr-r2-items-14-20`.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// Full title.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// Title for a narrow place: "CFSR R2 items 14-20".
    pub fn short(&self) -> &str {
        &self.short
    }
    /// CFSR round its item numbers belong to: "R2".
    pub fn cfsr_round(&self) -> Option<&str> {
        self.cfsr_round.as_deref()
    }
    /// Edition, as the file names it.
    pub fn edition(&self) -> &str {
        &self.edition
    }
    /// What it was made from.
    pub fn source(&self) -> &str {
        &self.source
    }
    /// What a user must be told before using it.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }
    /// What is reviewed.
    pub fn unit(&self) -> Unit {
        self.unit
    }
    /// How items come out.
    pub fn mode(&self) -> Mode {
        self.mode
    }
    /// Case types, in order.
    pub fn case_types(&self) -> &[CaseType] {
        &self.case_types
    }
    /// Persons questions are about.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
    /// Reason codes for eliminating a drawn case.
    pub fn eliminations(&self) -> &[Reason] {
        &self.eliminations
    }
    /// Defined terms.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }
    /// All questions: face sheet, then item by item in asking order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }
    /// All items, each followed by its sub-items.
    pub fn items(&self) -> &[Item] {
        &self.items
    }
    /// All outcomes.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
    /// Where items stand in other instruments.
    pub fn crosswalk(&self) -> &[Crosswalk] {
        &self.crosswalk
    }
    /// Rules of the face sheet.
    pub fn face_rules(&self) -> &[FaceRule] {
        &self.face_rules
    }
    /// How a checklist instrument is reported.
    pub fn reporting(&self) -> Reporting {
        self.reporting
    }
    /// Proportions of sums over cases.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }
    /// Other groupings of CFSR items.
    pub fn components(&self) -> &[Component] {
        &self.components
    }
    /// Ids of the instruments it extends, the nearest first.
    pub fn bases(&self) -> &[String] {
        &self.bases
    }
    /// The whole text it was checked from: the file's, and behind it those of the files it
    /// extends, with a separator between two. [`build`](super::build) reads it back.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// SHA-256 of [`text`](Self::text), lower-case hex: the edition's identity.
    pub fn hash(&self) -> &str {
        &self.hash
    }
    /// The question at a position.
    pub fn question(&self, at: QuestionIx) -> &Question {
        &self.questions[usize::from(at.0)]
    }
    /// The item or sub-item at a position.
    pub fn item(&self, at: ItemIx) -> &Item {
        &self.items[usize::from(at.0)]
    }
    /// The outcome at a position.
    pub fn outcome(&self, at: OutcomeIx) -> &Outcome {
        &self.outcomes[usize::from(at.0)]
    }
    /// Position of the question with this qualified id.
    pub fn find_question(&self, id: &str) -> Option<QuestionIx> {
        self.by_id.get(id).copied()
    }
    /// Position of the item or sub-item with this id.
    pub fn find_item(&self, id: &str) -> Option<ItemIx> {
        self.items.iter().position(|i| i.id() == id).map(|p| ItemIx(p as u16))
    }
    /// Position of the case type with this code.
    pub fn find_case_type(&self, code: &str) -> Option<CaseTypeIx> {
        self.case_types.iter().position(|c| c.code == code).map(|p| CaseTypeIx(p as u8))
    }
    /// Positions of all items and sub-items.
    pub fn item_positions(&self) -> impl Iterator<Item = ItemIx> + use<> {
        (0..self.items.len() as u16).map(ItemIx)
    }
    /// Positions of all questions.
    pub fn question_positions(&self) -> impl Iterator<Item = QuestionIx> + use<> {
        (0..self.questions.len() as u16).map(QuestionIx)
    }
    /// Positions of all outcomes.
    pub fn outcome_positions(&self) -> impl Iterator<Item = OutcomeIx> + use<> {
        (0..self.outcomes.len() as u16).map(OutcomeIx)
    }
    /// The part with this id.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.id == id)
    }
}
