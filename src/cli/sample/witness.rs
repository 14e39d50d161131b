//! `sample witness`: who watched the seed of a draw being made.

use clap::Args;

use super::eliminate::act;
use crate::cli::output::print;
use crate::cli::{Failure, Global, round, workspace};
use crate::review::Command;
use crate::text::count;

/// Record who watched the seed of a draw being made
#[derive(Debug, Args)]
pub(super) struct Witness {
    /// Name or office of a witness; give it again for another
    #[arg(required = true, value_name = "WHO")]
    who: Vec<String>,
    /// Number of the draw; without it the last one
    #[arg(long, value_name = "N")]
    draw: Option<u32>,
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
}

impl Witness {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let row = round::find(&workspace::open(global)?, self.round.as_deref())?;
        let said = count(self.who.len(), "witness", "witnesses");
        act(global, &Command::WitnessSeed { round: row.id, draw: self.draw, witnesses: self.who })?;
        print(&format!("{said} recorded\n"))
    }
}
