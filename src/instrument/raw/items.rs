//! Items as written.

use std::ops::Range;

use toml::de::DeValue;

use super::condition::{self, Condition};
use super::questions::{self, Question, values};
use super::table::Table;
use super::{At, Problems};
use crate::diagnostic::Diagnostic;
use crate::instrument::{self, Rating, Strictness};

/// `[item.applies]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Applies {
    pub(in crate::instrument) case_types: Vec<(At<String>, instrument::Applies)>,
    pub(in crate::instrument) reasons: Option<At<String>>,
    pub(in crate::instrument) ask: Option<String>,
    pub(in crate::instrument) help: Vec<String>,
    pub(in crate::instrument) span: Range<usize>,
    /// All its entries could be read.
    pub(in crate::instrument) whole: bool,
}

/// `[[item.not-applicable]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct NotApplicable {
    pub(in crate::instrument) subject: At<String>,
    pub(in crate::instrument) when: Option<Condition>,
    pub(in crate::instrument) reasons: At<String>,
    pub(in crate::instrument) ask: Option<String>,
    pub(in crate::instrument) help: Vec<String>,
}

/// `[[item.rule]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Rule {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) say: String,
    pub(in crate::instrument) strictness: Strictness,
    pub(in crate::instrument) body: RuleBody,
}

/// What a rule demands.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum RuleBody {
    Implies { condition: Condition, then: Condition, exactly: bool },
    Forbid(Condition),
}

/// `[[item.row]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Row {
    pub(in crate::instrument) id: At<String>,
    /// None where it could not be read.
    pub(in crate::instrument) give: Option<Rating>,
    pub(in crate::instrument) say: Option<String>,
    pub(in crate::instrument) when: Condition,
}

/// An answer in a worked example.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum ExampleValue {
    Codes(Vec<At<String>>),
    Integer(At<i64>),
}

/// `[[item.example]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Example {
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) case_type: At<String>,
    pub(in crate::instrument) answers: Vec<(At<String>, ExampleValue)>,
    pub(in crate::instrument) expect: At<Rating>,
    /// Of a section: how many are met, of how many.
    pub(in crate::instrument) counts: Option<(At<i64>, At<i64>)>,
}

/// `[[item]]` or `[[item.sub-item]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Item {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) outcome: Option<At<String>>,
    pub(in crate::instrument) purpose: String,
    pub(in crate::instrument) applicability: String,
    pub(in crate::instrument) guidance: Vec<String>,
    pub(in crate::instrument) bar: Option<f64>,
    pub(in crate::instrument) pip: bool,
    pub(in crate::instrument) applies: Option<Applies>,
    pub(in crate::instrument) questions: Vec<Question>,
    pub(in crate::instrument) not_applicable: Vec<NotApplicable>,
    pub(in crate::instrument) rules: Vec<Rule>,
    pub(in crate::instrument) rows: Vec<Row>,
    pub(in crate::instrument) examples: Vec<Example>,
    pub(in crate::instrument) sub_items: Vec<Item>,
    /// All of it could be read: only then its table is worth proving.
    pub(in crate::instrument) whole: bool,
    /// Some question has no readable id: an unknown id may be that one.
    pub(in crate::instrument) lost_question: bool,
}

pub(super) const RATINGS: [(&str, Rating); 6] = [
    ("strength", Rating::Strength),
    ("ani", Rating::Ani),
    ("na", Rating::Na),
    ("incomplete", Rating::Incomplete),
    ("invalid", Rating::Invalid),
    ("complete", Rating::Complete),
];

/// Reads an item, or a sub-item with `sub`.
pub(super) fn item(table: Table<'_>, sub: bool) -> Option<Item> {
    let problems = table.problems;
    let before = problems.errors();
    let id = table.need_id("id");
    table.name(if sub { "sub-item" } else { "item" }, id.as_ref());
    let title = table.need_text("title");
    let purpose = table.text("purpose");
    let applicability = table.text("applicability");
    let guidance = values(table.texts("guidance"));
    let (outcome, bar) =
        if sub { (None, None) } else { (table.text("outcome"), table.proportion("bar")) };
    let pip = !sub && table.flag("pip").unwrap_or(false);
    if !sub && !table.has("applies") {
        table.missing("[item.applies]");
    }
    let applies = table
        .get("applies")
        .and_then(|value| table.as_table("applies", "[item.applies]", value))
        .map(applies);
    let written = table.tables("question", "question");
    let count = written.len();
    let questions: Vec<_> = written.into_iter().filter_map(questions::question).collect();
    let lost_question = questions.len() < count || problems.lost_table();
    let not_applicable =
        table.tables("not-applicable", "not-applicable").into_iter().filter_map(reason).collect();
    let rules: Vec<Rule> = table.tables("rule", "rule").into_iter().filter_map(rule).collect();
    let rows: Vec<Row> = table
        .tables("row", "row")
        .into_iter()
        .filter_map(|t| {
            let (id, give, say, when) = row(t, &RATINGS[..3])?;
            Some(Row { id, give, say, when })
        })
        .collect();
    let examples = table.tables("example", "example").into_iter().filter_map(example).collect();
    let sub_items: Vec<Item> = if sub {
        Vec::new()
    } else {
        table.tables("sub-item", "sub-item").into_iter().filter_map(|t| item(t, true)).collect()
    };
    few(&rules, "rules", problems, |rule: &Rule| &rule.id);
    few(&rows, "rows", problems, |row: &Row| &row.id);
    let unread = table.is_unread(if sub { "item.sub-item" } else { "item" });
    table.done();
    let whole = problems.errors() == before && !unread;
    Some(Item {
        id: id?,
        title: title.map(|t| t.value).unwrap_or_default(),
        outcome,
        purpose: purpose.map(|t| t.value).unwrap_or_default(),
        applicability: applicability.map(|t| t.value).unwrap_or_default(),
        guidance,
        bar,
        pip,
        applies,
        questions,
        not_applicable,
        rules,
        rows,
        examples,
        sub_items,
        whole,
        lost_question,
    })
}

