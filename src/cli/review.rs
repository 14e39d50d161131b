//! `review [CASE]`: the interface on a case or on the queue, full screen or line by line.

use clap::Args;

use super::desk::Desk;
use super::{Failure, Global, interface, workspace};
use crate::review::CaseNumber;
use crate::task::{Effect, Screen, carry_out};
use crate::text::did_you_mean;

/// Review a case, or choose one from your cases
#[derive(Debug, Args)]
pub struct Review {
    /// The case, by its review number such as R-0042
    case: Option<String>,
}

impl Review {
    /// Opens the interface; with no terminal, or `--plain`, lines come from stdin.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut desk = Desk::new(workspace::open(global)?);
        let mut app = interface::start(&desk)?;
        if let Some(case) = &self.case {
            let reading = reading(&desk, case)?;
            carry_out(&mut app, &mut desk, vec![Effect::Open { reading }]);
            if !matches!(app.screen, Screen::Review | Screen::Settle) {
                let why = app.notice().unwrap_or("the case can't be opened").to_owned();
                return Err(Failure::BadInput(format!("error: {case}: {why}")));
            }
        }
        interface::run(&mut app, &mut desk, global)
    }
}

/// The reading of a case that the one who acts has in their queue: their own before others'.
pub fn reading(desk: &Desk, case: &str) -> Result<String, Failure> {
    let number: CaseNumber =
        case.parse().map_err(|error| Failure::BadInput(format!("error: {error}")))?;
    let cases =
        desk.cases().map_err(|error| workspace::failure(desk.workspace().path(), &error))?;
    let name = number.to_string();
    let user = desk.workspace().user().as_str();
    let found = cases
        .iter()
        .filter(|case| case.case == name)
        .min_by_key(|case| (case.reading.is_empty(), case.reviewer != user));
    match found {
        Some(case) if !case.reading.is_empty() => Ok(case.reading.clone()),
        Some(_) => Err(Failure::BadInput(format!(
            "error: case {name} is not assigned to anyone\n  help: `casereview assign {name} --to CODE`"
        ))),
        None if taken_back(desk, number) => Err(Failure::BadInput(format!(
            "error: case {name} was taken back from {user}\n  help: what is in it stays in this \
             file; `casereview bundle out --draft {name}` sends it to the lead\n"
        ))),
        None => {
            let near = did_you_mean(&name, cases.iter().map(|case| case.case.as_str()));
            let help = near.map_or_else(
                || "`casereview status` lists the cases".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            Err(Failure::BadInput(format!(
                "error: case {name} is not among the cases of {user}\n  help: {help}"
            )))
        }
    }
}

/// Whether a work order took the case back from the one who acts.
fn taken_back(desk: &Desk, case: CaseNumber) -> bool {
    let back = desk.workspace().own_taken_back().unwrap_or_default();
    back.iter().any(|reading| reading.taken && reading.case.number == case)
}
