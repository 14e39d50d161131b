//! What is asked of the results, from the command line.

use clap::Args;

use super::counting::Beside;
use crate::cli::Failure;
use crate::cli::way_out::WayOut;
use crate::report::{Column, Filter, Query, Sheet, UnknownColumn, kept};
use crate::stats::Level;
use crate::text::{clean, clean_lines, did_you_mean, list_or};

/// What is asked of the results.
#[derive(Debug, Args)]
pub struct Asked {
    /// Group by region, county, cluster, case_type, period, reviewer, instrument, round,
    /// review_kind, month or stratum; give it again for a further column
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Count only reviews (or the item, or the participant) with this value; several values of
    /// one column widen, several columns narrow
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    pub filters: Vec<String>,
    /// A row over all groups after each line
    #[arg(long)]
    pub total: bool,
    /// For the public: counts that could give a person away are hidden, and others from which
    /// they could be worked out. Without it a report is internal
    #[arg(long)]
    pub public: bool,
    /// With --public: counts from 1 to under this are hidden; 11 when left out
    #[arg(
        long,
        value_name = "N",
        requires = "public",
        value_parser = clap::value_parser!(u64).range(3..=1000)
    )]
    pub threshold: Option<u64>,
    /// Confidence level of the intervals, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    pub level: f64,
    #[command(flatten)]
    pub way: WayOut,
}

/// The same where reviews that are not final can be counted too.
#[derive(Debug, Args)]
pub struct AskedCounts {
    #[command(flatten)]
    pub asked: Asked,
    /// Count reviews that are not final too, of cases read once: for leads. The report is
    /// marked, and a column `drafts` says how many count in each row
    #[arg(long, conflicts_with = "public")]
    pub drafts: bool,
}

/// The same of ratings.
#[derive(Debug, Args)]
pub struct AskedRatings {
    #[command(flatten)]
    pub counts: AskedCounts,
    /// Sub-items too
    #[arg(long)]
    pub sub_items: bool,
    /// Report all reviews under the item numbers of this instrument, where the meaning is the
    /// same; what is left out is said on stderr (items only)
    #[arg(long, value_name = "INSTRUMENT")]
    pub crosswalk: Option<String>,
    /// Each percentage also with the cases eliminated or not finished counted all as ANI and
    /// all as Strength (items only)
    #[arg(long, conflicts_with_all = ["crosswalk", "drafts"])]
    pub sensitivity: bool,
}

/// The columns of lines a report has, beside those of readings.
#[derive(Debug, Clone, Copy)]
pub struct LineColumns {
    /// What its lines are, in the plural.
    pub lines: &'static str,
    /// The columns.
    pub columns: &'static [Column],
}

impl AskedRatings {
    /// The query.
    ///
    /// # Errors
    /// Exit 2 with every problem of the options.
    pub fn query(&self, outcomes: bool) -> Result<Query, Failure> {
        let mut problems = Vec::new();
        if outcomes && self.crosswalk.is_some() {
            problems.push(
                "error: --crosswalk: outcomes are made of other items in another instrument\n  help: use it with `report items`"
                    .to_owned(),
            );
        }
        if outcomes && self.sensitivity {
            problems.push(
                "error: --sensitivity is for items\n  help: use it with `report items`".to_owned(),
            );
        }
        if self.counts.asked.public && self.sensitivity {
            problems.push(
                "error: --public: the cases that were not read are too few to publish percents \
                 with and without them\n  help: leave --sensitivity out"
                    .to_owned(),
            );
        }
        let columns: &[Column] = if outcomes { &[] } else { &[Column::Item] };
        let lines = if outcomes { "outcomes" } else { "items" };
        let query = self.counts.asked.collect(LineColumns { lines, columns }, problems)?;
        Ok(Query { sub_items: self.sub_items, drafts: self.counts.drafts, ..query })
    }
}

impl AskedCounts {
    /// The query.
    ///
    /// # Errors
    /// As [`Asked::query`].
    pub fn query(&self, lines: LineColumns) -> Result<Query, Failure> {
        Ok(Query { drafts: self.drafts, ..self.asked.query(lines)? })
    }
}

