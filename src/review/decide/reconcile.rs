//! Settling two reviews of a case.

use std::sync::Arc;

use crate::instrument::{Instrument, QuestionIx};
use crate::review::rate::{answers, is_words};
use crate::review::{
    About, Answered, CaseNumber, Decided, DifferenceSettled, Differs, Entry, EventBody, Held,
    PairRefusal, PersonCode, Reading, ReadingAssigned, ReadingId, ReconciliationBegun, Refusal,
    SampleRefusal, SettleDifference, Settling, Sides, Slot, Status, THIRD, Taken, ThirdAnswer,
    Took, Which, Words, fill_answers, fill_closing, take,
};
use crate::scoring::{Answers, Asked, read_value, score, write_value};

use super::reading::{find, mine};
use super::reopen::reopened;
use super::round::frame_words;
use super::{CaseStanding, Decision, Known, lead, member};

/// A settled review on its way, with the two it rests on.
pub(super) struct Desk {
    pub(super) reading: Arc<Reading>,
    pub(super) instrument: Arc<Instrument>,
    pair: [Arc<Reading>; 2],
    third: Option<Arc<Reading>>,
    pub(super) sides: Sides,
    pub(super) settled: Answers,
}

/// Whether the case may have a third reader now, and those asked may be it.
pub(super) fn may_be_third(
    known: &dyn Known,
    standing: &CaseStanding,
    to: &PersonCode,
    partner: Option<&PersonCode>,
) -> Result<(), Refusal> {
    let case = standing.case.facts.number;
    let sealed = |which| {
        let mut of_kind = standing.readings.iter().filter(|brief| brief.which == which);
        of_kind.any(|brief| brief.status != Status::Open)
    };
    if !(sealed(Which::First) && sealed(Which::Second)) {
        return Err(PairRefusal::ThirdTooEarly(case).into());
    }
    let (me, team) = (member(known)?, known.team());
    // A lead with a card may read elsewhere; whoever asks holds both reviews all the same.
    let sees =
        |code: &&PersonCode| team.is_lead(code) && (team.card(code).is_none() || *code == me);
    match std::iter::once(to).chain(partner).find(sees) {
        Some(code) => Err(PairRefusal::ThirdSeesPair { case, reviewer: code.clone() }.into()),
        None => Ok(()),
    }
}

