//! From text to plan, every problem at once.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::filters::{eligible, periods};
use super::sites::{Sites, sites};
use super::sizes::sizes;
use super::{CheckedPlan, Mapping, Plan};
use crate::diagnostic::{Diagnostic, Placed, Problems, Table, single, texts};
use crate::sampling::Field;
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
    let plan = read(text, &Table::file("plan", document.get_ref(), &problems));
    let diagnostics = problems.into_sorted();
    let plan = plan.filter(|_| diagnostics.is_empty());
    CheckedPlan { plan, diagnostics }
}

fn read(text: &str, file: &Table<'_>) -> Option<Plan> {
    file.only(&[
        "columns", "frame", "values", "period", "eligible", "clusters", "strata", "sites", "sizes",
        "spares", "limits",
    ]);
    let sheet = single(file, "frame", &["sheet"])
        .and_then(|table| table.get("sheet").and_then(|value| table.as_text("sheet", value)));
    let columns = columns(file);
    let (values, yes) = values(file);
    let (sampling, under_review) = periods(file);
    let eligible = eligible(file);
    let mut strata = strata(file);
    let sizes = sizes(file);
    let spares = single(file, "spares", &["per_stratum", "percent"]);
    let spare = |key| spares.as_ref().and_then(|table| table.count(key, 0));
    let (per_stratum, percent) = (spare("per_stratum"), spare("percent"));
    let limits = single(file, "limits", &["per_worker", "per_family", "per_child"]);
    let limit = |key| limits.as_ref().and_then(|table| table.count(key, 1));
    let (per_worker, per_family) = (limit("per_worker"), limit("per_family"));
    let per_child = limit("per_child");
    let sites = sites(file, sizes.as_ref().is_some_and(|sizes| sizes.onsite));
    let mut clusters = clusters(file);

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
        let by = format!("eligible.{}", filter.case_type);
        if filter.under_age.is_some() && needs.lacks(Field::Born) {
            needs.report(Field::Born, &by, Some(span));
        }
        for flag in &filter.leave_out {
            if needs.lacks(*flag) {
                needs.report(*flag, &by, Some(span));
            }
        }
        let counts = filter.open_days.is_some() || filter.under_age.is_some();
        if counts
            && filter.sampling.is_none()
            && sampling.is_none()
            && file.get("period").is_none_or(|_| !has(file, "period", "sampling"))
        {
            let message =
                format!("eligible.{} counts days, but no period is given", filter.case_type);
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
        match field {
            // Empty for an open case.
            Field::Status if needs.lacks(Field::Closed) => {
                needs.report(Field::Closed, "strata.by status", Some(span));
            }
            Field::Status => {}
            field => needs.column(*field, "strata.by", Some(span)),
        }
    }
    if let Some(Sites { counties, span, .. }) = &sites {
        clusters.clone_from(counties);
        let by = [Field::CaseType, Field::County, Field::Group];
        strata = by.map(|field| (field, span.clone())).to_vec();
        needs.column(Field::CaseType, "sizes.preset", Some(span));
        needs.column(Field::County, "sizes.preset", Some(span));
        // Only foster care has groups.
        if needs.lacks(Field::Group) {
            needs.report(Field::Group, "sizes.preset", Some(span));
        }
    }
    if !clusters.is_empty() && !strata.iter().any(|(field, _)| *field == Field::County) {
        file.problems.add(
            Diagnostic::error(
                "idle-clusters",
                "clusters join counties, but strata.by has no county",
            )
            .at(file.get("clusters").map_or(0..0, toml::Spanned::span))
            .help("put county into strata.by, or take clusters out"),
        );
    }
    let limits =
        [(Field::Worker, per_worker), (Field::Family, per_family), (Field::Child, per_child)];
    for (field, limit) in limits {
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
        spares: per_stratum.unwrap_or(0),
        spares_percent: percent.unwrap_or(0),
        per_worker,
        per_family,
        per_child,
        yes,
        clusters,
        metro: sites.map(|sites| sites.metro),
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

/// Words that mean yes where the plan doesn't say.
const YES: [&str; 5] = ["yes", "y", "true", "1", "x"];

/// Our codes for the frame's words, by field.
type Codes = BTreeMap<Field, BTreeMap<String, String>>;

/// The codes, and the words that mean yes.
fn values(file: &Table<'_>) -> (Codes, Vec<String>) {
    let mut all = BTreeMap::new();
    let mut yes = YES.map(str::to_owned).to_vec();
    let mut known = Field::MAPPED.map(Field::key).to_vec();
    known.push("yes");
    let Some(table) = single(file, "values", &known) else { return (all, yes) };
    if let Some(value) = table.get("yes") {
        yes =
            texts(&table, "yes", value).into_iter().map(|(word, _)| word.to_lowercase()).collect();
    }
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
    (all, yes)
}

/// The cluster of each county that is in one.
fn clusters(file: &Table<'_>) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let Some(table) = file.table("clusters") else { return found };
    for (name, _, value) in table.entries() {
        for (county, span) in texts(&table, name, value) {
            if let Some(other) = found.insert(county.to_owned(), name.to_owned()) {
                let message = format!("county {county:?} is in clusters {other:?} and {name:?}");
                file.problems.add(
                    Diagnostic::error("repeated-county", message)
                        .at(span)
                        .help("a county is in one cluster"),
                );
            }
        }
    }
    found
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
