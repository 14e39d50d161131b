//! The case queue: what is to be reviewed, filtered, searched and sorted.

use super::list::Cursor;
use crate::review::Which;

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Sampled, and nobody reads it yet.
    NotAssigned,
    /// Assigned, nothing answered.
    NotStarted,
    /// Begun.
    InProgress,
    /// Here from its reader, sealed, and closed until the other reader has sealed too: nothing
    /// else of it is known.
    Sealed,
    /// Submitted, read-only.
    Submitted,
    /// With QA, read-only.
    InQa,
    /// Counted in reports.
    Final,
}

impl Status {
    /// All, in the order filters go through them.
    pub const ALL: [Self; 7] = [
        Self::NotAssigned,
        Self::NotStarted,
        Self::InProgress,
        Self::Sealed,
        Self::Submitted,
        Self::InQa,
        Self::Final,
    ];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotAssigned => "not assigned",
            Self::NotStarted => "not started",
            Self::InProgress => "in progress",
            Self::Sealed => "sealed",
            Self::Submitted => "submitted",
            Self::InQa => "with QA",
            Self::Final => "final",
        }
    }
}

/// A case in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Key of the review, for [`Effect::Open`](super::Effect::Open).
    pub reading: String,
    /// Review number the workspace gives: `R-0042`.
    pub case: String,
    /// Case type in words: "Foster care".
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// How far it is.
    pub status: Status,
    /// Which review of the case, as far as whoever acts may know.
    pub which: Which,
    /// Code of the reviewer.
    pub reviewer: String,
}

/// What the queue is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Review number.
    Case,
    /// How far it is, work to do first.
    #[default]
    Status,
    /// Region, then county.
    Region,
}

impl Order {
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Status => "status",
            Self::Region => "region",
        }
    }
    /// The order [`Action::Sort`](super::Action::Sort) turns to.
    pub fn next(self) -> Self {
        match self {
            Self::Case => Self::Status,
            Self::Status => Self::Region,
            Self::Region => Self::Case,
        }
    }
}

/// The queue screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// All cases, as loaded; none until they arrived.
    pub cases: Option<Vec<Case>>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this case type, in words.
    pub case_type: Option<String>,
    /// Only this region.
    pub region: Option<String>,
    /// Every word of it must be found in a case's line.
    pub search: String,
    /// The search line is open: characters go into it.
    pub searching: bool,
    /// Sort order.
    pub order: Order,
    /// The highlighted one of [`shown`](Self::shown).
    pub cursor: Cursor,
    /// What search looks through, a line a case, in lower case.
    lines: Vec<String>,
    /// Places of the cases shown, in their order.
    passing: Vec<usize>,
}

impl State {
    /// The cases that pass filters and search, sorted.
    pub fn shown(&self) -> Vec<&Case> {
        let Some(cases) = &self.cases else { return Vec::new() };
        self.passing.iter().map(|at| &cases[*at]).collect()
    }

    /// How many cases pass filters and search.
    pub fn count_shown(&self) -> usize {
        self.passing.len()
    }

    /// The highlighted case.
    pub fn chosen(&self) -> Option<&Case> {
        self.cases.as_ref()?.get(*self.passing.get(self.cursor.at())?)
    }

    /// Whether any filter or search is on.
    pub fn is_filtered(&self) -> bool {
        self.status.is_some()
            || self.case_type.is_some()
            || self.region.is_some()
            || !self.search.is_empty()
    }

    /// Takes in the cases, keeping the highlighted one where it is still shown.
    pub fn learn(&mut self, cases: Vec<Case>) {
        self.keeping_the_chosen(|state| {
            state.lines = cases.iter().map(line).collect();
            state.cases = Some(cases);
        });
    }

    /// Changes the search text.
    pub fn search_for(&mut self, text: String) {
        self.keeping_the_chosen(|state| state.search = text);
    }

    /// Drops every filter and the search.
    pub fn clear_filters(&mut self) {
        self.keeping_the_chosen(|state| {
            (state.status, state.case_type, state.region) = (None, None, None);
            state.search.clear();
        });
    }

    /// Goes on to the next status there is, after the last to all.
    pub fn next_status(&mut self) {
        let mut all: Vec<Status> = self.cases.iter().flatten().map(|c| c.status).collect();
        all.sort();
        self.keeping_the_chosen(|state| state.status = following(all, state.status));
    }

