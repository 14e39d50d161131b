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
    /// The child, where a case is one child's.
    Child,
    /// The day the child was born.
    Born,
    /// A flag: a child was in foster care for more than 24 hours.
    InCare,
    /// A flag: the case is open for a subsidy only.
    SubsidyOnly,
    /// A flag: the case is another state's.
    OutOfState,
    /// The unit that has the case.
    Unit,
    /// The caseworker's supervisor.
    Supervisor,
    /// The provider's agency that serves the case.
    Agency,
    /// A group of cases that a sample is to hold so many of.
    Group,
    /// Not a column: open or closed at the end of the sampling period.
    Status,
}

impl Field {
    /// All that have a column, in the order of the documentation.
    pub const ALL: [Self; 17] = [
        Self::Case,
        Self::Region,
        Self::County,
        Self::CaseType,
        Self::Worker,
        Self::Family,
        Self::Opened,
        Self::Closed,
        Self::Child,
        Self::Born,
        Self::InCare,
        Self::SubsidyOnly,
        Self::OutOfState,
        Self::Unit,
        Self::Supervisor,
        Self::Agency,
        Self::Group,
    ];
    /// Those that can make strata.
    pub const STRATA: [Self; 6] =
        [Self::CaseType, Self::Region, Self::County, Self::Worker, Self::Status, Self::Group];
    /// Those that a filter can leave out by.
    pub const FLAGS: [Self; 3] = [Self::InCare, Self::SubsidyOnly, Self::OutOfState];
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
            Self::Child => "child",
            Self::Born => "born",
            Self::InCare => "in_care",
            Self::SubsidyOnly => "subsidy_only",
            Self::OutOfState => "out_of_state",
            Self::Unit => "unit",
            Self::Supervisor => "supervisor",
            Self::Agency => "agency",
            Self::Group => "group",
            Self::Status => "status",
        }
    }

    /// The field of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Status]).find(|field| field.key() == key)
    }

    /// Whether it is a day.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Opened | Self::Closed | Self::Born)
    }

    pub(super) fn position(self) -> usize {
        self as usize
    }
}
