//! Keys, work orders, signatures, and how pairs are read.

use crate::review::{
    About, Card, CardAdded, CaseNumber, ContentHash, Days, Decided, EventBody, Fingerprint,
    HandoverRefusal, InterviewMode, PairArranged, PairRefusal, PersonRole, ReadingId,
    ReadingSigned, ReadingTaken, ReadingWithdrawn, Refusal, SampleRefusal, Status, Which, Words,
    WorkCase, WorkOrder, WorkOrderTaken, signature_problem,
};

use super::round::{live, person_added};
use super::{Decision, Known, Note, lead, member, program};
use super::{alert, evidence, qa};

/// A lead keeps the cards; in a reader's own workspace, its reader.
fn keeper(known: &dyn Known) -> Result<(), Refusal> {
    if known.team().is_readers() { member(known).map(drop) } else { lead(known).map(drop) }
}

pub(super) fn add_card(known: &dyn Known, card: &Card, replace: bool) -> Result<Decision, Refusal> {
    keeper(known)?;
    let team = known.team();
    let mut decision = Decision::default();
    match team.card_named(card.fingerprint) {
        Some((_, true)) => return Ok(decision),
        Some((_, false)) => {
            return Err(HandoverRefusal::CardReplaced(card.code.clone()).into());
        }
        None => {}
    }
    let replaces = match (team.card(&card.code), replace) {
        (Some(old), true) => Some(old.fingerprint),
        (None, false) => None,
        (Some(_), false) => {
            return Err(HandoverRefusal::OtherCard(card.code.clone()).into());
        }
        (None, true) => return Err(HandoverRefusal::NoCard(card.code.clone()).into()),
    };
    if !team.people.contains_key(&card.code) && !team.is_readers() {
        decision.events.push(person_added(&card.code, PersonRole::Reviewer));
        decision.notes.push(Note::PersonAdded(card.code.clone()));
    }
    let body = EventBody::CardAdded(Box::new(CardAdded {
        code: card.code.clone(),
        name: Words::new(&card.name, known.salt()),
        sign: card.sign,
        encrypt: card.encrypt.clone(),
        fingerprint: card.fingerprint,
        replaces,
    }));
    decision.events.push(Decided { about: About::Team, body });
    Ok(decision)
}

pub(super) fn take_order(
    known: &dyn Known,
    order: &WorkOrder,
    hash: ContentHash,
    key: Fingerprint,
) -> Result<Decision, Refusal> {
    let me = &known.birthplace().author;
    // The first order makes the workspace and its reader.
    if !known.team().people.is_empty() {
        member(known)?;
    }
    if order.to != *me {
        return Err(HandoverRefusal::OrderFor(order.to.clone()).into());
    }
    let mut decision = Decision::default();
    if known.team().orders.contains_key(&hash) {
        return Ok(decision);
    }
    let body = EventBody::WorkOrderTaken(Box::new(WorkOrderTaken {
        order: hash,
        from: order.from.clone(),
        key,
        team: order.team.clone(),
        program: program(),
    }));
    decision.events.push(Decided { about: About::Team, body });
    for round in order.rounds.iter().filter(|round| known.round(round.id).is_none()) {
        let body = EventBody::RoundOpened(Box::new(round.opened.clone()));
        decision.events.push(Decided { about: About::Round(round.id), body });
    }
    for case in order.cases.iter().filter(|case| known.reading(case.reading).is_none()) {
        if known.instrument(&case.instrument).is_none() {
            return Err(Refusal::UnknownInstrument(case.instrument.clone()));
        }
        decision.events.push(taken(case, hash));
    }
    for case in &order.cases {
        let reading = known.reading(case.reading);
        let new = evidence::received(reading.as_deref(), case.reading, &case.evidence);
        decision.events.extend(new);
        decision.events.extend(qa::returned(known, case, hash));
    }
    decision.events.extend(order.alerts.iter().filter_map(|sent| alert::received(known, sent)));
    for id in &order.recalled {
        let reading = known.reading(*id);
        if reading.is_some_and(|reading| reading.taken && reading.status != Status::Withdrawn) {
            let body =
                EventBody::ReadingWithdrawn(Box::new(ReadingWithdrawn { to: None, reason: None }));
            decision.events.push(Decided { about: About::Reading(*id), body });
        }
    }
    Ok(decision)
}

fn taken(case: &WorkCase, order: ContentHash) -> Decided {
    let body = EventBody::ReadingTaken(Box::new(ReadingTaken {
        order,
        assigned: case.assigned,
        round: case.round,
        case: case.case.clone(),
        frame: case.frame.clone(),
        instrument: case.instrument.clone(),
        mode: case.mode,
        start: case.start.clone(),
    }));
    Decided { about: About::Reading(case.reading), body }
}

/// Writes a signature down under the seal it was made for.
pub(super) fn sign(
    known: &dyn Known,
    id: ReadingId,
    signed: &ReadingSigned,
) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    let case = reading.case.number;
    if reading.reviewer != *me {
        return Err(Refusal::NotYours { case, reviewer: reading.reviewer.clone() });
    }
    if reading.signature.as_ref() == Some(signed) {
        return Ok(Decision::default());
    }
    let (card, _) =
        known.team().card_named(signed.key).ok_or_else(|| HandoverRefusal::NoCard(me.clone()))?;
    if let Some(problem) = signature_problem(&reading, signed, card) {
        return Err(HandoverRefusal::BadSignature { case, problem }.into());
    }
    let body = EventBody::ReadingSigned(Box::new(signed.clone()));
    Ok(Decision { events: vec![Decided { about: About::Reading(id), body }], notes: Vec::new() })
}

/// Fixes how a case is read by both its readers; it stays once the second one has it.
pub(super) fn arrange(
    known: &dyn Known,
    cases: &[CaseNumber],
    mode: InterviewMode,
    under_review: Option<Days>,
) -> Result<Decision, Refusal> {
    lead(known)?;
    let mut decision = Decision::default();
    let mut refused = Vec::new();
    for case in cases {
        match arrange_one(known, *case, mode, under_review) {
            Ok(event) => decision.events.extend(event),
            Err(refusal) => refused.push(refusal),
        }
    }
    Refusal::of(refused).map_or(Ok(decision), Err)
}

fn arrange_one(
    known: &dyn Known,
    case: CaseNumber,
    mode: InterviewMode,
    under_review: Option<Days>,
) -> Result<Option<Decided>, Refusal> {
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let id = standing.round.ok_or(SampleRefusal::NotDrawn(case))?;
    let round = live(known, id)?;
    let before = round.pairs.get(&case);
    let under_review = under_review
        .or(before.and_then(|pair| pair.under_review))
        .or(standing.case.facts.under_review);
    let data = PairArranged { case, mode, under_review };
    if before == Some(&data) {
        return Ok(None);
    }
    if standing.readings.iter().any(|brief| brief.which == Which::Second) {
        return Err(PairRefusal::PairFixed(case).into());
    }
    for brief in &standing.readings {
        let reading = known.reading(brief.id).ok_or(Refusal::UnknownReading)?;
        let mine = reading.case.under_review;
        if mine != under_review {
            let reviewer = brief.reviewer.clone();
            return Err(PairRefusal::OtherPeriod { case, reviewer, under_review: mine }.into());
        }
    }
    let body = EventBody::PairArranged(Box::new(data));
    Ok(Some(Decided { about: About::Round(id), body }))
}
