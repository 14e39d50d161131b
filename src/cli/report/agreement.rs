//! `report agreement`: how far two readers agree, measured on the first seals.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use clap::Args;

use super::asked::Asked;
use super::counting::Beside;
use super::marks::Marks;
use super::pair_asked::{PairAsked, not_two, two, unknown};
use super::{can_leave, put};
use crate::cli::{Failure, Global, agreement, workspace};
use crate::report::{
    AgreementQuery, AgreementTable, Measured, NO_MODE, PairColumn, PairFilter, Twice,
    agreement_text, cases_sheet, cases_text, matrix_sheet, matrix_text,
};
use crate::review::CaseNumber;
use crate::stats::Level;
use crate::store::Workspace;
use crate::text::{clean, count};

/// What is asked of agreement.
#[derive(Debug, Args)]
pub(super) struct Agreement {
    /// Measure on: item (the default), question, or applicability alone; or over all items by
    /// pair (of reviewers), region, county, case_type, period, round, month, review_kind or
    /// instrument; give it again to divide further
    #[arg(long, value_name = "WHAT")]
    by: Vec<String>,
    /// Who reads with whom, everyone with everyone
    #[arg(long, conflicts_with_all = ["by", "cases", "total"])]
    matrix: bool,
    /// The cases two people read, with the items they rate differently (leads)
    #[arg(long, value_name = "CODE+CODE", conflicts_with_all = ["by", "total"])]
    cases: Option<String>,
    /// A row over all groups, of each mode
    #[arg(long)]
    total: bool,
    /// Sub-items too
    #[arg(long)]
    sub_items: bool,
    /// Confidence level of the intervals, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    level: f64,
    #[command(flatten)]
    asked: PairAsked,
}

/// What agreement is measured on, by its name after `--by`.
const LINES: [(&str, Measured); 3] = [
    ("item", Measured::Items),
    ("question", Measured::Questions),
    ("applicability", Measured::Applicability),
];

impl Agreement {
    /// Counts and prints.
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let asked = self.asked.way_out();
        can_leave(global, &asked)?;
        let query = self.query()?;
        let workspace = workspace::open(global)?;
        if self.cases.is_some() && !workspace.sees_seconds() {
            let refusal = crate::review::Refusal::NotLead(workspace.user().clone());
            return Err(workspace::refusal(workspace.path(), &refusal.into()));
        }
        let (twice, standing) = agreement::read_twice(&workspace)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        let mut beside = Beside { said: standing.said(), ..Beside::default() };
        // Few workspaces have a mark at all.
        let cases: LazyCell<BTreeSet<String>, _> =
            LazyCell::new(|| twice.cases(&query).into_iter().map(|case| case.case).collect());
        let fits = |number: CaseNumber| cases.contains(&number.to_string());
        let measured = "agreement is measured on first seals, before either";
        let marks = Marks::under_pairs(&workspace, fits, measured)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        beside.said.extend(marks);
        match (&self.cases, self.matrix) {
            (Some(pair), _) => list(global, &asked, &twice, query, pair, beside),
            (None, true) => {
                let matrices = twice.matrices(&query);
                let empty = matrices.is_empty();
                beside.said.splice(0..0, empty.then(|| nothing(twice.reads.len())));
                let text = || if empty { String::new() } else { matrix_text(&matrices) };
                put(global, &asked, "Who with whom", text, &matrix_sheet(&matrices), &beside)
            }
            (None, false) => {
                let table = twice.table(&query);
                let empty = table.rows.is_empty();
                beside.said.splice(0..0, empty.then(|| nothing(twice.reads.len())));
                beside.said.extend(not_fixed(&workspace, &table));
                let text = || if empty { String::new() } else { agreement_text(&table) };
                put(global, &asked, "Agreement", text, &table.sheet(), &beside)
            }
        }
    }

    fn query(&self) -> Result<AgreementQuery, Failure> {
        let mut problems = Vec::new();
        let mut measured = None;
        let mut by = Vec::new();
        for name in &self.by {
            let line = LINES.iter().find(|(known, _)| known == name).map(|(_, line)| *line);
            match (line, PairColumn::from_name(name)) {
                (Some(line), _) if measured.is_none_or(|known| known == line) => {
                    measured = Some(line);
                }
                (Some(_), _) => problems.push(
                    "error: --by: item, question and applicability are three reports\n  help: ask for one of them"
                        .to_owned(),
                ),
                // Every report is by mode.
                (None, Some(PairColumn::Mode)) => {}
                (None, Some(column)) => by.push(column),
                (None, None) => {
                    problems.push(unknown("--by", name, &LINES.map(|(name, _)| name)));
                }
            }
        }
        let filters = self.asked.filters(&mut problems);
        if let Some(text) = self.cases.as_ref().filter(|text| two(text).is_none()) {
            problems.push(not_two("--cases", text));
        }
        let level = Level::percent(self.level).unwrap_or_else(|error| {
            problems.push(format!("error: --level: {error}"));
            Level::P95
        });
        PairAsked::refuse(&problems)?;
        let default = if by.is_empty() { Measured::Items } else { Measured::Pooled };
        Ok(AgreementQuery {
            measured: measured.unwrap_or(default),
            by,
            filters,
            total: self.total,
            sub_items: self.sub_items,
            level,
        })
    }
}

/// The cases two people read.
fn list(
    global: &Global,
    asked: &Asked,
    twice: &Twice,
    mut query: AgreementQuery,
    pair: &str,
    mut beside: Beside,
) -> Result<(), Failure> {
    let value = two(pair).unwrap_or_default();
    query.filters.push(PairFilter { column: PairColumn::Pair, value: value.clone() });
    let cases = twice.cases(&query);
    if cases.is_empty() {
        let said = format!("nothing to report: no case was read by {value}");
        beside.said.insert(0, clean(&said).into_owned());
    }
    put(global, asked, "Cases", || cases_text(&cases), &cases_sheet(&cases), &beside)
}

fn nothing(pairs: usize) -> String {
    match pairs {
        0 => "nothing to report: no case has two reviews handed in".to_owned(),
        pairs => {
            let pairs = count(pairs, "case read twice", "cases read twice");
            format!("nothing to report: none of {pairs} fits the filters")
        }
    }
}

/// Pairs without a mode, and how it is given.
fn not_fixed(workspace: &Workspace, table: &AgreementTable) -> Option<String> {
    let is_unfixed = |group: &[Option<String>]| group.first() == Some(&Some(NO_MODE.to_owned()));
    let unfixed = table.rows.iter().any(|row| is_unfixed(&row.group));
    (unfixed && workspace.sees_seconds()).then(|| {
        "of some pairs it was not fixed how the two come by their evidence: \
         `assign --mode` does so beforehand"
            .to_owned()
    })
}
