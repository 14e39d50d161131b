//! Making the codebook of an edition.

use super::{Code, Codebook, Exported, Variable, VariableRole};
use crate::instrument::{
    Applies, CaseTypeIx, CaseTypeSet, Choice, Column, Condition, Counts, Instrument, ItemIx, Kind,
    Mode, OutcomeRating, Place, Question, QuestionIx, Rating, Role, words,
};
use crate::text::{list_and, list_or};

/// The codebook of an edition.
pub fn codebook(instrument: &Instrument) -> Codebook {
    let mut variables = vec![case_type(instrument)];
    let mut place = Place::Face;
    for at in instrument.question_positions() {
        let now = top(instrument, instrument.question(at).place());
        if now != place {
            variables.extend(ratings(instrument, place));
            place = now;
        }
        variables.push(question(instrument, at));
        variables.extend(columns(instrument, at));
    }
    variables.extend(ratings(instrument, place));
    // Items without questions of their own have a rating too.
    for at in instrument.item_positions() {
        if !variables.iter().any(|v| v.id == instrument.item(at).id()) {
            variables.push(item_rating(instrument, at));
        }
    }
    variables.extend(instrument.outcomes().iter().map(|outcome| {
        let items: Vec<&str> =
            outcome.items().iter().map(|item| instrument.item(*item).id()).collect();
        let from = if outcome.absent().is_empty() {
            format!("rated from {}", named_items(&items))
        } else {
            format!("not computed: it needs {} too", named_items(outcome.absent()))
        };
        Variable {
            codes: OutcomeRating::ALL.map(|r| plain(r.code(), r.title())).to_vec(),
            asked_when: Some(from),
            exported: Exported::Outcomes,
            ..rating(outcome.id(), VariableRole::OutcomeRating, "outcome", outcome.title())
        }
    }));
    Codebook {
        instrument: instrument.id().to_owned(),
        title: instrument.title().to_owned(),
        edition: instrument.edition().to_owned(),
        hash: instrument.hash().to_owned(),
        variables,
    }
}

/// When a question is asked, everything said: case types, its item applying, its gate.
fn asked_when(instrument: &Instrument, at: QuestionIx) -> Option<String> {
    let question = instrument.question(at);
    let mut parts = Vec::new();
    if let Place::Item(item) = question.place() {
        let own = instrument.item(item);
        if let Some(parent) = own.parent() {
            applying(instrument, parent, &mut parts);
        }
        if question.asks_applicability() {
            only_for(instrument, |case_type| own.applies(case_type) == Applies::Ask, &mut parts);
        } else {
            applying(instrument, item, &mut parts);
        }
    }
    if *question.ask_when() != Condition::Always {
        parts.push(words::condition(instrument, None, question.ask_when()));
    }
    (!parts.is_empty()).then(|| parts.join(", and "))
}

fn applying(instrument: &Instrument, at: ItemIx, parts: &mut Vec<String>) {
    let item = instrument.item(at);
    only_for(instrument, |case_type| item.applies(case_type) != Applies::Never, parts);
    if case_types(instrument).any(|case_type| item.applies(case_type) == Applies::Ask) {
        let kind = if item.parent().is_some() { "sub-item" } else { "item" };
        parts.push(format!("{kind} {} applies", item.id()));
    }
}

/// "the case is Foster care", unless that says nothing.
fn only_for(instrument: &Instrument, wanted: impl Fn(CaseTypeIx) -> bool, parts: &mut Vec<String>) {
    let kept: Vec<&str> = case_types(instrument)
        .zip(instrument.case_types())
        .filter(|(at, _)| wanted(*at))
        .map(|(_, case_type)| case_type.title.as_str())
        .collect();
    if kept.len() < instrument.case_types().len() {
        let words = format!("the case is {}", list_or(&kept));
        if !parts.contains(&words) {
            parts.push(words);
        }
    }
}

