//! A workspace as the tasks' outside: effects carried out against the store, results read
//! from it. Both faces work on a desk.

mod alerts;
mod aside;
mod board;
mod cells;
mod drawing;
mod looking;
mod opening;
mod pair_shown;
mod pairs;
mod quality;
mod queue;
mod receipts;
mod results;
mod saving;
mod side;
mod windows;
mod writing;

use std::sync::Arc;

use chrono::Local;

use crate::cli::agreement;
use crate::instrument::Instrument;
use crate::review::{CaseNumber, Moment, PersonCode, PersonRole, ReadingId};
use crate::store::{StoreError, Workspace};
use crate::task::agreement::Loaded;
use crate::task::{Backend, Effect, Reply};

/// A workspace somebody works on.
#[derive(Debug)]
pub struct Desk {
    workspace: Workspace,
    /// The edition of the review open now; changes name questions by place in it.
    edition: Option<Arc<Instrument>>,
    /// A list of cases being read.
    aside: Option<aside::Aside>,
    /// The frame and plan counted last, which can be sealed.
    ready: Option<Box<aside::Ready>>,
    /// A third reader who was asked for once and said to be doubtful: asked again, it is meant.
    doubted: Option<(CaseNumber, PersonCode)>,
    /// Path of the list that was sealed from here.
    sealed: Option<String>,
    /// The review open here, and the place in the log up to which it was read.
    seen: Option<(ReadingId, i64)>,
}

impl Desk {
    /// A desk on a workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            edition: None,
            aside: None,
            ready: None,
            doubted: None,
            sealed: None,
            seen: None,
        }
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
}

impl Desk {
    fn do_it(&mut self, effect: Effect) -> Option<Reply> {
        let failed = |error: StoreError| Reply::Failed { what: format!("the workspace {error}") };
        Some(match effect {
            Effect::LoadQueue => match self.cases().and_then(|c| Ok((c, self.info()?))) {
                Ok((cases, info)) => Reply::Queue(cases, Box::new(info)),
                Err(error) => failed(error),
            },
            Effect::Open { reading } if self.is_settling(&reading) => {
                match self.open_settling(&reading) {
                    Ok(pair) => Reply::Pair(Box::new(pair)),
                    Err(what) => Reply::Failed { what },
                }
            }
            Effect::Open { reading } | Effect::OpenWhole { reading } => match self.open(&reading) {
                Ok(opened) => Reply::Opened(Box::new(opened)),
                Err(what) => Reply::Failed { what },
            },
            Effect::Save { reading, ticket, changes } => match self.save(&reading, changes) {
                Ok(at) => Reply::Saved { ticket, at: clock(at) },
                Err((stored, why)) if self.is_shut(&reading) => {
                    Reply::Closed { ticket, stored, why }
                }
                Err((stored, why)) => Reply::NotSaved { ticket, stored, why },
            },
            Effect::Draft { reading, question, field, text } => {
                let text = text.unwrap_or_default();
                self.draft(&reading, usize::from(question.0), field, &text);
                return None;
            }
            Effect::Sheet { form, text } => {
                self.sheet(&form, &text.unwrap_or_default());
                return None;
            }
            Effect::Submit { reading } => match self.submit(&reading) {
                Ok(at) => Reply::Submitted { at: day(at) },
                Err(why) => Reply::NotSubmitted { why },
            },
            Effect::LoadPairs => match self.pairs() {
                Ok(pairs) => Reply::Pairs(pairs),
                Err(error) => failed(error),
            },
            Effect::LoadAgreement => match agreement::read_twice(&self.workspace) {
                Ok((twice, standing)) => {
                    let said = standing.said();
                    Reply::Agreement(Box::new(Loaded { twice, said }))
                }
                Err(error) => failed(error),
            },
            Effect::OpenPair { case } => match self.open_pair(&case) {
                Ok(pair) => Reply::Pair(Box::new(pair)),
                Err(what) => Reply::Failed { what },
            },
            Effect::AskThird { case, to } => Reply::ThirdAsked(self.ask_third(&case, &to)),
            Effect::Settle { reading, settling } => match self.settle(&reading, settling) {
                Ok(pair) => Reply::Pair(Box::new(pair)),
                Err(why) => Reply::NotSettled { why },
            },
            Effect::Complete { reading, question, value, narrative } => {
                match self.complete(&reading, question, value, narrative) {
                    Ok(pair) => Reply::Pair(Box::new(pair)),
                    Err(why) => Reply::NotSettled { why },
                }
            }
            Effect::HandIn { reading } => match self.hand_in(&reading) {
                Ok(pair) => Reply::Pair(Box::new(pair)),
                Err(why) => Reply::NotSettled { why },
            },
            Effect::Alerts(ask) => match self.on_alerts(ask) {
                Ok(told) => Reply::Alerts(Box::new(told)),
                Err(error) => failed(error),
            },
            Effect::Quality(ask) => Reply::Quality(Box::new(self.on_quality(ask))),
            Effect::LoadResults { drafts } => match self.results(drafts) {
                Ok(loaded) => Reply::Results(Box::new(loaded)),
                Err(error) => failed(error),
            },
            Effect::ReadCase { reading, about } => match self.look(&reading, &about) {
                Ok(look) => Reply::Case(Box::new(look)),
                Err(what) => Reply::Failed { what },
            },
            Effect::SaveResults(save) => Reply::Wrote(self.write(&save)),
            Effect::LoadGoals => match self.goals() {
                Ok(page) => Reply::Goals(Box::new(page)),
                Err(what) => Reply::Failed { what },
            },
            Effect::Draw(ask) => Reply::Draw(Box::new(self.step(ask)?)),
            Effect::Board(ask) => match self.on_board(ask) {
                Ok(told) => Reply::Board(Box::new(told)),
                Err(error) => failed(error),
            },
            Effect::Quit => return None,
        })
    }
}

impl Backend for Desk {
    fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        // What another window wrote since is shown before anything is written over it.
        let is_moved = self.is_moved();
        if is_moved && let Some(reply) = self.anew_instead(&effect) {
            return Some(reply);
        }
        let reply = self.do_it(effect);
        if !is_moved {
            self.look_on();
        }
        reply
    }

    fn is_busy(&self) -> bool {
        self.aside.is_some()
    }

    fn news(&mut self) -> Option<Reply> {
        let (told, is_end, ready) = self.aside.as_mut()?.news()?;
        if is_end {
            self.aside = None;
            self.ready = ready;
        }
        Some(Reply::Draw(Box::new(told)))
    }
}

/// A time as the footer shows it.
fn clock(at: Moment) -> String {
    at.utc().with_timezone(&Local).format("%H:%M:%S").to_string()
}

/// A day and time as a title shows them.
pub(super) fn day(at: Moment) -> String {
    at.utc().with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
