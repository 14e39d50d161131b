//! `sample replace`: the next spare of the stratum comes in, and no other.

use clap::Args;

use super::eliminate::number;
use crate::cli::output::print;
use crate::cli::{Failure, Global, workspace};
use crate::review::{Command, Note};

/// Bring in the next spare of the stratum for an eliminated case
#[derive(Debug, Args)]
pub(super) struct Replace {
    /// Review number of the eliminated case, such as R-0042
    #[arg(value_name = "CASE")]
    case: String,
}

impl Replace {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let case = number(&self.case)?;
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let done = workspace
            .act(&Command::Replace { case })
            .map_err(|error| workspace::refusal(&path, &error))?;
        let came = done.notes.iter().find_map(|note| match note {
            Note::CameIn { spare, .. } => Some(format!("{spare} comes in for {case}\n")),
            _ => None,
        });
        print(&came.unwrap_or_default())
    }
}
