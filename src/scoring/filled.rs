//! Answers that follow from others: counts of rows, months between days, repeated facts.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use crate::instrument::{CountedFrom, Day, Instrument, Kind, QuestionIx, Rows};

use super::{Answers, Row, Value, cell_codes};

/// The answer that counts for a question: what the instrument counts or repeats where that is
/// given, else what was typed. A number outside the question's bounds becomes the nearer
/// bound. Months up to the end of the period under review stand as typed where that is not
/// fixed: in a file of answers, which has no period, and in a round without one.
pub fn value(instrument: &Instrument, answers: &Answers, at: QuestionIx) -> Option<Value> {
    let question = instrument.question(at);
    if let Some(from) = question.from_answer()
        && let Some(repeated) = value(instrument, answers, from)
    {
        return Some(repeated);
    }
    if let Some(from) = question.counted_from()
        && let Some(number) = counted(instrument, answers, from)
        && let Kind::Integer { least, most } = question.kind()
    {
        return Some(Value::Integer(number.clamp(*least, *most)));
    }
    answers.get(at).cloned()
}

/// Whether the answer follows from others, so that a typed one would not count: also where
/// rows it is counted from are there and lack a cell the count reads.
pub fn is_filled(instrument: &Instrument, answers: &Answers, at: QuestionIx) -> bool {
    let question = instrument.question(at);
    let has_rows =
        |table| matches!(answers.get(table), Some(Value::Rows(rows)) if !rows.is_empty());
    question.from_review().is_some()
        || question.counted_from().and_then(CountedFrom::table).is_some_and(has_rows)
        || question.from_answer().is_some_and(|from| value(instrument, answers, from).is_some())
        || question.counted_from().is_some_and(|from| counted(instrument, answers, from).is_some())
}

fn counted(instrument: &Instrument, answers: &Answers, from: &CountedFrom) -> Option<i64> {
    match from {
        CountedFrom::Rows(rows) => Some(matching(instrument, answers, rows)?.len() as i64),
        CountedFrom::Months { rows, date } => {
            let column = &instrument.question(rows.table).columns()[*date].id;
            let rows = matching(instrument, answers, rows)?;
            let month = |row: &&Row| {
                let day = row.get(column)?.parse::<NaiveDate>().ok()?;
                Some((day.year(), day.month()))
            };
            let months: Option<BTreeSet<_>> = rows.iter().map(month).collect();
            Some(months?.len() as i64)
        }
        CountedFrom::MonthsBetween { from, until } => {
            let day = |days: &[Day]| {
                days.iter().find_map(|day| match day {
                    Day::Answer(at) => match value(instrument, answers, *at) {
                        Some(Value::Date(day)) => Some(day),
                        _ => None,
                    },
                    Day::PurEnd => answers.pur_end,
                })
            };
            Some(whole_months(day(from)?, day(until)?))
        }
    }
}

/// Rows of a table with the codes wanted; none where the table is empty, so that a number
/// given without its table stands, or where a row lacks a cell that decides it.
fn matching<'a>(
    instrument: &Instrument,
    answers: &'a Answers,
    rows: &Rows,
) -> Option<Vec<&'a Row>> {
    let Some(Value::Rows(given)) = answers.get(rows.table) else { return None };
    let columns = instrument.question(rows.table).columns();
    let lacks = |row: &Row| {
        let mut needed = rows.matching.iter().map(|(at, _)| &columns[*at]);
        needed.any(|column| column.required && !row.contains_key(&column.id))
    };
    if given.is_empty() || given.iter().any(lacks) {
        return None;
    }
    Some(given.iter().filter(|row| fits(instrument, rows, row)).collect())
}

/// How many rows of a table have the codes wanted, also of an empty one.
pub(super) fn count(instrument: &Instrument, answers: &Answers, rows: &Rows) -> usize {
    let Some(Value::Rows(given)) = answers.get(rows.table) else { return 0 };
    given.iter().filter(|row| fits(instrument, rows, row)).count()
}

fn fits(instrument: &Instrument, rows: &Rows, row: &Row) -> bool {
    let columns = instrument.question(rows.table).columns();
    rows.matching.iter().all(|(at, codes)| cell_codes(&columns[*at], row).meets(*codes))
}

/// Whole months from one day to another; none where the second comes first.
fn whole_months(from: NaiveDate, until: NaiveDate) -> i64 {
    let months = i64::from(until.year() - from.year()) * 12 + i64::from(until.month())
        - i64::from(from.month());
    let Ok(whole) = u32::try_from(months) else { return 0 };
    let full = from.checked_add_months(Months::new(whole)).is_some_and(|day| day <= until);
    months - i64::from(!full && months > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn months_are_whole() {
        let months =
            |from: &str, until: &str| whole_months(from.parse().unwrap(), until.parse().unwrap());
        assert_eq!(months("2026-01-15", "2026-02-14"), 0);
        assert_eq!(months("2026-01-15", "2026-02-15"), 1);
        assert_eq!(months("2026-01-31", "2026-02-28"), 1);
        assert_eq!(months("2025-03-01", "2026-03-01"), 12);
        assert_eq!(months("2026-03-01", "2025-03-01"), 0);
    }
}