    /// Goes on to the next case type there is, after the last to all.
    pub fn next_case_type(&mut self) {
        let mut all: Vec<String> =
            self.cases.iter().flatten().map(|c| c.case_type.clone()).collect();
        all.sort();
        self.keeping_the_chosen(|state| state.case_type = following(all, state.case_type.take()));
    }

    /// Goes on to the next region there is, after the last to all.
    pub fn next_region(&mut self) {
        let mut all: Vec<String> = self.cases.iter().flatten().map(|c| c.region.clone()).collect();
        all.sort();
        self.keeping_the_chosen(|state| state.region = following(all, state.region.take()));
    }

    /// Turns to the next sort order.
    pub fn next_order(&mut self) {
        self.keeping_the_chosen(|state| state.order = state.order.next());
    }

    fn keeping_the_chosen(&mut self, change: impl FnOnce(&mut Self)) {
        let chosen = self.chosen().map(|c| c.reading.clone());
        change(self);
        self.passing = self.sift();
        let shown = self.shown();
        let at = shown.iter().position(|c| Some(&c.reading) == chosen.as_ref()).unwrap_or(0);
        let len = shown.len();
        self.cursor.put(at, len);
    }

    /// Places of the cases that pass filters and search, sorted.
    fn sift(&self) -> Vec<usize> {
        let Some(cases) = &self.cases else { return Vec::new() };
        let search = self.search.to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let passes = |at: &usize| {
            let case = &cases[*at];
            self.status.is_none_or(|s| s == case.status)
                && self.case_type.as_ref().is_none_or(|t| *t == case.case_type)
                && self.region.as_ref().is_none_or(|r| *r == case.region)
                && words.iter().all(|word| self.lines[*at].contains(word))
        };
        let mut passing: Vec<usize> = (0..cases.len()).filter(passes).collect();
        let by_case = |at: &usize| (cases[*at].case.as_str(), cases[*at].which);
        let by_place = |at: &usize| (cases[*at].region.as_str(), cases[*at].county.as_str());
        let urgency = |at: &usize| urgency(cases[*at].status);
        match self.order {
            Order::Case => passing.sort_by(|a, b| by_case(a).cmp(&by_case(b))),
            Order::Status => {
                passing.sort_by(|a, b| (urgency(a), by_case(a)).cmp(&(urgency(b), by_case(b))));
            }
            Order::Region => {
                passing.sort_by(|a, b| (by_place(a), by_case(a)).cmp(&(by_place(b), by_case(b))));
            }
        }
        passing
    }
}

/// What a review is called that is not the first of its case.
#[derive(Debug, Clone, Copy)]
pub struct Further {
    /// In words: "second review (IRR)".
    pub words: &'static str,
    /// As a mark in a list.
    pub mark: &'static str,
    /// The same in three letters.
    pub short: &'static str,
}

impl Further {
    /// None for the first.
    pub fn of(which: Which) -> Option<Self> {
        let (words, mark, short) = match which {
            Which::First => return None,
            Which::Second => ("second review (IRR)", "second (IRR)", "IRR"),
            Which::Third => ("third review", "third", "3rd"),
            Which::Final => ("settled review", "settled", "set"),
        };
        Some(Self { words, mark, short })
    }
}

/// What search looks through.
fn line(case: &Case) -> String {
    let kind = Further::of(case.which).map_or("", |further| further.words);
    let status = case.status.title();
    let Case { case: number, case_type, region, county, reviewer, .. } = case;
    format!("{number} {case_type} {region} {county} {status} {kind} {reviewer}").to_lowercase()
}

/// Work begun comes first, then work not begun, then what is done.
fn urgency(status: Status) -> u8 {
    match status {
        Status::InProgress => 0,
        Status::NotStarted => 1,
        Status::NotAssigned => 2,
        Status::Sealed | Status::Submitted => 3,
        Status::InQa => 4,
        Status::Final => 5,
    }
}

/// The value after `now` in the sorted `all`; none after the last.
fn following<T: Ord>(all: Vec<T>, now: Option<T>) -> Option<T> {
    all.into_iter().find(|value| now.as_ref().is_none_or(|n| value > n))
}
