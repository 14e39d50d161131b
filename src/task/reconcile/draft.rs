//! A settlement as it stands while it is written: whose answer, why, and the words so far, in
//! one text that a draft can hold.

use serde::{Deserialize, Serialize};

use crate::instrument::{CaseTypeIx, Kind, Question};
use crate::review::RootCause;
use crate::scoring::{Value, read_value, write_value};
use crate::task::Field;
use crate::task::review;

use super::Step;
use super::opened::Taking;

#[derive(Serialize, Deserialize)]
struct Draft {
    side: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    narrative: Option<String>,
    /// None while an own answer is still given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<RootCause>,
    #[serde(default)]
    text: String,
}

/// An own answer half given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// The answer, where it is one.
    pub value: Option<Value>,
    /// What stood in the box of a text, date or number.
    pub typed: Option<String>,
    /// The text beside the answer.
    pub narrative: Option<String>,
}

/// The text of a step; none where nothing is being written. `before` is the draft so far: the
/// words of a reason outlive another look at the answer.
pub fn write(
    step: &Step,
    question: &Question,
    pad: Option<&review::State>,
    before: Option<&str>,
) -> Option<String> {
    let draft = match step {
        Step::Reason { taking, cause, text } => Draft {
            side: taking.side,
            value: taking.value.as_ref().map(|value| write_value(question, value)),
            narrative: taking.narrative.clone(),
            cause: Some(*cause),
            text: text.clone(),
        },
        Step::Own | Step::Missing(_) => {
            let text = before.and_then(reason).unwrap_or_default();
            own_draft(question, pad?, text)?
        }
        _ => return None,
    };
    serde_json::to_string(&draft).ok()
}

fn own_draft(question: &Question, pad: &review::State, text: String) -> Option<Draft> {
    let at = pad.instrument().find_question(question.id())?;
    let box_of = |field| {
        let editing = pad.editing().filter(|box_| box_.question == at && box_.field == field);
        editing.map(|box_| box_.text.clone())
    };
    let value = pad.answers().get(at).map(|value| write_value(question, value));
    let narrative = box_of(Field::Narrative)
        .or_else(|| pad.answers().narrative(at).map(str::to_owned))
        .filter(|text| !text.trim().is_empty());
    let value = match question.kind() {
        // An option is chosen anew as fast as it is looked up.
        Kind::Choice(_) | Kind::Checklist(_) => value.filter(|_| narrative.is_some()),
        Kind::Table { .. } => value.filter(|_| pad.can_undo()),
        Kind::Text | Kind::Date | Kind::Integer { .. } => {
            box_of(Field::Answer).or(value).filter(|text| !text.trim().is_empty())
        }
    };
    if value.is_none() && text.is_empty() {
        return None;
    }
    Some(Draft { side: None, value, narrative, cause: None, text })
}

/// The step behind a text; none where it is none any more, as after a change of instrument,
/// or where that side is gone. An own answer still being given is [`Step::Own`].
pub fn read(
    text: &str,
    question: &Question,
    case_type: CaseTypeIx,
    can_take: impl Fn(usize) -> bool,
) -> Option<Step> {
    let draft = parse(text)?;
    let value = match (draft.side, draft.value) {
        (None, Some(_)) if draft.cause.is_none() => return Some(Step::Own),
        (None, Some(value)) => Some(read_value(question, case_type, &value).ok()?),
        (Some(side), None) if can_take(side) => None,
        _ => return None,
    };
    let taking = Taking { side: draft.side, value, narrative: draft.narrative };
    Some(Step::Reason { taking, cause: draft.cause?, text: draft.text })
}

/// The own answer behind a text; none where it is of a side.
pub fn read_own(text: &str, question: &Question, case_type: CaseTypeIx) -> Option<Own> {
    let draft = parse(text).filter(|draft| draft.side.is_none())?;
    let (value, narrative) = (draft.value?, draft.narrative);
    Some(match question.kind() {
        Kind::Text | Kind::Date | Kind::Integer { .. } => {
            Own { value: None, typed: Some(value), narrative }
        }
        Kind::Choice(_) | Kind::Checklist(_) | Kind::Table { .. } => {
            let value = Some(read_value(question, case_type, &value).ok()?);
            Own { value, typed: None, narrative }
        }
    })
}

/// The words of the reason behind a text.
pub fn reason(text: &str) -> Option<String> {
    parse(text).map(|draft| draft.text)
}

fn parse(text: &str) -> Option<Draft> {
    serde_json::from_str(text).ok().or_else(|| older(text))
}

/// As it was kept when there were two sides only: `a misread ` or `own misread yes`, and from
/// the next line on the words.
fn older(text: &str) -> Option<Draft> {
    let (head, text) = text.split_once('\n')?;
    let mut parts = head.splitn(3, ' ');
    let (side, cause, value) = (parts.next()?, parts.next()?, parts.next()?);
    let (side, value) = match side {
        "a" => (Some(0), None),
        "b" => (Some(1), None),
        "own" => (None, Some(value.to_owned())),
        _ => return None,
    };
    let cause = Some(RootCause::from_code(cause)?);
    Some(Draft { side, value, narrative: None, cause, text: text.to_owned() })
}
