//! A table on its page: rows, columns, the cell the reviewer stands at, and what is counted
//! from them.

use crate::instrument::{Column, CountedFrom, Kind, QuestionIx};
use crate::scoring::{Asked, Lack, Missing, Row, Value, cell_codes, text_key};
use crate::text::list_or;

use super::{Entry, OptionRow, State};

/// Where the reviewer stands on the page of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stand {
    /// Position of the row, from 0; 0 also while there is none.
    pub row: usize,
    /// Place among [`State::columns`].
    pub column: usize,
}

/// A number counted from a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The question.
    pub question: QuestionIx,
    /// Its id inside the item.
    pub local: String,
    /// The question as asked.
    pub ask: String,
    /// The number; none while there are no rows.
    pub number: Option<String>,
    /// What is counted: "rows with Begun in time No", "months with a Date".
    pub how: String,
}

impl State {
    /// The rows given to a table.
    pub(super) fn rows_of(&self, table: QuestionIx) -> &[Row] {
        match self.answers.get(table) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// The rows of the table here.
    pub fn rows(&self) -> &[Row] {
        self.rows_of(self.at)
    }

    /// The columns of the table here that this type of case has, with their positions in the
    /// question.
    pub fn columns(&self) -> Vec<(usize, &Column)> {
        let case_type = self.answers.case_type;
        let columns = self.instrument.question(self.at).columns().iter().enumerate();
        columns.filter(|(_, column)| column.case_types.has(case_type)).collect()
    }

    /// The column of the cell the reviewer stands at, with its position in the question.
    pub fn column(&self) -> Option<(usize, &Column)> {
        let stand = self.table.filter(|stand| stand.row < self.rows().len())?;
        self.columns().into_iter().nth(stand.column)
    }

    /// How the cell the reviewer stands at is answered; none while there is no row.
    pub fn cell_entry(&self) -> Option<Entry> {
        self.column().map(|(_, column)| Entry::of(&column.kind))
    }

    /// The options of the cell the reviewer stands at, as offered for this type of case.
    pub(super) fn cell_options(&self) -> Vec<OptionRow> {
        let (Some((_, column)), Some(stand)) = (self.column(), self.table) else {
            return Vec::new();
        };
        let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else {
            return Vec::new();
        };
        let given = cell_codes(column, &self.rows()[stand.row]);
        let offered = options.iter().enumerate();
        offered
            .filter(|(_, choice)| choice.case_types.has(self.answers.case_type))
            .enumerate()
            .map(|(row, (at, choice))| self.option_row(row, at, choice, false, given))
            .collect()
    }

    /// A cell in words: titles of options with their text, else as written; empty where
    /// nothing is given.
    pub fn cell_words(&self, row: usize, column: &Column) -> String {
        let Some(cells) = self.rows().get(row) else { return String::new() };
        let given = cells.get(&column.id).cloned().unwrap_or_default();
        let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else { return given };
        let titles: Vec<&str> =
            cell_codes(column, cells).positions().map(|at| options[at].title.as_str()).collect();
        match cells.get(&text_key(column)) {
            Some(text) => format!("{}: {text}", titles.join(", ")),
            None => titles.join(", "),
        }
    }

    /// Whether a cell (its position in the question) lacks something before submission.
    pub fn cell_lacks(&self, row: usize, column: usize) -> bool {
        self.lacking_cells().any(|cell| cell == (row, column))
    }

    /// Cells of the table here that lack something: row, and column in the question.
    fn lacking_cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let here = self.missing.iter().filter(|missing| missing.question == self.at);
        here.filter_map(|Missing { what, .. }| match what {
            Lack::Cell { row, column } | Lack::CellText { row, column } => Some((*row, *column)),
            _ => None,
        })
    }

    /// Titles of the columns a row lacks.
    pub fn row_lacks(&self, row: usize) -> Vec<&str> {
        let columns = self.columns();
        self.lacking_cells()
            .filter(|(at, _)| *at == row)
            .filter_map(|(_, column)| columns.iter().find(|(at, _)| *at == column))
            .map(|(_, column)| column.title.as_str())
            .collect()
    }

    /// Whether the next thing to do here is to fill in rows.
    pub fn wants_rows(&self) -> bool {
        self.rows().is_empty() || self.lacks(self.at)
    }

    /// Whether something is given to the cell the reviewer stands at.
    pub fn is_cell_given(&self) -> bool {
        let row = self.table.and_then(|stand| self.rows().get(stand.row));
        row.zip(self.column()).is_some_and(|(row, (_, column))| row.contains_key(&column.id))
    }

    /// The cells that lack something: row, and place among [`columns`](Self::columns).
    pub(super) fn open_cells(&self) -> Vec<Stand> {
        let columns = self.columns();
        let place = |column| columns.iter().position(|(at, _)| *at == column);
        self.lacking_cells()
            .filter_map(|(row, column)| Some(Stand { row, column: place(column)? }))
            .collect()
    }

    /// The next cell that lacks something, beginning again at the top.
    pub fn next_open_cell(&self) -> Option<Stand> {
        let here = self.table?;
        let cells = self.open_cells();
        let after = |cell: &&Stand| (cell.row, cell.column) > (here.row, here.column);
        cells.iter().find(after).or(cells.first()).copied()
    }

    /// Fewest and most rows of the table here.
    pub fn row_bounds(&self) -> (usize, usize) {
        match self.instrument.question(self.at).kind() {
            Kind::Table { least, most, .. } => (*least, *most),
            _ => (0, 0),
        }
    }

    /// The numbers counted from the table here.
    pub fn counted(&self) -> Vec<Counted> {
        let asked = |at: &QuestionIx| self.scores.asked(*at) == Asked::Yes;
        let instrument = &self.instrument;
        let counted = instrument.question_positions().filter(asked).filter_map(|at| {
            let question = instrument.question(at);
            let from = question.counted_from()?;
            (from.table() == Some(self.at)).then(|| Counted {
                question: at,
                local: question.local().replace('-', " "),
                ask: question.ask().to_owned(),
                number: (!self.rows().is_empty()).then(|| self.answer_words(at)).flatten(),
                how: self.how_counted(from),
            })
        });
        counted.collect()
    }

    fn how_counted(&self, from: &CountedFrom) -> String {
        let (rows, what) = match from {
            CountedFrom::Rows(rows) => (rows, "rows".to_owned()),
            CountedFrom::Months { rows, date } => {
                let title = &self.instrument.question(rows.table).columns()[*date].title;
                (rows, format!("months of {title}"))
            }
            CountedFrom::MonthsBetween { .. } => return "months".to_owned(),
        };
        let columns = self.instrument.question(rows.table).columns();
        let with: Vec<String> = rows
            .matching
            .iter()
            .map(|(at, codes)| {
                let options = match &columns[*at].kind {
                    Kind::Choice(options) | Kind::Checklist(options) => options.as_slice(),
                    _ => &[],
                };
                let titles: Vec<&str> = codes
                    .positions()
                    .filter_map(|code| options.get(code))
                    .map(|o| o.title.as_str())
                    .collect();
                format!("{} {}", columns[*at].title, list_or(&titles))
            })
            .collect();
        if with.is_empty() { what } else { format!("{what} with {}", with.join(", ")) }
    }

    /// Whether a cell stands after the one here.
    pub fn is_cell_after(&self) -> bool {
        self.table.is_some_and(|at| {
            at.column + 1 < self.columns().len() || at.row + 1 < self.rows().len()
        })
    }

    /// Whether a cell stands before the one here.
    pub fn is_cell_before(&self) -> bool {
        self.table.is_some_and(|at| at.column > 0 || at.row > 0)
    }
}
