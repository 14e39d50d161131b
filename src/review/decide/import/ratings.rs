//! Ratings of earlier years, without answers, from a file.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::{
    About, ContentHash, Decided, Digest, EventBody, HandoverRefusal, ImportId, ImportedRatings,
    RatedCase, RatingsImported, Refusal,
};

use super::super::{Decision, Known, lead};
use super::{Gathered, Numbers, case_content, facts, frame, id_of};

/// Ratings in one event, at most.
const CHUNK: usize = 10_000;

pub(in crate::review::decide) fn ratings(
    known: &dyn Known,
    instrument: &Arc<Instrument>,
    cases: &[ImportedRatings],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let (secret, mut numbers) = (known.secret(), Numbers::new(known));
    let mut gathered = Gathered::default();
    for chunk in chunks(cases) {
        let content = ratings_content(&secret, instrument, chunk);
        if known.imported(&content) {
            gathered.there += 1;
            continue;
        }
        let mut rated = Vec::with_capacity(chunk.len());
        for one in chunk {
            let number = numbers.of(&one.case);
            for (item, given) in &one.ratings {
                if let Some(there) = known.imported_rating(number, item)
                    && there != *given
                {
                    gathered.refused.push(Refusal::Handover(HandoverRefusal::OtherRating {
                        id: one.case.id.clone(),
                        round: one.case.round.clone(),
                        item: item.clone(),
                        there,
                        given: given.clone(),
                    }));
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
        gathered.events.push(Decided { about, body });
    }
    gathered.decision()
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
