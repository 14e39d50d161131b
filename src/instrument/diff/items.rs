//! What changed of items and sub-items.

use super::change::{About, Aspect, Change, Notes, Subject, Thing};
use super::matching::{MatchedBy, Matching};
use super::questions;
use crate::instrument::{
    Applies, Instrument, Item, ItemIx, Place, QuestionIx, Strictness, counterpart, words,
};
use crate::text::list_and;

/// All items, in the order of the new edition, removed ones last.
pub(super) fn all(matching: &Matching<'_>, changes: &mut Vec<Change>) {
    for at in matching.new.item_positions() {
        let mut notes = Notes { about: about(matching, at), changes };
        match matching.old_item(at) {
            Some(old) => item(matching, old, at, &mut notes),
            None => notes.add(
                Thing::Whole,
                "",
                Aspect::Added,
                None,
                Some(matching.new.item(at).title().to_owned()),
            ),
        }
    }
    for at in matching.old.item_positions().filter(|at| matching.item(*at).is_none()) {
        let item = matching.old.item(at);
        let about = About {
            subject: subject(item),
            id: item.id().to_owned(),
            old_id: None,
            title: item.title().to_owned(),
        };
        let title = Some(item.title().to_owned());
        Notes { about, changes }.add(Thing::Whole, "", Aspect::Removed, title, None);
    }
}

fn subject(item: &Item) -> Subject {
    if item.parent().is_some() { Subject::SubItem } else { Subject::Item }
}

/// A new item, with its old id where that is another.
pub(super) fn about(matching: &Matching<'_>, at: ItemIx) -> About {
    let item = matching.new.item(at);
    let old = matching.old_item(at).map(|old| matching.old.item(old).id());
    About {
        subject: subject(item),
        id: item.id().to_owned(),
        old_id: old.filter(|old| *old != item.id()).map(str::to_owned),
        title: item.title().to_owned(),
    }
}

fn item(matching: &Matching<'_>, old_at: ItemIx, new_at: ItemIx, notes: &mut Notes<'_>) {
    let (old, new) = (matching.old.item(old_at), matching.new.item(new_at));
    if matching.by == MatchedBy::Crosswalk
        && counterpart(matching.old, old_at, matching.new).is_some_and(|other| !other.same)
    {
        notes.add(Thing::Whole, "", Aspect::Meaning, None, None);
    }
    let whole = Thing::Whole;
    notes.text(whole, "", Aspect::Title, old.title(), new.title());
    notes.text(whole, "", Aspect::Purpose, old.purpose(), new.purpose());
    let words = (old.applicability(), new.applicability());
    notes.text(whole, "", Aspect::ApplicabilityWords, words.0, words.1);
    notes.mention(whole, "", Aspect::Guidance, old.guidance(), new.guidance());
    let (was, is) = applies(matching, old, new);
    notes.text(whole, "", Aspect::Applicability, &was, &is);
    notes.text(whole, "", Aspect::Bar, &bar(old.bar()), &bar(new.bar()));
    let yes = |flag: bool| if flag { "yes" } else { "no" };
    notes.text(whole, "", Aspect::Pip, yes(old.pip()), yes(new.pip()));
    let outcome = |one: &Instrument, item: &Item| {
        item.outcome().map_or_else(String::new, |at| one.outcome(at).id().to_owned())
    };
    if old.parent().is_none() {
        let (was, is) = (outcome(matching.old, old), outcome(matching.new, new));
        notes.text(whole, "", Aspect::Outcome, &was, &is);
    }
    let (was, is) = (own(matching.old, old_at), own(matching.new, new_at));
    questions::compare(matching, &was, &is, notes);
    rules(matching, old_at, new_at, notes);
    rows(matching, old_at, new_at, notes);
}

/// Questions that stand in the item itself.
fn own(instrument: &Instrument, at: ItemIx) -> Vec<QuestionIx> {
    let here = |q: &QuestionIx| instrument.question(*q).place() == Place::Item(at);
    instrument.question_positions().filter(here).collect()
}

