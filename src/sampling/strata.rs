//! The groups of a draw and how many cases each gives.

use std::collections::{BTreeSet, HashMap};

use super::draw_problem::DrawProblem;
use super::frame::{Place, Word};
use super::{Case, Field, Frame, Plan, onsite};
use crate::stats::{Stratum, allocate};
use crate::text::did_you_mean;

/// A stratum before the draw.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) case_type: String,
    /// Eligible cases, by place in the frame.
    pub(super) cases: Vec<Place>,
    /// How many to draw.
    pub(super) size: u64,
}

/// The case types the plan sizes, or `None` where it sizes strata or the whole.
///
/// Sizes are per case type when any of their keys is a case type of the frame or of the
/// plan's values; a stratum named like a case type means the same.
pub(super) fn sized_types<'p>(frame: &Frame, plan: &'p Plan) -> Option<Vec<&'p str>> {
    if plan.sizes.each.is_empty() {
        return None;
    }
    let known = case_types(frame, plan);
    let keys: Vec<&str> = plan.sizes.each.iter().map(|(key, _)| key.as_str()).collect();
    keys.iter().any(|key| known.iter().any(|case_type| case_type == key)).then_some(keys)
}

fn case_types(frame: &Frame, plan: &Plan) -> Vec<String> {
    let mut types: Vec<String> = match plan.mapping.values.get(&Field::CaseType) {
        Some(values) => values.values().cloned().collect(),
        None => words_of(frame, Field::CaseType),
    };
    types.sort_unstable();
    types.dedup();
    types
}

/// The different words of a fact.
fn words_of(frame: &Frame, field: Field) -> Vec<String> {
    let words: BTreeSet<Word> = frame.cases().map(|case| case.word(field)).collect();
    words.into_iter().map(|word| frame.word(word).to_owned()).collect()
}

/// Counties of `[clusters]` that have no case: most likely mistyped.
fn unknown_counties(frame: &Frame, plan: &Plan) -> Vec<DrawProblem> {
    if plan.clusters.is_empty() {
        return Vec::new();
    }
    let known = words_of(frame, Field::County);
    plan.clusters
        .iter()
        .filter(|(county, _)| !known.contains(county))
        .map(|(county, cluster)| DrawProblem::UnknownCounty {
            cluster: cluster.clone(),
            county: county.clone(),
            near: did_you_mean(county, known.iter().map(String::as_str)).map(str::to_owned),
        })
        .collect()
}

/// Eligible cases by stratum, in byte order of stratum name, with no size yet.
pub(super) fn groups(frame: &Frame, plan: &Plan, eligible: &[Place]) -> Vec<Group> {
    let mut found: HashMap<([Word; Field::STRATA.len()], [&str; 2]), usize> = HashMap::new();
    // Facts that are no words of the frame.
    let apart = [Field::Worker, Field::Group];
    let is_apart = apart.map(|field| plan.strata.contains(&field));
    let is_closed = |case: Case<'_>| {
        case.closed().is_some_and(|day| plan.sampling.is_none_or(|period| day <= period.last()))
    };
    let mut groups: Vec<Group> = Vec::new();
    for &place in eligible {
        let mut key = [0; Field::STRATA.len()];
        let case = frame.at(place);
        for (part, field) in key.iter_mut().zip(&plan.strata) {
            *part = match field {
                Field::Status => u32::from(is_closed(case)),
                field => case.word(*field),
            };
        }
        let mut texts = [""; 2];
        for ((text, field), is_apart) in texts.iter_mut().zip(apart).zip(is_apart) {
            if is_apart {
                *text = plan.stratum_fact(case, field);
            }
        }
        let at = *found.entry((key, texts)).or_insert_with(|| {
            let name = plan.stratum_name(case, is_closed(case));
            let by_type = plan.strata.contains(&Field::CaseType);
            let case_type = if by_type { case.fact(Field::CaseType) } else { "" };
            // Counties of one cluster share a stratum.
            let same = |group: &Group| group.name == name;
            if !plan.clusters.is_empty()
                && let Some(at) = groups.iter().position(same)
            {
                return at;
            }
            groups.push(Group {
                name,
                case_type: case_type.to_owned(),
                cases: Vec::new(),
                size: 0,
            });
            groups.len() - 1
        });
        groups[at].cases.push(place);
    }
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    groups
}

