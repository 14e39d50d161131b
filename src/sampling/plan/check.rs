//! From text to plan, every problem at once.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::table::{Problems, Table};
use super::{CheckedPlan, Eligible, Mapping, Plan, Sizes};
use crate::diagnostic::Diagnostic;
use crate::sampling::{Field, Period};
use crate::text::{did_you_mean, list_and};

/// Checks the text of a plan file: syntax, keys, types, and what can be seen without a frame.
pub fn check(text: &str) -> CheckedPlan {
    let problems = Problems::default();
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let problem = Diagnostic::error("syntax", error.message().trim().to_lowercase());
        problems.add(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        });
    }
    let plan = read(text, &Table::new("", document.get_ref(), &problems));
    let diagnostics = problems.into_sorted();
    let plan = plan.filter(|_| diagnostics.is_empty());
    CheckedPlan { plan, diagnostics }
}

/// What the checks between tables need of the place of a thing.
type Placed<T> = (T, Range<usize>);

fn read(text: &str, file: &Table<'_>) -> Option<Plan> {
    file.only(&[
        "columns", "frame", "values", "period", "eligible", "strata", "sizes", "spares", "limits",
    ]);
    let sheet = single(file, "frame", &["sheet"])
        .and_then(|table| table.get("sheet").and_then(|value| table.as_text("sheet", value)));
    let columns = columns(file);
    let values = values(file);
    let (sampling, under_review) = periods(file);
    let eligible = eligible(file);
    let strata = strata(file);
    let sizes = sizes(file);
    let spares = single(file, "spares", &["per_stratum"]).and_then(|t| t.count("per_stratum", 0));
    let limits = single(file, "limits", &["per_worker", "per_family"]);
    let limit = |key| limits.as_ref().and_then(|table| table.count(key, 1));
    let (per_worker, per_family) = (limit("per_worker"), limit("per_family"));

    let mut needs = Needs { file, columns: &columns, needed: vec![Field::Case] };
    if let Some(case_types) = values.get(&Field::CaseType) {
        needs.column(Field::CaseType, "values.case_type", None);
        let codes: Vec<&str> = case_types.values().map(String::as_str).collect();
        for (filter, span) in &eligible {
            known_type(file, &filter.case_type, span, &codes);
        }
    }
    if let Some((_, span)) = eligible.first() {
        needs.column(Field::CaseType, "eligible", Some(span));
        needs.column(Field::Opened, "eligible", Some(span));
    }
    for (filter, span) in &eligible {
        if sampling.is_none() && file.get("period").is_none_or(|_| !has(file, "period", "sampling"))
        {
            let message =
                format!("eligible.{} counts days open, but no period is given", filter.case_type);
            file.problems.add(
                Diagnostic::error("missing-period", message)
                    .at(span.clone())
                    .help("give sampling under [period]: days are counted inside it"),
            );
        }
    }
    if sampling.is_some() {
        needs.column(Field::Opened, "period.sampling", None);
    }
    for (field, span) in &strata {
        needs.column(*field, "strata.by", Some(span));
    }
    for (field, limit) in [(Field::Worker, per_worker), (Field::Family, per_family)] {
        if limit.is_some() && needs.lacks(field) {
            needs.report(field, &format!("limits.per_{}", field.key()), None);
        }
    }
    let mut needed = needs.needed;
    needed.sort_unstable();
    needed.dedup();
    Some(Plan {
        text: text.to_owned(),
        mapping: Mapping {
            columns: columns.into_iter().map(|(field, (name, _))| (field, name)).collect(),
            values,
            needed,
            sheet: sheet.map(str::to_owned),
        },
        sampling,
        under_review,
        eligible: eligible.into_iter().map(|(filter, _)| filter).collect(),
        strata: strata.into_iter().map(|(field, _)| field).collect(),
        sizes: sizes?,
        spares: spares.unwrap_or(0),
        per_worker,
        per_family,
    })
}

/// Which columns other tables need, and the complaint where one is missing.
struct Needs<'a, 't> {
    file: &'a Table<'t>,
    columns: &'a BTreeMap<Field, Placed<String>>,
    needed: Vec<Field>,
}

