//! Readings and ratings from files.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::command::ImportedCase;
use crate::review::rate::{is_words, rate, seal};
use crate::review::{
    About, CaseFacts, CaseNumber, Chain, ContentHash, Decided, Digest, Entry, Event, EventBody,
    EventHash, FrameFacts, Held, ImportId, ImportedRatings, ImportedReading, Moment, RatedCase,
    RatingsImported, Reading, ReadingId, ReadingImported, Refusal, Words,
};

use super::round::frame_words;
use super::{Decision, Known, Note, lead, program};

/// Ratings in one event, at most.
const CHUNK: usize = 10_000;

pub(super) fn readings(
    known: &dyn Known,
    instrument: &Arc<Instrument>,
    readings: &[ImportedReading],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let (secret, mut numbers) = (known.secret(), Numbers::new(known));
    let mut decision = Decision::default();
    let mut refused = Vec::new();
    let mut there = 0;
    for reading in readings {
        let content = reading_content(&secret, instrument, reading);
        if known.imported(&content) {
            there += 1;
            continue;
        }
        if numbers.taken(&reading.case, reading) {
            refused.push(Refusal::OtherReading {
                id: reading.case.id.clone(),
                round: reading.case.round.clone(),
                which: reading.which,
            });
            continue;
        }
        let number = numbers.of(&reading.case);
        match imported(known, instrument, reading, number, content) {
            Ok(decided) => decision.events.push(decided),
            Err(refusal) => refused.push(refusal),
        }
    }
    if there > 0 {
        decision.notes.push(Note::AlreadyImported(there));
    }
    match Refusal::of(refused) {
        Some(refusal) => Err(refusal),
        None => Ok(decision),
    }
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

fn id_of(content: &ContentHash) -> [u8; 8] {
    let mut id = [0; 8];
    id.copy_from_slice(&content.0[..8]);
    id
}

fn facts(case: &ImportedCase, number: CaseNumber) -> CaseFacts {
    CaseFacts {
        number,
        case_type: case.case_type.clone(),
        region: case.region.clone(),
        county: case.county.clone(),
        period: case.period.clone(),
        under_review: case.under_review,
        round: case.round.clone(),
        sample_id: case.sample_id.clone(),
        review_kind: case.review_kind,
    }
}

fn frame(known: &dyn Known, case: &ImportedCase) -> Words {
    frame_words(known, &FrameFacts::from([("case".to_owned(), case.id.clone())]))
}

fn case_content(digest: Digest, instrument: &Instrument, case: &ImportedCase) -> Digest {
    let under_review = case.under_review.map(|days| days.to_string()).unwrap_or_default();
    [
        instrument.hash(),
        &case.id,
        &case.case_type,
        &case.region,
        &case.county,
        &case.period,
        &under_review,
        &case.round,
        &case.sample_id,
        case.review_kind.code(),
    ]
    .into_iter()
    .fold(digest, |digest, part| digest.part(part.as_bytes()))
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

pub(super) fn ratings(
    known: &dyn Known,
    instrument: &Arc<Instrument>,
    cases: &[ImportedRatings],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let (secret, mut numbers) = (known.secret(), Numbers::new(known));
    let mut decision = Decision::default();
    let mut refused = Vec::new();
    let mut there = 0;
    for chunk in chunks(cases) {
        let content = ratings_content(&secret, instrument, chunk);
        if known.imported(&content) {
            there += 1;
            continue;
        }
        let mut rated = Vec::with_capacity(chunk.len());
        for one in chunk {
            let number = numbers.of(&one.case);
            for (item, given) in &one.ratings {
                if let Some(there) = known.imported_rating(number, item)
                    && there != *given
                {
                    refused.push(Refusal::OtherRating {
                        id: one.case.id.clone(),
                        round: one.case.round.clone(),
                        item: item.clone(),
                        there,
                        given: given.clone(),
                    });
                }
            }
            rated.push(RatedCase {
                case: facts(&one.case, number),
                frame: frame(known, &one.case),
                ratings: one.ratings.clone(),
            });
        }
        let about = About::Import(ImportId(id_of(&content)));
        let instrument = instrument.hash().to_owned();
        let data = RatingsImported { content, instrument, cases: rated };
        let body = EventBody::RatingsImported(Box::new(data));
        decision.events.push(Decided { about, body });
    }
    if there > 0 {
        decision.notes.push(Note::AlreadyImported(there));
    }
    match Refusal::of(refused) {
        Some(refusal) => Err(refusal),
        None => Ok(decision),
    }
}

/// Cuts cases into runs of at most [`CHUNK`] ratings, never through a case.
fn chunks(cases: &[ImportedRatings]) -> Vec<&[ImportedRatings]> {
    let mut runs = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (at, case) in cases.iter().enumerate() {
        if held > 0 && held + case.ratings.len() > CHUNK {
            runs.push(&cases[start..at]);
            (start, held) = (at, 0);
        }
        held += case.ratings.len();
    }
    if start < cases.len() {
        runs.push(&cases[start..]);
    }
    runs
}

fn ratings_content(
    secret: &[u8],
    instrument: &Instrument,
    cases: &[ImportedRatings],
) -> ContentHash {
    let mut digest = Digest::new("casereview imported ratings v1").part(secret);
    for one in cases {
        digest = case_content(digest, instrument, &one.case);
        for (item, rating) in &one.ratings {
            digest = digest.part(item.as_bytes()).part(rating.as_bytes());
        }
        digest = digest.part(b"end");
    }
    ContentHash(digest.finish())
}

/// Review numbers for imported cases: the one the case has, or the next free one.
struct Numbers<'k> {
    known: &'k dyn Known,
    next: u32,
    given: HashMap<[String; 3], CaseNumber>,
    read: BTreeMap<CaseNumber, Vec<crate::review::Which>>,
}

impl<'k> Numbers<'k> {
    fn new(known: &'k dyn Known) -> Self {
        let next = known.next_number().0;
        Self { known, next, given: HashMap::new(), read: BTreeMap::new() }
    }

    fn of(&mut self, case: &ImportedCase) -> CaseNumber {
        let period = format!("{} {}", case.review_kind, case.period);
        let key = [case.round.clone(), period, case.id.clone()];
        if let Some(number) = self.given.get(&key) {
            return *number;
        }
        let number = self.known.case_with(case).unwrap_or_else(|| {
            self.next += 1;
            CaseNumber(self.next - 1)
        });
        self.given.insert(key, number);
        number
    }

    /// Whether the case already has this review, in the workspace or earlier in the file.
    fn taken(&mut self, case: &ImportedCase, reading: &ImportedReading) -> bool {
        let number = self.of(case);
        let known = self.known;
        let read = self.read.entry(number).or_insert_with(|| {
            let standing = known.case(number);
            standing.map_or_else(Vec::new, |s| s.readings.iter().map(|r| r.which).collect())
        });
        let taken = read.contains(&reading.which);
        read.push(reading.which);
        taken
    }
}
