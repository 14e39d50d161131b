//! Outcomes.

use std::cell::RefCell;

use super::conditions::{Resolver, Scope};
use super::items::example_answers;
use super::layout::Layout;
use super::marks::Marks;
use super::names::{Names, unique};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, File, Problems};
use crate::instrument::{
    CaseTypeIx, Item, ItemIx, Outcome, OutcomeExample, OutcomeIx, OutcomeRow, Question,
};
use crate::text::did_you_mean;

/// Builds the outcomes and tells their items which they belong to.
pub(super) fn build(
    file: &File,
    names: &Names<'_>,
    layout: &Layout<'_>,
    questions: &[Question],
    items: &mut [Item],
    marks: &mut Marks,
    problems: &Problems,
) -> Vec<Outcome> {
    unique("outcome", &file.outcomes.iter().map(|o| &o.id).collect::<Vec<_>>(), problems);
    let resolver = Resolver { names, layout, questions, problems, forward: RefCell::default() };
    let mut outcomes = Vec::new();
    for (position, raw) in file.outcomes.iter().enumerate() {
        let at = OutcomeIx(position as u16);
        let before = problems.errors();
        let own = own_items(raw, at, layout, items, problems);
        let outcome = outcome(raw, at, own, &resolver, before, marks);
        outcomes.push(outcome);
    }
    belong(file, layout, items, problems);
    outcomes
}

fn own_items(
    raw: &raw::Outcome,
    at: OutcomeIx,
    layout: &Layout<'_>,
    items: &mut [Item],
    problems: &Problems,
) -> Vec<ItemIx> {
    unique("item", &raw.items.iter().collect::<Vec<_>>(), problems);
    let mut own = Vec::new();
    for id in &raw.items {
        let Some(item) = layout.need_item(id, problems) else { continue };
        let built = &items[usize::from(item.0)];
        let other = built.outcome.filter(|other| *other != at);
        if built.parent.is_some() || other.is_some() {
            let why = if other.is_some() {
                format!("item {} belongs to another outcome already", id.value)
            } else {
                format!("{} is a sub-item; an outcome lists items", id.value)
            };
            problems.add(Diagnostic::error("bad-member", why).at(id.span.clone()));
            continue;
        }
        let subs = built.sub_items.clone();
        for one in std::iter::once(item).chain(subs) {
            items[usize::from(one.0)].outcome = Some(at);
        }
        own.push(item);
    }
    for id in &raw.absent {
        if layout.find_item(&id.value).is_some() {
            let message = format!("item {} is not absent: it stands in this file", id.value);
            problems.add(
                Diagnostic::error("bad-member", message)
                    .at(id.span.clone())
                    .help("list it in items instead"),
            );
        }
    }
    own
}

/// An item that names an outcome must be listed by it.
fn belong(file: &File, layout: &Layout<'_>, items: &[Item], problems: &Problems) {
    for (laid, built) in layout.items.iter().zip(items) {
        let Some(named) = &laid.raw.outcome else { continue };
        let Some(position) = file.outcomes.iter().position(|o| o.id.value == named.value) else {
            if !file.lost {
                let known = file.outcomes.iter().map(|o| o.id.value.as_str());
                problems.add(
                    Diagnostic::error(
                        "unknown-name",
                        format!("outcome {} is unknown", named.value),
                    )
                    .at(named.span.clone())
                    .did_you_mean(did_you_mean(&named.value, known)),
                );
            }
            continue;
        };
        if built.outcome != Some(OutcomeIx(position as u16)) && file.outcomes[position].whole {
            let message =
                format!("outcome {} does not list item {}", named.value, laid.raw.id.value);
            problems.add(
                Diagnostic::error("bad-member", message)
                    .at(named.span.clone())
                    .related(file.outcomes[position].id.span.clone(), "its items stand here"),
            );
        }
    }
}

fn outcome(
    raw: &raw::Outcome,
    at: OutcomeIx,
    items: Vec<ItemIx>,
    resolver: &Resolver<'_, '_>,
    before: usize,
    marks: &mut Marks,
) -> Outcome {
    let problems = resolver.problems;
    marks.outcomes.push(raw.id.span.clone());
    marks.outcome_rows.push(Vec::new());
    marks.outcome_examples.push(Vec::new());
    let position = usize::from(at.0);
    unique("row", &raw.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), problems);
    if raw.absent.is_empty() && raw.rows.is_empty() && raw.whole {
        problems.add(
            Diagnostic::error(
                "no-table",
                format!("outcome {} has no rows that rate it", raw.id.value),
            )
            .at(raw.id.span.clone())
            .help("add [[outcome.row]] tables, or name in absent the items it lacks"),
        );
    }
    if let (Some(absent), Some(row)) = (raw.absent.first(), raw.rows.first()) {
        let message =
            format!("outcome {} is not computed, so its rows are of no use", raw.id.value);
        problems.add(
            Diagnostic::error("unused-row", message)
                .at(row.id.span.clone())
                .related(absent.span.clone(), "it lacks this item")
                .help("take the rows out, or take absent out"),
        );
    }
    let scope = Scope::Outcome { id: &raw.id.value, items: &items };
    let mut rows = Vec::new();
    for row in &raw.rows {
        if let (Some(when), Some(give)) = (resolver.condition(&row.when, scope), row.give) {
            marks.outcome_rows[position].push(row.id.span.clone());
            rows.push(OutcomeRow { id: row.id.value.clone(), say: row.say.clone(), give, when });
        }
    }
    marks.broken_outcomes.push(!raw.whole || problems.errors() > before);
    // A bad example leaves the table as it is.
    let mut examples = Vec::new();
    for example in &raw.examples {
        if let Some(built) = outcome_example(resolver, example, scope) {
            marks.outcome_examples[position].push(example.expect.span.clone());
            examples.push(built);
        }
    }
    Outcome {
        id: raw.id.value.clone(),
        title: raw.title.clone(),
        items,
        absent: raw.absent.iter().map(|id| id.value.clone()).collect(),
        rows,
        examples,
        bar: raw.bar,
    }
}

fn outcome_example(
    resolver: &Resolver<'_, '_>,
    raw: &raw::OutcomeExample,
    scope: Scope<'_>,
) -> Option<OutcomeExample> {
    let case_type = match &raw.case_type {
        Some(code) => resolver.names.case_type(code, resolver.problems)?,
        None => CaseTypeIx(0),
    };
    let mut ratings = Vec::new();
    let mut whole = true;
    for (id, rating) in &raw.ratings {
        match resolver.layout.need_item(id, resolver.problems) {
            Some(item) => ratings.push((item, rating.value)),
            None => whole = false,
        }
    }
    let (answers, _) = example_answers(resolver, &raw.answers, scope, Some(case_type))?;
    whole.then(|| OutcomeExample {
        title: raw.title.clone(),
        case_type,
        any_case_type: raw.case_type.is_none(),
        ratings,
        answers,
        expect: raw.expect.value,
    })
}
