//! Checking the log: every chain, every text, every seal, and the tables made from it.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::instrument;
use crate::review::{
    About, Chain, Event, EventBody, EventHash, Head, Reading, TextHash, event_hash, fold_team,
    rate, seal, signature_problem, text_hash,
};

use super::load::load_reading;
use super::{KeptOut, StoreError, Workspace, log};

/// What a check of the log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// The chains with their heads.
    pub heads: Vec<Head>,
    /// Events read.
    pub events: usize,
    /// Texts that match their hashes.
    pub texts: usize,
    /// Texts that were removed.
    pub removed: usize,
    /// Seals that hold.
    pub seals: usize,
    /// Events of which only the hash came.
    pub withheld: usize,
    /// Signatures under seals that hold.
    pub signatures: usize,
    /// Events of kinds that this version does not know.
    pub unknown: usize,
    /// Logs that fork, a line each: the line that came first stands here, what came of the
    /// other is kept out. The log itself is sound.
    pub forks: Vec<String>,
    /// Everything that is wrong, one line each.
    pub problems: Vec<String>,
}

impl Workspace {
    /// Checks everything that can be checked without trust in this file's tables.
    ///
    /// # Errors
    /// When the file can't be read at all; what is wrong with its content is in
    /// [`Verified::problems`].
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut found = self.verify_chains()?;
        sound(&self.db, &mut found)?;
        texts(&self.db, &mut found)?;
        self.editions_hold(&mut found)?;
        // Only a sound log can be folded.
        if found.problems.is_empty() {
            self.seals_hold(&mut found)?;
            found.forks = self.forks()?;
            for table in self.stale_projections()? {
                found.problems.push(format!("the table {table} is not what the log gives"));
            }
        }
        Ok(found)
    }

    /// Checks the chains alone: every event in its place with the hash of its bytes, every
    /// event it names there.
    ///
    /// # Errors
    /// When the file can't be read at all.
    pub fn verify_chains(&self) -> Result<Verified, StoreError> {
        let mut found = Verified { heads: log::heads(&self.db)?, ..Verified::default() };
        let mut hashes = HashSet::new();
        let mut named = Vec::new();
        let mut query = self
            .db
            .prepare("SELECT key, author, workspace, length, head FROM chain ORDER BY key")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let written = WrittenChain {
                key: row.get(0)?,
                author: row.get(1)?,
                workspace: row.get(2)?,
                length: row.get(3)?,
                head: EventHash(row.get(4)?),
            };
            walk(&self.db, &written, &mut found, &mut hashes, &mut named)?;
        }
        for (what, hash) in named {
            if !hashes.contains(&hash) {
                found.problems.push(format!("{what} names event {hash}, which is missing"));
            }
        }
        Ok(found)
    }

    /// The heads of the chains as they stand, unchecked: what a page names as its checkpoint.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        log::heads(&self.db)
    }

    fn editions_hold(&self, found: &mut Verified) -> Result<(), StoreError> {
        let mut query = self.db.prepare("SELECT hash, id, text FROM instrument ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (hash, id, text): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if instrument::build(&text).is_none_or(|edition| edition.hash() != hash) {
                found
                    .problems
                    .push(format!("the text of instrument {id} is not what {hash} names"));
            }
        }
        Ok(())
    }

    fn seals_hold(&self, found: &mut Verified) -> Result<(), StoreError> {
        // A check opens the file for nobody: the team is not folded yet.
        let team = fold_team(log::events_about(&self.db, &About::Team)?);
        let mut query = self.db.prepare(
            "SELECT DISTINCT about FROM event WHERE about LIKE 'reading:%' ORDER BY about",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let about: String = row.get(0)?;
            let About::Reading(id) = About::from(about.as_str()) else { continue };
            let Some(reading) = load_reading(&self.db, id)? else {
                found.problems.push(format!("{about} has no event that begins it"));
                continue;
            };
            match self.seal_problem(&reading)? {
                Some(problem) => found.problems.push(problem),
                None => found.seals += usize::from(reading.seal.is_some()),
            }
            let Some(signed) = &reading.signature else { continue };
            let problem = match team.card_named(signed.key) {
                Some((card, _)) => signature_problem(&reading, signed, card),
                None => Some("it was signed with a card that is unknown here".to_owned()),
            };
            match problem {
                Some(problem) => found.problems.push(format!(
                    "the signature under {} by {}: {problem}",
                    reading.case.number, reading.reviewer
                )),
                None => found.signatures += 1,
            }
        }
        Ok(())
    }

    /// Every fork of a chain that was met, with the cases of what is kept out for it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn forks(&self) -> Result<Vec<String>, StoreError> {
        let kept = self.kept_out()?;
        let sql =
            "SELECT DISTINCT author, workspace, seq FROM fork ORDER BY author, workspace, seq";
        let mut query = self.db.prepare(sql)?;
        let mut rows = query.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let (author, workspace): (String, String) = (row.get(0)?, row.get(1)?);
            let seq: i64 = row.get(2)?;
            let short = workspace.get(..8).unwrap_or(&workspace);
            let here = |one: &&KeptOut| {
                one.seq as i64 == seq
                    && one.chain.author.as_str() == author
                    && one.chain.workspace.to_string() == workspace
            };
            let mut cases: Vec<String> =
                kept.iter().filter(here).map(|one| one.case.to_string()).collect();
            cases.dedup();
            let of =
                if cases.is_empty() { String::new() } else { format!(" of {}", cases.join(", ")) };
            lines.push(format!(
                "{author}@{short} forks at event {seq}: what a copy of that workspace wrote{of} is kept out"
            ));
        }
        Ok(lines)
    }

    fn seal_problem(&self, reading: &Reading) -> Result<Option<String>, StoreError> {
        let Some(sealed) = &reading.seal else { return Ok(None) };
        let what = format!("the seal of {} by {}", reading.case.number, reading.reviewer);
        let edition = self.instrument(&reading.instrument)?;
        let Some(scores) = rate(&edition, reading) else {
            return Ok(Some(format!("{what}: its case type is unknown to the instrument")));
        };
        let now = seal(&edition, reading, &scores, &sealed.data.program);
        if now.reading != sealed.data.reading {
            return Ok(Some(format!("{what} does not fit the answers")));
        }
        let differs = now
            .items
            .iter()
            .chain(&now.outcomes)
            .find(|(id, code)| {
                let then = sealed.data.items.get(*id).or(sealed.data.outcomes.get(*id));
                then != Some(*code)
            })
            .map(|(id, code)| {
                let then = sealed.data.items.get(id).or(sealed.data.outcomes.get(id));
                let then = then.map_or("nothing", String::as_str);
                let program = &sealed.data.program;
                format!("{what}: {id} comes out {code} now, version {program} had {then}")
            });
        Ok(differs)
    }
}

