//! Conditions: ids and codes -> positions.

use std::cell::RefCell;
use std::ops::Range;

use super::layout::Layout;
use super::names::{Names, known_are};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, Aim, At, Entry, Group, GroupKind, Problems};
use crate::instrument::{Condition, ItemIx, Place, Question, QuestionIx, Test};
use crate::text::did_you_mean;

/// From where a condition is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope<'s> {
    /// A question's gate or a generated question's: reads what stands before it.
    Gate { item: Option<ItemIx>, question: QuestionIx },
    /// A rule of an item or sub-item: reads the item's questions and earlier ones; a hard one
    /// only those of the item and the face sheet.
    Rule { item: ItemIx, hard: bool },
    /// A row: reads also ratings of its sub-items.
    Row(ItemIx),
    /// A row of an outcome: reads ratings of its items and their sub-items, and answers.
    Outcome { id: &'s str, items: &'s [ItemIx] },
}

/// What ids are resolved against.
pub(super) struct Resolver<'r, 'f> {
    pub(super) names: &'r Names<'f>,
    pub(super) layout: &'r Layout<'f>,
    pub(super) questions: &'r [Question],
    pub(super) problems: &'r Problems,
    /// Gates that read a later question: reader, read, and where it is written. Told by
    /// [`tell_forward`](Self::tell_forward), once it is known whether they make a circle.
    pub(super) forward: RefCell<Vec<(QuestionIx, QuestionIx, Range<usize>)>>,
}

enum Subject {
    Question(QuestionIx),
    Item(ItemIx),
}

