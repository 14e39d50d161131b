//! The log as lines for people and exports.

use std::collections::HashSet;

use crate::review::{
    About, Answered, CaseNumber, DrawnCase, EventBody, EventHash, Held, Moment, meaning_words,
    noted,
};

use super::{StoreError, Workspace, log, project};

/// One event of the log, put in words. Holds no free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Place in this file, from 1.
    pub position: i64,
    /// When, by the author's clock.
    pub at: Moment,
    /// The author's code.
    pub author: String,
    /// The author's chain: `mary@1f0c9a2b`.
    pub chain: String,
    /// Number in the chain.
    pub seq: u64,
    /// Kind of event.
    pub kind: String,
    /// What it is about: `reading:…`, `round:…`, `team`.
    pub about: String,
    /// What happened, in a few words.
    pub what: String,
    /// The cases of a round's event.
    pub cases: Vec<CaseNumber>,
    /// The event's hash.
    pub hash: EventHash,
}

impl Workspace {
    /// Calls `visit` with each event after a position, in the order of arrival.
    ///
    /// # Errors
    /// When an event can't be read; whatever `visit` returns.
    pub fn each_event<E: From<StoreError>>(
        &self,
        after: i64,
        mut visit: impl FnMut(LogLine) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT position, body, hash FROM event WHERE position > ?1 ORDER BY position";
        let mut query = self.db.prepare(sql).map_err(StoreError::from)?;
        let mut rows = query.query([after]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            visit(self.line(row)?)?;
        }
        Ok(())
    }

    fn line(&self, row: &rusqlite::Row<'_>) -> Result<LogLine, StoreError> {
        let hash = EventHash(row.get(2)?);
        let event = log::read(&self.db, row.get_ref(1)?.as_blob().unwrap_or_default(), hash)?;
        Ok(LogLine {
            position: row.get(0)?,
            at: event.at,
            author: event.chain.author.to_string(),
            chain: event.chain.to_string(),
            seq: event.seq,
            kind: event.body.kind().to_owned(),
            about: event.about.to_string(),
            what: what(&event.body),
            cases: cases(&event.body),
            hash,
        })
    }

    /// The lines that whoever acts may see, about one case or all: who is no lead isn't shown
    /// which cases are read twice, nor others' reviews.
    ///
    /// # Errors
    /// When the log can't be read.
    pub fn visible_events(
        &self,
        after: i64,
        case: Option<CaseNumber>,
    ) -> Result<Vec<LogLine>, StoreError> {
        let of_case = case.map(|case| self.abouts_of(case)).transpose()?;
        let theirs = if self.sees_seconds() { None } else { Some(self.abouts_of_mine()?) };
        let mut lines = Vec::new();
        self.each_event(after, |mut line| {
            let wanted = of_case.as_ref().is_none_or(|abouts| {
                abouts.contains(&line.about) || case.is_some_and(|one| line.cases.contains(&one))
            });
            if let Some(theirs) = &theirs {
                let is_reading = line.about.starts_with("reading:");
                if SECONDS.contains(&line.kind.as_str())
                    || is_reading && !theirs.contains(&line.about)
                {
                    return Ok::<(), StoreError>(());
                }
                line.what = line.what.replacen("second review of", "first review of", 1);
            }
            if wanted {
                lines.push(line);
            }
            Ok(())
        })?;
        Ok(lines)
    }

    fn abouts_of_mine(&self) -> Result<HashSet<String>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT id FROM reading WHERE reviewer = ?1
             UNION SELECT reading FROM partner WHERE person = ?1",
        )?;
        let rows = query.query_map([self.user().as_str()], |row| row.get(0))?;
        let about =
            |key: Result<i64, _>| key.map(|key| About::Reading(project::id(key)).to_string());
        Ok(rows.map(about).collect::<Result<_, _>>()?)
    }

    /// What events about a case are about: its readings.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn abouts_of(&self, number: CaseNumber) -> Result<HashSet<String>, StoreError> {
        let mut query = self.db.prepare_cached("SELECT id FROM reading WHERE number = ?1")?;
        let rows = query.query_map([number.0], |row| row.get(0))?;
        let about =
            |key: Result<i64, _>| key.map(|key| About::Reading(project::id(key)).to_string());
        Ok(rows.map(about).collect::<Result<_, _>>()?)
    }

    /// The last position in the log.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn last_position(&self) -> Result<i64, StoreError> {
        super::workspace::last_position(&self.db)
    }
}

/// Kinds that tell which cases are read twice; giving them out can.
const SECONDS: [&str; 3] = ["second-reviews-drawn", "second-review-dropped", "cases-allotted"];

