//! The facts of a case that a plan can name.

/// A fact of a case, and the key it has in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The case id: unique, compared byte by byte.
    Case,
    /// Where results are reported.
    Region,
    /// The county.
    County,
    /// The case type's code.
    CaseType,
    /// The caseworker.
    Worker,
    /// The family, shared by siblings.
    Family,
    /// The day the case was opened.
    Opened,
    /// The day it was closed; empty while it is open.
    Closed,
}

impl Field {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Case,
        Self::Region,
        Self::County,
        Self::CaseType,
        Self::Worker,
        Self::Family,
        Self::Opened,
        Self::Closed,
    ];
    /// Those that can make strata.
    pub const STRATA: [Self; 4] = [Self::CaseType, Self::Region, Self::County, Self::Worker];
    /// Those whose words can be mapped to codes.
    pub const MAPPED: [Self; 3] = [Self::CaseType, Self::Region, Self::County];

    /// The key in a plan.
    pub fn key(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Region => "region",
            Self::County => "county",
            Self::CaseType => "case_type",
            Self::Worker => "worker",
            Self::Family => "family",
            Self::Opened => "opened",
            Self::Closed => "closed",
        }
    }

    /// The field of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Whether it is a day.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Opened | Self::Closed)
    }

    pub(super) fn position(self) -> usize {
        self as usize
    }
}
