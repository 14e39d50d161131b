//! Taking a drawn case out of the sample, with a second person's word, and bringing in the
//! next spare.

use std::sync::Arc;

use crate::instrument::{Instrument, Rating};
use crate::review::rate::rate;
use crate::review::{
    About, CaseFacts, CaseNumber, Decided, Eliminate, Elimination, EliminationApproved,
    EliminationAsked, EliminationDeclined, EliminationUnlocked, EventBody, PersonCode, Refusal,
    Round, RoundId, SampleRefusal, SeedWitnessed, SpareBroughtIn, Words,
};
use crate::scoring::Cause;
use crate::text::did_you_mean;

use super::round::live;
use super::{Decision, Known, Note, lead, member};

/// A drawn case of a live round.
struct Drawn {
    id: RoundId,
    round: Arc<Round>,
    facts: CaseFacts,
    instrument: Arc<Instrument>,
}

impl Drawn {
    fn find(known: &dyn Known, case: CaseNumber) -> Result<Self, Refusal> {
        let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
        let id = standing.round.ok_or(SampleRefusal::NotDrawn(case))?;
        let round = live(known, id)?;
        let instrument = known
            .instrument(&round.instrument)
            .ok_or_else(|| Refusal::UnknownInstrument(round.instrument.clone()))?;
        Ok(Self { id, round, facts: standing.case.facts, instrument })
    }

    /// The request that waits for a second person.
    fn pending(&self) -> Result<&Elimination, Refusal> {
        let case = self.facts.number;
        let asked = self.round.changes.eliminations.get(&case);
        let asked = asked.ok_or(SampleRefusal::NothingAsked(case))?;
        if asked.approval.is_some() {
            Err(SampleRefusal::Eliminated(case).into())
        } else {
            Ok(asked)
        }
    }

    fn event(&self, body: EventBody) -> Decided {
        Decided { about: About::Round(self.id), body }
    }
}

pub(super) fn eliminate(known: &dyn Known, ask: &Eliminate) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let case = ask.case;
    let drawn = Drawn::find(known, case)?;
    if drawn.round.changes.is_eliminated(case) {
        return Err(SampleRefusal::Eliminated(case).into());
    }
    if !drawn.round.is_in(case) {
        return Err(SampleRefusal::Spare(case).into());
    }
    check_reason(&drawn, ask)?;
    if ask.unlock.is_some() || ask.approved_by.is_some() {
        lead(known)?;
    }
    // A reviewer is told of their own ratings only: those of others would tell that the case
    // is read twice. Whoever approves looks at all.
    let only = (!known.team().is_lead(me)).then_some(me);
    if ask.unlock.is_none() && rated(known, &drawn, only) {
        return Err(SampleRefusal::Rated(case).into());
    }
    let words = |text: &Option<String>| text.as_ref().map(|text| Words::new(text, known.salt()));
    let asked = EventBody::EliminationAsked(Box::new(EliminationAsked {
        case,
        reason: ask.reason.clone(),
        text: words(&ask.text),
        unlock: words(&ask.unlock),
    }));
    let mut decision = Decision { events: vec![drawn.event(asked)], notes: Vec::new() };
    match &ask.approved_by {
        Some(by) => {
            second(known, case, me, by)?;
            decision.events.push(approved(&drawn, by));
        }
        None => decision.notes.push(Note::Pending(case)),
    }
    Ok(decision)
}

pub(super) fn approve(known: &dyn Known, case: CaseNumber) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let drawn = Drawn::find(known, case)?;
    let asked = drawn.pending()?;
    second(known, case, &asked.asked_by, me)?;
    if !asked.unlocked && rated(known, &drawn, None) {
        let plain = known.team().is_lead(me) || rated(known, &drawn, Some(me));
        return Err(if plain {
            Refusal::Sample(SampleRefusal::Rated(case))
        } else {
            Refusal::Sample(SampleRefusal::LeadLooks(case))
        });
    }
    Ok(Decision { events: vec![approved(&drawn, me)], notes: Vec::new() })
}

/// A second person declines, or whoever asked takes the request back.
pub(super) fn decline(
    known: &dyn Known,
    case: CaseNumber,
    why: Option<&str>,
) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let drawn = Drawn::find(known, case)?;
    let asked = drawn.pending()?;
    if asked.asked_by != *me {
        second(known, case, &asked.asked_by, me)?;
    }
    let why = why.filter(|why| !why.trim().is_empty()).map(|why| Words::new(why, known.salt()));
    let body = EventBody::EliminationDeclined(Box::new(EliminationDeclined { case, why }));
    Ok(Decision { events: vec![drawn.event(body)], notes: Vec::new() })
}

/// A lead lets a pending elimination go on although the case has an item rating.
pub(super) fn unlock(known: &dyn Known, case: CaseNumber, why: &str) -> Result<Decision, Refusal> {
    lead(known)?;
    let drawn = Drawn::find(known, case)?;
    drawn.pending()?;
    if why.trim().is_empty() {
        return Err(SampleRefusal::UnlockUnexplained.into());
    }
    let why = Words::new(why, known.salt());
    let body = EventBody::EliminationUnlocked(Box::new(EliminationUnlocked { case, why }));
    Ok(Decision { events: vec![drawn.event(body)], notes: Vec::new() })
}

