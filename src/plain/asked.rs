//! Reads what is asked of results line by line: the words behind `:results` and `:behind`.

use crate::report::Column;
use crate::report::explore::Topic;
use crate::task::results::{Axis, Entry, Head, State, Wish};
use crate::text::{did_you_mean, list_and};

/// What follows in the help of `:results`.
pub const FOLLOWS: &str = "Behind :results may follow items, outcomes, questions, participants, \
    components, reasons, sections, issues, measures or trend; an item; one or two of region, \
    county, case-type, period and what else there is; the name of a period; for leads the word \
    drafts.";

/// The results of a topic by these rows, from the beginning.
pub fn wish(topic: Topic, rows: Axis) -> Wish {
    Wish { topic, rows, across: None, period: None, line: None, row: 0, column: 0 }
}

/// Reads the words behind `:results`, word by word; `turn` turns the results to a wish and
/// gives them as they are then.
pub fn read(words: &str, turn: &mut dyn FnMut(Wish) -> State) -> Result<(), String> {
    let mut wanted = wish(Topic::default(), Axis::Line);
    let mut axes: Vec<Axis> = Vec::new();
    let mut rest: Vec<&str> = Vec::new();
    for word in words.split_whitespace() {
        match Topic::ALL.into_iter().find(|topic| topic.name() == word) {
            Some(topic) => wanted.topic = topic,
            None => rest.push(word),
        }
    }
    let results = turn(wanted.clone());
    let (offered, periods) = (results.offered(), results.periods());
    let lines = results.table.as_ref().map(|table| table.grid.lines.clone()).unwrap_or_default();
    for word in rest {
        let named = |axis: &&Axis| **axis != Axis::Line && axis.name(wanted.topic) == word;
        let line = lines
            .iter()
            .position(|line| line.keys.iter().any(|key| key.eq_ignore_ascii_case(word)));
        if let Some(axis) = offered.iter().find(named) {
            axes.push(*axis);
        } else if periods.iter().any(|period| period == word) {
            wanted.period = Some(word.to_owned());
        } else if let Some(line) = line {
            wanted.line = Some(line);
        } else {
            let topics = Topic::ALL.map(Topic::name).into_iter().map(str::to_owned);
            let axes = offered.iter().map(|axis| axis.name(wanted.topic));
            let keys = lines.iter().flat_map(|line| line.keys.clone());
            let known: Vec<String> =
                topics.chain(axes).chain(keys).chain(periods.iter().cloned()).collect();
            let near = did_you_mean(word, known.iter().map(String::as_str));
            let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            return Err(format!("\"{word}\" is nothing results are counted by.{hint} {FOLLOWS}"));
        }
    }
    match axes.as_slice() {
        [] if wanted.line.is_some() => wanted.rows = Axis::By(Column::Region),
        [] => {}
        [rows, more @ ..] => {
            wanted.rows = *rows;
            wanted.across = more.first().copied();
        }
    }
    turn(wanted);
    Ok(())
}

/// That a count is not said now, and what is.
fn no_column(word: &str, results: &State) -> String {
    let heads = results.table.iter().flat_map(|table| &table.heads);
    let across = results.stands_across();
    let names = heads.filter_map(|head| match (head, across) {
        (Head::Of(entry), Some(axis)) => Some(results.entry_words(axis, entry).trim().to_owned()),
        _ => None,
    });
    format!(
        "{word} is no column of what :results said last: they are {}. :results with one grouping \
         has the counts.",
        list_and(&names.collect::<Vec<_>>())
    )
}

/// Reads the words behind `:behind`: a row by its name, a count by its head, a case.
pub fn behind(words: &str, results: &State) -> Result<(Wish, Option<String>), String> {
    let Some(table) = &results.table else { return Err("There are no results.".to_owned()) };
    let names: Vec<String> = table
        .rows
        .iter()
        .map(|row| results.entry_words(results.rows, row).trim().to_lowercase())
        .collect();
    let lower = words.to_lowercase();
    let is_key = |row: &Entry| match row {
        Entry::Line(at) => table.grid.lines.get(*at).is_some_and(|line| {
            let first = lower.split_whitespace().next().unwrap_or_default();
            line.keys.iter().any(|key| key.to_lowercase() == first)
        }),
        _ => false,
    };
    // The longest name that the words begin with.
    let whole = |name: &String| {
        lower
            .strip_prefix(name.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let by_name =
        (0..names.len()).filter(|at| whole(&names[*at])).max_by_key(|at| names[*at].len());
    let by_key = table.rows.iter().position(is_key);
    let first = lower.split_whitespace().next().unwrap_or_default();
    let (row, used) = match (by_name, by_key) {
        (Some(at), _) => (at, names[at].len()),
        (None, Some(at)) => (at, first.len()),
        (None, None) => {
            let near = did_you_mean(&lower, names.iter().map(String::as_str));
            let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            return Err(format!(
                "\"{words}\" is no row of what :results said last.{hint} Type :behind and the \
                 name of a row; Strength, ANI or another count may follow, and a case."
            ));
        }
    };
    let (mut column, mut case) = (table.heads.len().saturating_sub(1), None);
    for word in words.get(used..).unwrap_or_default().split_whitespace() {
        let head = table.heads.iter().position(|head| match head {
            Head::Count(at) => table.grid.heads[*at].eq_ignore_ascii_case(word),
            Head::Share => word == "%",
            Head::Of(Entry::Value(value)) => value.eq_ignore_ascii_case(word),
            Head::Of(_) => false,
        });
        // A count is no case: it is said only where no groups stand across.
        let is_count = table.grid.heads.iter().any(|head| head.eq_ignore_ascii_case(word));
        match head {
            Some(at) => column = at,
            None if is_count => return Err(no_column(word, results)),
            None => case = Some(word.to_uppercase()),
        }
    }
    let wish = Wish {
        topic: results.topic,
        rows: results.rows,
        across: results.across,
        period: results.filter(Column::Period).map(str::to_owned),
        line: Some(results.line.at()),
        row,
        column,
    };
    Ok((wish, case))
}
