//! QA: who may do it on which reading, and its steps.

use crate::instrument::{Instrument, ItemIx, Rating};
use crate::review::overriding::effective;
use crate::review::rate::answers;
use crate::review::{
    About, CaseNumber, Decided, EventBody, EventHash, LevelPeople, OverrideRemoved, PersonCode,
    QaApproved, QaLevel, QaLevelsSet, QaNoteAnswered, QaNotePinned, QaNoteSettled, QaNotesReceived,
    QaRefusal, QaSentBack, QaStep, RatingOverridden, Reading, ReadingId, ReadingReturned, Refusal,
    RoundId, SampleRefusal, SentNote, Status, Which, Words, WorkCase,
};
use crate::scoring::{Answers, Scores, score, score_with, token};
use crate::text::did_you_mean;

use super::round::live;
use super::{CaseStanding, Decision, Known, lead, member};

pub(super) fn set_levels(
    known: &dyn Known,
    id: RoundId,
    levels: &[LevelPeople],
) -> Result<Decision, Refusal> {
    lead(known)?;
    let round = live(known, id)?;
    let mut levels = levels.to_vec();
    levels.sort_by_key(|one| one.level);
    if let Some(two) = levels.windows(2).find(|two| two[0].level == two[1].level) {
        return Err(QaRefusal::LevelTwice(two[0].level).into());
    }
    for person in levels.iter().flat_map(|one| &one.people) {
        if !known.team().people.contains_key(person) {
            return Err(Refusal::NobodyNamed(person.clone()));
        }
    }
    if round.qa == levels {
        return Ok(Decision::default());
    }
    let body = EventBody::QaLevelsSet(Box::new(QaLevelsSet { levels }));
    Ok(Decision { events: vec![Decided { about: About::Round(id), body }], notes: Vec::new() })
}

pub(super) fn step(known: &dyn Known, id: ReadingId, step: &QaStep) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    if known.eliminated(reading.case.number) {
        return Err(SampleRefusal::Eliminated(reading.case.number).into());
    }
    if let QaStep::Reply { note, text } = step {
        return reply(known, me, &reading, *note, text);
    }
    let level = level(known, me, &reading)?;
    let case = reading.case.number;
    let seal = || reading.seal.as_ref().map(|seal| seal.head.hash);
    let seal = seal().ok_or(QaRefusal::NotWithQa { case, status: reading.status })?;
    let body = match step {
        QaStep::Pin { place, text } => {
            EventBody::QaNotePinned(Box::new(pinned(known, &reading, level, place, text)?))
        }
        QaStep::Settle { note, talked, summary } => {
            let summary = Some(summary.trim()).filter(|text| !text.is_empty());
            if *talked && summary.is_none() {
                return Err(QaRefusal::TalkUnsaid.into());
            }
            is_open(&reading, *note)?;
            let summary = summary.map(|text| Words::new(text, known.salt()));
            let (note, talked) = (*note, *talked);
            EventBody::QaNoteSettled(Box::new(QaNoteSettled { note, talked, summary }))
        }
        QaStep::SendBack => {
            if reading.quality.open().next().is_none() {
                return Err(QaRefusal::NothingToMend(case).into());
            }
            EventBody::QaSentBack(Box::new(QaSentBack { seal, level }))
        }
        QaStep::Approve => {
            let open = reading.quality.open().count();
            if open > 0 {
                return Err(QaRefusal::NotesOpen { case, open }.into());
            }
            EventBody::QaApproved(Box::new(QaApproved { seal, level }))
        }
        QaStep::Reply { .. } => unreachable!("a reply was decided on above"),
    };
    Ok(one(id, body))
}

/// The reader replies to what is said to them, QA to what the reader says.
fn reply(
    known: &dyn Known,
    me: &PersonCode,
    reading: &Reading,
    note: EventHash,
    text: &str,
) -> Result<Decision, Refusal> {
    let theirs = reading.reviewer == *me || reading.partner.as_ref() == Some(me);
    if !theirs {
        level(known, me, reading)?;
    }
    is_open(reading, note)?;
    if text.trim().is_empty() {
        return Err(QaRefusal::NoteUnsaid.into());
    }
    let text = Words::new(text.trim(), known.salt());
    let body = EventBody::QaNoteAnswered(Box::new(QaNoteAnswered { note, text }));
    Ok(one(reading.id, body))
}

