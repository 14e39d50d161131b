//! Opening the parcels that lie here, and saying what stays closed and what is kept out.

use std::collections::{BTreeMap, BTreeSet};

use super::taken_back;
use crate::cli::output::{note, print};
use crate::cli::pair_standing::again;
use crate::cli::{Failure, workspace};
use crate::exchange::mail::{self, Identity};
use crate::review::{CaseNumber, ContentHash, Parcel, PersonCode, Status};
use crate::store::{HeldParcel, IntakeError, KeptOut, StoreError, Workspace};
use crate::task::reconcile::to_settle_again;
use crate::text::{clean, count};

/// What a run brought.
#[derive(Debug, Default)]
pub struct Came {
    /// It brought nothing: what lies here is gone through.
    pub nothing: bool,
    /// Its parcels; what is said of others was said when they came.
    pub parcels: BTreeSet<ContentHash>,
    /// Evidence and alerts that a copy wrote, which are kept out.
    pub alone: Vec<(CaseNumber, PersonCode)>,
}

/// Opens whatever may be opened, says what stays closed, and names once what is kept out.
///
/// # Errors
/// Exit 1 when something of what came, or of what could be opened now, is not taken in.
pub fn open_all(
    workspace: &mut Workspace,
    identity: &Identity,
    mut came: Came,
) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let fail = |error: StoreError| workspace::failure(&path, &error);
    let mut wrong: BTreeMap<CaseNumber, String> = BTreeMap::new();
    let mut opened: BTreeSet<CaseNumber> = BTreeSet::new();
    loop {
        let mut forked = false;
        for group in workspace.openable().map_err(fail)? {
            let case = group[0].case;
            if wrong.contains_key(&case) {
                continue;
            }
            let parcels: Result<Vec<(HeldParcel, Parcel)>, _> = group
                .into_iter()
                .map(|held| {
                    Ok((held.clone(), mail::open_parcel(identity, &held.label, &held.bytes)?))
                })
                .collect();
            let done = match parcels {
                Ok(parcels) => workspace.take_in(&parcels),
                Err(mail::ContentError::Newer) => Err(IntakeError::Newer),
                Err(error) => Err(IntakeError::Broken(case, error.to_string())),
            };
            match done {
                Ok(taken) => {
                    // An older draft may come in with the sealed review: it is said once.
                    let mut said = BTreeSet::new();
                    let news = taken.readings.iter().filter(|(id, ..)| said.insert(*id));
                    for (id, case, from) in news {
                        let reading = workspace.reading(*id).map_err(fail)?;
                        let what = match reading.status {
                            Status::Open => "a draft",
                            Status::Withdrawn => "a review that was taken back",
                            _ => "sealed",
                        };
                        print(&format!("{case} by {from}: {what}, open now\n"))?;
                        opened.insert(*case);
                    }
                }
                Err(IntakeError::Store(error)) => return Err(fail(error)),
                // That parcel is kept out now: the others of the case may open without it.
                Err(IntakeError::Fork { parcel, .. }) => {
                    came.parcels.insert(parcel);
                    forked = true;
                }
                Err(error) => {
                    let said = error.to_string();
                    let said = clean(&said);
                    wrong.insert(case, format!("error: {case}: {said}\n  help: {ANEW}\n"));
                }
            }
        }
        if !forked {
            break;
        }
    }
    for row in workspace.pairs().map_err(fail)? {
        let case = row.number;
        let answers = match opened.contains(&case) {
            true => again(workspace, &row).map_err(fail)?,
            false => None,
        };
        if let Some(answers) = answers {
            let what = to_settle_again(answers);
            print(&format!("{case}: {what}; `reconcile {case}` opens it\n"))?;
        }
    }
    let waiting = workspace.held().map_err(fail)?;
    let said = |held: &&HeldParcel| {
        (came.nothing || came.parcels.contains(&held.label.digest))
            && !wrong.contains_key(&held.case)
    };
    let (mut closed, mut late) = (Vec::new(), Vec::new());
    for held in waiting.iter().filter(said) {
        match taken_back::said(workspace, held).map_err(fail)? {
            Some(Ok(line)) => closed.push(line),
            Some(Err(error)) => late.push(error),
            None => {
                let (case, from) = (held.case, &held.from);
                let what = if held.label.sealed { "sealed" } else { "a draft" };
                let until = "stays closed until all who read the case have sealed";
                closed.push(format!("{case} by {from}: {what}, {until}\n"));
            }
        }
    }
    closed.dedup();
    late.dedup();
    closed.iter().try_for_each(|line| print(line))?;
    let mut kept = workspace.kept_out().map_err(fail)?;
    kept.retain(|one| came.parcels.contains(&one.digest));
    let text = wrong.into_values().chain(late).collect::<String>()
        + &kept_out(&kept)
        + &alone(&came.alone);
    if text.is_empty() {
        return Ok(());
    }
    note("what is listed below was not taken in; it stays closed here");
    Err(Failure::Wrong(text))
}

const ANEW: &str = "ask its sender for it anew";

/// What is kept out because a copy wrote it: an error for each log that forks.
fn kept_out(kept: &[KeptOut]) -> String {
    let mut logs: BTreeMap<(&PersonCode, String, u64), Vec<String>> = BTreeMap::new();
    for one in kept {
        let cases = logs.entry((&one.from, one.chain.to_string(), one.seq)).or_default();
        cases.push(one.case.to_string());
    }
    let line = |((from, chain, seq), mut cases): ((&PersonCode, String, u64), Vec<String>)| {
        cases.dedup();
        format!(
            "error: {} by {from}: the log of {chain} forks at event {seq}: a copy of {from}'s \
             workspace wrote this, and the line that came first stands\n  help: {from} reads on \
             where the first bundle came from, and enters there what was read in the copy; \
             `log verify` keeps this in mind\n",
            cases.join(", ")
        )
    };
    logs.into_iter().map(line).collect()
}

/// Alerts and evidence that a copy wrote.
fn alone(came: &[(CaseNumber, PersonCode)]) -> String {
    let mut by: BTreeMap<&PersonCode, Vec<String>> = BTreeMap::new();
    for (case, from) in came {
        by.entry(from).or_default().push(case.to_string());
    }
    let line = |(from, cases): (&PersonCode, Vec<String>)| {
        let notes = count(cases.len(), "case", "cases");
        format!(
            "error: evidence or alerts of {from} on {notes} ({}) come from a copy of {from}'s \
             workspace and are kept out\n  help: ask {from} at once what they say, in case it \
             is an alert\n",
            cases.join(", ")
        )
    };
    by.into_iter().map(line).collect()
}
