//! Alerts: a reader's on their own reading, a lead's on any, sealed or not.

use crate::review::{
    About, AlertAnswered, AlertClosed, AlertRaised, AlertStep, Decided, EventBody, EventHash,
    QaRefusal, Reading, ReadingId, Refusal, SentAlert, Words,
};

use super::{Decision, Known, member};

pub(super) fn step(
    known: &dyn Known,
    id: ReadingId,
    step: &AlertStep,
) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    let is_mine = reading.reviewer == *me || reading.partner.as_ref() == Some(me);
    if !is_mine && !known.team().is_lead(me) {
        let (case, reviewer) = (reading.case.number, reading.reviewer.clone());
        return Err(Refusal::NotYours { case, reviewer });
    }
    let salted = |text: &str| {
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        text.map(|text| Words::new(text, known.salt()))
    };
    let body = match step {
        AlertStep::Raise { kind, text, told, when } => {
            EventBody::AlertRaised(Box::new(AlertRaised {
                kind: *kind,
                text: salted(text).ok_or(QaRefusal::AlertUnsaid)?,
                told: salted(told),
                when: salted(when),
            }))
        }
        AlertStep::Answer { alert, text } => {
            is_open(&reading, *alert)?;
            let text = salted(text).ok_or(QaRefusal::AlertUnsaid)?;
            EventBody::AlertAnswered(Box::new(AlertAnswered { alert: *alert, text, from: None }))
        }
        AlertStep::Close { alert, text } => {
            is_open(&reading, *alert)?;
            let (alert, text) = (*alert, salted(text));
            EventBody::AlertClosed(Box::new(AlertClosed { alert, text, from: None }))
        }
    };
    Ok(Decision { events: vec![Decided { about: About::Reading(id), body }], notes: Vec::new() })
}

/// What a work order brings back of a reader's alerts: answers, and that they were closed.
/// What is here already, and what was raised elsewhere, is passed over.
pub(super) fn received(known: &dyn Known, sent: &SentAlert) -> Option<Decided> {
    let reading = known.reading(sent.reading).filter(|reading| reading.taken)?;
    let alert = reading.alerts.iter().find(|one| one.id == sent.alert)?;
    let body = match (sent.closes, &sent.text) {
        (true, text) if alert.closed.is_none() => {
            let (alert, text, from) = (sent.alert, text.clone(), Some(sent.from.clone()));
            EventBody::AlertClosed(Box::new(AlertClosed { alert, text, from }))
        }
        (false, Some(text)) if alert.answers.iter().all(|one| one.0 != sent.from.event) => {
            let (alert, text, from) = (sent.alert, text.clone(), Some(sent.from.clone()));
            EventBody::AlertAnswered(Box::new(AlertAnswered { alert, text, from }))
        }
        _ => return None,
    };
    Some(Decided { about: About::Reading(sent.reading), body })
}

fn is_open(reading: &Reading, alert: EventHash) -> Result<(), Refusal> {
    match reading.alerts.iter().find(|one| one.id == alert) {
        None => Err(QaRefusal::UnknownAlert(reading.case.number).into()),
        Some(one) if one.closed.is_some() => Err(QaRefusal::AlertClosed.into()),
        Some(_) => Ok(()),
    }
}
