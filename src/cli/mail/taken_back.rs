//! Cases that were taken back from their reader: what the lead hears when something of one
//! comes all the same, and what the reader hears.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::review::{CaseNumber, PersonCode, Reading, ReadingId, Status, WorkOrder};
use crate::store::{CaseRow, HeldParcel, QueueFilter, StoreError, Workspace};

/// What is said of a closed parcel of a review that was taken back: a line, or an error where
/// it was handed in and does not count. None where it was not taken back.
pub fn said(
    workspace: &Workspace,
    held: &HeldParcel,
) -> Result<Option<Result<String, String>>, StoreError> {
    let reading = workspace.reading(held.label.reading)?;
    if reading.status != Status::Withdrawn {
        return Ok(None);
    }
    let (case, from) = (held.case, &held.from);
    let queue = workspace.queue(&QueueFilter::default())?;
    let now = queue.iter().find(|row| row.number == case && row.which == reading.which);
    let Some(now) = now else {
        let help = format!("tell {from}, who works on it in vain");
        return Ok(Some(Err(error(case, from, "nobody reads it now", &help))));
    };
    let with = &now.reviewer;
    let done = match now.reading {
        Some(id) => now.status != Status::Open || workspace.is_sealed_elsewhere(id)?,
        None => false,
    };
    Ok(Some(match (with == from.as_str(), held.label.sealed) {
        (true, _) => Ok(format!(
            "{case} by {from}: from before it was taken back; it is {from}'s again, and \
             `work out {from}` brings this to {from} to go on from\n"
        )),
        (false, true) => {
            let help = if done {
                format!("{with} has handed it in; tell {from}")
            } else {
                format!(
                    "if {with} has not begun, `assign {case} --to {from}` and `work out` give it \
                     back to {from} as handed in, to submit once more; else tell {from}"
                )
            };
            Err(error(case, from, &format!("{with} reads it now"), &help))
        }
        (false, false) => Ok(format!(
            "{case} by {from}: a draft, and {with} reads it now; `work out {with}` takes it to \
             {with} unread, unless {with} has begun\n"
        )),
    }))
}

fn error(case: CaseNumber, from: &PersonCode, why: &str, help: &str) -> String {
    format!("error: {case}: no longer {from}'s, {why}; kept out\n  help: {help}\n")
}

/// The reviews of open rounds that were taken back.
pub fn rows(workspace: &Workspace) -> Result<Vec<CaseRow>, StoreError> {
    let rounds = workspace.rounds()?;
    let open: BTreeSet<&str> =
        rounds.iter().filter(|round| !round.closed).map(|round| round.name.as_str()).collect();
    let back = QueueFilter { status: vec![Status::Withdrawn], ..QueueFilter::default() };
    let mut rows = workspace.queue(&back)?;
    rows.retain(|row| open.contains(row.round.as_str()));
    Ok(rows)
}

/// The readings an order takes back that its reader has still.
pub fn still_there(workspace: &Workspace, order: &WorkOrder) -> Vec<Arc<Reading>> {
    let read = |id: &ReadingId| workspace.reading(*id).ok();
    let there = |reading: &Arc<Reading>| reading.taken && reading.status != Status::Withdrawn;
    order.recalled.iter().filter_map(read).filter(there).collect()
}

/// What a reader hears of readings that an order took back.
pub fn told(order: &WorkOrder, back: &[Arc<Reading>]) -> String {
    let line = |reading: &Arc<Reading>| {
        let case = reading.case.number;
        let anew = order.cases.iter().any(|one| one.case.number == case);
        let what = if anew {
            format!("{case} comes anew, in place of the one here")
        } else {
            format!("{case} is taken back: it is not among your cases any more")
        };
        // What the work order itself brought is with the lead.
        if reading.touched == reading.assigned {
            return format!("{what}\n");
        }
        format!(
            "{what}\nWhat you wrote in {case} stays in this file. Words that no bundle took along \
             yet reach the lead with `casereview bundle out --draft {case}`\n"
        )
    };
    back.iter().map(line).collect()
}
