//! `reconcile [CASE]`: settling the two reviews of a case.

use clap::Args;

use super::desk::Desk;
use super::{Failure, Global, interface, workspace};
use crate::review::CaseNumber;
use crate::task::{Effect, Screen, carry_out};

/// Settle the two reviews of a case, or choose one from the cases read twice
#[derive(Debug, Args)]
pub struct Reconcile {
    /// The case, by its review number such as R-0042
    case: Option<String>,
}

impl Reconcile {
    /// Opens the interface; with no terminal, or `--plain`, lines come from stdin.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut desk = Desk::new(workspace::open(global)?);
        let mut app = interface::start(&desk)?;
        let bad = |what: &str| Failure::BadInput(format!("error: {what}"));
        match &self.case {
            None => {
                carry_out(&mut app, &mut desk, vec![Effect::LoadPairs]);
                app.screen = Screen::Pairs;
            }
            Some(case) => {
                let case: CaseNumber = case.parse().map_err(|error| bad(&format!("{error}")))?;
                let case = case.to_string();
                carry_out(&mut app, &mut desk, vec![Effect::OpenPair { case }]);
                if app.screen != Screen::Settle {
                    return Err(bad(app.notice().unwrap_or("the pair can't be opened")));
                }
            }
        }
        interface::run(&mut app, &mut desk, global)
    }
}
