//! What is known of people, and the cases they must not read.

use crate::review::{
    About, AllotCases, CasesAllotted, CasesGivenOut, ConflictDeclared, ConflictWith, Days, Decided,
    DeclareConflict, EventBody, GiveOut, OutsiderNamed, PersonCode, PersonDescribed, PersonFacts,
    PersonRole, Refusal, SampleRefusal, Words,
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

pub(super) fn outsider(
    known: &dyn Known,
    code: &PersonCode,
    agency: Option<&str>,
    agreement: Option<Days>,
) -> Result<Decision, Refusal> {
    lead(known)?;
    if let Some(held) = agreement.filter(|held| held.end < held.start) {
        return Err(SampleRefusal::AgreementBackwards(held).into());
    }
    let mut decision = Decision::default();
    if !known.team().people.contains_key(code) {
        decision.events.push(person_added(code, PersonRole::Reviewer));
        decision.notes.push(Note::PersonAdded(code.clone()));
    }
    let (code, agency) = (code.clone(), agency.map(str::to_owned));
    let body = EventBody::OutsiderNamed(Box::new(OutsiderNamed { code, agency, agreement }));
    decision.events.push(Decided { about: About::Team, body });
    Ok(decision)
}

/// Anyone declares their own, a lead anyone's.
pub(super) fn declare(known: &dyn Known, told: &DeclareConflict) -> Result<Decision, Refusal> {
    let me = member(known)?;
    if *me != told.code {
        lead(known)?;
    }
    if !known.team().people.contains_key(&told.code) {
        return Err(Refusal::NobodyNamed(told.code.clone()));
    }
    if told.why.trim().is_empty() {
        return Err(SampleRefusal::ConflictUnexplained.into());
    }
    let with = match &told.with {
        ConflictWith::Worker(words) => ConflictWith::Worker(salted(known, words)),
        ConflictWith::Supervised(words) => ConflictWith::Supervised(salted(known, words)),
        ConflictWith::Supervisor(words) => ConflictWith::Supervisor(salted(known, words)),
        ConflictWith::Case(number) => {
            known.case(*number).ok_or(Refusal::UnknownCase(*number))?;
            ConflictWith::Case(*number)
        }
        clear @ (ConflictWith::County(_) | ConflictWith::Unit(_) | ConflictWith::Agency(_)) => {
            clear.clone()
        }
    };
    let why = Words::new(&told.why, known.salt());
    let is_first =
        matches!(with, ConflictWith::Case(_) | ConflictWith::Worker(_) | ConflictWith::County(_));
    let data = Box::new(ConflictDeclared { code: told.code.clone(), with, why });
    let body = if is_first {
        EventBody::ConflictDeclared(data)
    } else {
        EventBody::RelationDeclared(data)
    };
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

/// The same for pairs and for second reviews.
pub(super) fn give_out(known: &dyn Known, told: &GiveOut) -> Result<Decision, Refusal> {
    lead(known)?;
    live(known, told.round)?;
    let (mut given, mut left) = (Vec::new(), Vec::new());
    if let Some(pairs) = &told.pairs {
        given.extend(pairs.given.iter().map(|(case, ..)| *case));
        left.extend(pairs.left.iter().map(|one| one.case));
    }
    if let Some(single) = &told.single {
        given.extend(single.given.values().flatten().copied());
        left.extend(single.left.iter().map(|one| one.case));
    }
    given.sort_unstable();
    let body = EventBody::CasesGivenOut(Box::new(CasesGivenOut {
        seed: told.rules.seed.clone(),
        other_region: told.rules.other_region,
        other_county: told.rules.other_county,
        at_most: told.rules.at_most,
        which: told.which,
        pairs: told.pairs.is_some(),
        among: told.rules.among.clone(),
        given,
        left,
    }));
    let about = About::Round(told.round);
    Ok(Decision { events: vec![Decided { about, body }], notes: Vec::new() })
}

/// A text of the command with a salt of its own.
fn salted(known: &dyn Known, words: &Words) -> Words {
    Words::new(words.text().unwrap_or_default(), known.salt())
}
