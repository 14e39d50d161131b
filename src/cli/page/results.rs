//! `page results` and `page region`: results as pages.

use std::collections::BTreeMap;

use clap::Args;

use super::Target;
use crate::cli::report::{Asked, Beside, LineColumns, Sampled, Wants, count_readings, tally};
use crate::cli::sample::receipt_of;
use crate::cli::{Failure, Global, workspace};
use crate::report::page::{self, Audience};
use crate::report::{Column, Counter, Filter, Participants, Query, Sheet, Subject, TrendTable};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, clean_lines, list_or};

const RESULTS: LineColumns = LineColumns { lines: "pages", columns: &[] };

/// `page results`.
#[derive(Debug, Args)]
pub struct Results {
    #[command(flatten)]
    asked: Asked,
}

/// `page region`.
#[derive(Debug, Args)]
pub struct Region {
    /// The region, as reports name it
    region: String,
    /// Only this period; else the latest is held against the one before
    #[arg(long)]
    period: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl Results {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let mut query = self.asked.query(RESULTS)?;
        if query.by.is_empty() {
            query.by.push(Column::Region);
        }
        if query.by.contains(&Column::Period) {
            let text = "error: --by period: the page tells periods apart anyway\n  help: give what the groups shall be, such as --by county";
            return Err(Failure::BadInput(text.to_owned()));
        }
        let workspace = workspace::open(global)?;
        let (page, said) = whole(&workspace, &query)?;
        let (out, force) = self.asked.way.into_file();
        let target = Target { out, force };
        target.put(&page, &said)
    }
}

/// The full report of a workspace, and what is said beside it.
///
/// # Errors
/// When the workspace can't be read.
pub fn whole(workspace: &Workspace, query: &Query) -> Result<(page::Page, Vec<String>), Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let sheets = Sheets::read(workspace, query).map_err(failed)?;
    let sampled = Sampled::read(workspace).map_err(failed)?;
    let eliminations = sampled.eliminations(workspace, &elimination_query(query))?.sheet();
    let mut said = sheets.beside.lines();
    said.extend(sampled.lines(&query.filters, true));
    let foot = foot(workspace, query).map_err(failed)?;
    let names: Vec<&str> = query.by.iter().map(|column| column.title()).collect();
    let page = page::results(&page::Results {
        title: title(workspace, query).map_err(failed)?,
        audience: Audience::Internal,
        readings: sheets.readings,
        instruments: &sheets.instruments,
        group: &names.join(" and "),
        items: &sheets.items,
        by_group: &sheets.by_group,
        trend: &sheets.trend,
        trend_by_group: &sheets.trend_by_group,
        outcomes: &sheets.outcomes,
        outcomes_by_group: &sheets.outcomes_by_group,
        participants: &sheets.participants,
        eliminations: &eliminations,
        more: &[],
        goals: &BTreeMap::new(),
        marks: &[],
        said: &said,
        foot,
    });
    Ok((page, sheets.beside.lines()))
}

impl Region {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let page = of_region(&workspace, &self.region, self.period.as_deref())?;
        self.target.put(&page, &[])
    }
}

/// A region's page.
///
/// # Errors
/// Exit 2 for a region or period without a final review.
pub fn of_region(
    workspace: &Workspace,
    region: &str,
    period: Option<&str>,
) -> Result<page::Page, Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let query = Query { total: false, ..Query::by(&[Column::Region, Column::Period]) };
    let (tally, _) = tally(workspace, query.clone()).map_err(failed)?;
    let table = tally.item_table();
    let mut regions: Vec<String> =
        table.rows.iter().filter_map(|row| row.group.first().cloned().flatten()).collect();
    regions.sort();
    regions.dedup();
    if !regions.iter().any(|known| known == region) {
        let known: Vec<&str> = regions.iter().map(String::as_str).collect();
        let help = if known.is_empty() {
            "no review is final yet".to_owned()
        } else {
            format!("it is {}", list_or(&known))
        };
        let text = format!("error: no final review has region={region}\n  help: {help}");
        return Err(Failure::BadInput(clean_lines(&text).into_owned()));
    }
    let periods: Vec<String> = {
        let of = table
            .rows
            .iter()
            .filter(|row| row.group.first().cloned().flatten().as_deref() == Some(region));
        let mut periods: Vec<String> =
            of.filter_map(|row| row.group.get(1).cloned().flatten()).collect();
        periods.sort();
        periods.dedup();
        periods
    };
    let latest = match period {
        None => periods.last().cloned().unwrap_or_default(),
        Some(period) if periods.iter().any(|known| known == period) => period.to_owned(),
        Some(period) => {
            let known: Vec<&str> = periods.iter().map(String::as_str).collect();
            let known = list_or(&known);
            let text = format!(
                "error: --period {period}: {region} has no final review in it\n  help: it is {known}"
            );
            return Err(Failure::BadInput(clean_lines(&text).into_owned()));
        }
    };
    let before = periods.iter().rfind(|period| **period < latest).cloned();
    let of_period = Query {
        filters: vec![Filter { column: Column::Period, value: latest.clone() }],
        ..Query::by(&[Column::Region])
    };
    let (now, _) = tally_of(workspace, of_period).map_err(failed)?;
    let trend = TrendTable::of(&table);
    Ok(page::region(&page::RegionResults {
        region,
        period: &latest,
        before: before.as_deref(),
        now: &now,
        trend: &trend,
        foot: &foot(workspace, &query).map_err(failed)?,
    }))
}

