//! A reading: one reviewer's form of one case.

use std::collections::BTreeMap;

use super::{
    Alert, Answered, CaseFacts, ContentHash, Digest, Entry, Event, EventBody, EventHash,
    EvidenceNote, EvidenceShared, FirstSeal, FrameFacts, Head, Held, InterviewMode, Moment,
    Override, PersonCode, Quality, ReadingId, ReadingSigned, Settling, Status, Submitted, TextHash,
    Which, Words, alert, note_on, noted,
};

/// A reading with everything given in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its id.
    pub id: ReadingId,
    /// The case.
    pub case: CaseFacts,
    /// What the frame says of the case; empty once purged.
    pub frame: FrameFacts,
    /// Which review of the case it is.
    pub which: Which,
    /// Who reads it.
    pub reviewer: PersonCode,
    /// Whose name stands on the form beside theirs.
    pub partner: Option<PersonCode>,
    /// Open, submitted or withdrawn; whether a submitted one is final hangs on the case's
    /// other readings, so the store says that.
    pub status: Status,
    /// Hash of the instrument edition.
    pub instrument: String,
    /// What was given, by question id; answers behind a closed gate stay.
    pub answers: BTreeMap<String, Given>,
    /// The seal of a submitted reading.
    pub seal: Option<Seal>,
    /// When it was submitted here for the first time; none of an imported one, which was
    /// submitted elsewhere.
    pub first_submitted: Option<Moment>,
    /// As it was first sealed, where it was opened again since.
    pub first: Option<Box<FirstSeal>>,
    /// The pair it settles, of a settled review.
    pub pair: Option<Box<Settling>>,
    /// The reading it went on from.
    pub from: Option<ReadingId>,
    /// When it was given to its reviewer.
    pub assigned: Moment,
    /// The signature under the seal.
    pub signature: Option<ReadingSigned>,
    /// Taken in by a work order: which review it is, and whether it is final, only the
    /// workspace knows that the order came from.
    pub taken: bool,
    /// How interviews are held, where a work order said so.
    pub mode: Option<InterviewMode>,
    /// Evidence its reader noted.
    pub evidence: Vec<EvidenceNote>,
    /// Evidence of the case's other reader, released by a lead.
    pub shared: Vec<EvidenceNote>,
    /// Ratings set against the computed ones, by item.
    pub overrides: BTreeMap<String, Override>,
    /// Concerns about the case, and what is to be followed up.
    pub alerts: Vec<Alert>,
    /// What QA did with it.
    pub quality: Quality,
    /// When it was last changed.
    pub touched: Moment,
    /// Questions where two chains changed the same thing without knowing of each other.
    pub conflicts: Vec<String>,
    undo: Vec<Change>,
    redo: Vec<Change>,
}

/// What was given to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The answer as in files: codes joined by `;`, an ISO date, a number, a text.
    pub value: Option<String>,
    /// The narrative beside it, or the text an option like `other` needs.
    pub narrative: Option<String>,
    value_hash: Option<TextHash>,
    narrative_hash: Option<TextHash>,
}

/// The two things that can be given to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The answer.
    Answer,
    /// The narrative beside it.
    Narrative,
}

/// A change that can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The event that made it.
    pub event: EventHash,
    /// The question.
    pub question: String,
    /// Answer or narrative.
    pub slot: Slot,
    /// What stood there before.
    pub old: Option<Held>,
    /// What it set.
    pub new: Option<Held>,
}

/// What a submitted reading was sealed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// When it was submitted.
    pub at: Moment,
    /// The event, and its place: the head of the author's chain then.
    pub head: Head,
    /// Hash of the answers, and the ratings as computed then.
    pub data: Submitted,
}

impl Reading {
    /// The reading an event begins; `None` for an event that begins none.
    pub fn begin(id: ReadingId, event: &Event) -> Option<Self> {
        let begun =
            |case: &CaseFacts, frame, which, reviewer: &PersonCode, instrument: &str| Self {
                id,
                case: case.clone(),
                frame: frame_facts(frame),
                which,
                reviewer: reviewer.clone(),
                partner: None,
                status: Status::Open,
                instrument: instrument.to_owned(),
                answers: BTreeMap::new(),
                seal: None,
                first_submitted: None,
                first: None,
                pair: None,
                from: None,
                assigned: event.at,
                signature: None,
                taken: false,
                mode: None,
                evidence: Vec::new(),
                shared: Vec::new(),
                overrides: BTreeMap::new(),
                alerts: Vec::new(),
                quality: Quality::default(),
                touched: event.at,
                conflicts: Vec::new(),
                undo: Vec::new(),
                redo: Vec::new(),
            };
        match &event.body {
            EventBody::ReadingAssigned(data) => {
                let frame = data.frame.as_ref();
                let mut reading =
                    begun(&data.case, frame, data.which, &data.reviewer, &data.instrument);
                reading.from = data.from;
                reading.take_entries(&data.start);
                Some(reading)
            }
            EventBody::ReadingTaken(data) => {
                let (frame, reader) = (data.frame.as_ref(), &event.chain.author);
                let mut reading = begun(&data.case, frame, Which::First, reader, &data.instrument);
                (reading.taken, reading.mode) = (true, data.mode);
                reading.take_entries(&data.start);
                Some(reading)
            }
            EventBody::ReadingImported(data) => {
                let frame = Some(&data.frame);
                let mut reading =
                    begun(&data.case, frame, data.which, &data.reviewer, &data.instrument);
                reading.take_entries(&data.answers);
                if let Some(seal) = &data.seal {
                    reading.take_seal(event, seal);
                }
                Some(reading)
            }
            _ => None,
        }
    }

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

