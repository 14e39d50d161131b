//! A reading: one reviewer's form of one case.

mod taking;

use std::collections::BTreeMap;

use crate::review::{
    Alert, CaseFacts, ContentHash, Digest, Entry, Event, EventBody, EventHash, EvidenceNote,
    FirstSeal, FrameFacts, Head, Held, InterviewMode, Moment, Override, PersonCode, Quality,
    ReadingId, ReadingSigned, Settling, Status, Submitted, TextHash, Which, Words, note_on, noted,
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
    /// The work order it was taken in by.
    pub order: Option<ContentHash>,
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
                order: None,
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
                reading.order = Some(data.order);
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

/// Frame facts from their text; none once it was removed.
pub fn frame_facts(words: Option<&Words>) -> FrameFacts {
    words.and_then(Words::text).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}
