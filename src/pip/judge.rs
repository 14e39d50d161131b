//! From counts to where a plan stands.

use chrono::NaiveDate;

use super::count::{Cell, Counted, Group};
use super::crossed::Crossed;
use super::periods::Window;
use super::plan::{Aggregate, ItemMeasure, Plan};
use super::standing::{
    Expected, Goal, MeasureStanding, MixCheck, NextSize, PeriodRow, Standing, State,
};
use crate::sampling::Period;
use crate::stats;
use crate::text::count;

/// A goal above this can be met by three periods above the baseline.
const OVER: f64 = 0.9;

/// What a measure is judged by.
struct Measure<'m> {
    plan: &'m Plan,
    id: String,
    title: String,
    aggregate: bool,
    minimum: u64,
    /// The item's bar for a whole state.
    bar: Option<f64>,
    /// The goal agreed.
    agreed: Option<f64>,
    baseline_period: Period,
    typed: bool,
    /// The whole state's baseline: what the goal is made from.
    state: (u64, u64),
}

/// One period as counted or typed.
struct Period1<'c> {
    window: Window,
    x: u64,
    n: u64,
    cell: Option<&'c Cell>,
}

impl Counted {
    /// Where the plan stands on a day: periods that have not ended by then still run.
    pub fn judge(&self, plan: &Plan, today: NaiveDate) -> Standing {
        let mut strategies = plan.strategies.clone();
        strategies.sort_by(|a, b| (a.due, &a.title).cmp(&(b.due, &b.title)));
        let strategies = strategies.into_iter().enumerate().map(|(at, one)| (letter(at), one));
        let mut standing = Standing {
            columns: self.columns.clone(),
            measures: Vec::new(),
            strategies: strategies.collect(),
            notes: self.notes(plan),
        };
        for (at, item) in plan.items.iter().enumerate() {
            let measure = of_item(plan, item, self.state.baseline.items[at]);
            if self.columns.is_empty() {
                let one = measure.of_group(self, &self.state, at, Vec::new());
                standing.measures.push(one);
            }
            for (key, group) in &self.groups {
                standing.measures.push(measure.of_group(self, group, at, key.clone()));
            }
        }
        // Typed numbers are of the whole state.
        if self.columns.is_empty() {
            let aggregates = plan.aggregates.iter().map(|one| of_aggregate(plan, one));
            standing.measures.extend(aggregates);
        }
        for at in 0..standing.measures.len() {
            let id = standing.measures[at].id.clone();
            for row in &mut standing.measures[at].periods {
                row.runs = row.window.days.last() >= today;
                let due = standing.strategies.iter().enumerate();
                let due = due.filter(|(_, (_, one))| one.is_for(&id) && row.window.has(one.due));
                row.due = due.map(|(at, _)| at).collect();
            }
        }
        standing
    }

    fn notes(&self, plan: &Plan) -> Vec<String> {
        let left = self.left_out;
        let reviews = |n| count(n, "review", "reviews");
        let mut notes = Vec::new();
        let mut say = |n: usize, why: &str| {
            if n > 0 {
                notes.push(format!("{} not measured: {why}", reviews(n)));
            }
        };
        say(left.not_drawn, "their cases were in no drawn sample");
        let other = format!(
            "made with an instrument that no crosswalk joins with the plan's items of {}",
            plan.instrument.id()
        );
        say(left.other_instrument, &other);
        say(left.no_period, "their period lies in none of the plan's");
        // Beside measured ones reviews of other kinds are as it should be.
        let in_periods = self.state.periods.iter().map(|cell| cell.cases).sum::<u64>();
        if in_periods == 0 {
            say(
                left.other_kind,
                "their period is one of the plan's, but their review_kind is not pip",
            );
        }
        notes.extend(self.crossed.iter().filter_map(Crossed::said));
        let measured = self.state.baseline.cases + in_periods;
        if measured == 0 && !plan.items.is_empty() {
            notes.push("no drawn case of kind baseline or pip is final yet".to_owned());
        }
        notes
    }
}

