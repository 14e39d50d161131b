//! What is known of people, and the cases they must not read.

use crate::review::{
    About, AllotCases, CasesAllotted, ConflictDeclared, ConflictWith, Decided, DeclareConflict,
    EventBody, PersonCode, PersonDescribed, PersonFacts, PersonRole, Refusal, Words,
};

use super::round::{live, person_added};
use super::{Decision, Known, Note, lead, member};

pub(super) fn describe(
    known: &dyn Known,
    code: &PersonCode,
    facts: &PersonFacts,
) -> Result<Decision, Refusal> {
    lead(known)?;
    let mut decision = Decision::default();
    if !known.team().people.contains_key(code) {
        decision.events.push(person_added(code, PersonRole::Reviewer));
        decision.notes.push(Note::PersonAdded(code.clone()));
    }
    if *facts != PersonFacts::default() {
        let data = PersonDescribed { code: code.clone(), facts: facts.clone() };
        let body = EventBody::PersonDescribed(Box::new(data));
        decision.events.push(Decided { about: About::Team, body });
    }
    Ok(decision)
}

/// Anyone declares their own, a lead anyone's.
pub(super) fn declare(known: &dyn Known, told: &DeclareConflict) -> Result<Decision, Refusal> {
    let me = member(known)?;
    if *me != told.code {
        lead(known)?;
    }
    if !known.team().people.contains_key(&told.code) {
        return Err(Refusal::NotInTeam(told.code.clone()));
    }
    if told.why.trim().is_empty() {
        return Err(Refusal::ConflictUnexplained);
    }
    let with = match &told.with {
        ConflictWith::Worker(words) => {
            ConflictWith::Worker(Words::new(words.text().unwrap_or_default(), known.salt()))
        }
        ConflictWith::Case(number) => {
            known.case(*number).ok_or(Refusal::UnknownCase(*number))?;
            ConflictWith::Case(*number)
        }
        ConflictWith::County(county) => ConflictWith::County(county.clone()),
    };
    let why = Words::new(&told.why, known.salt());
    let data = ConflictDeclared { code: told.code.clone(), with, why };
    let body = EventBody::ConflictDeclared(Box::new(data));
    Ok(Decision { events: vec![Decided { about: About::Team, body }], notes: Vec::new() })
}

/// Writes down by which rules cases are given out; the readings come by `Assign` beside it.
pub(super) fn allot(known: &dyn Known, told: &AllotCases) -> Result<Decision, Refusal> {
    lead(known)?;
    live(known, told.round)?;
    let given = told.allotment.given.values().flatten();
    let mut given: Vec<_> = given.copied().collect();
    given.sort_unstable();
    let body = EventBody::CasesAllotted(Box::new(CasesAllotted {
        seed: told.rules.seed.clone(),
        other_region: told.rules.other_region,
        other_county: told.rules.other_county,
        at_most: told.rules.at_most,
        among: told.rules.among.clone(),
        given,
        left: told.allotment.left.iter().map(|one| one.case).collect(),
    }));
    let about = About::Round(told.round);
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}
