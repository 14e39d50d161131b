//! What a question is called where a person reads.

use crate::instrument::{
    CodeSet, CountedFrom, Instrument, ItemIx, Kind, Mode, Place, Question, QuestionIx, Role,
};
use crate::text::{list_and, list_or};

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

/// Of a number counted from a table, the rows it counts: "rows of 1.A1 where Begun in time is
/// No", "months with rows of M.visits". None for a number that is typed.
pub fn counted_rows(instrument: &Instrument, at: QuestionIx) -> Option<String> {
    let (of, rows) = match instrument.question(at).counted_from()? {
        CountedFrom::Rows(rows) => ("rows", rows),
        CountedFrom::Months { rows, .. } => ("months with rows", rows),
        CountedFrom::MonthsBetween { .. } => return None,
    };
    let columns = instrument.question(rows.table).columns();
    let cell = |(column, codes): &(usize, CodeSet)| {
        let column = columns.get(*column)?;
        let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else { return None };
        let titles: Vec<&str> =
            codes.positions().map(|position| options[position].title.as_str()).collect();
        Some(format!("{} is {}", column.title, list_or(&titles)))
    };
    let cells: Vec<String> = rows.matching.iter().filter_map(cell).collect();
    let table = name(instrument, rows.table);
    Some(match cells.as_slice() {
        [] => format!("{of} of {table}"),
        _ => format!("{of} of {table} where {}", list_and(&cells)),
    })
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
