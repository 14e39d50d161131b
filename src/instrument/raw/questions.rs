//! Options and questions as written.

use std::ops::Range;

use toml::de::DeValue;

use super::At;
use super::condition::{self, Condition};
use super::rows::{self, CountedFrom};
use super::table::Table;
use crate::instrument::{Counts, Moment};

/// An option of a choice or checklist, or a reason.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Choice {
    pub(in crate::instrument) code: At<String>,
    /// Absent for a bare `"yes"`, `"no"`, `"na"`.
    pub(in crate::instrument) title: Option<String>,
    pub(in crate::instrument) note: Option<String>,
    pub(in crate::instrument) text: bool,
    pub(in crate::instrument) case_types: Option<Vec<At<String>>>,
    pub(in crate::instrument) counts: Option<Counts>,
}

/// Where a question's options come from.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum Options {
    /// Written with the question; `whole` when all could be read.
    Inline { choices: Vec<Choice>, whole: bool, span: Range<usize> },
    /// A named scale.
    Scale(At<String>),
}

/// The kind of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::instrument) enum Kind {
    Choice,
    Checklist,
    Text,
    Date,
    Integer,
    Table,
}

/// When a narrative is asked for.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum Narrative {
    Never,
    OnNo,
    OnYes,
    Always,
    Codes(Vec<At<String>>),
}

/// A question.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Question {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) part: Option<At<String>>,
    pub(in crate::instrument) ask: String,
    pub(in crate::instrument) help: Vec<String>,
    pub(in crate::instrument) see: Vec<At<String>>,
    pub(in crate::instrument) kind: Kind,
    pub(in crate::instrument) options: Option<Options>,
    pub(in crate::instrument) least: Option<At<i64>>,
    pub(in crate::instrument) most: Option<At<i64>>,
    pub(in crate::instrument) narrative: Option<At<Narrative>>,
    pub(in crate::instrument) ask_when: Option<Condition>,
    pub(in crate::instrument) required: Option<bool>,
    pub(in crate::instrument) identifying: bool,
    pub(in crate::instrument) from_frame: Option<String>,
    pub(in crate::instrument) one_line: bool,
    /// The columns of a table; none of another kind.
    pub(in crate::instrument) columns: Vec<Question>,
    pub(in crate::instrument) needed: bool,
    pub(in crate::instrument) counted: Option<bool>,
    pub(in crate::instrument) counted_from: Option<CountedFrom>,
    pub(in crate::instrument) from_answer: Option<At<String>>,
    pub(in crate::instrument) from_review: Option<Moment>,
    pub(in crate::instrument) span: Range<usize>,
}

impl Question {
    /// A question of which only the id is known yet.
    pub(super) fn new(id: At<String>) -> Self {
        Self {
            span: id.span.clone(),
            id,
            part: None,
            ask: String::new(),
            help: Vec::new(),
            see: Vec::new(),
            kind: Kind::Choice,
            options: None,
            least: None,
            most: None,
            narrative: None,
            ask_when: None,
            required: None,
            identifying: false,
            from_frame: None,
            one_line: false,
            columns: Vec::new(),
            needed: true,
            counted: None,
            counted_from: None,
            from_answer: None,
            from_review: None,
        }
    }
}

