//! What a decision may look at, answered from inside the transaction; and the writing of
//! what was decided.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::instrument::Instrument;
use crate::review::{
    About, Birthplace, CaseNumber, CaseStanding, Chain, ContentHash, Decided, Event, EventBody,
    ImportedCase, Known, PersonCode, Ratings, Reading, ReadingBrief, ReadingId, Round, RoundId,
    Salt, Status, Team, Which, WorkspaceId, fold_round,
};

use super::load::load_reading;
use super::log::ChainRow;
use super::{ActError, Committed, Editions, StoreError, Surroundings, log, project};

/// The inside of one transaction.
pub(super) struct View<'t> {
    pub(super) db: &'t Connection,
    pub(super) editions: &'t Editions,
    surroundings: &'t Surroundings,
    birthplace: Birthplace,
    chain: ChainRow,
    pub(super) team: Arc<Team>,
    pub(super) recent: RefCell<Option<Arc<Reading>>>,
    failure: RefCell<Option<StoreError>>,
    /// Cases whose packed readings are to be made again.
    touched: BTreeSet<CaseNumber>,
}

impl<'t> View<'t> {
    pub(super) fn new(
        db: &'t Connection,
        editions: &'t Editions,
        surroundings: &'t Surroundings,
        workspace: WorkspaceId,
        author: &PersonCode,
        team: Arc<Team>,
        recent: Option<Arc<Reading>>,
    ) -> Result<Self, StoreError> {
        let chain = log::chain(db, &Chain { author: author.clone(), workspace })?;
        let birthplace = Birthplace { workspace, author: author.clone(), seq: chain.length + 1 };
        Ok(Self {
            db,
            editions,
            surroundings,
            birthplace,
            chain,
            team,
            recent: RefCell::new(recent),
            failure: RefCell::new(None),
            touched: BTreeSet::new(),
        })
    }

    /// The first look-up that failed, if one did.
    pub(super) fn failed(&self) -> Result<(), StoreError> {
        self.failure.borrow_mut().take().map_or(Ok(()), Err)
    }

    fn tell<T>(&self, found: Result<T, StoreError>) -> Option<T> {
        found
            .map_err(|error| {
                self.failure.borrow_mut().get_or_insert(error);
            })
            .ok()
    }

    /// Appends events and brings every table up to date with them.
    pub(super) fn write(&mut self, events: Vec<Decided>) -> Result<Committed, ActError> {
        let at = (self.surroundings.now)();
        let mut done = Committed { at, events: events.len(), about: Vec::new(), notes: Vec::new() };
        for decided in events {
            let event = log::append(self.db, &mut self.chain, decided, at)?;
            self.project(&event)?;
            done.about.push(event.about);
        }
        // A next command of the same transaction makes ids of its own.
        self.birthplace.seq = self.chain.length + 1;
        Ok(done)
    }

    /// Packs anew for reports what the events of the transaction touched.
    pub(super) fn count(&mut self) -> Result<(), StoreError> {
        project::count(self.db, self.editions, std::mem::take(&mut self.touched))
    }

    fn project(&mut self, event: &Event) -> Result<(), StoreError> {
        match &event.about {
            About::Team => {
                Arc::make_mut(&mut self.team).apply(event);
                project::people(self.db, &self.team)
            }
            About::Round(id) => {
                project::touched(event, None, &mut self.touched);
                if let EventBody::QaLevelsSet(_) = &event.body {
                    self.touched.extend(project::cases_of(self.db, &id.to_string())?);
                }
                project::round_event(self.db, event, *id)
            }
            About::Import(_) => {
                project::touched(event, None, &mut self.touched);
                project::import_event(self.db, self.editions, event)
            }
            About::Reading(id) => {
                let reading = self.after(*id, event)?;
                project::touched(event, reading.as_deref(), &mut self.touched);
                if let Some(reading) = &reading {
                    project::reading_event(self.db, self.editions, event, reading)?;
                }
                *self.recent.borrow_mut() = reading;
                Ok(())
            }
            About::Other(_) => Ok(()),
        }
    }

    /// The state of a reading after an event that was just appended.
    fn after(&self, id: ReadingId, event: &Event) -> Result<Option<Arc<Reading>>, StoreError> {
        if let Some(reading) = Reading::begin(id, event) {
            return Ok(Some(Arc::new(reading)));
        }
        match self.recent.borrow_mut().take().filter(|recent| recent.id == id) {
            Some(mut reading) => {
                Arc::make_mut(&mut reading).apply(event);
                Ok(Some(reading))
            }
            // The log holds the event already.
            None => Ok(load_reading(self.db, id)?.map(Arc::new)),
        }
    }

