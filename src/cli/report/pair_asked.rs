//! What reports on pairs of reviews share: which pairs, and where the report goes.

use clap::Args;

use super::asked::Asked;
use crate::cli::Failure;
use crate::cli::way_out::WayOut;
use crate::report::{PairColumn, PairFilter, pair_name};
use crate::text::{clean, clean_lines, did_you_mean, list_or};

/// Which pairs, and where the report goes.
#[derive(Debug, Args)]
pub(super) struct PairAsked {
    /// Count only cases (or the item) with this value, as in mode=file-only; several values of
    /// one column widen, several columns narrow
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<String>,
    /// Refused: it tells of the readers' work
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    way: WayOut,
}

impl PairAsked {
    /// Where the report goes, as other reports are asked.
    pub fn way_out(&self) -> Asked {
        Asked {
            by: Vec::new(),
            filters: self.filters.clone(),
            total: false,
            level: 95.0,
            public: self.public,
            threshold: None,
            way: self.way.clone(),
        }
    }

    /// The filters; what is wrong with them goes to the problems.
    pub fn filters(&self, problems: &mut Vec<String>) -> Vec<PairFilter> {
        let mut filters = Vec::new();
        for text in &self.filters {
            let Some((name, value)) = text.split_once('=') else {
                problems.push(format!(
                    "error: --where {text}: no value\n  help: write it as --where region=Knox"
                ));
                continue;
            };
            let value = value.trim().to_owned();
            match PairColumn::from_name(name.trim()) {
                Some(column @ PairColumn::Pair) => match two(&value) {
                    Some(value) => filters.push(PairFilter { column, value }),
                    None => problems.push(not_two("--where pair", &value)),
                },
                Some(column) => filters.push(PairFilter { column, value }),
                None => problems.push(unknown("--where", name.trim(), &[])),
            }
        }
        filters
    }

    /// Refuses problems, all of them together.
    ///
    /// # Errors
    /// Exit 2 where there is one.
    pub fn refuse(problems: &[String]) -> Result<(), Failure> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Failure::BadInput(clean_lines(&problems.join("\n")).into_owned()))
    }
}

/// A name that is no column of pairs, nor one of these.
pub(super) fn unknown(option: &str, name: &str, more: &[&str]) -> String {
    let columns = PairColumn::ALL.map(PairColumn::name);
    let mut names: Vec<&str> = more.to_vec();
    names.extend(columns.into_iter().filter(|column| !more.contains(column)));
    let help = match did_you_mean(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("it is {}", list_or(&names)),
    };
    let said = if ["worker", "caseworker", "supervisor"].contains(&name) {
        format!("error: {option}: there is no report by {name}: results are not a staff appraisal")
    } else {
        format!("error: {option}: agreement is not counted by {name}")
    };
    clean(&said).into_owned() + "\n  help: " + &help
}

/// Two codes as a pair is named, the smaller first.
pub(super) fn two(text: &str) -> Option<String> {
    let codes: Vec<&str> = text.split(['+', ',']).map(str::trim).collect();
    let [one, other] = codes.as_slice() else { return None };
    let is_pair = !one.is_empty() && !other.is_empty() && one != other;
    is_pair.then(|| pair_name(&[(*one).to_owned(), (*other).to_owned()]))
}

/// What is said of a text that names no two people.
pub(super) fn not_two(option: &str, text: &str) -> String {
    format!("error: {option} {text}: not two people\n  help: write their codes as in anna+john")
}
