//! A lead's commands: people, rounds, frames, samples, assignment.

use std::sync::Arc;

use crate::instrument::{Instrument, Question};
use crate::review::rate::is_words;
use crate::review::{
    About, AssignCases, Case, CaseFacts, CaseNumber, Decided, DrawCase, DrawSample, DrawnCase,
    Entry, EventBody, Experience, FrameFacts, FrameImported, Held, ImportFrame, OpenRound,
    PersonAdded, PersonCode, PersonRole, ReadingAssigned, ReadingId, ReadingPaired,
    ReadingWithdrawn, Refusal, Round, RoundClosed, RoundId, RoundOpened, SampleDrawn,
    SampleRefusal, SampleSupplemented, Status, StratumStanding, SupplementSample, Which, Words,
};
use crate::scoring::{read_value, write_value};

use super::reconcile::may_be_third;
use super::{CaseStanding, Decision, Known, Note, lead, program};

pub(super) fn add_person(
    known: &dyn Known,
    code: &PersonCode,
    role: PersonRole,
) -> Result<Decision, Refusal> {
    lead(known)?;
    let there = known.team().people.get(code).is_some_and(|person| person.role <= role);
    let events = if there { Vec::new() } else { vec![person_added(code, role)] };
    Ok(Decision { events, notes: Vec::new() })
}

pub(super) fn person_added(code: &PersonCode, role: PersonRole) -> Decided {
    let body = EventBody::PersonAdded(Box::new(PersonAdded { code: code.clone(), role }));
    Decided { about: About::Team, body }
}

pub(super) fn open(known: &dyn Known, open: &OpenRound) -> Result<Decision, Refusal> {
    lead(known)?;
    if open.name.trim().is_empty() {
        return Err(Refusal::RoundUnnamed);
    }
    if known.round_named(&open.name).is_some() {
        return Err(Refusal::RoundExists(open.name.clone()));
    }
    let about = About::Round(known.birthplace().round(0));
    let body = EventBody::RoundOpened(Box::new(RoundOpened {
        name: open.name.clone(),
        instrument: open.instrument.hash().to_owned(),
        review_kind: open.review_kind,
        period: open.period.clone(),
        under_review: open.under_review,
    }));
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}

pub(super) fn live(known: &dyn Known, id: RoundId) -> Result<Arc<Round>, Refusal> {
    let round = known.round(id).ok_or_else(|| Refusal::UnknownRound(id.to_string()))?;
    if round.closed { Err(Refusal::RoundClosed(round.name.clone())) } else { Ok(round) }
}

pub(super) fn close(known: &dyn Known, id: RoundId) -> Result<Decision, Refusal> {
    lead(known)?;
    live(known, id)?;
    let body = EventBody::RoundClosed(Box::new(RoundClosed {}));
    Ok(Decision { events: vec![Decided { about: About::Round(id), body }], notes: Vec::new() })
}

pub(super) fn import_frame(known: &dyn Known, frame: &ImportFrame) -> Result<Decision, Refusal> {
    lead(known)?;
    let round = live(known, frame.round)?;
    let there = round
        .frame()
        .is_some_and(|last| last.data.file_hash == frame.file_hash && last.data.plan == frame.plan);
    if there {
        return Ok(Decision { events: Vec::new(), notes: vec![Note::AlreadyImported(1)] });
    }
    let body = EventBody::FrameImported(Box::new(FrameImported {
        file_hash: frame.file_hash.clone(),
        canonical_hash: frame.canonical_hash.clone(),
        rows: frame.rows,
        strata: frame.strata.clone(),
        sampling: frame.sampling,
        under_review: frame.under_review,
        plan: frame.plan.clone(),
        frame: Words::new(frame.frame.clone(), known.salt()),
    }));
    let about = About::Round(frame.round);
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}