    fn take_entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let given = self.answers.entry(entry.question.clone()).or_default();
            given.set(Slot::Answer, entry.value.clone());
            given.set(Slot::Narrative, entry.narrative.clone().map(Held::Text));
        }
    }

    fn take_seal(&mut self, event: &Event, data: &Submitted) {
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

    /// What was given when the reading was first handed in, and that seal; `None` while it
    /// never was.
    pub fn first_sealed(&self) -> Option<(&Seal, &BTreeMap<String, Given>)> {
        match &self.first {
            Some(first) => Some((&first.seal, &first.answers)),
            None => self.seal.as_ref().map(|seal| (seal, &self.answers)),
        }
    }

    /// What stands in a slot, as an event would hold it.
    pub fn held(&self, question: &str, slot: Slot) -> Option<Held> {
        let given = self.answers.get(question)?;
        let (text, hash) = match slot {
            Slot::Answer => (&given.value, given.value_hash),
            Slot::Narrative => (&given.narrative, given.narrative_hash),
        };
        match (text, hash) {
            (text, Some(hash)) => Some(Held::Text(Words::known(hash, text.clone()))),
            (Some(code), None) => Some(Held::Code(code.clone())),
            (None, None) => None,
        }
    }

    /// Everything given, as a reading that goes on from this one starts with it.
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |question: &String| Entry {
            question: question.clone(),
            value: self.held(question, Slot::Answer),
            narrative: match self.held(question, Slot::Narrative) {
                Some(Held::Text(words)) => Some(words),
                Some(Held::Code(_)) | None => None,
            },
        };
        self.answers.keys().map(entry).collect()
    }

    /// The answer to a question.
    pub fn value(&self, question: &str) -> Option<&str> {
        self.answers.get(question)?.value.as_deref()
    }

    /// The narrative beside the answer to a question.
    pub fn narrative(&self, question: &str) -> Option<&str> {
        self.answers.get(question)?.narrative.as_deref()
    }

    /// The note on a question.
    pub fn note(&self, question: &str) -> Option<&str> {
        self.narrative(&note_on(question))
    }

    /// Every note, with the question it is on.
    pub fn notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers
            .iter()
            .filter_map(|(place, given)| Some((noted(place)?, given.narrative.as_deref()?)))
    }

    /// The change that undo would take back.
    pub fn to_undo(&self) -> Option<&Change> {
        self.undo.last()
    }

    /// The undone change that redo would do again.
    pub fn to_redo(&self) -> Option<&Change> {
        self.redo.last()
    }

    /// The changes that can be taken back one after the other, the last one last.
    pub fn undoable(&self) -> &[Change] {
        &self.undo
    }

    /// The changes taken back that can be made again, the next one last.
    pub fn redoable(&self) -> &[Change] {
        &self.redo
    }

    /// Hash of the answers: edition, case, and per question what events hold. Texts enter
    /// by their salted hash, so that it still verifies after a text was removed.
    pub fn content_hash(&self) -> ContentHash {
        let mut digest = Digest::new("casereview reading v1")
            .part(self.instrument.as_bytes())
            .part(self.case.number.to_string().as_bytes())
            .part(self.case.case_type.as_bytes());
        for (question, given) in &self.answers {
            digest = digest.part(question.as_bytes());
            digest = match (given.value_hash, &given.value) {
                (Some(hash), _) => digest.part(b"text").part(&hash.0),
                (None, Some(code)) => digest.part(b"code").part(code.as_bytes()),
                (None, None) => digest.part(b"none").part(b""),
            };
            digest = digest.part(given.narrative_hash.as_ref().map_or(&[][..], |hash| &hash.0[..]));
        }
        ContentHash(digest.finish())
    }
}

impl Given {
    fn set(&mut self, slot: Slot, held: Option<Held>) {
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

/// Frame facts from their text; none once it was removed.
pub fn frame_facts(words: Option<&Words>) -> FrameFacts {
    words.and_then(Words::text).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}
