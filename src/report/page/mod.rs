//! Pages people read and pass on: one self-contained HTML file each.
//!
//! A [`Page`] is plain data: sections of sentences, figures and tables, made from the same
//! [`Sheet`](super::Sheet)s that JSON and CSV are written from, so that a page can't tell
//! another number than they do, and what a sheet hides no figure shows. The template turns it
//! into HTML without a script, a font or a picture from elsewhere; its policy line forbids a
//! browser to load any.

mod exit;
mod feedback;
mod figures;
mod grid;
mod html;
mod paper;
mod region;
mod results;
mod state;

pub use exit::{ExitSheet, PinnedNote, Remark, Theme, exit};
pub use feedback::{FinalReview, SetRating, feedback, whole};
pub use grid::{Grid, GridCell, Head};
pub use paper::{form, guide};
pub use region::{RegionResults, region};
pub use results::{Results, results};
pub use state::{StateReport, Told, elsewhere, state, state_report_text};

use std::collections::BTreeMap;

use super::Sheet;
use crate::instrument::{Instrument, QuestionIx};
use crate::stats::proportion_text;
use crate::text::{count, list_and};

/// "116 final reviews, CFSR R2 items 14-20, of round A.": how many reviews are counted, with what
/// and of which rounds, not how many of each.
pub fn counted_of(readings: u64, instruments: &[String], of_rounds: Option<String>) -> String {
    let readings = usize::try_from(readings).unwrap_or(usize::MAX);
    let with = (!instruments.is_empty()).then(|| list_and(instruments));
    let parts = [Some(count(readings, "final review", "final reviews")), with, of_rounds];
    format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Whom a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The agency: small numbers are shown.
    Internal,
    /// A director of the agency, who gets one printed sheet: small numbers are shown.
    Director,
    /// Those who work on the one case it is about.
    OneCase,
    /// Anyone: it holds nothing of any case.
    Blank,
    /// Anyone: counts below the threshold are hidden, and what would give them away.
    Public {
        /// The smallest count that is shown, zero apart.
        threshold: u64,
    },
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Whom it is for; stands on top of the page.
    pub audience: Audience,
    /// What there is to know first.
    pub says: Vec<String>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Where the numbers come from: stands at the end.
    pub foot: Vec<String>,
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What it is made of, in order.
    pub parts: Vec<Part>,
}

/// What a section is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A sub-heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Points.
    List(Vec<String>),
    /// A figure, in one or more pieces, with its caption.
    Figure {
        /// What it shows and how it is read.
        caption: String,
        /// The pieces as SVG, made by [`chart`](super::chart).
        svg: Vec<String>,
    },
    /// A table.
    Table(Grid),
    /// Room for what comes from elsewhere, to be filled in by hand.
    Blank(String),
    /// A question with lines to write an answer on.
    Form {
        /// The question.
        ask: String,
        /// What there is to tick.
        options: Vec<String>,
        /// Lines for writing.
        lines: usize,
    },
}

/// A report that a page joins: plain data, with what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Further {
    /// Its heading.
    pub title: String,
    /// Its table.
    pub sheet: Sheet,
    /// What is said below.
    pub says: Vec<String>,
}

impl Further {
    /// Its section.
    pub fn section(&self) -> Section {
        Section::of(&self.title, &self.sheet, &self.says)
    }
}

impl Page {
    /// The page as HTML.
    pub fn html(&self) -> String {
        html::html(self)
    }
}

impl Section {
    /// A section on one report: its figure where it has one, its table, what is said of it.
    pub fn of(title: &str, sheet: &Sheet, says: &[String]) -> Self {
        Self::with_goals(title, sheet, says, &BTreeMap::new())
    }

    /// The same with the goals of items, as proportions, in a trend's figures.
    pub fn with_goals(
        title: &str,
        sheet: &Sheet,
        says: &[String],
        goals: &BTreeMap<String, f64>,
    ) -> Self {
        let mut parts = figures::figures(sheet, goals);
        parts.push(Part::Table(Grid::of(title, sheet)));
        if !goals.is_empty() {
            let heads = ["item", "goal %"];
            let row = |(item, goal): (&String, &f64)| vec![item.clone(), proportion_text(*goal)];
            let rows = goals.iter().map(row).collect();
            parts.push(Part::Table(
                Grid::words("Goals of the improvement plan", &heads, rows).with_numbers(1),
            ));
        }
        parts.extend(says.iter().cloned().map(Part::Text));
        Self { title: title.to_owned(), parts }
    }
}

/// The question as asked, with the person it is about where its words name nobody: mother and
/// father are asked about in the same words.
fn asked_about(instrument: &Instrument, at: QuestionIx) -> String {
    let question = instrument.question(at);
    let part = instrument.parts().iter().find(|part| Some(part.id.as_str()) == question.part());
    match part {
        Some(part) if !question.ask().to_lowercase().contains(&part.title.to_lowercase()) => {
            format!("{}: {}", part.title, question.ask())
        }
        _ => question.ask().to_owned(),
    }
}
