//! Which questions a rating needs.

use std::collections::BTreeSet;

use super::items::is_hard;
use super::marks::Marks;
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::Problems;
use crate::instrument::{Item, ItemIx, Outcome, Place, Question, QuestionIx};

/// Marks the questions that tables, hard rules and gates of such questions read, and those
/// `awaited` without being read by any. A question with `needed = false` is marked by none.
pub(super) fn mark(
    questions: &mut [Question],
    items: &mut [Item],
    outcomes: &[Outcome],
    awaited: &[QuestionIx],
    marks: &Marks,
    problems: &Problems,
) {
    let mut reads = Reads {
        questions,
        items,
        needed: vec![BTreeSet::new(); items.len()],
        unawaited: BTreeSet::new(),
    };
    for (position, item) in items.iter().enumerate() {
        let at = ItemIx(position as u16);
        for question in item.rows.iter().flat_map(|row| row.when.questions()) {
            reads.add(question, at, By::Table);
        }
        for rule in item.rules.iter().filter(|rule| is_hard(rule)) {
            for question in rule.broken_when.questions() {
                reads.add(question, at, By::Rule);
            }
        }
    }
    // An item is complete only with the answers its outcome reads.
    let outcomes = outcomes.iter().flat_map(|outcome| &outcome.rows);
    let read = outcomes.flat_map(|row| row.when.questions()).chain(awaited.iter().copied());
    for question in read {
        if let Place::Item(owner) = questions[usize::from(question.0)].place {
            reads.add(question, owner, By::Table);
        }
    }
    let Reads { needed, unawaited, .. } = reads;
    for at in unawaited {
        let message = format!(
            "{} decides a rating or a gate, so a rating waits for it",
            questions[usize::from(at.0)].id
        );
        problems.add(
            Diagnostic::error("unneeded-read", message)
                .at(marks.questions[usize::from(at.0)].clone())
                .help("take needed = false out; only hard rules may read such a question"),
        );
    }
    for (item, needed) in items.iter_mut().zip(needed) {
        for question in &needed {
            questions[usize::from(question.0)].needed_for_rating = true;
        }
        item.needed = needed.into_iter().collect();
    }
    for (question, span) in questions.iter_mut().zip(&marks.questions) {
        if question.needed_for_rating && !question.required {
            question.required = true;
            let message = format!("{} is read by a rating, so it can't be optional", question.id);
            problems.add(
                Diagnostic::error("optional-needed", message)
                    .at(span.clone())
                    .help("take required = false out"),
            );
        }
    }
}

/// Who reads a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A table, or the gate of a question that is waited for.
    Table,
    /// A hard rule, or the gate of a question that is not waited for.
    Rule,
}

struct Reads<'r> {
    questions: &'r [Question],
    items: &'r [Item],
    needed: Vec<BTreeSet<QuestionIx>>,
    /// Questions with `needed = false` that decide a rating all the same.
    unawaited: BTreeSet<QuestionIx>,
}

impl Reads<'_> {
    /// A question of a sub-item is the sub-item's to need, also where its item reads it.
    fn add(&mut self, at: QuestionIx, reader: ItemIx, by: By) {
        let question = &self.questions[usize::from(at.0)];
        let owner = match question.place {
            Place::Item(place) if self.items[usize::from(place.0)].parent == Some(reader) => place,
            _ => reader,
        };
        if !question.waited_for && by == By::Table {
            self.unawaited.insert(at);
        }
        // A gate reads only earlier questions, so this ends.
        if !question.waited_for || self.needed[usize::from(owner.0)].insert(at) {
            let by = if question.waited_for { By::Table } else { By::Rule };
            for earlier in question.ask_when.questions() {
                if earlier < at {
                    self.add(earlier, owner, by);
                }
            }
        }
    }
}
