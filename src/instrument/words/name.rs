//! What a question is called where a person reads.

use crate::instrument::{Instrument, ItemIx, Mode, Place, Question, QuestionIx, Role};

/// A question's name in a sentence: `16.B` for a question of an item, which has its own
/// number in print, "14 applies", "16 Mother, reason", "14 rationale" for those that belong to
/// an item, and on the face sheet the question itself. Ids such as `face.in-care` are for
/// files.
pub fn name(instrument: &Instrument, at: QuestionIx) -> String {
    let question = instrument.question(at);
    if question.place() == Place::Face {
        return question.ask().trim_end_matches(['?', '.', ':']).to_owned();
    }
    let (item, local) = question.id().split_once('.').unwrap_or((question.id(), ""));
    match question.role() {
        Role::Question => question.id().to_owned(),
        Role::Applies => format!("{item} applies"),
        Role::Reason => format!("{}, reason", reason_of(instrument, question)),
        Role::Explanation { .. } => format!("{item} explanation"),
        Role::Closing => format!("{item} {}", local.replace('-', " ")),
    }
}

/// An item's name in a sentence: "item 16"; in a checklist "section X".
pub fn item_name(instrument: &Instrument, at: ItemIx) -> String {
    let noun = match instrument.mode() {
        Mode::Rated => "item",
        Mode::Checklist => "section",
    };
    format!("{noun} {}", instrument.item(at).id())
}

/// The same where it begins a line: "Item 16", "Section X".
pub fn item_heading(instrument: &Instrument, at: ItemIx) -> String {
    let noun = match instrument.mode() {
        Mode::Rated => "Item",
        Mode::Checklist => "Section",
    };
    format!("{noun} {}", instrument.item(at).id())
}

/// What a reason belongs to: the item, a person, or the question that is not applicable.
fn reason_of(instrument: &Instrument, question: &Question) -> String {
    let stem = question.id().strip_suffix(".reason").unwrap_or(question.id());
    match stem.split_once('.') {
        Some((item, "applies")) => item.to_owned(),
        Some((item, of)) => match instrument.part(of) {
            Some(part) => format!("{item} {}", part.title),
            None => stem.to_owned(),
        },
        None => stem.to_owned(),
    }
}