impl Asked {
    /// The query.
    ///
    /// # Errors
    /// Exit 2 with every problem of the options.
    pub fn query(&self, lines: LineColumns) -> Result<Query, Failure> {
        self.collect(lines, Vec::new())
    }

    /// Where nothing was found under filters, the filters: one of them may be misspelt.
    pub fn nothing_fits(&self, sheet: &Sheet, beside: &Beside) -> Option<String> {
        let named = |line: &str| {
            let values = self.filters.iter().filter_map(|filter| filter.split_once('='));
            line.contains("fits the filters")
                || values.map(|(_, value)| value).any(|value| line.contains(value))
        };
        let told = beside.said.iter().any(|line| named(line));
        let nothing = sheet.rows.is_empty() && !self.filters.is_empty() && !told;
        let filters = self.filters.join(" --where ");
        nothing.then(|| clean(&format!("nothing fits --where {filters}")).into_owned())
    }

    /// What the filters keep, in words; none without filters.
    pub fn kept(&self) -> Option<String> {
        let pairs = self.filters.iter().filter_map(|text| text.split_once('='));
        let pairs = pairs.map(|(name, value)| {
            // Reports on pairs of reviews have columns of their own.
            let title = Column::from_name(name.trim()).map(Column::title);
            (title.unwrap_or(name.trim()), value.trim())
        });
        kept(pairs)
    }

    /// The filters on the round.
    pub fn rounds(&self) -> Vec<Filter> {
        let pairs = self.filters.iter().filter_map(|text| text.split_once('='));
        let of_round = pairs.filter(|(name, _)| name.trim() == Column::Round.name());
        of_round
            .map(|(_, value)| Filter { column: Column::Round, value: value.trim().to_owned() })
            .collect()
    }

    fn collect(&self, lines: LineColumns, mut problems: Vec<String>) -> Result<Query, Failure> {
        let refused = |column: Column| column.is_of_line() && !lines.columns.contains(&column);
        let mut by = Vec::new();
        for name in &self.by {
            match Column::from_name(name) {
                Ok(column) if refused(column) => problems.push(format!(
                    "error: --by {column}: {} are not counted by {column}",
                    lines.lines,
                    column = column.name()
                )),
                Ok(column) => by.push(column),
                Err(unknown) => problems.push(unknown_column("--by", &unknown)),
            }
        }
        let mut filters = Vec::new();
        for text in &self.filters {
            let Some((name, value)) = text.split_once('=') else {
                problems.push(format!(
                    "error: --where {text}: no value\n  help: write it as --where region=Knox"
                ));
                continue;
            };
            match Column::from_name(name.trim()) {
                Ok(column) if refused(column) => problems.push(format!(
                    "error: --where {column}: {} have no {column}",
                    lines.lines,
                    column = column.name()
                )),
                Ok(column) => filters.push(Filter { column, value: value.trim().to_owned() }),
                Err(unknown) => problems.push(unknown_column("--where", &unknown)),
            }
        }
        if self.public && by.contains(&Column::Reviewer) {
            problems.push("error: --public: results by reviewer are not for the public".to_owned());
        }
        let level = Level::percent(self.level)
            .map_err(|error| problems.push(format!("error: --level: {error}")));
        match (level, problems.is_empty()) {
            (Ok(level), true) => {
                let (total, public) = (self.total, self.public);
                Ok(Query { by, filters, total, level, public, ..Query::default() })
            }
            _ => Err(Failure::BadInput(clean_lines(&problems.join("\n")).into_owned())),
        }
    }
}

fn unknown_column(option: &str, unknown: &UnknownColumn) -> String {
    let names = Column::ALL.map(Column::name);
    let help = match did_you_mean(&unknown.0, names) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("it is {}", list_or(&names)),
    };
    clean(&format!("error: {option}: {unknown}")).into_owned() + "\n  help: " + &help
}
