//! The lists of a plan file: measures and strategies.

use std::ops::Range;

use super::check::{needed_day, one_of, period, span};
use super::plan::{
    Aggregate, Baseline, ItemMeasure, Method, Strategy, StrategyStatus, TypedPeriod,
};
use crate::diagnostic::{Diagnostic, Table, texts};
use crate::instrument::Instrument;
use crate::text::{did_you_mean, list_and, list_or};

pub(super) fn items(
    file: &Table<'_>,
    instrument: Option<&Instrument>,
    method: Option<&Method>,
) -> Vec<ItemMeasure> {
    let mut found: Vec<ItemMeasure> = Vec::new();
    for (table, at) in file.list("item") {
        table.only(&["item", "minimum", "goal", "baseline"]);
        let minimum = table.count("minimum", 1).or(method.map(|method| method.minimum));
        let goal = table.number("goal", 0.0, 100.0).map(|percent| percent / 100.0);
        let baseline = baseline(&table, "strength", "applicable");
        let Some(id) = table.needed("item", &at) else { continue };
        let Some(instrument) = instrument else { continue };
        let Some(item) = instrument.find_item(id) else {
            let message = format!("{} has no item {id}", instrument.id());
            let known: Vec<&str> = instrument.items().iter().map(|item| item.id()).collect();
            let problem = Diagnostic::error("unknown-item", message).at(span(&table, "item"));
            file.problems.add(problem.help(format!("it has {}", list_and(&known))));
            continue;
        };
        if found.iter().any(|one| one.item == item) {
            let message = format!("item {id} is measured twice");
            let problem = Diagnostic::error("repeated-item", message).at(span(&table, "item"));
            file.problems.add(problem);
            continue;
        }
        if !is_federal(instrument, id) {
            let round = instrument.cfsr_round().unwrap_or_default();
            let message = format!("item {id} is no item of a federal plan of {round}");
            let problem = Diagnostic::warning("not-federal", message).at(span(&table, "item"));
            let federal = federal(round).map(list_and).unwrap_or_default();
            file.problems.add(problem.help(format!("those are {federal}")));
        }
        let minimum = minimum.unwrap_or(1);
        found.push(ItemMeasure { item, minimum, goal, baseline });
    }
    found
}

/// Items a federal plan of a round measures.
fn federal(round: &str) -> Option<&'static [&'static str]> {
    match round {
        "R2" => Some(&["1", "3", "4", "7", "10", "17", "18", "19", "20"]),
        "R3" | "R4" => Some(&["1", "2", "3", "4", "5", "6", "12", "13", "14", "15"]),
        _ => None,
    }
}

fn is_federal(instrument: &Instrument, id: &str) -> bool {
    instrument.cfsr_round().and_then(federal).is_none_or(|items| items.contains(&id))
}

pub(super) fn aggregates(
    file: &Table<'_>,
    method: Option<&Method>,
    items: &[ItemMeasure],
    instrument: Option<&Instrument>,
) -> Vec<Aggregate> {
    let mut found: Vec<Aggregate> = Vec::new();
    for (table, at) in file.list("aggregate") {
        table.only(&["id", "title", "baseline", "goal", "minimum", "period"]);
        let (id, title) = (table.needed("id", &at), table.needed("title", &at));
        if table.get("baseline").is_none() {
            table.missing("baseline", &at);
        }
        let baseline = baseline(&table, "numerator", "denominator");
        let goal = table.number("goal", 0.0, 100.0).map(|percent| percent / 100.0);
        let minimum = table.count("minimum", 1).or(method.map(|method| method.minimum));
        let mut periods: Vec<TypedPeriod> = Vec::new();
        for (one, at) in table.list("period") {
            one.only(&["period", "numerator", "denominator"]);
            let Some(read) = typed(&one, &at, "numerator", "denominator") else { continue };
            if periods.iter().any(|known| known.period == read.period) {
                let message = format!("period {} stands twice", read.period.short());
                let problem = Diagnostic::error("repeated-period", message);
                file.problems.add(problem.at(span(&one, "period")));
                continue;
            }
            periods.push(TypedPeriod { period: read.period, x: read.x, n: read.n });
        }
        periods.sort_unstable_by_key(|one| one.period);
        let (Some(id), Some(title), Some(baseline)) = (id, title, baseline) else { continue };
        if ids(items, &found, instrument).iter().any(|known| known == id) {
            let message = format!("measure {id} stands twice");
            let problem = Diagnostic::error("repeated-item", message).at(span(&table, "id"));
            file.problems.add(problem);
            continue;
        }
        found.push(Aggregate {
            id: id.to_owned(),
            title: title.to_owned(),
            baseline,
            goal,
            minimum: minimum.unwrap_or(1),
            periods,
        });
    }
    found
}

