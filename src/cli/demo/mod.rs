//! `demo`: a practice workspace, made the first time and opened again after that.

mod build;
mod chance;
mod fill;
mod invent;
mod story;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::desk::Desk;
use super::output::{note, print};
use super::{Failure, Format, Global, interface, report, workspace};
use crate::exchange::write_private;
use crate::report::{Column, Query, csv, items_text, json};
use crate::review::PersonCode;
use crate::store::Workspace;
use crate::text::clean;

/// A practice workspace with invented cases to try everything on
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder of the practice workspace; opened again if it is there
    #[arg(long, value_name = "FOLDER", default_value = "casereview-demo")]
    dir: PathBuf,
    /// How many cases are read; past the sample they lie in earlier periods
    #[arg(long, value_name = "N")]
    cases: Option<usize>,
    /// What the draw and all answers are made from
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    /// Begin anew: the practice workspace in the folder is removed
    #[arg(long)]
    fresh: bool,
}

const CASES: usize = 42;
const SEED: &str = "20261001";
const FILE: &str = "casereview.db";

impl Demo {
    /// Makes or opens the workspace, then the interface or, without a terminal, the report.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let path = self.dir.join(FILE);
        if self.fresh {
            remove(&path)?;
        }
        let workspace = if path.exists() {
            if self.cases.is_some() || self.seed.is_some() {
                let there = path.display();
                note(&format!("{there} is there already and stays as it is; --fresh begins anew"));
            }
            Workspace::open(&path, global.user.as_deref())
                .map_err(|error| workspace::failure(&path, &error))?
        } else {
            self.make(&path, global)?
        };
        if global.plain || interface::has_terminal(global) {
            let mut desk = Desk::new(workspace);
            let mut app = interface::start(&desk)?;
            return interface::run(&mut app, &mut desk, global);
        }
        show(&workspace, global)
    }

    /// Builds under another name first: what has the name is whole.
    fn make(&self, path: &Path, global: &Global) -> Result<Workspace, Failure> {
        let cannot = |path: &Path, error: std::io::Error| {
            let text = format!("error: {} can't be written: {error}", path.display());
            Failure::Workspace(clean(&text).into_owned())
        };
        fs::create_dir_all(&self.dir).map_err(|error| cannot(&self.dir, error))?;
        let user = global.user.as_deref().unwrap_or("lead");
        let user: PersonCode = user
            .parse()
            .map_err(|bad| Failure::BadInput(clean(&format!("error: --as: {bad}")).into_owned()))?;
        let wanted = build::Wanted {
            read: self.cases.unwrap_or(CASES),
            seed: self.seed.as_deref().unwrap_or(SEED),
            user,
        };
        if wanted.read > 2_000 {
            note("inventing reviews, this takes a moment");
        }
        let part = path.with_file_name(format!(".{FILE}.{}.part", std::process::id()));
        let built = build::build(&part, &wanted).map(drop);
        // Closing it moved everything into the one file.
        let named =
            built.and_then(|()| fs::rename(&part, path).map_err(|error| cannot(path, error)));
        if named.is_err() {
            remove_with_side_files(&part);
        }
        named?;
        let (frame, plan) = (self.dir.join("tennessee-frame.csv"), self.dir.join("plan.toml"));
        let pip = self.dir.join("pip-plan.toml");
        let files = [(&frame, build::FRAME), (&plan, build::PLAN), (&pip, build::PIP_PLAN)];
        write_private(&files.map(|(path, text)| (path.as_path(), text.as_bytes())))
            .map_err(|(path, error)| cannot(&path, error))?;
        Workspace::open(path, global.user.as_deref())
            .map_err(|error| workspace::failure(path, &error))
    }
}

/// Removes a practice workspace; anything else stays.
fn remove(path: &Path) -> Result<(), Failure> {
    if !path.exists() {
        return Ok(());
    }
    let rounds = Workspace::open(path, None).and_then(|open| open.rounds());
    let practice = rounds.is_ok_and(|rounds| rounds.iter().any(|round| round.name == build::NAME));
    if !practice {
        return Err(Failure::BadInput(format!(
            "error: {} is not a practice workspace, so --fresh leaves it\n  help: name another folder with --dir",
            clean(&path.display().to_string())
        )));
    }
    remove_with_side_files(path);
    Ok(())
}

fn remove_with_side_files(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        // What is not there need not go.
        let _ = fs::remove_file(name);
    }
}

/// Without a terminal: the region report, and where the workspace lies.
fn show(workspace: &Workspace, global: &Global) -> Result<(), Failure> {
    let query = Query { total: true, ..Query::by(&[Column::Region]) };
    let (tally, beside) = report::tally(workspace, query)
        .map_err(|error| workspace::failure(workspace.path(), &error))?;
    let table = tally.item_table();
    let path = workspace.path().display().to_string();
    let lies = clean(&format!("practice workspace, all cases invented: {path}")).into_owned();
    match global.format.unwrap_or(Format::Text) {
        Format::Text => print(&format!("{}\n{lies}\n", items_text(&table)))?,
        Format::Json => print(&json(&table.sheet()))?,
        Format::Csv => print(&csv(&table.sheet()))?,
    }
    if !matches!(global.format, None | Some(Format::Text)) {
        note(&lies);
    }
    beside.lines().iter().chain(&beside.mixed).for_each(|line| note(line));
    Ok(())
}
