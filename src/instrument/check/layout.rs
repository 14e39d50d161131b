//! The order of items and questions, generated questions included.
//!
//! In an item: applies, its reason, then the questions of the item and of its sub-items as
//! they stand in the file; behind the last question that its condition reads each generated
//! reason, then each explanation; closing questions last. Positions are given here, before
//! conditions can be resolved, so "the last question read" goes by the ids written.

use std::collections::HashMap;
use std::ops::Range;

use super::names::{duplicate, known_are};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, At, File, Joined, Problems, RuleBody};
use crate::instrument::{Applies, ItemIx, Place, QuestionIx, Role, Strictness};
use crate::text::did_you_mean;

/// More questions, closing ones counted in each item, than any review form has.
const MOST_QUESTIONS: usize = 4_000;
const MOST_ITEMS: usize = 500;

/// What a question is made from.
#[derive(Clone, Copy)]
pub(super) enum Source<'f> {
    Written(&'f raw::Question),
    Closing(&'f raw::Question),
    Applies(&'f raw::Applies),
    AppliesReason(&'f At<String>),
    Reason(&'f raw::NotApplicable),
    Explanation(&'f raw::Rule),
}

/// The place of one question.
pub(super) struct Slot<'f> {
    pub(super) id: String,
    pub(super) local: String,
    pub(super) place: Place,
    pub(super) role: Role,
    pub(super) source: Source<'f>,
    pub(super) span: Range<usize>,
}

/// The place of one item or sub-item.
pub(super) struct LaidItem<'f> {
    pub(super) raw: &'f raw::Item,
    pub(super) parent: Option<ItemIx>,
    pub(super) sub_items: Vec<ItemIx>,
    /// Questions up to here (not included) may be read by its rules and rows.
    pub(super) end: QuestionIx,
}

/// All places.
pub(super) struct Layout<'f> {
    pub(super) slots: Vec<Slot<'f>>,
    pub(super) items: Vec<LaidItem<'f>>,
    pub(super) by_id: HashMap<String, QuestionIx>,
    items_by_id: HashMap<String, ItemIx>,
    joined: &'f Joined,
    lost: bool,
}

impl<'f> Layout<'f> {
    pub(super) fn find_item(&self, id: &str) -> Option<ItemIx> {
        self.items_by_id.get(id).copied()
    }
    /// The item with this id; an unknown one is reported.
    pub(super) fn need_item(&self, id: &At<String>, problems: &Problems) -> Option<ItemIx> {
        let found = self.find_item(&id.value);
        if found.is_none() && !self.is_left_out(id, problems) && !self.lost {
            let near = did_you_mean(&id.value, self.item_ids());
            let mut problem =
                Diagnostic::error("unknown-item", format!("item {} is unknown", id.value))
                    .at(id.span.clone())
                    .did_you_mean(near);
            if near.is_none() {
                problem = problem.help(known_are(&self.item_ids().collect::<Vec<_>>()));
            }
            problems.add(problem);
        }
        found
    }
    /// Whether an unknown id means an item that `select` leaves out, or a question of one,
    /// which is reported.
    pub(super) fn is_left_out(&self, id: &At<String>, problems: &Problems) -> bool {
        let owner = id.value.split_once('.').map_or(id.value.as_str(), |(owner, _)| owner);
        let Some(item) = self.joined.left_out.get(owner) else { return false };
        if !self.joined.told.contains(&id.span.start) {
            let message =
                format!("item {item} is left out by select, so {} is not known", id.value);
            let help = format!("add \"{item}\" to select");
            problems.add(Diagnostic::error("left-out", message).at(id.span.clone()).help(help));
        }
        true
    }
    pub(super) fn item_ids(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| item.raw.id.value.as_str())
    }
    pub(super) fn item(&self, at: ItemIx) -> &LaidItem<'f> {
        &self.items[usize::from(at.0)]
    }
    /// Whether its id, or that of the item it belongs to, means an earlier item.
    fn is_again(&self, at: ItemIx) -> bool {
        let top = self.top(at);
        self.find_item(&self.item(top).raw.id.value) != Some(top)
    }
    /// The item itself, or the item a sub-item belongs to.
    pub(super) fn top(&self, at: ItemIx) -> ItemIx {
        self.item(at).parent.unwrap_or(at)
    }
    /// The id that prefixes questions of an item or sub-item.
    pub(super) fn prefix(&self, at: ItemIx) -> &'f str {
        &self.item(self.top(at)).raw.id.value
    }
    /// Positions of the questions of a place.
    pub(super) fn questions_of(&self, place: Place) -> Vec<QuestionIx> {
        self.positions().filter(|q| self.slots[usize::from(q.0)].place == place).collect()
    }
    fn positions(&self) -> impl Iterator<Item = QuestionIx> + use<> {
        (0..self.slots.len() as u16).map(QuestionIx)
    }
}