    fn find_case(&self, number: CaseNumber) -> Result<Option<CaseStanding>, StoreError> {
        let Some((case, round, draw)) = super::load::case(self.db, number)? else {
            return Ok(None);
        };
        let mut query = self.db.prepare_cached(
            "SELECT id, reviewer, which, status, person FROM reading LEFT JOIN partner ON reading = id
             WHERE number = ?1 AND status <> 'withdrawn' AND reviewer <> '' ORDER BY id",
        )?;
        let mut rows = query.query([number.0])?;
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            let (reviewer, which, status): (String, String, String) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            let partner: Option<String> = row.get(4)?;
            let read = || {
                Some(ReadingBrief {
                    id: project::id(row.get(0).ok()?),
                    reviewer: reviewer.parse().ok()?,
                    which: Which::from_code(&which)?,
                    status: Status::from_code(&status)?,
                    partner: partner.as_deref().and_then(|code| code.parse().ok()),
                })
            };
            readings
                .push(read().ok_or_else(|| StoreError::Damaged(format!("a review of {number}")))?);
        }
        Ok(Some(CaseStanding { case, round, draw, readings }))
    }

    fn find_rating(&self, number: CaseNumber, item: &str) -> Result<Option<String>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT instrument, ratings FROM reading WHERE number = ?1 AND reviewer = ''",
        )?;
        let mut rows = query.query([number.0])?;
        while let Some(row) = rows.next()? {
            let (hash, ratings): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let edition = self.editions.get(self.db, &hash)?;
            let rating =
                edition.find_item(item).and_then(|at| Ratings::from_bytes(&ratings).item(at));
            if let Some(rating) = rating {
                return Ok(Some(rating.code().to_owned()));
            }
        }
        Ok(None)
    }
}

impl Known for View<'_> {
    fn birthplace(&self) -> &Birthplace {
        &self.birthplace
    }
    fn salt(&self) -> Salt {
        (self.surroundings.random)()
    }
    fn team(&self) -> &Team {
        &self.team
    }
    fn round(&self, id: RoundId) -> Option<Arc<Round>> {
        let events = self.tell(log::events_about(self.db, &About::Round(id)))?;
        fold_round(id, events).map(Arc::new)
    }
    fn round_named(&self, name: &str) -> Option<RoundId> {
        self.tell(super::load::round_named(self.db, name))?
    }
    fn reading(&self, id: ReadingId) -> Option<Arc<Reading>> {
        if let Some(recent) = self.recent.borrow().as_ref().filter(|recent| recent.id == id) {
            return Some(recent.clone());
        }
        let loaded = Arc::new(self.tell(load_reading(self.db, id))??);
        *self.recent.borrow_mut() = Some(loaded.clone());
        Some(loaded)
    }
    fn case(&self, number: CaseNumber) -> Option<CaseStanding> {
        self.tell(self.find_case(number))?
    }
    fn case_with(&self, case: &ImportedCase) -> Option<CaseNumber> {
        let look = || -> Result<Option<u32>, StoreError> {
            Ok(self
                .db
                .prepare_cached(
                    "SELECT number FROM cases WHERE frame_id = ?1 AND round = ?2
                     AND period = ?3 AND review_kind = ?4 ORDER BY number LIMIT 1",
                )?
                .query_row(
                    params![case.id, case.round, case.period, case.review_kind.code()],
                    |row| row.get(0),
                )
                .optional()?)
        };
        self.tell(look())?.map(CaseNumber)
    }
    fn next_number(&self) -> CaseNumber {
        let look = || -> Result<u32, StoreError> {
            let sql = "SELECT coalesce(max(number), 0) + 1 FROM cases";
            Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        CaseNumber(self.tell(look()).unwrap_or(1))
    }
    fn secret(&self) -> [u8; 16] {
        let look = || -> Result<[u8; 16], StoreError> {
            let sql = "SELECT secret FROM workspace";
            Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        self.tell(look()).unwrap_or_default()
    }
    fn imported(&self, content: &ContentHash) -> bool {
        let look = || -> Result<bool, StoreError> {
            Ok(self
                .db
                .prepare_cached("SELECT 1 FROM imported WHERE content = ?1")?
                .exists([content.0])?)
        };
        self.tell(look()).unwrap_or(false)
    }
    fn imported_rating(&self, number: CaseNumber, item: &str) -> Option<String> {
        self.tell(self.find_rating(number, item))?
    }
    fn eliminated(&self, number: CaseNumber) -> bool {
        self.tell(super::sample::is_eliminated(self.db, number)).unwrap_or(false)
    }
    fn today(&self) -> NaiveDate {
        (self.surroundings.now)().utc().date_naive()
    }
    fn instrument(&self, hash: &str) -> Option<Arc<Instrument>> {
        self.tell(self.editions.get(self.db, hash))
    }
}
