//! Conditions as written.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::At;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::instrument::Order;

/// Conditions nest at most this deep: more can't be read by people either.
const DEEPEST: usize = 8;

/// Questions in one group: more than the longest item has.
const MOST_OF: usize = 100;

/// A condition: all entries hold.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Condition {
    pub(in crate::instrument) entries: Vec<Entry>,
    pub(in crate::instrument) span: Range<usize>,
}

impl Condition {
    /// The ids it names, of questions, items and sub-items.
    pub(in crate::instrument) fn subjects(&self) -> Vec<&At<String>> {
        let mut found = Vec::new();
        let mut todo = vec![self];
        while let Some(condition) = todo.pop() {
            for entry in &condition.entries {
                if let Entry::Subject { aim, .. } | Entry::Group(Group { aim, .. }) = entry
                    && let Aim::Compare { other, .. } = aim
                {
                    found.push(other);
                }
                match entry {
                    Entry::Subject { subject, .. } => found.push(subject),
                    Entry::Group(group) => found.extend(&group.of),
                    Entry::AllOf(inner) | Entry::OneOf(inner) => todo.extend(inner),
                    Entry::Not(inner) => todo.push(inner),
                    Entry::CaseType(_) => {}
                }
            }
        }
        found
    }
}

/// One entry of a condition.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum Entry {
    /// A question, item or sub-item passes.
    Subject { subject: At<String>, aim: Aim },
    /// The case is of one of these types.
    CaseType(Vec<At<String>>),
    /// So many of a group pass.
    Group(Group),
    /// All of the conditions hold.
    AllOf(Vec<Condition>),
    /// One of the conditions holds.
    OneOf(Vec<Condition>),
    /// The condition does not hold.
    Not(Condition),
}

/// What a subject must be to pass.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum Aim {
    /// One of these codes.
    Codes(Vec<At<String>>),
    /// A checklist with nothing ticked.
    NothingTicked(Range<usize>),
    /// A checklist with something ticked.
    SomethingTicked(Range<usize>),
    /// An integer inside these bounds.
    Amount(Amount),
    /// An integer that stands so to another question's.
    Compare { order: Order, other: At<String> },
}

/// Bounds for an integer, both included.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Amount {
    pub(in crate::instrument) least: Option<i64>,
    pub(in crate::instrument) most: Option<i64>,
    pub(in crate::instrument) span: Range<usize>,
}

/// `any`, `every`, `none` or `count`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Group {
    pub(in crate::instrument) kind: GroupKind,
    pub(in crate::instrument) of: Vec<At<String>>,
    pub(in crate::instrument) aim: Aim,
    pub(in crate::instrument) span: Range<usize>,
}

/// How many of a group must pass.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum GroupKind {
    Any,
    Every,
    None,
    Count { at_least: Option<At<i64>>, at_most: Option<At<i64>> },
}

type Value<'t> = &'t Spanned<DeValue<'t>>;

/// Reads the condition under a key of a table.
pub(super) fn read<'t>(table: &Table<'t>, key: &'static str) -> Option<Condition> {
    table.get(key).and_then(|value| condition(table, key, value, 0))
}

/// Like [`read`], for a key that must be there.
pub(super) fn need<'t>(table: &Table<'t>, key: &'static str) -> Option<Condition> {
    table.need(key).and_then(|value| condition(table, key, value, 0))
}

