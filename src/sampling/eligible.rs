//! Which cases can be drawn, and what took out the others.

use super::{Case, Field, Frame, Plan};

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
    fails: Box<dyn Fn(Case<'_>) -> bool + 'p>,
}

/// Positions of the cases that pass every filter, and the count of each filter.
///
/// `types`: the case types that have a size, where sizes are given per case type.
pub(super) fn eligible(
    frame: &Frame,
    plan: &Plan,
    types: Option<&[&str]>,
) -> (Vec<u32>, Vec<Removed>) {
    let filters = filters(plan, types);
    let mut counts = vec![0_u64; filters.len()];
    let mut passed = Vec::new();
    for case in frame.cases() {
        match filters.iter().position(|filter| (filter.fails)(case)) {
            Some(at) => counts[at] += 1,
            None => passed
                .push(u32::try_from(case.position()).expect("a frame has fewer than 2^32 cases")),
        }
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
    let Some(period) = plan.sampling else { return filters };
    let days = move |case: Case<'_>| {
        case.opened().map_or(0, |opened| period.days_open(opened, case.closed()))
    };
    filters.push(Filter {
        words: format!("not open in the sampling period {period}"),
        fails: Box::new(move |case| days(case) == 0),
    });
    for filter in &plan.eligible {
        filters.push(Filter {
            words: format!(
                "{} open fewer than {} days of the sampling period",
                filter.case_type, filter.open_days
            ),
            fails: Box::new(move |case| {
                case.fact(Field::CaseType) == filter.case_type && days(case) < filter.open_days
            }),
        });
    }
    filters
}
