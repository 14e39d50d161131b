//! Drafts of cells: a table has one slot for a text being written, so its row and column stand
//! before the text.

use crate::task::Field;

/// A text being written into a cell, as the draft holds it: `cell 2 0 text`.
pub(super) fn of_cell(field: Field, text: &str) -> String {
    match field {
        Field::Cell { row, column } => format!("cell {row} {column} {text}"),
        Field::CellText { row, column } => format!("words {row} {column} {text}"),
        Field::Answer | Field::Narrative | Field::Note | Field::Reason => text.to_owned(),
    }
}

/// The cell and its text, from what [`of_cell`] made.
pub(super) fn cell(draft: &str) -> Option<(Field, String)> {
    let mut parts = draft.splitn(4, ' ');
    let kind = parts.next()?;
    let row = parts.next()?.parse().ok()?;
    let column = parts.next()?.parse().ok()?;
    let field = match kind {
        "cell" => Field::Cell { row, column },
        "words" => Field::CellText { row, column },
        _ => return None,
    };
    Some((field, parts.next()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_comes_back_as_it_was() {
        for field in [Field::Cell { row: 1, column: 12 }, Field::CellText { row: 0, column: 3 }] {
            assert_eq!(cell(&of_cell(field, "two  words ")), Some((field, "two  words ".into())));
        }
        assert_eq!(cell("a text"), None);
    }
}
