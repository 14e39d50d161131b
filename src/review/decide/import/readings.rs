//! Readings with their answers, from a file.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::rate::{is_words, rate, seal};
use crate::review::{
    About, CaseNumber, Chain, ContentHash, Decided, Digest, Entry, Event, EventBody, EventHash,
    HandoverRefusal, Held, ImportedReading, Moment, Reading, ReadingId, ReadingImported, Refusal,
    Words,
};

use super::super::{Decision, Known, lead, program};
use super::{Gathered, Numbers, case_content, facts, frame, id_of};

pub(in crate::review::decide) fn readings(
    known: &dyn Known,
    instrument: &Arc<Instrument>,
    readings: &[ImportedReading],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let (secret, mut numbers) = (known.secret(), Numbers::new(known));
    let mut gathered = Gathered::default();
    for reading in readings {
        let content = reading_content(&secret, instrument, reading);
        if known.imported(&content) {
            gathered.there += 1;
            continue;
        }
        if numbers.taken(&reading.case, reading) {
            gathered.refused.push(Refusal::Handover(HandoverRefusal::OtherReading {
                id: reading.case.id.clone(),
                round: reading.case.round.clone(),
                which: reading.which,
            }));
            continue;
        }
        let number = numbers.of(&reading.case);
        match imported(known, instrument, reading, number, content) {
            Ok(decided) => gathered.events.push(decided),
            Err(refusal) => gathered.refused.push(refusal),
        }
    }
    gathered.decision()
}

fn imported(
    known: &dyn Known,
    instrument: &Arc<Instrument>,
    reading: &ImportedReading,
    number: CaseNumber,
    content: ContentHash,
) -> Result<Decided, Refusal> {
    let mut answers = Vec::with_capacity(reading.answers.len());
    for given in &reading.answers {
        let at = instrument.find_question(&given.question).ok_or_else(|| {
            Refusal::UnknownQuestion { question: given.question.clone(), nearest: None }
        })?;
        let held = |text: &String| {
            if is_words(instrument.question(at)) {
                Held::Text(Words::new(text, known.salt()))
            } else {
                Held::Code(text.clone())
            }
        };
        answers.push(Entry {
            question: given.question.clone(),
            value: given.value.as_ref().map(held),
            narrative: given.narrative.as_ref().map(|text| Words::new(text, known.salt())),
        });
    }
    answers.sort_by(|a, b| a.question.cmp(&b.question));
    let id = id_of(&content);
    let mut data = ReadingImported {
        content,
        case: facts(&reading.case, number),
        frame: frame(known, &reading.case),
        which: reading.which,
        reviewer: reading.reviewer.clone(),
        instrument: instrument.hash().to_owned(),
        answers,
        seal: None,
    };
    if !reading.draft {
        let state = preview(known, id, &data);
        let scores = rate(instrument, &state)
            .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
        data.seal = Some(seal(instrument, &state, &scores, &program()));
    }
    let body = EventBody::ReadingImported(Box::new(data));
    Ok(Decided { about: About::Reading(ReadingId(id)), body })
}

/// The reading an import will begin, to be rated before its event exists.
fn preview(known: &dyn Known, id: [u8; 8], data: &ReadingImported) -> Reading {
    let place = known.birthplace();
    let event = Event {
        chain: Chain { author: place.author.clone(), workspace: place.workspace },
        seq: place.seq,
        hash: EventHash::NONE,
        at: Moment::from_millis(0),
        after: Vec::new(),
        about: About::Reading(ReadingId(id)),
        body: EventBody::ReadingImported(Box::new(data.clone())),
    };
    Reading::begin(ReadingId(id), &event).expect("an imported reading begins a reading")
}

/// What an imported reading is known again by: the order of its answers does not matter.
fn reading_content(
    secret: &[u8],
    instrument: &Instrument,
    reading: &ImportedReading,
) -> ContentHash {
    let digest = Digest::new("casereview imported reading v1").part(secret);
    let mut digest = case_content(digest, instrument, &reading.case)
        .part(reading.which.code().as_bytes())
        .part(reading.reviewer.as_str().as_bytes())
        .part(if reading.draft { b"draft" } else { b"submitted" });
    let mut answers: Vec<_> = reading.answers.iter().collect();
    answers.sort_by(|a, b| a.question.cmp(&b.question));
    let part = |digest: Digest, text: &Option<String>| match text {
        Some(text) => digest.part(b"some").part(text.as_bytes()),
        None => digest.part(b"none"),
    };
    for given in answers {
        digest = digest.part(given.question.as_bytes());
        digest = part(digest, &given.value);
        digest = part(digest, &given.narrative);
    }
    ContentHash(digest.finish())
}
