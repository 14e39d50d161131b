//! A workspace as the tasks' outside: effects carried out against the store, results read
//! from it. Both faces work on a desk.

use std::sync::Arc;

use chrono::Local;

use super::report::tally;
use crate::instrument::Instrument;
use crate::report::{Column, Query};
use crate::review::{
    self, Command, Held, Moment, PersonRole, Reading, ReadingId, ReviewKind, Slot, Status, Which,
};
use crate::scoring::{Answers, read_value, write_value};
use crate::store::{ActError, CaseRow, QueueFilter, RoundRow, StoreError, Workspace};
use crate::task::queue::{Case, Status as Standing};
use crate::task::results::{By, Measured};
use crate::task::review::{Card, Draft, Opened};
use crate::task::start::Info;
use crate::task::{Backend, Change, Effect, Field, Reply, Way, Write};

/// A workspace somebody works on.
#[derive(Debug)]
pub struct Desk {
    workspace: Workspace,
    /// The edition of the review open now; changes name questions by place in it.
    edition: Option<Arc<Instrument>>,
}

impl Desk {
    /// A desk on a workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self { workspace, edition: None }
    }

    /// The workspace.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Gives the workspace back.
    pub fn into_workspace(self) -> Workspace {
        self.workspace
    }

    /// Whether the one who acts is a lead.
    fn is_lead(&self) -> bool {
        let user = self.workspace.user();
        let people = self.workspace.people();
        people.iter().any(|p| p.code == *user && p.role == PersonRole::Lead)
    }

    /// What the start screen says.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let rows = self.rows()?;
        let round = self.workspace.current_round()?;
        let edition = match &round {
            Some(round) => Some(self.workspace.instrument(&round.instrument)?),
            None => None,
        };
        let mine = |row: &&CaseRow| row.reviewer == self.workspace.user().as_str();
        let count = |standing| {
            rows.iter().filter(mine).filter(|row| self.standing_of(row) == standing).count()
        };
        let last = rows
            .iter()
            .filter(mine)
            .filter(|row| self.standing_of(row) == Standing::InProgress)
            .max_by_key(|row| row.touched)
            .and_then(|row| Some((row.reading?.to_string(), row.number.to_string())));
        Ok(Info {
            workspace: self.workspace.path().display().to_string(),
            user: self.workspace.user().to_string(),
            round: round.as_ref().map(|r| r.name.clone()).unwrap_or_default(),
            instrument: edition.as_ref().map(|e| e.title().to_owned()).unwrap_or_default(),
            notice: edition.as_ref().and_then(|e| e.notice().map(str::to_owned)),
            practice: round.is_some_and(|round| is_practice(&round)),
            lead: self.is_lead(),
            not_started: count(Standing::NotStarted),
            in_progress: count(Standing::InProgress),
            submitted: count(Standing::Submitted) + count(Standing::Final),
            last,
        })
    }

    /// The queue of the one who acts; a lead sees every case, also those nobody reads yet.
    fn rows(&self) -> Result<Vec<CaseRow>, StoreError> {
        let lead = self.is_lead();
        self.workspace.queue(&QueueFilter {
            reviewer: (!lead).then(|| self.workspace.user().clone()),
            unassigned: lead,
            ..QueueFilter::default()
        })
    }

    /// The cases of the queue.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn cases(&self) -> Result<Vec<Case>, StoreError> {
        let mut editions = Vec::new();
        for round in self.workspace.rounds()? {
            editions.push((round.name, self.workspace.instrument(&round.instrument)?));
        }
        let case_type = |row: &CaseRow| {
            let edition = editions.iter().find(|(name, _)| *name == row.round);
            edition
                .and_then(|(_, edition)| {
                    edition.case_types().iter().find(|c| c.code == row.case_type)
                })
                .map_or_else(|| row.case_type.clone(), |found| found.title.clone())
        };
        let case = |row: &CaseRow| Case {
            reading: row.reading.map(|id| id.to_string()).unwrap_or_default(),
            case: row.number.to_string(),
            case_type: case_type(row),
            region: row.region.clone(),
            county: row.county.clone(),
            status: self.standing_of(row),
            second: row.which != Which::First,
            reviewer: row.reviewer.clone(),
        };
        Ok(self.rows()?.iter().map(case).collect())
    }

    /// How far a review is. What the frame filled in at assignment is no beginning, so a
    /// reading with few answers is looked into.
    fn standing_of(&self, row: &CaseRow) -> Standing {
        const FROM_FRAME: u32 = 8;
        match (row.status, row.reading) {
            (Status::Open, None) => Standing::NotAssigned,
            (Status::Open, Some(id)) if row.answered <= FROM_FRAME => match self.is_begun(id) {
                Ok(false) => Standing::NotStarted,
                Ok(true) | Err(_) => Standing::InProgress,
            },
            (Status::Open, Some(_)) => Standing::InProgress,
            (Status::Final, _) => Standing::Final,
            (Status::Submitted | Status::InQa | Status::Withdrawn, _) => Standing::Submitted,
        }
    }

    /// Whether anything was answered that the frame does not fill in.
    fn is_begun(&self, id: ReadingId) -> Result<bool, StoreError> {
        let reading = self.workspace.reading(id)?;
        let edition = self.workspace.instrument(&reading.instrument)?;
        let given = reading.answers.keys().filter_map(|id| edition.find_question(id));
        Ok(given.into_iter().any(|at| edition.question(at).from_frame().is_none()))
    }

    fn open(&mut self, reading: &str) -> Result<Opened, String> {
        let id: ReadingId = reading
            .parse()
            .map_err(|_| "nobody reads this case yet: a lead assigns it".to_owned())?;
        let said = |error: StoreError| format!("the workspace {error}");
        let reading = self.workspace.reading(id).map_err(said)?;
        let edition = self.workspace.instrument(&reading.instrument).map_err(said)?;
        let answers = review::answers(&edition, &reading)
            .ok_or_else(|| format!("the instrument has no case type {}", reading.case.case_type))?;
        let drafts = self.workspace.drafts(id).map_err(said)?;
        let drafts = drafts.into_iter().filter_map(|((question, slot), text)| {
            let field = match slot {
                Slot::Answer => Field::Answer,
                Slot::Narrative => Field::Narrative,
            };
            Some(Draft { question: edition.find_question(&question)?, field, text })
        });
        let practice = reading.case.review_kind == ReviewKind::Practice;
        let undo = writes(&edition, &answers, reading.undoable());
        let redo = writes(&edition, &answers, reading.redoable());
        let opened = Opened {
            undo,
            redo,
            reading: id.to_string(),
            card: card(&reading, &edition),
            answers,
            drafts: drafts.collect(),
            submitted: self.closed(&reading),
            shows_changes: practice || self.is_lead(),
            instrument: Arc::clone(&edition),
        };
        self.edition = Some(edition);
        Ok(opened)
    }

    /// Why a reading can only be read.
    fn closed(&self, reading: &Reading) -> Option<String> {
        match (reading.status, &reading.seal) {
            (Status::Open, _) if reading.reviewer == *self.workspace.user() => None,
            (Status::Open, _) => Some(format!("read by {}, who alone writes it", reading.reviewer)),
            (Status::Withdrawn, _) => Some("withdrawn".to_owned()),
            (_, Some(seal)) => Some(format!("submitted {}", day(seal.at))),
            (status, None) => Some(status.code().to_owned()),
        }
    }

    fn save(&mut self, reading: &str, changes: Vec<Change>) -> Result<Moment, (usize, String)> {
        let mut at = None;
        for (stored, change) in changes.into_iter().enumerate() {
            let done = self
                .command(reading, change)
                .and_then(|command| self.workspace.act(&command).map_err(|e| e.to_string()));
            match done {
                Ok(committed) => at = Some(committed.at),
                Err(why) => return Err((stored, why)),
            }
        }
        at.ok_or_else(|| (0, "there was nothing to save".to_owned()))
    }

    fn command(&self, reading: &str, change: Change) -> Result<Command, String> {
        let reading: ReadingId =
            reading.parse().map_err(|_| "the review is not open".to_owned())?;
        let edition = self.edition.as_ref().ok_or_else(|| "no review is open".to_owned())?;
        let question = edition.question(change.write.question());
        let id = question.id().to_owned();
        Ok(match (change.way, change.write) {
            (Way::Undone, _) => Command::Undo { reading },
            (Way::Redone, _) => Command::Redo { reading },
            (Way::Given, Write::Answer { new, .. }) => {
                let value = new.map(|value| write_value(question, &value));
                Command::Answer { reading, question: id, value }
            }
            (Way::Given, Write::Narrative { new, .. }) => {
                let text = (!new.is_empty()).then_some(new);
                Command::Narrate { reading, question: id, text }
            }
        })
    }

    fn draft(&self, reading: &str, question: usize, field: Field, text: &str) {
        let Ok(reading) = reading.parse::<ReadingId>() else { return };
        let Some(edition) = &self.edition else { return };
        let slot = match field {
            Field::Answer => Slot::Answer,
            Field::Narrative => Slot::Narrative,
        };
        // A draft that can't be kept is no reason to stop typing.
        let id = edition.questions()[question].id();
        let _ = self.workspace.save_draft(reading, id, slot, text);
    }

    fn submit(&mut self, reading: &str) -> Result<Moment, String> {
        let reading = reading.parse().map_err(|_| "the review is not open".to_owned())?;
        let done = self.workspace.act(&Command::Submit { reading });
        done.map(|committed| committed.at).map_err(|error: ActError| error.to_string())
    }

    /// Final readings counted.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn measure(&self, by: By) -> Result<Measured, StoreError> {
        let column = match by {
            By::Region => Column::Region,
            By::County => Column::County,
            By::CaseType => Column::CaseType,
            By::Period => Column::Period,
        };
        let query = Query { total: true, sub_items: true, ..Query::by(&[column]) };
        let (tally, notes) = tally(&self.workspace, query)?;
        Ok(Measured { notes, ..Measured::from_table(by, &tally.item_table()) })
    }
}

