//! A checked plan.

use std::sync::Arc;

use chrono::NaiveDate;

use super::periods::Window;
use crate::instrument::{Instrument, ItemIx};
use crate::sampling::Period;
use crate::stats::Level;

/// A Program Improvement Plan that is right in itself.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its title.
    pub title: String,
    /// The instrument whose items are measured.
    pub instrument: Arc<Instrument>,
    /// The day it takes effect.
    pub effective: NaiveDate,
    /// Last day of its implementation.
    pub ends: NaiveDate,
    /// Last day of the non-overlapping year, the last that is measured.
    pub non_overlapping_ends: Option<NaiveDate>,
    /// Practice reviews are measured; nothing in it is real.
    pub practice: bool,
    /// How goals are made and periods measured.
    pub method: Method,
    /// How the case mix is compared.
    pub mix: Mix,
    /// Measures counted from case reviews.
    pub items: Vec<ItemMeasure>,
    /// Measures whose numbers are typed in.
    pub aggregates: Vec<Aggregate>,
    /// What is done to get there.
    pub strategies: Vec<Strategy>,
}

/// How goals are made and periods measured.
#[derive(Debug, Clone)]
pub struct Method {
    /// The period of the baseline.
    pub baseline: Period,
    /// How the time is cut up.
    pub periods: Periods,
    /// The normal factor of the goal.
    pub z: f64,
    /// Rounding before percent and goal are compared.
    pub rounding: Rounding,
    /// Applicable cases a period needs.
    pub minimum: u64,
    /// Level of intervals and of the change.
    pub level: Level,
    /// Two-sided confidence at which the next period is to show the goal met, as a share.
    pub confidence: f64,
    /// Power of it, as a share.
    pub power: f64,
    /// How far above the goal the next period is expected, as a proportion, where it lies
    /// below now.
    pub expect: f64,
}

/// How the time of a plan is cut up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Periods {
    /// Half-years of the calendar.
    HalfYears,
    /// Twelve months, a new one begins every six.
    RollingTwelveMonths,
    /// As listed.
    Given(Vec<Period>),
}

/// Rounding before percent and goal are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// None.
    None,
    /// To a tenth of a percent, half up.
    Tenth,
    /// To a whole percent, half up.
    Whole,
}

/// How the case mix is compared with the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    /// What a stratum is made of.
    pub by: Vec<MixBy>,
    /// Counties that are metro.
    pub metro: Vec<String>,
    /// How far a share may lie from the baseline's, as a proportion.
    pub tolerance: f64,
}

/// A fact that strata of the case mix are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixBy {
    /// The case type.
    CaseType,
    /// The region.
    Region,
    /// The county.
    County,
    /// Metro or other.
    Metro,
}

/// A measure counted from case reviews.
#[derive(Debug, Clone)]
pub struct ItemMeasure {
    /// The item or sub-item.
    pub item: ItemIx,
    /// Applicable cases a period needs.
    pub minimum: u64,
    /// The goal agreed instead of the formula's, as a proportion.
    pub goal: Option<f64>,
    /// A baseline of which only the numbers are known.
    pub baseline: Option<Baseline>,
}

/// A baseline typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baseline {
    /// Its period.
    pub period: Period,
    /// Strengths, or the numerator.
    pub x: u64,
    /// Applicable cases, or the denominator.
    pub n: u64,
}

/// A measure whose numbers are typed in.
#[derive(Debug, Clone)]
pub struct Aggregate {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its baseline.
    pub baseline: Baseline,
    /// The goal agreed instead of the formula's, as a proportion.
    pub goal: Option<f64>,
    /// Denominator a period needs.
    pub minimum: u64,
    /// Its periods, in order of time.
    pub periods: Vec<TypedPeriod>,
}

/// One period of an aggregate measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedPeriod {
    /// The period.
    pub period: Period,
    /// The numerator.
    pub x: u64,
    /// The denominator.
    pub n: u64,
}

/// Something done to reach the goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategy {
    /// What.
    pub title: String,
    /// Ids of the measures it is for; none: all.
    pub items: Vec<String>,
    /// The region it is for; none: the whole state, unless a county is named.
    pub region: Option<String>,
    /// The county it is for.
    pub county: Option<String>,
    /// The role that answers for it.
    pub owner: String,
    /// When it is to be done.
    pub due: NaiveDate,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Where it stands.
    pub status: StrategyStatus,
}

/// Where a strategy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StrategyStatus {
    /// Not begun.
    #[default]
    Planned,
    /// Begun.
    UnderWay,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

impl StrategyStatus {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Planned, Self::UnderWay, Self::Done, Self::Dropped];

    /// As in the file: `under-way`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::UnderWay => "under-way",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::UnderWay => "under way",
            other => other.code(),
        }
    }
}

impl Strategy {
    /// Whether it is for a measure.
    pub fn is_for(&self, id: &str) -> bool {
        self.items.is_empty() || self.items.iter().any(|item| item == id)
    }
    /// Where it is done: "Knox", "county Bledsoe", "statewide".
    pub fn place(&self) -> String {
        match (&self.region, &self.county) {
            (Some(region), None) => region.clone(),
            (_, Some(county)) => format!("county {county}"),
            (None, None) => "statewide".to_owned(),
        }
    }
}

impl Rounding {
    /// As in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Tenth => "tenth",
            Self::Whole => "whole",
        }
    }
    /// In words, as a page says it.
    pub fn title(self) -> &'static str {
        match self {
            Self::None => "compared unrounded",
            Self::Tenth => "both rounded to a tenth of a percent before they are compared",
            Self::Whole => "both rounded to whole percents before they are compared",
        }
    }
    /// Whether `x` of `n` reaches a goal. Shares are rounded exactly, in whole numbers.
    pub fn reaches(self, x: u64, n: u64, goal: f64) -> bool {
        let steps = match self {
            Self::None => return n > 0 && x as f64 / n as f64 >= goal,
            Self::Tenth => 1000,
            Self::Whole => 100,
        };
        let (x, n) = (u128::from(x), u128::from(n));
        n > 0 && (2 * steps * x + n) / (2 * n) >= (goal * steps as f64 + 0.5).floor() as u128
    }
}

impl Plan {
    /// The day measuring ends.
    pub fn last_day(&self) -> NaiveDate {
        self.non_overlapping_ends.unwrap_or(self.ends)
    }
    /// The periods it measures, in order of time.
    pub fn windows(&self) -> Vec<Window> {
        super::periods::windows(self)
    }
    /// The formula of its goals with its settings, as printed.
    pub fn formula(&self) -> String {
        let (z, rounding) = (self.method.z, self.method.rounding.title());
        format!("goal = p + {z} sqrt(p (1 - p) / n), {rounding}")
    }
    /// The method for baseline and periods, for a cell.
    pub fn method_cell(&self) -> String {
        format!(
            "p + {} sqrt(p (1 - p) / n); rounding {}",
            self.method.z,
            self.method.rounding.code()
        )
    }
}
