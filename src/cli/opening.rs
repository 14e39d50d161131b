//! Opening the interface at a list, or at one case of it that is named.

use super::desk::Desk;
use super::{Failure, Global, interface, workspace};
use crate::review::CaseNumber;
use crate::task::{App, Effect, Screen, carry_out};

/// A list in the interface, with what is opened from it.
pub struct Opening {
    /// The list.
    pub list: Screen,
    /// What reads it.
    pub load: Effect,
    /// What one of its cases opens.
    pub opens: Screen,
    /// What is said where that can't be opened and no more is known.
    pub else_said: &'static str,
}

impl Opening {
    /// Opens the list, or the case named, by what reads that case; with no terminal, or
    /// `--plain`, lines come from stdin.
    ///
    /// # Errors
    /// Exit 2 where the case can't be opened.
    pub fn run(
        self,
        global: &Global,
        case: Option<&str>,
        open: impl Fn(&Desk, CaseNumber) -> Result<Effect, String>,
    ) -> Result<(), Failure> {
        let mut desk = Desk::new(workspace::open(global)?);
        let mut app: App = interface::start(&desk)?;
        let bad = |what: &str| Failure::BadInput(format!("error: {what}"));
        match case {
            None => {
                carry_out(&mut app, &mut desk, vec![self.load]);
                app.screen = self.list;
            }
            Some(case) => {
                let case: CaseNumber = case.parse().map_err(|error| bad(&format!("{error}")))?;
                let effect = open(&desk, case).map_err(|what| bad(&what))?;
                carry_out(&mut app, &mut desk, vec![effect]);
                if app.screen != self.opens {
                    return Err(bad(app.notice().unwrap_or(self.else_said)));
                }
            }
        }
        interface::run(&mut app, &mut desk, global)
    }
}
