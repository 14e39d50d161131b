//! `stats interval`, `goal`, `size`, `change`: one proportion or two.

use clap::{Args, ValueEnum};

use super::figures::{Figure, Figures};
use super::{Confidence, bad, within};
use crate::cli::{Failure, Global};
use crate::stats::{PIP_Z, exact, newcombe, pip_goal, sample_size, wilson};

const NO_CASE: &str = "n is 0: no applicable case, nothing to say";

/// Which interval.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Wilson's score interval
    Wilson,
    /// Clopper and Pearson's exact interval
    Exact,
}

/// The interval of one proportion
#[derive(Debug, Args)]
pub(super) struct Interval {
    /// Strengths
    #[arg(long)]
    x: u64,
    /// Applicable cases
    #[arg(long)]
    n: u64,
    #[command(flatten)]
    confidence: Confidence,
    /// Kind of interval
    #[arg(long, value_enum, default_value = "wilson")]
    method: Method,
}

impl Interval {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let level = self.confidence.level()?;
        within(self.x, self.n, "--x", "--n")?;
        let (name, interval) = match self.method {
            Method::Wilson => ("wilson", wilson(self.x, self.n, level)),
            Method::Exact => ("exact", exact(self.x, self.n, level)),
        };
        let mut figures = vec![
            ("x", Figure::Count(self.x)),
            ("n", Figure::Count(self.n)),
            ("proportion", Figure::Share(interval.map(|_| self.x as f64 / self.n as f64))),
            ("low", Figure::Share(interval.map(|interval| interval.low))),
            ("high", Figure::Share(interval.map(|interval| interval.high))),
            ("method", Figure::Word(name)),
            ("level", Figure::Number(level.as_percent())),
        ];
        if interval.is_none() {
            figures.push(("note", Figure::Note(Some(NO_CASE.to_owned()))));
        }
        Figures(figures).print(global)
    }
}

/// The goal of a Program Improvement Plan from its baseline
#[derive(Debug, Args)]
pub(super) struct Goal {
    /// Strengths of the baseline
    #[arg(long)]
    x: u64,
    /// Applicable cases of the baseline
    #[arg(long)]
    n: u64,
    /// Standard errors above the baseline
    #[arg(long, default_value_t = PIP_Z)]
    z: f64,
}

impl Goal {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        within(self.x, self.n, "--x", "--n")?;
        if !(0.0..=10.0).contains(&self.z) {
            return Err(bad(&format!("--z {} is not between 0 and 10", self.z)));
        }
        let goal = pip_goal(self.x, self.n, self.z);
        let note = match goal {
            Some(goal) => goal.note(),
            None => Some(NO_CASE),
        };
        Figures(vec![
            ("baseline", Figure::Share(goal.map(|goal| goal.baseline))),
            ("n", Figure::Count(self.n)),
            ("z", Figure::Number(self.z)),
            ("margin", Figure::Share(goal.map(|goal| goal.margin))),
            ("goal", Figure::Share(goal.map(|goal| goal.goal))),
            ("note", Figure::Note(note.map(str::to_owned))),
        ])
        .print(global)
    }
}

/// How many cases to read for a margin
#[derive(Debug, Args)]
pub(super) struct Size {
    /// Cases in the frame
    #[arg(long)]
    frame: u64,
    /// Half the interval's width: 0.05 is five points
    #[arg(long)]
    margin: f64,
    #[command(flatten)]
    confidence: Confidence,
    /// The proportion expected; 0.5 is the safe side
    #[arg(long, default_value_t = 0.5)]
    p: f64,
}

impl Size {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let level = self.confidence.level()?;
        let n = sample_size(self.frame, self.margin, level, self.p).map_err(|error| bad(&error))?;
        Figures(vec![("n", Figure::Count(n))]).print(global)
    }
}

/// The difference of two proportions, first less second
#[derive(Debug, Args)]
pub(super) struct Change {
    /// Strengths of the first
    #[arg(long)]
    x1: u64,
    /// Applicable cases of the first
    #[arg(long)]
    n1: u64,
    /// Strengths of the second
    #[arg(long)]
    x2: u64,
    /// Applicable cases of the second
    #[arg(long)]
    n2: u64,
    #[command(flatten)]
    confidence: Confidence,
}

impl Change {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let level = self.confidence.level()?;
        within(self.x1, self.n1, "--x1", "--n1")?;
        within(self.x2, self.n2, "--x2", "--n2")?;
        let change = newcombe(self.x1, self.n1, self.x2, self.n2, level);
        let mut figures = vec![
            ("difference", Figure::Share(change.map(|change| change.difference))),
            ("low", Figure::Share(change.map(|change| change.interval.low))),
            ("high", Figure::Share(change.map(|change| change.interval.high))),
            ("method", Figure::Word("newcombe")),
        ];
        if change.is_none() {
            let note = "a period without an applicable case can't be compared".to_owned();
            figures.push(("note", Figure::Note(Some(note))));
        }
        Figures(figures).print(global)
    }
}