/// The level a reading is at, if the acting person may do it.
fn level(known: &dyn Known, me: &PersonCode, reading: &Reading) -> Result<QaLevel, Refusal> {
    let case = reading.case.number;
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let levels = levels(known, &standing);
    if levels.is_empty() {
        return Err(match known.team().is_readers() {
            true => QaRefusal::QaElsewhere(case).into(),
            false => QaRefusal::NoQa(case).into(),
        });
    }
    keeps_apart(me, reading.id, &standing)?;
    if reading.status != Status::Submitted {
        return Err(QaRefusal::NotWithQa { case, status: reading.status }.into());
    }
    let Some(level) = reading.quality.level(&levels) else {
        return Err(QaRefusal::NotWithQa { case, status: Status::Final }.into());
    };
    let named = levels.iter().any(|one| one.level == level && one.people.contains(me));
    if named || known.team().is_lead(me) {
        Ok(level)
    } else {
        Err(QaRefusal::NotForQa { who: me.clone(), level }.into())
    }
}

/// The levels of QA of a case's round.
pub(super) fn levels(known: &dyn Known, standing: &CaseStanding) -> Vec<LevelPeople> {
    let round = standing.round.and_then(|id| known.round(id));
    round.map(|round| round.qa.clone()).unwrap_or_default()
}

/// Nobody does QA on their own reading of a case, nor on another's where they read it too.
fn keeps_apart(me: &PersonCode, id: ReadingId, standing: &CaseStanding) -> Result<(), Refusal> {
    let mut mine = standing.readings.iter().filter(|brief| brief.is_by(me));
    let held = mine.find(|brief| brief.id == id || brief.which != Which::Final);
    match held {
        Some(_) => {
            Err(QaRefusal::OwnQa { case: standing.case.facts.number, who: me.clone() }.into())
        }
        None => Ok(()),
    }
}

fn pinned(
    known: &dyn Known,
    reading: &Reading,
    level: QaLevel,
    place: &str,
    text: &str,
) -> Result<QaNotePinned, Refusal> {
    let instrument = known
        .instrument(&reading.instrument)
        .ok_or_else(|| Refusal::UnknownInstrument(reading.instrument.clone()))?;
    let there = instrument.find_question(place).is_some() || instrument.find_item(place).is_some();
    if !there {
        let questions = instrument.questions().iter().map(|question| question.id());
        let items = instrument.items().iter().map(|item| item.id());
        let nearest = did_you_mean(place, questions.chain(items)).map(str::to_owned);
        return Err(QaRefusal::UnknownPlace { place: place.to_owned(), nearest }.into());
    }
    if text.trim().is_empty() {
        return Err(QaRefusal::NoteUnsaid.into());
    }
    let text = Words::new(text.trim(), known.salt());
    Ok(QaNotePinned { place: place.to_owned(), level, text })
}

fn is_open(reading: &Reading, note: EventHash) -> Result<(), Refusal> {
    let found = reading.quality.notes.iter().find(|one| one.id == note);
    match found {
        None => Err(QaRefusal::UnknownNote(reading.case.number).into()),
        Some(one) if one.settled.is_some() => Err(QaRefusal::NoteSettled.into()),
        Some(_) => Ok(()),
    }
}

/// Sets a rating against the computed one: a lead, or whoever does the last level of QA, on a
/// review that is handed in and not their own.
pub(super) fn set_rating(
    known: &dyn Known,
    id: ReadingId,
    item: &str,
    rating: Option<Rating>,
    why: &str,
) -> Result<Decision, Refusal> {
    let me = member(known)?;
    let reading = known.reading(id).ok_or(Refusal::UnknownReading)?;
    let case = reading.case.number;
    if known.eliminated(case) {
        return Err(SampleRefusal::Eliminated(case).into());
    }
    let standing = known.case(case).ok_or(Refusal::UnknownCase(case))?;
    let last = levels(known, &standing);
    let named = last.iter().any(|one| one.level == QaLevel::Final && one.people.contains(me));
    if !named && !known.team().is_lead(me) {
        return Err(QaRefusal::NotForQa { who: me.clone(), level: QaLevel::Final }.into());
    }
    keeps_apart(me, id, &standing)?;
    if reading.status != Status::Submitted {
        return Err(QaRefusal::NotWithQa { case, status: reading.status }.into());
    }
    if why.trim().is_empty() {
        return Err(Refusal::Unexplained);
    }
    let instrument = known
        .instrument(&reading.instrument)
        .ok_or_else(|| Refusal::UnknownInstrument(reading.instrument.clone()))?;
    let found = instrument.find_item(item);
    let found = found.filter(|at| instrument.item(*at).parent().is_none());
    let Some(at) = found else {
        let items = instrument.item_positions().map(|at| instrument.item(at));
        let whole = items.filter(|item| item.parent().is_none()).map(|item| item.id());
        let nearest = did_you_mean(item, whole).map(str::to_owned);
        return Err(QaRefusal::UnknownPlace { place: item.to_owned(), nearest }.into());
    };
    let answers = answers(&instrument, &reading)
        .ok_or_else(|| Refusal::UnknownCaseType(reading.case.case_type.clone()))?;
    let scores = score(&instrument, &answers);
    let computed = scores.item(at).rating;
    let why = Words::new(why.trim(), known.salt());
    let item = item.to_owned();
    let body = match rating {
        None if !reading.overrides.contains_key(&item) => {
            return Err(QaRefusal::NotOverridden { case, item }.into());
        }
        None => EventBody::OverrideRemoved(Box::new(OverrideRemoved { item, why })),
        Some(rating) if !rating.is_final() || rating == computed => {
            return Err(QaRefusal::SameRating { item, rating: computed.title() }.into());
        }
        Some(rating) => {
            if let Some(outcome) = outcome_lost(&instrument, &reading, &answers, (at, rating)) {
                return Err(QaRefusal::NoOutcome { item, rating: rating.title(), outcome }.into());
            }
            EventBody::RatingOverridden(Box::new(RatingOverridden {
                item,
                computed: computed.code().to_owned(),
                rating: rating.code().to_owned(),
                rule: token(&instrument, at, &scores.item(at).cause),
                why,
            }))
        }
    };
    Ok(one(id, body))
}

