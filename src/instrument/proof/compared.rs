//! Classes of whole numbers that conditions compare with one another.
//!
//! Numbers that are compared, directly or through others, are looked at together. Cut into
//! ranges by every bound a condition names for any of them, two numbers of different ranges
//! stand in one order whatever they are. Inside a range only the order of the numbers counts,
//! and `k` questions have no order that needs more than `k` different numbers: so the first `k`
//! numbers of each range stand for all.

use std::collections::BTreeSet;

use super::classes::{Class, Slot};
use crate::instrument::{CodeSet, Condition, Instrument, Kind, QuestionIx, Test};

/// The classes of a question that some condition of the instrument compares with another. They
/// are the same for whatever is proven, so that results of several items can be put together.
pub(super) fn classes(instrument: &Instrument, question: QuestionIx) -> Vec<Class> {
    let tests = tests(instrument);
    let together = together(&tests, question);
    let mut starts = BTreeSet::new();
    let mut cut = |least: i64, most: i64| {
        starts.insert(least);
        starts.extend(most.checked_add(1));
    };
    for at in &together {
        if let Kind::Integer { least, most } = instrument.question(*at).kind() {
            cut(*least, *most);
        }
    }
    for test in &tests {
        if let Test::Integer { question, least, most } = test
            && together.contains(question)
        {
            cut(*least, *most);
        }
    }
    let Kind::Integer { least, most } = instrument.question(question).kind() else {
        return Vec::new();
    };
    let starts: Vec<i64> =
        starts.into_iter().filter(|start| (least..=most).contains(&start)).collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([*most]);
    let mut classes = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        let few = start.saturating_add(together.len() as i64 - 1).min(end);
        classes.extend((*start..=few).map(|number| Class {
            slot: Slot::Integer(number),
            members: CodeSet::EMPTY,
            last: number,
        }));
    }
    classes
}

/// Whether a condition of the instrument compares the question with another.
pub(super) fn is_compared(instrument: &Instrument, question: QuestionIx) -> bool {
    let compares = |test: &&Test| matches!(test, Test::Compare { .. }) && test.reads(question);
    tests(instrument).iter().any(compares)
}

/// The questions it is compared with, directly or through others, and itself.
fn together(tests: &[&Test], question: QuestionIx) -> BTreeSet<QuestionIx> {
    let mut found = BTreeSet::from([question]);
    loop {
        let before = found.len();
        for test in tests {
            if matches!(test, Test::Compare { .. })
                && test.questions().any(|at| found.contains(&at))
            {
                found.extend(test.questions());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn tests(instrument: &Instrument) -> Vec<&Test> {
    let gates = instrument.questions().iter().map(|question| question.ask_when());
    let items = instrument.items().iter();
    let rows = items.clone().flat_map(|item| item.rows().iter().map(|row| &row.when));
    let rules = items.flat_map(|item| item.rules().iter().map(|rule| &rule.broken_when));
    let outcomes = instrument.outcomes().iter();
    let tables = outcomes.flat_map(|outcome| outcome.rows().iter().map(|row| &row.when));
    let mut found = Vec::new();
    let conditions: Vec<&Condition> = gates.chain(rows).chain(rules).chain(tables).collect();
    for condition in conditions {
        condition.each_test(&mut |test| found.push(test));
    }
    found
}
