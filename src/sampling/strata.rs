//! The groups of a draw and how many cases each gives.

use std::collections::{BTreeSet, HashMap};

use rayon::iter::ParallelIterator as _;

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
    /// N: its eligible cases.
    pub(super) cases: u64,
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
    let of_some = |cases: super::frame::Cases<'_>| -> BTreeSet<Word> {
        cases.iter().map(|case| case.word(field)).collect()
    };
    let words = frame.as_read().map(of_some).reduce(BTreeSet::new, |mut all, some| {
        all.extend(some);
        all
    });
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

/// The words of a case that its stratum hangs on.
type Key = [Word; Field::STRATA.len()];

/// The last group found under a few bits of a key: most cases need no more.
struct Last(Vec<Option<(Key, u32)>>);

impl Last {
    const SLOTS: usize = 1 << 10;

    fn new() -> Self {
        Self(vec![None; Self::SLOTS])
    }
    fn slot(&mut self, key: &Key) -> &mut Option<(Key, u32)> {
        let mixed = key.iter().fold(0_u32, |sum, word| sum.wrapping_mul(31).wrapping_add(*word));
        &mut self.0[mixed as usize % Self::SLOTS]
    }
}

/// The strata of the eligible cases in byte order of name, with no size yet, and for each case
/// the position of its stratum.
pub(super) fn groups(frame: &Frame, plan: &Plan, eligible: &[Place]) -> (Vec<Group>, Vec<u32>) {
    let mut found: HashMap<(Key, [&str; 2]), u32> = HashMap::new();
    let mut last = Last::new();
    // Facts that are no words of the frame.
    let apart = [Field::Worker, Field::Group];
    let is_apart = apart.map(|field| plan.strata.contains(&field));
    let is_closed = |case: Case<'_>| {
        case.closed().is_some_and(|day| plan.sampling.is_none_or(|period| day <= period.last()))
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut of: Vec<u32> = Vec::with_capacity(eligible.len());
    for &place in eligible {
        let mut key: Key = [0; Field::STRATA.len()];
        let case = frame.at(place);
        for (part, field) in key.iter_mut().zip(&plan.strata) {
            *part = match field {
                Field::Status => u32::from(is_closed(case)),
                field => case.word(*field),
            };
        }
        let is_words = is_apart == [false; 2];
        if is_words
            && let Some((known, at)) = *last.slot(&key)
            && known == key
        {
            groups[at as usize].cases += 1;
            of.push(at);
            continue;
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
                return at as u32;
            }
            groups.push(Group { name, case_type: case_type.to_owned(), cases: 0, size: 0 });
            (groups.len() - 1) as u32
        });
        if is_words {
            *last.slot(&key) = Some((key, at));
        }
        groups[at as usize].cases += 1;
        of.push(at);
    }
    in_order(groups, of)
}

/// Strata in byte order of name.
fn in_order(groups: Vec<Group>, mut of: Vec<u32>) -> (Vec<Group>, Vec<u32>) {
    let mut numbered: Vec<(u32, Group)> = (0..).zip(groups).collect();
    numbered.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
    let mut now = vec![0; numbered.len()];
    for (at, (before, _)) in (0..).zip(&numbered) {
        now[*before as usize] = at;
    }
    of.iter_mut().for_each(|at| *at = now[*at as usize]);
    (numbered.into_iter().map(|(_, group)| group).collect(), of)
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
    let strata: Vec<Stratum<'_>> =
        groups.iter().map(|group| Stratum { name: &group.name, size: group.cases }).collect();
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
        let held = group.cases;
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