pub(super) fn begin(known: &dyn Known, case: CaseNumber) -> Result<Decision, Refusal> {
    let me = lead(known)?;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    if known.eliminated(case) {
        return Err(SampleRefusal::Eliminated(case).into());
    }
    let pair = sealed_pair(known, &standing)?;
    if let Some(reader) = pair.iter().find(|reading| reading.reviewer == *me) {
        return Err(PairRefusal::OwnPair { case, reviewer: reader.reviewer.clone() }.into());
    }
    // Whoever was asked as tie-break is a reader too.
    let is_third = |brief: &super::ReadingBrief| brief.which == Which::Third && brief.is_by(me);
    if standing.readings.iter().any(is_third) {
        return Err(PairRefusal::OwnPair { case, reviewer: me.clone() }.into());
    }
    let seals = pair
        .each_ref()
        .map(|reading| reading.seal.as_ref().expect("a sealed pair has seals").head.hash);
    let instrument = known
        .instrument(&pair[0].instrument)
        .ok_or_else(|| Refusal::UnknownInstrument(pair[0].instrument.clone()))?;
    let third = third_of(known, &standing);
    let sides = sides(&instrument, &pair, third.as_deref())?;
    let readings = pair.each_ref().map(|reading| reading.id);
    let begun = |reopens| {
        EventBody::ReconciliationBegun(Box::new(ReconciliationBegun { readings, seals, reopens }))
    };
    match standing.readings.iter().find(|brief| brief.which == Which::Final) {
        None => {
            let round = standing.round.ok_or(SampleRefusal::NotDrawn(case))?;
            let id = known.birthplace().reading(0);
            let [side, _] = &sides.answers;
            let mut settled = Answers::new(side.case_type).up_to(side.pur_end);
            let filled = fill_answers(&instrument, &sides, &mut settled);
            let assigned = EventBody::ReadingAssigned(Box::new(ReadingAssigned {
                round,
                draw: standing.draw,
                case: standing.case.facts.clone(),
                frame: Some(frame_words(known, &standing.case.frame)),
                which: Which::Final,
                reviewer: me.clone(),
                instrument: pair[0].instrument.clone(),
                from: None,
                start: entries(known, &instrument, &settled, &filled),
            }));
            let mut decision = one(id, assigned);
            decision.events.extend(one(id, begun(Vec::new())).events);
            Ok(decision)
        }
        Some(brief) => {
            let reading = known.reading(brief.id).ok_or(Refusal::UnknownReading)?;
            if reading.reviewer != *me {
                return Err(Refusal::NotYours { case, reviewer: reading.reviewer.clone() });
            }
            let standing = reading
                .pair
                .as_ref()
                .ok_or(PairRefusal::NotSettling { case, which: reading.which })?;
            let read = |id| pair.iter().chain(&third).find(|one| one.id == id).map(|one| &**one);
            let moved = standing.settled.values().any(|one| !standing.stands(one, read));
            if standing.seals == seals && !moved {
                return Ok(Decision::default());
            }
            let (instrument, pair, third) = (instrument.clone(), pair.clone(), third.clone());
            let settled = answers(&instrument, &reading)
                .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
            let desk = Desk { reading: reading.clone(), instrument, pair, third, sides, settled };
            Ok(desk.go_on(known, standing, begun))
        }
    }
}

impl Desk {
    /// Goes on after a review was sealed anew: only what the change touched is open again.
    fn go_on(
        self,
        known: &dyn Known,
        standing: &Settling,
        begun: impl FnOnce(Vec<String>) -> EventBody,
    ) -> Decision {
        let id = self.reading.id;
        let read = |id| self.readings().find(|one| one.id == id);
        let reopens: Vec<String> = standing
            .settled
            .values()
            .filter(|one| !standing.stands(one, read))
            .map(|one| one.question.clone())
            .collect();
        let mut decision = Decision::default();
        if let Some(seal) = &self.reading.seal {
            let why = "a review of the pair was changed";
            decision
                .events
                .extend(one(id, reopened(known, &self.reading, seal.head.hash, why)).events);
        }
        let mut settled = Answers::new(self.settled.case_type).up_to(self.settled.pur_end);
        for (at, value) in self.settled.iter() {
            let question = self.instrument.question(at).id();
            let kept = standing.settled.contains_key(question)
                && !reopens.iter().any(|open| open == question);
            if kept || self.is_own(at) {
                settled.set(at, Some(value.clone()));
                settled.set_narrative(at, self.settled.narrative(at).unwrap_or_default());
            }
        }
        decision.events.extend(one(id, begun(reopens)).events);
        fill_answers(&self.instrument, &self.sides, &mut settled);
        self.write(known, &settled, &mut decision);
        decision
    }

