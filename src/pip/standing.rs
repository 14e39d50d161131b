//! Where a plan stands: baseline, goal and periods of each measure.

use std::ops::Range;

use super::periods::Window;
use super::plan::Strategy;
use crate::report::Column;
use crate::sampling::Period;
use crate::stats::{Change, Interval};

/// Where a plan stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Columns that groups are made of; none: the whole state.
    pub columns: Vec<Column>,
    /// Its measures: the items of the instrument, then the aggregates; each with its groups in
    /// byte order.
    pub measures: Vec<MeasureStanding>,
    /// Its strategies, in order of their due days, with a letter for each.
    pub strategies: Vec<(String, Strategy)>,
    /// Notes on what was not measured.
    pub notes: Vec<String>,
}

/// Where one measure of one group stands.
#[derive(Debug, Clone)]
pub struct MeasureStanding {
    /// Values of the group's columns.
    pub group: Vec<String>,
    /// Id of the item or aggregate.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its numbers are typed in.
    pub aggregate: bool,
    /// Applicable cases a period needs.
    pub minimum: u64,
    /// Period of the baseline.
    pub baseline_period: Period,
    /// Strength and applicable of the baseline.
    pub baseline: (u64, u64),
    /// Interval of the baseline.
    pub baseline_interval: Option<Interval>,
    /// The baseline was typed in.
    pub baseline_typed: bool,
    /// The goal: the state's, also for a group.
    pub goal: Option<Goal>,
    /// The periods with cases, in order of time.
    pub periods: Vec<PeriodRow>,
    /// The next sample.
    pub next: Option<NextSize>,
    /// What must be said beside the numbers.
    pub notes: Vec<&'static str>,
}

/// A goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// As a proportion.
    pub value: f64,
    /// What was added to the baseline; none where the goal was agreed.
    pub margin: Option<f64>,
}

/// One period of a measure.
#[derive(Debug, Clone)]
pub struct PeriodRow {
    /// The period.
    pub window: Window,
    /// Strength, or the numerator.
    pub x: u64,
    /// Applicable cases, or the denominator.
    pub n: u64,
    /// Interval of the percent.
    pub interval: Option<Interval>,
    /// How it stands to the goal.
    pub state: State,
    /// Points missing to the goal, as a proportion; negative above it.
    pub points: Option<f64>,
    /// How many of the period's ANI would have had to be Strength.
    pub cases: Option<u64>,
    /// The change since the baseline.
    pub change: Option<Change>,
    /// The case mix against the baseline's.
    pub mix: MixCheck,
    /// The period has not ended: how it stands is how it stands so far.
    pub runs: bool,
    /// Positions in [`Standing::strategies`] of those due in the period.
    pub due: Vec<usize>,
}

/// How a period stands to the goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// At the goal or above, with enough cases.
    Met,
    /// Above the baseline in three periods in a row, the goal being over 90 %.
    MetByThree,
    /// Below the goal.
    NotMet,
    /// Fewer applicable cases than the plan needs.
    TooFew,
    /// No baseline, so no goal.
    NoGoal,
}

/// The case mix of a period against the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub enum MixCheck {
    /// The baseline's mix is not known.
    Unknown,
    /// Every stratum's share is within the tolerance.
    Within,
    /// Strata whose share moved further: name, baseline's share, share now.
    Outside(Vec<(String, f64, f64)>),
}

/// Applicable cases the next period needs to show the goal met.
#[derive(Debug, Clone, PartialEq)]
pub struct NextSize {
    /// The period.
    pub window: String,
    /// Cases.
    pub n: u64,
    /// The proportion this expects.
    pub expected: f64,
    /// Where that comes from.
    pub why: Expected,
}

/// Where the proportion comes from that a next sample expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// It is that of this period, which lies above the goal.
    Now(String),
    /// It lies so far above the goal: a setting of the plan.
    AboveGoal(f64),
}

impl State {
    /// As in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::MetByThree => "met-by-three-periods",
            Self::NotMet => "not-met",
            Self::TooFew => "too-few",
            Self::NoGoal => "no-goal",
        }
    }
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::MetByThree => "met (3 periods)",
            Self::NotMet => "not met",
            Self::TooFew => "too few",
            Self::NoGoal => "no goal",
        }
    }
    /// Whether the goal counts as met.
    pub fn is_met(self) -> bool {
        matches!(self, Self::Met | Self::MetByThree)
    }
}

impl PeriodRow {
    /// How it stands to the goal, in words: "met so far" while the period runs.
    pub fn stands(&self) -> String {
        let so_far = if self.runs { " so far" } else { "" };
        format!("{}{so_far}", self.state.title())
    }
    /// Whether the change since the baseline is more than sampling noise.
    pub fn is_sure(&self) -> Option<bool> {
        self.change.map(|c| c.interval.low > 0.0 || c.interval.high < 0.0)
    }
}

impl MeasureStanding {
    /// The first period the goal was met in.
    pub fn met_in(&self) -> Option<&PeriodRow> {
        self.periods.iter().find(|row| row.state.is_met())
    }
    /// The last period.
    pub fn now(&self) -> Option<&PeriodRow> {
        self.periods.last()
    }
}

impl Standing {
    /// Positions of the measures with this place among the ids, each once: the measures of one
    /// id stand together.
    pub fn by_measure(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, one) in self.measures.iter().enumerate() {
            match found.last_mut() {
                Some(range) if self.measures[range.start].id == one.id => range.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
        found
    }
}
