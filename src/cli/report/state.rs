//! `report state`: the state's percentages, weighted by strata.

use std::collections::BTreeMap;

use clap::Args;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::{RATINGS, can_leave, count_readings, put, six_months};
use crate::cli::{Failure, Global, workspace};
use crate::report::{
    Column, FrameStratum, Query, Sheet, StateTable, Tally, state_table, state_text,
};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, clean_lines, list_and};

const STATE: LineColumns = LineColumns { lines: "state estimates", columns: &[Column::Item] };

/// What is asked of the state.
#[derive(Debug, Args)]
pub(super) struct AskedState {
    /// The six-month report: first day. Reviews of periods that lie in its days as a whole are
    /// counted (text, html or xlsx)
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<String>,
    /// Its last day
    #[arg(long, value_name = "DATE", requires = "from")]
    to: Option<String>,
    #[command(flatten)]
    asked: Asked,
}

impl AskedState {
    /// The six-month report where days are given, else the estimates.
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        match self.from.zip(self.to) {
            Some((from, to)) => six_months::run(global, &self.asked, &format!("{from}/{to}")),
            None => run(global, &self.asked),
        }
    }
}

/// Counts, weighs and prints.
fn run(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let query = asked.query(STATE)?;
    if let Some(column) = query.by.first() {
        return Err(Failure::BadInput(format!(
            "error: --by {}: the estimate is the whole state's\n  help: `report items` counts by groups",
            column.name()
        )));
    }
    let narrow = |column: &Column| !matches!(column, Column::Item | Column::Round);
    if let Some(filter) = query.filters.iter().find(|filter| narrow(&filter.column)) {
        return Err(Failure::BadInput(format!(
            "error: --where {}: the estimate is made from a whole sample\n  help: it takes --where round=NAME and --where item=ID",
            filter.column.name()
        )));
    }
    let workspace = workspace::open(global)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let (table, mut beside) = estimate(&workspace, &query)?;
    beside.mixed = None;
    let beside = super::with_sample(global, &workspace, &query, beside).map_err(failed)?;
    match table {
        Some(table) => put(global, asked, "State", || state_text(&table), &table.sheet(), &beside),
        None => put(global, asked, "State", String::new, &Sheet::empty(), &beside),
    }
}

/// The estimates; none where no review counts.
///
/// # Errors
/// Exit 2 where not one sample was drawn, or a stratum has no final review.
pub(super) fn estimate(
    workspace: &Workspace,
    query: &Query,
) -> Result<(Option<StateTable>, Beside), Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let (round, frame) = sample(workspace, query).map_err(failed)??;
    let mut query = query.clone();
    query.by = vec![Column::Stratum];
    if !query.filters.iter().any(|filter| filter.column == Column::Round) {
        let filter = crate::report::Filter { column: Column::Round, value: round.clone() };
        query.filters.push(filter);
    }
    let mut tally = Tally::new(&[], query.clone());
    let beside = count_readings(workspace, &mut tally, &query, RATINGS).map_err(failed)?;
    if tally.readings() == 0 {
        return Ok((None, beside));
    }
    let table = state_table(&tally.item_table(), &frame).map_err(|wrong| {
        let strata: BTreeMap<String, String> =
            wrong.into_iter().map(|(stratum, error)| (stratum, error.to_string())).collect();
        let lines = strata.iter().map(|(stratum, error)| format!("error: {stratum}: {error}"));
        let help = "  help: every stratum needs a final review; `status` shows how far they are";
        let text = lines.chain([help.to_owned()]).collect::<Vec<_>>().join("\n");
        Failure::BadInput(clean_lines(&text).into_owned())
    })?;
    Ok((Some(table), beside))
}

/// The round the estimate is of, and its frame's strata.
fn sample(
    workspace: &Workspace,
    query: &Query,
) -> Result<Result<(String, Vec<FrameStratum>), Failure>, StoreError> {
    let wanted = query.only(Column::Round);
    let mut drawn = Vec::new();
    for row in workspace.rounds()? {
        if wanted.is_empty() || wanted.contains(&row.name.as_str()) {
            let round = workspace.round(row.id)?;
            if let Some(draw) = round.draws.last() {
                let strata = draw.strata.iter().map(|stratum| FrameStratum {
                    stratum: stratum.stratum.clone(),
                    size: stratum.size,
                });
                drawn.push((round.name.clone(), strata.collect::<Vec<_>>()));
            }
        }
    }
    let bad = |text: String| Ok(Err(Failure::BadInput(clean_lines(&text).into_owned())));
    match drawn.len() {
        0 => bad("error: no sample was drawn in this workspace: there is nothing to weigh by\n  help: `report items` gives the raw percents".to_owned()),
        1 => Ok(Ok(drawn.remove(0))),
        _ => {
            let names: Vec<&str> = drawn.iter().map(|(name, _)| name.as_str()).collect();
            let rounds = list_and(&names);
            let last = clean(names.last().copied().unwrap_or_default()).into_owned();
            bad(format!("error: samples were drawn in {rounds}\n  help: take one with --where round={last}"))
        }
    }
}
