//! `qa [CASE]`: QA on what is handed in.

use clap::Args;

use super::opening::Opening;
use super::{Failure, Global};
use crate::task::quality::Ask;
use crate::task::{Effect, Screen};

/// Do QA on a case that is handed in, or choose one; readers see what was sent back
#[derive(Debug, Args)]
pub struct Qa {
    /// The case, by its review number such as R-0042
    case: Option<String>,
}

impl Qa {
    /// Opens the interface; with no terminal, or `--plain`, lines come from stdin.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let opening = Opening {
            list: Screen::Quality,
            load: Effect::Quality(Ask::Load),
            opens: Screen::Notes,
            else_said: "its notes can't be opened",
        };
        opening.run(global, self.case.as_deref(), |desk, case| {
            let reading = desk.qa_reading(case)?;
            Ok(Effect::Quality(Ask::Open { reading }))
        })
    }
}
