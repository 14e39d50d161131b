//! Options and questions as written.

use std::ops::Range;

use toml::de::DeValue;

use super::At;
use super::condition::{self, Condition};
use super::table::Table;

/// An option of a choice or checklist, or a reason.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Choice {
    pub(in crate::instrument) code: At<String>,
    /// Absent for a bare `"yes"`, `"no"`, `"na"`.
    pub(in crate::instrument) title: Option<String>,
    pub(in crate::instrument) note: Option<String>,
    pub(in crate::instrument) text: bool,
    pub(in crate::instrument) case_types: Option<Vec<At<String>>>,
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
}

/// When a narrative is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::instrument) enum Narrative {
    Never,
    OnNo,
    OnYes,
    Always,
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
    pub(in crate::instrument) span: Range<usize>,
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
    table.done();
    Some(Choice { code: code?, title: Some(title?.value), note, text, case_types })
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
    let kind = table
        .word(
            "kind",
            &[
                ("choice", Kind::Choice),
                ("checklist", Kind::Checklist),
                ("text", Kind::Text),
                ("date", Kind::Date),
                ("integer", Kind::Integer),
            ],
        )
        .map_or(Kind::Choice, |kind| kind.value);
    let options = options(&table, kind);
    let (least, most) = if kind == Kind::Integer {
        let bounds = (table.integer("least"), table.integer("most"));
        for key in ["least", "most"] {
            if !table.has(key) {
                table.missing(key);
            }
        }
        bounds
    } else {
        (None, None)
    };
    let narrative = table.word(
        "narrative",
        &[
            ("never", Narrative::Never),
            ("on-no", Narrative::OnNo),
            ("on-yes", Narrative::OnYes),
            ("always", Narrative::Always),
        ],
    );
    let ask_when = condition::read(&table, "ask-when");
    let required = table.flag("required");
    let identifying = table.flag("identifying").unwrap_or(false);
    let from_frame = table.text("from-frame").map(|t| t.value);
    let span = table.span();
    table.done();
    Some(Question {
        span: id.as_ref().map_or(span, |id| id.span.clone()),
        id: id?,
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
    })
}

fn options(table: &Table<'_>, kind: Kind) -> Option<Options> {
    let key = match kind {
        Kind::Choice => "answers",
        Kind::Checklist => "options",
        Kind::Text | Kind::Date | Kind::Integer => return None,
    };
    if let Some(scale) = table.text("scale") {
        return Some(Options::Scale(scale));
    }
    let span = table.get(key).map_or_else(|| table.span(), toml::Spanned::span);
    choices(table, key).map(|(choices, whole)| Options::Inline { choices, whole, span })
}
