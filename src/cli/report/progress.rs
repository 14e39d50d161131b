//! `report progress`: how far the cases are.

use std::collections::BTreeMap;

use super::asked::{Asked, LineColumns};
use super::can_leave;
use super::tallied::{Tallied, put_shares};
use crate::cli::output::note;
use crate::cli::standing::standing_of;
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Query, Shape, ShareTable};
use crate::review::{CaseNumber, Status};
use crate::store::{CaseRow, QueueFilter, Workspace};
use crate::task::queue::Status as Standing;
use crate::text::count;

const PROGRESS: LineColumns = LineColumns { lines: "cases", columns: &[] };

/// The columns the queue knows of a case.
const KNOWN: [Column; 5] =
    [Column::Region, Column::County, Column::CaseType, Column::Reviewer, Column::Round];

static SHAPE: Shape = Shape {
    title: "Progress",
    keys: &[],
    ids: 0,
    label: |_| String::new(),
    counts: &[
        ("cases", "Cases"),
        ("unassigned", "Open"),
        ("not_started", "Given out"),
        ("in_progress", "Begun"),
        ("submitted", "Handed in"),
        ("final", "Final"),
    ],
    share: "final, of all cases drawn or taken in; eliminated cases and spares left out",
    long: false,
    interval: "",
    legend: &["open: with nobody; handed in: its pair is not settled, or QA has it"],
};

/// Counts and prints.
pub fn run(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let query = asked.query(PROGRESS)?;
    Tallied::<6>::new(&query, &KNOWN, "progress is")?;
    let workspace = workspace::open(global)?;
    put_shares(global, asked, &table(&workspace, &query)?, "there is no such case")?;
    half_sealed(&workspace)
}

/// Tells a lead of cases of which one review is sealed and the other not: they count as their
/// slower review does.
fn half_sealed(workspace: &Workspace) -> Result<(), Failure> {
    let fail = |error| workspace::failure(workspace.path(), &error);
    if !workspace.sees_seconds() {
        note(
            "final reviews count as handed in here: which are final would tell a reader which \
             cases are read twice; a lead sees them",
        );
        return Ok(());
    }
    let mut half = 0;
    for row in workspace.pairs().map_err(fail)?.iter().filter(|row| !row.is_sealed()) {
        for (id, here) in row.readings.iter().zip(row.sealed) {
            half += usize::from(here || workspace.is_sealed_elsewhere(*id).map_err(fail)?);
        }
    }
    if half > 0 {
        let cases = count(half, "case", "cases");
        note(&format!(
            "of {cases} one review is sealed, the other not yet: `reconcile` lists them"
        ));
    }
    Ok(())
}

/// What of a query the queue knows.
pub fn known(query: &Query) -> Query {
    let mut query = query.clone();
    query.by.retain(|column| KNOWN.contains(column));
    query.filters.retain(|filter| KNOWN.contains(&filter.column));
    query
}

/// Counts.
///
/// # Errors
/// Exit 2 for a column the queue does not know; when the file can't be read.
pub fn table(workspace: &Workspace, query: &Query) -> Result<ShareTable, Failure> {
    let mut tallied: Tallied<'_, 6> = Tallied::new(query, &KNOWN, "progress is")?;
    let filter = QueueFilter { unassigned: true, ..QueueFilter::default() };
    let queue =
        workspace.queue(&filter).map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut cases: BTreeMap<CaseNumber, Vec<&CaseRow>> = BTreeMap::new();
    queue.iter().for_each(|row| cases.entry(row.number).or_default().push(row));
    for rows in cases.values() {
        tallied.add(|column| fact(rows, column), &[1 + standing(workspace, rows)]);
    }
    // Who is no lead is shown no review as final: that would tell which cases are read twice.
    let counted = match workspace.sees_seconds() {
        true => (5, ["final review", "final reviews"]),
        false => (0, ["case", "cases"]),
    };
    Ok(tallied.table(&SHAPE, counted))
}

/// What the queue says of a case; a case read by several has them all, joined.
fn fact(rows: &[&CaseRow], column: Column) -> String {
    let first = rows[0];
    match column {
        Column::Region => first.region.clone(),
        Column::County => first.county.clone(),
        Column::CaseType => first.case_type.clone(),
        Column::Round => first.round.clone(),
        _ => {
            let mut codes: Vec<&str> = rows.iter().map(|row| row.reviewer.as_str()).collect();
            codes.dedup();
            codes.join(" ")
        }
    }
}

/// How far a case is, as a position among the counts: that of its slowest reading, unless one
/// is final.
fn standing(workspace: &Workspace, rows: &[&CaseRow]) -> usize {
    if rows.iter().any(|row| row.status == Status::Final) {
        return 4;
    }
    // What the frame filled in is no beginning.
    let of = |row: &&CaseRow| match standing_of(workspace, row) {
        Standing::NotAssigned => 0,
        Standing::NotStarted => 1,
        Standing::InProgress => 2,
        Standing::Sealed | Standing::Submitted | Standing::InQa | Standing::Final => 3,
    };
    rows.iter().map(of).min().unwrap_or(0)
}
