//! `report causes`: why settled differences were there.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::counting::Beside;
use super::marks::Marks;
use super::pair_asked::PairAsked;
use super::{can_leave, put};
use crate::cli::{Failure, Global, agreement, workspace};
use crate::report::{AgreementQuery, CauseLines, causes};
use crate::review::CaseNumber;

/// What is asked of root causes.
#[derive(Debug, Args)]
pub(super) struct Causes {
    /// A row a question (which wording to mend), a cause, or a reviewer (who needs coaching;
    /// for a lead, and each reviewer for themselves)
    #[arg(long, value_name = "WHAT", default_value = "question")]
    by: By,
    #[command(flatten)]
    asked: PairAsked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Question,
    Cause,
    Reviewer,
}

impl Causes {
    /// Counts and prints.
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let asked = self.asked.way_out();
        can_leave(global, &asked)?;
        let mut problems = Vec::new();
        let filters = self.asked.filters(&mut problems);
        PairAsked::refuse(&problems)?;
        let query = AgreementQuery { filters, ..AgreementQuery::default() };
        let workspace = workspace::open(global)?;
        let (mut seen, own) = agreement::settled_causes(&workspace, &query)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        let lines = match self.by {
            By::Question => CauseLines::Question,
            By::Cause => CauseLines::Cause,
            By::Reviewer => CauseLines::Reviewer,
        };
        let cases: BTreeSet<String> = seen.iter().map(|cause| cause.case.clone()).collect();
        let fits = |number: CaseNumber| cases.contains(&number.to_string());
        let measured = "causes are those that were given when the pair was settled";
        let said = Marks::under_pairs(&workspace, fits, measured)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        let mut beside = Beside { said, ..Beside::default() };
        if own && lines != CauseLines::Reviewer {
            // Who differed from whom can be guessed from few questions.
            seen.clear();
            beside.said.push("only a lead sees them all; --by reviewer shows your own".to_owned());
        }
        let mut table = causes(&seen, lines);
        if own {
            table.rows.retain(|row| row.id == workspace.user().as_str());
        }
        let empty = table.rows.is_empty();
        if empty {
            beside.said.insert(0, "nothing to report: no difference is settled".to_owned());
        }
        let text = || if empty { String::new() } else { table.text() };
        put(global, &asked, "Root causes", text, &table.sheet(), &beside)
    }
}
