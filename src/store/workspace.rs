//! A workspace: one file, opened by one person.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::instrument::Instrument;
use crate::review::{
    About, Card, Command, ContentHash, Days, Decided, Moment, Note, PersonCode, Reading, ReadingId,
    ReviewKind, Round, RoundId, Team, WorkOrder, WorkspaceId, decide, fold_round, fold_team,
};

use super::known::View;
use super::load::load_reading;
use super::{ActError, Editions, StoreError, Surroundings, log, settings};

/// A workspace, open for one person.
#[derive(Debug)]
pub struct Workspace {
    pub(super) path: PathBuf,
    pub(super) db: Connection,
    pub(super) id: WorkspaceId,
    pub(super) user: PersonCode,
    pub(super) team: Arc<Team>,
    pub(super) editions: Editions,
    pub(super) surroundings: Surroundings,
    /// Position of the last event `team` knows of.
    pub(super) seen: i64,
    /// The reading worked on last, as of the last event in the file then.
    pub(super) recent: Option<(i64, Arc<Reading>)>,
}

/// What a new workspace begins with.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// Its name, and that of its first round.
    pub name: String,
    /// Who becomes its lead.
    pub lead: PersonCode,
    /// The edition of the first round.
    pub instrument: Arc<Instrument>,
    /// What the first round's reviews are held for.
    pub review_kind: ReviewKind,
    /// The period its results belong to; may be empty.
    pub period: String,
    /// The period under review, where it is one for all cases.
    pub under_review: Option<Days>,
}

/// A work order that was verified and read.
#[derive(Debug, Clone)]
pub struct TakenOrder {
    /// The order, its texts filled in.
    pub order: Arc<WorkOrder>,
    /// Its hash.
    pub hash: ContentHash,
    /// The card it was signed with.
    pub from: Card,
    /// The editions it brings, checked.
    pub editions: Vec<Arc<Instrument>>,
}

/// A command went through and is on the disk.
#[derive(Debug, Clone)]
pub struct Committed {
    /// When, as the events say.
    pub at: Moment,
    /// How many events; 0 when everything was so already.
    pub events: usize,
    /// What they are about, in their order.
    pub about: Vec<About>,
    /// What the person should hear.
    pub notes: Vec<Note>,
}

impl Workspace {
    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// Its id; a restored backup has a new one.
    pub fn id(&self) -> WorkspaceId {
        self.id
    }
    /// Who acts.
    pub fn user(&self) -> &PersonCode {
        &self.user
    }
    /// The time now.
    pub fn now(&self) -> Moment {
        (self.surroundings.now)()
    }
    /// The workspace's name and people.
    pub fn team(&self) -> &Team {
        &self.team
    }

    /// Decides on a command and, if it is not refused, writes its events and everything made
    /// from them in one transaction. Returns only once they are on the disk.
    ///
    /// # Errors
    /// [`ActError`]; nothing was saved then.
    pub fn act(&mut self, command: &Command) -> Result<Committed, ActError> {
        self.within(|view| act_in(view, command))
    }

    /// Takes in a work order with the editions it brings, and the card it was signed with.
    ///
    /// # Errors
    /// [`ActError`]; nothing was saved then.
    pub fn take_order(&mut self, taken: &TakenOrder) -> Result<Committed, ActError> {
        let TakenOrder { order, hash, from, editions } = taken;
        self.within(|view| {
            for edition in editions {
                view.editions.keep(view.db, edition)?;
            }
            let (order, key) = (order.clone(), from.fingerprint);
            let done = act_in(view, &Command::TakeOrder { order, hash: *hash, key })?;
            act_in(view, &Command::AddCard { card: from.clone(), replace: false })?;
            Ok(done)
        })
    }

