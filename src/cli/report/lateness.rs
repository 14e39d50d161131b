//! `report lateness`: how long reviews stand where they stand, and how many are late.

use std::collections::HashMap;

use chrono::NaiveDate;
use clap::Args;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::{can_leave, put};
use crate::cli::standing::standing_of;
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Query, Stage, Standing, lateness};
use crate::review::{CaseNumber, Moment, PersonRole, Status, Which};
use crate::store::{CaseRow, QueueFilter, StoreError, Workspace};
use crate::task::queue::Status as Progress;
use crate::text::{clean_lines, list_or};

/// Days a reviewer has for a case.
pub const DAYS: u64 = 14;

const LINES: LineColumns = LineColumns { lines: "reviews", columns: &[] };

/// The columns the queue knows of a review, beside the reader's role.
const KNOWN: [Column; 4] = [Column::Region, Column::County, Column::CaseType, Column::Round];

/// The reader's role among the groupings.
const ROLE: &str = "role";

/// What is asked of lateness.
#[derive(Debug, Args)]
pub struct Lateness {
    #[command(flatten)]
    asked: Asked,
    /// Count days up to this day, such as 2026-11-30; today when left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Days a review may take from being given out to being handed in
    #[arg(long, value_name = "N", default_value_t = DAYS, value_parser = clap::value_parser!(u64).range(1..=1000))]
    days: u64,
}

/// What reviews are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Fact(Column),
    Role,
}

/// A day as it is written.
///
/// # Errors
/// How to write it.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write it as 2026-11-30".to_owned())
}

impl Lateness {
    /// Counts and prints.
    pub fn run(mut self, global: &Global) -> Result<(), Failure> {
        can_leave(global, &self.asked)?;
        let by = self.by()?;
        let query = self.query()?;
        let workspace = workspace::open(global)?;
        if by.contains(&By::Role) && !is_lead(&workspace) {
            return Err(bad("error: --by role: which case is read twice is for leads"));
        }
        let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
        let as_of = self.as_of.unwrap_or_else(|| workspace.now().utc().date_naive());
        let (standings, since) =
            standings(&workspace, &query, &by, (as_of, self.days)).map_err(failed)?;
        // Where reviews stood on an earlier day is not kept here.
        if let Some(since) = since.filter(|since| as_of < *since) {
            return Err(bad(&format!(
                "error: --as-of {as_of}: reviews are counted where they stand now, and one came there on {since}\n  help: take {since} or a later day"
            )));
        }
        let columns = by.iter().map(|by| match by {
            By::Fact(column) => column.name(),
            By::Role => ROLE,
        });
        let told = (as_of.to_string(), self.days);
        let table = lateness(&standings, columns.collect(), query.total, told);
        let mut beside = Beside::default();
        if table.rows.is_empty() {
            beside.said.push("nothing to report: there is no such review".to_owned());
        }
        let text = || if table.rows.is_empty() { String::new() } else { table.text() };
        put(global, &self.asked, "Lateness", text, &table.sheet(), &beside)
    }

    /// What is grouped by; columns of readings are left in what is asked.
    fn by(&mut self) -> Result<Vec<By>, Failure> {
        let given = std::mem::take(&mut self.asked.by);
        let mut by = Vec::new();
        for name in given {
            if name == ROLE {
                by.push(By::Role);
                continue;
            }
            self.asked.by = vec![name];
            by.extend(self.query()?.by.into_iter().map(By::Fact));
        }
        self.asked.by = Vec::new();
        Ok(by)
    }

    fn query(&self) -> Result<Query, Failure> {
        if self.asked.public {
            return Err(bad(
                "error: --public: days and lateness are about single reviews\n  help: `report progress --public` counts cases",
            ));
        }
        let query = self.asked.query(LINES)?;
        let filters = query.filters.iter().map(|filter| ("--where", filter.column));
        for (option, column) in query.by.iter().map(|by| ("--by", *by)).chain(filters) {
            if !KNOWN.contains(&column) {
                let known = KNOWN.map(Column::name).into_iter().chain([ROLE]);
                let known: Vec<&str> = known.collect();
                return Err(bad(&format!(
                    "error: {option} {}: lateness is not counted by it\n  help: it is {}",
                    column.name(),
                    list_or(&known)
                )));
            }
        }
        Ok(query)
    }
}

fn bad(text: &str) -> Failure {
    Failure::BadInput(clean_lines(text).into_owned())
}

fn is_lead(workspace: &Workspace) -> bool {
    let people = workspace.people();
    people.iter().any(|one| one.code == *workspace.user() && one.role == PersonRole::Lead)
}

