//! What a checklist instrument has beside questions: what counts, measures, components.

use super::{ItemIx, QuestionIx};

/// What an option counts as in a checklist instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counts {
    /// The practice was met.
    Met,
    /// It was not.
    NotMet,
    /// The question does not apply: left out of the percentage.
    NotApplicable,
}

/// What the report of a checklist instrument leads with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lead {
    /// Percent Yes of what applies.
    #[default]
    PercentYes,
    /// Percent of cases in which an issue is cited.
    Issues,
}

/// How a checklist instrument is reported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reporting {
    /// Proportion Yes that is wanted of questions and sections.
    pub target: Option<f64>,
    /// What the report leads with.
    pub lead: Lead,
    /// Month, 1 to 12, in which the year of "year to date" begins.
    pub year_starts: u32,
    /// The day whose month a review is counted in; that of its submission where none is named.
    pub month: Option<QuestionIx>,
}

impl Default for Reporting {
    fn default() -> Self {
        Self { target: None, lead: Lead::PercentYes, year_starts: 1, month: None }
    }
}

/// A proportion of sums over cases: visit-months made of visit-months due.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Printed with the number.
    pub note: Option<String>,
    /// Whole-number question summed up for the denominator.
    pub of: QuestionIx,
    /// Whole-number question summed up for the numerator.
    pub met: QuestionIx,
    /// Proportion that is wanted.
    pub target: Option<f64>,
}

/// Items of one CFSR round that a component covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covers {
    /// The round: "R2".
    pub round: String,
    /// Ids of its items.
    pub items: Vec<String>,
}

/// Another grouping of CFSR items, such as a component of a practice model. An item may stand
/// in several, so components have no total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The section of this instrument with its own indicators.
    pub section: Option<ItemIx>,
    /// The items it covers, by round.
    pub covers: Vec<Covers>,
}
