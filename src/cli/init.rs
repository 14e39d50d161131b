//! `init`: a new workspace with its first round.

use clap::Args;

use super::output::print;
use super::{Failure, Global, round, workspace};
use crate::review::PersonCode;
use crate::store::{NewWorkspace, Workspace};
use crate::text::clean;

/// Make a workspace with its first round; whoever --as names becomes its lead
#[derive(Debug, Args)]
pub struct Init {
    /// Name of the first round, such as 2026-H1
    #[arg(long, value_name = "N")]
    name: String,
    #[command(flatten)]
    about: round::About,
}

impl Init {
    /// Makes the file.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let lead = global.user.as_deref().unwrap_or("lead");
        let lead: PersonCode = lead
            .parse()
            .map_err(|error| Failure::BadInput(clean(&format!("error: {error}")).into_owned()))?;
        if self.name.trim().is_empty() {
            return Err(Failure::BadInput("error: a round needs a name".to_owned()));
        }
        let new = NewWorkspace {
            name: self.name.clone(),
            lead: lead.clone(),
            instrument: self.about.edition()?,
            review_kind: self.about.kind()?,
            period: self.about.period()?,
            under_review: self.about.under_review()?,
        };
        let path = &global.workspace;
        Workspace::create(path, &new).map_err(|error| workspace::refusal(path, &error))?;
        print(&clean(&format!("{} made: round {}, lead {lead}", path.display(), self.name)))?;
        print("\n")
    }
}
