//! Columns, counts and rules of the face sheet as written.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::At;
use super::condition::{self, Condition};
use super::questions::{self, Question, values};
use super::table::Table;
use crate::diagnostic::Diagnostic;

/// Rows of a table, those with some codes only.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct RowsOf {
    pub(in crate::instrument) table: At<String>,
    pub(in crate::instrument) matching: Vec<(At<String>, Vec<At<String>>)>,
}

/// `counted-from`.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum CountedFrom {
    Rows { rows: RowsOf, months_of: Option<At<String>> },
    MonthsBetween { from: Vec<At<String>>, until: Vec<At<String>> },
}

/// What a rule of the face sheet demands.
#[derive(Debug, Clone)]
pub(in crate::instrument) enum FaceDemand {
    Order(Vec<At<String>>),
    Rows { rows: RowsOf, least: Option<i64>, most: Option<i64>, span: Range<usize> },
    Holds(Condition),
    Forbid(Condition),
}

/// `[[face-rule]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct FaceRule {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) say: String,
    pub(in crate::instrument) when: Option<Condition>,
    pub(in crate::instrument) demand: FaceDemand,
}

/// Reads a column: a question of fewer keys, with its title for the words asked.
pub(super) fn column(table: Table<'_>) -> Option<Question> {
    let id = table.need_id("id");
    table.name("column", id.as_ref());
    let title = table.need_text("title");
    let help = values(table.texts("help"));
    let kind = questions::kind(&table, false);
    let options = questions::options(&table, kind);
    let (least, most) = questions::bounds(&table, kind);
    let ask_when = condition::read(&table, "ask-when");
    let required = table.flag("required");
    let identifying = table.flag("identifying").unwrap_or(false);
    table.done();
    let mut column = Question::new(id?);
    column.ask = title.map(|t| t.value).unwrap_or_default();
    column.help = help;
    column.kind = kind;
    column.options = options;
    (column.least, column.most) = (least, most);
    column.ask_when = ask_when;
    column.required = required;
    column.identifying = identifying;
    Some(column)
}

fn rows_of(table: &Table<'_>, key: &'static str) -> Option<RowsOf> {
    let named = table.need_text(key);
    let matching = table.get("where").and_then(|value| table.as_table("where", "where", value));
    let matching = matching.map_or_else(Vec::new, |inner| {
        let entries = inner.entries().iter();
        entries
            .map(|(name, value)| {
                let id = At { value: name.get_ref().to_string(), span: name.span() };
                let codes = inner.as_one_or_more(&id.value, value);
                (id, codes)
            })
            .collect()
    });
    Some(RowsOf { table: named?, matching })
}

/// Reads `counted-from`.
pub(super) fn counted_from(table: &Table<'_>) -> Option<CountedFrom> {
    let value = table.get("counted-from")?;
    let inner = table.as_table("counted-from", "counted-from", value)?;
    let found = match inner.get("months-between") {
        Some(value) => months_between(&inner, value),
        None => {
            let months_of = inner.text("months-of");
            rows_of(&inner, "table").map(|rows| CountedFrom::Rows { rows, months_of })
        }
    };
    inner.done();
    found
}

fn months_between<'t>(table: &Table<'t>, value: &'t Spanned<DeValue<'t>>) -> Option<CountedFrom> {
    let ends: Vec<Vec<At<String>>> = match value.get_ref() {
        DeValue::Array(list) => {
            list.iter().map(|end| table.as_one_or_more("months-between", end)).collect()
        }
        _ => Vec::new(),
    };
    match <[Vec<At<String>>; 2]>::try_from(ends) {
        Ok([from, until]) => Some(CountedFrom::MonthsBetween { from, until }),
        Err(_) => {
            table.problems.add(
                Diagnostic::error("wrong-type", "months-between takes two days")
                    .at(value.span())
                    .help("write [\"face.entered\", [\"face.discharged\", \"pur-end\"]]: a list means the first that is known"),
            );
            None
        }
    }
}

/// Reads a rule of the face sheet.
pub(super) fn face_rule(table: Table<'_>) -> Option<FaceRule> {
    let id = table.need_id("id");
    table.name("face-rule", id.as_ref());
    let say = table.need_text("say");
    let when = condition::read(&table, "if");
    let readable = when.is_some() || !table.has("if");
    let demand = if table.has("order") {
        Some(FaceDemand::Order(table.texts("order")))
    } else if table.has("rows") {
        table.get("rows").and_then(|value| rows(&table, value))
    } else if table.has("forbid") {
        condition::need(&table, "forbid").map(FaceDemand::Forbid)
    } else if let Some(value) = table.get("then") {
        let inner = table.as_table("then", "then", value);
        match inner.as_ref().and_then(|inner| inner.get("rows")) {
            Some(value) => inner.and_then(|inner| rows(&inner, value)),
            None => condition::need(&table, "then").map(FaceDemand::Holds),
        }
    } else {
        for key in ["order", "rows", "forbid"] {
            table.get(key);
        }
        table.missing("order, rows, forbid or then");
        None
    };
    table.done();
    readable.then_some(())?;
    Some(FaceRule { id: id?, say: say.map(|t| t.value).unwrap_or_default(), when, demand: demand? })
}

fn rows<'t>(table: &Table<'t>, value: &'t Spanned<DeValue<'t>>) -> Option<FaceDemand> {
    let inner = table.as_table("rows", "rows", value)?;
    let rows = rows_of(&inner, "of");
    let equals = inner.integer("equals").map(|n| n.value);
    let least = inner.integer("at-least").map(|n| n.value).or(equals);
    let most = inner.integer("at-most").map(|n| n.value).or(equals);
    let span = inner.span();
    if least.is_none() && most.is_none() {
        inner.missing("equals, at-least or at-most");
    }
    inner.done();
    Some(FaceDemand::Rows { rows: rows?, least, most, span })
}
