//! The measurement periods of a plan.

use chrono::{Datelike, Months, NaiveDate};

use super::plan::{Periods, Plan};
use crate::sampling::Period;

/// A measurement period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// What it is called: `2026-H1`, `2026-H1 to 2026-H2`.
    pub name: String,
    /// Its days.
    pub days: Period,
}

impl Window {
    /// A period under its shortest name.
    pub fn of(days: Period) -> Self {
        Self { name: days.short(), days }
    }
    /// Whether a period of results lies in it as a whole.
    pub fn holds(&self, period: Period) -> bool {
        self.days.first() <= period.first() && period.last() <= self.days.last()
    }
    /// Whether a day lies in it.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.days.first() <= day && day <= self.days.last()
    }
}

/// Every period from the one the plan takes effect in to the one measuring ends in.
pub(super) fn windows(plan: &Plan) -> Vec<Window> {
    let halves = half_years(plan.effective, plan.last_day());
    match &plan.method.periods {
        Periods::HalfYears => halves.into_iter().map(Window::of).collect(),
        Periods::RollingTwelveMonths => halves
            .windows(2)
            .filter_map(|pair| {
                let days = Period::new(pair[0].first(), pair[1].last())?;
                let name = match days.short() {
                    year if year.len() == 4 => year,
                    _ => format!("{} to {}", pair[0].short(), pair[1].short()),
                };
                Some(Window { name, days })
            })
            .collect(),
        Periods::Given(periods) => periods.iter().copied().map(Window::of).collect(),
    }
}

/// The half-years of the calendar that hold some day from `first` to `last`.
fn half_years(first: NaiveDate, last: NaiveDate) -> Vec<Period> {
    let month = if first.month() <= 6 { 1 } else { 7 };
    let mut start = NaiveDate::from_ymd_opt(first.year(), month, 1);
    let mut found = Vec::new();
    while let Some(begins) = start.filter(|day| *day <= last) {
        let next = begins.checked_add_months(Months::new(6));
        let half = next.and_then(|next| Period::new(begins, next.pred_opt()?));
        found.extend(half);
        start = next;
    }
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn half_years_hold_every_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let names = |first, last| {
            let all = half_years(day(first), day(last));
            all.iter().map(|half| half.short()).collect::<Vec<_>>()
        };
        assert_eq!(names("2026-01-01", "2027-06-30"), ["2026-H1", "2026-H2", "2027-H1"]);
        assert_eq!(names("2026-09-15", "2027-01-01"), ["2026-H2", "2027-H1"]);
        assert_eq!(names("2026-02-01", "2026-02-01"), ["2026-H1"]);
    }
}
