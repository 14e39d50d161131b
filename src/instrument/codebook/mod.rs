//! The codebook: every variable of an instrument, its codes, and when it is asked.

mod build;

pub use build::{codebook, kind};

/// All variables of one edition, in the order in which they come to be known: the case type,
/// the face sheet, item by item its questions, sub-item ratings and rating, then the outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Id of the instrument.
    pub instrument: String,
    /// Its full title.
    pub title: String,
    /// Its edition.
    pub edition: String,
    /// The edition's identity.
    pub hash: String,
    /// The variables.
    pub variables: Vec<Variable>,
}

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableRole {
    /// A fact of the case that every reading has.
    Case,
    /// A question of the face sheet.
    FaceSheet,
    /// A question of an item.
    Question,
    /// Whether an item applies.
    Applies,
    /// A column of a table; its id is `TABLE[].COLUMN`.
    Column,
    /// Why something is not applicable.
    Reason,
    /// The sentence asked for when an explain-rule is broken.
    Explanation,
    /// A question at the end of every item.
    Closing,
    /// The rating of an item.
    ItemRating,
    /// The rating of a sub-item.
    SubItemRating,
    /// The rating of an outcome.
    OutcomeRating,
}

impl VariableRole {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::FaceSheet => "face-sheet",
            Self::Question => "question",
            Self::Applies => "applies",
            Self::Column => "column",
            Self::Reason => "reason",
            Self::Explanation => "explanation",
            Self::Closing => "closing",
            Self::ItemRating => "item-rating",
            Self::SubItemRating => "sub-item-rating",
            Self::OutcomeRating => "outcome-rating",
        }
    }
}

/// Which exports hold a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exported {
    /// Every export.
    Everywhere,
    /// `export answers`.
    Answers,
    /// `export answers`, and the column `na_reason` of `export items`.
    AnswersAndItems,
    /// `export answers`, where texts are asked for.
    WithTexts,
    /// No export, unless identifying answers are asked for.
    Identifying,
    /// `export items` and `export cases`.
    ItemsAndCases,
    /// `export items`.
    Items,
    /// `export outcomes`.
    Outcomes,
}

impl Exported {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Everywhere => "all",
            Self::Answers => "answers",
            Self::AnswersAndItems => "answers;items",
            Self::WithTexts => "answers-with-texts",
            Self::Identifying => "only-when-asked",
            Self::ItemsAndCases => "items;cases",
            Self::Items => "items",
            Self::Outcomes => "outcomes",
        }
    }
}

/// One code of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code in files.
    pub code: String,
    /// Its label.
    pub label: String,
    /// The hint shown beside the label.
    pub note: Option<String>,
    /// Choosing it needs a text.
    pub needs_text: bool,
    /// Codes of the case types it is offered to; empty where it is offered to all.
    pub case_types: Vec<String>,
}

/// One variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Qualified id: `20.A2`, `face.opened`, `17B`, `well-being-1`.
    pub id: String,
    /// What it is.
    pub role: VariableRole,
    /// Type of its values: `choice`, `checklist`, `text`, `date`, `integer`, `table` or `rating`.
    pub kind: &'static str,
    /// Where it stands: `case`, `face`, the id of an item or sub-item, or `outcome`.
    pub place: String,
    /// Title of the person it is about.
    pub part: Option<String>,
    /// The question as asked, or the title of what is rated.
    pub label: String,
    /// The codes of a choice, checklist or rating.
    pub codes: Vec<Code>,
    /// Smallest whole number taken; of a table the fewest rows, of a checklist the fewest ticks.
    pub least: Option<i64>,
    /// Largest whole number, most rows, most ticks.
    pub most: Option<i64>,
    /// When it is asked, in words; none where it always is. Of a rating: what it is made from.
    pub asked_when: Option<String>,
    /// A rating waits for it.
    pub needed: bool,
    /// Submission waits for it when it is asked.
    pub required: bool,
    /// It can identify a person.
    pub identifying: bool,
    /// Codes that ask for a narrative.
    pub narrative_on: Vec<String>,
    /// Which exports hold it.
    pub exported: Exported,
}