struct WrittenChain {
    key: i64,
    author: String,
    workspace: String,
    length: i64,
    head: EventHash,
}

/// Walks one chain from its first event.
fn walk(
    db: &Connection,
    written: &WrittenChain,
    found: &mut Verified,
    hashes: &mut HashSet<EventHash>,
    named: &mut Vec<(String, EventHash)>,
) -> Result<(), StoreError> {
    let name = match (written.author.parse(), written.workspace.parse()) {
        (Ok(author), Ok(workspace)) => Chain { author, workspace }.to_string(),
        _ => {
            found.problems.push(format!("chain {} has no readable name", written.key));
            return Ok(());
        }
    };
    let mut query = db.prepare(
        "SELECT seq, hash, about, body FROM event WHERE chain = ?1
             UNION ALL SELECT seq, hash, NULL, NULL FROM withheld WHERE chain = ?1 ORDER BY 1",
    )?;
    let mut rows = query.query([written.key])?;
    let (mut previous, mut next) = (EventHash::NONE, 1_i64);
    while let Some(row) = rows.next()? {
        let (seq, about): (i64, Option<String>) = (row.get(0)?, row.get(2)?);
        let what = format!("event {seq} of {name}");
        if seq != next {
            found.problems.push(format!("{what} stands where event {next} should"));
        }
        let Some(about) = about else {
            // Only its hash came: the events beside it hold it in its place.
            found.withheld += 1;
            previous = EventHash(row.get(1)?);
            hashes.insert(previous);
            next = seq + 1;
            continue;
        };
        let body = row.get_ref(3)?.as_blob().unwrap_or_default();
        found.events += 1;
        let hash = match row.get::<_, [u8; 32]>(1) {
            Ok(hash) => EventHash(hash),
            Err(_) => {
                found.problems.push(format!("{what} has no readable hash"));
                EventHash::NONE
            }
        };
        if event_hash(previous, body) != hash {
            found.problems.push(format!("{what} was changed: its bytes don't fit its hash"));
        }
        match Event::decode(body, hash) {
            Err(error) => found.problems.push(format!("{what}: {error}")),
            Ok(mut event) => {
                let stands = event.chain.to_string() == name
                    && event.chain.workspace.to_string() == written.workspace
                    && event.seq as i64 == seq
                    && event.about.to_string() == about;
                if !stands {
                    found.problems.push(format!("{what} stands in another place than it says"));
                }
                found.unknown += usize::from(matches!(event.body, EventBody::Unknown { .. }));
                for words in event.body.words() {
                    if !log::has_words(db, words.hash())? {
                        found.problems.push(format!("{what} has lost its text"));
                    }
                }
                named.extend(event.after.iter().map(|after| (what.clone(), *after)));
            }
        }
        hashes.insert(hash);
        (previous, next) = (hash, seq + 1);
    }
    if next - 1 != written.length || previous != written.head {
        let (held, length) = (next - 1, written.length);
        found.problems.push(format!("{name} ends at event {held}, not at {length} as noted"));
    }
    Ok(())
}

/// Every text against the hash that stands for it.
fn texts(db: &Connection, found: &mut Verified) -> Result<(), StoreError> {
    let mut query = db.prepare("SELECT hash, salt, text FROM words ORDER BY hash")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let hash = TextHash(row.get(0)?);
        let (salt, text): (Option<Vec<u8>>, Option<String>) = (row.get(1)?, row.get(2)?);
        match (salt, text) {
            (Some(salt), Some(text)) if text_hash(&salt, &text) == hash => found.texts += 1,
            (None, None) => found.removed += 1,
            _ => found.problems.push(format!("the text {hash} was changed")),
        }
    }
    Ok(())
}

/// SQLite's own check of the file.
fn sound(db: &Connection, found: &mut Verified) -> Result<(), StoreError> {
    let mut query = db.prepare("PRAGMA integrity_check(10)")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.problems.push(format!("the database file: {line}"));
        }
    }
    Ok(())
}
