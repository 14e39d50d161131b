//! Small sets and the two rating scales.

/// A set of option positions of one question, at most 64: one bit for a choice,
/// any number for a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CodeSet(pub u64);

impl CodeSet {
    /// No option.
    pub const EMPTY: Self = Self(0);

    /// The set of one option position (below 64).
    pub fn one(position: usize) -> Self {
        Self(1 << position)
    }
    /// Whether the sets share an option.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    /// Whether no option is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Both sets together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// How many options.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }
    /// Option positions, ascending.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |p| self.0 >> p & 1 == 1)
    }
}

/// A set of case types (bit = [`CaseTypeIx`](super::CaseTypeIx)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseTypeSet(pub u32);

impl CaseTypeSet {
    /// Every case type an instrument can have.
    pub const ALL: Self = Self(u32::MAX);

    /// Whether the case type is in the set.
    pub fn has(self, case_type: super::CaseTypeIx) -> bool {
        self.0 >> case_type.0 & 1 == 1
    }
}

/// What an item or sub-item comes out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// Strength.
    Strength,
    /// Area Needing Improvement.
    Ani,
    /// Not Applicable.
    Na,
    /// Needed answers are missing.
    Incomplete,
    /// A hard consistency rule is broken.
    Invalid,
    /// All answered: a section of a checklist instrument, which has no other rating.
    Complete,
}

impl Rating {
    /// All ratings, in the order of their codes in files and reports.
    pub const ALL: [Self; 6] =
        [Self::Strength, Self::Ani, Self::Na, Self::Incomplete, Self::Invalid, Self::Complete];

    /// The code used in files: `strength`, `ani`, `na`, `incomplete`, `invalid`,
    /// `complete`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Strength => "strength",
            Self::Ani => "ani",
            Self::Na => "na",
            Self::Incomplete => "incomplete",
            Self::Invalid => "invalid",
            Self::Complete => "complete",
        }
    }
    /// The rating with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
    /// The field's words: "Strength", "Area Needing Improvement", ...
    pub fn title(self) -> &'static str {
        match self {
            Self::Strength => "Strength",
            Self::Ani => "Area Needing Improvement",
            Self::Na => "Not Applicable",
            Self::Incomplete => "Incomplete",
            Self::Invalid => "Invalid",
            Self::Complete => "Complete",
        }
    }
    /// Whether this is a finished rating (Strength, ANI or NA; Complete of a section).
    pub fn is_final(self) -> bool {
        matches!(self, Self::Strength | Self::Ani | Self::Na | Self::Complete)
    }
}

/// A set of [`Rating`]s (bit = position in [`Rating::ALL`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RatingSet(pub u8);

impl RatingSet {
    /// The set of one rating.
    pub fn one(rating: Rating) -> Self {
        Self(1 << rating as u8)
    }
    /// Whether the rating is in the set.
    pub fn has(self, rating: Rating) -> bool {
        self.0 >> (rating as u8) & 1 == 1
    }
    /// Both sets together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What an outcome comes out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeRating {
    /// Substantially achieved.
    Substantially,
    /// Partially achieved.
    Partially,
    /// Not achieved.
    NotAchieved,
    /// Not applicable.
    Na,
    /// An item of it is incomplete or invalid.
    Incomplete,
    /// The instrument lacks items it needs.
    NotComputed,
}

impl OutcomeRating {
    /// All outcome ratings in the order of their codes.
    pub const ALL: [Self; 6] = [
        Self::Substantially,
        Self::Partially,
        Self::NotAchieved,
        Self::Na,
        Self::Incomplete,
        Self::NotComputed,
    ];

    /// The code used in files: `substantially-achieved`, ... `not-computed`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Substantially => "substantially-achieved",
            Self::Partially => "partially-achieved",
            Self::NotAchieved => "not-achieved",
            Self::Na => "na",
            Self::Incomplete => "incomplete",
            Self::NotComputed => "not-computed",
        }
    }
    /// The outcome rating with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
    /// The field's words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Substantially => "Substantially Achieved",
            Self::Partially => "Partially Achieved",
            Self::NotAchieved => "Not Achieved",
            Self::Na => "Not Applicable",
            Self::Incomplete => "Incomplete",
            Self::NotComputed => "Not computed",
        }
    }
}
