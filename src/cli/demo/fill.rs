//! Fills what a story leaves open, so that an invented review can be submitted.

use chrono::NaiveDate;

use crate::instrument::{CodeSet, Instrument, Kind, Place, QuestionIx, Rating};
use crate::scoring::{Answers, Lack, Missing, Scores, Value, read_value, score, unfinished};

use super::chance::Chance;
use super::words;

/// Dates of the case, as far as the frame gives them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates {
    /// When the case was opened.
    pub(super) opened: NaiveDate,
    /// When it was closed.
    pub(super) closed: Option<NaiveDate>,
}

/// Rounds of filling: an answer can open a question, and that one another.
const ROUNDS: usize = 8;

/// The answers of a whole review: what the story tells, and whatever else submission asks
/// for. `Err` names what could not be filled, which only an edition the story was not written
/// for can bring about.
pub(super) fn complete(
    instrument: &Instrument,
    case_type: crate::instrument::CaseTypeIx,
    story: &[(&'static str, &'static str)],
    dates: Dates,
    chance: &mut Chance,
) -> Result<Answers, String> {
    let mut answers = Answers::new(case_type);
    for (id, code) in story {
        let Some(at) = instrument.find_question(id) else { continue };
        if let Ok(value) = read_value(instrument.question(at), case_type, code) {
            answers.set(at, Some(value));
        }
    }
    for _ in 0..ROUNDS {
        let scores = score(instrument, &answers);
        let missing = unfinished(instrument, &answers, &scores);
        if missing.is_empty() {
            return Ok(answers);
        }
        for one in &missing {
            fill(instrument, &mut answers, &scores, one, dates, chance);
        }
    }
    let scores = score(instrument, &answers);
    let left = unfinished(instrument, &answers, &scores);
    Err(left.iter().map(|one| one.line(instrument)).collect::<Vec<_>>().join("; "))
}

fn fill(
    instrument: &Instrument,
    answers: &mut Answers,
    scores: &Scores,
    missing: &Missing,
    dates: Dates,
    chance: &mut Chance,
) {
    let at = missing.question;
    let question = instrument.question(at);
    match missing.what {
        Lack::Narrative => {
            let text = words::narrative(question.part(), chance);
            answers.set_narrative(at, &text);
        }
        Lack::OptionText => {
            answers.set_narrative(at, words::OTHER);
        }
        Lack::Rule { .. } | Lack::FaceRule { .. } => {}
        // The practice instrument has no tables.
        Lack::Rows { .. } | Lack::Cell { .. } | Lack::CellText { .. } => {}
        Lack::Rationale => {
            let rating = match question.place() {
                Place::Item(item) => scores.item(item).rating,
                Place::Face => Rating::Na,
            };
            answers.set(at, Some(Value::Text(words::rationale(rating, chance))));
        }
        Lack::Answer | Lack::Reason | Lack::Explanation { .. } | Lack::Sources => {
            let value = answer(instrument, answers, at, dates, chance);
            answers.set(at, Some(value));
        }
    }
}

fn answer(
    instrument: &Instrument,
    answers: &Answers,
    at: QuestionIx,
    dates: Dates,
    chance: &mut Chance,
) -> Value {
    let question = instrument.question(at);
    let offered = |plain: bool| {
        let fits = move |(position, option): (usize, &crate::instrument::Choice)| {
            let here = option.case_types.has(answers.case_type);
            let plain_enough =
                !plain || (!option.needs_text && !DULL.contains(&option.code.as_str()));
            (here && plain_enough).then_some(position)
        };
        question.options().iter().enumerate().filter_map(fits).collect::<Vec<_>>()
    };
    match question.kind() {
        Kind::Choice(_) | Kind::Checklist(_) => {
            let mut positions = offered(true);
            if positions.is_empty() {
                positions = offered(false);
            }
            let first = chance.pick(&positions).copied().unwrap_or(0);
            let mut ticked = match interviewed(instrument, at) {
                Some(position) if chance.happens(0.8) => CodeSet::one(position),
                _ => CodeSet::one(first),
            };
            if matches!(question.kind(), Kind::Checklist(_)) {
                for position in positions {
                    if chance.happens(0.3) {
                        ticked = ticked.with(CodeSet::one(position));
                    }
                }
            }
            Value::Codes(ticked)
        }
        Kind::Text => Value::Text(words::OTHER.to_owned()),
        Kind::Date => Value::Date(match question.local() {
            "discharged" => dates.closed.unwrap_or(dates.opened),
            _ => dates.opened,
        }),
        Kind::Integer { least, .. } => Value::Integer(*least),
        // The practice instrument has no tables.
        Kind::Table { .. } => Value::Rows(Vec::new()),
    }
}

/// Options that tell no story.
const DULL: [&str; 3] = ["none", "no-such-person", "other"];

/// The option that says somebody was interviewed: most are.
fn interviewed(instrument: &Instrument, at: QuestionIx) -> Option<usize> {
    instrument.question(at).options().iter().position(|option| option.code == "interviewed")
}