fn tally_of(
    workspace: &Workspace,
    query: Query,
) -> Result<(crate::report::ItemTable, Beside), StoreError> {
    let (tally, beside) = tally(workspace, query)?;
    Ok((tally.item_table(), beside))
}

/// The reports a full page joins.
struct Sheets {
    readings: u64,
    instruments: Vec<String>,
    items: Sheet,
    by_group: Sheet,
    trend: Sheet,
    trend_by_group: Sheet,
    outcomes: Sheet,
    outcomes_by_group: Sheet,
    participants: Sheet,
    beside: Beside,
}

impl Sheets {
    fn read(workspace: &Workspace, query: &Query) -> Result<Self, StoreError> {
        let whole = Query { by: Vec::new(), ..query.clone() };
        let (all, beside) = tally(workspace, whole.clone())?;
        let (groups, _) = tally(workspace, query.clone())?;
        let (items, outcomes) = (all.item_table(), all.outcome_table());
        let mut trend = empty();
        let mut trend_by_group = empty();
        if beside.periods.len() > 1 {
            let by_period = |query: &Query| -> Result<Sheet, StoreError> {
                let (tally, _) = tally(workspace, TrendTable::by_period(query))?;
                Ok(TrendTable::of(&tally.item_table()).sheet())
            };
            trend = by_period(&whole)?;
            trend_by_group = by_period(query)?;
        }
        Ok(Self {
            readings: items.readings,
            instruments: items.instruments.clone(),
            items: items.sheet(),
            by_group: groups.item_table().sheet(),
            trend,
            trend_by_group,
            outcomes: outcomes.sheet(),
            outcomes_by_group: groups.outcome_table().sheet(),
            participants: shares(workspace, Participants::default(), &whole)?,
            beside,
        })
    }
}

fn shares<S: Subject>(
    workspace: &Workspace,
    subject: S,
    query: &Query,
) -> Result<Sheet, StoreError> {
    let mut counter = Counter::new(subject, query.clone());
    let wants = Wants { answers: counter.needs_answers(), otherwise: "" };
    count_readings(workspace, &mut counter, query, wants)?;
    Ok(counter.table().sheet())
}

fn empty() -> Sheet {
    Sheet { groups: Vec::new(), columns: Vec::new(), rows: Vec::new() }
}

/// A sample knows fewer facts than a reading: by what it knows.
fn elimination_query(query: &Query) -> Query {
    let known = |column: &Column| {
        !matches!(
            column,
            Column::Reviewer
                | Column::Cluster
                | Column::Instrument
                | Column::Item
                | Column::Month
                | Column::Participant
        )
    };
    Query {
        by: Vec::new(),
        filters: query.filters.iter().filter(|filter| known(&filter.column)).cloned().collect(),
        ..query.clone()
    }
}

fn title(workspace: &Workspace, query: &Query) -> Result<String, StoreError> {
    let rounds: Vec<String> = query
        .filters
        .iter()
        .filter(|filter| filter.column == Column::Round)
        .map(|filter| filter.value.clone())
        .collect();
    let names = if rounds.is_empty() {
        workspace.current_round()?.map(|round| vec![round.name]).unwrap_or_default()
    } else {
        rounds
    };
    Ok(clean(&format!("Results of case reviews: {}", names.join(", "))).into_owned())
}

/// Where the numbers come from: the draws' public receipts and the log's checkpoint.
fn foot(workspace: &Workspace, query: &Query) -> Result<Vec<String>, StoreError> {
    let wanted: Vec<&str> = query
        .filters
        .iter()
        .filter(|filter| filter.column == Column::Round)
        .map(|filter| filter.value.as_str())
        .collect();
    let mut lines = Vec::new();
    for row in workspace.rounds()? {
        if !wanted.is_empty() && !wanted.contains(&row.name.as_str()) {
            continue;
        }
        let state = workspace.round(row.id)?;
        for draw in &state.draws {
            let name = &row.name;
            let told = match receipt_of(workspace, &state, draw) {
                Ok(receipt) => receipt_line(&receipt),
                Err(_) => "its receipt can't be made here, the frame was removed".to_owned(),
            };
            lines.push(format!("Round {name}, draw {}: {told}", draw.number));
        }
    }
    for head in workspace.heads()? {
        lines.push(format!(
            "Checkpoint of the log: {}, {} events, {}",
            head.chain(),
            head.seq,
            head.hash
        ));
    }
    Ok(lines)
}

/// What a public receipt holds, in a sentence.
fn receipt_line(receipt: &crate::sampling::Receipt) -> String {
    let source = receipt.origin.seed_source.as_deref().unwrap_or("not recorded");
    let witnesses = match receipt.origin.witnesses.as_slice() {
        [] => String::new(),
        some => format!(", watched by {}", crate::text::list_and(some)),
    };
    let full = receipt.public().full_sha256.unwrap_or_default();
    format!(
        "seed {}, given by {source}{witnesses}; {} cases in the frame, {} eligible; SHA-256 of \
         the sorted frame {}, of the plan {}, of the full receipt {full}",
        receipt.seed,
        receipt.frame.cases,
        receipt.eligible,
        receipt.frame.canonical_sha256,
        receipt.plan.sha256
    )
}
