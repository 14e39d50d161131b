//! What results are counted of, and by what.

use crate::report::{
    Column, Components, Filter, Issues, Measures, Participants, Query, Questions, Reasons,
    Sections, Subject,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Topic {
    /// Ratings of items.
    #[default]
    Items,
    /// Items from period to period.
    Trend,
    /// How far outcomes were achieved.
    Outcomes,
    /// Percent Yes per question.
    Questions,
    /// Mother, father and child apart.
    Participants,
    /// Ratings by the components of a practice model.
    Components,
    /// Reasons for not applicable.
    Reasons,
    /// Percent Yes per section of a checklist.
    Sections,
    /// Issues cited in a checklist.
    Issues,
    /// What was made of what was due.
    Measures,
}

impl Topic {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::Items,
        Self::Trend,
        Self::Outcomes,
        Self::Questions,
        Self::Participants,
        Self::Components,
        Self::Reasons,
        Self::Sections,
        Self::Issues,
        Self::Measures,
    ];

    /// Name of its report on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Trend => "trend",
            Self::Outcomes => "outcomes",
            Self::Questions => "questions",
            Self::Participants => "participants",
            Self::Components => "components",
            Self::Reasons => "reasons",
            Self::Sections => "sections",
            Self::Issues => "issues",
            Self::Measures => "measures",
        }
    }

    /// What it is called on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Items => "Items",
            Self::Trend => "Trend of items",
            Self::Outcomes => "Outcomes",
            Self::Questions => "Questions",
            Self::Participants => "Participants",
            Self::Components => "Components",
            Self::Reasons => "Reasons for NA",
            Self::Sections => "Sections",
            Self::Issues => "Issues cited",
            Self::Measures => "Measures",
        }
    }

    /// What one of its lines is called.
    pub fn line(self) -> &'static str {
        match self {
            Self::Items | Self::Trend => "item",
            Self::Outcomes => "outcome",
            Self::Questions => "question",
            Self::Participants => "participant",
            Self::Components => "component",
            Self::Reasons => "reason",
            Self::Sections => "section",
            Self::Issues => "issue",
            Self::Measures => "measure",
        }
    }

    /// It counts ratings of items or outcomes.
    pub fn is_of_ratings(self) -> bool {
        matches!(self, Self::Items | Self::Trend | Self::Outcomes)
    }

    /// What counts it, where it isn't ratings.
    pub(super) fn subject(self) -> Option<Box<dyn Subject>> {
        Some(match self {
            Self::Items | Self::Trend | Self::Outcomes => return None,
            Self::Questions => Box::new(Questions::default()),
            Self::Participants => Box::new(Participants::default()),
            Self::Components => {
                Box::new(Components::of(crate::instrument::load_shipped(Components::MODEL)?))
            }
            Self::Reasons => Box::new(Reasons::default()),
            Self::Sections => Box::new(Sections::default()),
            Self::Issues => Box::new(Issues::default()),
            Self::Measures => Box::new(Measures::default()),
        })
    }
}

/// What is counted, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What.
    pub topic: Topic,
    /// By up to two facts of a reading.
    pub by: Vec<Column>,
    /// Which readings count.
    pub filters: Vec<Filter>,
    /// Reviews that are not final too.
    pub drafts: bool,
}

impl Choice {
    /// The query of this choice, grouped by other columns.
    pub(super) fn query(&self, by: &[Column]) -> Query {
        Query {
            by: by.to_vec(),
            filters: self.filters.clone(),
            sub_items: true,
            ..Query::default()
        }
    }
}