fn of_item<'m>(plan: &'m Plan, item: &ItemMeasure, counted: (u64, u64)) -> Measure<'m> {
    let head = plan.instrument.item(item.item);
    Measure {
        plan,
        id: head.id().to_owned(),
        title: head.title().to_owned(),
        aggregate: false,
        minimum: item.minimum,
        bar: head.bar(),
        agreed: item.goal,
        baseline_period: item.baseline.map_or(plan.method.baseline, |typed| typed.period),
        typed: item.baseline.is_some(),
        state: item.baseline.map_or(counted, |typed| (typed.x, typed.n)),
    }
}

fn of_aggregate(plan: &Plan, one: &Aggregate) -> MeasureStanding {
    let measure = Measure {
        plan,
        id: one.id.clone(),
        title: one.title.clone(),
        aggregate: true,
        minimum: one.minimum,
        bar: None,
        agreed: one.goal,
        baseline_period: one.baseline.period,
        typed: true,
        state: (one.baseline.x, one.baseline.n),
    };
    let periods = one.periods.iter().map(|typed| Period1 {
        window: Window::of(typed.period),
        x: typed.x,
        n: typed.n,
        cell: None,
    });
    measure.judge(measure.state, None, periods.collect(), Vec::new())
}

impl Measure<'_> {
    fn of_group(
        &self,
        counted: &Counted,
        group: &Group,
        at: usize,
        key: Vec<String>,
    ) -> MeasureStanding {
        // A baseline typed in is of the whole state.
        let baseline = match (self.typed, key.is_empty()) {
            (false, _) => group.baseline.items[at],
            (true, true) => self.state,
            (true, false) => (0, 0),
        };
        let base = (!self.typed).then_some(&group.baseline);
        // Periods after the last with a case have not come yet.
        let come = counted.state.periods.iter().rposition(|cell| cell.cases > 0);
        let come = come.map_or(0, |last| last + 1);
        let periods = counted.windows.iter().zip(&group.periods).take(come);
        let periods = periods.map(|(window, cell)| {
            let (x, n) = cell.items[at];
            Period1 { window: window.clone(), x, n, cell: Some(cell) }
        });
        self.judge(baseline, base, periods.collect(), key)
    }

    fn judge(
        &self,
        baseline: (u64, u64),
        base: Option<&Cell>,
        periods: Vec<Period1<'_>>,
        group: Vec<String>,
    ) -> MeasureStanding {
        let method = &self.plan.method;
        let computed = stats::pip_goal(self.state.0, self.state.1, method.z);
        let goal = match self.agreed {
            Some(value) => Some(Goal { value, margin: None }),
            None => computed.map(|one| Goal { value: one.goal, margin: Some(one.margin) }),
        };
        let mut rows: Vec<PeriodRow> = Vec::new();
        for one in periods {
            let state = self.state_of(&one, goal, baseline, &rows);
            let proportion = (one.n > 0).then(|| one.x as f64 / one.n as f64);
            rows.push(PeriodRow {
                interval: stats::wilson(one.x, one.n, method.level),
                state,
                points: goal.zip(proportion).map(|(goal, p)| goal.value - p),
                cases: goal.and_then(|goal| self.missing(one.x, one.n, goal)),
                change: stats::newcombe(one.x, one.n, baseline.0, baseline.1, method.level),
                mix: self.mix(base, one.cell),
                window: one.window,
                x: one.x,
                n: one.n,
                runs: false,
                due: Vec::new(),
            });
        }
        let mut notes = Vec::new();
        if self.agreed.is_none() && group.is_empty() {
            notes.extend(computed.as_ref().and_then(stats::Goal::note));
        }
        if let Some(bar) = self.bar.filter(|_| group.is_empty())
            && baseline.1 > 0
            && baseline.0 as f64 >= bar * baseline.1 as f64
        {
            notes.push(
                "the baseline is at the bar of a whole state already: the plan may need no goal",
            );
        }
        MeasureStanding {
            id: self.id.clone(),
            title: self.title.clone(),
            aggregate: self.aggregate,
            minimum: self.minimum,
            baseline_period: self.baseline_period,
            baseline,
            baseline_interval: stats::wilson(baseline.0, baseline.1, method.level),
            baseline_typed: self.typed,
            next: self.next(goal, &rows).filter(|_| group.is_empty()),
            goal,
            periods: rows,
            notes,
            group,
        }
    }

    fn state_of(
        &self,
        one: &Period1<'_>,
        goal: Option<Goal>,
        baseline: (u64, u64),
        before: &[PeriodRow],
    ) -> State {
        let rounding = self.plan.method.rounding;
        let Some(goal) = goal else { return State::NoGoal };
        if one.n < self.minimum.max(1) {
            return State::TooFew;
        }
        if rounding.reaches(one.x, one.n, goal.value) {
            return State::Met;
        }
        let above = |x: u64, n: u64| {
            n >= self.minimum.max(1)
                && u128::from(x) * u128::from(baseline.1) > u128::from(baseline.0) * u128::from(n)
        };
        let last = before.len().saturating_sub(2);
        let two = before.len() >= 2 && before[last..].iter().all(|row| above(row.x, row.n));
        if goal.value > OVER && baseline.1 > 0 && two && above(one.x, one.n) {
            State::MetByThree
        } else {
            State::NotMet
        }
    }

    /// How many more of `n` would have had to be Strength; none where all of them would not do.
    fn missing(&self, x: u64, n: u64, goal: Goal) -> Option<u64> {
        let reaches = |more: u64| self.plan.method.rounding.reaches(x + more, n, goal.value);
        if !reaches(n - x) {
            return None;
        }
        let (mut none, mut enough) = (0, n - x);
        while none < enough {
            let middle = (none + enough) / 2;
            if reaches(middle) {
                enough = middle;
            } else {
                none = middle + 1;
            }
        }
        Some(enough)
    }

    fn mix(&self, base: Option<&Cell>, now: Option<&Cell>) -> MixCheck {
        let (Some(base), Some(now)) = (base, now) else { return MixCheck::Unknown };
        if base.cases == 0 || now.cases == 0 {
            return MixCheck::Unknown;
        }
        let share = |cell: &Cell, stratum: &str| {
            cell.mix.get(stratum).copied().unwrap_or(0) as f64 / cell.cases as f64
        };
        let mut strata: Vec<&String> = base.mix.keys().chain(now.mix.keys()).collect();
        strata.sort_unstable();
        strata.dedup();
        let moved = strata.into_iter().filter_map(|stratum| {
            let (then, now) = (share(base, stratum), share(now, stratum));
            // A share that moved by exactly the tolerance is within it, whatever the last digit.
            let far = (then - now).abs() > self.plan.mix.tolerance + 1e-9;
            far.then(|| (stratum.clone(), then, now))
        });
        let moved: Vec<_> = moved.collect();
        if moved.is_empty() { MixCheck::Within } else { MixCheck::Outside(moved) }
    }

    /// Applicable cases with which the period after the last shows the goal met, in a one-sided
    /// test at the goal.
    fn next(&self, goal: Option<Goal>, rows: &[PeriodRow]) -> Option<NextSize> {
        let method = &self.plan.method;
        // Numbers that are typed in are of no sample.
        let goal = goal.filter(|goal| goal.value < 1.0 && !self.aggregate)?.value;
        let window = match rows.last() {
            Some(last) => {
                let mut later = self.plan.windows().into_iter();
                later.find(|window| window.days.last() > last.window.days.last())?.name
            }
            None => self.plan.windows().first()?.name.clone(),
        };
        let now = rows.last().filter(|row| row.n > 0).map(|row| row.x as f64 / row.n as f64);
        let last = rows.last().map(|row| row.window.name.clone()).unwrap_or_default();
        let (expected, why) = match now.filter(|now| *now > goal) {
            Some(now) => (now, Expected::Now(last)),
            None => {
                let expected = (goal + method.expect).min(1.0);
                (expected, Expected::AboveGoal(expected - goal))
            }
        };
        // The confidence is two-sided, as the goal's z is; the test looks to one side.
        let one_sided = 0.5 + method.confidence / 2.0;
        let n = stats::power_size(expected, goal, one_sided, method.power).ok()?;
        Some(NextSize { window, n: n.max(self.minimum), expected, why })
    }
}

/// A letter for a strategy: a, b, ... z, aa, ab.
fn letter(at: usize) -> String {
    let one = |at: usize| char::from(b'a' + (at % 26) as u8);
    if at < 26 { one(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), one(at)) }
}
