//! `[period]` and `[eligible]`: who can be drawn.

use super::Eligible;
use crate::diagnostic::{Diagnostic, Placed, Table, single, texts};
use crate::sampling::{Field, Period};
use crate::text::{did_you_mean, list_and};

pub(super) fn periods(file: &Table<'_>) -> (Option<Period>, Option<Period>) {
    let Some(table) = single(file, "period", &["sampling", "under_review"]) else {
        return (None, None);
    };
    (period(&table, "sampling"), period(&table, "under_review"))
}

fn period(table: &Table<'_>, key: &str) -> Option<Period> {
    let value = table.get(key)?;
    let text = table.as_text(key, value)?;
    let period = Period::parse(text);
    if period.is_none() {
        table.problems.add(
            Diagnostic::error("bad-period", format!("{} {text:?} is no period", table.full(key)))
                .at(value.span())
                .help("write 2026-04-01/2026-09-30, or 2026, 2026-H1, 2026-Q2, 2026-03"),
        );
    }
    period
}

pub(super) fn eligible(file: &Table<'_>) -> Vec<Placed<Eligible>> {
    let Some(table) = file.table("eligible") else { return Vec::new() };
    let mut filters = Vec::new();
    for (case_type, span, value) in table.entries() {
        let Some(filter) = table.as_table(case_type, value) else { continue };
        filter.only(&["sampling", "open_days_at_least", "under_age", "leave_out"]);
        let found = Eligible {
            case_type: case_type.to_owned(),
            sampling: period(&filter, "sampling"),
            open_days: filter.count("open_days_at_least", 1),
            under_age: filter.count("under_age", 1),
            leave_out: leave_out(&filter),
        };
        filters.push((found, span));
    }
    filters
}

fn leave_out(filter: &Table<'_>) -> Vec<Field> {
    let Some(value) = filter.get("leave_out") else { return Vec::new() };
    let known = Field::FLAGS.map(Field::key);
    let mut flags = Vec::new();
    for (key, span) in texts(filter, "leave_out", value) {
        match Field::from_key(key).filter(|field| Field::FLAGS.contains(field)) {
            Some(flag) if flags.contains(&flag) => {}
            Some(flag) => flags.push(flag),
            None => filter.problems.add(
                Diagnostic::error("unknown-flag", format!("cases can't be left out by {key}"))
                    .at(span)
                    .did_you_mean(did_you_mean(key, known))
                    .help(format!("the flags are {}", list_and(&known))),
            ),
        }
    }
    flags
}
