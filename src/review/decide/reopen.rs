//! Opening a sealed review again.

use crate::review::{
    EventBody, EventHash, PairRefusal, Reading, ReadingId, ReadingReopened, Refusal, Status, Which,
    Words,
};

use super::qa::is_final;
use super::reconcile::one;
use super::{Decision, Known, ReadingBrief, lead};

pub(super) fn reopen(known: &dyn Known, id: ReadingId, reason: &str) -> Result<Decision, Refusal> {
    let me = lead(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    let case = reading.case.number;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let holds_other = |brief: &ReadingBrief| {
        brief.id != id && brief.which != Which::Final && brief.reviewer == *me
    };
    if reading.which != Which::Final && standing.readings.iter().any(holds_other) {
        return Err(PairRefusal::OwnPair { case, reviewer: me.clone() }.into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::Unexplained);
    }
    let Some(seal) = reading.seal.as_ref().filter(|_| reading.status != Status::Withdrawn) else {
        let (which, reviewer) = (reading.which, reading.reviewer.clone());
        return Err(Refusal::NotSealed { case, which, reviewer });
    };
    Ok(one(id, reopened(known, &reading, seal.head.hash, reason)))
}

/// The event that opens a review again.
pub(super) fn reopened(
    known: &dyn Known,
    reading: &Reading,
    seal: EventHash,
    reason: &str,
) -> EventBody {
    let after_final = is_final(known, reading.case.number, reading.id);
    let reason = Words::new(reason.trim(), known.salt());
    EventBody::ReadingReopened(Box::new(ReadingReopened { seal, reason, after_final }))
}