/// The cases a round's event names.
fn cases(body: &EventBody) -> Vec<CaseNumber> {
    let of = |drawn: &[DrawnCase]| drawn.iter().map(|case| case.case.number).collect();
    match body {
        EventBody::SampleDrawn(data) => of(&data.cases),
        EventBody::SampleSupplemented(data) => of(&data.cases),
        EventBody::EliminationAsked(data) => vec![data.case],
        EventBody::EliminationApproved(data) => vec![data.case],
        EventBody::EliminationDeclined(data) => vec![data.case],
        EventBody::EliminationUnlocked(data) => vec![data.case],
        EventBody::SpareBroughtIn(data) => vec![data.spare, data.instead_of],
        EventBody::CasesAllotted(data) => data.given.iter().chain(&data.left).copied().collect(),
        EventBody::CasesGivenOut(data) => data.given.iter().chain(&data.left).copied().collect(),
        EventBody::SecondsDrawn(data) => data.cases.iter().map(|one| one.case).collect(),
        EventBody::SecondDropped(data) => vec![data.case],
        EventBody::RatingsImported(data) => data.cases.iter().map(|one| one.number()).collect(),
        _ => Vec::new(),
    }
}

fn what(body: &EventBody) -> String {
    match body {
        EventBody::WorkspaceStarted(data) => format!("workspace {} begins", data.name),
        EventBody::WorkspaceRestored(data) => {
            format!("goes on from a backup with {} chains", data.heads.len())
        }
        EventBody::PersonAdded(data) => format!("{} joins as {}", data.code, data.role),
        EventBody::RoundOpened(data) => format!("round {} opened", data.name),
        EventBody::RoundClosed(_) => "round closed".to_owned(),
        EventBody::FrameImported(data) => {
            format!("frame of {} cases in {} strata", data.rows, data.strata.len())
        }
        EventBody::SampleDrawn(data) => {
            let spares = data.cases.iter().filter(|case| case.place.spare).count();
            let sample = data.cases.len() - spares;
            format!("draw {}: {sample} cases and {spares} spares, seed {}", data.draw, data.seed)
        }
        EventBody::ReadingAssigned(data) => {
            let from = if data.from.is_some() { ", going on from another's" } else { "" };
            format!("{} review of {} for {}{from}", data.which, data.case.number, data.reviewer)
        }
        EventBody::ReadingWithdrawn(_) => "review taken back".to_owned(),
        EventBody::Answered(data) => changed(data, &data.question),
        EventBody::Narrated(data) => match noted(&data.question) {
            Some(question) => changed(data, &format!("note on {question}")),
            None => changed(data, &format!("{} narrative", data.question)),
        },
        EventBody::Submitted(_) => "submitted".to_owned(),
        EventBody::ReadingImported(data) => {
            format!("{} review of {} by {}", data.which, data.case.number, data.reviewer)
        }
        EventBody::RatingsImported(data) => {
            let ratings: usize = data.cases.iter().map(|case| case.ratings.len()).sum();
            format!("{ratings} ratings of {} cases", data.cases.len())
        }
        EventBody::EliminationAsked(data) => {
            format!("elimination of {} asked for: {}", data.case, data.reason)
        }
        EventBody::EliminationApproved(data) => {
            format!("elimination of {} approved by {}", data.case, data.by)
        }
        EventBody::SpareBroughtIn(data) => {
            format!("spare {} comes in for {}", data.spare, data.instead_of)
        }
        EventBody::SeedWitnessed(data) => {
            format!("draw {}: seed watched by {}", data.draw, data.witnesses.len())
        }
        EventBody::PersonDescribed(data) => format!("{} described", data.code),
        EventBody::ConflictDeclared(data) | EventBody::RelationDeclared(data) => {
            format!("{} declared in conflict with {}", data.code, data.with.rule())
        }
        EventBody::CasesAllotted(data) => {
            let how = data.seed.as_ref().map_or_else(String::new, |seed| format!(", seed {seed}"));
            let people = data.among.len();
            format!("{} cases given out among {people}{how}", data.given.len())
        }
        EventBody::ReconciliationBegun(data) => match data.reopens.len() {
            0 => "settling of its two reviews begins".to_owned(),
            open => format!("settling goes on, {open} questions open again"),
        },
        EventBody::DifferenceSettled(data) => {
            let who = match data.third {
                Some(_) => "third",
                None => data.took.code(),
            };
            format!("{} settled by {who}: {}", data.question, data.cause.title())
        }
        EventBody::ReadingReopened(data) if data.after_final => {
            "opened again after it was final".to_owned()
        }
        EventBody::ReadingReopened(_) => "opened again".to_owned(),
        EventBody::EliminationDeclined(data) => format!("elimination of {} declined", data.case),
        EventBody::EliminationUnlocked(data) => {
            format!("elimination of {} unlocked though it has an item rating", data.case)
        }
        EventBody::SampleSupplemented(data) => {
            let (cases, draw, stratum) = (data.cases.len(), data.draw, &data.stratum);
            format!("draw {draw}: {cases} further spares for stratum {stratum}")
        }
        EventBody::OutsiderNamed(data) => {
            let until =
                data.agreement.map_or_else(String::new, |held| format!(", agreement {held}"));
            format!("{} reviews from outside{until}", data.code)
        }
        EventBody::ReadingPaired(data) => match &data.partner {
            Some(code) => format!("{code} stands beside the reviewer"),
            None => "no longer a pair's".to_owned(),
        },
        EventBody::CasesGivenOut(data) => {
            let how = data.seed.as_ref().map_or_else(String::new, |seed| format!(", seed {seed}"));
            let to = if data.pairs { "pairs of" } else { "among" };
            let (which, given, people) = (data.which, data.given.len(), data.among.len());
            format!("{given} {which} reviews given out to {to} {people} people{how}")
        }
        EventBody::SecondsDrawn(data) => {
            let (cases, pool, percent) = (data.cases.len(), data.pool.len(), data.percent);
            format!("{cases} of {pool} cases drawn for a second review ({percent} %)")
        }
        EventBody::SecondDropped(data) => format!("{} does without a second review", data.case),
        EventBody::CardAdded(data) => {
            let how = if data.replaces.is_some() { ", in place of another" } else { "" };
            format!("card of {}: {}{how}", data.code, data.fingerprint.short())
        }
        EventBody::WorkOrderTaken(data) => format!("work order from {} taken in", data.from),
        EventBody::ReadingTaken(data) => format!("{} taken in", data.case.number),
        EventBody::ReadingSigned(data) => format!("signed: {}", meaning_words(&data.meaning)),
        EventBody::EvidenceNoted(_) => "evidence noted".to_owned(),
        EventBody::EvidenceReleased(data) => {
            format!("evidence released: {} notes", data.notes.len())
        }
        EventBody::EvidenceReceived(data) => {
            format!("evidence received: {} notes", data.notes.len())
        }
        EventBody::PipPlanSet(_) => "improvement plan put in force".to_owned(),
        EventBody::PairArranged(data) => format!("{} is read twice: {}", data.case, data.mode),
        EventBody::RatingOverridden(data) => {
            format!("item {} overridden: {} -> {}", data.item, data.computed, data.rating)
        }
        EventBody::OverrideRemoved(data) => {
            format!("override of item {} taken back", data.item)
        }
        EventBody::AlertRaised(data) => format!("alert: {}", data.kind.title()),
        EventBody::AlertAnswered(_) => "alert answered".to_owned(),
        EventBody::AlertClosed(_) => "alert closed".to_owned(),
        EventBody::QaLevelsSet(data) if data.levels.is_empty() => "no QA".to_owned(),
        EventBody::QaLevelsSet(data) => {
            let levels: Vec<&str> = data.levels.iter().map(|one| one.level.title()).collect();
            format!("reviews pass {}", levels.join(", "))
        }
        EventBody::QaNotePinned(data) => format!("{} pinned to {}", data.level.title(), data.place),
        EventBody::QaNoteAnswered(_) => "reply to a note of QA".to_owned(),
        EventBody::QaNoteSettled(data) if data.talked => {
            "note of QA settled in conversation".to_owned()
        }
        EventBody::QaNoteSettled(_) => "note of QA settled".to_owned(),
        EventBody::QaSentBack(data) => format!("sent back by {}", data.level.title()),
        EventBody::QaApproved(data) => format!("approved by {}", data.level.title()),
        EventBody::ReadingReturned(_) => "opened again by a returned work order".to_owned(),
        EventBody::QaNotesReceived(data) => {
            format!("notes of QA received: {}", data.notes.len())
        }
        EventBody::Unknown { version, .. } => format!("version {version}, of a newer program"),
    }
}

fn changed(data: &Answered, what: &str) -> String {
    let side = |held: &Option<Held>| match held {
        None => "nothing".to_owned(),
        Some(Held::Code(code)) if code.is_empty() => "none ticked".to_owned(),
        Some(Held::Code(code)) => code.clone(),
        Some(Held::Text(_)) => "a text".to_owned(),
    };
    let how = match (data.undoes, data.redoes) {
        (Some(_), _) => " (undo)",
        (_, Some(_)) => " (redo)",
        _ => "",
    };
    format!("{what}: {} -> {}{how}", side(&data.old), side(&data.new))
}
