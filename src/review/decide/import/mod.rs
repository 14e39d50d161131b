//! Readings and ratings from files.

mod ratings;
mod readings;

use std::collections::{BTreeMap, HashMap};

use crate::instrument::Instrument;
use crate::review::command::ImportedCase;
use crate::review::{
    CaseFacts, CaseNumber, ContentHash, Decided, Digest, FrameFacts, ImportedReading, Refusal,
    Which, Words,
};

pub(super) use ratings::ratings;
pub(super) use readings::readings;

use super::round::frame_words;
use super::{Decision, Known, Note};

/// What came of a file so far.
#[derive(Default)]
struct Gathered {
    events: Vec<Decided>,
    refused: Vec<Refusal>,
    /// How many parts of it were imported before.
    there: usize,
}

impl Gathered {
    /// All of the file, or every reason why not.
    fn decision(self) -> Result<Decision, Refusal> {
        if let Some(refusal) = Refusal::of(self.refused) {
            return Err(refusal);
        }
        let mut decision = Decision { events: self.events, ..Decision::default() };
        if self.there > 0 {
            decision.notes.push(Note::AlreadyImported(self.there));
        }
        Ok(decision)
    }
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

/// Review numbers for imported cases: the one the case has, or the next free one.
struct Numbers<'k> {
    known: &'k dyn Known,
    next: u32,
    given: HashMap<[String; 3], CaseNumber>,
    read: BTreeMap<CaseNumber, Vec<Which>>,
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
