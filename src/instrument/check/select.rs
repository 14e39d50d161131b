//! `select`: only some of a base's items.

use std::collections::HashMap;

use super::names::known_are;
use crate::diagnostic::Diagnostic;
use crate::instrument::Strictness;
use crate::instrument::raw::{
    At, Condition, CountedFrom, File, Item, Problems, Question, RuleBody,
};

/// Keeps these items of a base; what hangs on the others goes with them, or is reported.
pub(super) fn keep(base: &mut File, wanted: &At<Vec<At<String>>>, problems: &Problems) {
    let Some(kept) = readable(base, wanted, problems) else { return };
    let (stay, go): (Vec<Item>, Vec<Item>) = std::mem::take(&mut base.items)
        .into_iter()
        .partition(|item| kept.contains(&item.id.value.as_str()));
    base.items = stay;
    let mut gone: HashMap<String, String> = HashMap::new();
    for item in &go {
        for one in std::iter::once(item).chain(&item.sub_items) {
            gone.insert(one.id.value.clone(), item.id.value.clone());
        }
    }
    outcomes(base, &gone);
    base.crosswalks.retain(|row| !gone.contains_key(&row.item.value));
    base.components.retain(|one| {
        one.section.as_ref().is_none_or(|section| !gone.contains_key(&section.value))
    });
    let left = |id: &At<String>| item_of(&id.value, &gone).is_some();
    if base.header.month.as_ref().is_some_and(left) {
        base.header.month = None;
    }
    base.measures.retain(|measure| !left(&measure.of) && !left(&measure.met));
    for item in &mut base.items {
        let id = item.id.value.clone();
        for one in std::iter::once(&mut item.rules)
            .chain(item.sub_items.iter_mut().map(|sub| &mut sub.rules))
        {
            one.retain(|rule| {
                rule.strictness == Strictness::Hard
                    || !read_by_rule(&rule.body).iter().any(|id| left(id))
            });
        }
        for examples in std::iter::once(&mut item.examples)
            .chain(item.sub_items.iter_mut().map(|sub| &mut sub.examples))
        {
            // What decides is all kept, so these answers decide nothing.
            examples.iter_mut().for_each(|e| e.answers.retain(|(id, _)| !left(id)));
        }
        base.joined.told.extend(tell_needed(item, &id, wanted, &gone, problems));
    }
    base.joined.left_out.extend(gone);
}

/// The items to keep; nothing when the list can't be followed.
fn readable<'w>(
    base: &File,
    wanted: &'w At<Vec<At<String>>>,
    problems: &Problems,
) -> Option<Vec<&'w str>> {
    let from = &base.header.id;
    if wanted.value.is_empty() {
        problems.add(
            Diagnostic::error("empty-group", "select names no item")
                .at(wanted.span.clone())
                .help(format!("name the items to keep; without select all of {from} are kept")),
        );
        return None;
    }
    let mut kept: Vec<&At<String>> = Vec::new();
    for id in &wanted.value {
        if let Some(first) = kept.iter().find(|first| first.value == id.value) {
            problems.add(
                Diagnostic::error("duplicate-id", format!("select names {} twice", id.value))
                    .at(id.span.clone())
                    .related(first.span.clone(), "first here")
                    .help("take one of them out"),
            );
            continue;
        }
        kept.push(id);
        if base.items.iter().any(|item| item.id.value == id.value) {
            continue;
        }
        let whole = base
            .items
            .iter()
            .find(|item| item.sub_items.iter().any(|sub| sub.id.value == id.value));
        let ids: Vec<&str> = base.items.iter().map(|item| item.id.value.as_str()).collect();
        let problem = match whole {
            Some(item) => {
                let message = format!("{} is a part of item {}", id.value, item.id.value);
                Diagnostic::error("unknown-item", message)
                    .help(format!("select the whole item: \"{}\"", item.id.value))
            }
            None => {
                let message = format!("{from} has no item {}", id.value);
                Diagnostic::error("unknown-item", message).help(known_are(&ids))
            }
        };
        if !base.lost {
            problems.add(problem.at(id.span.clone()));
        }
    }
    let any = base.items.iter().any(|item| kept.iter().any(|id| id.value == item.id.value));
    any.then(|| kept.into_iter().map(|id| id.value.as_str()).collect())
}

/// An outcome that loses an item is not computed; one that loses all goes.
fn outcomes(base: &mut File, gone: &HashMap<String, String>) {
    base.outcomes.retain_mut(|outcome| {
        let (lost, left): (Vec<_>, Vec<_>) = std::mem::take(&mut outcome.items)
            .into_iter()
            .partition(|id| gone.contains_key(&id.value));
        outcome.items = left;
        if !lost.is_empty() {
            outcome.absent.extend(lost);
            outcome.rows.clear();
            outcome.examples.clear();
        }
        !outcome.items.is_empty()
    });
}

/// The left-out item whose question or rating this id means.
fn item_of<'g>(id: &str, gone: &'g HashMap<String, String>) -> Option<&'g str> {
    let owner = id.split_once('.').map_or(id, |(owner, _)| owner);
    gone.get(owner).map(String::as_str)
}

/// Reports what a kept item reads of those left out, once for each of them; says where.
fn tell_needed(
    item: &Item,
    id: &str,
    wanted: &At<Vec<At<String>>>,
    gone: &HashMap<String, String>,
    problems: &Problems,
) -> Vec<usize> {
    let mut told: Vec<&str> = Vec::new();
    let mut places = Vec::new();
    for read in reads(item) {
        let needed = item_of(&read.value, gone).filter(|_| read.value.contains('.'));
        let Some(needed) = needed else { continue };
        places.push(read.span.start);
        if told.contains(&needed) {
            continue;
        }
        told.push(needed);
        let own = wanted.value.iter().find(|one| one.value == id);
        let span = own.map_or_else(|| wanted.span.clone(), |own| own.span.clone());
        problems.add(
            Diagnostic::error("left-out", format!("item {id} can't do without item {needed}"))
                .at(span)
                .related(read.span.clone(), format!("it reads {} here", read.value))
                .help(format!("add \"{needed}\" to select, or take \"{id}\" out")),
        );
    }
    places
}

/// Every id an item and its sub-items read.
fn reads(item: &Item) -> Vec<&At<String>> {
    let mut found = Vec::new();
    for one in std::iter::once(item).chain(&item.sub_items) {
        for question in &one.questions {
            of_question(question, &mut found);
        }
        for reason in &one.not_applicable {
            found.extend(reason.when.iter().flat_map(Condition::subjects));
        }
        found.extend(one.rules.iter().flat_map(|rule| read_by_rule(&rule.body)));
        found.extend(one.rows.iter().flat_map(|row| row.when.subjects()));
    }
    found
}

fn of_question<'f>(question: &'f Question, found: &mut Vec<&'f At<String>>) {
    found.extend(question.ask_when.iter().flat_map(Condition::subjects));
    found.extend(&question.from_answer);
    match &question.counted_from {
        Some(CountedFrom::Rows { rows, .. }) => found.push(&rows.table),
        Some(CountedFrom::MonthsBetween { from, until }) => {
            found.extend(from.iter().chain(until));
        }
        None => {}
    }
}

fn read_by_rule(body: &RuleBody) -> Vec<&At<String>> {
    match body {
        RuleBody::Implies { condition, then, .. } => {
            [condition.subjects(), then.subjects()].concat()
        }
        RuleBody::Forbid(condition) => condition.subjects(),
    }
}