pub(super) fn draw(known: &dyn Known, draw: &DrawSample) -> Result<Decision, Refusal> {
    lead(known)?;
    let round = live(known, draw.round)?;
    let frame = round.frame().ok_or_else(|| SampleRefusal::NoFrame(round.name.clone()))?;
    let again = round.draws.iter().any(|earlier| earlier.frame == frame.event);
    if again && draw.reason.is_none() {
        return Err(SampleRefusal::SecondDraw(round.name.clone()).into());
    }
    let number = round.draws.len() as u32 + 1;
    let period = match (&round.period, frame.data.sampling) {
        (period, Some(sampling)) if period.is_empty() => sampling.to_string(),
        (period, _) => period.clone(),
    };
    let first = known.next_number().0;
    let cases = draw.cases.iter().zip(first..);
    let cases =
        cases.map(|(case, nth)| drawn_case(known, &round, &period, number, CaseNumber(nth), case));
    let body = EventBody::SampleDrawn(Box::new(SampleDrawn {
        frame: frame.event,
        draw: number,
        seed: draw.seed.clone(),
        seed_source: draw.seed_source.as_ref().map(|text| Words::new(text, known.salt())),
        strata: draw.strata.clone(),
        cases: cases.collect(),
        reason: draw.reason.as_ref().map(|text| Words::new(text, known.salt())),
        program: program(),
    }));
    let about = About::Round(draw.round);
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}

fn drawn_case(
    known: &dyn Known,
    round: &Round,
    period: &str,
    draw: u32,
    number: CaseNumber,
    case: &DrawCase,
) -> DrawnCase {
    DrawnCase {
        case: CaseFacts {
            number,
            case_type: case.case_type.clone(),
            region: case.region.clone(),
            county: case.county.clone(),
            period: period.to_owned(),
            under_review: round.under_review,
            round: round.name.clone(),
            sample_id: format!("draw-{draw}"),
            review_kind: round.review_kind,
        },
        place: case.place.clone(),
        ticket: Words::new(&case.ticket, known.salt()),
        frame: frame_words(known, &case.frame),
    }
}

/// Further spares of a stratum, once its spares are used up and someone else approved.
pub(super) fn supplement(known: &dyn Known, told: &SupplementSample) -> Result<Decision, Refusal> {
    let me = lead(known)?;
    let round = live(known, told.round)?;
    let Some(draw) = round.draws.iter().find(|draw| draw.number == told.draw) else {
        return Err(
            SampleRefusal::NoDraw { round: round.name.clone(), draw: Some(told.draw) }.into()
        );
    };
    let of_draw = |one: &StratumStanding| one.draw == told.draw;
    let strata: Vec<_> = round.strata().into_iter().filter(of_draw).collect();
    let Some(standing) = strata.iter().find(|one| one.stratum == told.stratum) else {
        let known = strata.into_iter().map(|one| one.stratum).collect();
        return Err(SampleRefusal::UnknownStratum { stratum: told.stratum.clone(), known }.into());
    };
    if standing.spares_left > 0 {
        let (stratum, left) = (told.stratum.clone(), standing.spares_left);
        return Err(SampleRefusal::SparesLeft { stratum, left }.into());
    }
    let approved_by = told.approved_by.trim();
    if approved_by.is_empty() || approved_by == me.as_str() {
        return Err(SampleRefusal::SupplementUnapproved.into());
    }
    if told.why.trim().is_empty() {
        return Err(SampleRefusal::SupplementUnexplained.into());
    }
    if told.cases.is_empty() {
        return Err(SampleRefusal::NothingMore(told.stratum.clone()).into());
    }
    let period = draw.cases.first().map(|case| case.case.period.clone());
    let period = period.unwrap_or_else(|| round.period.clone());
    let first = known.next_number().0;
    let cases =
        told.cases.iter().zip(first..).map(|(case, nth)| {
            drawn_case(known, &round, &period, told.draw, CaseNumber(nth), case)
        });
    let body = EventBody::SampleSupplemented(Box::new(SampleSupplemented {
        draw: told.draw,
        stratum: told.stratum.clone(),
        cases: cases.collect(),
        approved_by: Words::new(approved_by, known.salt()),
        why: Words::new(&told.why, known.salt()),
        program: program(),
    }));
    let about = About::Round(told.round);
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}