/// Ids of all measures.
pub(super) fn ids(
    items: &[ItemMeasure],
    aggregates: &[Aggregate],
    instrument: Option<&Instrument>,
) -> Vec<String> {
    let of_item = |one: &ItemMeasure| Some(instrument?.item(one.item).id().to_owned());
    let items = items.iter().filter_map(of_item);
    items.chain(aggregates.iter().map(|one| one.id.clone())).collect()
}

fn baseline(table: &Table<'_>, x: &str, n: &str) -> Option<Baseline> {
    let at = span(table, "baseline");
    let inner = table.table("baseline")?;
    inner.only(&["period", x, n]);
    typed(&inner, &at, x, n)
}

/// A period with its two numbers.
fn typed(table: &Table<'_>, at: &Range<usize>, x: &str, n: &str) -> Option<Baseline> {
    let text = table.needed("period", at);
    let days = text.and_then(|text| period(table, "period", text, span(table, "period")));
    let number = |key| {
        if table.get(key).is_none() {
            table.missing(key, at);
        }
        table.count(key, 0)
    };
    let (top, bottom) = (number(x), number(n));
    let read = Baseline { period: days?, x: top?, n: bottom? };
    if read.x > read.n {
        let message = format!("{x} {} is more than {n} {}", read.x, read.n);
        table.problems.add(Diagnostic::error("bad-number", message).at(span(table, x)));
        return None;
    }
    Some(read)
}

pub(super) fn strategies(file: &Table<'_>, measures: &[String]) -> Vec<Strategy> {
    let mut found = Vec::new();
    for (table, at) in file.list("strategy") {
        table.only(&[
            "title",
            "items",
            "region",
            "county",
            "owner",
            "due",
            "approved-by",
            "status",
        ]);
        let (title, owner) = (table.needed("title", &at), table.needed("owner", &at));
        let due = needed_day(&table, "due", &at);
        let status = one_of(&table, "status", &StrategyStatus::ALL.map(|one| (one.code(), one)));
        let mut items = Vec::new();
        for (id, at) in
            table.get("items").map(|value| texts(&table, "items", value)).unwrap_or_default()
        {
            if !measures.iter().any(|known| known == id) {
                let message = format!("the plan measures no {id}");
                let near = did_you_mean(id, measures.iter().map(String::as_str));
                let mut problem =
                    Diagnostic::error("unknown-item", message).at(at).did_you_mean(near);
                if near.is_none() && !measures.is_empty() {
                    problem = problem.help(format!("it measures {}", list_or(measures)));
                }
                file.problems.add(problem);
                continue;
            }
            items.push(id.to_owned());
        }
        let text = |key| table.text(key).map(str::to_owned);
        let (region, county, approved_by) = (text("region"), text("county"), text("approved-by"));
        let (Some(title), Some(owner), Some(due)) = (title, owner, due) else { continue };
        found.push(Strategy {
            title: title.to_owned(),
            items,
            region,
            county,
            owner: owner.to_owned(),
            due,
            approved_by,
            status: status.unwrap_or_default(),
        });
    }
    found
}
