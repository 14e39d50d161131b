//! Changing a table: rows added and taken out, cells given one by one. Each change writes the
//! rows as a whole, so that a half-finished row is on disk like any answer.

use crate::instrument::{CodeSet, Kind, QuestionIx};
use crate::scoring::{Row, Value, cell_asks_for_text, read_cell, text_key};
use crate::text::{count, list_and};

use super::super::list::Cursor;
use super::super::{Action, Effect, Field, Write};
use super::editing::{iso, wanted};
use super::{Entry, Panel, Stand, State};

impl State {
    /// Opens the page of the table here, at the first cell that lacks something.
    pub(super) fn open_table(&mut self) {
        if self.entry() == Entry::Table && self.table.is_none() {
            self.highlight = None;
            self.table = Some(self.open_cells().first().copied().unwrap_or_default());
        }
    }

    /// Opens the page of the table here at a cell.
    pub(in super::super) fn open_table_at(&mut self, row: usize, column: usize) {
        if self.entry() == Entry::Table {
            self.editing = None;
            self.stand_at_cell(Stand { row, column });
        }
    }

    pub(super) fn stand_at_cell(&mut self, stand: Stand) {
        self.highlight = None;
        self.table = Some(stand);
        self.settle_table();
    }

    /// Keeps the place inside the table.
    pub(super) fn settle_table(&mut self) {
        if let Some(stand) = self.table {
            let (rows, columns) = (self.rows().len(), self.columns().len());
            self.table = Some(Stand {
                row: stand.row.min(rows.saturating_sub(1)),
                column: stand.column.min(columns.saturating_sub(1)),
            });
        }
    }

