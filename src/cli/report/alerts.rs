//! `report alerts`: how many concerns were recorded, and how many are open. No names, no words.

use super::asked::{Asked, LineColumns};
use super::can_leave;
use super::tallied::Tallied;
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Shape};
use crate::review::AlertKind;
use crate::store::AlertRow;

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
    let mut tallied: Tallied<'_, 6> = Tallied::new(&query, &KNOWN, "alerts are")?;
    let workspace = workspace::open(global)?;
    let all = workspace.alerts().map_err(|error| workspace::failure(workspace.path(), &error))?;
    for row in &all {
        let kind = AlertKind::ALL.iter().position(|kind| *kind == row.alert.kind);
        let mut places = vec![1 + kind.unwrap_or(0)];
        places.extend(row.alert.closed.is_some().then_some(5));
        tallied.add(|column| fact(row, column).to_owned(), &places);
    }
    tallied.put(global, asked, &SHAPE, (0, "no alert was recorded"))
}

fn fact(row: &AlertRow, column: Column) -> &str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        _ => &row.round,
    }
}
