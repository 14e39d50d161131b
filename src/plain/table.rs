//! Rows of a table, asked cell by cell.

use std::io;

use crate::instrument::Column;
use crate::scoring::text_key;
use crate::task::review::{Entry, OptionRow, State};
use crate::task::{Action, Event, Field};
use crate::text::{count, list_and};

use super::answer::read;
use super::command;
use super::face::{Face, Flow, ended, one_line, sentence};
use super::words::text_of;

impl Face<'_> {
    /// The page of a table is open.
    pub fn is_in_table(&self) -> bool {
        self.review().is_some_and(|review| review.table().is_some())
    }

    /// Closes the page of a table; what was typed into a cell and not sent is dropped.
    pub fn close_table(&mut self) {
        if self.is_writing() && self.is_in_table() {
            self.act(Action::DropText);
        }
        // The first may only leave the options of a cell.
        for _ in 0..2 {
            if self.is_in_table() {
                self.act(Action::Back);
            }
        }
    }

    /// Asks for the cell here and takes one line; after the last cell of the row the page is
    /// closed, and the table asked again.
    pub fn ask_cell(&mut self) -> io::Result<Flow> {
        let was_corrected = std::mem::take(&mut self.was_corrected);
        let Some(review) = self.review() else { return Ok(Flow::End) };
        let Some((stand, (column, of))) = review.table().zip(review.column()) else {
            self.close_table();
            return Ok(Flow::On);
        };
        let wants_words = matches!(review.editing().map(|e| e.field), Some(Field::CellText { .. }));
        if !was_corrected {
            let (prompt, options) = prompt(review, stand.row, of, wants_words);
            self.say(&prompt)?;
            for option in options {
                self.say_entry(&option)?;
            }
        }
        let Some(line) = self.read_line()? else {
            self.close_table();
            return Ok(Flow::End);
        };
        let field = match wants_words {
            true => Field::CellText { row: stand.row, column },
            false => Field::Cell { row: stand.row, column },
        };
        match line.trim() {
            command if command.starts_with(':') && !command.starts_with("::") => {
                return self.command_in_table(command);
            }
            "" => self.pass_cell(),
            text => {
                if let Some(problem) = self.fill_cell(text_of(text)) {
                    return self.correct(&problem);
                }
                self.acknowledge_cell(field)?;
            }
        }
        // A choice may ask for words before the row goes on.
        let asks = matches!(self.review().and_then(|r| r.editing()).map(|e| e.field),
            Some(Field::CellText { .. }) if !wants_words);
        let here = self.review().and_then(State::table);
        if here == Some(stand) && !asks {
            self.say_notice()?;
            self.close_table();
            self.told = None;
        }
        Ok(Flow::On)
    }

    /// An empty line leaves the cell as it is and goes on.
    fn pass_cell(&mut self) {
        if self.is_writing() {
            self.act(Action::DropText);
        }
        let is_last = |review: &State| {
            review.table().is_some_and(|at| at.column + 1 == review.columns().len())
        };
        if !self.review().is_some_and(is_last) {
            self.act(Action::NextCell);
        }
    }

    /// Gives the cell here what a line says; what is wrong with it comes back.
    fn fill_cell(&mut self, line: &str) -> Option<String> {
        let review = self.review()?;
        let by_options = matches!(review.cell_entry(), Some(Entry::One | Entry::Any));
        if by_options && !self.is_writing() {
            let entry = review.cell_entry().unwrap_or(Entry::One);
            let codes = match read(line, &review.options(), entry) {
                Ok(codes) => codes,
                Err(problem) => return Some(format!("{problem} {}", accepted(review))),
            };
            let before = review.answers().clone();
            self.give(Event::Answer(crate::scoring::Value::Codes(codes)));
            let review = self.review()?;
            let refused = *review.answers() == before && !review.is_cell_given();
            return refused.then(|| review.notice().map(sentence)).flatten();
        }
        if !self.is_writing() {
            self.act(Action::EditCell);
        }
        self.give(Event::Text(line.to_owned()));
        self.act(Action::Commit);
        let problem = self.review()?.editing().and_then(|editing| editing.problem.clone())?;
        self.act(Action::DropText);
        Some(sentence(&problem))
    }

    fn acknowledge_cell(&mut self, field: Field) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        let said = cell_said(review, field);
        let saved = self.saved_words();
        self.say(&format!("{said} {saved}"))
    }

    /// A command instead of a cell. What only looks something up comes back to the cell.
    fn command_in_table(&mut self, line: &str) -> io::Result<Flow> {
        let stand = self.review().and_then(State::table);
        let at = self.review().map(State::at);
        let word = line[1..].split_whitespace().next().unwrap_or_default();
        let looks = matches!(
            command::find(word),
            None | Some(
                Action::Help | Action::Why | Action::Guidance | Action::Changes | Action::Items
            )
        );
        self.close_table();
        self.told = None;
        let flow = self.command(line)?;
        self.was_corrected = false;
        if let (true, Some(stand)) = (looks && self.review().map(State::at) == at, stand) {
            self.give(Event::Cell(stand.row, stand.column));
        }
        Ok(flow)
    }

    /// `:row 2` goes through a row, `:delete 2` takes it out.
    pub fn at_row(&mut self, action: Action, argument: &str) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        if review.entry() != Entry::Table {
            return self.correct("This question has no rows.");
        }
        let rows = review.rows().len();
        let number = match argument.parse::<usize>() {
            Ok(number) if (1..=rows).contains(&number) => number,
            _ if rows == 0 => return self.correct("There are no rows yet: :add adds one."),
            _ => {
                let problem = format!("Say which row: a number from 1 to {rows}.");
                return self.correct(&problem);
            }
        };
        if !review.is_open() {
            return self.correct("The review can only be read.");
        }
        self.give(Event::Cell(number - 1, 0));
        if action == Action::DeleteRow {
            self.act(Action::DeleteRow);
            let saved = self.saved_words();
            self.say_notice()?;
            self.say(&saved)?;
            self.close_table();
            self.told = None;
        }
        Ok(Flow::On)
    }
}

