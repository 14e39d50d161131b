//! `status`: who reads what, and how far it is.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use serde_json::json;

use super::log::FORKED;
use super::output::print;
use super::standing::{CaseTypes, standing_of};
use super::table::{objects, table};
use super::{Failure, Format, Global, fairness, workspace};
use crate::review::{ReadingId, Status as Stands};
use crate::store::{CaseRow, QueueFilter, Workspace};
use crate::task::queue::Status as Standing;
use crate::text::{clean, count};

/// Who reads what, and how far it is
#[derive(Debug, Args)]
pub struct Status {
    /// Only this round
    #[arg(long, value_name = "N")]
    round: Option<String>,
    /// How cases are spread over the people who read, and nothing else
    #[arg(long)]
    fairness: bool,
}

const HEADER: [&str; 12] = [
    "case",
    "round",
    "case_type",
    "region",
    "county",
    "reading",
    "reviewer",
    "status",
    "answered",
    "needed",
    "touched",
    "partner",
];

impl Status {
    /// Prints a line a reviewer and a line a case; as CSV the cases alone.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let filter = QueueFilter { round: self.round, unassigned: true, ..QueueFilter::default() };
        let queue = workspace
            .queue(&filter)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        if self.fairness {
            return print(&table(
                global.format,
                &fairness::HEADER,
                &fairness::rows(&workspace, &queue),
            ));
        }
        let closed = workspace
            .sealed_elsewhere()
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        let rows: Vec<[String; 12]> = queue.iter().map(|row| cells(row, &closed)).collect();
        print(&match global.format {
            Some(Format::Csv) => table(global.format, &HEADER, &rows),
            Some(Format::Json) => {
                let name = &workspace.team().name;
                format!("{}\n", json!({ "workspace": name, "cases": objects(&HEADER, &rows) }))
            }
            _ => {
                text(&workspace, &queue, &rows)
                    + &kept_out(&workspace)?
                    + &late(&workspace, &closed)?
            }
        })
    }
}

/// A line on each review of which only a copy's line came, kept out, and on each log that forks.
fn kept_out(workspace: &Workspace) -> Result<String, Failure> {
    let kept =
        workspace.kept_out().map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut lines: Vec<String> = kept
        .iter()
        .filter(|one| one.lacks)
        .map(|one| {
            let (case, from) = (one.case, &one.from);
            format!(
                "{case} by {from} came from a copy of {from}'s workspace and is kept out: \
                 `log verify` says what to do\n"
            )
        })
        .collect();
    lines.dedup();
    let forks = workspace.forks().map_err(|error| workspace::failure(workspace.path(), &error))?;
    lines.extend(forks.iter().map(|fork| format!("{fork}; {FORKED}\n")));
    Ok(lines.concat())
}

/// A line on each review that was handed in after it was taken back.
fn late(workspace: &Workspace, closed: &BTreeSet<ReadingId>) -> Result<String, Failure> {
    let fail = |error| workspace::failure(workspace.path(), &error);
    let mut lines = BTreeSet::new();
    for id in closed {
        if workspace.status_of(*id).map_err(fail)? == Stands::Withdrawn {
            let reading = workspace.reading(*id).map_err(fail)?;
            let (case, from) = (reading.case.number, &reading.reviewer);
            lines.insert(format!(
                "{case} by {from} was handed in after it was taken back and is kept out: \
                 `bundle in` without a file says what to do\n"
            ));
        }
    }
    Ok(lines.into_iter().collect())
}

