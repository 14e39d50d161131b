//! Which cases can be drawn, and what took out the others.

use chrono::NaiveDate;
use rayon::iter::ParallelIterator as _;

use super::frame::Place;
use super::{Case, Field, Frame, Period, Plan};

/// What one filter took out. A case is counted at the first filter it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The filter in words.
    pub filter: String,
    /// Cases it took out.
    pub cases: u64,
}

/// The filters of a plan, in the order they are tried.
struct Filter<'p> {
    words: String,
    fails: Box<dyn Fn(Case<'_>) -> bool + Sync + 'p>,
}

/// Places of the cases that pass every filter, and the count of each filter.
///
/// `types`: the case types that have a size, where sizes are given per case type.
pub(super) fn eligible(
    frame: &Frame,
    plan: &Plan,
    types: Option<&[&str]>,
) -> (Vec<Place>, Vec<Removed>) {
    let filters = filters(plan, types);
    let none = || (Vec::new(), vec![0_u64; filters.len()]);
    let found: Vec<(Vec<Place>, Vec<u64>)> = frame
        .as_read()
        .map(|cases| {
            let (mut passed, mut counts) = none();
            for case in cases.iter() {
                match filters.iter().position(|filter| (filter.fails)(case)) {
                    Some(at) => counts[at] += 1,
                    None => passed.push(case.place()),
                }
            }
            (passed, counts)
        })
        .collect();
    let (mut passed, mut counts) = none();
    for (some, own) in found {
        passed.extend(some);
        counts.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
    }
    let removed = filters
        .into_iter()
        .zip(counts)
        .map(|(filter, cases)| Removed { filter: filter.words, cases })
        .collect();
    (passed, removed)
}

fn filters<'p>(plan: &'p Plan, types: Option<&'p [&'p str]>) -> Vec<Filter<'p>> {
    let mut filters = Vec::new();
    if let Some(types) = types {
        filters.push(Filter {
            words: "a case type without a size in the plan".to_owned(),
            fails: Box::new(|case| !types.contains(&case.fact(Field::CaseType))),
        });
    }
    if plan.metro.is_some() {
        filters.push(Filter {
            words: "outside the three sites".to_owned(),
            fails: Box::new(|case| !plan.clusters.contains_key(case.fact(Field::County))),
        });
    }
    let own = |case_type: &str| {
        let of_type = plan.eligible.iter().find(|filter| filter.case_type == case_type);
        of_type.and_then(|filter| filter.sampling)
    };
    let days = |case: Case<'_>, period: Period| {
        case.opened().map_or(0, |opened| period.days_open(opened, case.closed()))
    };
    if let Some(period) = plan.sampling {
        filters.push(Filter {
            words: format!("not open in the sampling period {period}"),
            fails: Box::new(move |case| {
                own(case.fact(Field::CaseType)).is_none() && days(case, period) == 0
            }),
        });
    }
    for filter in &plan.eligible {
        let case_type = filter.case_type.as_str();
        let mut add = |words: String, fails: Box<dyn Fn(Case<'_>) -> bool + Sync + 'p>| {
            filters.push(Filter {
                words: format!("{case_type} {words}"),
                fails: Box::new(move |case| case.fact(Field::CaseType) == case_type && fails(case)),
            });
        };
        if let Some(period) = filter.sampling {
            let words = format!("not open in its sampling period {period}");
            add(words, Box::new(move |case| days(case, period) == 0));
        }
        let period = filter.sampling.or(plan.sampling);
        if let (Some(period), Some(least)) = (period, filter.open_days) {
            let words = format!("open fewer than {least} days of the sampling period");
            add(words, Box::new(move |case| days(case, period) < least));
        }
        if let (Some(period), Some(age)) = (period, filter.under_age) {
            let first = period.first();
            let words = format!("{age} years or older on {first}");
            let too_old =
                move |case: Case<'_>| case.born().is_some_and(|born| years(born, first) >= age);
            add(words, Box::new(too_old));
        }
        for &flag in &filter.leave_out {
            let words = match flag {
                Field::InCare => "with a child in foster care over 24 hours",
                Field::SubsidyOnly => "open for a subsidy only",
                _ => "of another state",
            };
            let is_yes = move |case: Case<'_>| {
                let word = case.fact(flag).to_lowercase();
                plan.yes.contains(&word)
            };
            add(words.to_owned(), Box::new(is_yes));
        }
    }
    filters
}

/// Full years from birth to a day; 0 for one yet to be born. Who is born on February 29 turns
/// a year older on March 1 of other years.
fn years(born: NaiveDate, day: NaiveDate) -> u64 {
    u64::from(day.years_since(born).unwrap_or(0))
}
