//! The questions of an instrument as text.

use std::fmt::Write;

use super::explain::gate;
use crate::instrument::{
    CaseTypeIx, CaseTypeSet, Choice, Instrument, ItemIx, Kind, Mode, Place, Question, QuestionIx,
    Role,
};
use crate::text::list_or;

/// All questions, face sheet first, item by item in asking order.
pub fn show(instrument: &Instrument) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", instrument.title());
    let _ = writeln!(out, "id {}, edition {}", instrument.id(), instrument.edition());
    if !instrument.bases().is_empty() {
        let _ = writeln!(out, "extends {}", instrument.bases().join(", which extends "));
    }
    let _ = writeln!(out, "{}", instrument.source());
    if let Some(notice) = instrument.notice() {
        let _ = writeln!(out, "{notice}");
    }
    let _ = writeln!(out, "\nCase types");
    for case_type in instrument.case_types() {
        let _ = writeln!(out, "  {} {}", case_type.code, case_type.title);
    }
    let face: Vec<QuestionIx> = instrument
        .question_positions()
        .filter(|q| instrument.question(*q).place() == Place::Face)
        .collect();
    if !face.is_empty() {
        let _ = writeln!(out, "\nFace sheet");
        face.iter().for_each(|q| question(&mut out, instrument, *q));
    }
    for at in instrument.item_positions() {
        if instrument.item(at).parent().is_none() {
            out.push('\n');
            out.push_str(&show_item(instrument, at));
        }
    }
    out
}

/// The questions of an item and its sub-items, or of one sub-item.
pub fn show_item(instrument: &Instrument, at: ItemIx) -> String {
    let item = instrument.item(at);
    let mut out = String::new();
    let _ = writeln!(out, "{} {}", item.id(), item.title());
    if !item.purpose().is_empty() {
        let _ = writeln!(out, "  {}", item.purpose());
    }
    if !item.applicability().is_empty() {
        let _ = writeln!(out, "  {}", item.applicability());
    }
    let mut current = at;
    for q in instrument.question_positions() {
        let Place::Item(place) = instrument.question(q).place() else { continue };
        if place != at && instrument.item(place).parent() != Some(at) {
            continue;
        }
        if place != current {
            current = place;
            let here = instrument.item(place);
            let title = if place == at { "as a whole" } else { here.title() };
            let _ = writeln!(out, "  {} {title}", here.id());
        }
        question(&mut out, instrument, q);
    }
    out
}

/// When a question is asked, in words; none for one that is asked whenever its item applies.
pub fn asked_when(instrument: &Instrument, at: QuestionIx) -> Option<String> {
    gate(instrument, at)
}

fn question(out: &mut String, instrument: &Instrument, at: QuestionIx) {
    let question = instrument.question(at);
    let part = question
        .part()
        .and_then(|part| instrument.part(part))
        .map_or_else(String::new, |part| format!(" ({})", part.title));
    let _ = writeln!(out, "  {}{part} {}", question.id(), question.ask());
    let _ = writeln!(out, "      {}", answers(instrument, question));
    if let Some(gate) = gate(instrument, at) {
        let _ = writeln!(out, "      asked when {gate}");
    }
    let notes = question_notes(instrument, at);
    if !notes.is_empty() {
        let _ = writeln!(out, "      {}", notes.join("; "));
    }
}

/// What is to be known of a question beside its answers: that it rates the item, may be left
/// out, identifies a person.
pub fn question_notes(instrument: &Instrument, at: QuestionIx) -> Vec<String> {
    let question = instrument.question(at);
    let mut notes = Vec::new();
    if question.needed_for_rating() && instrument.mode() == Mode::Rated {
        notes.push("rates the item".to_owned());
    }
    if question.counted() {
        notes.push("counts towards percent Yes".to_owned());
    }
    if question.counted_from().is_some() {
        notes.push("counted where the answers it is counted from are given".to_owned());
    }
    if let Some(from) = question.from_answer() {
        notes.push(format!("taken from {}", instrument.question(from).id()));
    }
    if question.from_review().is_some() {
        notes.push("filled in when the reading is first submitted".to_owned());
    }
    if !question.narrative_on().is_empty() {
        let titles: Vec<&str> = question
            .narrative_on()
            .positions()
            .map(|at| question.options()[at].title.as_str())
            .collect();
        notes.push(format!("a narrative on {}", list_or(&titles)));
    }
    if !question.required() {
        notes.push("may be left out".to_owned());
    }
    if question.identifying() {
        notes.push("identifies a person".to_owned());
    }
    if matches!(question.role(), Role::Closing) {
        notes.push("asked at the end of every item".to_owned());
    }
    notes
}

fn answers(instrument: &Instrument, question: &Question) -> String {
    let list = |options: &[Choice]| {
        let words: Vec<String> = options.iter().map(|option| choice(instrument, option)).collect();
        words.join(", ")
    };
    match question.kind() {
        Kind::Choice(options) => list(options),
        Kind::Checklist(options) => format!("any of: {}", list(options)),
        Kind::Text => "a text".to_owned(),
        Kind::Date => "a date".to_owned(),
        Kind::Integer { least, most: i64::MAX } => format!("a whole number from {least}"),
        Kind::Integer { least, most } => format!("a whole number from {least} to {most}"),
        Kind::Table { columns, least, most } => {
            let titles: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
            format!("{least} to {most} rows of: {}", titles.join(", "))
        }
    }
}

fn choice(instrument: &Instrument, option: &Choice) -> String {
    let mut notes = Vec::new();
    notes.extend(option.note.clone());
    if option.needs_text {
        notes.push("with a text".to_owned());
    }
    if option.case_types != CaseTypeSet::ALL {
        let titles: Vec<&str> = (0..)
            .map(CaseTypeIx)
            .zip(instrument.case_types())
            .filter(|(at, _)| option.case_types.has(*at))
            .map(|(_, case_type)| case_type.title.as_str())
            .collect();
        notes.push(format!("{} only", list_or(&titles)));
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
    format!("{}={}{notes}", option.code, option.title)
}
