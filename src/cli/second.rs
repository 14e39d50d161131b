//! `second draw|list|drop`: which cases are read a second time, unknown to their readers.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use serde_json::json;

use super::output::{note, print};
use super::table::{objects, table};
use super::{Failure, Format, Global, round, workspace};
use crate::review::{CaseNumber, Command, DrawSeconds, Round, SecondCase, StratumSize, Which};
use crate::sampling::draw_seconds;
use crate::store::{CaseRow, QueueFilter, StoreError, Workspace};
use crate::text::{clean, count};

/// Second, independent reviews: which cases get one; their readers don't see it
#[derive(Debug, Args)]
pub struct Second {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Draw a share of the assigned cases, stratified by reviewer and region; a case is in one
    /// such draw only
    Draw {
        /// Of a hundred cases so many, rounded up
        #[arg(long, value_name = "PERCENT", default_value_t = 20,
              value_parser = clap::value_parser!(u32).range(1..=100))]
        share: u32,
        /// Seed: dice, a lottery number, a date that was public beforehand
        #[arg(long, value_name = "TEXT")]
        seed: String,
        /// Round; without it the last one that is open
        #[arg(long, value_name = "N")]
        round: Option<String>,
    },
    /// List the cases drawn, and who reads them
    List {
        /// Round; without it the last one that is open
        #[arg(long, value_name = "N")]
        round: Option<String>,
    },
    /// Let a case do without its second review, before anyone has it
    Drop {
        /// Review number, such as R-0042
        case: CaseNumber,
        /// Why
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
}

impl Second {
    /// Does it. Only a lead may look.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        if !workspace.team().is_lead(workspace.user()) {
            let refusal = crate::review::Refusal::NotLead(workspace.user().clone());
            return Err(workspace::refusal(&path, &refusal.into()));
        }
        match self.what {
            What::Draw { share, seed, round } => draw(&mut workspace, share, seed, round),
            What::List { round } => list(&workspace, global.format, round.as_deref()),
            What::Drop { case, why } => {
                workspace
                    .act(&Command::DropSecond { case, why })
                    .map_err(|error| workspace::refusal(&path, &error))?;
                print(&format!("{case} does without a second review\n"))
            }
        }
    }
}

fn draw(
    workspace: &mut Workspace,
    share: u32,
    seed: String,
    round: Option<String>,
) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let fail = |error: StoreError| workspace::failure(&path, &error);
    let row = round::find(workspace, round.as_deref())?;
    let state = workspace.round(row.id).map_err(fail)?;
    let first = first_readers(workspace, &row.name).map_err(fail)?;
    let pool: Vec<(String, String)> = first
        .values()
        .filter(|row| state.is_in(row.number) && !state.seconds.was_in_pool(row.number))
        .map(|row| (row.number.to_string(), format!("{} | {}", row.reviewer, row.region)))
        .collect();
    let strata = draw_seconds(&pool, &seed, share);
    let number = |text: &str| text.parse().expect("these are review numbers");
    let cases: Vec<SecondCase> = strata
        .iter()
        .flat_map(|stratum| {
            stratum.cases.iter().map(|(case, ticket)| SecondCase {
                case: number(case),
                stratum: stratum.name.clone(),
                ticket: ticket.to_string(),
            })
        })
        .collect();
    let found = cases.len();
    let size = |stratum: &crate::sampling::SecondStratum| StratumSize {
        stratum: stratum.name.clone(),
        size: stratum.size,
        n: stratum.cases.len() as u64,
    };
    let command = Command::DrawSeconds(DrawSeconds {
        round: row.id,
        seed,
        percent: share,
        pool: pool.iter().map(|(case, _)| number(case)).collect(),
        strata: strata.iter().map(size).collect(),
        cases,
    });
    workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
    note("`assign --balanced --which second` gives them out; their readers are not told");
    let of = count(pool.len(), "case", "cases");
    print(&format!("{found} of {of} drawn for a second review\n"))
}

/// The first review of every case of a round that has one.
fn first_readers(
    workspace: &Workspace,
    round: &str,
) -> Result<BTreeMap<CaseNumber, CaseRow>, StoreError> {
    let filter = QueueFilter { round: Some(round.to_owned()), ..QueueFilter::default() };
    let rows = workspace.queue(&filter)?.into_iter();
    let first = rows.filter(|row| row.which == Which::First && row.reading.is_some());
    Ok(first.map(|row| (row.number, row)).collect())
}

const HEADER: [&str; 7] = ["draw", "case", "stratum", "ticket", "first", "second", "status"];

fn list(workspace: &Workspace, format: Option<Format>, round: Option<&str>) -> Result<(), Failure> {
    let fail = |error: StoreError| workspace::failure(workspace.path(), &error);
    let row = round::find(workspace, round)?;
    let state = workspace.round(row.id).map_err(fail)?;
    let filter = QueueFilter { round: Some(row.name.clone()), ..QueueFilter::default() };
    let queue = workspace.queue(&filter).map_err(fail)?;
    let rows = rows(&state, &queue);
    print(&match format {
        Some(Format::Json) => {
            let draws: Vec<_> = state
                .seconds
                .draws
                .iter()
                .map(|(at, draw)| {
                    json!({ "at": at.to_string(), "seed": draw.seed, "share": draw.percent,
                        "pool": draw.pool.len(), "drawn": draw.cases.len() })
                })
                .collect();
            format!("{}\n", json!({ "draws": draws, "cases": objects(&HEADER, &rows) }))
        }
        Some(Format::Csv) => table(format, &HEADER, &rows),
        _ if rows.is_empty() => {
            clean(&format!("round {}: no case is drawn for a second review\n", row.name))
                .trim_end()
                .to_owned()
                + "\n"
        }
        _ => heads(&state) + &table(None, &HEADER, &rows),
    })
}

fn heads(state: &Round) -> String {
    let mut text = String::new();
    for (nth, (_, draw)) in state.seconds.draws.iter().enumerate() {
        let (cases, pool) = (draw.cases.len(), draw.pool.len());
        text += &clean(&format!(
            "draw {}: {cases} of {pool} cases ({} %), seed {}",
            nth + 1,
            draw.percent,
            draw.seed
        ));
        text.push('\n');
    }
    text.push('\n');
    text
}

fn rows(state: &Round, queue: &[CaseRow]) -> Vec<[String; 7]> {
    let by = |case: CaseNumber, which: Which| {
        queue.iter().find(|row| row.number == case && row.which == which && row.reading.is_some())
    };
    let mut rows = Vec::new();
    for (nth, (_, draw)) in state.seconds.draws.iter().enumerate() {
        for one in &draw.cases {
            let (first, second) = (by(one.case, Which::First), by(one.case, Which::Second));
            let name = |row: Option<&CaseRow>| row.map(|r| r.reviewer.clone()).unwrap_or_default();
            let status = if state.changes.is_eliminated(one.case) {
                "eliminated"
            } else if state.seconds.dropped.contains_key(&one.case) {
                "dropped"
            } else {
                second.map_or("unassigned", |row| row.status.code())
            };
            rows.push([
                (nth + 1).to_string(),
                one.case.to_string(),
                one.stratum.clone(),
                one.ticket.clone(),
                name(first),
                name(second),
                status.to_owned(),
            ]);
        }
    }
    rows
}
