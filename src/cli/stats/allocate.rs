//! `stats allocate`: a sample shared out to strata.

use std::collections::HashMap;

use clap::Args;
use serde::Serialize;

use super::figures::table;
use super::{Table, bad, new_name, whole};
use crate::cli::output::print;
use crate::cli::{Failure, Format, Global};
use crate::stats::{Stratum, allocate};
use crate::text::{clean, fit, fit_right, guard, width};

/// Share a sample out to strata by largest remainder
#[derive(Debug, Args)]
pub(super) struct Allocate {
    #[command(flatten)]
    table: Table,
    /// Cases to give
    #[arg(long)]
    n: u64,
    /// Cases that every stratum gets at least
    #[arg(long, default_value_t = 0)]
    minimum: u64,
}

#[derive(Serialize)]
struct Line<'l> {
    stratum: &'l str,
    size: u64,
    n: u64,
}

impl Allocate {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let mut seen = HashMap::new();
        let mut rows: Vec<(String, u64)> = Vec::new();
        self.table.each(&["stratum", "size"], |row, problems| {
            let name = new_name(&mut seen, &row, "stratum", problems);
            rows.push((name, whole(&row, 1, "size", problems)));
        })?;
        let strata: Vec<Stratum<'_>> =
            rows.iter().map(|(name, size)| Stratum { name, size: *size }).collect();
        let given = allocate(&strata, self.n, self.minimum).map_err(|error| bad(&error))?;
        let lines: Vec<Line<'_>> = strata
            .iter()
            .zip(given)
            .map(|(stratum, n)| Line { stratum: stratum.name, size: stratum.size, n })
            .collect();
        print(&match global.format.unwrap_or(Format::Csv) {
            Format::Csv => csv(&lines),
            Format::Json => {
                serde_json::to_string_pretty(&lines).expect("lines are words and counts") + "\n"
            }
            Format::Text => text(&lines),
        })
    }
}

fn csv(lines: &[Line<'_>]) -> String {
    let rows = lines
        .iter()
        .map(|line| [guard(line.stratum).into_owned(), line.size.to_string(), line.n.to_string()]);
    table(&["stratum", "size", "n"], rows)
}

fn text(lines: &[Line<'_>]) -> String {
    let names: Vec<_> = lines.iter().map(|line| clean(line.stratum)).collect();
    let columns = names.iter().map(|name| width(name)).max().unwrap_or(0).clamp(7, 60);
    let mut out =
        format!("{}{}{}\n", fit("stratum", columns), fit_right("size", 10), fit_right("n", 10));
    for (line, name) in lines.iter().zip(&names) {
        let counts = [line.size, line.n].map(|count| fit_right(&count.to_string(), 10));
        out += &format!("{}{}\n", fit(name, columns), counts.concat());
    }
    out
}
