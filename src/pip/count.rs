//! One pass over final reviews: what counts for the baseline and for each period.

use std::collections::BTreeMap;

use super::periods::Window;
use super::plan::{MixBy, Plan};
use crate::instrument::{Instrument, Rating};
use crate::report::Column;
use crate::review::{Ratings, ReviewKind};
use crate::sampling::Period;

/// A final review as a plan sees it.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'r> {
    /// The edition it was rated by.
    pub instrument: &'r Instrument,
    /// Its ratings.
    pub ratings: &'r Ratings,
    /// What it was held for.
    pub review_kind: ReviewKind,
    /// Its case was drawn: by a draw here, or in the sample an import names.
    pub drawn: bool,
    /// The period its result belongs to.
    pub period: &'r str,
    /// Region of the case.
    pub region: &'r str,
    /// County of the case.
    pub county: &'r str,
    /// Code of its type.
    pub case_type: &'r str,
}

/// Reviews of kind baseline or pip that were not measured, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Their case was in no sample.
    pub not_drawn: usize,
    /// They were rated by another instrument.
    pub other_instrument: usize,
    /// Their period lies in no period of the plan.
    pub no_period: usize,
}

/// What was counted.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The plan's periods.
    pub(super) windows: Vec<Window>,
    /// All cases together.
    pub(super) state: Group,
    /// Columns that groups are made of.
    pub columns: Vec<Column>,
    /// By the values of the columns.
    pub(super) groups: BTreeMap<Vec<String>, Group>,
    /// What was not measured.
    pub left_out: LeftOut,
}

/// Baseline and periods of one group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) baseline: Cell,
    pub(super) periods: Vec<Cell>,
}

/// One period of one group.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Cases measured.
    pub(super) cases: u64,
    /// Of them by stratum of the case mix.
    pub(super) mix: BTreeMap<String, u64>,
    /// Strength and applicable of each item of the plan.
    pub(super) items: Vec<(u64, u64)>,
}

/// Counting under way.
#[derive(Debug)]
pub struct Measurement<'p> {
    plan: &'p Plan,
    counted: Counted,
}

impl Group {
    fn new(plan: &Plan, periods: usize) -> Self {
        let cell = Cell { cases: 0, mix: BTreeMap::new(), items: vec![(0, 0); plan.items.len()] };
        Self { baseline: cell.clone(), periods: vec![cell; periods] }
    }
}

impl<'p> Measurement<'p> {
    /// Nothing counted yet. `columns` are facts of cases: region, county, case type.
    pub fn new(plan: &'p Plan, columns: &[Column]) -> Self {
        let windows = plan.windows();
        let counted = Counted {
            state: Group::new(plan, windows.len()),
            windows,
            columns: columns.to_vec(),
            groups: BTreeMap::new(),
            left_out: LeftOut::default(),
        };
        Self { plan, counted }
    }

    /// Counts a review where the plan measures it.
    pub fn add(&mut self, reading: &Reading<'_>) {
        let is_baseline = reading.review_kind == ReviewKind::Baseline;
        let is_measure = reading.review_kind == ReviewKind::Pip
            || self.plan.practice && reading.review_kind == ReviewKind::Practice;
        if !is_baseline && !is_measure {
            return;
        }
        let left_out = &mut self.counted.left_out;
        if reading.instrument.id() != self.plan.instrument.id() {
            left_out.other_instrument += 1;
            return;
        }
        if !reading.drawn {
            left_out.not_drawn += 1;
            return;
        }
        let period = Period::parse(reading.period);
        let inside = |window: &Window| period.is_some_and(|period| window.holds(period));
        let baseline = is_baseline && inside(&Window::of(self.plan.method.baseline));
        let periods: Vec<usize> = (0..self.counted.windows.len())
            .filter(|at| is_measure && inside(&self.counted.windows[*at]))
            .collect();
        if !baseline && periods.is_empty() {
            left_out.no_period += 1;
            return;
        }
        let stratum = self.stratum(reading);
        let rated: Vec<Option<bool>> = self
            .plan
            .items
            .iter()
            .map(|one| {
                let id = self.plan.instrument.item(one.item).id();
                let rating =
                    reading.instrument.find_item(id).and_then(|at| reading.ratings.item(at));
                match rating {
                    Some(Rating::Strength) => Some(true),
                    Some(Rating::Ani) => Some(false),
                    _ => None,
                }
            })
            .collect();
        let key: Vec<String> =
            self.counted.columns.iter().map(|column| fact(*column, reading).to_owned()).collect();
        let plan = self.plan;
        let windows = self.counted.windows.len();
        let add = |group: &mut Group| {
            if baseline {
                group.baseline.add(&stratum, &rated);
            }
            for at in &periods {
                group.periods[*at].add(&stratum, &rated);
            }
        };
        add(&mut self.counted.state);
        if !key.is_empty() {
            let new = || Group::new(plan, windows);
            add(self.counted.groups.entry(key).or_insert_with(new));
        }
    }

    fn stratum(&self, reading: &Reading<'_>) -> String {
        let mix = &self.plan.mix;
        let value = |by: &MixBy| match by {
            MixBy::CaseType => reading.case_type,
            MixBy::Region => reading.region,
            MixBy::County => reading.county,
            MixBy::Metro if mix.metro.iter().any(|county| county == reading.county) => "metro",
            MixBy::Metro => "other",
        };
        mix.by.iter().map(value).collect::<Vec<_>>().join(" | ")
    }

    /// What was counted.
    pub fn finish(self) -> Counted {
        self.counted
    }
}

impl Cell {
    fn add(&mut self, stratum: &str, rated: &[Option<bool>]) {
        self.cases += 1;
        *self.mix.entry(stratum.to_owned()).or_default() += 1;
        for ((x, n), rated) in self.items.iter_mut().zip(rated) {
            *x += u64::from(*rated == Some(true));
            *n += u64::from(rated.is_some());
        }
    }
}

fn fact<'r>(column: Column, reading: &Reading<'r>) -> &'r str {
    match column {
        Column::Region => reading.region,
        Column::County => reading.county,
        Column::CaseType => reading.case_type,
        _ => "",
    }
}
