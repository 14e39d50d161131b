//! `instrument browse`: instruments read, and answers tried, on screen and without a workspace.

use crate::cli::output::note;
use crate::cli::{Failure, Global, interface, source};
use crate::task::{App, Backend, Effect, Reply};

/// Nothing outside is needed, and nothing is written.
struct Nothing;

impl Backend for Nothing {
    fn carry_out(&mut self, _: Effect) -> Option<Reply> {
        None
    }
}

/// Opens the browser at the list of instruments or at one of them. Where there is no full
/// screen, what can be read in its place is printed.
pub fn run(name: Option<&str>, global: &Global) -> Result<(), Failure> {
    let instrument = name.map(source::instrument).transpose()?;
    if interface::has_terminal(global) {
        return interface::run(&mut App::browser(instrument), &mut Nothing, global);
    }
    match &instrument {
        Some(instrument) => super::explain(instrument, None, global),
        None => {
            super::list(global)?;
            note(
                "`instrument explain ID` prints rating tables, `instrument show ID` the questions",
            );
            Ok(())
        }
    }
}