fn approved(drawn: &Drawn, by: &PersonCode) -> Decided {
    let case = drawn.facts.number;
    let data = EliminationApproved { case, by: by.clone() };
    drawn.event(EventBody::EliminationApproved(Box::new(data)))
}

/// Two people of the team, one of them a lead.
fn second(
    known: &dyn Known,
    case: CaseNumber,
    asked: &PersonCode,
    by: &PersonCode,
) -> Result<(), Refusal> {
    let team = known.team();
    if asked == by {
        return Err(SampleRefusal::OwnApproval { case, by: by.clone() }.into());
    }
    if !team.people.contains_key(by) {
        return Err(Refusal::NobodyNamed(by.clone()));
    }
    if !team.is_lead(asked) && !team.is_lead(by) {
        return Err(SampleRefusal::NoLead { asked: asked.clone(), by: by.clone() }.into());
    }
    Ok(())
}

pub(super) fn replace(known: &dyn Known, case: CaseNumber) -> Result<Decision, Refusal> {
    lead(known)?;
    let drawn = Drawn::find(known, case)?;
    let changes = &drawn.round.changes;
    if !changes.is_eliminated(case) {
        let pending = changes.eliminations.contains_key(&case);
        return Err(if pending {
            Refusal::Sample(SampleRefusal::NotApproved(case))
        } else {
            Refusal::Sample(SampleRefusal::NotEliminated(case))
        });
    }
    if let Some(spare) = changes.spare_for(case) {
        return Err(SampleRefusal::Replaced { case, spare }.into());
    }
    let Some(next) = drawn.round.next_spare(case) else {
        let place = drawn.round.drawn(case).map(|(_, one)| one.place.stratum.clone());
        return Err(SampleRefusal::NoSpare { case, stratum: place.unwrap_or_default() }.into());
    };
    let spare = next.case.number;
    let data = SpareBroughtIn { spare, instead_of: case };
    let event = drawn.event(EventBody::SpareBroughtIn(Box::new(data)));
    Ok(Decision { events: vec![event], notes: vec![Note::CameIn { spare, instead_of: case }] })
}

pub(super) fn witness(
    known: &dyn Known,
    id: RoundId,
    draw: Option<u32>,
    witnesses: &[String],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let round = live(known, id)?;
    let last = round.draws.last().map(|draw| draw.number);
    let number = draw.or(last).filter(|n| round.draws.iter().any(|one| one.number == *n));
    let Some(number) = number else {
        return Err(SampleRefusal::NoDraw { round: round.name.clone(), draw }.into());
    };
    let witnesses = witnesses.iter().map(|text| Words::new(text, known.salt())).collect();
    let body = EventBody::SeedWitnessed(Box::new(SeedWitnessed { draw: number, witnesses }));
    Ok(Decision { events: vec![Decided { about: About::Round(id), body }], notes: Vec::new() })
}

/// An instrument without reasons of its own has `other`, which needs a text.
fn check_reason(drawn: &Drawn, ask: &Eliminate) -> Result<(), Refusal> {
    let reasons = drawn.instrument.eliminations();
    let needs_text = match reasons.iter().find(|reason| reason.code == ask.reason) {
        Some(reason) => {
            let case_type = drawn.instrument.find_case_type(&drawn.facts.case_type);
            if !case_type.is_some_and(|at| reason.case_types.has(at)) {
                return Err(SampleRefusal::OtherTypesReason {
                    reason: ask.reason.clone(),
                    case: ask.case,
                    case_type: drawn.facts.case_type.clone(),
                }
                .into());
            }
            reason.needs_text
        }
        None if reasons.is_empty() && ask.reason == "other" => true,
        None => {
            let codes = || reasons.iter().map(|reason| reason.code.as_str());
            return Err(SampleRefusal::UnknownReason {
                reason: ask.reason.clone(),
                nearest: did_you_mean(&ask.reason, codes()).map(str::to_owned),
                known: codes().map(str::to_owned).collect(),
            }
            .into());
        }
    };
    let given = ask.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if needs_text && !given {
        return Err(SampleRefusal::ReasonUnsaid(ask.reason.clone()).into());
    }
    Ok(())
}

/// Whether any review of the case, or an import, rates an item by what was answered. That an
/// item never applies to the case type says nothing of the case. `only` looks at the reviews
/// of one person.
fn rated(known: &dyn Known, drawn: &Drawn, only: Option<&PersonCode>) -> bool {
    let number = drawn.facts.number;
    let readings = known.case(number).map(|standing| standing.readings).unwrap_or_default();
    let by_answers = readings.iter().any(|brief| {
        if only.is_some_and(|only| !brief.is_by(only)) {
            return false;
        }
        let Some(reading) = known.reading(brief.id) else { return false };
        let Some(edition) = known.instrument(&reading.instrument) else { return false };
        let Some(scores) = rate(&edition, &reading) else { return false };
        scores.items.iter().any(|item| {
            !matches!(item.rating, Rating::Incomplete | Rating::Invalid)
                && item.cause != Cause::CaseType
        })
    });
    let items = drawn.instrument.items();
    by_answers || items.iter().any(|item| known.imported_rating(number, item.id()).is_some())
}
