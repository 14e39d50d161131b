//! What comes into a workspace: parcels, kept unopened until the rule lets them be opened, and
//! their events, joined with those that are here.

use std::collections::BTreeMap;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::review::{
    About, CaseNumber, Chain, ContentHash, Event, EventBody, EventHash, Parcel, ParcelLabel,
    PersonCode, ReadingId, SentChain, SentText, event_hash, signature_problem,
};

use super::handout::{is_alert, is_relayed};
use super::load::load_reading;
use super::{StoreError, Workspace, log, project};

/// Why what came is not taken in. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Nobody was given that reading here.
    #[error("it holds a review that was not given out here: {0}")]
    UnknownReading(ReadingId),
    /// Somebody else's.
    #[error("it holds {case}, which is not with {from} but with {reader}")]
    NotTheirs {
        /// The case.
        case: CaseNumber,
        /// Who sent it.
        from: PersonCode,
        /// Whose it is.
        reader: PersonCode,
    },
    /// It contradicts itself.
    #[error("what it holds of {0} does not fit together: {1}")]
    Broken(CaseNumber, String),
    /// It was said to be sealed and is not.
    #[error("{0} is said to be sealed, but {1}")]
    NotSealed(CaseNumber, String),
    /// Two events in one place of a chain.
    #[error(
        "the log of {chain} forks at event {seq}: someone went on from a copy of that workspace; \
         neither line is merged into the other"
    )]
    Fork {
        /// The chain.
        chain: Chain,
        /// The place.
        seq: u64,
        /// What stands there.
        held: EventHash,
        /// The parcel it came in.
        parcel: ContentHash,
    },
    /// A line of this workspace, written elsewhere.
    #[error("it holds events that only this workspace can write")]
    Ours,
    /// From a newer version.
    #[error("it was made by a newer version of casereview")]
    Newer,
    /// The workspace could not take it.
    #[error("the workspace {0}")]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for IntakeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A parcel that is kept unopened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldParcel {
    /// What is known of it.
    pub label: ParcelLabel,
    /// The case.
    pub case: CaseNumber,
    /// Who sent it.
    pub from: PersonCode,
    /// As it came, encrypted.
    pub bytes: Vec<u8>,
}

/// What came of opening parcels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Events that were new.
    pub events: usize,
    /// The readings, with case and sender.
    pub readings: Vec<(ReadingId, CaseNumber, PersonCode)>,
}

impl Workspace {
    /// Takes in parcels that were opened, all of them or none: their events are joined with
    /// those that are here, and whatever they touch is made anew.
    ///
    /// # Errors
    /// [`IntakeError`]. A fork is noted: its parcel is kept out from then on, and stands in
    /// nobody's way (see [`Workspace::kept_out`]).
    pub fn take_in(&mut self, opened: &[(HeldParcel, Parcel)]) -> Result<TakenIn, IntakeError> {
        self.recent = None;
        let done = self.join(opened);
        if let Err(IntakeError::Fork { chain, seq, held, parcel }) = &done {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO fork VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    chain.author.as_str(),
                    chain.workspace.to_string(),
                    *seq as i64,
                    held.0,
                    parcel.0
                ])?;
        }
        done
    }

    fn join(&self, opened: &[(HeldParcel, Parcel)]) -> Result<TakenIn, IntakeError> {
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let mut taken = TakenIn::default();
        for (held, parcel) in opened {
            if parcel.v > Parcel::VERSION {
                return Err(IntakeError::Newer);
            }
            let broken = |what: &str| IntakeError::Broken(held.case, what.to_owned());
            theirs(&change, held.label.reading, &held.from)?;
            if parcel.reading != held.label.reading {
                return Err(broken("it is of another review than its label says"));
            }
            for sent in &parcel.chains {
                if sent.author != held.from {
                    return Err(broken("it holds events of someone else"));
                }
                if sent.workspace == self.id {
                    return Err(IntakeError::Ours);
                }
                taken.events += join_chain(&change, held, sent, &parcel.texts)?;
            }
            taken.readings.push((held.label.reading, held.case, held.from.clone()));
        }
        for (held, _) in opened {
            self.remake(&change, held)?;
            change
                .prepare_cached("DELETE FROM parcel WHERE reading = ?1 AND digest = ?2")?
                .execute(params![project::key(held.label.reading), held.label.digest.0])?;
        }
        change.commit()?;
        Ok(taken)
    }

    /// Makes everything anew that is made from a reading's events, and checks its seal.
    fn remake(&self, db: &Connection, held: &HeldParcel) -> Result<(), IntakeError> {
        let id = held.label.reading;
        log::remake_heads(db, &About::Reading(id))?;
        let reading = load_reading(db, id)?.ok_or(IntakeError::UnknownReading(id))?;
        if reading.quality.opened_alone().is_some() {
            let what = "it was opened again without being sent back".to_owned();
            return Err(IntakeError::Broken(held.case, what));
        }
        project::put_whole_reading(db, &self.editions, &reading)?;
        project::count(db, &self.editions, [reading.case.number])?;
        if !held.label.sealed {
            return Ok(());
        }
        let lies = |what: &str| IntakeError::NotSealed(held.case, what.to_owned());
        let seal = reading.seal.as_ref().ok_or_else(|| lies("nobody submitted it"))?;
        if seal.data.reading != reading.content_hash() {
            return Err(lies("its answers are not those that were submitted"));
        }
        let signed = reading.signature.as_ref().ok_or_else(|| lies("nobody signed it"))?;
        let (card, _) = self
            .team
            .card_named(signed.key)
            .ok_or_else(|| lies("it was signed with a card that is unknown here"))?;
        signature_problem(&reading, signed, card).map_or(Ok(()), |problem| Err(lies(&problem)))
    }
}

