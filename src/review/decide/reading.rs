//! Commands on one reading. It has one writer: its reviewer.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::rate::{answers, is_words, seal};
use crate::review::{
    About, Answered, Decided, EventBody, Held, Reading, ReadingId, Refusal, SampleRefusal, Slot,
    Status, Words, noted,
};
use crate::scoring::{read_value, score, unfinished, write_value};
use crate::text::did_you_mean;

use super::settled::{may_write, settled_whole};
use super::{Decision, Known, member, program};

pub(super) fn answer(
    known: &dyn Known,
    id: ReadingId,
    question: &str,
    value: Option<&str>,
) -> Result<Decision, Refusal> {
    let (reading, instrument) = mine(known, id)?;
    may_write(known, &reading, question, Slot::Answer)?;
    let new = match value {
        None => None,
        Some(text) => Some(held(known, &instrument, &reading, question, text)?),
    };
    find(&instrument, question)?;
    Ok(change(&reading, question, Slot::Answer, new))
}

pub(super) fn narrate(
    known: &dyn Known,
    id: ReadingId,
    question: &str,
    text: Option<&str>,
) -> Result<Decision, Refusal> {
    let (reading, instrument) = mine(known, id)?;
    find(&instrument, noted(question).unwrap_or(question))?;
    may_write(known, &reading, question, Slot::Narrative)?;
    let new = text.filter(|t| !t.is_empty()).map(|t| Held::Text(Words::new(t, known.salt())));
    Ok(change(&reading, question, Slot::Narrative, new))
}

pub(super) fn undo(known: &dyn Known, id: ReadingId) -> Result<Decision, Refusal> {
    let (reading, _) = mine(known, id)?;
    let change = reading.to_undo().ok_or(Refusal::NothingToUndo)?;
    may_write(known, &reading, &change.question, change.slot)?;
    let data = Answered {
        question: change.question.clone(),
        old: reading.held(&change.question, change.slot),
        new: change.old.clone(),
        undoes: Some(change.event),
        redoes: None,
    };
    Ok(one(id, change.slot, data))
}

pub(super) fn redo(known: &dyn Known, id: ReadingId) -> Result<Decision, Refusal> {
    let (reading, _) = mine(known, id)?;
    let change = reading.to_redo().ok_or(Refusal::NothingToRedo)?;
    may_write(known, &reading, &change.question, change.slot)?;
    let data = Answered {
        question: change.question.clone(),
        old: reading.held(&change.question, change.slot),
        new: change.new.clone(),
        undoes: None,
        redoes: Some(change.event),
    };
    Ok(one(id, change.slot, data))
}

pub(super) fn submit(known: &dyn Known, id: ReadingId) -> Result<Decision, Refusal> {
    let (reading, instrument) = mine(known, id)?;
    settled_whole(known, &reading)?;
    let answers = answers(&instrument, &reading)
        .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
    let scores = score(&instrument, &answers);
    let missing = unfinished(&instrument, &answers, &scores);
    if !missing.is_empty() {
        return Err(Refusal::Unfinished { case: reading.case.number, missing });
    }
    let seal = seal(&instrument, &reading, &scores, &program());
    let body = EventBody::Submitted(Box::new(seal));
    Ok(Decision {
        events: vec![Decided { about: About::Reading(id), body }],
        ..Decision::default()
    })
}

/// The reading, open and the acting person's own, with its edition.
pub(super) fn mine(
    known: &dyn Known,
    id: ReadingId,
) -> Result<(Arc<Reading>, Arc<Instrument>), Refusal> {
    let me = member(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    let case = reading.case.number;
    if reading.reviewer != *me {
        return Err(Refusal::NotYours { case, reviewer: reading.reviewer.clone() });
    }
    if known.eliminated(case) {
        return Err(SampleRefusal::Eliminated(case).into());
    }
    if reading.status != Status::Open {
        return Err(Refusal::Locked { case, status: reading.status });
    }
    let instrument = known
        .instrument(&reading.instrument)
        .ok_or_else(|| Refusal::UnknownInstrument(reading.instrument.clone()))?;
    Ok((reading, instrument))
}

pub(super) fn find(
    instrument: &Instrument,
    id: &str,
) -> Result<crate::instrument::QuestionIx, Refusal> {
    instrument.find_question(id).ok_or_else(|| Refusal::UnknownQuestion {
        question: id.to_owned(),
        nearest: did_you_mean(id, instrument.questions().iter().map(|q| q.id())).map(str::to_owned),
    })
}

/// A value as an event holds it: read, checked and written back in its one form.
fn held(
    known: &dyn Known,
    instrument: &Instrument,
    reading: &Reading,
    id: &str,
    text: &str,
) -> Result<Held, Refusal> {
    let question = instrument.question(find(instrument, id)?);
    let case_type = instrument
        .find_case_type(&reading.case.case_type)
        .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
    let value = read_value(question, case_type, text).map_err(Refusal::BadAnswer)?;
    let written = write_value(question, &value);
    Ok(if is_words(question) {
        Held::Text(Words::new(written, known.salt()))
    } else {
        Held::Code(written)
    })
}

fn change(reading: &Reading, question: &str, slot: Slot, new: Option<Held>) -> Decision {
    let old = reading.held(question, slot);
    if old.as_ref().map(Held::text) == new.as_ref().map(Held::text) {
        return Decision::default();
    }
    let data = Answered { question: question.to_owned(), old, new, undoes: None, redoes: None };
    one(reading.id, slot, data)
}

fn one(id: ReadingId, slot: Slot, data: Answered) -> Decision {
    let body = match slot {
        Slot::Answer => EventBody::Answered(Box::new(data)),
        Slot::Narrative => EventBody::Narrated(Box::new(data)),
    };
    Decision { events: vec![Decided { about: About::Reading(id), body }], notes: Vec::new() }
}
