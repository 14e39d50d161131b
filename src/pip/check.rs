//! From text to plan, every problem at once.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::parts;
use super::plan::{Method, Mix, MixBy, Periods, Plan, Rounding};
use crate::diagnostic::{Diagnostic, Problems, Table, Value, single, texts};
use crate::instrument::Instrument;
use crate::sampling::{Period, parse_date};
use crate::stats::{Level, PIP_Z};
use crate::text::{did_you_mean, list_or};

/// A plan, or what keeps it from being one.
#[derive(Debug, Clone)]
pub struct CheckedPlan {
    /// The plan, unless there is an error.
    pub plan: Option<Plan>,
    /// Errors and warnings in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks the text of a plan file. `find` gives an instrument by its id, of which `ids` are
/// those there are.
pub fn check(
    text: &str,
    find: &dyn Fn(&str) -> Option<Arc<Instrument>>,
    ids: &[String],
) -> CheckedPlan {
    let problems = Problems::default();
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let problem = Diagnostic::error("syntax", error.message().trim().to_lowercase());
        problems.add(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        });
    }
    let plan = read(&Table::file("plan", document.get_ref(), &problems), find, ids);
    let diagnostics = problems.into_sorted();
    let plan = plan.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    CheckedPlan { plan, diagnostics }
}

/// The beginning of the file, where what is missing as a whole is reported.
const START: Range<usize> = 0..0;

fn read(
    file: &Table<'_>,
    find: &dyn Fn(&str) -> Option<Arc<Instrument>>,
    ids: &[String],
) -> Option<Plan> {
    file.only(&["plan", "method", "mix", "item", "aggregate", "strategy"]);
    let plan = needed_table(
        file,
        "plan",
        &["title", "instrument", "effective", "ends", "non-overlapping-ends", "practice"],
    );
    let at = span(file, "plan");
    let head = plan.as_ref();
    let title = head.and_then(|plan| plan.needed("title", &at));
    let instrument = head.and_then(|plan| instrument(plan, &at, find, ids));
    let day = |key| head.and_then(|plan| needed_day(plan, key, &at));
    let (effective, ends) = (day("effective"), day("ends"));
    let after = head.and_then(|plan| optional_day(plan, "non-overlapping-ends"));
    if let Some(plan) = head {
        in_order(plan, ("effective", effective), ("ends", ends));
        in_order(plan, ("ends", ends), ("non-overlapping-ends", after));
    }
    let practice = head.is_some_and(|plan| plan.flag("practice"));
    let method = method(file);
    let mix = mix(file);
    let items = parts::items(file, instrument.as_deref(), method.as_ref());
    let aggregates = parts::aggregates(file, method.as_ref(), &items, instrument.as_deref());
    let known = parts::ids(&items, &aggregates, instrument.as_deref());
    let strategies = parts::strategies(file, &known);
    if file.get("item").is_none() && file.get("aggregate").is_none() {
        let problem = Diagnostic::error("no-measure", "the plan measures nothing");
        file.problems.add(problem.help("add [[item]] with the id of an item: item = \"17\""));
    }
    Some(Plan {
        title: title?.to_owned(),
        instrument: instrument?,
        effective: effective?,
        ends: ends?,
        non_overlapping_ends: after,
        practice,
        method: method?,
        mix,
        items,
        aggregates,
        strategies,
    })
}

fn instrument(
    plan: &Table<'_>,
    at: &Range<usize>,
    find: &dyn Fn(&str) -> Option<Arc<Instrument>>,
    ids: &[String],
) -> Option<Arc<Instrument>> {
    let id = plan.needed("instrument", at)?;
    let found = find(id);
    if found.is_none() {
        let message = format!("instrument {id} is unknown");
        let near = did_you_mean(id, ids.iter().map(String::as_str));
        let mut problem = Diagnostic::error("unknown-instrument", message).did_you_mean(near);
        if near.is_none() {
            problem = problem.help(format!("it is {}", list_or(ids)));
        }
        plan.problems.add(problem.at(span(plan, "instrument")));
    }
    found
}

fn method(file: &Table<'_>) -> Option<Method> {
    const KEYS: [&str; 9] = [
        "baseline",
        "periods",
        "z",
        "rounding",
        "minimum",
        "level",
        "confidence",
        "power",
        "expect",
    ];
    let table = needed_table(file, "method", &KEYS)?;
    let at = span(file, "method");
    let baseline = table.needed("baseline", &at);
    let baseline =
        baseline.and_then(|text| period(&table, "baseline", text, span(&table, "baseline")));
    let rounding = [Rounding::None, Rounding::Tenth, Rounding::Whole];
    let rounding = one_of(&table, "rounding", &rounding.map(|one| (one.code(), one)));
    let periods = match table.get("periods") {
        Some(value) if matches!(value.get_ref(), DeValue::Array(_)) => {
            Some(Periods::Given(given_periods(&table, value)))
        }
        _ => one_of(
            &table,
            "periods",
            &[
                ("half-years", Periods::HalfYears),
                ("rolling-twelve-months", Periods::RollingTwelveMonths),
            ],
        ),
    };
    let percent = |key, least, most, usual: f64| table.number(key, least, most).unwrap_or(usual);
    let level = Level::percent(percent("level", 1.0, 99.99, 95.0)).unwrap_or(Level::P95);
    Some(Method {
        periods: periods.unwrap_or(Periods::HalfYears),
        z: percent("z", 0.0, 10.0, PIP_Z),
        rounding: rounding.unwrap_or(Rounding::None),
        minimum: table.count("minimum", 1).unwrap_or(1),
        level,
        confidence: percent("confidence", 50.0, 99.99, 80.0) / 100.0,
        power: percent("power", 50.0, 99.99, 80.0) / 100.0,
        expect: percent("expect", 0.1, 50.0, 5.0) / 100.0,
        baseline: baseline?,
    })
}