impl Backend for Desk {
    fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        let failed = |error: StoreError| Reply::Failed { what: format!("the workspace {error}") };
        Some(match effect {
            Effect::LoadQueue => match self.cases().and_then(|c| Ok((c, self.info()?))) {
                Ok((cases, info)) => Reply::Queue(cases, info),
                Err(error) => failed(error),
            },
            Effect::Open { reading } => match self.open(&reading) {
                Ok(opened) => Reply::Opened(Box::new(opened)),
                Err(what) => Reply::Failed { what },
            },
            Effect::Save { reading, ticket, changes } => match self.save(&reading, changes) {
                Ok(at) => Reply::Saved { ticket, at: clock(at) },
                Err((stored, why)) => Reply::NotSaved { ticket, stored, why },
            },
            Effect::Draft { reading, question, field, text } => {
                let text = text.unwrap_or_default();
                self.draft(&reading, usize::from(question.0), field, &text);
                return None;
            }
            Effect::Submit { reading } => match self.submit(&reading) {
                Ok(at) => Reply::Submitted { at: day(at) },
                Err(why) => Reply::NotSubmitted { why },
            },
            Effect::LoadResults { by } => match self.measure(by) {
                Ok(measured) => Reply::Results(Box::new(measured)),
                Err(error) => failed(error),
            },
            Effect::Quit => return None,
        })
    }
}

