//! What the settled review takes over without anyone deciding.

use crate::instrument::{Instrument, Place, QuestionIx, Role};
use crate::scoring::{Answers, Asked, Value, is_filled, score};

use super::compare::is_compared;
use super::{Sides, THIRD};

/// Fills a settled review from the two it rests on, as far as nothing has to be decided:
/// answers on which both agree, and answers only one of them was asked for; a third reader's
/// where neither was. What stands is kept. Gives the questions filled, in order.
pub fn fill_answers(
    instrument: &Instrument,
    sides: &Sides,
    settled: &mut Answers,
) -> Vec<QuestionIx> {
    let mut filled = Vec::new();
    // An answer opens the next gate, so a pass may make room for another.
    loop {
        let scores = score(instrument, settled);
        let before = filled.len();
        for at in instrument.question_positions() {
            let open = scores.asked(at) == Asked::Yes
                && settled.get(at).is_none()
                && !is_filled(instrument, settled, at)
                && !is_closing(instrument, at);
            if let (true, Some(side)) = (open, source(instrument, sides, at)) {
                take(instrument, sides, settled, at, side);
                filled.push(at);
            }
        }
        if filled.len() == before {
            return filled;
        }
    }
}

/// Fills what is asked at the end of every item, once the differences are settled: sources
/// from both reviews together, texts from the review whose rating of the item is the settled
/// one, the first where several are. Gives the questions filled, in order.
pub fn fill_closing(
    instrument: &Instrument,
    sides: &Sides,
    settled: &mut Answers,
) -> Vec<QuestionIx> {
    let scores = score(instrument, settled);
    let mut filled = Vec::new();
    for at in instrument.question_positions() {
        let Place::Item(item) = instrument.question(at).place() else { continue };
        let open = scores.asked(at) == Asked::Yes && settled.get(at).is_none();
        if !open || !is_closing(instrument, at) {
            continue;
        }
        let agrees = |side: usize| {
            sides.rating(side, item) == Some(scores.item(item).rating)
                && sides.value(instrument, side, at).is_some()
        };
        let values = [0, 1].map(|side| sides.value(instrument, side, at));
        if let [Some(Value::Codes(first)), Some(Value::Codes(second))] = values {
            settled.set(at, Some(Value::Codes(first.with(second))));
            let texts = [0, 1].map(|side| sides.narrative(side, at));
            let text: Vec<&str> = texts.into_iter().flatten().collect();
            settled.set_narrative(at, &text.join("\n"));
        } else if let Some(side) = sides.places().find(|side| agrees(*side)) {
            take(instrument, sides, settled, at, side);
        } else {
            continue;
        }
        filled.push(at);
    }
    filled
}

/// Takes over a side's answer with the text beside it.
pub fn take(
    instrument: &Instrument,
    sides: &Sides,
    settled: &mut Answers,
    at: QuestionIx,
    side: usize,
) {
    let value = sides.value(instrument, side, at);
    let others = sides.places().filter(|other| *other != side);
    let mut alike = others.filter(|other| sides.value(instrument, *other, at) == value);
    let text = sides.narrative(side, at);
    let text = text.or_else(|| alike.find_map(|other| sides.narrative(other, at)));
    settled.set_narrative(at, text.unwrap_or_default());
    settled.set(at, value);
}

fn is_closing(instrument: &Instrument, at: QuestionIx) -> bool {
    matches!(instrument.question(at).role(), Role::Closing | Role::Explanation { .. })
}

/// The side whose answer is taken over without anyone deciding.
fn source(instrument: &Instrument, sides: &Sides, at: QuestionIx) -> Option<usize> {
    match [0, 1].map(|side| sides.value(instrument, side, at)) {
        [Some(first), Some(second)] if first != second && is_compared(instrument, at) => None,
        [Some(_), _] => Some(0),
        [None, Some(_)] => Some(1),
        [None, None] => sides.value(instrument, THIRD, at).map(|_| THIRD),
    }
}
