//! Items and sub-items: gates, rules, rows, examples.

use std::cell::RefCell;

use super::conditions::{Resolver, Scope};
use super::layout::{Layout, Source};
use super::marks::Marks;
use super::names::{Names, unique};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, At, ExampleValue, File, Problems, RuleBody};
use crate::instrument::{
    Applies, CaseTypeIx, CodeSet, Condition, Example, Item, ItemIx, Kind, Mode, Place, Question,
    QuestionIx, Row, Rule, Strictness, Test,
};
use crate::text::did_you_mean;

/// Builds the items and gives the questions their gates.
pub(super) fn build(
    file: &File,
    names: &Names<'_>,
    layout: &Layout<'_>,
    questions: &mut [Question],
    marks: &mut Marks,
    problems: &Problems,
) -> Vec<Item> {
    let mut items = Vec::new();
    let gates;
    {
        let resolver = Resolver { names, layout, questions, problems, forward: RefCell::default() };
        for at in (0..layout.items.len() as u16).map(ItemIx) {
            items.push(item(file, &resolver, at, marks));
        }
        gates = resolve_gates(&resolver, &items, marks);
    }
    for (question, gate) in questions.iter_mut().zip(gates) {
        question.ask_when = gate;
    }
    items
}

/// The gate of every question; always open where it can't be resolved.
fn resolve_gates(resolver: &Resolver<'_, '_>, items: &[Item], marks: &mut Marks) -> Vec<Condition> {
    let mut gates = Vec::new();
    for (position, slot) in resolver.layout.slots.iter().enumerate() {
        let question = QuestionIx(position as u16);
        let item = match slot.place {
            Place::Face => None,
            Place::Item(item) => Some(item),
        };
        let gate = match &slot.source {
            Source::Written(raw) => match &raw.ask_when {
                Some(raw) => resolver.condition(raw, Scope::Gate { item, question }),
                None => Some(Condition::Always),
            },
            Source::Closing(_) | Source::Applies(_) => Some(Condition::Always),
            // Stands right behind its applies question, whose options are yes and no.
            Source::AppliesReason(_) => {
                let applies = QuestionIx(question.0 - 1);
                Some(Condition::Is(Test::Answer { question: applies, codes: CodeSet::one(1) }))
            }
            Source::Reason(reason) => {
                item.and_then(|item| reason_gate(resolver, reason, item, question))
            }
            // Broken rules were resolved with their item.
            Source::Explanation(rule) => item.and_then(|item| {
                let rules = &items[usize::from(item.0)].rules;
                rules.iter().find(|r| r.id == rule.id.value).map(|r| r.broken_when.clone())
            }),
        };
        if let (None, Some(item)) = (&gate, item) {
            marks.broken_items[usize::from(item.0)] = true;
        }
        gates.push(gate.unwrap_or(Condition::Always));
    }
    resolver.tell_forward(&gates);
    gates
}

fn reason_gate(
    resolver: &Resolver<'_, '_>,
    reason: &raw::NotApplicable,
    item: ItemIx,
    question: QuestionIx,
) -> Option<Condition> {
    let subject = &reason.subject;
    let id = format!("{}.{}", resolver.layout.prefix(item), subject.value);
    let own = resolver.layout.by_id.get(&id);
    if own.is_none() && !resolver.names.has_part(&subject.value) {
        if !resolver.layout.item(resolver.layout.top(item)).raw.lost_question {
            let locals = resolver.questions.iter().filter(|q| q.place() == Place::Item(item));
            let known = resolver.names.part_names().chain(locals.map(Question::local));
            let message = format!("{} is neither a part nor a question here", subject.value);
            resolver.problems.add(
                Diagnostic::error("unknown-name", message)
                    .at(subject.span.clone())
                    .did_you_mean(did_you_mean(&subject.value, known)),
            );
        }
        return None;
    }
    if let Some(raw) = &reason.when {
        return resolver.condition(raw, Scope::Gate { item: Some(item), question });
    }
    let Some(own) = own else {
        resolver.problems.add(
            Diagnostic::error("missing-key", "a reason for a part lacks when")
                .at(subject.span.clone())
                .help("say which answers make the part not applicable: when = { A2 = \"na\" }"),
        );
        return None;
    };
    let na = At { value: "na".to_owned(), span: subject.span.clone() };
    let codes = resolver.codes(&resolver.questions[usize::from(own.0)], &[na])?;
    Some(Condition::Is(Test::Answer { question: *own, codes }))
}

