//! Rating tables as Markdown and in words, for sign-off.

use std::fmt::Write;

use super::{condition, outcome_row, row, rule};
use crate::instrument::{Applies, Instrument, Item, ItemIx, Mode, OutcomeIx, Strictness};
use crate::text::list_and;

/// Every rating table of an instrument.
pub fn explain(instrument: &Instrument) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", instrument.title());
    let _ = writeln!(out, "Edition {}. {}\n", instrument.edition(), instrument.source());
    if let Some(notice) = instrument.notice() {
        let _ = writeln!(out, "{notice}\n");
    }
    let _ = writeln!(out, "Identity (SHA-256 of the file): `{}`\n", instrument.hash());
    if instrument.mode() == Mode::Checklist {
        let _ = writeln!(out, "A checklist: its questions are reported as percent Yes.\n");
    }
    for at in instrument.item_positions() {
        if instrument.item(at).parent().is_none() {
            out.push_str(&explain_item(instrument, at));
        }
    }
    for position in 0..instrument.outcomes().len() {
        out.push_str(&explain_outcome(instrument, OutcomeIx(position as u16)));
    }
    out
}

/// The table of an item with those of its sub-items, or of one sub-item.
pub fn explain_item(instrument: &Instrument, at: ItemIx) -> String {
    let item = instrument.item(at);
    let mut out = String::new();
    let mark = if item.parent().is_some() { "###" } else { "##" };
    let kind = if item.parent().is_some() { "Sub-item" } else { "Item" };
    let _ = writeln!(out, "{mark} {kind} {}: {}\n", item.id(), item.title());
    if !item.purpose().is_empty() {
        let _ = writeln!(out, "{}\n", item.purpose());
    }
    let _ = writeln!(out, "Applies: {}.\n", applies(instrument, item));
    for sub in item.sub_items() {
        out.push_str(&explain_item(instrument, *sub));
    }
    if item.rows().is_empty() {
        let _ = writeln!(out, "It has no rating table.\n");
    } else {
        if !item.sub_items().is_empty() {
            let _ = writeln!(out, "### Item {} from its sub-items\n", item.id());
        }
        let ids: Vec<String> =
            item.needed().iter().map(|q| instrument.question(*q).id().to_owned()).collect();
        if !ids.is_empty() {
            let _ = writeln!(
                out,
                "Rated from {}. No rating before all that are asked are answered.\n",
                list_and(&ids)
            );
        }
        table(
            &mut out,
            item.rows()
                .iter()
                .map(|r| (r.id.as_str(), r.give.title(), row(instrument, at, r), r.say.as_deref())),
        );
    }
    if !item.rules().is_empty() {
        let _ = writeln!(out, "| Rule | Strength | Demands | For the reviewer |");
        let _ = writeln!(out, "|---|---|---|---|");
        for one in item.rules() {
            let strength = match one.strictness {
                Strictness::Hard => "hard: invalid when broken",
                Strictness::Explain => "explain: a sentence when broken",
            };
            let demand = rule(instrument, at, one);
            let _ = writeln!(
                out,
                "| {} | {strength} | {} | {} |",
                cell(&one.id),
                cell(&demand),
                cell(&one.say)
            );
        }
        out.push('\n');
    }
    out
}

/// The table of an outcome.
pub fn explain_outcome(instrument: &Instrument, at: OutcomeIx) -> String {
    let outcome = instrument.outcome(at);
    let mut out = String::new();
    let _ = writeln!(out, "## Outcome {}: {}\n", outcome.id(), outcome.title());
    let items: Vec<&str> = outcome.items().iter().map(|i| instrument.item(*i).id()).collect();
    if !items.is_empty() {
        let _ = writeln!(out, "Items: {}.\n", items.join(", "));
    }
    if outcome.absent().is_empty() {
        table(
            &mut out,
            outcome.rows().iter().map(|r| {
                (r.id.as_str(), r.give.title(), outcome_row(instrument, r), r.say.as_deref())
            }),
        );
    } else {
        let _ = writeln!(
            out,
            "Not computed: it needs {} too, which this instrument does not hold.\n",
            list_and(outcome.absent())
        );
    }
    out
}

/// Rows as a table, then each as a sentence.
fn table<'r>(
    out: &mut String,
    rows: impl Iterator<Item = (&'r str, &'r str, String, Option<&'r str>)>,
) {
    let rows: Vec<_> = rows.collect();
    let _ = writeln!(out, "| Row | Rating | When |");
    let _ = writeln!(out, "|---|---|---|");
    for (id, give, when, _) in &rows {
        let _ = writeln!(out, "| {} | {} | {} |", cell(id), cell(give), cell(when));
    }
    out.push('\n');
    for (_, give, when, say) in &rows {
        let say = say.map_or_else(String::new, |say| format!(" {say}"));
        let _ = writeln!(out, "- {give} when {when}.{say}");
    }
    out.push('\n');
}

/// Whether an item applies, per case type.
fn applies(instrument: &Instrument, item: &Item) -> String {
    let words: Vec<String> = (0..)
        .map(crate::instrument::CaseTypeIx)
        .zip(instrument.case_types())
        .map(|(at, case_type)| {
            let how = match item.applies(at) {
                Applies::Ask => "the reviewer is asked",
                Applies::Always => "always",
                Applies::Never => "never",
            };
            format!("{}: {how}", case_type.title)
        })
        .collect();
    words.join("; ")
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|")
}

/// The gate of a question in words, where it has one.
pub(super) fn gate(instrument: &Instrument, at: crate::instrument::QuestionIx) -> Option<String> {
    use crate::instrument::{Condition, Place};
    let question = instrument.question(at);
    if *question.ask_when() == Condition::Always {
        return None;
    }
    let home = match question.place() {
        Place::Face => None,
        Place::Item(item) => Some(item),
    };
    Some(condition(instrument, home, question.ask_when()))
}