    /// The reviews it rests on, the third reader's too.
    fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.pair.iter().chain(&self.third).map(|reading| &**reading)
    }

    /// Whether an answer of the settled review is the lead's own: no review was asked.
    pub(super) fn is_own(&self, at: QuestionIx) -> bool {
        self.sides.places().all(|side| self.sides.value(&self.instrument, side, at).is_none())
    }

    /// What the third reader answered, as a decision names it.
    fn third_answer(&self, question: &str) -> Option<ThirdAnswer> {
        let third = self.third.as_ref()?;
        let seal = third.seal.as_ref()?.head.hash;
        Some(ThirdAnswer { reading: third.id, seal, held: third.held(question, Slot::Answer) })
    }

    /// The events that bring the settled review from what it holds to what it is to hold.
    fn write(&self, known: &dyn Known, wanted: &Answers, decision: &mut Decision) {
        for at in self.instrument.question_positions() {
            let question = self.instrument.question(at);
            let text = |answers: &Answers| answers.get(at).map(|v| write_value(question, v));
            let new = text(wanted);
            if new != text(&self.settled) {
                let held = new.map(|text| {
                    if is_words(question) {
                        Held::Text(Words::new(text, known.salt()))
                    } else {
                        Held::Code(text)
                    }
                });
                decision.events.push(self.change(question.id(), Slot::Answer, held));
            }
            if wanted.narrative(at) != self.settled.narrative(at) {
                let held = wanted.narrative(at).map(|t| Held::Text(Words::new(t, known.salt())));
                decision.events.push(self.change(question.id(), Slot::Narrative, held));
            }
        }
    }

    fn change(&self, question: &str, slot: Slot, new: Option<Held>) -> Decided {
        let data = Box::new(Answered {
            question: question.to_owned(),
            old: self.reading.held(question, slot),
            new,
            undoes: None,
            redoes: None,
        });
        let body = match slot {
            Slot::Answer => EventBody::Answered(data),
            Slot::Narrative => EventBody::Narrated(data),
        };
        Decided { about: About::Reading(self.reading.id), body }
    }

    /// Questions both were asked and answered differently, as far as the settled review is
    /// asked them.
    pub(super) fn differences(&self) -> Vec<QuestionIx> {
        let scores = score(&self.instrument, &self.settled);
        let items = self.sides.compare(&self.instrument);
        let differences = items.iter().flat_map(|item| &item.differences);
        differences
            .filter(|one| one.differs != Differs::Follows)
            .map(|one| one.question)
            .filter(|at| scores.asked(*at) == Asked::Yes)
            .collect()
    }
}

pub(super) fn settle(known: &dyn Known, wanted: &SettleDifference) -> Result<Decision, Refusal> {
    let desk = desk(known, wanted.reading)?;
    let case = desk.reading.case.number;
    let at = find(&desk.instrument, &wanted.question)?;
    let question = wanted.question.clone();
    if wanted.reason.trim().is_empty() {
        return Err(Refusal::Unexplained);
    }
    if score(&desk.instrument, &desk.settled).asked(at) != Asked::Yes {
        return Err(PairRefusal::NotAsked { case, question }.into());
    }
    if !desk.differences().contains(&at) {
        return Err(PairRefusal::NoDifference { case, question }.into());
    }
    let mut settled = desk.settled.clone();
    match wanted.took {
        Taken::First => take(&desk.instrument, &desk.sides, &mut settled, at, 0),
        Taken::Second => take(&desk.instrument, &desk.sides, &mut settled, at, 1),
        Taken::Third => {
            if desk.sides.value(&desk.instrument, THIRD, at).is_none() {
                return Err(PairRefusal::ThirdSilent { case, question }.into());
            }
            take(&desk.instrument, &desk.sides, &mut settled, at, THIRD);
        }
        Taken::Own => {
            let text = wanted.value.as_deref().unwrap_or_default();
            let asked = desk.instrument.question(at);
            let value = read_value(asked, settled.case_type, text).map_err(Refusal::BadAnswer)?;
            settled.set(at, Some(value));
            settled.set_narrative(at, wanted.narrative.as_deref().unwrap_or_default());
        }
    }
    fill_answers(&desk.instrument, &desk.sides, &mut settled);
    let body = EventBody::DifferenceSettled(Box::new(DifferenceSettled {
        question: question.clone(),
        took: match wanted.took {
            Taken::First => Took::First,
            Taken::Second => Took::Second,
            Taken::Third | Taken::Own => Took::Own,
        },
        third: desk.third_answer(&question).filter(|_| wanted.took == Taken::Third),
        cause: wanted.cause,
        reason: Words::new(wanted.reason.trim(), known.salt()),
        sides: desk.pair.each_ref().map(|reading| reading.held(&question, Slot::Answer)),
    }));
    let mut decision = one(wanted.reading, body);
    desk.write(known, &settled, &mut decision);
    Ok(decision)
}

