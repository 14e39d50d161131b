//! `qa [CASE]`: QA on what is handed in.

use clap::Args;

use super::desk::Desk;
use super::{Failure, Global, interface, workspace};
use crate::review::CaseNumber;
use crate::task::quality::Ask;
use crate::task::{Effect, Screen, carry_out};

/// Do QA on a case that is handed in, or choose one; readers see what was sent back
#[derive(Debug, Args)]
pub struct Qa {
    /// The case, by its review number such as R-0042
    case: Option<String>,
}

impl Qa {
    /// Opens the interface; with no terminal, or `--plain`, lines come from stdin.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut desk = Desk::new(workspace::open(global)?);
        let mut app = interface::start(&desk)?;
        let bad = |what: &str| Failure::BadInput(format!("error: {what}"));
        match &self.case {
            None => {
                carry_out(&mut app, &mut desk, vec![Effect::Quality(Ask::Load)]);
                app.screen = Screen::Quality;
            }
            Some(case) => {
                let case: CaseNumber = case.parse().map_err(|error| bad(&format!("{error}")))?;
                let reading = desk.qa_reading(case).map_err(|what| bad(&what))?;
                carry_out(&mut app, &mut desk, vec![Effect::Quality(Ask::Open { reading })]);
                if app.screen != Screen::Notes {
                    return Err(bad(app.notice().unwrap_or("its notes can't be opened")));
                }
            }
        }
        interface::run(&mut app, &mut desk, global)
    }
}
