//! Which cases are read a second time.

use std::collections::BTreeSet;

use crate::review::{
    About, CaseNumber, Decided, DrawSeconds, EventBody, Refusal, Round, SampleRefusal,
    SecondDropped, SecondsDrawn, Which, Words,
};

use super::round::live;
use super::{Decision, Known, lead};

/// Records a draw of second reviews: every case of the pool is in the sample, has a first
/// reader and was in no earlier pool, so that none is drawn for twice.
pub(super) fn draw(known: &dyn Known, told: &DrawSeconds) -> Result<Decision, Refusal> {
    lead(known)?;
    let round = live(known, told.round)?;
    if told.cases.is_empty() {
        return Err(SampleRefusal::NothingForSecond(round.name.clone()).into());
    }
    let pool: BTreeSet<CaseNumber> = told.pool.iter().copied().collect();
    let wrong = pool.iter().filter_map(|case| can_join(known, &round, *case).err());
    if let Some(refusal) = Refusal::of(wrong.collect()) {
        return Err(refusal);
    }
    if let Some(stray) = told.cases.iter().find(|one| !pool.contains(&one.case)) {
        return Err(SampleRefusal::NotDrawn(stray.case).into());
    }
    let body = EventBody::SecondsDrawn(Box::new(SecondsDrawn {
        seed: told.seed.clone(),
        percent: told.percent,
        pool: pool.into_iter().collect(),
        strata: told.strata.clone(),
        cases: told.cases.clone(),
    }));
    Ok(one(told.round, body))
}

fn can_join(known: &dyn Known, round: &Round, case: CaseNumber) -> Result<(), Refusal> {
    if !round.is_in(case) {
        return Err(SampleRefusal::NotDrawn(case).into());
    }
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    if !standing.readings.iter().any(|brief| brief.which == Which::First) {
        return Err(SampleRefusal::NotAssigned(case).into());
    }
    round.seconds.can_join(case)
}

/// Lets a case do without its second review, as long as nobody reads it.
pub(super) fn drop_one(
    known: &dyn Known,
    case: CaseNumber,
    why: &str,
) -> Result<Decision, Refusal> {
    lead(known)?;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let id = standing.round.ok_or(SampleRefusal::NotDrawn(case))?;
    let round = live(known, id)?;
    if !round.seconds.is_drawn(case) {
        return Err(SampleRefusal::NotForSecond(case).into());
    }
    let second = standing.readings.iter().find(|brief| brief.which == Which::Second);
    if let Some(brief) = second {
        return Err(SampleRefusal::SecondBegun { case, reviewer: brief.reviewer.clone() }.into());
    }
    if why.trim().is_empty() {
        return Err(SampleRefusal::DropUnexplained.into());
    }
    let why = Words::new(why, known.salt());
    Ok(one(id, EventBody::SecondDropped(Box::new(SecondDropped { case, why }))))
}

fn one(id: crate::review::RoundId, body: EventBody) -> Decision {
    Decision { events: vec![Decided { about: About::Round(id), body }], notes: Vec::new() }
}
