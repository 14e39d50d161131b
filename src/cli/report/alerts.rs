//! `report alerts`: how many concerns were recorded, and how many are open. No names, no words.

use std::collections::BTreeMap;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::{can_leave, put};
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Shape, ShareRow, ShareTable, shares_text};
use crate::review::AlertKind;
use crate::store::AlertRow;
use crate::text::list_or;

const ALERTS: LineColumns = LineColumns { lines: "alerts", columns: &[] };

/// The columns an alert is counted by.
const KNOWN: [Column; 4] = [Column::Region, Column::County, Column::CaseType, Column::Round];

static SHAPE: Shape = Shape {
    title: "Alerts",
    keys: &[],
    ids: 0,
    label: |_| String::new(),
    counts: &[
        ("alerts", "Alerts"),
        ("safety", "Safety"),
        ("permanency", "Permanency"),
        ("well_being", "Well-being"),
        ("follow_up", "Follow-up"),
        ("closed", "Closed"),
    ],
    share: "closed, of all alerts recorded",
    long: false,
    interval: "",
    legend: &[],
};

/// Counts and prints.
pub fn run(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let query = asked.query(ALERTS)?;
    let filters = query.filters.iter().map(|filter| ("--where", filter.column));
    for (option, column) in query.by.iter().map(|by| ("--by", *by)).chain(filters) {
        if !KNOWN.contains(&column) {
            let known = KNOWN.map(Column::name);
            return Err(Failure::BadInput(format!(
                "error: {option} {}: alerts are not counted by it\n  help: it is {}",
                column.name(),
                list_or(&known)
            )));
        }
    }
    let workspace = workspace::open(global)?;
    let all = workspace.alerts().map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut groups: BTreeMap<Vec<String>, [u64; 6]> = BTreeMap::new();
    let mut total = [0; 6];
    for row in &all {
        let keeps = |column: Column| {
            let mut wanted = query.filters.iter().filter(|f| f.column == column).peekable();
            wanted.peek().is_none() || wanted.any(|f| f.value == fact(row, column))
        };
        if KNOWN.into_iter().all(keeps) {
            let group = query.by.iter().map(|column| fact(row, *column).to_owned()).collect();
            let counts: &mut [u64; 6] = groups.entry(group).or_default();
            let kind = AlertKind::ALL.iter().position(|kind| *kind == row.alert.kind);
            let closed = usize::from(row.alert.closed.is_some());
            for counts in [counts, &mut total] {
                counts[0] += 1;
                counts[1 + kind.unwrap_or(0)] += 1;
                counts[5] += closed as u64;
            }
        }
    }
    let row = |group: Vec<Option<String>>, counts: [u64; 6]| ShareRow {
        group,
        keys: Vec::new(),
        counts: counts.to_vec(),
        x: counts[5],
        n: counts[0],
        interval: None,
        target: None,
        note: None,
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
        readings: total[0],
        instruments: Vec::new(),
        level: query.level,
        rows,
    };
    let mut beside = Beside::default();
    if table.rows.is_empty() {
        beside.said.push("nothing to report: no alert was recorded".to_owned());
    }
    let text = || if table.rows.is_empty() { String::new() } else { shares_text(&table) };
    put(global, asked, "Alerts", text, &table.sheet(), &beside)
}

fn fact(row: &AlertRow, column: Column) -> &str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        _ => &row.round,
    }
}