fn case_types(instrument: &Instrument) -> impl Iterator<Item = CaseTypeIx> + use<> {
    (0..instrument.case_types().len() as u8).map(CaseTypeIx)
}

fn case_type(instrument: &Instrument) -> Variable {
    Variable {
        kind: "choice",
        codes: instrument.case_types().iter().map(|c| plain(&c.code, &c.title)).collect(),
        required: true,
        exported: Exported::Everywhere,
        ..rating("case_type", VariableRole::Case, "case", "Type of the case")
    }
}

fn top(instrument: &Instrument, place: Place) -> Place {
    match place {
        Place::Face => Place::Face,
        Place::Item(item) => Place::Item(instrument.item(item).parent().unwrap_or(item)),
    }
}

/// Ratings of an item: those of its sub-items, then its own.
fn ratings(instrument: &Instrument, place: Place) -> Vec<Variable> {
    let Place::Item(item) = place else { return Vec::new() };
    let subs = instrument.item(item).sub_items().iter().copied();
    subs.chain([item]).map(|at| item_rating(instrument, at)).collect()
}

fn item_rating(instrument: &Instrument, at: ItemIx) -> Variable {
    let item = instrument.item(at);
    let (role, exported) = match item.parent() {
        Some(_) => (VariableRole::SubItemRating, Exported::Items),
        None => (VariableRole::ItemRating, Exported::ItemsAndCases),
    };
    let subs = item.sub_items().iter().map(|sub| instrument.item(*sub).id());
    let needed = item.needed().iter().map(|q| instrument.question(*q).id());
    let from: Vec<&str> = subs.chain(needed).collect();
    Variable {
        codes: Rating::ALL
            .into_iter()
            .filter(|rating| match instrument.mode() {
                Mode::Rated => *rating != Rating::Complete,
                Mode::Checklist => !matches!(rating, Rating::Strength | Rating::Ani),
            })
            .map(|rating| plain(rating.code(), rating.title()))
            .collect(),
        asked_when: (!from.is_empty()).then(|| format!("rated from {}", list_and(&from))),
        exported,
        ..rating(item.id(), role, item.id(), item.title())
    }
}

fn question(instrument: &Instrument, at: QuestionIx) -> Variable {
    let question = instrument.question(at);
    let role = match (question.role(), question.place()) {
        (Role::Applies, _) => VariableRole::Applies,
        (Role::Reason, _) => VariableRole::Reason,
        (Role::Explanation { .. }, _) => VariableRole::Explanation,
        (Role::Closing, _) => VariableRole::Closing,
        (Role::Question, Place::Face) => VariableRole::FaceSheet,
        (Role::Question, Place::Item(_)) => VariableRole::Question,
    };
    let place = match question.place() {
        Place::Face => "face",
        Place::Item(item) => instrument.item(item).id(),
    };
    let (least, most) = bounds(question.kind(), question.ticks());
    let part = question.part().and_then(|part| instrument.part(part));
    Variable {
        kind: kind(question.kind()),
        part: part.map(|part| part.title.clone()),
        codes: question.options().iter().map(|option| code(instrument, option)).collect(),
        least,
        most,
        asked_when: asked_when(instrument, at),
        needed: question.needed_for_rating(),
        required: question.required(),
        identifying: question.identifying(),
        narrative_on: question
            .narrative_on()
            .positions()
            .filter_map(|at| question.options().get(at))
            .map(|option| option.code.clone())
            .collect(),
        exported: exported(question),
        ..rating(question.id(), role, place, question.ask())
    }
}

/// Bounds of a number, of rows, or of ticks where they are bound at all.
fn bounds(kind: &Kind, (fewest, most_ticks): (usize, usize)) -> (Option<i64>, Option<i64>) {
    let number = |n: usize| i64::try_from(n).ok();
    match kind {
        Kind::Integer { least, most } => (Some(*least), Some(*most)),
        Kind::Table { least, most, .. } => (number(*least), number(*most)),
        Kind::Checklist(options) if fewest > 0 || most_ticks < options.len() => {
            (number(fewest), number(most_ticks))
        }
        _ => (None, None),
    }
}

