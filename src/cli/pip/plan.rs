//! `pip plan`: a plan file put in force.

use std::path::Path;

use super::measured::check;
use crate::cli::output::{note, print};
use crate::cli::sample::files::text;
use crate::cli::{Failure, Global, workspace};
use crate::diagnostic::excerpts;
use crate::review::Command;
use crate::text::{clean, clean_lines, count};

/// Checks the file and puts it in force.
pub fn set(global: &Global, file: &Path) -> Result<(), Failure> {
    let mut workspace = workspace::open(global)?;
    let path = workspace.path().to_owned();
    let plan_text = text(file)?;
    let name = file.display().to_string();
    let checked =
        check(&workspace, &plan_text).map_err(|error| workspace::failure(&path, &error))?;
    let problems = excerpts(&name, &plan_text, &checked.diagnostics, false);
    let Some(plan) = checked.plan else { return Err(Failure::BadInput(problems)) };
    let command = Command::SetPipPlan { plan: plan_text };
    let done = workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
    if !problems.is_empty() {
        note(problems.trim_end());
    }
    if done.events == 0 {
        note("this plan is in force already: nothing changed");
        return Ok(());
    }
    let measures = count(plan.items.len() + plan.aggregates.len(), "measure", "measures");
    let strategies = count(plan.strategies.len(), "strategy", "strategies");
    let periods = count(plan.windows().len(), "period", "periods");
    let title = clean(&plan.title).into_owned();
    print(&format!("{title} is in force: {measures}, {periods}, {strategies}\n"))
}

/// Prints the plan in force as it was given.
pub fn show(global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    super::plan_of(&workspace)?;
    let text = workspace.team().plan().and_then(|set| set.text.as_deref()).unwrap_or_default();
    print(&clean_lines(text))
}