/// Whether the two apply, case type by case type that both editions have.
fn applies(matching: &Matching<'_>, old: &Item, new: &Item) -> (String, String) {
    let word = |applies: Applies| match applies {
        Applies::Ask => "asked",
        Applies::Always => "always",
        Applies::Never => "never",
    };
    let (mut was, mut is) = (Vec::new(), Vec::new());
    for (before, after) in matching.case_types() {
        let title = &matching.new.case_types()[usize::from(after.0)].title;
        was.push(format!("{title}: {}", word(old.applies(before))));
        is.push(format!("{title}: {}", word(new.applies(after))));
    }
    (was.join("; "), is.join("; "))
}

/// "90 %", or nothing.
pub(super) fn bar(bar: Option<f64>) -> String {
    bar.map_or_else(String::new, |bar| format!("{} %", (bar * 1000.0).round() / 10.0))
}

fn rules(matching: &Matching<'_>, old_at: ItemIx, new_at: ItemIx, notes: &mut Notes<'_>) {
    let (old, new) = (matching.old.item(old_at), matching.new.item(new_at));
    let thing = Thing::Rule;
    let strictness = |strictness: Strictness| match strictness {
        Strictness::Hard => "hard",
        Strictness::Explain => "explain",
    };
    for was in old.rules() {
        let before = words::rule(matching.old, old_at, was);
        let Some(is) = new.rules().iter().find(|rule| rule.id == was.id) else {
            notes.add(thing, &was.id, Aspect::Removed, Some(before), None);
            continue;
        };
        let hard = (strictness(was.strictness), strictness(is.strictness));
        notes.text(thing, &was.id, Aspect::Strictness, hard.0, hard.1);
        notes.text(thing, &was.id, Aspect::Reworded, &was.say, &is.say);
        if matching.condition(&was.broken_when).as_ref() != Some(&is.broken_when) {
            let after = words::rule(matching.new, new_at, is);
            notes.add(thing, &was.id, Aspect::Condition, Some(before), Some(after));
        }
    }
    for is in new.rules() {
        if !old.rules().iter().any(|rule| rule.id == is.id) {
            let words = Some(words::rule(matching.new, new_at, is));
            notes.add(thing, &is.id, Aspect::Added, None, words);
        }
    }
}

fn rows(matching: &Matching<'_>, old_at: ItemIx, new_at: ItemIx, notes: &mut Notes<'_>) {
    let (old, new) = (matching.old.item(old_at), matching.new.item(new_at));
    let thing = Thing::Row;
    let told = |words: String, gives: &str| format!("{gives} when {words}");
    for was in old.rows() {
        let before = told(words::row(matching.old, old_at, was), was.give.title());
        let Some(is) = new.rows().iter().find(|row| row.id == was.id) else {
            notes.add(thing, &was.id, Aspect::Removed, Some(before), None);
            continue;
        };
        let say = |say: &Option<String>| say.clone().unwrap_or_default();
        notes.text(thing, &was.id, Aspect::Reworded, &say(&was.say), &say(&is.say));
        notes.text(thing, &was.id, Aspect::Gives, was.give.title(), is.give.title());
        if matching.condition(&was.when).as_ref() != Some(&is.when) {
            let after = told(words::row(matching.new, new_at, is), is.give.title());
            notes.add(thing, &was.id, Aspect::Condition, Some(before), Some(after));
        }
    }
    for is in new.rows() {
        if !old.rows().iter().any(|row| row.id == is.id) {
            let words = told(words::row(matching.new, new_at, is), is.give.title());
            notes.add(thing, &is.id, Aspect::Added, None, Some(words));
        }
    }
}

/// Ids in words, for lists of items.
pub(super) fn ids(instrument: &Instrument, items: &[ItemIx], absent: &[String]) -> String {
    let here = items.iter().map(|at| instrument.item(*at).id().to_owned());
    list_and(&here.chain(absent.iter().cloned()).collect::<Vec<_>>())
}