fn condition<'t>(
    table: &Table<'t>,
    key: &str,
    value: Value<'t>,
    depth: usize,
) -> Option<Condition> {
    let inner = table.as_table(key, key, value)?;
    if depth > DEEPEST {
        table.problems.add(
            Diagnostic::error("too-deep", "the condition nests too deep")
                .at(value.span())
                .help(format!("conditions nest at most {DEEPEST} deep; name parts of it by questions or sub-items")),
        );
        return None;
    }
    if inner.entries().is_empty() {
        table.problems.add(
            Diagnostic::error("empty-condition", format!("{key} names no condition"))
                .at(value.span())
                .help("name a question with its answer, such as { A = \"yes\" }"),
        );
        return None;
    }
    let mut entries = Vec::new();
    let mut whole = true;
    for (name, value) in inner.entries() {
        let subject = At { value: name.get_ref().to_string(), span: name.span() };
        match entry(&inner, subject, value, depth) {
            Some(entry) => entries.push(entry),
            None => whole = false,
        }
    }
    whole.then(|| Condition { entries, span: value.span() })
}

fn entry<'t>(
    table: &Table<'t>,
    subject: At<String>,
    value: Value<'t>,
    depth: usize,
) -> Option<Entry> {
    Some(match subject.value.as_str() {
        "any" => Entry::Group(group(table, "any", value, |_| GroupKind::Any)?),
        "every" => Entry::Group(group(table, "every", value, |_| GroupKind::Every)?),
        "none" => Entry::Group(group(table, "none", value, |_| GroupKind::None)?),
        "count" => Entry::Group(group(table, "count", value, |inner| GroupKind::Count {
            at_least: inner.integer("at-least"),
            at_most: inner.integer("at-most"),
        })?),
        "case-type" => {
            let codes = table.as_one_or_more("case-type", value);
            if codes.is_empty() {
                return None;
            }
            Entry::CaseType(codes)
        }
        "all-of" => Entry::AllOf(conditions(table, "all-of", value, depth)?),
        "one-of" => Entry::OneOf(conditions(table, "one-of", value, depth)?),
        "not" => Entry::Not(condition(table, "not", value, depth + 1)?),
        name => {
            let aim = aim(table, name, value, Some(&subject))?;
            Entry::Subject { subject, aim }
        }
    })
}

fn conditions<'t>(
    table: &Table<'t>,
    key: &str,
    value: Value<'t>,
    depth: usize,
) -> Option<Vec<Condition>> {
    let DeValue::Array(list) = value.get_ref() else {
        table.wrong_type(key, "a list of conditions", value);
        return None;
    };
    let read: Vec<_> =
        list.iter().filter_map(|entry| condition(table, key, entry, depth + 1)).collect();
    (read.len() == list.len() && !read.is_empty()).then_some(read)
}

fn group<'t>(
    table: &Table<'t>,
    key: &'static str,
    value: Value<'t>,
    kind: impl Fn(&Table<'t>) -> GroupKind,
) -> Option<Group> {
    let inner = table.as_table(key, key, value)?;
    let of = inner.need("of").map(|list| inner.as_texts("of", list));
    let is = inner.need("is");
    let kind = kind(&inner);
    if let GroupKind::Count { at_least: None, at_most: None } = kind {
        inner.problems.add(
            Diagnostic::error("missing-key", "count lacks at-least or at-most").at(inner.span()),
        );
    }
    let aim = is.and_then(|value| aim(&inner, "is", value, None));
    let span = inner.span();
    inner.done();
    let of = of?;
    if of.is_empty() {
        table.problems.add(
            Diagnostic::error("empty-group", format!("{key} names no question in of"))
                .at(value.span()),
        );
        return None;
    }
    if of.len() > MOST_OF {
        let message = format!("{key} names {} questions; at most {MOST_OF} are possible", of.len());
        table.problems.add(Diagnostic::error("too-many", message).at(of[MOST_OF].span.clone()));
        return None;
    }
    Some(Group { kind, of, aim: aim?, span })
}