/// Every review given out, as whoever acts may see it, and every drawn case with nobody; and the
/// last day on which one of them came where it stands.
fn standings(
    workspace: &Workspace,
    query: &Query,
    by: &[By],
    (as_of, allowed): (NaiveDate, u64),
) -> Result<(Vec<Standing>, Option<NaiveDate>), StoreError> {
    let queue = workspace.queue(&QueueFilter { unassigned: true, ..QueueFilter::default() })?;
    let drawn = drawn(workspace)?;
    let mut done: HashMap<CaseNumber, bool> = HashMap::new();
    for row in &queue {
        *done.entry(row.number).or_default() |= row.status == Status::Final;
    }
    let (mut found, mut latest) = (Vec::new(), None);
    // The settled review is nobody's to be late with.
    for row in queue.iter().filter(|row| row.which != Which::Final) {
        let fits = |column: &Column| {
            let mut wanted = query.filters.iter().filter(|f| f.column == *column).peekable();
            wanted.peek().is_none() || wanted.any(|filter| filter.value == fact(row, *column))
        };
        if !KNOWN.iter().all(fits) {
            continue;
        }
        let group = by.iter().map(|by| match by {
            By::Fact(column) => fact(row, *column).to_owned(),
            By::Role if row.reading.is_none() => String::new(),
            By::Role => row.which.code().to_owned(),
        });
        let is_done = done.get(&row.number).copied().unwrap_or(false);
        let (standing, since) =
            stands(workspace, row, is_done, (as_of, allowed), drawn.get(&row.number).copied())?;
        let (stage, days, late) = standing;
        found.push(Standing { group: group.collect(), stage, days, late });
        latest = latest.max(since);
    }
    Ok((found, latest))
}

/// When each case was drawn.
fn drawn(workspace: &Workspace) -> Result<HashMap<CaseNumber, Moment>, StoreError> {
    let mut found = HashMap::new();
    for row in workspace.rounds()? {
        for draw in workspace.round_outline(row.id)?.draws {
            found.extend(draw.cases.iter().map(|drawn| (drawn.case.number, draw.at)));
        }
    }
    Ok(found)
}

type Stands = (Stage, Option<u64>, Option<u64>);

/// Where a review stands, for how many days, and how many it is late; and since which day.
fn stands(
    workspace: &Workspace,
    row: &CaseRow,
    is_done: bool,
    (as_of, allowed): (NaiveDate, u64),
    drawn: Option<Moment>,
) -> Result<(Stands, Option<NaiveDate>), StoreError> {
    let until =
        |from: Moment, to: NaiveDate| u64::try_from((to - day_of(from)).num_days()).unwrap_or(0);
    let Some(id) = row.reading else {
        let standing = (Stage::Unassigned, drawn.map(|at| until(at, as_of)), None);
        return Ok((standing, drawn.map(day_of)));
    };
    let at = workspace.review_moments(id)?;
    let late = |to: NaiveDate| at.assigned.map(|from| until(from, to).saturating_sub(allowed));
    let stage = match (row.status, at.returned, at.begun) {
        (Status::Final, ..) => Stage::Final,
        (Status::Submitted, ..) if is_done => Stage::Final,
        (Status::InQa, ..) => Stage::InQa,
        (Status::Submitted | Status::Withdrawn, ..) => Stage::Submitted,
        (Status::Open, Some(_), _) => Stage::Returned,
        (Status::Open, None, Some(_)) => Stage::Begun,
        // Answers may have come with the review, from whoever had it before.
        (Status::Open, None, None) => match standing_of(workspace, row) {
            Progress::InProgress => Stage::Begun,
            _ => Stage::Assigned,
        },
    };
    let handed_in = at.submitted.map(day_of);
    let since = match stage {
        Stage::Final => {
            let took = at.assigned.zip(handed_in);
            let took = took.map(|(from, to)| until(from, to));
            return Ok(((stage, took, handed_in.and_then(late)), handed_in));
        }
        Stage::Submitted | Stage::InQa => at.submitted,
        Stage::Returned => at.returned,
        Stage::Begun => at.begun.or(at.assigned),
        Stage::Assigned | Stage::Unassigned => at.assigned,
    };
    let standing = (stage, since.map(|from| until(from, as_of)), late(handed_in.unwrap_or(as_of)));
    Ok((standing, since.map(day_of)))
}

fn day_of(at: Moment) -> NaiveDate {
    at.utc().date_naive()
}

fn fact(row: &CaseRow, column: Column) -> &str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        _ => &row.round,
    }
}
