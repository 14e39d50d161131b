//! What leaves a workspace: work orders and parcels.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::review::{
    About, CaseNumber, EventBody, EventHash, Head, Held, InterviewMode, OrderEdition, OrderRound,
    Parcel, PersonCode, Reading, ReadingId, RoundId, RoundOpened, SentChain, SentEvent, SentNote,
    SentText, Status, TextHash, Which, WorkCase, WorkOrder,
};

use super::{HeldParcel, QueueFilter, StoreError, Workspace, log};

impl Workspace {
    /// A work order of what was answered to one reader's alerts, and of nothing else.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn alert_order(&self, to: &PersonCode) -> Result<WorkOrder, StoreError> {
        let mut order = WorkOrder {
            v: WorkOrder::VERSION,
            team: self.team.name.clone(),
            from: self.user.clone(),
            to: to.clone(),
            rounds: Vec::new(),
            editions: Vec::new(),
            cases: Vec::new(),
            recalled: Vec::new(),
            alerts: Vec::new(),
            texts: Vec::new(),
        };
        let mut texts = BTreeMap::new();
        for row in self.alerts()?.into_iter().filter(|row| row.alert.by == *to) {
            for sent in row.alert.sent(row.reading) {
                if let Some(words) = &sent.text {
                    put_text(&self.db, words.hash(), &mut texts)?;
                }
                order.alerts.push(sent);
            }
        }
        order.texts = texts.into_values().collect();
        Ok(order)
    }

    /// The work order for one reader: every case they have open. The same as long as nothing
    /// of it changes.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn work_order(&self, to: &PersonCode) -> Result<WorkOrder, StoreError> {
        let theirs = |status| QueueFilter {
            reviewer: Some(to.clone()),
            status: vec![status],
            ..QueueFilter::default()
        };
        let mut order = self.alert_order(to)?;
        let mut texts = BTreeMap::new();
        for words in order.alerts.iter().filter_map(|sent| sent.text.as_ref()) {
            put_text(&self.db, words.hash(), &mut texts)?;
        }
        let (mut rounds, mut editions) = (BTreeMap::new(), BTreeMap::new());
        for row in self.queue(&theirs(Status::Open))? {
            // A settled review is no reading: its lead makes it here.
            let Some(id) = row.reading.filter(|_| row.which != Which::Final) else { continue };
            let Some((mut case, round)) = self.work_case(id)? else { continue };
            case.mode = self.pair_mode(case.case.number)?;
            let reading = self.reading(id)?;
            case.evidence = reading.shared.clone();
            (case.returned, case.notes) = (reading.quality.opened(), reading.quality.sent());
            let edition = self.instrument(&case.instrument)?;
            editions.insert(case.instrument.clone(), edition.text().to_owned());
            rounds.insert(case.round, round);
            let words = case.start.iter().flat_map(|entry| {
                let held = entry.value.as_ref().and_then(|held| match held {
                    Held::Text(words) => Some(words.hash()),
                    Held::Code(_) => None,
                });
                held.into_iter().chain(entry.narrative.as_ref().map(|words| words.hash()))
            });
            let notes =
                case.evidence.iter().flat_map(|note| [note.source.hash(), note.text.hash()]);
            let frame = case.frame.iter().map(|words| words.hash());
            let stickies = case.notes.iter().flat_map(SentNote::hashes);
            for hash in frame.chain(words).chain(notes).chain(stickies) {
                put_text(&self.db, hash, &mut texts)?;
            }
            order.cases.push(case);
        }
        let withdrawn = self.queue(&theirs(Status::Withdrawn))?;
        order.recalled = withdrawn.iter().filter_map(|row| row.reading).collect();
        order.recalled.sort_unstable();
        order.cases.sort_by_key(|case| case.case.number);
        order.rounds = rounds.into_iter().map(|(id, opened)| OrderRound { id, opened }).collect();
        order.editions =
            editions.into_iter().map(|(hash, text)| OrderEdition { hash, text }).collect();
        order.texts = texts.into_values().collect();
        Ok(order)
    }

    /// A reading as a work order names it, and its round; `None` for one that no draw here
    /// brought.
    fn work_case(&self, id: ReadingId) -> Result<Option<(WorkCase, RoundOpened)>, StoreError> {
        let events = log::events_about(&self.db, &About::Reading(id))?;
        let assigned = events.into_iter().find_map(|event| match event.body {
            EventBody::ReadingAssigned(data) => Some((event.hash, data)),
            _ => None,
        });
        let Some((hash, data)) = assigned else { return Ok(None) };
        let opened = self.round_opened(data.round)?;
        let case = WorkCase {
            reading: id,
            assigned: hash,
            round: data.round,
            case: data.case,
            frame: data.frame,
            instrument: data.instrument,
            mode: None,
            start: data.start,
            evidence: Vec::new(),
            returned: Vec::new(),
            notes: Vec::new(),
        };
        Ok(Some((case, opened)))
    }

    fn round_opened(&self, id: RoundId) -> Result<RoundOpened, StoreError> {
        let events = log::events_about(&self.db, &About::Round(id))?;
        let opened = events.into_iter().find_map(|event| match event.body {
            EventBody::RoundOpened(data) => Some(*data),
            _ => None,
        });
        opened.ok_or_else(|| StoreError::Damaged(format!("round {id} is not in it")))
    }

    /// How the readers of a case come by its interviews, where that was fixed here.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn pair_mode(&self, case: CaseNumber) -> Result<Option<InterviewMode>, StoreError> {
        let code: Option<String> = self
            .db
            .prepare_cached("SELECT mode FROM pair WHERE number = ?1")?
            .query_row([case.0], |row| row.get(0))
            .optional()?;
        Ok(code.and_then(|code| InterviewMode::from_code(&code)))
    }

    /// What leaves of one reading of the one who acts: its events with their texts, and the
    /// hashes of the rest of their chains.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn parcel(&self, reading: &Reading) -> Result<Parcel, StoreError> {
        self.parcel_of(reading, |_| true)
    }

    /// What leaves of one reading's alerts, and nothing else of it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn alert_parcel(&self, reading: &Reading) -> Result<Parcel, StoreError> {
        self.parcel_of(reading, is_alert)
    }

    /// What leaves of one reading's evidence and alerts, and nothing else of it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn evidence_parcel(&self, reading: &Reading) -> Result<Parcel, StoreError> {
        self.parcel_of(reading, |body| {
            is_alert(body) || matches!(body, EventBody::EvidenceNoted(_))
        })
    }

    fn parcel_of(
        &self,
        reading: &Reading,
        wanted: impl Fn(&EventBody) -> bool,
    ) -> Result<Parcel, StoreError> {
        let about = About::Reading(reading.id).to_string();
        let mut texts = BTreeMap::new();
        let mut chains = Vec::new();
        for (key, head) in self.own_chains()? {
            let events = sent_events(&self.db, key, &about, &wanted, &mut texts)?;
            if !events.is_empty() {
                let hashes = log::hashes(&self.db, key)?.into_values().collect();
                chains.push(SentChain {
                    author: head.author,
                    workspace: head.workspace,
                    hashes,
                    events,
                });
            }
        }
        Ok(Parcel {
            v: Parcel::VERSION,
            reading: reading.id,
            chains,
            texts: texts.into_values().collect(),
        })
    }

    /// The chains of the one who acts, by workspace.
    fn own_chains(&self) -> Result<Vec<(i64, Head)>, StoreError> {
        let heads = log::heads(&self.db)?.into_iter().filter(|head| head.author == self.user);
        heads.map(|head| Ok((log::chain(&self.db, &head.chain())?.key, head))).collect()
    }

    /// The readings of the one who acts, by review number, with their state.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn own_readings(&self) -> Result<Vec<std::sync::Arc<Reading>>, StoreError> {
        let mine = QueueFilter { reviewer: Some(self.user.clone()), ..QueueFilter::default() };
        let rows = self.queue(&mine)?;
        rows.iter().filter_map(|row| row.reading).map(|id| self.reading(id)).collect()
    }

    /// The readings that were taken back from the one who acts, by review number.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn own_taken_back(&self) -> Result<Vec<std::sync::Arc<Reading>>, StoreError> {
        let mine = QueueFilter {
            reviewer: Some(self.user.clone()),
            status: vec![Status::Withdrawn],
            ..QueueFilter::default()
        };
        let rows = self.queue(&mine)?;
        rows.iter().filter_map(|row| row.reading).map(|id| self.reading(id)).collect()
    }

    /// The closed parcel, the longest of several, of the reading that a reading goes on from,
    /// or of the nearest before it that left one: a case given back goes on from what its
    /// reader handed in after it was taken back.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn closed_before(&self, id: ReadingId) -> Result<Option<HeldParcel>, StoreError> {
        let held = self.held()?;
        let mut before = self.reading(id)?.from;
        while let Some(one) = before {
            let of_it = held.iter().filter(|held| held.label.reading == one);
            if let Some(found) = of_it.max_by_key(|held| (held.bytes.len(), held.label.digest)) {
                return Ok(Some(found.clone()));
            }
            before = self.reading(one)?.from;
        }
        Ok(None)
    }
}

