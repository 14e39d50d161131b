//! How a reading takes in the events about it.

use super::{Change, Given, Reading, Seal, Slot};
use crate::review::{
    Answered, Entry, Event, EventBody, EventHash, EvidenceNote, EvidenceShared, FirstSeal, Head,
    Held, Override, Settling, Status, Submitted, alert,
};

impl Reading {
    /// Takes in an event after the one that began the reading; what is not about a reading
    /// is passed over. Never refuses.
    pub fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::Answered(data) => self.take_change(event, data, Slot::Answer),
            EventBody::Narrated(data) => self.take_change(event, data, Slot::Narrative),
            EventBody::Submitted(data) => {
                self.first_submitted.get_or_insert(event.at);
                self.take_seal(event, data);
            }
            EventBody::ReadingReopened(data) => self.reopen(data.seal),
            EventBody::QaSentBack(data) => self.reopen(data.seal),
            EventBody::ReadingReturned(data) => self.reopen(data.seal),
            EventBody::RatingOverridden(data) => {
                let one = Override {
                    by: event.chain.author.clone(),
                    at: event.at,
                    computed: data.computed.clone(),
                    rating: data.rating.clone(),
                    rule: data.rule.clone(),
                    why: data.why.clone(),
                };
                self.overrides.insert(data.item.clone(), one);
            }
            EventBody::OverrideRemoved(data) => {
                self.overrides.remove(&data.item);
            }
            EventBody::QaNotePinned(_)
            | EventBody::QaNoteAnswered(_)
            | EventBody::QaNoteSettled(_)
            | EventBody::QaApproved(_)
            | EventBody::QaNotesReceived(_) => {}
            EventBody::AlertRaised(_) | EventBody::AlertAnswered(_) | EventBody::AlertClosed(_) => {
                alert::apply(&mut self.alerts, event);
                return;
            }
            EventBody::ReconciliationBegun(data) => {
                let before = self.pair.take().map(|pair| *pair);
                self.pair = Some(Box::new(Settling::begun(before, data)));
            }
            EventBody::DifferenceSettled(data) => {
                if let Some(pair) = &mut self.pair {
                    pair.settled.insert(data.question.clone(), (**data).clone());
                }
            }
            EventBody::ReadingTaken(data) => {
                // A draft may have come with the order that the assignment knows nothing of.
                self.answers.clear();
                self.take_entries(&data.start);
            }
            EventBody::EvidenceNoted(data) => self.evidence.push(EvidenceNote {
                note: event.hash,
                source: data.source.clone(),
                text: data.text.clone(),
            }),
            EventBody::EvidenceReleased(data) | EventBody::EvidenceReceived(data) => {
                self.share(data);
            }
            EventBody::ReadingSigned(data) => self.signature = Some((**data).clone()),
            EventBody::ReadingWithdrawn(_) => self.status = Status::Withdrawn,
            EventBody::ReadingPaired(data) => self.partner.clone_from(&data.partner),
            _ => return,
        }
        self.quality.apply(event);
        self.touched = event.at;
    }

    fn share(&mut self, data: &EvidenceShared) {
        for note in &data.notes {
            if self.shared.iter().all(|one| one.note != note.note) {
                self.shared.push(note.clone());
            }
        }
    }

    pub(super) fn take_entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let given = self.answers.entry(entry.question.clone()).or_default();
            given.set(Slot::Answer, entry.value.clone());
            given.set(Slot::Narrative, entry.narrative.clone().map(Held::Text));
        }
    }

    pub(super) fn take_seal(&mut self, event: &Event, data: &Submitted) {
        if self.status == Status::Open {
            self.status = Status::Submitted;
        }
        let head = Head {
            author: event.chain.author.clone(),
            workspace: event.chain.workspace,
            seq: event.seq,
            hash: event.hash,
        };
        self.seal = Some(Seal { at: event.at, head, data: data.clone() });
        self.undo.clear();
        self.redo.clear();
    }

    // An opening of a seal that is not the last one came too late: someone sealed again.
    fn reopen(&mut self, seal: EventHash) {
        let Some(last) = self.seal.take_if(|last| last.head.hash == seal) else { return };
        if self.status == Status::Submitted {
            self.status = Status::Open;
        }
        self.signature = None;
        if self.first.is_none() {
            let answers = self.answers.clone();
            self.first = Some(Box::new(FirstSeal { seal: last, answers }));
        }
    }

    fn take_change(&mut self, event: &Event, data: &Answered, slot: Slot) {
        let stood = self.held(&data.question, slot);
        if !same(stood.as_ref(), data.old.as_ref()) && !self.conflicts.contains(&data.question) {
            self.conflicts.push(data.question.clone());
        }
        let given = self.answers.entry(data.question.clone()).or_default();
        given.set(slot, data.new.clone());
        if *given == Given::default() {
            self.answers.remove(&data.question);
        }
        if let Some(undone) = data.undoes {
            if let Some(at) = self.undo.iter().rposition(|change| change.event == undone) {
                let change = self.undo.remove(at);
                self.redo.push(change);
            }
        } else if let Some(redone) = data.redoes {
            if let Some(at) = self.redo.iter().rposition(|change| change.event == redone) {
                let change = self.redo.remove(at);
                self.undo.push(change);
            }
        } else {
            self.redo.clear();
            self.undo.push(Change {
                event: event.hash,
                question: data.question.clone(),
                slot,
                old: data.old.clone(),
                new: data.new.clone(),
            });
        }
    }
}

impl Given {
    pub(super) fn set(&mut self, slot: Slot, held: Option<Held>) {
        let (text, hash) = match held {
            None => (None, None),
            Some(Held::Code(code)) => (Some(code), None),
            Some(Held::Text(words)) => (words.text().map(str::to_owned), Some(words.hash())),
        };
        match slot {
            Slot::Answer => (self.value, self.value_hash) = (text, hash),
            Slot::Narrative => (self.narrative, self.narrative_hash) = (text, hash),
        }
    }
}

fn same(a: Option<&Held>, b: Option<&Held>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(Held::Code(a)), Some(Held::Code(b))) => a == b,
        (Some(Held::Text(a)), Some(Held::Text(b))) => a.hash() == b.hash(),
        _ => false,
    }
}
