//! `sample receipt`: the receipts of a draw that the log holds.

use std::path::{Path, PathBuf};

use clap::Args;

use super::again::{self, Again};
use super::files;
use super::told::clean_page;
use crate::cli::output::print;
use crate::cli::{Failure, Format, Global, round};
use crate::exchange::write_private;
use crate::sampling::{self, page};

/// Write the receipts of a draw again, with its witnesses and supplements
#[derive(Debug, Args)]
pub(super) struct Receipt {
    /// Number of the draw; without it the last one
    #[arg(long, value_name = "N")]
    draw: Option<u32>,
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
    #[command(flatten)]
    files: Files,
}

/// Where receipts are written.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Where the full receipt is written: JSON, confidential
    #[arg(long = "receipt", value_name = "FILE")]
    pub(super) full: Option<PathBuf>,
    /// Where the public receipt is written: JSON without cases
    #[arg(long = "public-receipt", value_name = "FILE")]
    pub(super) public: Option<PathBuf>,
    /// Where the receipt is written as one page of text, without cases
    #[arg(long, value_name = "FILE")]
    pub(super) page: Option<PathBuf>,
}

impl Files {
    /// The files asked for with what goes into them.
    pub(super) fn texts(&self, receipt: &sampling::Receipt) -> Vec<(&Path, String)> {
        let wanted = [
            (&self.full, receipt.to_json()),
            (&self.public, receipt.public().to_json()),
            (&self.page, clean_page(&page(receipt))),
        ];
        wanted.into_iter().filter_map(|(path, text)| Some((path.as_deref()?, text))).collect()
    }

    /// Writes what is asked for; `done` says in an error what is saved already.
    pub(super) fn write(&self, receipt: &sampling::Receipt, done: &str) -> Result<(), Failure> {
        let texts = self.texts(receipt);
        let files: Vec<_> = texts.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        write_private(&files).map_err(|(path, error)| {
            files::bad(&format!("{done}{} can't be written: {error}", path.display()))
        })
    }
}

impl Receipt {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let (workspace, _, state) = round::open(global, self.round.as_deref())?;
        let drawn = again::find(&state, self.draw)?;
        let receipt = Again::of(&state, drawn)?.receipt(&workspace, &state, drawn)?;
        self.files.write(&receipt, "")?;
        print(&match global.format {
            Some(Format::Json) => receipt.public().to_json(),
            _ => clean_page(&page(&receipt)),
        })
    }
}
