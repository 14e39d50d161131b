//! `frame import`: the list cases are drawn from, settled before any seed is given.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::sample::files;
use super::{Failure, Global, round, workspace};
use crate::exchange::frame_csv;
use crate::review::{Command, ImportFrame, Note, StratumSize};
use crate::sampling::{self, Draw, Frame as SamplingFrame, Plan};
use crate::text::{clean, count};

/// The list cases are drawn from
#[derive(Debug, Args)]
pub struct Frame {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Take in a frame with its plan: hashes and counts stand in the log from then on
    Import {
        /// CSV file or Excel workbook of all cases
        file: PathBuf,
        /// Plan of the draw, a TOML file
        #[arg(long, value_name = "PLAN.toml")]
        plan: PathBuf,
        /// Round; without it the last one that is open
        #[arg(long, value_name = "N")]
        round: Option<String>,
    },
}

impl Frame {
    /// Reads both files and, if nothing is wrong with them, takes them in.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let What::Import { file, plan, round } = self.what;
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let round = round::find(&workspace, round.as_deref())?;
        let plan_name = plan.display().to_string();
        let plan = files::plan(&plan_name, &files::text(&plan)?)?;
        let frame = files::frame(&file, plan.mapping())?;
        files::tell_repeated(&frame);
        let bytes = std::fs::read(&file)
            .map_err(|error| files::bad(&format!("{} can't be read: {error}", file.display())))?;
        if sampling::Hash::of(&bytes) != frame.file_hash() {
            return Err(files::bad(&format!("{} was changed just now", file.display())));
        }
        // The log holds text: a workbook goes in as the CSV of its cases.
        let workbook = bytes.starts_with(b"PK");
        let text = String::from_utf8(bytes).ok().filter(|_| !workbook);
        let text = text.unwrap_or_else(|| frame_csv(&frame));
        let edition = workspace
            .instrument(&round.instrument)
            .map_err(|error| workspace::failure(&path, &error))?;
        case_types(&frame, &edition)?;
        let strata = strata(&frame, &plan)
            .map_err(|problems| files::draw_problems(&plan_name, &problems))?;
        let command = Command::ImportFrame(ImportFrame {
            round: round.id,
            file_hash: frame.file_hash().to_string(),
            canonical_hash: frame.canonical_hash().to_string(),
            rows: frame.len() as u64,
            strata: strata.clone(),
            sampling: plan.sampling().map(round::of_period),
            under_review: plan.under_review().map(round::of_period),
            plan: plan.text().to_owned(),
            frame: text,
        });
        let done = workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
        if done.notes.contains(&Note::AlreadyImported(1)) {
            note("this frame with this plan was taken in already: nothing changed");
            return Ok(());
        }
        let eligible: u64 = strata.iter().map(|stratum| stratum.size).sum();
        let asked: u64 = strata.iter().map(|stratum| stratum.n).sum();
        print(&clean_lines(&format!(
            "frame of {} taken in: {eligible} eligible in {}, {asked} to draw\nhash {}\n",
            count(frame.len(), "case", "cases"),
            count(strata.len(), "stratum", "strata"),
            frame.canonical_hash(),
        )))
    }
}

fn clean_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", clean(line))).collect()
}

/// Every case type of the frame must be one of the instrument's.
fn case_types(
    frame: &SamplingFrame,
    edition: &crate::instrument::Instrument,
) -> Result<(), Failure> {
    let mut unknown: Vec<&str> = frame
        .cases()
        .map(|case| case.fact(sampling::Field::CaseType))
        .filter(|code| edition.find_case_type(code).is_none())
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    if unknown.is_empty() {
        return Ok(());
    }
    let codes: Vec<&str> = edition.case_types().iter().map(|t| t.code.as_str()).collect();
    let lines: String = unknown
        .iter()
        .map(|code| match *code {
            "" => "error: some cases have no case type\n".to_owned(),
            code => format!("error: case type {} is not one of the instrument's\n", clean(code)),
        })
        .collect();
    let known = crate::text::list_or(&codes);
    Err(Failure::BadInput(format!(
        "{lines}  help: name {known} in [values.case_type] of the plan\n"
    )))
}

/// Eligible cases and sizes by stratum. They hang on frame and plan alone: any seed gives
/// the same.
fn strata(
    frame: &SamplingFrame,
    plan: &Plan,
) -> Result<Vec<StratumSize>, Vec<sampling::DrawProblem>> {
    Ok(sizes(&sampling::draw(frame, plan, "counts")?))
}

/// A draw's sizes by stratum, as the log holds them.
pub fn sizes(draw: &Draw) -> Vec<StratumSize> {
    let size = |stratum: &sampling::DrawnStratum| StratumSize {
        stratum: stratum.name.clone(),
        size: stratum.frame,
        n: stratum.size,
    };
    draw.strata.iter().map(size).collect()
}
