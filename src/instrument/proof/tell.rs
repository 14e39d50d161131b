//! Sets of answers in words.

use super::classes::{Class, Slot};
use super::compared;
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
    let parts: Vec<String> = told(instrument, home, witness)
        .map(|(name, question, class)| format!("{name} is {}", class_in_words(question, class)))
        .collect();
    let answers = if parts.is_empty() { "any answers".to_owned() } else { parts.join(", ") };
    format!("{answers} ({})", instrument.case_types()[usize::from(witness.case_type.0)].title)
}

/// `{ A = "yes", C = "no" }`: the answers of a witness as a condition that a row of the item
/// can have; none where they are too many to be of help.
pub(in crate::instrument) fn answers_as_condition(
    instrument: &Instrument,
    home: ItemIx,
    witness: &Witness,
) -> Option<String> {
    let mut parts = Vec::new();
    if witness.answers.iter().any(|(at, _)| compared::is_compared(instrument, *at)) {
        // Numbers that were tried stand for others in the same order.
        return None;
    }
    for (name, question, class) in told(instrument, home, witness) {
        let name = if name.contains('.') { format!("{name:?}") } else { name.to_owned() };
        let codes: Vec<String> = class
            .members
            .positions()
            .map(|at| format!("{:?}", question.options()[at].code))
            .collect();
        let is = match (question.kind(), class.slot) {
            (Kind::Choice(_), _) if codes.len() == 1 => codes[0].clone(),
            (Kind::Choice(_), _) => format!("[{}]", codes.join(", ")),
            (Kind::Integer { .. }, Slot::Integer(first)) if first == class.last => {
                first.to_string()
            }
            (Kind::Integer { most, .. }, Slot::Integer(first)) if class.last == *most => {
                format!("{{ at-least = {first} }}")
            }
            (Kind::Integer { .. }, Slot::Integer(first)) => {
                format!("{{ at-least = {first}, at-most = {} }}", class.last)
            }
            _ => return None,
        };
        parts.push(format!("{name} = {is}"));
    }
    (1..=4).contains(&parts.len()).then(|| format!("{{ {} }}", parts.join(", ")))
}

/// The answers of a witness with the questions' names as the item says them. That the item
/// itself applies goes without saying.
fn told<'i>(
    instrument: &'i Instrument,
    home: ItemIx,
    witness: &'i Witness,
) -> impl Iterator<Item = (&'i str, &'i Question, &'i Class)> {
    let top = |item: ItemIx| instrument.item(item).parent().unwrap_or(item);
    let home_top = top(home);
    let unsaid = [home, home_top].map(|item| instrument.item(item).applies_question());
    let said = witness.answers.iter().filter(move |(at, _)| !unsaid.contains(&Some(*at)));
    said.map(move |(at, class)| {
        let question = instrument.question(*at);
        let name = match question.place() {
            Place::Item(item)
                if top(item) == home_top
                    && (item == home_top || !question.asks_applicability()) =>
            {
                question.local()
            }
            _ => question.id(),
        };
        (name, question, class)
    })
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
