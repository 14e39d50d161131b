//! `submit CASE`: hands a finished review in.

use clap::Args;

use super::desk::Desk;
use super::output::print;
use super::review::reading;
use super::{Failure, Global, workspace};
use crate::review::{Command, ReadingId, Refusal};
use crate::store::ActError;
use crate::text::count;

/// Submit a finished review; from then on it can only be read
#[derive(Debug, Args)]
pub struct Submit {
    /// The case, by its review number such as R-0042
    case: String,
}

impl Submit {
    /// Submits, or lists everything that is missing.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let desk = Desk::new(workspace::open(global)?);
        let path = desk.workspace().path().to_owned();
        let id: ReadingId =
            reading(&desk, &self.case)?.parse().expect("the queue holds ids of readings");
        let mut workspace = desk.into_workspace();
        match workspace.act(&Command::Submit { reading: id }) {
            Ok(_) => print(&format!("{} is submitted\n", self.case)),
            Err(ActError::Refused(Refusal::Unfinished { case, missing })) => {
                let reading = workspace.reading(id);
                let edition = reading.and_then(|r| workspace.instrument(&r.instrument));
                let edition = edition.map_err(|error| workspace::failure(&path, &error))?;
                let things = count(missing.len(), "thing is", "things are");
                let mut text = format!("error: {case} is not finished: {things} missing\n");
                for lack in &missing {
                    text.push_str(&format!("  {}\n", lack.line(&edition)));
                }
                Err(Failure::BadInput(text))
            }
            Err(error) => Err(workspace::refusal(&path, &error)),
        }
    }
}
