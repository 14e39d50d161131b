//! Whether two tables are written the same, so that they need not be compared set by set.

use std::collections::BTreeSet;

use super::classes::reads;
use super::matching::Matching;
use crate::instrument::{Item, ItemIx, Kind, QuestionIx, Strictness};

/// Whether item and sub-items apply to the same case types, read the same questions, and have
/// the same rows, hard rules and gates.
pub(super) fn same_tables(matching: &Matching<'_>, old: ItemIx, new: ItemIx) -> bool {
    let (was, is) = (matching.old.item(old), matching.new.item(new));
    let read: BTreeSet<_> =
        reads(matching.old, old).iter().map(|at| matching.question(*at)).collect();
    let subs = was.sub_items().iter().zip(is.sub_items());
    let parents = match (was.parent(), is.parent()) {
        (Some(was), Some(is)) => {
            same_own(matching, matching.old.item(was), matching.new.item(is), false)
        }
        (None, None) => true,
        _ => false,
    };
    parents
        && read == reads(matching.new, new).into_iter().map(Some).collect()
        && reads(matching.old, old).into_iter().all(|at| same_question(matching, at))
        && same_own(matching, was, is, true)
        && was.sub_items().len() == is.sub_items().len()
        && subs.clone().all(|(was, is)| matching.item(*was) == Some(*is))
        && subs.into_iter().all(|(was, is)| {
            same_own(matching, matching.old.item(*was), matching.new.item(*is), true)
        })
}

fn same_own(matching: &Matching<'_>, old: &Item, new: &Item, rows: bool) -> bool {
    let hard = |item: &Item| -> Vec<_> {
        let hard = item.rules().iter().filter(|rule| rule.strictness == Strictness::Hard);
        hard.map(|rule| rule.broken_when.clone()).map(Some).collect()
    };
    let carried: Vec<_> = hard(old)
        .into_iter()
        .map(|condition| condition.and_then(|condition| matching.condition(&condition)))
        .collect();
    let same_rows = old.rows().len() == new.rows().len()
        && old.rows().iter().zip(new.rows()).all(|(was, is)| {
            was.give == is.give && matching.condition(&was.when).as_ref() == Some(&is.when)
        });
    carried == hard(new)
        && (same_rows || !rows)
        && matching.case_types().into_iter().all(|(was, is)| old.applies(was) == new.applies(is))
}

/// Whether a question is asked at the same times and offers the same answers.
fn same_question(matching: &Matching<'_>, at: QuestionIx) -> bool {
    let Some(new) = matching.question(at).map(|new| matching.new.question(new)) else {
        return false;
    };
    let old = matching.old.question(at);
    let kinds = match (old.kind(), new.kind()) {
        (Kind::Choice(was), Kind::Choice(is)) | (Kind::Checklist(was), Kind::Checklist(is)) => {
            was.len() == is.len()
                && was.iter().all(|one| {
                    is.iter().any(|other| {
                        other.code == one.code
                            && matching.case_type_set(one.case_types) == other.case_types
                    })
                })
        }
        (was, is) => was == is,
    };
    kinds && matching.condition(old.ask_when()).as_ref() == Some(new.ask_when())
}
