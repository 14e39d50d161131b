//! Making and opening a workspace file.

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};

use crate::review::{
    About, Command, Decided, EventBody, OpenRound, PersonCode, Team, WorkspaceId, WorkspaceStarted,
    fold_team,
};

use super::workspace::last_position;
use super::{
    ActError, Editions, NewWorkspace, StoreError, Surroundings, TakenOrder, Verified, Workspace,
    file, log, migrations, settings,
};

impl Workspace {
    /// Makes a workspace file (mode 0600) with its first round.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the file is there; nothing is left behind on failure.
    pub fn create(path: &Path, new: &NewWorkspace) -> Result<Self, ActError> {
        Self::create_in(path, new, Surroundings::system())
    }

    /// [`create`](Self::create) with time and chance handed in.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_in(
        path: &Path,
        new: &NewWorkspace,
        surroundings: Surroundings,
    ) -> Result<Self, ActError> {
        Self::make(path, || Self::fill(path, new, surroundings))
    }

    /// Makes the workspace of a reader from their first work order; see
    /// [`take_order`](Self::take_order).
    ///
    /// # Errors
    /// As [`create`](Self::create); whatever is wrong with the order.
    pub fn create_from_order(
        path: &Path,
        order: &TakenOrder,
        surroundings: Surroundings,
    ) -> Result<Self, ActError> {
        Self::make(path, || {
            let mut workspace = Self::fresh(path, order.order.to.clone(), surroundings)?;
            workspace.take_order(order)?;
            workspace.checkpoint()?;
            file::sync_folder(path)?;
            Ok(workspace)
        })
    }

    /// Makes the file and fills it; takes it away again when that fails.
    fn make(path: &Path, fill: impl FnOnce() -> Result<Self, ActError>) -> Result<Self, ActError> {
        file::create_private(path)?;
        let made = fill();
        if made.is_err() {
            // The failure itself is what to tell; what can't be removed is an empty file.
            let _ = std::fs::remove_file(path);
            for side in file::side_files(path) {
                let _ = std::fs::remove_file(side);
            }
        }
        made
    }

    /// A workspace without any event.
    fn fresh(
        path: &Path,
        user: PersonCode,
        surroundings: Surroundings,
    ) -> Result<Self, StoreError> {
        let mut db = connect(path)?;
        settings::apply(&db)?;
        migrations::migrate(&mut db)?;
        let id = WorkspaceId((surroundings.random)());
        let secret = (surroundings.random)();
        db.execute(
            "INSERT INTO workspace (one, id, secret) VALUES (1, ?1, ?2)",
            rusqlite::params![id.to_string(), secret],
        )?;
        Ok(Self {
            path: path.to_owned(),
            db,
            id,
            user,
            team: Arc::default(),
            editions: Editions::default(),
            surroundings,
            seen: 0,
            recent: None,
        })
    }

    fn fill(path: &Path, new: &NewWorkspace, surroundings: Surroundings) -> Result<Self, ActError> {
        let mut workspace = Self::fresh(path, new.lead.clone(), surroundings)?;
        let started = WorkspaceStarted {
            name: new.name.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let started =
            Decided { about: About::Team, body: EventBody::WorkspaceStarted(Box::new(started)) };
        workspace.record(vec![started])?;
        workspace.act(&Command::OpenRound(OpenRound {
            name: new.name.clone(),
            instrument: new.instrument.clone(),
            review_kind: new.review_kind,
            period: new.period.clone(),
            under_review: new.under_review,
        }))?;
        workspace.checkpoint()?;
        file::sync_folder(path)?;
        Ok(workspace)
    }

    /// Opens a workspace. Without a user: the only person on the team, or `lead`, or the only
    /// lead.
    ///
    /// # Errors
    /// A [`StoreError`] that says what is wrong with the file, which stays as it was.
    pub fn open(path: &Path, user: Option<&str>) -> Result<Self, StoreError> {
        Self::open_in(path, user, Surroundings::system())
    }

    /// [`open`](Self::open) with time and chance handed in.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_in(
        path: &Path,
        user: Option<&str>,
        surroundings: Surroundings,
    ) -> Result<Self, StoreError> {
        let mut workspace = Self::open_unread(path, surroundings)?;
        let team = fold_team(log::events_about(&workspace.db, &About::Team)?);
        workspace.user = choose(&team, user)?;
        workspace.team = Arc::new(team);
        workspace.seen = last_position(&workspace.db)?;
        Ok(workspace)
    }

    /// Checks a workspace whose events may not be readable any more.
    ///
    /// # Errors
    /// A [`StoreError`] when the file is no workspace or can't be read at all.
    pub fn verify_file(path: &Path) -> Result<Verified, StoreError> {
        Self::open_unread(path, Surroundings::system())?.verify()
    }

    /// Opens a workspace without reading an event: nobody acts in it yet.
    fn open_unread(path: &Path, surroundings: Surroundings) -> Result<Self, StoreError> {
        file::inspect(path)?;
        let mut db = connect(path)?;
        refuse_strangers(&db)?;
        settings::apply(&db)?;
        migrations::migrate(&mut db)?;
        let id: String = db.query_row("SELECT id FROM workspace", [], |row| row.get(0))?;
        let id = id.parse().map_err(|_| StoreError::Damaged("it has no id".to_owned()))?;
        Ok(Self {
            path: path.to_owned(),
            db,
            id,
            user: "nobody".parse().expect("nobody is a good code"),
            team: Arc::default(),
            editions: Editions::default(),
            surroundings,
            seen: 0,
            recent: None,
        })
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

/// A version this program doesn't know is left as it is: closing must not even tidy it up.
fn refuse_strangers(db: &Connection) -> Result<(), StoreError> {
    use rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    db.busy_timeout(settings::PATIENCE)?;
    db.set_db_config(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    if db.is_readonly(rusqlite::MAIN_DB)? {
        return Err(StoreError::ReadOnly);
    }
    let found = migrations::version(db)?;
    if found > migrations::NEWEST {
        return Err(StoreError::Newer { found, known: migrations::NEWEST });
    }
    db.set_db_config(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

fn choose(team: &Team, user: Option<&str>) -> Result<PersonCode, StoreError> {
    let mut people = team.people.keys();
    let chosen = match user {
        Some(code) => people.find(|known| known.as_str() == code),
        None if team.people.len() == 1 => people.next(),
        None if team.people.keys().any(|known| known.as_str() == "lead") => {
            people.find(|known| known.as_str() == "lead")
        }
        None => {
            let mut leads = people.filter(|known| team.is_lead(known));
            leads.next().filter(|_| leads.next().is_none())
        }
    };
    chosen.cloned().ok_or_else(|| StoreError::NotInTeam(user.unwrap_or("lead").to_owned()))
}
