//! Answers as files write them: codes joined by `;`, ISO dates, whole numbers, text.

use chrono::NaiveDate;

use crate::instrument::{CaseTypeIx, Choice, CodeSet, Kind, Question};
use crate::text::{count, did_you_mean, list_or};

use super::{Value, rows};

/// Why a text is not an answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// What is wrong: one line, lower-case start.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl std::fmt::Display for BadValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.help {
            Some(help) => write!(f, "{}; {help}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Reads an answer as [`write_value`] writes it, for a case of the type.
///
/// # Errors
/// One line that says what is wrong and what the question takes.
pub fn read_value(question: &Question, case_type: CaseTypeIx, text: &str) -> Result<Value, String> {
    parse_value(question, Some(case_type), text).map_err(|bad| bad.to_string())
}

/// Like [`read_value`], with message and hint apart. Without a case type every option is
/// taken.
///
/// # Errors
/// [`BadValue`] when the text is no answer to the question.
pub fn parse_value(
    question: &Question,
    case_type: Option<CaseTypeIx>,
    text: &str,
) -> Result<Value, BadValue> {
    if let Kind::Table { .. } = question.kind() {
        return rows::parse(question, case_type, text).map(Value::Rows);
    }
    parse_kind(question.id(), question.kind(), question.ticks(), case_type, text)
}

/// Reads an answer of some kind, but for rows; `id` is the question's or the cell's.
pub(super) fn parse_kind(
    id: &str,
    kind: &Kind,
    ticks: (usize, usize),
    case_type: Option<CaseTypeIx>,
    text: &str,
) -> Result<Value, BadValue> {
    if text.is_empty() && !matches!(kind, Kind::Checklist(_)) {
        return Err(BadValue {
            message: format!("the answer to {id} is empty"),
            help: Some("leave the row out while the question is unanswered".to_owned()),
        });
    }
    match kind {
        Kind::Choice(options) => code(id, options, case_type, text).map(Value::Codes),
        Kind::Checklist(options) => {
            let mut ticked = CodeSet::EMPTY;
            for part in text.split(';').map(str::trim).filter(|_| !text.is_empty()) {
                let one = code(id, options, case_type, part)?;
                if ticked.meets(one) {
                    return Err(BadValue {
                        message: format!("{part} is ticked twice in {id}"),
                        help: None,
                    });
                }
                ticked = ticked.with(one);
            }
            let (least, most) = ticks;
            if !(least..=most).contains(&ticked.len()) {
                let most = most.min(options.len());
                return Err(BadValue {
                    message: format!("{} of {id} are ticked", ticked.len()),
                    help: Some(if least == most {
                        format!("tick {least}")
                    } else {
                        format!("tick {least} to {most}")
                    }),
                });
            }
            Ok(Value::Codes(ticked))
        }
        // Rows stand in no cell.
        Kind::Table { .. } | Kind::Text => Ok(Value::Text(text.to_owned())),
        Kind::Date => date(text).map(Value::Date).ok_or_else(|| BadValue {
            message: format!("\"{text}\" is not a date, which {id} takes"),
            help: Some("write year-month-day, such as 2026-04-30".to_owned()),
        }),
        Kind::Integer { least, most } => match text.parse::<i64>() {
            Ok(number) if (*least..=*most).contains(&number) => Ok(Value::Integer(number)),
            _ => Err(BadValue {
                message: format!("\"{text}\" is not a number that {id} takes"),
                help: Some(format!("give a whole number from {least} to {most}")),
            }),
        },
    }
}

/// Writes an answer as files hold it; a checklist with nothing ticked is the empty text.
pub fn write_value(question: &Question, value: &Value) -> String {
    match value {
        Value::Rows(rows) => rows::write(rows),
        value => write_kind(question.kind(), value),
    }
}

/// Writes an answer of some kind, but for rows.
pub(super) fn write_kind(kind: &Kind, value: &Value) -> String {
    match (value, kind) {
        (Value::Codes(codes), Kind::Choice(options) | Kind::Checklist(options)) => {
            let codes: Vec<&str> = codes.positions().map(|p| options[p].code.as_str()).collect();
            codes.join(";")
        }
        (Value::Text(text), _) => text.clone(),
        (Value::Date(day), _) => day.format("%Y-%m-%d").to_string(),
        (Value::Integer(number), _) => number.to_string(),
        // Codes without options, and rows inside of a cell: there are none.
        (Value::Codes(_) | Value::Rows(_), _) => String::new(),
    }
}

/// The option with this code, if it is offered.
fn code(
    id: &str,
    options: &[Choice],
    case_type: Option<CaseTypeIx>,
    text: &str,
) -> Result<CodeSet, BadValue> {
    let offered = |option: &Choice| case_type.is_none_or(|of| option.case_types.has(of));
    match options.iter().position(|option| option.code == text) {
        Some(position) if offered(&options[position]) => Ok(CodeSet::one(position)),
        known => {
            let codes: Vec<&str> =
                options.iter().filter(|o| offered(o)).map(|o| o.code.as_str()).collect();
            let message = if known.is_some() {
                format!("{text} is not offered to this case type in {id}")
            } else {
                format!("\"{text}\" is not an answer to {id}")
            };
            let help = match did_you_mean(text, codes.iter().copied()) {
                Some(near) if known.is_none() => format!("did you mean {near}?"),
                _ => format!("it takes {}", list_or(&codes)),
            };
            Err(BadValue { message, help: Some(help) })
        }
    }
}

/// A day written `2026-04-30`, every digit there.
fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shape { text.parse().ok() } else { None }
}

/// An answer in words for a person: titles of options, else as written.
pub fn value_words(question: &Question, value: &Value) -> String {
    match value {
        Value::Codes(codes) if codes.is_empty() => "none of these".to_owned(),
        Value::Codes(codes) => {
            let titles: Vec<&str> = codes
                .positions()
                .filter_map(|at| question.options().get(at))
                .map(|choice| choice.title.as_str())
                .collect();
            titles.join(", ")
        }
        Value::Rows(rows) => count(rows.len(), "row", "rows"),
        value => write_value(question, value),
    }
}
