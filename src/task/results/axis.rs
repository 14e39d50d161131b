//! What stands down and across a table of results.

use super::Loaded;
use crate::report::Column;
use crate::report::explore::{Held, Topic};

/// What rows or columns are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// The lines of the topic: items, outcomes, questions.
    Line,
    /// A fact of a reading: region, period.
    By(Column),
}

impl Axis {
    /// In words: "region", "item".
    pub fn title(self, topic: Topic) -> &'static str {
        match self {
            Self::Line => topic.line(),
            Self::By(column) => column.title(),
        }
    }

    /// Its name as typed: `case-type`, `item`.
    pub fn name(self, topic: Topic) -> String {
        match self {
            Self::Line => topic.line().to_owned(),
            Self::By(column) => column.name().replace('_', "-"),
        }
    }

    /// What there is to choose from: the usual ones, and whatever else has several values.
    /// Results by reviewer are for leads.
    pub fn offered(held: &Held, lead: bool, drafts: bool) -> Vec<Self> {
        let usual = [Column::Region, Column::County, Column::CaseType, Column::Period];
        let more = [
            Column::Cluster,
            Column::Round,
            Column::Month,
            Column::ReviewKind,
            Column::Stratum,
            Column::Instrument,
        ];
        let several = |column: &Column| held.values(*column, drafts).len() > 1;
        let counties = held.values(Column::County, drafts);
        let clustered = held.values(Column::Cluster, drafts) != counties;
        let more = more.into_iter().filter(several);
        let more = more.filter(|column| *column != Column::Cluster || clustered);
        let reviewer = lead.then_some(Column::Reviewer);
        let columns = usual.into_iter().chain(more).chain(reviewer).map(Self::By);
        columns.chain([Self::Line]).collect()
    }
}

/// What there is to choose from in the readings that were read, looked up once.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// What rows can be.
    pub(super) axes: Vec<Axis>,
    values: Vec<(Column, Vec<String>)>,
}

impl Offers {
    /// Of readings.
    pub(super) fn of(loaded: &Loaded) -> Self {
        let values = |column| (column, loaded.held.values(column, loaded.drafts));
        let filters = [Column::Period, Column::CaseType, Column::Region];
        Self {
            axes: Axis::offered(&loaded.held, loaded.lead, loaded.drafts),
            values: filters.map(values).into(),
        }
    }

    /// The values of a column there is a filter for, in byte order.
    pub(super) fn values(&self, column: Column) -> &[String] {
        let found = self.values.iter().find(|(known, _)| *known == column);
        found.map(|(_, values)| values.as_slice()).unwrap_or_default()
    }
}

/// A row, or what heads a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A line of the topic, by its place in the grid.
    Line(usize),
    /// A value of a column.
    Value(String),
    /// All of them together.
    All,
}

/// What a column of the table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A count, by its place among the grid's heads.
    Count(usize),
    /// The percentage.
    Share,
    /// Percentages of what stands across.
    Of(Entry),
}