/// Whether an event is about an alert.
pub(super) fn is_alert(body: &EventBody) -> bool {
    matches!(
        body,
        EventBody::AlertRaised(_) | EventBody::AlertAnswered(_) | EventBody::AlertClosed(_)
    )
}

/// Whether an event repeats what came to a reader by a work order: it goes back to nobody, so
/// that nobody can put words into a lead's mouth.
pub(super) fn is_relayed(body: &EventBody) -> bool {
    match body {
        EventBody::AlertAnswered(data) => data.from.is_some(),
        EventBody::AlertClosed(data) => data.from.is_some(),
        _ => false,
    }
}

fn sent_events(
    db: &Connection,
    chain: i64,
    about: &str,
    wanted: &impl Fn(&EventBody) -> bool,
    texts: &mut BTreeMap<TextHash, SentText>,
) -> Result<Vec<SentEvent>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT seq, hash, body FROM event WHERE chain = ?1 AND about = ?2 ORDER BY seq",
    )?;
    let mut rows = query.query(params![chain, about])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let hash = EventHash(row.get(1)?);
        let body: Vec<u8> = row.get(2)?;
        let mut event = log::read(db, &body, hash)?;
        if !wanted(&event.body) || is_relayed(&event.body) {
            continue;
        }
        for words in event.body.words() {
            put_text(db, words.hash(), texts)?;
        }
        let body = String::from_utf8(body)
            .map_err(|_| StoreError::Damaged(format!("event {hash} is not text")))?;
        events.push(SentEvent { seq: row.get::<_, i64>(0)? as u64, body });
    }
    Ok(events)
}

/// Adds a text with its salt; a removed one is left out.
fn put_text(
    db: &Connection,
    hash: TextHash,
    texts: &mut BTreeMap<TextHash, SentText>,
) -> Result<(), StoreError> {
    let found: Option<(Option<Vec<u8>>, Option<String>)> = db
        .prepare_cached("SELECT salt, text FROM words WHERE hash = ?1")?
        .query_row([hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((Some(salt), Some(text))) = found {
        texts.insert(hash, SentText::new(&salt, &text));
    }
    Ok(())
}
