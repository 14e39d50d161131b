//! Tables of rows as answers, what is counted from them, and rules of the face sheet.

use super::{CaseTypeSet, CodeSet, Condition, Kind, QuestionIx};

/// A column of a [`Kind::Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Id inside its table, the key of its cells.
    pub id: String,
    /// Words above the column.
    pub title: String,
    /// Guidance, a paragraph each.
    pub help: Vec<String>,
    /// What a cell holds; never a table.
    pub kind: Kind,
    /// For a checklist, the fewest and the most options that may be ticked.
    pub ticks: (usize, usize),
    /// Needed before submission in every row.
    pub required: bool,
    /// Its cells can identify a person.
    pub identifying: bool,
    /// Case types it is there for.
    pub case_types: CaseTypeSet,
}

/// Rows of a table: those whose cells have one of the codes, column by column; all rows
/// where nothing is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The question that is the table.
    pub table: QuestionIx,
    /// Position of a choice or checklist column, and the codes of which its cell has one.
    pub matching: Vec<(usize, CodeSet)>,
}

/// A day that a count of months begins or ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The answer to a date question.
    Answer(QuestionIx),
    /// The last day of the period under review.
    PurEnd,
}

/// Where a whole number comes from when it need not be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountedFrom {
    /// How many rows.
    Rows(Rows),
    /// In how many different calendar months the dates of the rows lie.
    Months {
        /// The rows looked at.
        rows: Rows,
        /// Position of the date column.
        date: usize,
    },
    /// Whole months between two days; of each list the first that is known.
    MonthsBetween {
        /// The first day.
        from: Vec<Day>,
        /// The last day.
        until: Vec<Day>,
    },
}

impl CountedFrom {
    /// The table that is counted, if one is.
    pub fn table(&self) -> Option<QuestionIx> {
        match self {
            Self::Rows(rows) | Self::Months { rows, .. } => Some(rows.table),
            Self::MonthsBetween { .. } => None,
        }
    }
}

/// A moment of a review whose day the program fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The day on which the reading was first submitted.
    FirstSubmission,
}

/// What a rule of the face sheet demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceDemand {
    /// Dates in order; like days are in order, a missing one breaks nothing.
    Order(Vec<QuestionIx>),
    /// So many rows.
    Rows {
        /// The rows counted.
        rows: Rows,
        /// Smallest count that is right.
        least: usize,
        /// Largest count that is right.
        most: usize,
    },
    /// A condition over answers of the face sheet.
    Holds(Condition),
}

/// A rule of the face sheet: broken, it stands in the way of submission, never of a rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceRule {
    /// Its id.
    pub id: String,
    /// What it says, in words for the reviewer.
    pub say: String,
    /// It binds where this holds.
    pub when: Condition,
    /// What must be so then.
    pub demand: FaceDemand,
}

impl FaceRule {
    /// The questions it reads, in asking order, each once.
    pub fn questions(&self) -> Vec<QuestionIx> {
        let mut found = self.when.questions();
        match &self.demand {
            FaceDemand::Order(dates) => found.extend(dates),
            FaceDemand::Rows { rows, .. } => found.push(rows.table),
            FaceDemand::Holds(condition) => found.extend(condition.questions()),
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
