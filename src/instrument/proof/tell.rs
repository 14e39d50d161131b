//! Sets of answers in words.

use super::classes::{Class, Slot};
use super::items::Witness;
use super::outcomes::Joint;
use crate::instrument::{Instrument, ItemIx, Kind, Place, Question, QuestionIx};
use crate::text::{list_and, list_or};

/// "A is Yes, C is No (Foster care)": the answers of a witness, seen from an item.
pub(in crate::instrument) fn answers_in_words(
    instrument: &Instrument,
    home: ItemIx,
    witness: &Witness,
) -> String {
    let top = |item: ItemIx| instrument.item(item).parent().unwrap_or(item);
    let parts: Vec<String> = witness
        .answers
        .iter()
        // That the item itself applies goes without saying.
        .filter(|(at, _)| {
            instrument.item(home).applies_question() != Some(*at)
                && instrument.item(top(home)).applies_question() != Some(*at)
        })
        .map(|(at, class)| {
            let question = instrument.question(*at);
            let name = match question.place() {
                Place::Item(item)
                    if top(item) == top(home)
                        && (item == top(item) || !question.asks_applicability()) =>
                {
                    question.local()
                }
                _ => question.id(),
            };
            format!("{name} is {}", class_in_words(question, class))
        })
        .collect();
    let answers = if parts.is_empty() { "any answers".to_owned() } else { parts.join(", ") };
    format!("{answers} ({})", instrument.case_types()[usize::from(witness.case_type.0)].title)
}

/// "17 is Strength, 18 is Not Applicable (Foster care)".
pub(in crate::instrument) fn ratings_in_words(
    instrument: &Instrument,
    read: &[QuestionIx],
    joint: &Joint,
) -> String {
    let mut parts = Vec::new();
    for projection in &joint.projections {
        for (item, rating) in &projection.ratings {
            parts.push(format!("{} is {}", instrument.item(*item).id(), rating.title()));
        }
        for (at, slot) in projection.answers.iter().filter(|(at, _)| read.contains(at)) {
            let question = instrument.question(*at);
            let class = match slot {
                Slot::Codes(codes) => Class { slot: *slot, members: *codes, last: 0 },
                Slot::Integer(n) => Class { slot: *slot, members: Default::default(), last: *n },
                Slot::Open | Slot::Unasked => continue,
            };
            parts.push(format!("{} is {}", question.id(), class_in_words(question, &class)));
        }
    }
    let case_type = &instrument.case_types()[usize::from(joint.case_type.0)].title;
    format!("{} ({case_type})", parts.join(", "))
}

fn class_in_words(question: &Question, class: &Class) -> String {
    let titles: Vec<&str> =
        class.members.positions().map(|at| question.options()[at].title.as_str()).collect();
    match (question.kind(), class.slot) {
        (Kind::Checklist(_), Slot::Codes(codes)) if codes.is_empty() => "not ticked".to_owned(),
        (Kind::Checklist(_), _) => format!("ticked {}", list_and(&titles)),
        (Kind::Integer { most, .. }, Slot::Integer(first)) => {
            if class.last == first {
                first.to_string()
            } else if class.last == *most {
                format!("{first} or more")
            } else {
                format!("{first} to {}", class.last)
            }
        }
        _ => list_or(&titles),
    }
}
