//! Why an item or outcome came out as it did, in sentences.

use crate::instrument::rate::{Asked, Cause, OutcomeCause};
use crate::instrument::{
    Instrument, Item, ItemIx, Mode, OutcomeIx, Place, QuestionIx, Rating, Role, words,
};
use crate::text::list_and;

use super::{Answers, Scores, Value, text_beside, value_of, write_value};

/// Why an item or sub-item has its rating, a sentence a line: the answers that decided, the
/// row, rule or gap in words, what is to be explained, the answers that did not decide, and
/// those set aside. Texts of the reader are in it: sanitise before showing.
pub fn explain_item(
    instrument: &Instrument,
    answers: &Answers,
    scores: &Scores,
    at: ItemIx,
) -> Vec<String> {
    let item = instrument.item(at);
    let result = scores.item(at);
    let mut lines = Vec::new();
    if let Cause::Row { .. } = result.cause {
        for sub in item.sub_items() {
            let rating = scores.item(*sub).rating.title();
            lines.push(format!("{}: {rating}.", named(instrument.item(*sub))));
        }
    }
    lines.extend(result.used.iter().map(|q| answer_line(instrument, answers, *q)));
    lines.push(match &result.cause {
        Cause::Row { row } => {
            let row = &item.rows()[*row];
            let words = || words::row(instrument, at, row);
            row_words(row.say.as_deref(), row.give.title(), words)
        }
        Cause::Section { of: 0, .. } => "Nothing that is counted applies.".to_owned(),
        Cause::Section { met, of } => format!("{met} of {of} that apply are met."),
        Cause::Missing(questions) => {
            let names: Vec<String> =
                questions.iter().map(|q| question_name(instrument, *q)).collect();
            let not_yet = match instrument.mode() {
                Mode::Rated => "Not rated yet",
                Mode::Checklist => "Not complete yet",
            };
            match names.as_slice() {
                [_] if Some(&questions[0]) == item.applies_question().as_ref() => {
                    format!("{not_yet}: does it apply?")
                }
                [] => "It can't be rated yet.".to_owned(),
                [one] => format!("{not_yet}: {one} is still to be answered."),
                more => format!("{not_yet}: {} are still to be answered.", list_and(more)),
            }
        }
        Cause::Rule { item, rule } => {
            let of = instrument.item(*item);
            let rule = &of.rules()[*rule];
            let whose = if *item == at { String::new() } else { format!(" in {}", of.id()) };
            format!("Answers{whose} contradict each other: {}", rule.say)
        }
        Cause::CaseType => {
            let case_type = &instrument.case_types()[usize::from(answers.case_type.0)];
            let name = words::item_heading(instrument, at);
            format!("{name} is not rated for this case type: {}.", case_type.title)
        }
        Cause::Applies => {
            let name = words::item_name(instrument, at);
            format!("The reviewer answered that {name} does not apply.")
        }
    });
    for (of, rule) in &scores.to_explain {
        if *of == at || instrument.item(*of).parent() == Some(at) {
            let rule = &instrument.item(*of).rules()[*rule];
            lines.push(format!("To be explained: {}", rule.say));
        }
    }
    let unused = own_questions(instrument, at)
        .filter(|q| scores.asked(*q) == Asked::Yes && !result.used.contains(q))
        .filter(|q| matches!(instrument.question(*q).role(), Role::Question));
    extend_list(&mut lines, "Not used", instrument, answers, unused);
    // An item that doesn't apply has nothing asked: all it was given is set aside.
    let aside = own_questions(instrument, at).filter(|q| scores.asked(*q) == Asked::No);
    extend_list(&mut lines, "Set aside, as it is not asked now", instrument, answers, aside);
    lines
}

/// Why an outcome has its rating, a sentence a line.
pub fn explain_outcome(instrument: &Instrument, scores: &Scores, at: OutcomeIx) -> Vec<String> {
    let outcome = instrument.outcome(at);
    let rated = |item: &ItemIx| {
        let (item, rating) = (instrument.item(*item), scores.item(*item).rating);
        format!("Item {}: {}.", named(item), rating.title())
    };
    let ids = |items: &[ItemIx]| {
        let ids: Vec<&str> = items.iter().map(|item| instrument.item(*item).id()).collect();
        format!("{} {}", if ids.len() == 1 { "item" } else { "items" }, list_and(&ids))
    };
    match &scores.outcome(at).cause {
        OutcomeCause::Row { row } => {
            let row = &outcome.rows()[*row];
            let mut lines: Vec<String> = outcome.items().iter().map(rated).collect();
            let words = || words::outcome_row(instrument, row);
            lines.push(row_words(row.say.as_deref(), row.give.title(), words));
            lines
        }
        // Ratings set by a person may be such as no answers give together.
        OutcomeCause::Items(items) if items.is_empty() => {
            let mut lines: Vec<String> = outcome.items().iter().map(rated).collect();
            lines.push("Not rated: no rule of the instrument has these ratings together.".into());
            lines
        }
        OutcomeCause::Items(items) => {
            let mut lines: Vec<String> = items.iter().map(rated).collect();
            lines.push(format!("Not rated yet: {} must be rated first.", ids(items)));
            lines
        }
        OutcomeCause::Absent => vec![format!(
            "Not computed: it needs {} {}, which this instrument does not hold.",
            if outcome.absent().len() == 1 { "item" } else { "items" },
            list_and(outcome.absent())
        )],
    }
}

