//! The facts of a reading that reports group and filter by.

use std::fmt;

use crate::text::{clean, list_or};

/// A fact of a final reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Region of the case.
    Region,
    /// County of the case.
    County,
    /// Cluster of its county in a sampling plan, or the county where it is in none.
    Cluster,
    /// Code of its case type.
    CaseType,
    /// Review or measurement period, never the period under review.
    Period,
    /// Code of who read it.
    Reviewer,
    /// Id of the instrument.
    Instrument,
    /// Item or outcome: the rows themselves.
    Item,
    /// Name of the round.
    Round,
    /// Kind of review: pip, baseline, ...
    ReviewKind,
    /// Month of the review.
    Month,
    /// Stratum of the case in its draw.
    Stratum,
    /// The person a line is about: mother, father, child.
    Participant,
}

/// A name that is no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownColumn(pub String);

impl Column {
    /// All columns, in the order help lists them.
    pub const ALL: [Self; 13] = [
        Self::Region,
        Self::County,
        Self::Cluster,
        Self::CaseType,
        Self::Period,
        Self::Reviewer,
        Self::Instrument,
        Self::Item,
        Self::Round,
        Self::ReviewKind,
        Self::Month,
        Self::Stratum,
        Self::Participant,
    ];

    /// Name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::County => "county",
            Self::Cluster => "cluster",
            Self::CaseType => "case_type",
            Self::Period => "period",
            Self::Reviewer => "reviewer",
            Self::Instrument => "instrument",
            Self::Item => "item",
            Self::Round => "round",
            Self::ReviewKind => "review_kind",
            Self::Month => "month",
            Self::Stratum => "stratum",
            Self::Participant => "participant",
        }
    }
    /// Words on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::CaseType => "case type",
            Self::ReviewKind => "kind of review",
            other => other.name(),
        }
    }
    /// Its values are parts of a state: a percentage of one of them is not the state's.
    pub fn divides_state(self) -> bool {
        matches!(self, Self::Region | Self::County | Self::Cluster | Self::Reviewer | Self::Stratum)
    }
    /// It is told by the lines of a report, not by a reading.
    pub fn is_of_line(self) -> bool {
        matches!(self, Self::Item | Self::Participant)
    }
    /// The column with this name; `case-type` is taken for `case_type`.
    ///
    /// # Errors
    /// The name, when no column has it.
    pub fn from_name(name: &str) -> Result<Self, UnknownColumn> {
        let wanted = name.replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|column| column.name() == wanted)
            .ok_or_else(|| UnknownColumn(name.to_owned()))
    }
}

impl fmt::Display for UnknownColumn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if ["worker", "caseworker", "supervisor"].contains(&self.0.as_str()) {
            return write!(
                out,
                "there is no report by {}: results are not a staff appraisal",
                self.0
            );
        }
        write!(out, "{} is not a column of reports", self.0)
    }
}

impl std::error::Error for UnknownColumn {}

/// Keeps readings (or, for a column of lines, rows) whose column has a value. Filters on one
/// column widen each other, filters on different columns narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The column compared.
    pub column: Column,
    /// The value, compared byte by byte.
    pub value: String,
}

/// Whether filters leave only a part of a state's cases, for which the bar of a whole state
/// stands for reference.
pub fn is_part(filters: &[Filter]) -> bool {
    let cuts = |column: Column| column.divides_state() || column == Column::CaseType;
    filters.iter().any(|filter| cuts(filter.column))
}

/// What filters keep, in words: "only region Knox or Shelby; case type in-home". Each is the
/// title of its column and the value.
pub fn kept<'f>(filters: impl IntoIterator<Item = (&'f str, &'f str)>) -> Option<String> {
    let mut columns: Vec<(&str, Vec<&str>)> = Vec::new();
    for (column, value) in filters {
        let value = if value.is_empty() { "(none)" } else { value };
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, values)) => values.push(value),
            None => columns.push((column, vec![value])),
        }
    }
    let each = columns.iter().map(|(column, values)| format!("{column} {}", list_or(values)));
    let each: Vec<String> = each.collect();
    (!each.is_empty()).then(|| clean(&format!("only {}", each.join("; "))).into_owned())
}
