//! One pass over final reviews: what counts for the baseline and for each period.

use std::collections::{BTreeMap, HashMap};

use super::crossed::Crossed;
use super::periods::Window;
use super::plan::{MixBy, Plan};
use crate::instrument::{Instrument, Rating};
use crate::report::Column;
use crate::review::ReviewKind;
use crate::sampling::Period;

/// A final review as a plan sees it.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'r> {
    /// Position of the edition it was rated by among those known.
    pub edition: usize,
    /// Its ratings, a byte an item of the edition as [`Rating::ALL`] counts them.
    pub ratings: &'r [u8],
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

/// Reviews that were not measured, and why; but for `other_kind` those of kind baseline or pip.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Their case was in no sample.
    pub not_drawn: usize,
    /// They were rated by another instrument, no item of which means what one of the plan's does.
    pub other_instrument: usize,
    /// Their period lies in no period of the plan.
    pub no_period: usize,
    /// Their period is one of the plan's, but they are of a kind it does not measure.
    pub other_kind: usize,
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
    /// What was measured under the item numbers of another instrument, an edition each.
    pub(super) crossed: Vec<Crossed>,
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
    /// By edition the place of each of the plan's items among its ratings.
    editions: Vec<Vec<Option<usize>>>,
    /// By period of results whether the baseline holds it, and which of the plan's do.
    periods: HashMap<String, (bool, Vec<usize>)>,
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
            crossed: Vec::new(),
        };
        Self { plan, counted, editions: Vec::new(), periods: HashMap::new() }
    }

    /// Adds an edition after those known. Items of another instrument than the plan's are
    /// measured where a crosswalk says that they mean the same.
    pub fn know(&mut self, edition: &Instrument) {
        let crossed = Crossed::of(edition, self.plan);
        self.editions.push(crossed.places.clone());
        self.counted.crossed.push(crossed);
    }

    /// Counts a review where the plan measures it.
    pub fn add(&mut self, reading: &Reading<'_>) {
        let is_baseline = reading.review_kind == ReviewKind::Baseline;
        let is_measure = reading.review_kind == ReviewKind::Pip
            || self.plan.practice && reading.review_kind == ReviewKind::Practice;
        if !self.periods.contains_key(reading.period) {
            let period = Period::parse(reading.period);
            let inside = |window: &Window| period.is_some_and(|period| window.holds(period));
            let baseline = inside(&Window::of(self.plan.method.baseline));
            let windows = &self.counted.windows;
            let within = (0..windows.len()).filter(|at| inside(&windows[*at])).collect();
            self.periods.insert(reading.period.to_owned(), (baseline, within));
        }
        let (in_baseline, within) = &self.periods[reading.period];
        let left_out = &mut self.counted.left_out;
        let places = &self.editions[reading.edition];
        let rates_nothing = places.iter().all(Option::is_none);
        if !is_baseline && !is_measure {
            left_out.other_kind += usize::from(!within.is_empty() && !rates_nothing);
            return;
        }
        if rates_nothing && !self.plan.items.is_empty() {
            left_out.other_instrument += 1;
            return;
        }
        if !reading.drawn {
            left_out.not_drawn += 1;
            return;
        }
        let baseline = is_baseline && *in_baseline;
        let periods: &[usize] = if is_measure { within } else { &[] };
        if !baseline && periods.is_empty() {
            left_out.no_period += 1;
            return;
        }
        self.counted.crossed[reading.edition].reviews += 1;
        let stratum = self.stratum(reading);
        let rated: Vec<Option<bool>> = places
            .iter()
            .map(|place| match place.and_then(|at| reading.ratings.get(at)) {
                Some(rating) if *rating == Rating::Strength as u8 => Some(true),
                Some(rating) if *rating == Rating::Ani as u8 => Some(false),
                _ => None,
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
            for at in periods {
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