impl Needs<'_, '_> {
    fn lacks(&self, field: Field) -> bool {
        // A column named wrongly is reported already.
        !self.columns.contains_key(&field) && !has(self.file, "columns", field.key())
    }
    fn column(&mut self, field: Field, by: &str, span: Option<&Range<usize>>) {
        if self.lacks(field) && !self.needed.contains(&field) {
            self.report(field, by, span);
        }
        self.needed.push(field);
    }
    fn report(&self, field: Field, by: &str, span: Option<&Range<usize>>) {
        let key = field.key();
        let message = format!("{by} needs the column of {key}");
        let problem = Diagnostic::error("missing-column", message)
            .help(format!("name the frame's column under [columns]: {key} = \"...\""));
        self.file.problems.add(match span {
            Some(span) => problem.at(span.clone()),
            None => problem,
        });
    }
}

fn has(file: &Table<'_>, table: &str, key: &str) -> bool {
    match file.get(table).map(|value| value.get_ref()) {
        Some(DeValue::Table(table)) => table.keys().any(|known| known.get_ref() == key),
        _ => false,
    }
}

/// A table with a closed list of keys.
fn single<'t>(file: &Table<'t>, key: &str, known: &[&str]) -> Option<Table<'t>> {
    let table = file.table(key)?;
    table.only(known);
    Some(table)
}

fn columns(file: &Table<'_>) -> BTreeMap<Field, Placed<String>> {
    let mut columns: BTreeMap<Field, Placed<String>> = BTreeMap::new();
    if let Some(table) = single(file, "columns", &Field::ALL.map(Field::key)) {
        for (key, _, value) in table.entries() {
            let Some(field) = Field::from_key(key) else { continue };
            let Some(name) = table.as_text(key, value) else { continue };
            if let Some((_, (_, first))) = columns.iter().find(|(_, (known, _))| known == name) {
                file.problems.add(
                    Diagnostic::error("repeated-column", format!("column {name:?} is named twice"))
                        .at(value.span())
                        .related(first.clone(), "first named here"),
                );
            }
            columns.insert(field, (name.to_owned(), value.span()));
        }
    }
    if !columns.contains_key(&Field::Case) && !has(file, "columns", "case") {
        let message = "the plan doesn't say which column holds the case id";
        file.problems.add(
            Diagnostic::error("missing-column", message)
                .help("name it under [columns]: case = \"Case ID\""),
        );
    }
    columns
}

fn values(file: &Table<'_>) -> BTreeMap<Field, BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    let Some(table) = single(file, "values", &Field::MAPPED.map(Field::key)) else { return all };
    for (key, _, value) in table.entries() {
        let Some(field) = Field::from_key(key).filter(|field| Field::MAPPED.contains(field)) else {
            continue;
        };
        let Some(words) = table.as_table(key, value) else { continue };
        let mut map = BTreeMap::new();
        for (word, _, code) in words.entries() {
            if let Some(code) = words.as_text(word, code) {
                map.insert(word.trim().to_owned(), code.to_owned());
            }
        }
        all.insert(field, map);
    }
    all
}

fn periods(file: &Table<'_>) -> (Option<Period>, Option<Period>) {
    let Some(table) = single(file, "period", &["sampling", "under_review"]) else {
        return (None, None);
    };
    let period = |key| {
        let value = table.get(key)?;
        let text = table.as_text(key, value)?;
        let period = Period::parse(text);
        if period.is_none() {
            file.problems.add(
                Diagnostic::error(
                    "bad-period",
                    format!("{} {text:?} is no period", table.full(key)),
                )
                .at(value.span())
                .help("write 2026-04-01/2026-09-30, or 2026, 2026-H1, 2026-Q2, 2026-03"),
            );
        }
        period
    };
    (period("sampling"), period("under_review"))
}

