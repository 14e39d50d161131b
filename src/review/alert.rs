//! Alerts on a reading's case: concerns, and what is to be followed up. They are no part of
//! the review: a sealed one takes them, and no seal holds them.

use super::{
    AlertKind, Event, EventBody, EventHash, Moment, PersonCode, ReadingId, Relayed, SentAlert,
    Words,
};

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
    /// How it was closed.
    pub closed: Option<AlertEnd>,
}

/// How an alert was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertEnd {
    /// The event that closed it.
    pub id: EventHash,
    /// Who closed it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// What was done.
    pub text: Option<Words>,
}

impl Alert {
    /// The beginning of its id, by which a person names it.
    pub fn name(&self) -> String {
        self.id.to_string().chars().take(8).collect()
    }

    /// What others answered to whoever raised it, and how they closed it, as a work order
    /// takes it back. What was removed from the log stays where it is.
    pub fn sent(&self, reading: ReadingId) -> Vec<SentAlert> {
        let step = |step: &EventHash, by: &PersonCode, at: &Moment, closes: bool| SentAlert {
            reading,
            alert: self.id,
            from: Relayed { event: *step, by: by.clone(), at: *at },
            text: None,
            closes,
        };
        let kept = |words: &Words| words.text().is_some();
        let answers = self.answers.iter().filter(|(.., text)| kept(text));
        let answers = answers.map(|(id, by, at, text)| {
            let text = Some(text.clone());
            SentAlert { text, ..step(id, by, at, false) }
        });
        let closed = self.closed.iter().map(|end| {
            let text = end.text.clone().filter(kept);
            SentAlert { text, ..step(&end.id, &end.by, &end.at, true) }
        });
        answers.chain(closed).filter(|sent| sent.from.by != self.by).collect()
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
            let (id, by, at) = origin(event, by, data.from.as_ref());
            let alert = alerts.iter_mut().find(|alert| alert.id == data.alert);
            // The same may stand in several work orders.
            if let Some(alert) = alert.filter(|one| one.answers.iter().all(|one| one.0 != id)) {
                alert.answers.push((id, by, at, data.text.clone()));
            }
        }
        EventBody::AlertClosed(data) => {
            if let Some(alert) = alerts.iter_mut().find(|alert| alert.id == data.alert) {
                let (id, by, at) = origin(event, by, data.from.as_ref());
                alert.closed.get_or_insert(AlertEnd { id, by, at, text: data.text.clone() });
            }
        }
        _ => {}
    }
}

/// Where a step was first written: its event, who and when.
fn origin(
    event: &Event,
    by: PersonCode,
    from: Option<&Relayed>,
) -> (EventHash, PersonCode, Moment) {
    match from {
        Some(from) => (from.event, from.by.clone(), from.at),
        None => (event.hash, by, event.at),
    }
}
