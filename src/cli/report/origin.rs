//! Where numbers come from: the draws' public receipts and the log's checkpoint.

use std::collections::{BTreeMap, BTreeSet};

use super::{Beside, Sampled, tally};
use crate::cli::page::goals;
use crate::cli::sample::receipt_of;
use crate::report::{Column, Filter, Query, Sheet};
use crate::store::{StoreError, Workspace};

/// What a page of one report has from elsewhere in the workspace.
#[derive(Debug, Default)]
pub struct Whence {
    /// Goals of items, as proportions, for a trend's figures.
    pub goals: BTreeMap<String, f64>,
    /// What stands at the end: cases eliminated, where the report doesn't tell of them, the
    /// draws' receipts, the log's checkpoint.
    pub foot: Vec<String>,
}

impl Whence {
    /// Of a report with these columns. `rounds` are the filters on the round.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of(
        workspace: &Workspace,
        sheet: &Sheet,
        beside: &Beside,
        rounds: Vec<Filter>,
    ) -> Result<Self, StoreError> {
        let is_trend = sheet.columns.iter().any(|(name, _)| *name == "change");
        let goals = match is_trend {
            true => goals(workspace, &beside.sources.instruments())?,
            false => BTreeMap::new(),
        };
        let told = beside.lines();
        let mut said = Sampled::read(workspace)?.lines(&rounds, true);
        said.retain(|line| !told.contains(line));
        let filters = rounds;
        said.extend(foot(workspace, &Query { filters, ..Query::by(&[]) })?);
        Ok(Self { goals, foot: said })
    }
}

/// The lines that stand at the end of a page: a receipt for each draw of the rounds asked for,
/// the head of each chain.
///
/// # Errors
/// When the file can't be read.
pub fn foot(workspace: &Workspace, query: &Query) -> Result<Vec<String>, StoreError> {
    let wanted = query.only(Column::Round);
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

/// Of a region's results in a period: only what is said of the rounds its reviews are of, and
/// which of those had no draw.
///
/// # Errors
/// When the file can't be read.
pub fn foot_of(
    workspace: &Workspace,
    region: &str,
    period: &str,
) -> Result<Vec<String>, StoreError> {
    let only = |column, value: &str| Filter { column, value: value.to_owned() };
    let filters = vec![only(Column::Region, region), only(Column::Period, period)];
    let query = Query { filters, ..Query::by(&[Column::Round]) };
    let rows = tally(workspace, query)?.0.item_table().rows;
    let names = rows.iter().filter_map(|row| row.group.first().cloned().flatten());
    let rounds: BTreeSet<String> = names.collect();
    let mut lines = Vec::new();
    for row in workspace.rounds()? {
        if rounds.contains(&row.name) && workspace.round(row.id)?.draws.is_empty() {
            lines.push(format!("Round {}: no sample was drawn in this workspace.", row.name));
        }
    }
    let filters = rounds.iter().map(|round| only(Column::Round, round)).collect();
    lines.extend(foot(workspace, &Query { filters, ..Query::by(&[]) })?);
    Ok(lines)
}

/// What a public receipt holds, in a sentence.
fn receipt_line(receipt: &crate::sampling::Receipt) -> String {
    let source = receipt
        .origin
        .seed_source
        .as_deref()
        .map_or("its source not recorded".to_owned(), |source| format!("given by {source}"));
    let witnesses = match receipt.origin.witnesses.as_slice() {
        [] => String::new(),
        some => format!(", watched by {}", crate::text::list_and(some)),
    };
    let full = receipt.public().full_sha256.unwrap_or_default();
    format!(
        "seed {}, {source}{witnesses}; {} cases in the frame, {} eligible; SHA-256 of \
         the sorted frame {}, of the plan {}, of the full receipt {full}",
        receipt.seed,
        receipt.frame.cases,
        receipt.eligible,
        receipt.frame.canonical_sha256,
        receipt.plan.sha256
    )
}
