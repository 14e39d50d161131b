//! `stats estimate`: a stratified estimate.

use std::collections::HashMap;

use clap::Args;

use super::figures::{Figure, Figures};
use super::{Confidence, Table, new_name, whole};
use crate::cli::{Failure, Global};
use crate::exchange::Problem;
use crate::stats::{EstimateError, StratumCount, stratified};
use crate::text::count;

/// Estimate a proportion from a stratified sample of a finite frame
#[derive(Debug, Args)]
pub(super) struct Estimate {
    #[command(flatten)]
    table: Table,
    #[command(flatten)]
    confidence: Confidence,
}

impl Estimate {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let level = self.confidence.level()?;
        let mut seen = HashMap::new();
        let mut places: Vec<(u64, String)> = Vec::new();
        let mut strata = Vec::new();
        let columns = ["stratum", "N", "n", "applicable", "strength"];
        let mut problems = self.table.gather(&columns, |row, problems| {
            let before = problems.len();
            let name = new_name(&mut seen, &row, "stratum", problems);
            let mut next = |at: usize| whole(&row, at, columns[at], problems);
            let stratum = StratumCount {
                frame: next(1),
                sampled: next(2),
                applicable: next(3),
                strength: next(4),
            };
            // What can't be read has its problem; counts are compared where all were read.
            if problems.len() == before {
                places.push((row.line, name));
                strata.push(stratum);
            }
        })?;
        let found = stratified(&strata, level).unwrap_or_else(|wrong| {
            problems.extend(wrong.into_iter().map(|(at, error)| impossible(&places[at], error)));
            None
        });
        problems.sort_by_key(|problem| problem.line);
        self.table.refuse(problems)?;
        let mut notes = Vec::new();
        match &found {
            None => notes.push("no sampled case is applicable".to_owned()),
            Some(found) => {
                if found.lonely > 0 {
                    let lonely = usize::try_from(found.lonely).unwrap_or(usize::MAX);
                    notes.push(format!(
                        "{} with one sampled case centred at the grand mean",
                        count(lonely, "stratum", "strata")
                    ));
                }
                if found.student.is_none() {
                    notes.push("no degree of freedom: no t interval".to_owned());
                }
                if found.cut {
                    notes.push("an interval was cut at 0 or 1".to_owned());
                }
            }
        }
        let share = |value: Option<f64>| Figure::Share(value);
        let student = found.and_then(|found| found.student);
        let degrees = match &found {
            Some(found) => Figure::Count(found.degrees),
            None => Figure::Share(None),
        };
        Figures(vec![
            ("estimate", share(found.map(|found| found.proportion))),
            ("se", share(found.map(|found| found.error))),
            ("low", share(found.map(|found| found.normal.low))),
            ("high", share(found.map(|found| found.normal.high))),
            ("t_low", share(student.map(|interval| interval.low))),
            ("t_high", share(student.map(|interval| interval.high))),
            ("degrees_of_freedom", degrees),
            ("note", Figure::Note((!notes.is_empty()).then(|| notes.join("; ")))),
        ])
        .print(global)
    }
}

fn impossible((line, name): &(u64, String), error: EstimateError) -> Problem {
    let problem = Problem::on(*line, format!("stratum {name:?}: {error}"));
    match error {
        EstimateError::Unsampled { .. } => problem.help("join it to a stratum that was sampled"),
        _ => problem,
    }
}