fn eligible(file: &Table<'_>) -> Vec<Placed<Eligible>> {
    let Some(table) = file.table("eligible") else { return Vec::new() };
    let mut filters = Vec::new();
    for (case_type, span, value) in table.entries() {
        let Some(filter) = table.as_table(case_type, value) else { continue };
        filter.only(&["open_days_at_least"]);
        if let Some(open_days) = filter.count("open_days_at_least", 1) {
            filters.push((Eligible { case_type: case_type.to_owned(), open_days }, span));
        }
    }
    filters
}

fn strata(file: &Table<'_>) -> Vec<Placed<Field>> {
    let Some(table) = single(file, "strata", &["by"]) else { return Vec::new() };
    let Some(value) = table.get("by") else { return Vec::new() };
    let DeValue::Array(list) = value.get_ref() else {
        table.wrong_type("by", "a list such as [\"case_type\", \"region\"]", value);
        return Vec::new();
    };
    let mut fields: Vec<Placed<Field>> = Vec::new();
    for entry in list.iter() {
        let Some(key) = table.as_text("by", entry) else { continue };
        let known = Field::STRATA.map(Field::key);
        match Field::from_key(key).filter(|field| Field::STRATA.contains(field)) {
            Some(field) if fields.iter().any(|(known, _)| *known == field) => {
                file.problems.add(
                    Diagnostic::error("repeated-stratum", format!("strata.by names {key} twice"))
                        .at(entry.span()),
                );
            }
            Some(field) => fields.push((field, entry.span())),
            None => file.problems.add(
                Diagnostic::error("unknown-stratum", format!("strata can't be made by {key}"))
                    .at(entry.span())
                    .did_you_mean(did_you_mean(key, known))
                    .help(format!("they are made by {}", list_and(&known))),
            ),
        }
    }
    fields
}

fn sizes(file: &Table<'_>) -> Option<Sizes> {
    let Some(table) = file.table("sizes") else {
        if file.get("sizes").is_none() {
            file.problems.add(
                Diagnostic::error("missing-size", "the plan gives no sizes")
                    .help("give total under [sizes], or a size per case type or stratum"),
            );
        }
        return None;
    };
    let mut sizes = Sizes::default();
    let mut whole = true;
    for (key, _, value) in table.entries() {
        match key {
            "total" => sizes.total = table.as_count(key, value, 1),
            "minimum" => sizes.minimum = table.as_count(key, value, 0).unwrap_or(0),
            _ => {
                let size = table.as_count(key, value, 0);
                whole &= size.is_some();
                sizes.each.push((key.to_owned(), size.unwrap_or(0)));
            }
        }
    }
    if sizes.total.is_none() && sizes.each.is_empty() && table.get("total").is_none() {
        let value = file.get("sizes")?;
        file.problems.add(
            Diagnostic::error("missing-size", "sizes gives neither a total nor a part")
                .at(value.span())
                .help("give total, or a size per case type or stratum"),
        );
    }
    let sum: u64 = sizes.each.iter().map(|(_, size)| size).sum();
    if let (Some(total), false) = (sizes.total, sizes.each.is_empty())
        && whole
        && sum != total
        && let Some(value) = table.get("total")
    {
        let message = format!("sizes.total is {total}, but the parts add up to {sum}");
        file.problems.add(
            Diagnostic::error("unequal-sizes", message)
                .at(value.span())
                .help("mend one of them, or leave total out"),
        );
    }
    Some(sizes)
}

/// A case type that the values don't give is most likely mistyped.
fn known_type(file: &Table<'_>, case_type: &str, span: &Range<usize>, codes: &[&str]) {
    if codes.contains(&case_type) {
        return;
    }
    let message = format!("values.case_type gives no case type {case_type}");
    let mut problem = Diagnostic::error("unknown-case-type", message).at(span.clone());
    let near = did_you_mean(case_type, codes.iter().copied());
    problem = problem.did_you_mean(near);
    if near.is_none() && !codes.is_empty() {
        let mut known: Vec<&str> = codes.to_vec();
        known.sort_unstable();
        known.dedup();
        problem = problem.help(format!("it gives {}", list_and(&known)));
    }
    file.problems.add(problem);
}
