//! Classes of answers to one question: answers that no test tells apart are one.

use crate::instrument::{CaseTypeIx, Choice, CodeSet, Kind, Question, Test};

/// A checklist that conditions look at in more ways has too many classes.
const MOST_TICKS: usize = 12;

/// An answer, or its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::instrument) enum Slot {
    /// Not answered yet.
    Open,
    /// Not asked.
    Unasked,
    /// Options.
    Codes(CodeSet),
    /// A whole number.
    Integer(i64),
}

/// A class of answers.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Class {
    /// One answer of it.
    pub(in crate::instrument) slot: Slot,
    /// For a choice: every option of it.
    pub(in crate::instrument) members: CodeSet,
    /// For an integer: its last number; for others the same as the first.
    pub(in crate::instrument) last: i64,
}

/// The classes of a question for a case type, as far as these tests tell answers apart. None
/// when no answer is offered; `Err` with their number when there are too many.
pub(super) fn of(
    question: &Question,
    tests: &[&Test],
    case_type: CaseTypeIx,
) -> Result<Vec<Class>, u128> {
    match question.kind() {
        Kind::Choice(options) => Ok(choice(options, tests, case_type, false)
            .into_iter()
            .map(|members| class(first(members), members))
            .collect()),
        Kind::Checklist(options) => {
            let groups = choice(options, tests, case_type, true);
            if groups.len() > MOST_TICKS {
                return Err(1 << groups.len().min(100));
            }
            let free = options.iter().filter(|option| option.case_types.has(case_type)).count()
                - groups.iter().map(|group| group.len()).sum::<usize>();
            let (least, most) = question.ticks();
            Ok((0..1usize << groups.len())
                .filter(|ticked| {
                    let chosen = groups.iter().enumerate().filter(|(at, _)| ticked >> at & 1 == 1);
                    let all: usize = chosen.map(|(_, group)| group.len()).sum();
                    ticked.count_ones() as usize <= most && all + free >= least
                })
                .map(|ticked| {
                    let set = groups
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| ticked >> at & 1 == 1)
                        .fold(CodeSet::EMPTY, |set, (_, group)| set.with(first(*group)));
                    class(set, set)
                })
                .collect())
        }
        Kind::Integer { least, most } => Ok(integer(*least, *most, tests)),
        // No test reads a text, a date or rows.
        Kind::Text | Kind::Date | Kind::Table { .. } => Ok(Vec::new()),
    }
}

fn class(set: CodeSet, members: CodeSet) -> Class {
    Class { slot: Slot::Codes(set), members, last: 0 }
}

fn first(set: CodeSet) -> CodeSet {
    set.positions().next().map_or(CodeSet::EMPTY, CodeSet::one)
}

/// Groups of offered options that no test tells apart. For a checklist an option that no test
/// names matters only where "nothing ticked" is asked.
fn choice(
    options: &[Choice],
    tests: &[&Test],
    case_type: CaseTypeIx,
    checklist: bool,
) -> Vec<CodeSet> {
    let nothing = tests.iter().any(|test| matches!(test, Test::NothingTicked { .. }));
    let signature = |at: usize| -> Vec<bool> {
        let one = CodeSet::one(at);
        tests.iter().map(|t| matches!(t, Test::Answer { codes, .. } if codes.meets(one))).collect()
    };
    let mut groups: Vec<(Vec<bool>, CodeSet)> = Vec::new();
    for (at, option) in options.iter().enumerate() {
        if !option.case_types.has(case_type) {
            continue;
        }
        let signature = signature(at);
        if checklist && !nothing && !signature.contains(&true) {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, set)) => *set = set.with(CodeSet::one(at)),
            None => groups.push((signature, CodeSet::one(at))),
        }
    }
    groups.into_iter().map(|(_, set)| set).collect()
}

/// Ranges between the bounds that tests name.
fn integer(least: i64, most: i64, tests: &[&Test]) -> Vec<Class> {
    let mut starts = vec![least];
    for test in tests {
        if let Test::Integer { least, most, .. } = test {
            starts.push(*least);
            starts.extend(most.checked_add(1));
        }
    }
    starts.retain(|start| (least..=most).contains(start));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([most]).collect::<Vec<_>>();
    starts
        .iter()
        .zip(ends)
        .map(|(start, last)| Class { slot: Slot::Integer(*start), members: CodeSet::EMPTY, last })
        .collect()
}