/// Frame facts as a text of the text table.
pub(super) fn frame_words(known: &dyn Known, facts: &FrameFacts) -> Words {
    let json = serde_json::to_string(facts).expect("a map of texts always has a JSON form");
    Words::new(json, known.salt())
}

/// Gives cases to a reviewer, or to two under two names.
pub(super) fn assign(
    known: &dyn Known,
    assign: &AssignCases,
    partner: Option<&PersonCode>,
) -> Result<Decision, Refusal> {
    lead(known)?;
    let mut decision = Decision::default();
    let mut refused = Vec::new();
    if partner == Some(&assign.to) {
        return Err(SampleRefusal::PairOfOne(assign.to.clone()).into());
    }
    for code in std::iter::once(&assign.to).chain(partner) {
        if !known.team().people.contains_key(code) {
            decision.events.push(person_added(code, PersonRole::Reviewer));
            decision.notes.push(Note::PersonAdded(code.clone()));
        }
        if let Some(lack) = known.team().agreement_lacks(code, known.today()) {
            let reviewer = code.clone();
            refused.push(Refusal::Sample(SampleRefusal::NoAgreement {
                reviewer,
                lack: lack.to_string(),
            }));
        }
    }
    if let Some(partner) = partner {
        let new = |code: &PersonCode| known.team().facts(code).experience == Some(Experience::New);
        if new(&assign.to) && new(partner) {
            decision.notes.push(Note::BothNew(assign.to.clone(), partner.clone()));
        }
    }
    if let Some(refusal) = Refusal::of(std::mem::take(&mut refused)) {
        return Err(refusal);
    }
    let mut cases = assign.cases.clone();
    cases.sort_unstable();
    cases.dedup();
    for (nth, number) in cases.into_iter().enumerate() {
        if let Err(refusal) = assign_one(known, assign, partner, number, nth, &mut decision) {
            refused.push(refusal);
        }
    }
    match Refusal::of(refused) {
        Some(refusal) => Err(refusal),
        None => Ok(decision),
    }
}

fn assign_one(
    known: &dyn Known,
    assign: &AssignCases,
    partner: Option<&PersonCode>,
    number: CaseNumber,
    nth: usize,
    decision: &mut Decision,
) -> Result<(), Refusal> {
    let mut standing = known.case(number).ok_or(Refusal::UnknownCase(number))?;
    let (Some(round_id), Some(draw)) = (standing.round, standing.draw) else {
        return Err(Refusal::UnknownCase(number));
    };
    let round = live(known, round_id)?;
    if round.changes.is_eliminated(number) {
        return Err(SampleRefusal::Eliminated(number).into());
    }
    if !round.is_in(number) {
        return Err(SampleRefusal::Spare(number).into());
    }
    // Both readers of a pair have the period that was fixed for it.
    if let Some(days) = round.pairs.get(&number).and_then(|pair| pair.under_review) {
        standing.case.facts.under_review = Some(days);
    }
    if assign.which == Which::Third {
        may_be_third(known, &standing, &assign.to, partner)?;
    }
    let before = current(&standing, assign, partner)?;
    for code in std::iter::once(&assign.to).chain(partner) {
        if let Some(bar) = known.team().bar(code, &standing.case) {
            let with = bar.to_string();
            return Err(
                SampleRefusal::Conflict { case: number, reviewer: code.clone(), with }.into()
            );
        }
    }
    if let Some(brief) = before.filter(|brief| brief.reviewer == assign.to) {
        match partner.filter(|code| brief.partner.as_ref() != Some(code)) {
            Some(code) => {
                decision.events.push(paired(brief.id, code));
                decision.notes.extend(left(number, brief, assign, partner));
            }
            None => decision.notes.push(Note::AlreadyTheirs(number)),
        }
        return Ok(());
    }
    let instrument = known
        .instrument(&round.instrument)
        .ok_or_else(|| Refusal::UnknownInstrument(round.instrument.clone()))?;
    let id = known.birthplace().reading(nth);
    let mut start = from_frame(known, &instrument, &standing.case);
    if let Some(brief) = before {
        let earlier = known.reading(brief.id).ok_or(Refusal::UnknownReading)?;
        start = earlier.entries();
        let body =
            EventBody::ReadingWithdrawn(Box::new(ReadingWithdrawn { to: Some(id), reason: None }));
        decision.events.push(Decided { about: About::Reading(brief.id), body });
        decision.notes.push(Note::TakenOver { case: number, from: brief.reviewer.clone() });
        decision.notes.extend(left(number, brief, assign, partner));
    }
    let body = EventBody::ReadingAssigned(Box::new(ReadingAssigned {
        round: round_id,
        draw: Some(draw),
        case: standing.case.facts.clone(),
        frame: Some(frame_words(known, &standing.case.frame)),
        which: assign.which,
        reviewer: assign.to.clone(),
        instrument: round.instrument.clone(),
        from: before.map(|brief| brief.id),
        start,
    }));
    decision.events.push(Decided { about: About::Reading(id), body });
    decision.events.extend(partner.map(|code| paired(id, code)));
    Ok(())
}