/// A row in the words of its author, else in those made from its condition. Its id is for
/// files: a reviewer is told what it says.
fn row_words(say: Option<&str>, gives: &str, words: impl Fn() -> String) -> String {
    match say {
        Some(say) => say.to_owned(),
        None => format!("{gives} is given when {}.", words()),
    }
}

/// A row with its id, for those who work on the instrument.
pub(super) fn row_line(
    id: &str,
    say: Option<&str>,
    gives: &str,
    words: impl Fn() -> String,
) -> String {
    match say {
        Some(say) => format!("Row {id}: {say}"),
        None => format!("Row {id} gives {gives} when {}.", words()),
    }
}

/// Questions of the item and of its sub-items, in asking order.
fn own_questions(instrument: &Instrument, at: ItemIx) -> impl Iterator<Item = QuestionIx> + '_ {
    instrument.question_positions().filter(move |q| match instrument.question(*q).place() {
        Place::Item(place) => place == at || instrument.item(place).parent() == Some(at),
        Place::Face => false,
    })
}

fn extend_list(
    lines: &mut Vec<String>,
    lead: &str,
    instrument: &Instrument,
    answers: &Answers,
    questions: impl Iterator<Item = QuestionIx>,
) {
    let told: Vec<String> = questions
        .filter_map(|q| {
            let answer = short_answer(instrument, q, &value_of(instrument, answers, q)?)?;
            Some(format!("{} {answer}", question_name(instrument, q)))
        })
        .collect();
    if !told.is_empty() {
        lines.push(format!("{lead}: {}.", told.join("; ")));
    }
}

/// "16.B Father: No ("No effort to include him")."
fn answer_line(instrument: &Instrument, answers: &Answers, at: QuestionIx) -> String {
    let answer = value_of(instrument, answers, at);
    let answer = answer.and_then(|value| short_answer(instrument, at, &value));
    let narrative =
        text_beside(instrument, answers, at).map_or_else(String::new, |n| format!(" (\"{n}\")"));
    let name = question_name(instrument, at);
    format!("{name}: {}{narrative}.", answer.as_deref().unwrap_or("answered"))
}

/// The titles of what was chosen, or the number or day; texts are too long to repeat.
fn short_answer(instrument: &Instrument, at: QuestionIx, value: &Value) -> Option<String> {
    let question = instrument.question(at);
    match value {
        Value::Codes(codes) if codes.is_empty() => Some("nothing ticked".to_owned()),
        Value::Codes(codes) => {
            let options = question.options();
            let titles: Vec<&str> =
                codes.positions().map(|position| options[position].title.as_str()).collect();
            Some(titles.join(", "))
        }
        Value::Text(_) | Value::Rows(_) => None,
        Value::Date(_) | Value::Integer(_) => Some(write_value(question, value)),
    }
}

/// "16.B Father".
fn question_name(instrument: &Instrument, at: QuestionIx) -> String {
    let question = instrument.question(at);
    let name = words::name(instrument, at);
    match question.part().and_then(|part| instrument.part(part)) {
        Some(part) if *question.role() == Role::Question => format!("{name} {}", part.title),
        _ => name,
    }
}

/// "17B Needs and services of parents".
fn named(item: &Item) -> String {
    format!("{} {}", item.id(), item.title())
}

/// The question that heads the explanation: "Why is item 16 an Area Needing Improvement?"
pub fn why_title(instrument: &Instrument, scores: &Scores, at: ItemIx) -> String {
    let item = instrument.item(at);
    let kind = match (item.parent(), instrument.mode()) {
        (Some(_), _) => "sub-item",
        (None, Mode::Rated) => "item",
        (None, Mode::Checklist) => "section",
    };
    let rating = scores.item(at).rating;
    let article = match rating {
        Rating::Strength => "a ",
        Rating::Ani => "an ",
        Rating::Na | Rating::Incomplete | Rating::Invalid | Rating::Complete => "",
    };
    format!("Why is {kind} {} {article}{}?", item.id(), rating.title())
}