/// Rows of one table, and rules of one item: nobody signs off more.
const MOST: usize = 200;

pub(super) fn few<T>(list: &[T], what: &str, problems: &Problems, id: impl Fn(&T) -> &At<String>) {
    if let Some(one) = list.get(MOST) {
        let message = format!("there are {} {what} here; at most {MOST} are possible", list.len());
        let problem = Diagnostic::error("too-many", message).at(id(one).span.clone());
        problems.add(problem.help("split the item into sub-items"));
    }
}

fn applies(table: Table<'_>) -> Applies {
    let reasons = table.text("reasons");
    let ask = table.text("ask").map(|t| t.value);
    let help = values(table.texts("help"));
    let words = [
        ("ask", instrument::Applies::Ask),
        ("always", instrument::Applies::Always),
        ("never", instrument::Applies::Never),
    ];
    let mut case_types = Vec::new();
    let mut whole = true;
    for (key, value) in table.entries() {
        let code = key.get_ref().to_string();
        if ["reasons", "ask", "help"].contains(&code.as_str()) {
            continue;
        }
        match table.as_word(&code, value, &words) {
            Some(word) => case_types.push((At { value: code, span: key.span() }, word.value)),
            None => whole = false,
        }
    }
    let whole = whole && !table.problems.is_unread(&table.region());
    Applies { case_types, reasons, ask, help, span: table.span(), whole }
}

fn reason(table: Table<'_>) -> Option<NotApplicable> {
    let subject = table.need_id("for");
    let when = condition::read(&table, "when");
    let readable = when.is_some() || !table.has("when");
    let reasons = table.need_text("reasons");
    let ask = table.text("ask").map(|t| t.value);
    let help = values(table.texts("help"));
    table.done();
    readable.then_some(())?;
    Some(NotApplicable { subject: subject?, when, reasons: reasons?, ask, help })
}

fn rule(table: Table<'_>) -> Option<Rule> {
    let id = table.need_id("id");
    table.name("rule", id.as_ref());
    let say = table.need_text("say");
    let strictness = table
        .word("strength", &[("hard", Strictness::Hard), ("explain", Strictness::Explain)])
        .map_or(Strictness::Hard, |word| word.value);
    let body = if table.has("forbid") {
        condition::need(&table, "forbid").map(RuleBody::Forbid)
    } else if table.has("if") || table.has("then") {
        let condition = condition::need(&table, "if");
        let then = condition::need(&table, "then");
        let exactly = table.flag("exactly").unwrap_or(false);
        condition.zip(then).map(|(condition, then)| RuleBody::Implies { condition, then, exactly })
    } else {
        for key in ["if", "then", "exactly", "forbid"] {
            table.get(key);
        }
        table.missing("if and then, or forbid");
        None
    };
    table.done();
    Some(Rule { id: id?, say: say.map(|t| t.value).unwrap_or_default(), strictness, body: body? })
}

pub(super) type ReadRow<T> = (At<String>, Option<T>, Option<String>, Condition);

pub(super) fn row<T: Copy>(table: Table<'_>, ratings: &[(&str, T)]) -> Option<ReadRow<T>> {
    let id = table.need_id("id");
    table.name("row", id.as_ref());
    let give = table.need("give").and_then(|value| table.as_word("give", value, ratings));
    let say = table.text("say").map(|t| t.value);
    let when = condition::need(&table, "when");
    let span = table.span();
    table.done();
    let id = id.unwrap_or(At { value: String::new(), span });
    Some((id, give.map(|word| word.value), say, when?))
}

pub(super) fn answers(
    table: &Table<'_>,
    key: &'static str,
) -> Option<Vec<(At<String>, ExampleValue)>> {
    let inner = table.get(key).and_then(|value| table.as_table(key, key, value))?;
    let mut read = Vec::new();
    for (name, value) in inner.entries() {
        let id = At { value: name.get_ref().to_string(), span: name.span() };
        if let DeValue::Table(nested) = value.get_ref()
            && let Some((second, _)) = nested.iter().next()
        {
            let whole = format!("{}.{}", id.value, second.get_ref());
            table.problems.add(
                Diagnostic::error("unquoted-id", format!("{whole} must stand in quotation marks"))
                    .at(id.span.start..second.span().end)
                    .help(format!("write \"{whole}\"")),
            );
            continue;
        }
        if let DeValue::Integer(_) = value.get_ref() {
            read.extend(inner.as_integer(&id.value, value).map(|n| (id, ExampleValue::Integer(n))));
        } else {
            let codes = inner.as_one_or_more(&id.value, value);
            read.push((id, ExampleValue::Codes(codes)));
        }
    }
    Some(read)
}

fn example(table: Table<'_>) -> Option<Example> {
    let title = table.need_text("title");
    let case_type = table.need_text("case-type");
    let answers = answers(&table, "answers");
    if !table.has("answers") {
        table.missing("answers");
    }
    let expect = table.need("expect").and_then(|value| table.as_word("expect", value, &RATINGS));
    let counts = match (table.integer("met"), table.integer("of")) {
        (Some(met), Some(of)) => Some((met, of)),
        (None, None) => None,
        _ => {
            table.missing("met and of");
            None
        }
    };
    table.done();
    Some(Example {
        title: title.map(|t| t.value).unwrap_or_default(),
        case_type: case_type?,
        answers: answers?,
        expect: expect?,
        counts,
    })
}