fn item(file: &File, resolver: &Resolver<'_, '_>, at: ItemIx, marks: &mut Marks) -> Item {
    let layout = resolver.layout;
    let problems = resolver.problems;
    let laid = layout.item(at);
    let raw = laid.raw;
    let position = usize::from(at.0);
    let before = problems.errors();

    let everything = unique_rules(layout, at);
    if laid.parent.is_none() {
        unique("rule", &everything, problems);
    }
    unique("row", &raw.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), problems);
    let mut rules = Vec::new();
    for rule in &raw.rules {
        let scope = Scope::Rule { item: at, hard: rule.strictness == Strictness::Hard };
        let broken_when = match &rule.body {
            RuleBody::Forbid(raw) => resolver.condition(raw, scope),
            RuleBody::Implies { condition, then, exactly } => {
                let condition = resolver.condition(condition, scope);
                let then = resolver.condition(then, scope);
                condition.zip(then).map(|(c, t)| broken(c, t, *exactly))
            }
        };
        let Some(broken_when) = broken_when else {
            marks.broken_items[position] = true;
            continue;
        };
        marks.rules[position].push(rule.id.span.clone());
        rules.push(Rule {
            id: rule.id.value.clone(),
            say: rule.say.clone(),
            strictness: rule.strictness,
            broken_when,
        });
    }
    let mut rows = Vec::new();
    for row in &raw.rows {
        let Some(when) = resolver.condition(&row.when, Scope::Row(at)) else {
            marks.broken_items[position] = true;
            continue;
        };
        let Some(give) = row.give else { continue };
        marks.rows[position].push(row.id.span.clone());
        rows.push(Row { id: row.id.value.clone(), say: row.say.clone(), give, when });
    }
    if raw.rows.is_empty() && raw.whole && file.header.mode == Mode::Rated {
        problems.add(
            Diagnostic::error(
                "no-table",
                format!("item {} has no rows that rate it", raw.id.value),
            )
            .at(raw.id.span.clone())
            .help("add [[item.row]] tables, or set mode = \"checklist\" in [instrument]"),
        );
    }
    if problems.errors() > before {
        marks.broken_items[position] = true;
    }
    let (applies, known) = applies(resolver, raw, laid.parent.is_some());
    match known {
        Known::All => {}
        Known::Some => marks.unsure_items[position] = true,
        Known::Unreadable => marks.broken_items[position] = true,
    }
    // A bad example leaves the table as it is.
    let mut examples = Vec::new();
    for example in &raw.examples {
        if let Some(built) = self::example(resolver, example, at) {
            marks.examples[position].push(example.expect.span.clone());
            examples.push(built);
        }
    }
    let questions = layout.questions_of(Place::Item(at));
    let applies_question = layout.by_id.get(&format!("{}.applies", raw.id.value)).copied();
    let whole = &layout.item(layout.top(at)).raw.id.value;
    Item {
        id: raw.id.value.clone(),
        title: raw.title.clone(),
        origin: file.joined.origins.get(whole).unwrap_or(&file.header.id).clone(),
        parent: laid.parent,
        sub_items: laid.sub_items.clone(),
        outcome: None,
        purpose: raw.purpose.clone(),
        applicability: raw.applicability.clone(),
        guidance: raw.guidance.clone(),
        applies,
        applies_question: applies_question.filter(|q| questions.contains(q)),
        questions,
        rules,
        rows,
        needed: Vec::new(),
        examples,
        bar: raw.bar,
        pip: raw.pip,
    }
}

/// Rules of an item and its sub-items share their ids, since `ITEM.explain.RULE` does.
fn unique_rules<'f>(layout: &Layout<'f>, at: ItemIx) -> Vec<&'f At<String>> {
    let laid = layout.item(at);
    std::iter::once(laid)
        .chain(laid.sub_items.iter().map(|sub| layout.item(*sub)))
        .flat_map(|item| item.raw.rules.iter().map(|rule| &rule.id))
        .collect()
}

fn broken(condition: Condition, then: Condition, exactly: bool) -> Condition {
    let not = |c: Condition| Condition::Not(Box::new(c));
    let forwards = Condition::All(vec![condition.clone(), not(then.clone())]);
    if exactly {
        Condition::Any(vec![forwards, Condition::All(vec![then, not(condition)])])
    } else {
        forwards
    }
}

/// What is known of where an item applies.
enum Known {
    /// Everything.
    All,
    /// Some case types are left out; for them nothing is proven.
    Some,
    /// Something could not be read.
    Unreadable,
}

