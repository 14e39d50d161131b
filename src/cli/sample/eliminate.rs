//! `sample eliminate`, `sample approve`: a drawn case leaves the sample by two people's word.

use clap::Args;

use super::files::bad;
use crate::cli::output::print;
use crate::cli::{Failure, Global, workspace};
use crate::review::{CaseNumber, Command, Eliminate as Ask, PersonCode};

/// Ask that a drawn case be eliminated; a second person approves
#[derive(Debug, Args)]
pub(super) struct Eliminate {
    /// Review number, such as R-0042
    #[arg(value_name = "CASE")]
    case: String,
    /// Reason: a code of the round's instrument
    #[arg(long, value_name = "CODE")]
    reason: String,
    /// What the code can't say; needed for `other`
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// Who approved already, as a lead tells
    #[arg(long, value_name = "CODE")]
    approved_by: Option<String>,
    /// Why a lead eliminates a case that has an item rating
    #[arg(long, value_name = "REASON")]
    unlock: Option<String>,
}

/// Approve an elimination that someone else asked for
#[derive(Debug, Args)]
pub(super) struct Approve {
    /// Review number, such as R-0042
    #[arg(value_name = "CASE")]
    case: String,
    /// Why a lead lets it go on although the case has an item rating by now
    #[arg(long, value_name = "REASON")]
    unlock: Option<String>,
}

/// Decline an elimination someone else asked for, or take back your own request
#[derive(Debug, Args)]
pub(super) struct Decline {
    /// Review number, such as R-0042
    #[arg(value_name = "CASE")]
    case: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Eliminate {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let case = number(&self.case)?;
        let approved_by: Option<PersonCode> =
            self.approved_by.map(|code| code.parse().map_err(|error| bad(&error))).transpose()?;
        let pending = approved_by.is_none();
        act(
            global,
            &Command::Eliminate(Ask {
                case,
                reason: self.reason,
                text: self.text,
                approved_by,
                unlock: self.unlock,
            }),
        )?;
        print(&if pending {
            format!(
                "elimination of {case} asked for: it stays in the sample until a second person says `sample approve {case}`\n"
            )
        } else {
            eliminated(case)
        })
    }
}

impl Approve {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let case = number(&self.case)?;
        let mut commands = vec![Command::ApproveElimination { case }];
        if let Some(why) = self.unlock {
            commands.insert(0, Command::UnlockElimination { case, why });
        }
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
        print(&eliminated(case))
    }
}

impl Decline {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let case = number(&self.case)?;
        act(global, &Command::DeclineElimination { case, why: self.why })?;
        print(&format!("elimination of {case} declined: it stays in the sample\n"))
    }
}

fn eliminated(case: CaseNumber) -> String {
    format!("{case} eliminated: `sample replace {case}` brings in the next spare\n")
}

/// A review number as given.
pub(super) fn number(text: &str) -> Result<CaseNumber, Failure> {
    text.parse().map_err(|error| bad(&error))
}

/// Opens the workspace and does one thing in it.
pub(super) fn act(global: &Global, command: &Command) -> Result<(), Failure> {
    let mut workspace = workspace::open(global)?;
    let path = workspace.path().to_owned();
    workspace.act(command).map(drop).map_err(|error| workspace::refusal(&path, &error))
}