pub(super) fn values(texts: Vec<At<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// Reads a table of an option; takes `code` to mean what it says.
pub(super) fn choice(table: Table<'_>) -> Option<Choice> {
    let code = table.need_id("code");
    table.name("option", code.as_ref());
    let title = table.need_text("title");
    let note = table.text("note").map(|t| t.value);
    let text = table.flag("text").unwrap_or(false);
    let case_types = table.has("case-types").then(|| table.texts("case-types"));
    table.get("case-types");
    let words = [
        ("met", Counts::Met),
        ("not-met", Counts::NotMet),
        ("not-applicable", Counts::NotApplicable),
    ];
    let counts = table.word("counts", &words).map(|word| word.value);
    table.done();
    Some(Choice { code: code?, title: Some(title?.value), note, text, case_types, counts })
}

/// Reads a list of options; the flag says whether all could be read.
pub(super) fn choices(table: &Table<'_>, key: &'static str) -> Option<(Vec<Choice>, bool)> {
    let value = table.need(key)?;
    let DeValue::Array(list) = value.get_ref() else {
        table.wrong_type(key, "a list", value);
        return None;
    };
    let mut read = Vec::new();
    for entry in list.iter() {
        let one = match entry.get_ref() {
            DeValue::String(_) => table.as_text(key, entry).map(|code| Choice {
                code,
                title: None,
                note: None,
                text: false,
                case_types: None,
                counts: None,
            }),
            _ => table.as_table(key, "option", entry).and_then(choice),
        };
        read.extend(one);
    }
    let whole = read.len() == list.len();
    Some((read, whole))
}

/// Reads a question.
pub(super) fn question(table: Table<'_>) -> Option<Question> {
    let id = table.need_id("id");
    table.name("question", id.as_ref());
    let part = table.text("part");
    let ask = table.need_text("ask");
    let help = values(table.texts("help"));
    let see = table.texts("see");
    let kind = kind(&table, true);
    let options = options(&table, kind);
    let (least, most) = bounds(&table, kind);
    let narrative = narrative(&table);
    let ask_when = condition::read(&table, "ask-when");
    let required = table.flag("required");
    let identifying = table.flag("identifying").unwrap_or(false);
    let from_frame = table.text("from-frame").map(|t| t.value);
    let one_line = kind == Kind::Text && table.flag("one-line").unwrap_or(false);
    let needed = table.flag("needed").unwrap_or(true);
    let counted = table.flag("counted");
    let counted_from = if kind == Kind::Integer { rows::counted_from(&table) } else { None };
    let from_answer = table.text("from-answer");
    let from_review = table
        .word("from-review", &[("first-submission", Moment::FirstSubmission)])
        .map(|word| word.value);
    let mut columns = Vec::new();
    if kind == Kind::Table {
        let written = table.tables("column", "column");
        if written.is_empty() {
            table.missing("[[column]] tables");
        }
        columns.extend(written.into_iter().filter_map(rows::column));
    }
    table.done();
    Some(Question {
        part,
        ask: ask.map(|t| t.value).unwrap_or_default(),
        help,
        see,
        kind,
        options,
        least,
        most,
        narrative,
        ask_when,
        required,
        identifying,
        from_frame,
        one_line,
        columns,
        needed,
        counted,
        counted_from,
        from_answer,
        from_review,
        ..Question::new(id?)
    })
}

/// The kind of a question, or of a column, which is never a table itself.
pub(super) fn kind(table: &Table<'_>, tables: bool) -> Kind {
    let words = [
        ("choice", Kind::Choice),
        ("checklist", Kind::Checklist),
        ("text", Kind::Text),
        ("date", Kind::Date),
        ("integer", Kind::Integer),
        ("table", Kind::Table),
    ];
    let words = if tables { &words[..] } else { &words[..5] };
    table.word("kind", words).map_or(Kind::Choice, |kind| kind.value)
}

/// `least` and `most`: both needed of an integer, `most` of a table, none of a checklist.
pub(super) fn bounds(table: &Table<'_>, kind: Kind) -> (Option<At<i64>>, Option<At<i64>>) {
    let needed: &[&str] = match kind {
        Kind::Integer => &["least", "most"],
        Kind::Table => &["most"],
        Kind::Checklist => &[],
        Kind::Choice | Kind::Text | Kind::Date => return (None, None),
    };
    let bounds = (table.integer("least"), table.integer("most"));
    for key in needed {
        if !table.has(key) {
            table.missing(key);
        }
    }
    bounds
}

fn narrative(table: &Table<'_>) -> Option<At<Narrative>> {
    let value = table.get("narrative")?;
    if let DeValue::Array(_) = value.get_ref() {
        let codes = table.as_texts("narrative", value);
        return Some(At { value: Narrative::Codes(codes), span: value.span() });
    }
    let words = ["never", "on-no", "on-yes", "always"].map(|word| (word, word));
    let word = table.as_word("narrative", value, &words)?;
    let value = match word.value {
        "on-no" => Narrative::OnNo,
        "on-yes" => Narrative::OnYes,
        "always" => Narrative::Always,
        _ => Narrative::Never,
    };
    Some(At { value, span: word.span })
}

/// The options of a choice or checklist; no other kind has any.
pub(super) fn options(table: &Table<'_>, kind: Kind) -> Option<Options> {
    let key = match kind {
        Kind::Choice => "answers",
        Kind::Checklist => "options",
        Kind::Text | Kind::Date | Kind::Integer | Kind::Table => return None,
    };
    if let Some(scale) = table.text("scale") {
        return Some(Options::Scale(scale));
    }
    let span = table.get(key).map_or_else(|| table.span(), toml::Spanned::span);
    choices(table, key).map(|(choices, whole)| Options::Inline { choices, whole, span })
}
