//! The report on eliminations: how many cases left the sample, and for which reason.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Column, Filter, Sheet};
use crate::text::{clean, fit, fit_right, width};

/// A case of a sample, as the report counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledCase {
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Code of the case type.
    pub case_type: String,
    /// The period its result belongs to.
    pub period: String,
    /// Name of the round.
    pub round: String,
    /// What the review is held for.
    pub review_kind: String,
    /// Its stratum in the draw.
    pub stratum: String,
    /// The reason it was eliminated for.
    pub eliminated: Option<String>,
    /// A spare came in for it.
    pub replaced: bool,
    /// It has a final review.
    pub is_final: bool,
}

impl SampledCase {
    /// Its value in a column; none where the column is not a fact of a sample.
    pub fn fact(&self, column: Column) -> Option<&str> {
        Some(match column {
            Column::Region => &self.region,
            Column::County => &self.county,
            Column::CaseType => &self.case_type,
            Column::Period => &self.period,
            Column::Round => &self.round,
            Column::ReviewKind => &self.review_kind,
            Column::Stratum => &self.stratum,
            Column::Reviewer
            | Column::Cluster
            | Column::Instrument
            | Column::Item
            | Column::Month
            | Column::Participant => return None,
        })
    }

    /// Whether filters keep it; one on something a sample does not know keeps everything.
    pub fn fits(&self, filters: &[Filter]) -> bool {
        filters.iter().all(|filter| {
            let Some(value) = self.fact(filter.column) else { return true };
            filters.iter().any(|other| other.column == filter.column && other.value == value)
        })
    }
}

/// A reason in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EliminationRow {
    /// Values of the group's columns; `None` in the row over all groups.
    pub group: Vec<Option<String>>,
    /// Code of the reason.
    pub reason: String,
    /// Its title.
    pub title: String,
    /// Cases eliminated for it.
    pub eliminated: u64,
    /// Those a spare came in for.
    pub replaced: u64,
    /// Cases of the group's sample, spares brought in counted.
    pub cases: u64,
}

/// The report on eliminations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EliminationTable {
    /// What the groups are made of.
    pub columns: Vec<Column>,
    /// Reason by reason, each with its groups in byte order.
    pub rows: Vec<EliminationRow>,
}

/// Counts eliminated cases by reason and group. `reasons` are codes with their titles in the
/// order of the instruments; a group has a row where a case of it was eliminated for the
/// reason.
pub fn eliminations(
    cases: &[SampledCase],
    reasons: &[(String, String)],
    by: &[Column],
    total: bool,
) -> EliminationTable {
    let group_of = |case: &SampledCase| -> Vec<Option<String>> {
        by.iter().map(|column| case.fact(*column).map(str::to_owned)).collect()
    };
    let mut sizes: BTreeMap<Vec<Option<String>>, u64> = BTreeMap::new();
    for case in cases {
        *sizes.entry(group_of(case)).or_default() += 1;
    }
    let used: BTreeSet<&str> = cases.iter().filter_map(|case| case.eliminated.as_deref()).collect();
    let mut codes: Vec<(&str, &str)> = Vec::new();
    for (code, title) in reasons {
        if used.contains(code.as_str()) && codes.iter().all(|(known, _)| known != code) {
            codes.push((code, title));
        }
    }
    let listed: BTreeSet<&str> = codes.iter().map(|(code, _)| *code).collect();
    codes.extend(used.difference(&listed).map(|code| (*code, *code)));
    let mut rows = Vec::new();
    for (reason, title) in codes {
        let gone = |case: &&SampledCase| case.eliminated.as_deref() == Some(reason);
        let row = |group: Vec<Option<String>>, of: Vec<&SampledCase>, cases: u64| EliminationRow {
            group,
            reason: reason.to_owned(),
            title: title.to_owned(),
            eliminated: of.len() as u64,
            replaced: of.iter().filter(|case| case.replaced).count() as u64,
            cases,
        };
        for (group, size) in &sizes {
            let of: Vec<_> =
                cases.iter().filter(gone).filter(|case| group_of(case) == *group).collect();
            if !of.is_empty() {
                rows.push(row(group.clone(), of, *size));
            }
        }
        if total && !by.is_empty() {
            let of: Vec<_> = cases.iter().filter(gone).collect();
            rows.push(row(vec![None; by.len()], of, cases.len() as u64));
        }
    }
    EliminationTable { columns: by.to_vec(), rows }
}

impl EliminationTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |row: &EliminationRow| {
            let cells = vec![
                Cell::Text(row.reason.clone()),
                Cell::Text(row.title.clone()),
                Cell::Count(row.eliminated),
                Cell::Count(row.replaced),
                Cell::Count(row.cases),
                Cell::Share { x: row.eliminated, n: row.cases },
            ];
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: vec![
                ("reason", "reason"),
                ("title", "title"),
                ("eliminated", "eliminated"),
                ("replaced", "replaced"),
                ("cases", "cases"),
                ("percent", "proportion"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// The report as aligned text.
    pub fn text(&self) -> String {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let mut head: Vec<String> =
            self.columns.iter().map(|column| column.title().to_owned()).collect();
        head.extend(["reason", "eliminated", "replaced", "of cases", "%"].map(str::to_owned));
        lines.push(head);
        for row in &self.rows {
            let group = row.group.iter().map(|value| value.clone().unwrap_or_else(|| "All".into()));
            let mut line: Vec<String> = group.map(|value| clean(&value).into_owned()).collect();
            line.push(clean(&row.reason).into_owned());
            line.extend([row.eliminated, row.replaced, row.cases].map(|n| n.to_string()));
            line.push(crate::stats::percent_text(row.eliminated, row.cases));
            lines.push(line);
        }
        let labels = self.columns.len() + 1;
        let widest = |at: usize| lines.iter().map(|line| width(&line[at])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..labels + 4).map(|at| widest(at).min(40)).collect();
        let mut out = String::new();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
                if at < labels { fit(cell, *width) } else { fit_right(cell, *width) }
            });
            out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            out.push('\n');
        }
        out
    }
}
