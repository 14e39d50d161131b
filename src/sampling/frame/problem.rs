//! What is wrong with a frame, by row and column.

use std::fmt;

use crate::text::{did_you_mean, list_and};

/// More than anyone mends in one go; the rest is counted.
const MOST: usize = 1000;

/// A problem of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameProblem {
    /// The row as a spreadsheet counts it: the header is row 1.
    pub row: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// What is wrong: lower-case start, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl FrameProblem {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { row: None, column: None, message: message.into(), help: None }
    }
    pub(super) fn row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }
    pub(super) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for FrameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.row, &self.column) {
            (Some(row), Some(column)) => write!(f, "row {row}, column {column:?}: ")?,
            (Some(row), None) => write!(f, "row {row}: ")?,
            (None, Some(column)) => write!(f, "column {column:?}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.message)
    }
}

/// Every problem of a frame, in the order of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameProblems {
    list: Vec<FrameProblem>,
    more: u64,
}

impl FrameProblems {
    pub(super) fn add(&mut self, problem: FrameProblem) {
        if self.list.len() < MOST {
            self.list.push(problem);
        } else {
            self.more += 1;
        }
    }
    /// Adds those of a stretch that follows on the others.
    pub(super) fn add_all(&mut self, problems: Self) {
        self.more += problems.more;
        problems.list.into_iter().for_each(|problem| self.add(problem));
    }
    pub(super) fn sort(&mut self) {
        self.list.sort_by_key(|problem| problem.row);
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
    /// The problems, at most a thousand.
    pub fn list(&self) -> &[FrameProblem] {
        &self.list
    }
    /// How many more there are.
    pub fn more(&self) -> u64 {
        self.more
    }
}

/// Mapped columns that the header doesn't have, at least one, in one message.
pub(super) fn missing(row: u64, lacking: &[&str], header: &[String]) -> FrameProblem {
    let names: Vec<&str> =
        header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let message = match lacking {
        [one] => format!("column {one:?} is missing"),
        _ => format!("columns {} are missing", list_and(&quoted(lacking))),
    };
    let near: Vec<(&str, &str)> = (lacking.iter())
        .filter_map(|name| Some((*name, did_you_mean(name, names.iter().copied())?)))
        .collect();
    let guess = match (lacking, near.as_slice()) {
        (_, []) => None,
        ([_], [(_, near)]) => {
            Some(format!("did you mean {near}? name it under [columns] of the plan"))
        }
        (_, near) => {
            let pairs: Vec<String> =
                near.iter().map(|(name, near)| format!("{near} for {name:?}")).collect();
            let them = if near.len() == 1 { "it" } else { "them" };
            Some(format!(
                "did you mean {}? name {them} under [columns] of the plan",
                list_and(&pairs)
            ))
        }
    };
    let known = match names.as_slice() {
        _ if near.len() == lacking.len() => None,
        [] => Some("the first row must name the columns".to_owned()),
        [one] if one.contains([';', '\t']) => Some(
            "the columns are not parted by commas: save the file as CSV with commas".to_owned(),
        ),
        names => Some(format!("the columns are {}", list_and(names))),
    };
    let help: Vec<String> = guess.into_iter().chain(known).collect();
    FrameProblem::new(message).row(row).help(help.join("; "))
}

fn quoted(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("{name:?}")).collect()
}

/// A cell with a byte that the canonical form needs for itself.
pub(super) fn unfit() -> FrameProblem {
    FrameProblem::new("the cell holds the control character U+001E or U+001F").help("take it out")
}
