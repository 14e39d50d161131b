//! `pip plan|baseline|status`: the Program Improvement Plan.

mod measured;
mod plan;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::output::note;
use super::report::{day, foot};
use super::way_out::WayOut;
use super::{Failure, Global, workspace};
use crate::pip::{
    Plan, Standing, baseline_page, baseline_sheet, baseline_text, status_page, status_text,
    strategy_sheet,
};
use crate::report::page::Page;
use crate::report::{Column, Query, Sheet};
use crate::store::Workspace;
use crate::text::{clean, did_you_mean, list_or};

use measured::measure_by;
pub use measured::{measure, plan_of};

/// The Program Improvement Plan: baselines, goals, and where each measure stands
#[derive(Debug, Args)]
pub struct Pip {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put a plan file (TOML) in force; without a file print the one that is
    Plan {
        /// The plan file; samples/pip-plan.toml is one
        file: Option<std::path::PathBuf>,
    },
    /// Baseline and goal of each measure
    Baseline {
        #[command(flatten)]
        way: WayOut,
    },
    /// Where each measure stands, period by period: the quarterly table
    Status {
        /// Group by region, county or case_type; give it again for a further column. Goals stay
        /// the state's, for reference
        #[arg(long, value_name = "COLUMN")]
        by: Vec<String>,
        /// The day to say by which periods have ended, such as 2026-11-30; today when left out.
        /// Counted is all there is, whatever the day
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<NaiveDate>,
        #[command(flatten)]
        way: WayOut,
    },
}

impl Pip {
    /// Carries out what was asked.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Plan { file: Some(file) } => plan::set(global, &file),
            What::Plan { file: None } => plan::show(global),
            What::Baseline { way } => {
                way.check(global)?;
                let workspace = workspace::open(global)?;
                let plan = plan_of(&workspace)?;
                let standing = measure(&workspace, &plan, &[])
                    .map_err(|error| workspace::failure(workspace.path(), &error))?;
                if global.is_page() {
                    way.put_page(&with_origin(&workspace, baseline_page(&plan, &standing))?)?;
                    tell(&standing.notes);
                    return Ok(());
                }
                let sheet = baseline_sheet(&plan, &standing);
                let text = || baseline_text(&plan, &standing);
                way.put(global, text, &[("PIP baseline", &sheet)])?;
                tell(&standing.notes);
                Ok(())
            }
            What::Status { by, as_of, way } => {
                way.check(global)?;
                let columns = columns(&by)?;
                let workspace = workspace::open(global)?;
                let plan = plan_of(&workspace)?;
                let failed = |error| workspace::failure(workspace.path(), &error);
                let today = as_of.unwrap_or_else(|| workspace.now().utc().date_naive());
                let standing = measure_by(&workspace, &plan, &columns, today).map_err(failed)?;
                if global.is_page() {
                    way.put_page(&with_origin(&workspace, status_page(&plan, &standing))?)?;
                    tell(&standing.notes);
                    return Ok(());
                }
                let state = match columns.is_empty() {
                    true => standing.clone(),
                    false => measure(&workspace, &plan, &[]).map_err(failed)?,
                };
                let tables = StatusTables::of(&plan, &standing, &state);
                way.put(global, || status_text(&plan, &standing), &tables.named())?;
                tell(&standing.notes);
                Ok(())
            }
        }
    }
}

/// A page of the plan with where its numbers come from: receipts of the draws, the log's
/// checkpoint.
///
/// # Errors
/// When the workspace can't be read.
pub fn with_origin(workspace: &Workspace, page: Page) -> Result<Page, Failure> {
    let foot = foot(workspace, &Query::by(&[]))
        .map_err(|error| workspace::failure(workspace.path(), &error))?;
    Ok(Page { foot, ..page })
}

/// The tables that the quarterly table's workbook has.
pub struct StatusTables {
    status: Sheet,
    baseline: Sheet,
    strategies: Sheet,
}

impl StatusTables {
    /// Of where a plan stands; `state`: over the whole state, which alone has baselines.
    pub fn of(plan: &Plan, standing: &Standing, state: &Standing) -> Self {
        Self {
            status: standing.sheet(plan),
            baseline: baseline_sheet(plan, state),
            strategies: strategy_sheet(standing),
        }
    }

    /// The tables under their titles.
    pub fn named(&self) -> Vec<(&str, &Sheet)> {
        let tables = [("PIP status", &self.status), ("PIP baseline", &self.baseline)];
        let strategies = ("Strategies", &self.strategies);
        let strategies = Some(strategies).filter(|(_, sheet)| !sheet.rows.is_empty());
        tables.into_iter().chain(strategies).collect()
    }
}

fn tell(notes: &[String]) {
    notes.iter().for_each(|line| note(&clean(line)));
}

fn columns(names: &[String]) -> Result<Vec<Column>, Failure> {
    const KNOWN: [Column; 3] = [Column::Region, Column::County, Column::CaseType];
    let mut columns = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match Column::from_name(name) {
            Ok(column) if KNOWN.contains(&column) => {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
            unknown => {
                let known = KNOWN.map(Column::name);
                let help = match did_you_mean(name, known) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("it is {}", list_or(&known)),
                };
                let message = match unknown {
                    Err(unknown) => unknown.to_string(),
                    Ok(_) => format!("a plan is not measured by {name}"),
                };
                problems.push(format!("error: --by: {}\n  help: {help}", clean(&message)));
            }
        }
    }
    if problems.is_empty() { Ok(columns) } else { Err(Failure::BadInput(problems.join("\n"))) }
}
