//! What a question takes for an answer.

use std::ops::Range;

use super::names::{Names, unique};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, Entry, Narrative, Options, Problems};
use crate::instrument::{CaseTypeSet, Choice, CodeSet, Column, Kind};

/// Options are bits of a set.
const MOST_OPTIONS: usize = 64;

/// The usual answers, which need no title in the file.
const USUAL: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("na", "Not applicable")];

/// Options as the file writes them.
pub(super) fn choices(
    written: &[raw::Choice],
    names: &Names<'_>,
    problems: &Problems,
) -> Vec<Choice> {
    unique("option", &written.iter().map(|choice| &choice.code).collect::<Vec<_>>(), problems);
    if let Some(choice) = written.get(MOST_OPTIONS) {
        problems.add(
            Diagnostic::error(
                "too-many",
                format!(
                    "a list has {} options; at most {MOST_OPTIONS} are possible",
                    written.len()
                ),
            )
            .at(choice.code.span.clone()),
        );
    }
    written
        .iter()
        .take(MOST_OPTIONS)
        .filter_map(|choice| {
            let code = &choice.code;
            let usual = USUAL.iter().find(|(usual, _)| *usual == code.value);
            let title = match (&choice.title, usual) {
                (Some(title), _) => title.clone(),
                (None, Some((_, title))) => (*title).to_owned(),
                (None, None) => {
                    problems.add(
                        Diagnostic::error(
                            "untitled-answer",
                            format!("answer {:?} has no title", code.value),
                        )
                        .at(code.span.clone())
                        .help("only \"yes\", \"no\" and \"na\" stand alone")
                        .help(format!("write {{ code = \"{}\", title = \"...\" }}", code.value)),
                    );
                    return None;
                }
            };
            let case_types = names.case_type_set(choice.case_types.as_deref(), problems);
            Some(Choice {
                code: code.value.clone(),
                title,
                note: choice.note.clone(),
                needs_text: choice.text,
                case_types: case_types.unwrap_or(CaseTypeSet::ALL),
                counts: choice.counts,
            })
        })
        .collect()
}

/// Yes and no, in this order: the options of a generated applies question.
pub(super) fn yes_no() -> Kind {
    let option = |(code, title): (&str, &str)| Choice {
        code: code.to_owned(),
        title: title.to_owned(),
        note: None,
        needs_text: false,
        case_types: CaseTypeSet::ALL,
        counts: None,
    };
    Kind::Choice(USUAL.into_iter().take(2).map(option).collect())
}