/// Per case type.
fn applies(resolver: &Resolver<'_, '_>, raw: &raw::Item, sub: bool) -> (Vec<Applies>, Known) {
    let count = resolver.names.case_type_count();
    let Some(written) = &raw.applies else {
        let known = if sub { Known::All } else { Known::Unreadable };
        return (vec![Applies::Always; count], known);
    };
    let mut found: Vec<Option<Applies>> = vec![None; count];
    let mut known = if written.whole { Known::All } else { Known::Unreadable };
    for (code, how) in &written.case_types {
        match resolver.names.case_type(code, resolver.problems) {
            Some(CaseTypeIx(at)) => found[usize::from(at)] = Some(*how),
            None => known = Known::Unreadable,
        }
    }
    if let Known::All = known {
        let missing: Vec<&str> = resolver
            .names
            .case_type_codes()
            .zip(&found)
            .filter(|(_, how)| how.is_none())
            .map(|(code, _)| code)
            .collect();
        if !missing.is_empty() {
            let message = format!("applies of item {} lacks {}", raw.id.value, missing.join(", "));
            let example = format!("{} = \"always\"", missing[0]);
            resolver.problems.add(
                Diagnostic::error("missing-key", message)
                    .at(written.span.clone())
                    .help(format!("give each case type ask, always or never: {example}")),
            );
            known = Known::Some;
        }
    }
    (found.into_iter().map(|how| how.unwrap_or(Applies::Never)).collect(), known)
}

fn example(resolver: &Resolver<'_, '_>, raw: &raw::Example, at: ItemIx) -> Option<Example> {
    let case_type = resolver.names.case_type(&raw.case_type, resolver.problems);
    let (answers, integers) = example_answers(resolver, &raw.answers, Scope::Row(at), case_type)?;
    Some(Example {
        title: raw.title.clone(),
        case_type: case_type?,
        answers,
        integers,
        expect: raw.expect.value,
        counts: raw.counts.as_ref().map(|(met, of)| (met.value, of.value)),
    })
}

type ExampleAnswers = (Vec<(QuestionIx, CodeSet)>, Vec<(QuestionIx, i64)>);

/// The answers of an example.
pub(super) fn example_answers(
    resolver: &Resolver<'_, '_>,
    written: &[(At<String>, ExampleValue)],
    scope: Scope<'_>,
    case_type: Option<CaseTypeIx>,
) -> Option<ExampleAnswers> {
    let (mut answers, mut integers) = (Vec::new(), Vec::new());
    let mut whole = true;
    for (id, value) in written {
        let Some(at) = resolver.question(id, scope) else {
            whole = false;
            continue;
        };
        let question = &resolver.questions[usize::from(at.0)];
        let wrong = |span: &std::ops::Range<usize>, message: String| {
            resolver.problems.add(Diagnostic::error("bad-answer", message).at(span.clone()));
            false
        };
        whole &= match (question.kind(), value) {
            (Kind::Choice(options) | Kind::Checklist(options), ExampleValue::Codes(codes)) => {
                match resolver.codes(question, codes) {
                    None => false,
                    Some(set) if set.len() != 1 && matches!(question.kind(), Kind::Choice(_)) => {
                        wrong(&id.span, format!("{} takes exactly one answer", question.id()))
                    }
                    Some(set) => {
                        let offered = |at: usize| {
                            case_type.is_none_or(|case_type| options[at].case_types.has(case_type))
                        };
                        answers.push((at, set));
                        match set.positions().find(|at| !offered(*at)) {
                            None => true,
                            Some(not) => wrong(
                                &id.span,
                                format!(
                                    "{} does not offer {} to this case type",
                                    question.id(),
                                    options[not].code
                                ),
                            ),
                        }
                    }
                }
            }
            (Kind::Integer { least, most }, ExampleValue::Integer(n)) => {
                integers.push((at, n.value));
                if *least <= n.value && n.value <= *most {
                    true
                } else {
                    wrong(&n.span, format!("{} takes {least} to {most}", question.id()))
                }
            }
            (Kind::Integer { .. }, _) => {
                wrong(&id.span, format!("{} takes a whole number", question.id()))
            }
            // Texts, dates and rows decide nothing; an example may leave them out.
            (Kind::Text | Kind::Date | Kind::Table { .. }, _) => {
                wrong(&id.span, format!("{} decides no rating: leave it out", question.id()))
            }
            (_, ExampleValue::Integer(n)) => {
                wrong(&n.span, format!("{} takes a code", question.id()))
            }
        };
    }
    whole.then_some((answers, integers))
}

/// Whether a rule is hard.
pub(super) fn is_hard(rule: &Rule) -> bool {
    rule.strictness == Strictness::Hard
}