fn given_periods<'t>(table: &Table<'t>, value: &'t Value<'t>) -> Vec<Period> {
    let given = texts(table, "periods", value);
    let read = given.into_iter().filter_map(|(text, at)| period(table, "periods", text, at));
    let mut periods: Vec<Period> = read.collect();
    periods.sort_unstable();
    periods.dedup();
    periods
}

fn mix(file: &Table<'_>) -> Mix {
    let usual = Mix { by: vec![MixBy::CaseType], metro: Vec::new(), tolerance: 0.05 };
    let Some(table) = single(file, "mix", &["by", "metro", "tolerance"]) else { return usual };
    const BY: [(&str, MixBy); 4] = [
        ("case_type", MixBy::CaseType),
        ("region", MixBy::Region),
        ("county", MixBy::County),
        ("metro", MixBy::Metro),
    ];
    let mut by = Vec::new();
    if let Some(value) = table.get("by") {
        for (text, at) in texts(&table, "by", value) {
            match BY.iter().find(|(name, _)| *name == text) {
                Some((_, one)) if by.contains(one) => {}
                Some((_, one)) => by.push(*one),
                None => unknown_word(&table, "by", text, at, &BY.map(|(name, _)| name)),
            }
        }
    }
    let metro = table.get("metro").map(|value| texts(&table, "metro", value)).unwrap_or_default();
    let metro: Vec<String> = metro.into_iter().map(|(county, _)| county.to_owned()).collect();
    if by.contains(&MixBy::Metro) && metro.is_empty() {
        let problem =
            Diagnostic::error("missing-key", "mix.metro is missing").at(span(&table, "by"));
        let help = "list the counties that are metro: metro = [\"Shelby\", \"Davidson\"]";
        table.problems.add(problem.help(help));
    }
    let tolerance = table.number("tolerance", 0.0, 100.0).map_or(usual.tolerance, |p| p / 100.0);
    Mix { by: if by.is_empty() { usual.by } else { by }, metro, tolerance }
}

/// A table that must be there.
fn needed_table<'t>(file: &Table<'t>, key: &str, known: &[&str]) -> Option<Table<'t>> {
    if file.get(key).is_none() {
        file.missing(&format!("[{key}]"), &START);
    }
    single(file, key, known)
}

/// Where the value of a key stands; of a table the place of its header.
pub(super) fn span(table: &Table<'_>, key: &str) -> Range<usize> {
    table.entries().find(|(name, _, _)| *name == key).map_or(START, |(_, key, value)| {
        match value.get_ref() {
            DeValue::Table(_) => key,
            _ => value.span(),
        }
    })
}

/// A period in any of its spellings.
pub(super) fn period(table: &Table<'_>, key: &str, text: &str, at: Range<usize>) -> Option<Period> {
    let found = Period::parse(text);
    if found.is_none() {
        let message = format!("{}: {text:?} is no period", table.full(key));
        let problem = Diagnostic::error("bad-period", message).at(at);
        table
            .problems
            .add(problem.help("write 2026, 2026-H1, 2026-Q2, 2026-03 or 2026-01-01/2026-06-30"));
    }
    found
}

pub(super) fn needed_day(table: &Table<'_>, key: &str, at: &Range<usize>) -> Option<NaiveDate> {
    if table.get(key).is_none() {
        table.missing(key, at);
    }
    optional_day(table, key)
}

/// A day, as a text or as a date of TOML.
fn optional_day(table: &Table<'_>, key: &str) -> Option<NaiveDate> {
    let value = table.get(key)?;
    let text = match value.get_ref() {
        DeValue::Datetime(date) => date.to_string(),
        _ => table.as_text(key, value)?.to_owned(),
    };
    let day = parse_date(&text);
    if day.is_none() {
        let message = format!("{}: {text} is no day", table.full(key));
        let problem = Diagnostic::error("bad-day", message).at(value.span());
        table.problems.add(problem.help("write it as 2026-01-31"));
    }
    day
}

fn in_order(
    plan: &Table<'_>,
    (first, before): (&str, Option<NaiveDate>),
    (second, after): (&str, Option<NaiveDate>),
) {
    if let (Some(before), Some(after)) = (before, after)
        && after < before
    {
        let message = format!("plan.{second} ({after}) lies before plan.{first} ({before})");
        plan.problems.add(Diagnostic::error("wrong-order", message).at(span(plan, second)));
    }
}

/// One of a list of words.
pub(super) fn one_of<T: Clone>(table: &Table<'_>, key: &str, known: &[(&str, T)]) -> Option<T> {
    let word = table.text(key)?;
    let found = known.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        unknown_word(table, key, word, span(table, key), &names);
    }
    found.map(|(_, value)| value.clone())
}

fn unknown_word(table: &Table<'_>, key: &str, word: &str, at: Range<usize>, known: &[&str]) {
    let message = format!("{} can't be {word:?}", table.full(key));
    let near = did_you_mean(word, known.iter().copied());
    let mut problem = Diagnostic::error("unknown-word", message).at(at).did_you_mean(near);
    if near.is_none() {
        problem = problem.help(format!("it is {}", list_or(known)));
    }
    table.problems.add(problem);
}