/// Gives every group its size.
pub(super) fn size(
    groups: &mut [Group],
    frame: &Frame,
    plan: &Plan,
    types: Option<&[&str]>,
) -> Result<(), Vec<DrawProblem>> {
    let mut problems = unknown_types(frame, plan);
    problems.extend(unknown_counties(frame, plan));
    if let Some(types) = types {
        if plan.strata.contains(&Field::CaseType) {
            problems.extend(unknown_keys(plan, types.iter().copied(), &case_types(frame, plan)));
        } else {
            problems.push(DrawProblem::TypesNotStrata);
        }
    }
    if problems.is_empty() {
        let found = match types {
            _ if plan.metro.is_some() => {
                onsite::size(groups, plan, plan.metro.as_deref().unwrap_or_default())
            }
            Some(_) => by_type(groups, plan),
            None if plan.sizes.each.is_empty() => whole(groups, plan),
            None => by_name(groups, plan),
        };
        problems = found.err().unwrap_or_default();
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Case types of `[eligible]` that a frame without mapped values doesn't have.
fn unknown_types(frame: &Frame, plan: &Plan) -> Vec<DrawProblem> {
    if plan.eligible.is_empty() {
        return Vec::new();
    }
    let known = case_types(frame, plan);
    plan.eligible
        .iter()
        .filter(|filter| !known.contains(&filter.case_type))
        .map(|filter| DrawProblem::UnknownType {
            case_type: filter.case_type.clone(),
            near: did_you_mean(&filter.case_type, known.iter().map(String::as_str))
                .map(str::to_owned),
        })
        .collect()
}

fn unknown_keys<'k>(
    plan: &Plan,
    keys: impl Iterator<Item = &'k str>,
    known: &[String],
) -> Vec<DrawProblem> {
    let given = |word: &&str| plan.sizes.each.iter().any(|(key, _)| key == word);
    keys.filter(|key| !known.iter().any(|word| word == key))
        .map(|key| {
            let open = known.iter().map(String::as_str).filter(|word| !given(word));
            let near = did_you_mean(key, open).map(str::to_owned);
            DrawProblem::UnknownSize { key: key.to_owned(), near }
        })
        .collect()
}

fn share(groups: &mut [&mut Group], n: u64, minimum: u64, scope: &str) -> Result<(), DrawProblem> {
    let strata: Vec<Stratum<'_>> = groups
        .iter()
        .map(|group| Stratum { name: &group.name, size: group.cases.len() as u64 })
        .collect();
    let sizes = allocate(&strata, n, minimum)
        .map_err(|problem| DrawProblem::Allocation { scope: scope.to_owned(), problem })?;
    for (group, size) in groups.iter_mut().zip(sizes) {
        group.size = size;
    }
    Ok(())
}

fn whole(groups: &mut [Group], plan: &Plan) -> Result<(), Vec<DrawProblem>> {
    let mut all: Vec<&mut Group> = groups.iter_mut().collect();
    let n = plan.sizes.total.unwrap_or(0);
    share(&mut all, n, plan.sizes.minimum, "").map_err(|problem| vec![problem])
}

fn by_type(groups: &mut [Group], plan: &Plan) -> Result<(), Vec<DrawProblem>> {
    let mut problems = Vec::new();
    for (case_type, n) in &plan.sizes.each {
        let mut of_type: Vec<&mut Group> =
            groups.iter_mut().filter(|group| group.case_type == *case_type).collect();
        problems.extend(share(&mut of_type, *n, plan.sizes.minimum, case_type).err());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn by_name(groups: &mut [Group], plan: &Plan) -> Result<(), Vec<DrawProblem>> {
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    // A size of 0 may be given for a stratum that has no case.
    let keys = plan.sizes.each.iter().filter(|(_, n)| *n > 0).map(|(key, _)| key.as_str());
    let mut problems = unknown_keys(plan, keys, &names);
    for group in groups {
        let held = group.cases.len() as u64;
        match plan.sizes.each.iter().find(|(key, _)| *key == group.name) {
            None => {
                problems.push(DrawProblem::Unsized { stratum: group.name.clone(), cases: held });
            }
            Some((_, n)) if *n > held => problems.push(DrawProblem::Allocation {
                scope: group.name.clone(),
                problem: crate::stats::AllocationError::TooMany { asked: *n, held },
            }),
            Some((_, n)) => group.size = *n,
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