fn is_practice(round: &RoundRow) -> bool {
    round.review_kind == ReviewKind::Practice
}

fn card(reading: &Reading, edition: &Instrument) -> Card {
    let case = &reading.case;
    let case_type = edition.case_types().iter().find(|c| c.code == case.case_type);
    Card {
        case: case.number.to_string(),
        case_type: case_type.map_or_else(|| case.case_type.clone(), |c| c.title.clone()),
        under_review: case
            .under_review
            .map(|days| format!("{} .. {}", days.start, days.end))
            .unwrap_or_default(),
        region: case.region.clone(),
        county: case.county.clone(),
        second: reading.which != Which::First,
        reviewer: reading.reviewer.to_string(),
    }
}

/// Changes as the tasks take them back or make them again: the latest ones, back to the
/// first that no longer can be (its text was removed).
fn writes(edition: &Instrument, answers: &Answers, changes: &[review::Change]) -> Vec<Write> {
    let write = |change: &review::Change| {
        let question = edition.find_question(&change.question)?;
        let text = |held: &Option<Held>| match held {
            Some(held) => held.text().map(|text| Some(text.to_owned())),
            None => Some(None),
        };
        let (old, new) = (text(&change.old)?, text(&change.new)?);
        Some(match change.slot {
            Slot::Narrative => Write::Narrative {
                question,
                old: old.unwrap_or_default(),
                new: new.unwrap_or_default(),
            },
            Slot::Answer => {
                let value = |text: Option<String>| {
                    text.map(|t| read_value(edition.question(question), answers.case_type, &t))
                        .transpose()
                        .ok()
                };
                Write::Answer { question, old: value(old)?, new: value(new)? }
            }
        })
    };
    let mut writes: Vec<Write> = changes.iter().rev().map_while(write).collect();
    writes.reverse();
    writes
}

/// A time as the footer shows it.
fn clock(at: Moment) -> String {
    at.utc().with_timezone(&Local).format("%H:%M:%S").to_string()
}

/// A day and time as a title shows them.
fn day(at: Moment) -> String {
    at.utc().with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