/// That a reading is with whoever sends something of it.
pub(super) fn theirs(db: &Connection, id: ReadingId, from: &PersonCode) -> Result<(), IntakeError> {
    let reading = load_reading(db, id)?.ok_or(IntakeError::UnknownReading(id))?;
    if reading.reviewer == *from && !reading.taken {
        return Ok(());
    }
    let (case, reader) = (reading.case.number, reading.reviewer);
    Err(IntakeError::NotTheirs { case, from: from.clone(), reader })
}

/// Joins the events of one chain with those that are here; how many are new.
fn join_chain(
    db: &Connection,
    held: &HeldParcel,
    sent: &SentChain,
    texts: &[SentText],
) -> Result<usize, IntakeError> {
    let broken = |what: String| IntakeError::Broken(held.case, what);
    let chain = sent.chain();
    let mut row = log::chain(db, &chain)?;
    let known = log::hashes(db, row.key)?;
    for (at, hash) in sent.hashes.iter().enumerate() {
        let seq = at as u64 + 1;
        if let Some(other) = known.get(&seq).filter(|other| *other != hash) {
            let (held, parcel) = (*other, held.label.digest);
            return Err(IntakeError::Fork { chain, seq, held, parcel });
        }
    }
    let mut bodies: BTreeMap<u64, (&[u8], Event)> = BTreeMap::new();
    for event in &sent.events {
        let at = usize::try_from(event.seq).ok().and_then(|seq| seq.checked_sub(1));
        let place = at.and_then(|at| Some((at, *sent.hashes.get(at)?)));
        let (at, hash) =
            place.ok_or_else(|| broken(format!("event {} is beyond its chain", event.seq)))?;
        let previous = if at == 0 { EventHash::NONE } else { sent.hashes[at - 1] };
        let body = event.body.as_bytes();
        if event_hash(previous, body) != hash {
            return Err(broken(format!("event {} does not fit its hash", event.seq)));
        }
        let read = Event::decode(body, hash).map_err(|error| broken(error.to_string()))?;
        let stands = read.chain == chain
            && read.seq == event.seq
            && read.about == About::Reading(held.label.reading);
        // What leaves before the rest: evidence for the lead to release, and alerts.
        let evidence = is_alert(&read.body) || matches!(read.body, EventBody::EvidenceNoted(_));
        // What a lead answered is the lead's own to say.
        let own = of_a_reader(&read.body) && !is_relayed(&read.body);
        if !stands || !own || (held.label.evidence && !evidence) {
            return Err(broken(format!("event {} has no place in it", event.seq)));
        }
        bodies.insert(event.seq, (body, read));
    }
    let texts = SentText::by_hash(texts);
    let mut new = 0;
    for (at, hash) in sent.hashes.iter().enumerate() {
        let seq = at as u64 + 1;
        match bodies.remove(&seq) {
            Some((body, mut event)) => {
                for words in event.body.words() {
                    match texts.get(&words.hash()) {
                        Some(sent) => log::keep_words(db, sent)?,
                        None if log::has_words(db, words.hash())? => {}
                        None => return Err(broken(format!("event {seq} has no text"))),
                    }
                }
                new += usize::from(log::insert(db, row.key, &event, body)?);
            }
            None if known.contains_key(&seq) => {}
            None => log::withhold(db, row.key, seq, *hash)?,
        }
    }
    let length = sent.hashes.len() as u64;
    if length > row.length {
        row.length = length;
        row.head = sent.hashes.last().copied().unwrap_or(EventHash::NONE);
        log::put_chain(db, &row)?;
    }
    Ok(new)
}

/// What a reader writes about a reading. All else in a workspace is the lead's to say.
fn of_a_reader(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::ReadingTaken(_)
            | EventBody::Answered(_)
            | EventBody::Narrated(_)
            | EventBody::Submitted(_)
            | EventBody::ReadingSigned(_)
            | EventBody::EvidenceNoted(_)
            | EventBody::EvidenceReceived(_)
            | EventBody::ReadingWithdrawn(_)
            | EventBody::ReadingReturned(_)
            | EventBody::QaNotesReceived(_)
            | EventBody::QaNoteAnswered(_)
            | EventBody::AlertRaised(_)
            | EventBody::AlertAnswered(_)
            | EventBody::AlertClosed(_)
            | EventBody::Unknown { .. }
    )
}