fn aim<'t>(
    table: &Table<'t>,
    key: &str,
    value: Value<'t>,
    subject: Option<&At<String>>,
) -> Option<Aim> {
    if let DeValue::Integer(_) = value.get_ref() {
        let n = table.as_integer(key, value)?;
        return Some(Aim::Amount(Amount {
            least: Some(n.value),
            most: Some(n.value),
            span: n.span,
        }));
    }
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let codes = table.as_one_or_more(key, value);
        if codes.is_empty() && matches!(value.get_ref(), DeValue::Array(list) if list.is_empty()) {
            table.problems.add(
                Diagnostic::error("empty-group", format!("{key} names no answer")).at(value.span()),
            );
        }
        return (!codes.is_empty()).then_some(Aim::Codes(codes));
    }
    let inner = table.as_table(key, key, value)?;
    if let (Some(subject), [(name, _)]) = (subject, inner.entries())
        && !inner.is_braced()
    {
        // 20.A2 = "no" without quotation marks is a table 20 with a key A2.
        let whole = format!("{}.{}", subject.value, name.get_ref());
        table.problems.add(
            Diagnostic::error("unquoted-id", format!("{whole} must stand in quotation marks"))
                .at(subject.span.start..name.span().end)
                .help(format!("write \"{whole}\"")),
        );
        return None;
    }
    if let Some(compared) = compared(&inner) {
        return compared.map(|(order, other)| Aim::Compare { order, other });
    }
    let nothing = inner.flag("nothing-ticked");
    let something = inner.flag("something-ticked");
    let equals = inner.integer("equals").map(|n| n.value);
    let least = inner.integer("at-least").map(|n| n.value);
    let most = inner.integer("at-most").map(|n| n.value);
    for key in ["more-than", "less-than"] {
        if let Some(number) = inner.integer(key) {
            let help = "write at-least or at-most with a number; more-than and less-than \
                        compare with a question";
            inner.problems.add(
                Diagnostic::error("bad-test", format!("{key} can't have a number"))
                    .at(number.span)
                    .help(help),
            );
        }
    }
    let span = inner.span();
    let errors = inner.problems.errors();
    let problems = inner.problems;
    inner.done();
    if problems.errors() > errors {
        return None;
    }
    if let (Some(true), None, None, None, None) = (something, nothing, equals, least, most) {
        return Some(Aim::SomethingTicked(span));
    }
    match (nothing.or(something.map(|_| false)), equals, least, most) {
        (Some(true), None, None, None) => Some(Aim::NothingTicked(span)),
        (None, Some(n), None, None) => {
            Some(Aim::Amount(Amount { least: Some(n), most: Some(n), span }))
        }
        (None, None, None, None) | (Some(_), ..) | (_, Some(_), ..) => {
            problems.add(
                Diagnostic::error("bad-test", format!("{key} can't be tested like this"))
                    .at(span)
                    .help("write { nothing-ticked = true }, { something-ticked = true }, { equals = 0 }, or { at-least = 1, at-most = 3 }"),
            );
            None
        }
        (None, None, least, most) => Some(Aim::Amount(Amount { least, most, span })),
    }
}

/// Keys that compare with a number, or with a question by its id.
const ORDERS: [(&str, Order); 5] = [
    ("equals", Order::Equal),
    ("at-least", Order::AtLeast),
    ("at-most", Order::AtMost),
    ("more-than", Order::More),
    ("less-than", Order::Less),
];

/// `{ at-most = "months-due" }`: a comparison with another question. None where no key names
/// a question; `Some(None)` where it can't be read.
fn compared<'t>(table: &Table<'t>) -> Option<Option<(Order, At<String>)>> {
    let named = |(key, order): &(&'static str, Order)| {
        let value = table.get(key)?;
        value.get_ref().as_str().is_some().then_some((*key, *order, value))
    };
    let (key, order, value) = ORDERS.iter().find_map(named)?;
    let other = table.as_text(key, value);
    if table.entries().len() > 1 {
        table.problems.add(
            Diagnostic::error("bad-test", "a question is compared with one other at a time")
                .at(table.span())
                .help("write all-of = [{ A = { at-least = \"B\" } }, { A = { at-most = \"C\" } }]"),
        );
        return Some(None);
    }
    Some(other.map(|other| (order, other)))
}
