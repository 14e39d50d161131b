//! Which questions a rating needs.

use std::collections::BTreeSet;

use super::items::is_hard;
use super::marks::Marks;
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::Problems;
use crate::instrument::{Condition, Item, ItemIx, Outcome, Place, Question, QuestionIx};

/// Marks the questions that tables, hard rules and gates of such questions read.
pub(super) fn mark(
    questions: &mut [Question],
    items: &mut [Item],
    outcomes: &[Outcome],
    marks: &Marks,
    problems: &Problems,
) {
    let mut needed: Vec<BTreeSet<QuestionIx>> = vec![BTreeSet::new(); items.len()];
    for (position, item) in items.iter().enumerate() {
        let at = ItemIx(position as u16);
        let hard = item.rules.iter().filter(|rule| is_hard(rule)).map(|rule| &rule.broken_when);
        for condition in item.rows.iter().map(|row| &row.when).chain(hard) {
            add(condition, at, questions, items, &mut needed);
        }
    }
    // An item is complete only with the answers its outcome reads.
    for outcome in outcomes {
        for row in &outcome.rows {
            for question in row.when.questions() {
                if let Place::Item(owner) = questions[usize::from(question.0)].place {
                    add_question(question, owner, questions, items, &mut needed);
                }
            }
        }
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

fn add(
    condition: &Condition,
    reader: ItemIx,
    questions: &[Question],
    items: &[Item],
    needed: &mut [BTreeSet<QuestionIx>],
) {
    for question in condition.questions() {
        add_question(question, reader, questions, items, needed);
    }
}

/// A question of a sub-item is the sub-item's to need, also where its item reads it.
fn add_question(
    at: QuestionIx,
    reader: ItemIx,
    questions: &[Question],
    items: &[Item],
    needed: &mut [BTreeSet<QuestionIx>],
) {
    let question = &questions[usize::from(at.0)];
    let owner = match question.place {
        Place::Item(place) if items[usize::from(place.0)].parent == Some(reader) => place,
        _ => reader,
    };
    // A gate reads only earlier questions, so this ends.
    if needed[usize::from(owner.0)].insert(at) {
        for earlier in question.ask_when.questions() {
            if earlier < at {
                add_question(earlier, owner, questions, items, needed);
            }
        }
    }
}
