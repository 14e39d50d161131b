//! Alerts on a reading's case: concerns, and what is to be followed up. They are no part of
//! the review: a sealed one takes them, and no seal holds them.

use super::{AlertKind, Event, EventBody, EventHash, Moment, PersonCode, Words};

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The event that raised it.
    pub id: EventHash,
    /// What it is about.
    pub kind: AlertKind,
    /// Who raised it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// What it is.
    pub text: Words,
    /// Who was told.
    pub told: Option<Words>,
    /// When they were told.
    pub when: Option<Words>,
    /// What came back: who wrote it down, when, and what.
    pub answers: Vec<(EventHash, PersonCode, Moment, Words)>,
    /// Who closed it, when, and what was done.
    pub closed: Option<(PersonCode, Moment, Option<Words>)>,
}

impl Alert {
    /// The beginning of its id, by which a person names it.
    pub fn name(&self) -> String {
        self.id.to_string().chars().take(8).collect()
    }
}

/// Takes an event into the alerts of a reading; any other event is passed over.
pub(super) fn apply(alerts: &mut Vec<Alert>, event: &Event) {
    let by = event.chain.author.clone();
    match &event.body {
        EventBody::AlertRaised(data) => alerts.push(Alert {
            id: event.hash,
            kind: data.kind,
            by,
            at: event.at,
            text: data.text.clone(),
            told: data.told.clone(),
            when: data.when.clone(),
            answers: Vec::new(),
            closed: None,
        }),
        EventBody::AlertAnswered(data) => {
            if let Some(alert) = alerts.iter_mut().find(|alert| alert.id == data.alert) {
                alert.answers.push((event.hash, by, event.at, data.text.clone()));
            }
        }
        EventBody::AlertClosed(data) => {
            if let Some(alert) = alerts.iter_mut().find(|alert| alert.id == data.alert) {
                alert.closed.get_or_insert((by, event.at, data.text.clone()));
            }
        }
        _ => {}
    }
}
