//! `reconcile [CASE]`: settling the two reviews of a case.

use clap::Args;

use super::desk::Desk;
use super::opening::Opening;
use super::{Failure, Global, workspace};
use crate::review::{CaseNumber, Refusal};
use crate::task::{Effect, Screen};

/// Settle the two reviews of a case, or choose one from the cases read twice
#[derive(Debug, Args)]
pub struct Reconcile {
    /// The case, by its review number such as R-0042
    case: Option<String>,
}

impl Reconcile {
    /// Opens the interface; with no terminal, or `--plain`, lines come from stdin.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let desk = workspace::open(global)?;
        if self.case.is_none() && !desk.team().is_lead(desk.user()) {
            // The list says which cases are read twice.
            let said = Refusal::NotLead(desk.user().clone());
            return Err(Failure::BadInput(format!("error: {said}\n")));
        }
        drop(desk);
        let opening = Opening {
            list: Screen::Pairs,
            load: Effect::LoadPairs,
            opens: Screen::Settle,
            else_said: "the pair can't be opened",
        };
        let open = |_: &Desk, case: CaseNumber| Ok(Effect::OpenPair { case: case.to_string() });
        opening.run(global, self.case.as_deref(), open)
    }
}
