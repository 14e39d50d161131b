//! `report progress`: how far the cases are.

use std::collections::BTreeMap;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::{can_leave, put};
use crate::cli::standing::standing_of;
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Shape, ShareRow, ShareTable, shares_text};
use crate::review::{CaseNumber, Status};
use crate::store::{CaseRow, QueueFilter, Workspace};
use crate::task::queue::Status as Standing;
use crate::text::list_or;

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
    let filters = query.filters.iter().map(|filter| ("--where", filter.column));
    for (option, column) in query.by.iter().map(|by| ("--by", *by)).chain(filters) {
        if !KNOWN.contains(&column) {
            let known = KNOWN.map(Column::name);
            return Err(Failure::BadInput(format!(
                "error: {option} {}: progress is not counted by it\n  help: it is {}",
                column.name(),
                list_or(&known)
            )));
        }
    }
    let workspace = workspace::open(global)?;
    let filter = QueueFilter { unassigned: true, ..QueueFilter::default() };
    let queue =
        workspace.queue(&filter).map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut cases: BTreeMap<CaseNumber, Vec<&CaseRow>> = BTreeMap::new();
    queue.iter().for_each(|row| cases.entry(row.number).or_default().push(row));
    let mut groups: BTreeMap<Vec<String>, [u64; 5]> = BTreeMap::new();
    let mut total = [0; 5];
    for rows in cases.values() {
        let keeps = |column: Column| {
            let mut wanted = query.filters.iter().filter(|f| f.column == column).peekable();
            wanted.peek().is_none() || wanted.any(|f| f.value == fact(rows, column))
        };
        if KNOWN.into_iter().all(keeps) {
            let group = query.by.iter().map(|column| fact(rows, *column)).collect();
            let at = standing(&workspace, rows);
            groups.entry(group).or_default()[at] += 1;
            total[at] += 1;
        }
    }
    let row = |group: Vec<Option<String>>, counts: [u64; 5]| {
        let cases = counts.iter().sum();
        ShareRow {
            group,
            keys: Vec::new(),
            counts: [cases].into_iter().chain(counts).collect(),
            x: counts[4],
            n: cases,
            interval: None,
            target: None,
            note: None,
        }
    };
    let several = !query.by.is_empty();
    let mut rows: Vec<ShareRow> = groups
        .into_iter()
        .map(|(group, counts)| row(group.into_iter().map(Some).collect(), counts))
        .collect();
    if query.total && several && !rows.is_empty() {
        rows.push(row(vec![None; query.by.len()], total));
    }
    let table = ShareTable {
        shape: &SHAPE,
        columns: query.by.clone(),
        readings: total[4],
        instruments: Vec::new(),
        level: query.level,
        rows,
    };
    let mut beside = Beside::default();
    if table.rows.is_empty() {
        beside.said.push("nothing to report: there is no such case".to_owned());
    }
    let text = || if table.rows.is_empty() { String::new() } else { shares_text(&table) };
    put(global, asked, "Progress", text, &table.sheet(), &beside)
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
        Standing::Submitted | Standing::InQa | Standing::Final => 3,
    };
    rows.iter().map(of).min().unwrap_or(0)
}
