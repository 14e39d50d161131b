//! `stats`: the formulas by themselves, without a workspace.

mod agreement;
mod allocate;
mod estimate;
mod figures;
mod proportion;

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Failure, Global};
use crate::exchange::{Columns, Problem, Row, Rows, problems_text};
use crate::stats::Level;
use crate::text::clean;

/// Proportions, goals, sample sizes, allocation, agreement, estimates
#[derive(Debug, Args)]
pub struct Stats {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Interval(proportion::Interval),
    Goal(proportion::Goal),
    Size(proportion::Size),
    Change(proportion::Change),
    Allocate(allocate::Allocate),
    Agreement(agreement::Agreement),
    Estimate(estimate::Estimate),
}

impl Stats {
    /// Computes and prints.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Interval(what) => what.run(global),
            What::Goal(what) => what.run(global),
            What::Size(what) => what.run(global),
            What::Change(what) => what.run(global),
            What::Allocate(what) => what.run(global),
            What::Agreement(what) => what.run(global),
            What::Estimate(what) => what.run(global),
        }
    }
}

/// A confidence level option.
#[derive(Debug, Args)]
struct Confidence {
    /// Confidence level in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    level: f64,
}

impl Confidence {
    fn level(&self) -> Result<Level, Failure> {
        Level::percent(self.level).map_err(|error| bad(&error))
    }
}

/// Bad arguments, in one line.
fn bad(message: &impl std::fmt::Display) -> Failure {
    Failure::BadInput(clean(&format!("error: {message}")).into_owned())
}

/// Refuses a count that is larger than its whole.
fn within(x: u64, of: u64, x_name: &str, of_name: &str) -> Result<(), Failure> {
    if x <= of {
        return Ok(());
    }
    Err(bad(&format!("{x_name} {x} is more than {of_name} {of}")))
}

/// A CSV file, or stdin for `-`.
#[derive(Debug, Args)]
struct Table {
    /// CSV file with a header row (- reads stdin)
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Table {
    fn name(&self) -> String {
        if self.is_stdin() { "stdin".to_owned() } else { self.file.display().to_string() }
    }
    fn is_stdin(&self) -> bool {
        self.file == Path::new("-")
    }

    /// Reads every row; all problems together are exit 2.
    fn each(
        &self,
        required: &[&str],
        each: impl FnMut(Row<'_>, &mut Vec<Problem>),
    ) -> Result<(), Failure> {
        let problems = self.gather(required, each)?;
        self.refuse(problems)
    }

    /// As [`each`](Self::each), of bytes read before.
    fn each_of(
        &self,
        bytes: &[u8],
        required: &[&str],
        each: impl FnMut(Row<'_>, &mut Vec<Problem>),
    ) -> Result<(), Failure> {
        let mut problems = Vec::new();
        match Rows::new(bytes, Columns { required, optional: &[], otherwise: "" }) {
            Ok(rows) => rows.each(&mut problems, each),
            Err(found) => problems = found,
        }
        self.refuse(problems)
    }

    /// The whole file.
    fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let read = if self.is_stdin() {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(&self.file)
        };
        read.map_err(|error| bad(&format!("{} can't be read: {error}", self.name())))
    }

    /// Reads every row and hands back the problems, for commands that find more.
    fn gather(
        &self,
        required: &[&str],
        each: impl FnMut(Row<'_>, &mut Vec<Problem>),
    ) -> Result<Vec<Problem>, Failure> {
        let bytes = self.bytes()?;
        let mut problems = Vec::new();
        match Rows::new(&bytes, Columns { required, optional: &[], otherwise: "" }) {
            Ok(rows) => rows.each(&mut problems, each),
            Err(found) => problems = found,
        }
        Ok(problems)
    }

    fn refuse(&self, problems: Vec<Problem>) -> Result<(), Failure> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Failure::BadInput(problems_text(&self.name(), &problems)))
    }
}

/// A whole number in a cell; what isn't one becomes a problem and counts as 0.
fn whole(row: &Row<'_>, column: usize, name: &str, problems: &mut Vec<Problem>) -> u64 {
    let cell = row.value(column);
    let number = Some(cell).filter(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
    // Sums of sizes stay within whole numbers of 64 bits.
    match number.and_then(|cell| cell.parse::<u32>().ok()) {
        Some(number) => u64::from(number),
        None => {
            let message = if cell.is_empty() {
                format!("{name} is missing")
            } else {
                format!("{name} {cell:?} is not a whole number")
            };
            problems.push(Problem::on(row.line, message).help("give a whole number from 0 up"));
            0
        }
    }
}

/// Refuses a name that is empty or stood on an earlier line.
fn new_name(
    seen: &mut std::collections::HashMap<String, u64>,
    row: &Row<'_>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> String {
    let stratum = row.value(0).to_owned();
    if stratum.is_empty() {
        problems.push(Problem::on(row.line, format!("{name} is missing")));
    } else if let Some(first) = seen.insert(stratum.clone(), row.line) {
        let message = format!("{name} {stratum:?} stands on line {first} too");
        problems.push(Problem::on(row.line, message));
    }
    stratum
}
