//! `page form` and `page guide`: an instrument on paper.

use clap::Args;

use super::Target;
use crate::cli::{Failure, source};
use crate::report::page;

/// `page form`.
#[derive(Debug, Args)]
pub struct Form {
    /// Id of a shipped instrument or path of a file
    instrument: String,
    #[command(flatten)]
    target: Target,
}

/// `page guide`.
#[derive(Debug, Args)]
pub struct Guide {
    /// Id of a shipped instrument or path of a file
    instrument: String,
    #[command(flatten)]
    target: Target,
}

impl Form {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.target.put(&page::form(&*source::instrument(&self.instrument)?), &[])
    }
}

impl Guide {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.target.put(&page::guide(&*source::instrument(&self.instrument)?), &[])
    }
}
