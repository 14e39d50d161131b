//! A settlement as it stands while its reason is written: whose answer, why, and the words so
//! far, in one text that a draft can hold.

use serde::{Deserialize, Serialize};

use crate::instrument::{CaseTypeIx, Question};
use crate::review::RootCause;
use crate::scoring::{read_value, write_value};

use super::Step;
use super::opened::Taking;

#[derive(Serialize, Deserialize)]
struct Draft {
    side: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    narrative: Option<String>,
    cause: RootCause,
    text: String,
}

/// The text of a step; none where no reason is being written.
pub fn write(step: &Step, question: &Question) -> Option<String> {
    let Step::Reason { taking, cause, text } = step else { return None };
    let draft = Draft {
        side: taking.side,
        value: taking.value.as_ref().map(|value| write_value(question, value)),
        narrative: taking.narrative.clone(),
        cause: *cause,
        text: text.clone(),
    };
    serde_json::to_string(&draft).ok()
}

/// The step behind a text; none where it is none any more, as after a change of instrument,
/// or where that side is gone.
pub fn read(
    text: &str,
    question: &Question,
    case_type: CaseTypeIx,
    can_take: impl Fn(usize) -> bool,
) -> Option<Step> {
    let draft = serde_json::from_str(text).ok().or_else(|| older(text))?;
    let value = match (draft.side, draft.value) {
        (None, Some(value)) => Some(read_value(question, case_type, &value).ok()?),
        (Some(side), None) if can_take(side) => None,
        _ => return None,
    };
    let taking = Taking { side: draft.side, value, narrative: draft.narrative };
    Some(Step::Reason { taking, cause: draft.cause, text: draft.text })
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
    let cause = RootCause::from_code(cause)?;
    Some(Draft { side, value, narrative: None, cause, text: text.to_owned() })
}
