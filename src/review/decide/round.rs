//! A lead's commands: people, rounds, frames, samples, assignment.

use std::sync::Arc;

use crate::instrument::{Instrument, Question};
use crate::review::rate::is_words;
use crate::review::{
    About, AssignCases, Case, CaseFacts, CaseNumber, Decided, DrawSample, DrawnCase, Entry,
    EventBody, FrameFacts, FrameImported, Held, ImportFrame, OpenRound, PersonAdded, PersonCode,
    PersonRole, ReadingAssigned, ReadingWithdrawn, Refusal, Round, RoundClosed, RoundId,
    RoundOpened, SampleDrawn, Status, Words,
};
use crate::scoring::{read_value, write_value};

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
    let frame = round.frame().ok_or_else(|| Refusal::NoFrame(round.name.clone()))?;
    let again = round.draws.iter().any(|earlier| earlier.frame == frame.event);
    if again && draw.reason.is_none() {
        return Err(Refusal::SecondDraw(round.name.clone()));
    }
    let number = round.draws.len() as u32 + 1;
    let period = match (&round.period, frame.data.sampling) {
        (period, Some(sampling)) if period.is_empty() => sampling.to_string(),
        (period, _) => period.clone(),
    };
    let first = known.next_number().0;
    let cases = draw.cases.iter().zip(first..).map(|(case, number_of_case)| DrawnCase {
        case: CaseFacts {
            number: CaseNumber(number_of_case),
            case_type: case.case_type.clone(),
            region: case.region.clone(),
            county: case.county.clone(),
            period: period.clone(),
            under_review: round.under_review,
            round: round.name.clone(),
            sample_id: format!("draw-{number}"),
            review_kind: round.review_kind,
        },
        place: case.place.clone(),
        ticket: Words::new(&case.ticket, known.salt()),
        frame: frame_words(known, &case.frame),
    });
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

/// Frame facts as a text of the text table.
pub(super) fn frame_words(known: &dyn Known, facts: &FrameFacts) -> Words {
    let json = serde_json::to_string(facts).expect("a map of texts always has a JSON form");
    Words::new(json, known.salt())
}

pub(super) fn assign(known: &dyn Known, assign: &AssignCases) -> Result<Decision, Refusal> {
    lead(known)?;
    let mut decision = Decision::default();
    let mut refused = Vec::new();
    if !known.team().people.contains_key(&assign.to) {
        decision.events.push(person_added(&assign.to, PersonRole::Reviewer));
        decision.notes.push(Note::PersonAdded(assign.to.clone()));
    }
    let mut cases = assign.cases.clone();
    cases.sort_unstable();
    cases.dedup();
    for (nth, number) in cases.into_iter().enumerate() {
        if let Err(refusal) = assign_one(known, assign, number, nth, &mut decision) {
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
    number: CaseNumber,
    nth: usize,
    decision: &mut Decision,
) -> Result<(), Refusal> {
    let standing = known.case(number).ok_or(Refusal::UnknownCase(number))?;
    let (Some(round_id), Some(draw)) = (standing.round, standing.draw) else {
        return Err(Refusal::UnknownCase(number));
    };
    let round = live(known, round_id)?;
    if round.changes.is_eliminated(number) {
        return Err(Refusal::Eliminated(number));
    }
    if !round.is_in(number) {
        return Err(Refusal::Spare(number));
    }
    let before = current(&standing, assign)?;
    if let Some(conflict) = known.team().conflict(&assign.to, &standing.case) {
        let with = conflict.with.rule();
        return Err(Refusal::Conflict { case: number, reviewer: assign.to.clone(), with });
    }
    if before.is_some_and(|brief| brief.reviewer == assign.to) {
        decision.notes.push(Note::AlreadyTheirs(number));
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
    Ok(())
}

/// The reading of this kind the case has now, if it may still go to someone else.
fn current<'s>(
    standing: &'s CaseStanding,
    assign: &AssignCases,
) -> Result<Option<&'s super::ReadingBrief>, Refusal> {
    let case = standing.case.facts.number;
    let other = standing
        .readings
        .iter()
        .any(|brief| brief.which != assign.which && brief.reviewer == assign.to);
    if other {
        return Err(Refusal::SameReader { case, reviewer: assign.to.clone() });
    }
    let before = standing.readings.iter().find(|brief| brief.which == assign.which);
    match before {
        Some(brief) if brief.status != Status::Open => Err(Refusal::Done {
            case,
            which: brief.which,
            reviewer: brief.reviewer.clone(),
            status: brief.status,
        }),
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