pub(super) fn take_closing(known: &dyn Known, id: ReadingId) -> Result<Decision, Refusal> {
    let desk = desk(known, id)?;
    let mut settled = desk.settled.clone();
    fill_closing(&desk.instrument, &desk.sides, &mut settled);
    let mut decision = Decision::default();
    desk.write(known, &settled, &mut decision);
    Ok(decision)
}

/// A settled review, open and the acting lead's own, on the seals its pair carries now.
pub(super) fn desk(known: &dyn Known, id: ReadingId) -> Result<Desk, Refusal> {
    lead(known)?;
    let (reading, instrument) = mine(known, id)?;
    let case = reading.case.number;
    let pair =
        reading.pair.as_ref().ok_or(PairRefusal::NotSettling { case, which: reading.which })?;
    let load = |id| known.reading(id).ok_or(Refusal::UnknownReading);
    let readings = [load(pair.readings[0])?, load(pair.readings[1])?];
    let moved = |side: usize| {
        readings[side].seal.as_ref().is_none_or(|seal| seal.head.hash != pair.seals[side])
    };
    if moved(0) || moved(1) {
        return Err(PairRefusal::PairMoved(case).into());
    }
    let settled = answers(&instrument, &reading)
        .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let third = third_of(known, &standing);
    let sides = sides(&instrument, &readings, third.as_deref())?;
    Ok(Desk { reading, instrument, pair: readings, third, sides, settled })
}

/// The review of a third reader, asked as tie-break, once it is sealed.
fn third_of(known: &dyn Known, standing: &CaseStanding) -> Option<Arc<Reading>> {
    let brief = standing.readings.iter().find(|brief| brief.which == Which::Third)?;
    known.reading(brief.id).filter(|reading| reading.seal.is_some())
}

/// The first and the second review of a case, both sealed.
fn sealed_pair(known: &dyn Known, standing: &CaseStanding) -> Result<[Arc<Reading>; 2], Refusal> {
    let case = standing.case.facts.number;
    let find = |which| {
        let brief = standing.readings.iter().find(|brief| brief.which == which)?;
        known.reading(brief.id).filter(|reading| reading.seal.is_some())
    };
    match (find(Which::First), find(Which::Second)) {
        (Some(first), Some(second)) => Ok([first, second]),
        _ => Err(PairRefusal::NoPair { case }.into()),
    }
}

fn sides(
    instrument: &Instrument,
    pair: &[Arc<Reading>; 2],
    third: Option<&Reading>,
) -> Result<Sides, Refusal> {
    let read = |reading: &Reading| {
        answers(instrument, reading)
            .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))
    };
    let third = third.map(read).transpose()?;
    let sides = Sides::new(instrument, [read(&pair[0])?, read(&pair[1])?]);
    Ok(sides.with_third(instrument, third))
}

fn entries(
    known: &dyn Known,
    instrument: &Instrument,
    answers: &Answers,
    filled: &[QuestionIx],
) -> Vec<Entry> {
    let entry = |at: &QuestionIx| {
        let question = instrument.question(*at);
        let value = answers.get(*at).map(|value| {
            let text = write_value(question, value);
            if is_words(question) {
                Held::Text(Words::new(text, known.salt()))
            } else {
                Held::Code(text)
            }
        });
        let narrative = answers.narrative(*at).map(|text| Words::new(text, known.salt()));
        Entry { question: question.id().to_owned(), value, narrative }
    };
    let mut entries: Vec<Entry> = filled.iter().map(entry).collect();
    entries.sort_by(|a, b| a.question.cmp(&b.question));
    entries
}

pub(super) fn one(id: ReadingId, body: EventBody) -> Decision {
    Decision { events: vec![Decided { about: About::Reading(id), body }], ..Decision::default() }
}
