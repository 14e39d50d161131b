//! What a side of a pair says, as far as its answer alone does not.

use crate::instrument::{Column, Instrument, Kind, Question, QuestionIx, Role};
use crate::review::Sides;
use crate::scoring::{Row, Value, cell_codes, text_key, value_words};

/// The reason a side gave for answering a question NA, or an item out, in words; empty where
/// it gave none.
pub(super) fn reason(edition: &Instrument, sides: &Sides, side: usize, at: QuestionIx) -> String {
    let question = edition.question(at);
    let Some(Value::Codes(given)) = sides.value(edition, side, at) else { return String::new() };
    let out = if *question.role() == Role::Applies { "no" } else { "na" };
    let is_out = given.positions().any(|at| question.options()[at].code == out);
    if !is_out {
        return String::new();
    }
    let of = |subject: &str| format!("{subject}.reason");
    let named = [Some(of(question.local())), question.part().map(of)];
    let reasons = edition.question_positions().filter(|at| {
        let reason = edition.question(*at);
        *reason.role() == Role::Reason
            && reason.place() == question.place()
            && named.iter().flatten().any(|name| name == reason.local())
    });
    let words = reasons.filter_map(|at| {
        let value = sides.value(edition, side, at)?;
        let words = value_words(edition.question(at), &value);
        Some(match sides.narrative(side, at) {
            Some(text) => format!("{words}: {text}"),
            None => words,
        })
    });
    words.collect::<Vec<_>>().join("; ")
}

/// The rows of a table, each in words.
pub(super) fn rows(question: &Question, value: Option<&Value>) -> Vec<String> {
    let Some(Value::Rows(rows)) = value else { return Vec::new() };
    let row = |row: &Row| {
        let cells = question.columns().iter().map(|column| cell(column, row));
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
    };
    rows.iter().enumerate().map(|(at, cells)| format!("{}. {}", at + 1, row(cells))).collect()
}

fn cell(column: &Column, row: &Row) -> String {
    let given = row.get(&column.id).cloned().unwrap_or_default();
    let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else { return given };
    let titles: Vec<&str> =
        cell_codes(column, row).positions().map(|at| options[at].title.as_str()).collect();
    match row.get(&text_key(column)) {
        Some(text) => format!("{}: {text}", titles.join(", ")),
        None => titles.join(", "),
    }
}
