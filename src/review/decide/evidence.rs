//! Evidence one reader of a case shares with the other.

use crate::review::{
    About, CaseNumber, Decided, EventBody, EvidenceNote, EvidenceNoted, EvidenceShared,
    InterviewMode, PairRefusal, Reading, ReadingId, Refusal, SampleRefusal, Status, Which, Words,
};

use super::reading::mine;
use super::{Decision, Known, lead};

/// Writes a note of evidence down in one's own open reading.
pub(super) fn note(
    known: &dyn Known,
    id: ReadingId,
    source: &str,
    text: &str,
) -> Result<Decision, Refusal> {
    let (reading, _) = mine(known, id)?;
    if source.trim().is_empty() || text.trim().is_empty() {
        return Err(PairRefusal::EvidenceUnsaid(reading.case.number).into());
    }
    let data = EvidenceNoted {
        source: Words::new(source.trim(), known.salt()),
        text: Words::new(text.trim(), known.salt()),
    };
    let body = EventBody::EvidenceNoted(Box::new(data));
    Ok(Decision { events: vec![Decided { about: About::Reading(id), body }], notes: Vec::new() })
}

/// Lets each reader of a case have what the other noted, where their mode is to share it.
pub(super) fn release(known: &dyn Known, case: CaseNumber) -> Result<Decision, Refusal> {
    lead(known)?;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let round = standing.round.ok_or(SampleRefusal::NotDrawn(case))?;
    let round = known.round(round).ok_or(SampleRefusal::NotDrawn(case))?;
    let mode = round.pairs.get(&case).map(|pair| pair.mode);
    if mode != Some(InterviewMode::EvidenceShared) {
        return Err(PairRefusal::NotShared(case).into());
    }
    let mut readings = Vec::new();
    for brief in &standing.readings {
        readings.push(known.reading(brief.id).ok_or(Refusal::UnknownReading)?);
    }
    let mut decision = Decision::default();
    for to in &readings {
        let reads = to.status == Status::Open && matches!(to.which, Which::First | Which::Second);
        if !reads {
            continue;
        }
        let theirs = readings.iter().filter(|from| from.id != to.id);
        let notes: Vec<EvidenceNote> =
            theirs.flat_map(|from| &from.evidence).filter(|note| !has(to, note)).cloned().collect();
        if !notes.is_empty() {
            let body = EventBody::EvidenceReleased(Box::new(EvidenceShared { notes }));
            decision.events.push(Decided { about: About::Reading(to.id), body });
        }
    }
    if decision.events.is_empty() {
        return Err(PairRefusal::NothingToRelease(case).into());
    }
    Ok(decision)
}

/// The notes of a work order that a reading has not yet.
pub(super) fn received(
    reading: Option<&Reading>,
    id: ReadingId,
    notes: &[EvidenceNote],
) -> Option<Decided> {
    let new = notes.iter().filter(|note| reading.is_none_or(|reading| !has(reading, note)));
    let notes: Vec<EvidenceNote> = new.cloned().collect();
    (!notes.is_empty()).then(|| Decided {
        about: About::Reading(id),
        body: EventBody::EvidenceReceived(Box::new(EvidenceShared { notes })),
    })
}

fn has(reading: &Reading, note: &EvidenceNote) -> bool {
    reading.shared.iter().any(|one| one.note == note.note)
}
