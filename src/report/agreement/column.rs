//! What is asked of agreement: on what it is measured, and how pairs are grouped.

use super::TwiceRead;
use crate::stats::Level;

/// What agreement is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Measured {
    /// The rating of each item.
    #[default]
    Items,
    /// The answer to each question that both were asked.
    Questions,
    /// Whether each item is applicable, and nothing else.
    Applicability,
    /// The ratings of all items together.
    Pooled,
}

/// What pairs of reviews are grouped by or looked for by. The mode is always the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named as its column, in words by `meaning`")]
pub enum PairColumn {
    Mode,
    Pair,
    Region,
    County,
    CaseType,
    Period,
    Round,
    Month,
    ReviewKind,
    Instrument,
    Item,
}

impl PairColumn {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Mode,
        Self::Pair,
        Self::Region,
        Self::County,
        Self::CaseType,
        Self::Period,
        Self::Round,
        Self::Month,
        Self::ReviewKind,
        Self::Instrument,
        Self::Item,
    ];

    /// Name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Pair => "pair",
            Self::Region => "region",
            Self::County => "county",
            Self::CaseType => "case_type",
            Self::Period => "period",
            Self::Round => "round",
            Self::Month => "month",
            Self::ReviewKind => "review_kind",
            Self::Instrument => "instrument",
            Self::Item => "item",
        }
    }

    /// The column with this name; `case-type` is taken for `case_type`.
    pub fn from_name(name: &str) -> Option<Self> {
        let wanted = name.replace('-', "_");
        Self::ALL.into_iter().find(|column| column.name() == wanted)
    }

    /// What a pair has in the column; an item is of a line, not of a pair.
    pub(super) fn of(self, read: &TwiceRead) -> String {
        let facts = &read.facts;
        match self {
            Self::Mode => facts.mode.clone(),
            Self::Pair => super::pair_name(&facts.readers),
            Self::Region => facts.region.clone(),
            Self::County => facts.county.clone(),
            Self::CaseType => facts.case_type.clone(),
            Self::Period => facts.period.clone(),
            Self::Round => facts.round.clone(),
            Self::Month => facts.month.clone(),
            Self::ReviewKind => facts.review_kind.clone(),
            Self::Instrument => read.instrument.clone(),
            Self::Item => String::new(),
        }
    }
}

/// Keeps pairs whose column has a value, or items with an id. Filters on one column widen
/// each other, filters on different columns narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairFilter {
    /// The column compared.
    pub column: PairColumn,
    /// The value, compared byte by byte.
    pub value: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementQuery {
    /// On what it is measured.
    pub measured: Measured,
    /// Further columns of groups; the mode is always there.
    pub by: Vec<PairColumn>,
    /// What is counted.
    pub filters: Vec<PairFilter>,
    /// A row over all groups, of each mode.
    pub total: bool,
    /// Sub-items too.
    pub sub_items: bool,
    /// Confidence level of the intervals.
    pub level: Level,
}

impl Default for AgreementQuery {
    fn default() -> Self {
        Self {
            measured: Measured::Items,
            by: Vec::new(),
            filters: Vec::new(),
            total: false,
            sub_items: false,
            level: Level::P95,
        }
    }
}

impl AgreementQuery {
    /// Whether a column has a wanted value, or any where none is wanted.
    pub(super) fn wants(&self, column: PairColumn, value: &str) -> bool {
        let mut wanted = self.filters.iter().filter(|one| one.column == column).peekable();
        wanted.peek().is_none() || wanted.any(|one| one.value == value)
    }

    /// Whether an item is wanted.
    pub fn wants_item(&self, id: &str) -> bool {
        self.wants(PairColumn::Item, id)
    }

    /// Whether a pair fits the filters on pairs.
    pub fn fits(&self, read: &TwiceRead) -> bool {
        let columns = PairColumn::ALL.into_iter().filter(|column| *column != PairColumn::Item);
        self.filters.is_empty()
            || columns.into_iter().all(|column| self.wants(column, &column.of(read)))
    }
}