/// What is asked of a cell, and its options.
fn prompt(review: &State, row: usize, column: &Column, wants_words: bool) -> (String, Vec<String>) {
    let title = ended(&column.title);
    if wants_words {
        return (format!("Row {}, {title} The answer asks for words: one line.", row + 1), vec![]);
    }
    let given = review.cell_words(row, column);
    let keeps = match (given.is_empty(), column.required) {
        (false, _) => format!(" Now: {} An empty line keeps it.", ended(&one_line(&given))),
        (true, false) => " An empty line leaves it out.".to_owned(),
        (true, true) => String::new(),
    };
    let options = review.options().iter().map(option_words).collect();
    (format!("Row {}, {title} {}{keeps}", row + 1, accepted(review)), options)
}

fn option_words(option: &OptionRow) -> String {
    let chosen = if option.chosen { ", chosen" } else { "" };
    format!("{}. {}{chosen}", option.number, option.title)
}

/// What the cell accepts, as a sentence.
fn accepted(review: &State) -> String {
    match review.cell_entry() {
        Some(Entry::One) => "A number or a code.".to_owned(),
        Some(Entry::Any) => "One or several numbers or codes.".to_owned(),
        Some(Entry::Date) => "A date such as 2026-04-30.".to_owned(),
        Some(Entry::Number { least, most }) => format!("A whole number from {least} to {most}."),
        _ => "Words, on one line.".to_owned(),
    }
}

/// What a cell now holds.
pub fn cell_said(review: &State, field: Field) -> String {
    let (Field::Cell { row, column } | Field::CellText { row, column }) = field else {
        return String::new();
    };
    let question = review.instrument().question(review.at());
    let of = &question.columns()[column];
    let words = match field {
        Field::CellText { .. } => {
            review.rows().get(row).and_then(|r| r.get(&text_key(of))).cloned().unwrap_or_default()
        }
        _ => review.cell_words(row, of),
    };
    let words = if words.is_empty() { "empty".to_owned() } else { one_line(&words) };
    ended(&format!("Row {}, {}: {words}", row + 1, of.title))
}

/// The rows of a table and what is counted from them, a line each.
pub fn rows_words(review: &State) -> Vec<String> {
    if review.entry() != Entry::Table {
        return Vec::new();
    }
    let mut lines = vec![match review.rows().len() {
        0 => "No rows yet.".to_owned(),
        rows => format!("{}:", count(rows, "row", "rows")),
    }];
    for row in 0..review.rows().len() {
        let cells: Vec<String> = review
            .columns()
            .into_iter()
            .map(|(_, column)| (column, review.cell_words(row, column)))
            .filter(|(_, words)| !words.is_empty())
            .map(|(column, words)| format!("{} {}", column.title, one_line(&words)))
            .collect();
        let lacks = review.row_lacks(row);
        let lacks = match lacks.is_empty() {
            true => String::new(),
            false => format!(" Lacks {}.", list_and(&lacks)),
        };
        let cells = if cells.is_empty() { "empty".to_owned() } else { cells.join("; ") };
        lines.push(format!("{}. {}{lacks}", row + 1, ended(&cells)));
    }
    for counted in review.counted() {
        if let Some(number) = counted.number {
            let how = counted.how;
            lines.push(format!("{} is {number}, counted: {how}. {}", counted.local, counted.ask));
        }
    }
    lines
}

/// What the question of a table accepts, as a sentence.
pub fn accepted_rows(review: &State) -> String {
    let (least, most) = review.row_bounds();
    let rows = match least {
        0 => format!("at most {most} rows"),
        least => format!("{least} to {most} rows"),
    };
    let change = match review.rows().len() {
        0 => "",
        _ => " :row 1 goes through row 1 again, :delete 1 takes it out.",
    };
    format!("It takes {rows}. :add adds a row.{change} An empty line goes on.")
}
