//! Conditions: what gates, rules and table rows are made of, in three-valued logic.

use super::{CaseTypeIx, CaseTypeSet, CodeSet, ItemIx, QuestionIx, Rating, RatingSet};

/// Kleene's three truth values: `Unknown` while an answer it hangs on is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// False whatever is still missing.
    False,
    /// Hangs on a missing answer.
    Unknown,
    /// True whatever is still missing.
    True,
}

impl Truth {
    /// Kleene negation.
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
    /// Kleene conjunction.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// How one whole number stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smaller.
    Less,
    /// Smaller or the same.
    AtMost,
    /// The same.
    Equal,
    /// The same or larger.
    AtLeast,
    /// Larger.
    More,
}

impl Order {
    /// Whether the first number stands so to the second.
    pub fn holds(self, first: i64, second: i64) -> bool {
        match self {
            Self::Less => first < second,
            Self::AtMost => first <= second,
            Self::Equal => first == second,
            Self::AtLeast => first >= second,
            Self::More => first > second,
        }
    }
}

/// One question put to one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The choice is one of the codes; the checklist has one of them ticked.
    Answer {
        /// The question read.
        question: QuestionIx,
        /// The codes that make the test true.
        codes: CodeSet,
    },
    /// The checklist was answered with nothing ticked.
    NothingTicked {
        /// The checklist read.
        question: QuestionIx,
    },
    /// The integer lies in the range, both ends included.
    Integer {
        /// The question read.
        question: QuestionIx,
        /// Smallest value that makes the test true.
        least: i64,
        /// Largest value that makes the test true.
        most: i64,
    },
    /// The integer stands so to another integer; both must be asked.
    Compare {
        /// The question read first.
        question: QuestionIx,
        /// How it must stand to the other.
        order: Order,
        /// The question it is compared with.
        other: QuestionIx,
    },
    /// The item or sub-item has one of the ratings.
    Rating {
        /// The item or sub-item read.
        item: ItemIx,
        /// The ratings that make the test true.
        ratings: RatingSet,
    },
    /// The case is of one of the types.
    CaseType(CaseTypeSet),
}

/// A condition over answers, ratings and the case type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Always true (an absent `when`).
    Always,
    /// One test.
    Is(Test),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// Does not hold.
    Not(Box<Condition>),
    /// `any = { of, is }`: at least one subject passes.
    Some(Vec<Test>),
    /// `every = { of, is }`: every subject passes.
    Every(Vec<Test>),
    /// `none = { of, is }`: no subject passes.
    None(Vec<Test>),
    /// `count = { of, is, at-least, at-most }`: how many subjects pass.
    Count {
        /// The subjects' tests.
        tests: Vec<Test>,
        /// Smallest count that holds.
        at_least: usize,
        /// Largest count that holds.
        at_most: usize,
    },
}

/// What a condition is evaluated against. A question that is not asked passes no test.
pub trait Facts {
    /// Codes given to a choice or checklist: `Err(Unknown)` while unanswered,
    /// `Err(False)` when not asked.
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth>;
    /// The integer given, with the same errors as [`codes`](Self::codes).
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth>;
    /// The rating of an item, `Err(Unknown)` while it has none.
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth>;
    /// The type of the case.
    fn case_type(&self) -> CaseTypeIx;
}

impl Test {
    /// Evaluates the test.
    pub fn truth(&self, facts: &impl Facts) -> Truth {
        match self {
            Self::Answer { question, codes } => {
                facts.codes(*question).map_or_else(|t| t, |given| given.meets(*codes).into())
            }
            Self::NothingTicked { question } => {
                facts.codes(*question).map_or_else(|t| t, |given| given.is_empty().into())
            }
            Self::Integer { question, least, most } => facts
                .integer(*question)
                .map_or_else(|t| t, |given| (*least <= given && given <= *most).into()),
            Self::Compare { question, order, other } => {
                match (facts.integer(*question), facts.integer(*other)) {
                    (Ok(first), Ok(second)) => order.holds(first, second).into(),
                    (Err(Truth::False), _) | (_, Err(Truth::False)) => Truth::False,
                    _ => Truth::Unknown,
                }
            }
            Self::Rating { item, ratings } => {
                facts.rating(*item).map_or_else(|t| t, |given| ratings.has(given).into())
            }
            Self::CaseType(types) => types.has(facts.case_type()).into(),
        }
    }

    /// The question this test is about, if it is about one.
    pub fn question(&self) -> Option<QuestionIx> {
        match self {
            Self::Answer { question, .. }
            | Self::NothingTicked { question }
            | Self::Integer { question, .. }
            | Self::Compare { question, .. } => Some(*question),
            Self::Rating { .. } | Self::CaseType(_) => None,
        }
    }
    /// The questions this test reads: the one it is about, and one that is compared with.
    pub fn questions(&self) -> impl Iterator<Item = QuestionIx> + use<> {
        let other = match self {
            Self::Compare { other, .. } => Some(*other),
            _ => None,
        };
        self.question().into_iter().chain(other)
    }
    /// Whether the test reads the question.
    pub fn reads(&self, question: QuestionIx) -> bool {
        self.questions().any(|read| read == question)
    }
}

impl Condition {
    /// Evaluates the condition in Kleene logic.
    pub fn truth(&self, facts: &impl Facts) -> Truth {
        match self {
            Self::Always => Truth::True,
            Self::Is(test) => test.truth(facts),
            Self::All(parts) => all(parts.iter().map(|p| p.truth(facts))),
            Self::Any(parts) => any(parts.iter().map(|p| p.truth(facts))),
            Self::Not(inner) => inner.truth(facts).negate(),
            Self::Some(tests) => any(tests.iter().map(|t| t.truth(facts))),
            Self::Every(tests) => all(tests.iter().map(|t| t.truth(facts))),
            Self::None(tests) => any(tests.iter().map(|t| t.truth(facts))).negate(),
            Self::Count { tests, at_least, at_most } => {
                let (mut sure, mut open) = (0, 0);
                for test in tests {
                    match test.truth(facts) {
                        Truth::True => sure += 1,
                        Truth::Unknown => open += 1,
                        Truth::False => {}
                    }
                }
                if sure > *at_most || sure + open < *at_least {
                    Truth::False
                } else if sure >= *at_least && sure + open <= *at_most {
                    Truth::True
                } else {
                    Truth::Unknown
                }
            }
        }
    }

    /// Calls `visit` with every test in the condition, in writing order.
    pub fn each_test<'c>(&'c self, visit: &mut impl FnMut(&'c Test)) {
        match self {
            Self::Always => {}
            Self::Is(test) => visit(test),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|p| p.each_test(visit)),
            Self::Not(inner) => inner.each_test(visit),
            Self::Some(tests)
            | Self::Every(tests)
            | Self::None(tests)
            | Self::Count { tests, .. } => {
                tests.iter().for_each(visit);
            }
        }
    }

    /// The questions the condition reads, in writing order, each once.
    pub fn questions(&self) -> Vec<QuestionIx> {
        let mut found = Vec::new();
        self.each_test(&mut |test| {
            for question in test.questions() {
                if !found.contains(&question) {
                    found.push(question);
                }
            }
        });
        found
    }
}

fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::True;
    for truth in truths {
        match truth {
            Truth::False => return Truth::False,
            Truth::Unknown => result = Truth::Unknown,
            Truth::True => {}
        }
    }
    result
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::False;
    for truth in truths {
        match truth {
            Truth::True => return Truth::True,
            Truth::Unknown => result = Truth::Unknown,
            Truth::False => {}
        }
    }
    result
}