/// Tells of a partner who is on the case no more.
fn left(
    case: CaseNumber,
    brief: &super::ReadingBrief,
    assign: &AssignCases,
    partner: Option<&PersonCode>,
) -> Option<Note> {
    let left = brief.partner.as_ref().filter(|code| **code != assign.to && Some(*code) != partner);
    left.map(|code| Note::PartnerLeft { case, partner: code.clone() })
}

fn paired(id: ReadingId, partner: &PersonCode) -> Decided {
    let body = EventBody::ReadingPaired(Box::new(ReadingPaired { partner: Some(partner.clone()) }));
    Decided { about: About::Reading(id), body }
}

/// The reading of this kind the case has now, if it may still go to someone else.
fn current<'s>(
    standing: &'s CaseStanding,
    assign: &AssignCases,
    partner: Option<&PersonCode>,
) -> Result<Option<&'s super::ReadingBrief>, Refusal> {
    let case = standing.case.facts.number;
    let others = || standing.readings.iter().filter(|brief| brief.which != assign.which);
    for code in std::iter::once(&assign.to).chain(partner) {
        if others().any(|brief| brief.is_by(code)) {
            return Err(SampleRefusal::SameReader { case, reviewer: code.clone() }.into());
        }
    }
    let before = standing.readings.iter().find(|brief| brief.which == assign.which);
    match before {
        Some(brief) if brief.status != Status::Open => Err(SampleRefusal::Done {
            case,
            which: brief.which,
            reviewer: brief.reviewer.clone(),
            status: brief.status,
        }
        .into()),
        before => Ok(before),
    }
}

/// Face-sheet answers the frame already gives.
fn from_frame(known: &dyn Known, instrument: &Instrument, case: &Case) -> Vec<Entry> {
    let Some(case_type) = instrument.find_case_type(&case.facts.case_type) else {
        return Vec::new();
    };
    let entry = |question: &Question| {
        let fact = fact(case, question.from_frame()?)?;
        let value = read_value(question, case_type, &fact).ok()?;
        let written = write_value(question, &value);
        let held = if is_words(question) {
            Held::Text(Words::new(written, known.salt()))
        } else {
            Held::Code(written)
        };
        Some(Entry { question: question.id().to_owned(), value: Some(held), narrative: None })
    };
    instrument.questions().iter().filter_map(entry).collect()
}

/// A fact of the case by the name questions fill themselves from.
fn fact(case: &Case, name: &str) -> Option<String> {
    let facts = &case.facts;
    let known = match name {
        "region" => facts.region.clone(),
        "county" => facts.county.clone(),
        "case_type" => facts.case_type.clone(),
        "period" => facts.period.clone(),
        "pur_start" => facts.under_review?.start.to_string(),
        "pur_end" => facts.under_review?.end.to_string(),
        other => case.frame.get(other)?.clone(),
    };
    (!known.is_empty()).then_some(known)
}