/// The outcome that no rule of the instrument rates with this rating set: the rules are proven
/// for ratings that answers can give, and an item that always applies is never not applicable.
fn outcome_lost(
    instrument: &Instrument,
    reading: &Reading,
    answers: &Answers,
    set: (ItemIx, Rating),
) -> Option<String> {
    let (before, held) = effective(instrument, reading, answers);
    let mut all: Vec<(ItemIx, Rating)> = (held.iter())
        .filter(|(item, _, _)| *item != set.0)
        .map(|(item, _, rating)| (*item, *rating))
        .collect();
    all.push(set);
    let after = score_with(instrument, answers, &all);
    let unruled = |scores: &Scores, at| scores.outcome(at).is_without_rule();
    let mut outcomes = instrument.outcome_positions();
    outcomes
        .find(|at| unruled(&after, *at) && !unruled(&before, *at))
        .map(|at| instrument.outcome(at).id().to_owned())
}

/// What a returned work order does to a reading that is here: it brings the notes that are
/// new, and opens the seal if it is one that was sent back.
pub(super) fn returned(
    known: &dyn Known,
    case: &WorkCase,
    order: crate::review::ContentHash,
) -> Vec<Decided> {
    let about = || About::Reading(case.reading);
    let reading = known.reading(case.reading);
    let is_new = |sent: &&SentNote| is_news(reading.as_deref(), sent);
    let notes: Vec<SentNote> = case.notes.iter().filter(is_new).cloned().collect();
    let mut events = Vec::new();
    if !notes.is_empty() {
        let body = EventBody::QaNotesReceived(Box::new(QaNotesReceived { notes }));
        events.push(Decided { about: about(), body });
    }
    let seal = reading.as_ref().filter(|reading| reading.taken);
    let seal = seal.and_then(|reading| reading.seal.as_ref()).map(|seal| seal.head.hash);
    if let Some(seal) = seal.filter(|seal| case.returned.contains(seal)) {
        let body = EventBody::ReadingReturned(Box::new(ReadingReturned { order, seal }));
        events.push(Decided { about: about(), body });
    }
    events
}

/// Whether a note that came says more than is known here.
fn is_news(reading: Option<&Reading>, sent: &SentNote) -> bool {
    let notes = reading.map(|reading| reading.quality.notes.as_slice()).unwrap_or_default();
    let Some(known) = notes.iter().find(|known| known.id == sent.note) else { return true };
    let has = |id: EventHash| known.replies.iter().any(|reply| reply.id == id);
    sent.replies.iter().any(|reply| !has(reply.reply))
        || (sent.settled.is_some() && known.settled.is_none())
}

/// Whether a reading of a case is final by now.
pub(super) fn is_final(known: &dyn Known, case: CaseNumber, id: ReadingId) -> bool {
    let standing = known.case(case);
    let brief = standing.and_then(|one| one.readings.into_iter().find(|brief| brief.id == id));
    brief.is_some_and(|brief| brief.status == Status::Final)
}

fn one(id: ReadingId, body: EventBody) -> Decision {
    Decision { events: vec![Decided { about: About::Reading(id), body }], ..Decision::default() }
}
