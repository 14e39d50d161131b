//! A settlement as it stands while its reason is written: whose answer, why, and the words so
//! far, in one text that a draft can hold.

use crate::instrument::{CaseTypeIx, Question};
use crate::review::RootCause;
use crate::scoring::{read_value, write_value};

use super::Step;

/// The text of a step; none where no reason is being written.
pub fn write(step: &Step, question: &Question) -> Option<String> {
    let Step::Reason { side, value, cause, text } = step else { return None };
    let side = match side {
        Some(0) => "a",
        Some(_) => "b",
        None => "own",
    };
    let value = value.as_ref().map(|value| write_value(question, value)).unwrap_or_default();
    Some(format!("{side} {} {value}\n{text}", cause.code()))
}

/// The step behind a text; none where it is none any more, as after a change of instrument.
pub fn read(text: &str, question: &Question, case_type: CaseTypeIx) -> Option<Step> {
    let (head, text) = text.split_once('\n')?;
    let mut parts = head.splitn(3, ' ');
    let (side, cause, value) = (parts.next()?, parts.next()?, parts.next()?);
    let side = match side {
        "a" => Some(0),
        "b" => Some(1),
        "own" => None,
        _ => return None,
    };
    let value = match side {
        None => Some(read_value(question, case_type, value).ok()?),
        Some(_) => None,
    };
    Some(Step::Reason { side, value, cause: RootCause::from_code(cause)?, text: text.to_owned() })
}
