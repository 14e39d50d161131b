//! `pip plan|baseline|status`: the Program Improvement Plan.

mod measured;
mod plan;

use clap::{Args, Subcommand};

use super::output::note;
use super::way_out::WayOut;
use super::{Failure, Global, workspace};
use crate::pip::{
    baseline_page, baseline_sheet, baseline_text, status_page, status_text, strategy_sheet,
};
use crate::report::Column;
use crate::text::{clean, did_you_mean, list_or};

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
                    way.put_page(&baseline_page(&plan, &standing))?;
                    tell(&standing.notes);
                    return Ok(());
                }
                let sheet = baseline_sheet(&plan, &standing);
                let text = || baseline_text(&plan, &standing);
                way.put(global, text, &[("PIP baseline", &sheet)])?;
                tell(&standing.notes);
                Ok(())
            }
            What::Status { by, way } => {
                way.check(global)?;
                let columns = columns(&by)?;
                let workspace = workspace::open(global)?;
                let plan = plan_of(&workspace)?;
                let failed = |error| workspace::failure(workspace.path(), &error);
                let standing = measure(&workspace, &plan, &columns).map_err(failed)?;
                if global.is_page() {
                    way.put_page(&status_page(&plan, &standing))?;
                    tell(&standing.notes);
                    return Ok(());
                }
                let state = match columns.is_empty() {
                    true => standing.clone(),
                    false => measure(&workspace, &plan, &[]).map_err(failed)?,
                };
                let (status, strategies) = (standing.sheet(&plan), strategy_sheet(&standing));
                let baseline = baseline_sheet(&plan, &state);
                let mut tables = vec![("PIP status", &status), ("PIP baseline", &baseline)];
                if !strategies.rows.is_empty() {
                    tables.push(("Strategies", &strategies));
                }
                way.put(global, || status_text(&plan, &standing), &tables)?;
                tell(&standing.notes);
                Ok(())
            }
        }
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
