//! `page results|region|feedback|review|form|guide|exit`: pages to read and pass on.

mod exit;
mod heading;
mod joined;
mod named;
mod paper;
mod results;
mod reviews;

pub(super) use joined::{goals, plan_tables};
pub(super) use results::{Sheets, elimination_query};

use std::path::PathBuf;

pub use results::{of_region, whole as full_report};
pub use reviews::{feedback, whole as whole_review};

use clap::{Args, Subcommand};

use super::output::{note, print, save};
use super::{Failure, Global};
use crate::report::page;
use crate::text::clean;

/// Pages to read and pass on: a round's results, a region's sheet, feedback, blank forms
#[derive(Debug, Args)]
pub struct Page {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// The full report: items, groups, trend, outcomes, people, sample
    Results(results::Results),
    /// A region's one page for its director, in plain words
    Region(results::Region),
    /// What a case's worker and supervisor learn from its final review
    Feedback(reviews::Feedback),
    /// A final review as a whole: every question with its answer, for QA and debriefing
    Review(reviews::Whole),
    /// The sheet of an exit conference: what reviewers remarked and QA noted, without names
    Exit(exit::Exit),
    /// An instrument as a blank form
    Form(paper::Form),
    /// Which questions each interview feeds
    Guide(paper::Guide),
}

/// Where a page goes.
#[derive(Debug, Args)]
struct Target {
    /// Write to this file instead of stdout; only its owner may read it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
}

impl Page {
    /// Makes the page.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.which {
            Which::Results(page) => page.run(global),
            Which::Region(page) => page.run(global),
            Which::Feedback(page) => page.run(global),
            Which::Review(page) => page.run(global),
            Which::Exit(page) => page.run(global),
            Which::Form(page) => page.run(),
            Which::Guide(page) => page.run(),
        }
    }
}

impl Target {
    /// Writes a page; what is to be said beside it goes to stderr.
    fn put(&self, page: &page::Page, said: &[String]) -> Result<(), Failure> {
        let html = page.html();
        match &self.out {
            Some(path) => {
                save(path, self.force, html.as_bytes())?;
                note(&clean(&format!("{} written to {}", page.title, path.display())));
            }
            None => print(&html)?,
        }
        said.iter().for_each(|line| note(line));
        Ok(())
    }
}
