//! Rating one item or sub-item.

use std::collections::BTreeSet;

use super::{Asked, Cause, ItemResult, Sheet, Standing, witness};
use crate::instrument::{
    Condition, Counts, Facts, ItemIx, Mode, Place, QuestionIx, Rating, Strictness, Truth,
};

/// Rates an item whose sub-items are rated already.
pub(super) fn rate(sheet: &Sheet<'_>, at: ItemIx) -> ItemResult {
    let item = sheet.instrument.item(at);
    match sheet.standing(at) {
        Standing::NotForCaseType => return result(Rating::Na, Cause::CaseType, Vec::new()),
        Standing::AnsweredNo(question) => {
            return result(Rating::Na, Cause::Applies, vec![question]);
        }
        Standing::Unanswered(question) => {
            let mut missing = BTreeSet::new();
            add_unanswered(sheet, question, &mut missing);
            return incomplete(missing);
        }
        Standing::Applies => {}
    }
    if let Some(broken) = broken_rule(sheet, at) {
        return broken;
    }
    let mut missing = BTreeSet::new();
    for question in item.needed() {
        add_unanswered(sheet, *question, &mut missing);
    }
    for sub in item.sub_items() {
        // What an invalid sub-item lacks beside its broken rule counts too.
        match sheet.standing(*sub) {
            Standing::Applies => {
                for question in sheet.instrument.item(*sub).needed() {
                    add_unanswered(sheet, *question, &mut missing);
                }
            }
            Standing::Unanswered(question) => add_unanswered(sheet, question, &mut missing),
            Standing::NotForCaseType | Standing::AnsweredNo(_) => {}
        }
    }
    if !missing.is_empty() {
        return incomplete(missing);
    }
    for sub in item.sub_items() {
        if let Some(ItemResult { rating: Rating::Invalid, cause, used }) = sheet.result(*sub) {
            return result(Rating::Incomplete, cause.clone(), used.clone());
        }
    }
    if sheet.instrument.mode() == Mode::Checklist {
        return section(sheet, at);
    }
    match item.rows().iter().position(|row| row.when.truth(sheet) == Truth::True) {
        Some(row) => {
            let used = deciding(sheet, &item.rows()[row].when);
            result(item.rows()[row].give, Cause::Row { row }, used)
        }
        // The check proved that a complete item has a row; a sub-item, unless a rule of its
        // item is broken.
        None => match item.parent().and_then(|parent| broken_rule(sheet, parent)) {
            Some(broken) => broken,
            None => incomplete(missing),
        },
    }
}

/// The first broken hard rule of an item.
fn broken_rule(sheet: &Sheet<'_>, at: ItemIx) -> Option<ItemResult> {
    let rules = sheet.instrument.item(at).rules();
    let broken = rules.iter().position(|rule| {
        rule.strictness == Strictness::Hard && rule.broken_when.truth(sheet) == Truth::True
    })?;
    let used = deciding(sheet, &rules[broken].broken_when);
    Some(result(Rating::Invalid, Cause::Rule { item: at, rule: broken }, used))
}

/// A section that is answered: not applicable where each counted question was said to be.
fn section(sheet: &Sheet<'_>, at: ItemIx) -> ItemResult {
    let (mut met, mut not_met, mut used) = (0, 0, Vec::new());
    for question in sheet.instrument.item(at).questions() {
        let asked = sheet.instrument.question(*question);
        let Ok(codes) = sheet.codes(*question) else { continue };
        if !asked.counted() {
            continue;
        }
        used.push(*question);
        let chosen = codes.positions().next().and_then(|position| asked.options().get(position));
        match chosen.and_then(|option| option.counts) {
            Some(Counts::Met) => met += 1,
            Some(Counts::NotMet) => not_met += 1,
            Some(Counts::NotApplicable) | None => {}
        }
    }
    let cause = Cause::Section { met, of: met + not_met };
    let nothing = met + not_met == 0 && !used.is_empty();
    result(if nothing { Rating::Na } else { Rating::Complete }, cause, used)
}

/// Broken explain-rules of the items that apply.
pub(super) fn to_explain(sheet: &Sheet<'_>) -> Vec<(ItemIx, usize)> {
    let applying =
        sheet.instrument.item_positions().filter(|at| sheet.standing(*at) == Standing::Applies);
    broken(sheet, applying, Strictness::Explain)
}

/// All broken hard rules of the invalid items; the cause of an item names only its first.
pub(super) fn broken_rules(sheet: &Sheet<'_>) -> Vec<(ItemIx, usize)> {
    let invalid = (sheet.instrument.item_positions())
        .filter(|at| sheet.result(*at).is_some_and(|result| result.rating == Rating::Invalid));
    broken(sheet, invalid, Strictness::Hard)
}

fn broken(
    sheet: &Sheet<'_>,
    items: impl Iterator<Item = ItemIx>,
    strictness: Strictness,
) -> Vec<(ItemIx, usize)> {
    let mut found = Vec::new();
    for at in items {
        for (position, rule) in sheet.instrument.item(at).rules().iter().enumerate() {
            if rule.strictness == strictness && rule.broken_when.truth(sheet) == Truth::True {
                found.push((at, position));
            }
        }
    }
    found
}

fn result(rating: Rating, cause: Cause, used: Vec<QuestionIx>) -> ItemResult {
    ItemResult { rating, cause, used }
}

fn incomplete(missing: BTreeSet<QuestionIx>) -> ItemResult {
    result(Rating::Incomplete, Cause::Missing(missing.into_iter().collect()), Vec::new())
}

/// Adds the question if it is asked and unanswered; if it is not known yet whether it is
/// asked, the unanswered questions that this hangs on.
fn add_unanswered(sheet: &Sheet<'_>, at: QuestionIx, missing: &mut BTreeSet<QuestionIx>) {
    match sheet.asked_now(at) {
        Asked::No => {}
        Asked::Yes if sheet.answered(at) => {}
        Asked::Yes => {
            missing.insert(at);
        }
        Asked::Later => {
            let question = sheet.instrument.question(at);
            if let Place::Item(item) = question.place()
                && let Standing::Unanswered(applies) = sheet.standing(item)
                && applies != at
            {
                add_unanswered(sheet, applies, missing);
            }
            // A gate reads only earlier questions, so this ends.
            for earlier in question.ask_when().questions() {
                if earlier < at {
                    add_unanswered(sheet, earlier, missing);
                }
            }
        }
    }
}

/// The answers that made the condition true, those of sub-items whose rating it read
/// included, in asking order.
fn deciding(sheet: &Sheet<'_>, condition: &Condition) -> Vec<QuestionIx> {
    let mut used = BTreeSet::new();
    for test in witness::of(condition, sheet) {
        used.extend(test.questions().filter(|question| sheet.answered(*question)));
        if let crate::instrument::Test::Rating { item, .. } = test
            && let Some(result) = sheet.result(*item)
        {
            used.extend(result.used.iter().copied());
        }
    }
    used.into_iter().collect()
}