    /// Whether a command would be refused now, and why. Nothing is written.
    ///
    /// # Errors
    /// As [`act`](Self::act).
    pub fn would(&mut self, command: &Command) -> Result<(), ActError> {
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred)?;
        let view = View::new(
            &change,
            &self.editions,
            &self.surroundings,
            self.id,
            &self.user,
            self.team.clone(),
            None,
        )?;
        let decision = decide(&view, command);
        view.failed()?;
        Ok(decision.map(drop)?)
    }

    /// Several commands in one transaction: all of them, or none.
    ///
    /// # Errors
    /// The first [`ActError`]; nothing was saved then.
    pub fn act_all(&mut self, commands: &[Command]) -> Result<Vec<Committed>, ActError> {
        self.within(|view| commands.iter().map(|command| act_in(view, command)).collect())
    }

    /// Writes events that no command decides on.
    pub(super) fn record(&mut self, events: Vec<Decided>) -> Result<Committed, ActError> {
        self.within(|view| view.write(events))
    }

    fn within<T>(
        &mut self,
        work: impl FnOnce(&mut View<'_>) -> Result<T, ActError>,
    ) -> Result<T, ActError> {
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let last = last_position(&change)?;
        let recent = self.recent.take().filter(|(position, _)| *position == last);
        if self.seen != last {
            // Another process wrote since.
            self.team = Arc::new(fold_team(log::events_about(&change, &About::Team)?));
            self.seen = last;
        }
        let mut view = View::new(
            &change,
            &self.editions,
            &self.surroundings,
            self.id,
            &self.user,
            self.team.clone(),
            recent.map(|(_, reading)| reading),
        )?;
        let done = work(&mut view)?;
        view.count()?;
        let (team, recent) = (view.team, view.recent.into_inner());
        let now = last_position(&change)?;
        change.commit()?;
        (self.team, self.seen) = (team, now);
        self.recent = recent.map(|reading| (now, reading));
        Ok(done)
    }

    /// The place of the last event in the log.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn position(&self) -> Result<i64, StoreError> {
        last_position(&self.db)
    }

    /// Whether anything was written about a reading after a place in the log.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn is_touched(&self, id: ReadingId, since: i64) -> Result<bool, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM event WHERE about = ?1 AND position > ?2)",
        )?;
        let about = About::Reading(id).to_string();
        Ok(query.query_row(rusqlite::params![about, since], |row| row.get(0))?)
    }

    /// A reading with everything given in it, and what can be undone.
    ///
    /// # Errors
    /// When it is not there or the file can't be read.
    pub fn reading(&self, id: ReadingId) -> Result<Arc<Reading>, StoreError> {
        if let Some((position, reading)) = &self.recent
            && reading.id == id
            && *position == last_position(&self.db)?
        {
            return Ok(reading.clone());
        }
        load_reading(&self.db, id)?
            .map(Arc::new)
            .ok_or_else(|| StoreError::Damaged(format!("review {id} is not in it")))
    }

    /// A round with its frames and samples.
    ///
    /// # Errors
    /// When it is not there or the file can't be read.
    pub fn round(&self, id: RoundId) -> Result<Round, StoreError> {
        fold_round(id, log::events_about(&self.db, &About::Round(id))?)
            .ok_or_else(|| StoreError::Damaged(format!("round {id} is not in it")))
    }

    /// A round without what is written of single cases and without the texts of its frames:
    /// reports ask for no more, and of many cases it is had much sooner.
    ///
    /// # Errors
    /// When it can't be read, or there is none.
    pub fn round_outline(&self, id: RoundId) -> Result<Round, StoreError> {
        fold_round(id, log::outlines_about(&self.db, &About::Round(id))?)
            .ok_or_else(|| StoreError::Damaged(format!("round {id} is not in it")))
    }

    /// An instrument edition kept here.
    ///
    /// # Errors
    /// When it is not kept here or can't be read any more.
    pub fn instrument(&self, hash: &str) -> Result<Arc<Instrument>, StoreError> {
        self.editions.get(&self.db, hash)
    }

    /// The settings the promises rest on, as read back now: name, found, wanted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn settings(&self) -> Result<Vec<(&'static str, String, String)>, StoreError> {
        settings::values(&self.db)
    }

    /// Leaves the file no room to grow in, as a full disk would: for tests.
    ///
    /// # Errors
    /// When the database does not answer.
    #[doc(hidden)]
    pub fn no_more_room(&self) -> Result<(), StoreError> {
        let pages: i64 = self.db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        Ok(self.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    }

    /// Moves everything from the side file into the workspace file.
    pub(super) fn checkpoint(&self) -> Result<(), StoreError> {
        Ok(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }
}

/// Decides on a command and writes what comes of it.
fn act_in(view: &mut View<'_>, command: &Command) -> Result<Committed, ActError> {
    let decision = decide(view, command);
    // A look-up that failed may have misled the decision, so it is told first.
    view.failed()?;
    let decision = decision?;
    if let (Some(edition), false) = (command.instrument(), decision.events.is_empty()) {
        view.editions.keep(view.db, edition)?;
    }
    let done = view.write(decision.events)?;
    if let Command::Answer { reading, question, .. } = command {
        super::drafts::discard(view.db, *reading, question, "answer")?;
    }
    if let Command::Narrate { reading, question, .. } = command {
        super::drafts::discard(view.db, *reading, question, "narrative")?;
    }
    Ok(Committed { notes: decision.notes, ..done })
}

/// Position of the last event in the file.
pub(super) fn last_position(db: &Connection) -> Result<i64, StoreError> {
    let mut query = db.prepare_cached("SELECT coalesce(max(position), 0) FROM event")?;
    Ok(query.query_row([], |row| row.get(0))?)
}