/// Lays out the file; `None` where there is too much of it.
pub(super) fn lay_out<'f>(file: &'f File, problems: &Problems) -> Option<Layout<'f>> {
    let mut layout = Layout {
        slots: Vec::new(),
        items: Vec::new(),
        by_id: HashMap::new(),
        items_by_id: HashMap::new(),
        joined: &file.joined,
        lost: file.lost || problems.lost_table(),
    };
    let written = |items: &[raw::Item]| {
        let questions: usize = items.iter().map(|item| item.questions.len()).sum();
        let subs: usize =
            items.iter().flat_map(|item| &item.sub_items).map(|sub| sub.questions.len()).sum();
        questions + subs
    };
    let questions =
        file.face.len() + written(&file.items) + file.items.len() * (file.closings.len() + 2);
    let items =
        file.items.len() + file.items.iter().map(|item| item.sub_items.len()).sum::<usize>();
    if questions > MOST_QUESTIONS || items > MOST_ITEMS {
        problems.add(
            Diagnostic::error(
                "too-many",
                format!(
                    "the file has {questions} questions and {items} items; at most \
                     {MOST_QUESTIONS} and {MOST_ITEMS} are possible"
                ),
            )
            .help("split the instrument into several files"),
        );
        return None;
    }
    for question in &file.face {
        layout.slots.push(Slot {
            id: format!("face.{}", question.id.value),
            local: question.id.value.clone(),
            place: Place::Face,
            role: Role::Question,
            source: Source::Written(question),
            span: question.span.clone(),
        });
    }
    for item in &file.items {
        add_item(&mut layout, item, file, problems);
    }
    for (position, slot) in layout.slots.iter().enumerate() {
        let at = QuestionIx(position as u16);
        if let Some(first) = layout.by_id.get(&slot.id) {
            let first = &layout.slots[usize::from(first.0)].span;
            // A closing question that stands twice would be told once per item, and an item
            // that stands twice is told already.
            let again = match slot.place {
                Place::Item(item) => layout.is_again(item),
                Place::Face => false,
            };
            if !again && !problems.any(|problem| problem.span.as_ref() == Some(&slot.span)) {
                problems.add(duplicate("question", &slot.id, &slot.span, first));
            }
            continue;
        }
        layout.by_id.insert(slot.id.clone(), at);
    }
    Some(layout)
}