/// The columns of a table, a variable each.
fn columns(instrument: &Instrument, at: QuestionIx) -> Vec<Variable> {
    let table = instrument.question(at);
    let place = match table.place() {
        Place::Face => "face",
        Place::Item(item) => instrument.item(item).id(),
    };
    let column = |column: &Column| {
        let id = format!("{}[].{}", table.id(), column.id);
        let (least, most) = bounds(&column.kind, column.ticks);
        let options = match &column.kind {
            Kind::Choice(options) | Kind::Checklist(options) => options.as_slice(),
            _ => &[],
        };
        let mut parts: Vec<String> = asked_when(instrument, at).into_iter().collect();
        only_for(instrument, |case_type| column.case_types.has(case_type), &mut parts);
        Variable {
            kind: kind(&column.kind),
            codes: options.iter().map(|option| code(instrument, option)).collect(),
            least,
            most,
            asked_when: (!parts.is_empty()).then(|| parts.join(", and ")),
            required: column.required,
            identifying: column.identifying,
            exported: match column.kind {
                _ if column.identifying => Exported::Identifying,
                Kind::Text => Exported::WithTexts,
                _ => Exported::Answers,
            },
            ..rating(&id, VariableRole::Column, place, &column.title)
        }
    };
    table.columns().iter().map(column).collect()
}

fn exported(question: &Question) -> Exported {
    match question.kind() {
        _ if question.identifying() => Exported::Identifying,
        Kind::Text => Exported::WithTexts,
        _ if *question.role() == Role::Reason => Exported::AnswersAndItems,
        _ => Exported::Answers,
    }
}

/// The name of a kind of answer in files: `choice`, `checklist`, `text`, `date`, `integer`,
/// `table`.
pub fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Choice(_) => "choice",
        Kind::Checklist(_) => "checklist",
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Integer { .. } => "integer",
        Kind::Table { .. } => "table",
    }
}

fn code(instrument: &Instrument, option: &Choice) -> Code {
    let offered = case_types(instrument).zip(instrument.case_types());
    let offered = offered.filter(|(at, _)| option.case_types.has(*at));
    let case_types: Vec<String> = offered.map(|(_, c)| c.code.clone()).collect();
    let all =
        option.case_types == CaseTypeSet::ALL || case_types.len() == instrument.case_types().len();
    Code {
        note: match option.counts {
            None => option.note.clone(),
            Some(counts) => {
                let counts = match counts {
                    Counts::Met => "counts as met",
                    Counts::NotMet => "counts as not met",
                    Counts::NotApplicable => "counts as not applicable",
                };
                Some(
                    option
                        .note
                        .iter()
                        .map(String::as_str)
                        .chain([counts])
                        .collect::<Vec<_>>()
                        .join("; "),
                )
            }
        },
        needs_text: option.needs_text,
        case_types: if all { Vec::new() } else { case_types },
        ..plain(&option.code, &option.title)
    }
}

fn plain(code: &str, label: &str) -> Code {
    Code {
        code: code.to_owned(),
        label: label.to_owned(),
        note: None,
        needs_text: false,
        case_types: Vec::new(),
    }
}

/// A computed variable of which only the name is given yet.
fn rating(id: &str, role: VariableRole, place: &str, label: &str) -> Variable {
    Variable {
        id: id.to_owned(),
        role,
        kind: "rating",
        place: place.to_owned(),
        part: None,
        label: label.to_owned(),
        codes: Vec::new(),
        least: None,
        most: None,
        asked_when: None,
        needed: false,
        required: false,
        identifying: false,
        narrative_on: Vec::new(),
        exported: Exported::Items,
    }
}

/// "items 17 and 18", "item 17".
fn named_items<S: AsRef<str>>(ids: &[S]) -> String {
    format!("{} {}", if ids.len() == 1 { "item" } else { "items" }, list_and(ids))
}