impl Resolver<'_, '_> {
    /// Resolves a condition; `None` when something in it is wrong and was reported.
    pub(super) fn condition(&self, raw: &raw::Condition, scope: Scope<'_>) -> Option<Condition> {
        let mut parts: Vec<Condition> = Vec::new();
        for entry in &raw.entries {
            parts.extend(self.entry(entry, scope));
        }
        if parts.len() < raw.entries.len() {
            return None;
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn entry(&self, entry: &Entry, scope: Scope<'_>) -> Option<Condition> {
        Some(match entry {
            Entry::Subject { subject, aim } => Condition::Is(self.test(subject, aim, scope)?),
            Entry::CaseType(codes) => {
                let set = self.names.case_type_set(Some(codes), self.problems)?;
                Condition::Is(Test::CaseType(set))
            }
            Entry::Group(group) => self.group(group, scope)?,
            Entry::AllOf(inner) => Condition::All(self.conditions(inner, scope)?),
            Entry::OneOf(inner) => Condition::Any(self.conditions(inner, scope)?),
            Entry::Not(inner) => Condition::Not(Box::new(self.condition(inner, scope)?)),
        })
    }

    fn conditions(&self, raw: &[raw::Condition], scope: Scope<'_>) -> Option<Vec<Condition>> {
        let found: Vec<_> = raw.iter().filter_map(|one| self.condition(one, scope)).collect();
        (found.len() == raw.len()).then_some(found)
    }

    fn group(&self, group: &Group, scope: Scope<'_>) -> Option<Condition> {
        for (position, id) in group.of.iter().enumerate() {
            if let Some(first) = group.of[..position].iter().find(|f| f.value == id.value) {
                self.problems.add(
                    Diagnostic::error("duplicate-id", format!("of names {} twice", id.value))
                        .at(id.span.clone())
                        .related(first.span.clone(), "first here")
                        .help("take one of them out"),
                );
                return None;
            }
        }
        let tests: Vec<Test> =
            group.of.iter().filter_map(|id| self.test(id, &group.aim, scope)).collect();
        if tests.len() < group.of.len() {
            return None;
        }
        Some(match &group.kind {
            GroupKind::Any => Condition::Some(tests),
            GroupKind::Every => Condition::Every(tests),
            GroupKind::None => Condition::None(tests),
            GroupKind::Count { at_least, at_most } => {
                let number = |n: &Option<At<i64>>, default: usize| match n {
                    None => Some(default),
                    Some(n) => usize::try_from(n.value).ok(),
                };
                let least = number(at_least, 0);
                let most = number(at_most, tests.len());
                match (least, most) {
                    (Some(at_least), Some(at_most))
                        if at_least <= at_most && at_least <= tests.len() =>
                    {
                        Condition::Count { tests, at_least, at_most }
                    }
                    _ => {
                        self.problems.add(
                            Diagnostic::error("bad-count", "this count can never hold")
                                .at(group.span.clone())
                                .help(format!("it counts {} of them", tests.len())),
                        );
                        return None;
                    }
                }
            }
        })
    }

    fn test(&self, id: &At<String>, aim: &Aim, scope: Scope<'_>) -> Option<Test> {
        match self.subject(id, scope)? {
            Subject::Question(at) => match aim {
                Aim::Compare { order, other } => self.compare_test(at, id, *order, other, scope),
                aim => self.question_test(at, id, aim),
            },
            Subject::Item(at) => self.rating_test(at, id, aim),
        }
    }

    /// The question an example answers.
    pub(super) fn question(&self, id: &At<String>, scope: Scope<'_>) -> Option<QuestionIx> {
        match self.subject(id, scope)? {
            Subject::Question(at) => Some(at),
            Subject::Item(_) => {
                let message = format!("{} is an item, not a question", id.value);
                self.problems.add(
                    Diagnostic::error("bad-answer", message)
                        .at(id.span.clone())
                        .help("an item's example gives answers; ratings follow from them"),
                );
                None
            }
        }
    }

    fn subject(&self, id: &At<String>, scope: Scope<'_>) -> Option<Subject> {
        let item = match scope {
            Scope::Gate { item, .. } => item,
            Scope::Rule { item, .. } | Scope::Row(item) => Some(item),
            Scope::Outcome { .. } => None,
        };
        let full = match (item, scope) {
            (Some(item), _) => format!("{}.{}", self.layout.prefix(item), id.value),
            (None, Scope::Gate { .. }) => format!("face.{}", id.value),
            (None, _) => id.value.clone(),
        };
        let found = self.layout.by_id.get(&full).or_else(|| self.layout.by_id.get(&id.value));
        if let Some(at) = found {
            return self.in_order(*at, id, scope).then_some(Subject::Question(*at));
        }
        if let Some(at) = self.layout.find_item(&id.value) {
            return self.readable_rating(at, id, scope).then_some(Subject::Item(at));
        }
        self.unknown(id, item, &full, scope);
        None
    }

    fn unknown(&self, id: &At<String>, item: Option<ItemIx>, full: &str, scope: Scope<'_>) {
        let full = if id.value.contains('.') { &id.value } else { full };
        let owner = full.split('.').next().unwrap_or_default();
        let lost = |at: ItemIx| {
            let item = self.layout.item(self.layout.top(at));
            item.raw.lost_question || item.raw.sub_items.iter().any(|sub| sub.lost_question)
        };
        // It may stand in lines that could not be read.
        if item.into_iter().chain(self.layout.find_item(owner)).any(lost)
            || (matches!(scope, Scope::Outcome { .. }) && self.problems.lost_table())
        {
            return;
        }
        if self.layout.is_left_out(id, self.problems) {
            return;
        }
        let prefix = format!("{owner}.");
        let ids = || self.questions.iter().map(Question::id);
        let items = || {
            let rated = matches!(scope, Scope::Row(_) | Scope::Outcome { .. });
            rated.then(|| self.layout.item_ids()).into_iter().flatten()
        };
        let near = did_you_mean(full, ids().filter(|q| q.starts_with(&prefix)))
            .or_else(|| did_you_mean(&id.value, items()))
            .or_else(|| did_you_mean(full, ids()));
        let what = if full.contains('.') { "question" } else { "item" };
        let mut problem =
            Diagnostic::error("unknown-question", format!("{what} {full} is unknown"))
                .at(id.span.clone())
                .did_you_mean(near);
        let inside: Vec<&str> = self
            .questions
            .iter()
            .filter(|q| q.id().starts_with(&prefix))
            .map(Question::local)
            .collect();
        if near.is_none() && !inside.is_empty() && inside.len() <= 12 {
            problem = problem.help(format!("{owner} has {}", inside.join(", ")));
        } else if near.is_none() && what == "item" {
            problem = problem.help(known_are(&self.layout.item_ids().collect::<Vec<_>>()));
        }
        self.problems.add(problem);
    }

    fn in_order(&self, at: QuestionIx, id: &At<String>, scope: Scope<'_>) -> bool {
        match scope {
            Scope::Gate { question, .. } if at >= question => {
                self.forward.borrow_mut().push((question, at, id.span.clone()));
                false
            }
            Scope::Rule { item, .. } | Scope::Row(item) if at >= self.layout.item(item).end => {
                let read = self.questions[usize::from(at.0)].id();
                let span = self.layout.slots[usize::from(at.0)].span.clone();
                let reader = &self.layout.item(item).raw.id.value;
                self.problems.add(
                    Diagnostic::error(
                        "forward-reference",
                        format!("item {reader} reads {read}, which comes later"),
                    )
                    .at(id.span.clone())
                    .related(span, format!("{read} stands here"))
                    .help(
                        "an item reads only itself and items before it: move the rule, or the item",
                    ),
                );
                false
            }
            Scope::Rule { item, hard: true } => self.is_own(at, id, item),
            _ => true,
        }
    }

    /// A hard rule that ties two items makes one of them invalid where the other may be wrong,
    /// and its rating wait for the other.
    fn is_own(&self, at: QuestionIx, id: &At<String>, item: ItemIx) -> bool {
        let Place::Item(other) = self.questions[usize::from(at.0)].place() else { return true };
        let (other, own) = (self.layout.top(other), self.layout.top(item));
        if other == own {
            return true;
        }
        let read = self.questions[usize::from(at.0)].id();
        let message = format!(
            "a hard rule of item {} reads {read} of item {}",
            self.layout.item(own).raw.id.value,
            self.layout.item(other).raw.id.value
        );
        self.problems.add(Diagnostic::error("other-item", message).at(id.span.clone()).help(
            "write strength = \"explain\": which of the two items is wrong, the rule can't know",
        ));
        false
    }

    /// Reports the gates that read a later question. `gates` are those that could be resolved.
    pub(super) fn tell_forward(&self, gates: &[Condition]) {
        let forward = self.forward.borrow();
        let reads = |at: QuestionIx| {
            let mut found = gates[usize::from(at.0)].questions();
            found.extend(forward.iter().filter(|(r, ..)| *r == at).map(|(_, read, _)| *read));
            found
        };
        for (reader, read, span) in forward.iter() {
            let id = |at: QuestionIx| self.questions[usize::from(at.0)].id();
            let stands = self.layout.slots[usize::from(read.0)].span.clone();
            let (mut seen, mut todo) = (vec![*read], vec![*read]);
            while let Some(next) = todo.pop() {
                for further in reads(next) {
                    if !seen.contains(&further) {
                        seen.push(further);
                        todo.push(further);
                    }
                }
            }
            let problem = if reader == read {
                Diagnostic::error("cycle", format!("{} waits for its own answer", id(*reader)))
            } else if seen.contains(reader) {
                let message = format!("{} and {} wait for each other", id(*reader), id(*read));
                Diagnostic::error("cycle", message)
                    .related(stands, format!("{} stands here", id(*read)))
            } else {
                let message = format!("{} reads {}, which comes later", id(*reader), id(*read));
                Diagnostic::error("forward-reference", message)
                    .related(stands, format!("{} stands here", id(*read)))
            };
            self.problems.add(
                problem.at(span.clone()).help("a gate reads only questions that stand before it"),
            );
        }
    }

    fn readable_rating(&self, at: ItemIx, id: &At<String>, scope: Scope<'_>) -> bool {
        let wrong = |message: String, help: String| {
            self.problems.add(
                Diagnostic::error("unreadable-rating", message).at(id.span.clone()).help(help),
            );
            false
        };
        match scope {
            Scope::Row(item) if self.layout.item(item).sub_items.contains(&at) => true,
            Scope::Row(item) => wrong(
                format!(
                    "a row of item {} can't read the rating of {}",
                    self.layout.item(item).raw.id.value,
                    id.value
                ),
                "a row reads answers and the ratings of its own sub-items".to_owned(),
            ),
            Scope::Outcome { items, .. } if items.contains(&self.layout.top(at)) => true,
            Scope::Outcome { id: outcome, .. } => wrong(
                format!("item {} does not belong to outcome {outcome}", id.value),
                format!("add it to items of {outcome}, or take it out here"),
            ),
            Scope::Gate { .. } | Scope::Rule { .. } => wrong(
                format!("the rating of {} can't be read here", id.value),
                "gates and rules read answers; ratings are read by rows".to_owned(),
            ),
        }
    }
}