fn add_item<'f>(layout: &mut Layout<'f>, item: &'f raw::Item, file: &'f File, problems: &Problems) {
    let at = ItemIx(layout.items.len() as u16);
    let subs: Vec<ItemIx> = (1..=item.sub_items.len() as u16).map(|n| ItemIx(at.0 + n)).collect();
    let entry = |raw, parent, sub_items| LaidItem { raw, parent, sub_items, end: QuestionIx(0) };
    layout.items.push(entry(item, None, subs));
    layout.items.extend(item.sub_items.iter().map(|sub| entry(sub, Some(at), Vec::new())));
    for position in at.0..layout.items.len() as u16 {
        let id = &layout.items[usize::from(position)].raw.id;
        if let Some(first) = layout.items_by_id.get(&id.value) {
            let first = layout.item(*first).raw.id.span.clone();
            problems.add(duplicate("item", &id.value, &id.span, &first));
        } else {
            layout.items_by_id.insert(id.value.clone(), ItemIx(position));
        }
    }

    let prefix = item.id.value.as_str();
    let mut slots = applies(item, at);
    // Questions and sub-items as they stand in the file.
    let mut blocks: Vec<(usize, Vec<Slot<'f>>)> = item
        .questions
        .iter()
        .map(|question| (question.span.start, vec![written(question, prefix, at)]))
        .collect();
    for (n, sub) in item.sub_items.iter().enumerate() {
        let place = ItemIx(at.0 + 1 + n as u16);
        let mut block = applies(sub, place);
        block.extend(sub.questions.iter().map(|question| written(question, prefix, place)));
        blocks.push((sub.id.span.start, block));
    }
    blocks.sort_by_key(|(start, _)| *start);
    slots.extend(blocks.into_iter().flat_map(|(_, block)| block));

    let parts = std::iter::once((item, at))
        .chain(item.sub_items.iter().zip((at.0 + 1..).map(ItemIx)))
        .collect::<Vec<_>>();
    // Reasons first, so that an explanation may stand behind one; each goes behind what was
    // put there before it.
    for (raw, place) in &parts {
        for reason in &raw.not_applicable {
            let local = format!("{}.reason", reason.subject.value);
            let read = match &reason.when {
                Some(when) => when.subjects(),
                None => vec![&reason.subject],
            };
            let slot = Slot {
                id: format!("{prefix}.{local}"),
                local,
                place: Place::Item(*place),
                role: Role::Reason,
                source: Source::Reason(reason),
                span: reason.subject.span.clone(),
            };
            insert_behind(&mut slots, &read, prefix, slot);
        }
    }
    for (raw, place) in &parts {
        for rule in raw.rules.iter().filter(|rule| rule.strictness == Strictness::Explain) {
            let local = format!("explain.{}", rule.id.value);
            let read = match &rule.body {
                RuleBody::Implies { condition, then, .. } => {
                    [condition.subjects(), then.subjects()].concat()
                }
                RuleBody::Forbid(condition) => condition.subjects(),
            };
            let slot = Slot {
                id: format!("{prefix}.{local}"),
                local,
                place: Place::Item(*place),
                role: Role::Explanation { rule: rule.id.value.clone() },
                source: Source::Explanation(rule),
                span: rule.id.span.clone(),
            };
            insert_behind(&mut slots, &read, prefix, slot);
        }
    }
    for question in &file.closings {
        slots.push(Slot {
            role: Role::Closing,
            source: Source::Closing(question),
            ..written(question, prefix, at)
        });
    }
    layout.slots.extend(slots);
    let end = QuestionIx(layout.slots.len() as u16);
    layout.items[usize::from(at.0)..].iter_mut().for_each(|item| item.end = end);
}

fn written<'f>(question: &'f raw::Question, prefix: &str, place: ItemIx) -> Slot<'f> {
    Slot {
        id: format!("{prefix}.{}", question.id.value),
        local: question.id.value.clone(),
        place: Place::Item(place),
        role: Role::Question,
        source: Source::Written(question),
        span: question.span.clone(),
    }
}

/// `ITEM.applies` and `ITEM.applies.reason`, where they are asked of some case type.
fn applies<'f>(item: &'f raw::Item, place: ItemIx) -> Vec<Slot<'f>> {
    let Some(applies) = &item.applies else { return Vec::new() };
    if !applies.case_types.iter().any(|(_, how)| *how == Applies::Ask) {
        return Vec::new();
    }
    let id = &item.id.value;
    let slot = |local: &str, role, source| Slot {
        id: format!("{id}.{local}"),
        local: local.to_owned(),
        place: Place::Item(place),
        role,
        source,
        span: applies.span.clone(),
    };
    let mut slots = vec![slot("applies", Role::Applies, Source::Applies(applies))];
    if let Some(reasons) = &applies.reasons {
        let source = Source::AppliesReason(reasons);
        slots.push(slot("applies.reason", Role::Reason, source));
    }
    slots
}

/// Puts a generated question behind the last one it reads, and behind generated ones that
/// stand there already.
fn insert_behind<'f>(
    slots: &mut Vec<Slot<'f>>,
    read: &[&At<String>],
    prefix: &str,
    slot: Slot<'f>,
) {
    let is_read = |slot: &Slot<'_>| {
        read.iter().any(|id| {
            let own = id.value.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.'));
            id.value == slot.local || own == Some(&slot.local)
        })
    };
    let last = slots.iter().rposition(is_read);
    let mut at = last.map_or(0, |last| last + 1);
    while slots.get(at).is_some_and(|slot| match slot.source {
        Source::Reason(_) | Source::Explanation(_) => true,
        Source::Applies(_) | Source::AppliesReason(_) => last.is_none(),
        Source::Written(_) | Source::Closing(_) => false,
    }) {
        at += 1;
    }
    slots.insert(at, slot);
}
