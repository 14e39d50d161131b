//! `report alerts`: how many concerns were recorded, and how many are open. No names, no words.

use super::asked::{Asked, LineColumns};
use super::can_leave;
use super::tallied::{Tallied, put_shares};
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Query, Shape, ShareTable};
use crate::review::AlertKind;
use crate::store::{AlertRow, Workspace};

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
    Tallied::<6>::new(&query, &KNOWN, "alerts are")?;
    let workspace = workspace::open(global)?;
    let (table, _) = table(&workspace, &query, |_| true)?;
    put_shares(global, asked, &table, "no alert was recorded")
}

/// What became of the alerts counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Followed {
    /// Those with an answer written down.
    pub answered: u64,
    /// Those that are closed.
    pub closed: u64,
}

/// What of a query alerts are counted by.
pub fn known(query: &Query) -> Query {
    let mut query = query.clone();
    query.by.retain(|column| KNOWN.contains(column));
    query.filters.retain(|filter| KNOWN.contains(&filter.column));
    query
}

/// Counts the alerts that `keep` keeps.
///
/// # Errors
/// Exit 2 for a column alerts are not counted by; when the file can't be read.
pub fn table(
    workspace: &Workspace,
    query: &Query,
    keep: impl Fn(&AlertRow) -> bool,
) -> Result<(ShareTable, Followed), Failure> {
    let mut tallied: Tallied<'_, 6> = Tallied::new(query, &KNOWN, "alerts are")?;
    let mut followed = Followed::default();
    let all = workspace.alerts().map_err(|error| workspace::failure(workspace.path(), &error))?;
    for row in all.iter().filter(|row| keep(row)) {
        let kind = AlertKind::ALL.iter().position(|kind| *kind == row.alert.kind);
        let mut places = vec![1 + kind.unwrap_or(0)];
        places.extend(row.alert.closed.is_some().then_some(5));
        if tallied.add(|column| fact(row, column).to_owned(), &places) {
            followed.answered += u64::from(!row.alert.answers.is_empty());
            followed.closed += u64::from(row.alert.closed.is_some());
        }
    }
    Ok((tallied.table(&SHAPE, (0, ["alert", "alerts"])), followed))
}

fn fact(row: &AlertRow, column: Column) -> &str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        _ => &row.round,
    }
}
