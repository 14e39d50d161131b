//! The log with the kinds that came with the settling of pairs, saved once, folds to the same
//! state forever.
//!
//! `tests/logs/v3-settled.db` was written by `write_fixture` (ignored below) when they were
//! settled; it is never written again.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use casereview::review::{CaseNumber, Command, Taken, Which};
use casereview::store::{QueueFilter, Workspace};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::reconcile::{Twice, begin, settle};
use crate::workspace::{open_as, path};

fn saved(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs").join(name)
}

/// The pair, and what its settled review holds and was settled by.
fn state(workspace: &Workspace) -> Value {
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    let row = queue.iter().find(|row| row.number == CaseNumber(1) && row.which == Which::Final);
    let reading = workspace.reading(row.unwrap().reading.unwrap()).unwrap();
    let pair = reading.pair.as_ref().unwrap();
    let settled = pair
        .settled
        .values()
        .map(|one| json!([one.question, one.took.code(), one.cause.code(), one.reason.text()]));
    let values = reading.answers.iter().map(|(id, given)| (id.clone(), json!(given.value)));
    json!({
        "status": reading.status.code(),
        "sealed_first": reading.first_sealed().is_some(),
        "seals": pair.seals.map(|seal| seal.to_string()),
        "settled": settled.collect::<Vec<_>>(),
        "answers": values.collect::<serde_json::Map<_, _>>(),
    })
}

#[test]
fn it_folds_to_the_state_it_had_then() {
    let folder = tempdir().unwrap();
    fs::copy(saved("v3-settled.db"), path(folder.path())).unwrap();
    let mut workspace = open_as(folder.path(), "lead");
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    workspace.rebuild().unwrap();
    let then: Value =
        serde_json::from_slice(&fs::read(saved("v3-settled.state.json")).unwrap()).unwrap();
    assert_eq!(state(&workspace), then);
}

#[test]
#[ignore = "writes the saved log"]
fn write_fixture() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    lead.act(&settle(last, "17.A1", Taken::Second)).unwrap();
    lead.act(&settle(last, "18.applies", Taken::First)).unwrap();
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    let reason = "the father's visits were read again".to_owned();
    lead.act(&Command::Reopen { reading: last, reason }).unwrap();
    lead.backup(&saved("v3-settled.db"), true).unwrap();
    let text = serde_json::to_string_pretty(&state(&lead)).unwrap();
    fs::write(saved("v3-settled.state.json"), text + "\n").unwrap();
}