/// The cells of a line; `closed` are readings that are here sealed and not yet open: all that
/// is told of them.
fn cells(row: &CaseRow, closed: &BTreeSet<ReadingId>) -> [String; 12] {
    let standing = match row.reading {
        Some(id) if closed.contains(&id) => "sealed",
        _ => code(row),
    };
    [
        row.number.to_string(),
        row.round.clone(),
        row.case_type.clone(),
        row.region.clone(),
        row.county.clone(),
        row.which.code().to_owned(),
        row.reviewer.clone(),
        standing.to_owned(),
        row.answered.to_string(),
        row.needed.to_string(),
        row.touched.map(|at| at.to_string()).unwrap_or_default(),
        row.partner.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// The code of a status in files.
fn code(row: &CaseRow) -> &'static str {
    if row.reading.is_none() { "unassigned" } else { row.status.code() }
}

fn text(workspace: &Workspace, queue: &[CaseRow], rows: &[[String; 12]]) -> String {
    let mut text = format!("{}\n\n", clean(&workspace.team().name));
    if queue.is_empty() {
        text.push_str("no cases yet: bring in a frame and draw a sample\n");
        return text;
    }
    let standings: Vec<Standing> = queue.iter().map(|row| standing_of(workspace, row)).collect();
    const COLUMNS: [Standing; 5] = [
        Standing::NotStarted,
        Standing::InProgress,
        Standing::Submitted,
        Standing::InQa,
        Standing::Final,
    ];
    let mut people: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for (row, standing) in queue.iter().zip(&standings) {
        // What is sealed and closed is handed in: no more is said of it.
        let shown = if *standing == Standing::Sealed { Standing::Submitted } else { *standing };
        if let Some(column) = COLUMNS.iter().position(|column| *column == shown) {
            people.entry(&row.reviewer).or_default()[column] += 1;
        }
    }
    let by_person: Vec<[String; 6]> = people
        .iter()
        .map(|(code, counts)| {
            // Imported ratings have no reviewer.
            let code = if code.is_empty() { "(imported)" } else { code };
            let [a, b, c, d, e] = counts.map(|n| n.to_string());
            [code.to_owned(), a, b, c, d, e]
        })
        .collect();
    let [a, b, c, d, e] = COLUMNS.map(Standing::title);
    if standings.contains(&Standing::InQa) {
        text.push_str(&table(None, &["reviewer", a, b, c, d, e], &by_person));
    } else if !by_person.is_empty() {
        // A round without QA has no use for its column.
        let short: Vec<[String; 5]> =
            by_person.into_iter().map(|[code, a, b, c, _, e]| [code, a, b, c, e]).collect();
        text.push_str(&table(None, &["reviewer", a, b, c, e], &short));
    }
    let unassigned = standings.iter().filter(|s| **s == Standing::NotAssigned).count();
    if unassigned > 0 {
        let cases = count(unassigned, "case", "cases");
        text.push_str(&format!("{cases} not assigned yet\n"));
    }
    text.push('\n');
    if !workspace.team().facts.is_empty() {
        text.push_str(&table(None, &fairness::HEADER, &fairness::rows(workspace, queue)));
        text.push('\n');
    }
    let case_types = CaseTypes::of(workspace);
    // Beyond a screenful the list is for programs.
    if rows.len() <= 200 {
        let short: Vec<[String; 7]> = rows
            .iter()
            .zip(queue)
            .zip(&standings)
            .map(|((row, case), standing)| {
                let progress = match row[6].as_str() {
                    "" => String::new(),
                    _ if *standing == Standing::Sealed => String::new(),
                    _ => format!("{} of {}", row[8], row[9]),
                };
                let [number, _, _, _, county, _, mut reviewer, ..] = row.clone();
                let case_type = case_types
                    .as_ref()
                    .map_or_else(|_| case.case_type.clone(), |types| types.title(case));
                let status = standing.title().to_owned();
                let region = row[3].clone();
                if !row[11].is_empty() {
                    reviewer = format!("{reviewer} + {}", row[11]);
                }
                [number, case_type, region, county, reviewer, status, progress]
            })
            .collect();
        let header = ["case", "type", "region", "county", "reviewer", "status", "answered"];
        text.push_str(&table(None, &header, &short));
    } else {
        let cases = count(rows.len(), "case", "cases");
        text.push_str(&format!("{cases}: `status --format csv` lists them\n"));
    }
    text
}