    /// Does what an action means on the page of a table.
    pub(super) fn act_in_table(&mut self, action: Action) -> Vec<Effect> {
        let Some(stand) = self.table else { return Vec::new() };
        let choosing = self.highlight.is_some();
        match action {
            Action::Back if choosing => self.highlight = None,
            Action::Back => {
                self.table = None;
                self.highlight = None;
            }
            Action::Up | Action::Down if choosing => self.move_highlight(action),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
                let mut cursor = Cursor::default();
                cursor.put(stand.row, self.rows().len());
                cursor.act(action, self.rows().len());
                self.stand_at_cell(Stand { row: cursor.at(), ..stand });
            }
            Action::NextCell => self.next_cell(),
            Action::PreviousCell => self.previous_cell(),
            Action::NextOpen => {
                if let Some(stand) = self.next_open_cell() {
                    self.stand_at_cell(stand);
                    self.edit_cell();
                }
            }
            Action::EditCell => self.edit_cell(),
            Action::Choose | Action::Tick => {
                if let Some(row) = self.highlight {
                    return self.pick_cell(row + 1);
                }
            }
            Action::Nothing => return self.give_codes(CodeSet::EMPTY),
            Action::Clear => return self.clear_cell(),
            Action::AddRow => return self.add_row(),
            Action::DeleteRow => return self.delete_row(),
            Action::Undo => return self.take_back(),
            Action::Redo => return self.make_again(),
            Action::Retry => return self.send_again(),
            Action::Guidance => self.panel = Some(Panel::Guidance(Cursor::default())),
            _ => {}
        }
        Vec::new()
    }

    /// Adds an empty row and begins to fill it in.
    pub(super) fn add_row(&mut self) -> Vec<Effect> {
        let (_, most) = self.row_bounds();
        let mut rows = self.rows().to_vec();
        if rows.len() >= most {
            self.notice = Some(format!(
                "this table takes at most {}: delete one first",
                count(most, "row", "rows")
            ));
            return Vec::new();
        }
        rows.push(Row::new());
        let row = rows.len() - 1;
        let effects = self.put_rows(rows);
        self.stand_at_cell(Stand { row, column: 0 });
        self.edit_cell();
        effects
    }

    /// Takes the row here out.
    fn delete_row(&mut self) -> Vec<Effect> {
        let Some(stand) = self.table else { return Vec::new() };
        let mut rows = self.rows().to_vec();
        if stand.row >= rows.len() {
            return Vec::new();
        }
        rows.remove(stand.row);
        let effects = self.put_rows(rows);
        self.stand_at_cell(stand);
        self.notice = Some(format!("row {} deleted: undo brings it back", stand.row + 1));
        effects
    }

    /// Writes the rows as they now are; no rows are no answer.
    fn put_rows(&mut self, rows: Vec<Row>) -> Vec<Effect> {
        self.answer((!rows.is_empty()).then_some(Value::Rows(rows)))
    }

    /// Begins to fill in the cell here: the text box, or the arrows among its options.
    pub(super) fn edit_cell(&mut self) {
        let (Some((column, _)), Some(stand)) = (self.column(), self.table) else { return };
        if !self.is_open() {
            return;
        }
        match self.cell_entry() {
            Some(Entry::One | Entry::Any) => {
                let chosen = self.options().iter().position(|option| option.chosen);
                self.highlight = Some(chosen.unwrap_or(0));
            }
            _ => self.open_box(Field::Cell { row: stand.row, column }),
        }
    }

    fn next_cell(&mut self) {
        let Some(stand) = self.table else { return };
        let next = Stand { column: stand.column + 1, ..stand };
        if next.column < self.columns().len() {
            self.stand_at_cell(next);
        } else if stand.row + 1 < self.rows().len() {
            self.stand_at_cell(Stand { row: stand.row + 1, column: 0 });
        } else {
            self.highlight = None;
        }
    }

    fn previous_cell(&mut self) {
        let Some(stand) = self.table else { return };
        if stand.column > 0 {
            self.stand_at_cell(Stand { column: stand.column - 1, ..stand });
        } else if stand.row > 0 {
            let column = self.columns().len().saturating_sub(1);
            self.stand_at_cell(Stand { row: stand.row - 1, column });
        }
    }

    /// A cell was given or passed: goes on to the next one of the row, ready to fill it in
    /// where it is empty; after the last one says how the row stands.
    pub(super) fn after_cell(&mut self) {
        let Some(stand) = self.table else { return };
        if stand.column + 1 < self.columns().len() {
            self.stand_at_cell(Stand { column: stand.column + 1, ..stand });
            if !self.is_cell_given() {
                self.edit_cell();
            }
            return;
        }
        self.highlight = None;
        let lacks = self.row_lacks(stand.row);
        let said = match lacks.is_empty() {
            true => format!("row {} is complete", stand.row + 1),
            false => format!("row {} lacks {}", stand.row + 1, list_and(&lacks)),
        };
        self.notice.get_or_insert(said);
    }

    /// Takes the option with this number in the cell here.
    pub(super) fn pick_cell(&mut self, number: usize) -> Vec<Effect> {
        let options = self.options();
        let Some(option) = number.checked_sub(1).and_then(|at| options.get(at)) else {
            self.notice = Some(match options.len() {
                0 => "this cell is filled in in writing".to_owned(),
                last => format!("there is no answer {number}: 1 to {last}"),
            });
            return Vec::new();
        };
        let picked = CodeSet::one(option.position);
        match self.cell_entry() {
            Some(Entry::Any) => {
                let given = options.iter().filter(|o| o.chosen);
                let ticked = given.fold(0, |all, o| all | CodeSet::one(o.position).0);
                self.highlight = Some(number - 1);
                self.give_codes(CodeSet(ticked ^ picked.0))
            }
            _ => self.answer_cell(picked),
        }
    }

    /// Gives a choice or checklist cell as a whole and goes on, or asks for the text that the
    /// answer needs. What isn't offered is passed over with a notice.
    pub(super) fn answer_cell(&mut self, codes: CodeSet) -> Vec<Effect> {
        let offered = self.options().iter().fold(0, |all, o| all | CodeSet::one(o.position).0);
        let fits = match self.cell_entry() {
            Some(Entry::One) => codes.len() == 1,
            Some(Entry::Any) => true,
            _ => false,
        };
        if !fits || codes.0 & !offered != 0 || self.ticked(codes).is_none() {
            self.notice.get_or_insert_with(|| "that is not an answer to this cell".to_owned());
            return Vec::new();
        }
        let effects = self.give_codes(codes);
        if self.editing.is_none() {
            self.after_cell();
        }
        effects
    }

    /// Writes codes into the cell here, and opens the text box where they ask for a text. Too
    /// few ticks are no answer yet, too many are refused.
    fn give_codes(&mut self, codes: CodeSet) -> Vec<Effect> {
        let is_checklist = self.cell_entry() == Some(Entry::Any);
        let enough = match is_checklist.then(|| self.ticked(codes)) {
            Some(None) => return Vec::new(),
            Some(Some(value)) => value.is_some(),
            None => true,
        };
        let (Some((at, column)), Some(stand)) = (self.column(), self.table) else {
            return Vec::new();
        };
        let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else {
            return Vec::new();
        };
        let given: Vec<&str> =
            codes.positions().filter(|_| enough).map(|p| options[p].code.as_str()).collect();
        let (id, text, given) = (column.id.clone(), text_key(column), given.join(";"));
        let mut rows = self.rows().to_vec();
        let row = &mut rows[stand.row];
        let asked_before = cell_asks_for_text(column, row);
        if given.is_empty() {
            row.remove(&id)
        } else {
            row.insert(id, given)
        };
        let asks = cell_asks_for_text(column, row);
        if !asks {
            row.remove(&text);
        }
        let wants_text = asks && (!asked_before || !row.contains_key(&text));
        let effects = self.put_rows(rows);
        if wants_text {
            self.open_box(Field::CellText { row: stand.row, column: at });
        }
        effects
    }

    /// Empties the cell here.
    fn clear_cell(&mut self) -> Vec<Effect> {
        let (Some((_, column)), Some(stand)) = (self.column(), self.table) else {
            return Vec::new();
        };
        let (id, text) = (column.id.clone(), text_key(column));
        let mut rows = self.rows().to_vec();
        rows[stand.row].remove(&id);
        rows[stand.row].remove(&text);
        self.put_rows(rows)
    }

    /// The change a text typed into a cell means; none where it changes nothing.
    ///
    /// # Errors
    /// What is wrong with it and what is accepted.
    pub(super) fn cell_write(
        &self,
        question: QuestionIx,
        field: Field,
        text: &str,
    ) -> Result<Option<Write>, String> {
        let (Field::Cell { row, column } | Field::CellText { row, column }) = field else {
            return Ok(None);
        };
        let of = &self.instrument.question(question).columns()[column];
        let text = text.trim();
        let (key, new) = match field {
            Field::CellText { .. } => (text_key(of), text.to_owned()),
            _ if text.is_empty() => (of.id.clone(), String::new()),
            _ => {
                let read = read_cell(of, self.answers.case_type, &iso(&of.kind, text));
                let said = |bad| wanted(&of.kind, text).unwrap_or(format!("{bad}"));
                (of.id.clone(), read.map_err(said)?)
            }
        };
        let old = self.rows_of(question).to_vec();
        let mut rows = old.clone();
        let Some(cells) = rows.get_mut(row) else { return Ok(None) };
        if new.is_empty() {
            cells.remove(&key)
        } else {
            cells.insert(key, new)
        };
        let changed = rows != old;
        Ok(changed.then_some(Write::Answer {
            question,
            old: Some(Value::Rows(old)),
            new: Some(Value::Rows(rows)),
        }))
    }

    /// After undo or redo: opens the page of the table that changed, at the change.
    pub(super) fn show_change(&mut self, write: &Write) {
        let Write::Answer { old, new, .. } = write else { return };
        if self.entry() != Entry::Table {
            return;
        }
        fn rows(value: &Option<Value>) -> &[Row] {
            match value {
                Some(Value::Rows(rows)) => rows,
                _ => &[],
            }
        }
        let (old, new) = (rows(old), rows(new));
        let row = (0..old.len().max(new.len())).find(|at| old.get(*at) != new.get(*at));
        let row = row.unwrap_or(0);
        let column = self.columns().iter().position(|(_, column)| {
            let of = |rows: &[Row]| rows.get(row).and_then(|r| r.get(&column.id)).cloned();
            old.len() == new.len() && of(old) != of(new)
        });
        self.stand_at_cell(Stand { row, column: column.unwrap_or(0) });
        let said = match new.len().cmp(&old.len()) {
            std::cmp::Ordering::Greater => format!("row {} is back", row + 1),
            std::cmp::Ordering::Less => format!("row {} is taken out again", row + 1),
            std::cmp::Ordering::Equal => return,
        };
        self.notice.get_or_insert(said);
    }
}
