//! The log with an improvement plan, saved once, folds to the same state forever.
//!
//! `tests/logs/v4-pip.db` was written by `write_fixture` (ignored below) when plans were first
//! kept; it is never written again.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use casereview::review::Command;
use casereview::store::Workspace;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::workspace::{create, open_as, path};

fn saved(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs").join(name)
}

fn state(workspace: &Workspace) -> Value {
    let plans = workspace.team().plans.iter();
    let plans = plans.map(|set| json!([set.at.to_string(), set.by.to_string(), set.text]));
    json!({ "plans": plans.collect::<Vec<_>>() })
}

#[test]
fn it_folds_to_the_state_it_had_then() {
    let folder = tempdir().unwrap();
    fs::copy(saved("v4-pip.db"), path(folder.path())).unwrap();
    let mut workspace = open_as(folder.path(), "lead");
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    workspace.rebuild().unwrap();
    let then: Value =
        serde_json::from_slice(&fs::read(saved("v4-pip.state.json")).unwrap()).unwrap();
    assert_eq!(state(&workspace), then);
    assert_eq!(then["plans"].as_array().unwrap().len(), 2);
}

#[test]
#[ignore = "writes the saved log"]
fn write_fixture() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    for plan in ["[plan]\ntitle = \"First\"\n", "[plan]\ntitle = \"Second\"\n"] {
        lead.act(&Command::SetPipPlan { plan: plan.to_owned() }).unwrap();
    }
    lead.backup(&saved("v4-pip.db"), true).unwrap();
    let text = serde_json::to_string_pretty(&state(&lead)).unwrap();
    fs::write(saved("v4-pip.state.json"), text + "\n").unwrap();
}
