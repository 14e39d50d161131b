//! Invented texts. Each says of itself that it is practice.

use crate::instrument::Rating;

use super::chance::Chance;

/// Where no more than some text is needed.
pub(super) const OTHER: &str = "Practice text: invented for this exercise.";

/// The narrative beside a No about a person.
pub(super) fn narrative(part: Option<&str>, chance: &mut Chance) -> String {
    let sentences: &[&str] = match part {
        Some("mother") => &[
            "Two letters went out and nobody called when they came back.",
            "The mother asked twice for help with housing; the record shows no answer.",
            "Meetings took place in the hallway of the court and lasted some minutes.",
            "Her work shifts made every office appointment impossible, and no other was offered.",
        ],
        Some("father") => &[
            "The father's address was in the file from the first day; the first call came in month five.",
            "He was told of decisions after they had been made.",
            "No visit to the facility took place, although he asked for one.",
            "The record speaks of him only as the absent parent; no search was made.",
        ],
        Some("child") => &[
            "Visits were at school, with the teacher in the room.",
            "Grief after the move was noticed by the foster parent and never assessed.",
            "Four months passed without a visit after the worker left.",
            "The plan was read to the child after everybody had signed it.",
        ],
        Some("maternal-relatives" | "paternal-relatives") => &[
            "An aunt came forward at the first hearing; nobody called her back.",
            "Relatives were named in the first interview and not written to.",
            "One letter without an answer was taken for a refusal.",
        ],
        Some("foster-parents") => &[
            "Respite was promised in March and had not begun by the end of the period.",
            "The foster parents learned of the medication from the pharmacy.",
        ],
        _ => &[
            "What was needed was known and was not done.",
            "The record shows a plan and no steps.",
        ],
    };
    let sentence = chance.pick(sentences).copied().unwrap_or_default();
    format!("Practice text: {sentence}")
}

/// The rationale of an item.
pub(super) fn rationale(rating: Rating, chance: &mut Chance) -> String {
    let sentences: &[&str] = match rating {
        Rating::Strength => &[
            "Efforts began early, were kept up through the period and can be seen in the record.",
            "What was found was acted on, and people interviewed tell the same story.",
            "Contacts were regular and about the plan; the results show it.",
        ],
        Rating::Ani => &[
            "One person was left out for most of the period, and no reason for it is in the record.",
            "There was good work with part of the family only.",
            "Efforts stopped after a first attempt and were not taken up again.",
        ],
        _ => &["Nothing in this case called for it during the period."],
    };
    let sentence = chance.pick(sentences).copied().unwrap_or_default();
    format!("Practice text: {sentence}")
}