/// The kind of a written question; a question whose options can't be read gets none, and
/// conditions on it are not judged.
pub(super) fn kind(question: &raw::Question, names: &Names<'_>, problems: &Problems) -> Kind {
    let options = match &question.options {
        Some(Options::Inline { choices: written, whole, span }) => {
            let built = choices(written, names, problems);
            if written.is_empty() && *whole {
                problems.add(
                    Diagnostic::error(
                        "no-options",
                        format!("question {} has no options", question.id.value),
                    )
                    .at(span.clone()),
                );
            }
            if *whole && built.len() == written.len() { built } else { Vec::new() }
        }
        Some(Options::Scale(name)) => match names.scale(name, problems) {
            Some(scale) => {
                // The scale's own mistakes are told once, where it stands.
                let built = choices(&scale.choices, names, &Problems::default());
                if scale.whole && built.len() == scale.choices.len() { built } else { Vec::new() }
            }
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    match question.kind {
        raw::Kind::Choice => Kind::Choice(options),
        raw::Kind::Checklist => Kind::Checklist(options),
        raw::Kind::Text => Kind::Text,
        raw::Kind::Date => Kind::Date,
        raw::Kind::Integer => {
            let least = question.least.as_ref().map_or(0, |n| n.value);
            let most = question.most.as_ref().map_or(i64::MAX, |n| n.value);
            if least > most {
                let span = question.most.as_ref().map_or(0..0, |n| n.span.clone());
                problems.add(
                    Diagnostic::error(
                        "bad-bounds",
                        format!(
                            "question {} takes no number: {least} to {most}",
                            question.id.value
                        ),
                    )
                    .at(span),
                );
            }
            Kind::Integer { least, most: most.max(least) }
        }
        raw::Kind::Table => table(question, names, problems),
    }
}

/// More columns than any form has, and more rows than anyone fills in.
const MOST_COLUMNS: usize = 24;
const MOST_ROWS: i64 = 1_000;

fn table(question: &raw::Question, names: &Names<'_>, problems: &Problems) -> Kind {
    let least = question.least.as_ref().map_or(0, |n| n.value);
    let most = question.most.as_ref().map_or(MOST_ROWS, |n| n.value);
    if !(0 <= least && least <= most && (1..=MOST_ROWS).contains(&most)) {
        let span = question.most.as_ref().map_or(question.span.clone(), |n| n.span.clone());
        let message = format!("table {} takes {least} to {most} rows", question.id.value);
        problems.add(
            Diagnostic::error("bad-bounds", message)
                .at(span)
                .help(format!("least is 0 or more, most is at least that and at most {MOST_ROWS}")),
        );
    }
    unique("column", &question.columns.iter().map(|c| &c.id).collect::<Vec<_>>(), problems);
    if let Some(column) = question.columns.get(MOST_COLUMNS) {
        let message = format!(
            "table {} has {} columns; at most {MOST_COLUMNS} are possible",
            question.id.value,
            question.columns.len()
        );
        problems.add(Diagnostic::error("too-many", message).at(column.id.span.clone()));
    }
    let columns = question.columns.iter().take(MOST_COLUMNS).map(|raw| {
        let kind = kind(raw, names, problems);
        Column {
            id: raw.id.value.clone(),
            title: raw.ask.clone(),
            help: raw.help.clone(),
            ticks: ticks(raw, &kind, problems),
            kind,
            required: raw.required.unwrap_or(true),
            identifying: raw.identifying,
            case_types: column_types(raw, names, problems),
        }
    });
    Kind::Table {
        columns: columns.collect(),
        least: usize::try_from(least).unwrap_or(0),
        most: usize::try_from(most).unwrap_or(0),
    }
}

/// A column hangs on nothing but the case type.
fn column_types(raw: &raw::Question, names: &Names<'_>, problems: &Problems) -> CaseTypeSet {
    let Some(gate) = &raw.ask_when else { return CaseTypeSet::ALL };
    if let [Entry::CaseType(codes)] = gate.entries.as_slice() {
        return names.case_type_set(Some(codes), problems).unwrap_or(CaseTypeSet::ALL);
    }
    let message = format!("column {} can hang on the case type only", raw.id.value);
    problems.add(
        Diagnostic::error("bad-test", message)
            .at(gate.span.clone())
            .help("write ask-when = { case-type = \"...\" }, or take it out"),
    );
    CaseTypeSet::ALL
}

/// The fewest and the most options that may be ticked.
pub(super) fn ticks(question: &raw::Question, kind: &Kind, problems: &Problems) -> (usize, usize) {
    let Kind::Checklist(options) = kind else { return (0, usize::MAX) };
    let least = question.least.as_ref().map_or(0, |n| n.value);
    let most = question.most.as_ref().map_or(options.len() as i64, |n| n.value);
    let wrong = least < 0 || most < least || most > options.len() as i64;
    if wrong && !options.is_empty() {
        let span = question.most.as_ref().or(question.least.as_ref());
        let message = format!(
            "checklist {} of {} options can't have {least} to {most} of them ticked",
            question.id.value,
            options.len()
        );
        let span = span.map_or(question.span.clone(), |n| n.span.clone());
        problems.add(Diagnostic::error("bad-bounds", message).at(span));
    }
    (usize::try_from(least).unwrap_or(0), usize::try_from(most).unwrap_or(usize::MAX))
}

/// The codes whose choice asks for a narrative.
pub(super) fn narrative(question: &raw::Question, kind: &Kind, problems: &Problems) -> CodeSet {
    let Some(narrative) = &question.narrative else { return CodeSet::EMPTY };
    let wrong = |why: &str, span: &Range<usize>| {
        problems.add(
            Diagnostic::error(
                "bad-narrative",
                format!("question {} can't ask for this narrative: {why}", question.id.value),
            )
            .at(span.clone()),
        );
        CodeSet::EMPTY
    };
    let options = match kind {
        Kind::Choice(options) => options,
        _ if matches!(narrative.value, Narrative::Never) => return CodeSet::EMPTY,
        _ => return wrong("it is not a choice", &narrative.span),
    };
    let one = |code: &str| match options.iter().position(|option| option.code == code) {
        Some(at) => CodeSet::one(at),
        None if options.is_empty() => CodeSet::EMPTY,
        None => wrong(&format!("it has no answer {code:?}"), &narrative.span),
    };
    match &narrative.value {
        Narrative::Codes(codes) => {
            codes.iter().fold(CodeSet::EMPTY, |set, code| set.with(one(&code.value)))
        }
        Narrative::Never => CodeSet::EMPTY,
        Narrative::OnNo => one("no"),
        Narrative::OnYes => one("yes"),
        Narrative::Always => {
            (0..options.len()).fold(CodeSet::EMPTY, |s, at| s.with(CodeSet::one(at)))
        }
    }
}
