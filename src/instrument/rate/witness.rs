//! Which tests of a condition made it come out as it did.

use crate::instrument::{Condition, Facts, Test, Truth};

/// The tests that decided: of a true "at least one" those that passed, of a false "all" those
/// that failed, otherwise every test. Nothing where the condition is unknown.
pub(super) fn of<'c>(condition: &'c Condition, facts: &impl Facts) -> Vec<&'c Test> {
    let mut found = Vec::new();
    collect(condition, facts, &mut found);
    found
}

fn collect<'c>(condition: &'c Condition, facts: &impl Facts, found: &mut Vec<&'c Test>) {
    let truth = condition.truth(facts);
    if truth == Truth::Unknown {
        return;
    }
    let parts = |parts: &'c [Condition], found: &mut Vec<&'c Test>| {
        for part in parts {
            if part.truth(facts) == truth {
                collect(part, facts, found);
            }
        }
    };
    let tests = |tests: &'c [Test], wanted: Truth, found: &mut Vec<&'c Test>| {
        found.extend(tests.iter().filter(|test| test.truth(facts) == wanted));
    };
    match condition {
        Condition::Always => {}
        Condition::Is(test) => found.push(test),
        // Where all parts count, all have this truth; where one is enough, those with it do.
        Condition::All(inner) | Condition::Any(inner) => parts(inner, found),
        Condition::Not(inner) => collect(inner, facts, found),
        Condition::Some(inner) | Condition::Every(inner) => tests(inner, truth, found),
        Condition::None(inner) => tests(inner, truth.negate(), found),
        Condition::Count { tests: inner, at_most, .. } => {
            if truth == Truth::True && *at_most >= inner.len() {
                tests(inner, Truth::True, found);
            } else {
                found.extend(inner.iter());
            }
        }
    }
}
