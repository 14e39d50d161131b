//! `report items|outcomes`: results of final readings.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::{Failure, Format, Global, source, workspace};
use crate::instrument::Instrument;
use crate::report::{
    ABSENT, Across, Column, Edition, Filter, FinalReading, Query, Tally, UnknownColumn, across,
    csv, items_text, json, outcomes_text,
};
use crate::review::{Ratings, Status};
use crate::stats::Level;
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::{clean, count, did_you_mean, list_or};

/// Results: how often items were a Strength, how far outcomes were achieved
#[derive(Debug, Args)]
pub struct Report {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, Subcommand)]
enum Subject {
    /// Strength, ANI and NA per item, with percent and interval
    Items(Asked),
    /// How far each outcome was achieved, with percent and interval
    Outcomes(Asked),
}

/// What is asked of the results.
#[derive(Debug, Args)]
struct Asked {
    /// Group by region, county, case_type, period, reviewer, instrument, item, round or
    /// review_kind; give it again for a further column
    #[arg(long, value_name = "COLUMN")]
    by: Vec<String>,
    /// Count only reviews (or the item) with this value; several values of one column widen,
    /// several columns narrow
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    filters: Vec<String>,
    /// A row over all groups after each item or outcome
    #[arg(long)]
    total: bool,
    /// Sub-items too
    #[arg(long)]
    sub_items: bool,
    /// Report all reviews under the item numbers of this instrument, where the meaning is the
    /// same; what is left out is said on stderr (items only)
    #[arg(long, value_name = "INSTRUMENT")]
    crosswalk: Option<String>,
    /// Confidence level of the intervals, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    level: f64,
}

impl Report {
    /// Counts and prints.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let (asked, outcomes) = match &self.subject {
            Subject::Items(asked) => (asked, false),
            Subject::Outcomes(asked) => (asked, true),
        };
        let query = asked.query(outcomes)?;
        let target = asked.crosswalk.as_deref().map(source::instrument).transpose()?;
        let workspace = workspace::open(global)?;
        let counted = tally_across(&workspace, query, target.as_deref())
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        print(&page(&counted.tally, outcomes, global.format.unwrap_or(Format::Text)))?;
        counted.said.iter().chain(&counted.mixed).for_each(|line| note(line));
        Ok(())
    }
}

fn page(tally: &Tally, outcomes: bool, format: Format) -> String {
    if outcomes {
        let table = tally.outcome_table();
        match format {
            Format::Text if table.rows.is_empty() => String::new(),
            Format::Text => outcomes_text(&table),
            Format::Json => json(&table.sheet()),
            Format::Csv => csv(&table.sheet()),
        }
    } else {
        let table = tally.item_table();
        match format {
            Format::Text if table.rows.is_empty() => String::new(),
            Format::Text => items_text(&table),
            Format::Json => json(&table.sheet()),
            Format::Csv => csv(&table.sheet()),
        }
    }
}

/// What was counted, and what must be said beside the numbers.
pub(super) struct Counted {
    /// The numbers.
    pub tally: Tally,
    /// What was not counted, and why.
    pub said: Vec<String>,
    /// Several periods, or several rounds, were counted together, and how to keep them apart.
    pub mixed: Option<String>,
    /// Every period that has a final review, in byte order, whatever the filters.
    pub periods: Vec<String>,
}

/// Counts the final readings of a workspace.
pub(super) fn tally(workspace: &Workspace, query: Query) -> Result<Counted, StoreError> {
    tally_across(workspace, query, None)
}

/// The same, all told under the item numbers of `target` if there is one.
fn tally_across(
    workspace: &Workspace,
    query: Query,
    target: Option<&Instrument>,
) -> Result<Counted, StoreError> {
    let mut readings = workspace.readings()?;
    let (mut hashes, mut instruments) = (Vec::<String>::new(), Vec::new());
    for reading in &readings {
        if !hashes.contains(&reading.instrument) {
            hashes.push(reading.instrument.clone());
            instruments.push(workspace.instrument(&reading.instrument)?);
        }
    }
    let (editions, left_out) = match target {
        None => (instruments.iter().map(|one| Edition::from(&**one)).collect(), Vec::new()),
        Some(target) => cross(&mut readings, &mut hashes, &instruments, target),
    };
    let edition_of = |reading: &'_ ReadingRow| {
        hashes.iter().position(|hash| *hash == reading.instrument).unwrap_or(usize::MAX)
    };
    let mut tally = Tally::new(&editions, query.clone());
    for reading in readings.iter().filter(|reading| reading.status == Status::Final) {
        tally.add(&seen(reading, edition_of(reading)));
    }
    let waiting = readings.iter().filter(|reading| {
        matches!(reading.status, Status::Submitted | Status::InQa)
            && tally.fits(&seen(reading, edition_of(reading)))
    });
    let mut waiting: Vec<_> = waiting.map(|reading| reading.number).collect();
    waiting.dedup();
    let mut said = left_out;
    said.extend(no_such_item(&editions, &query.filters));
    if tally.readings() == 0 {
        let finished: Vec<_> =
            readings.iter().filter(|reading| reading.status == Status::Final).collect();
        said.push(if finished.is_empty() {
            "nothing to report: no review is final yet".to_owned()
        } else {
            let finished = count(finished.len(), "final review", "final reviews");
            format!("nothing to report: none of {finished} fits the filters")
        });
        let facts = finished.iter().map(|reading| seen(reading, edition_of(reading)));
        said.extend(unheard_of(&tally, &query.filters, &facts.collect::<Vec<_>>()));
    }
    if !waiting.is_empty() {
        let cases = count(waiting.len(), "case is", "cases are");
        said.push(format!("{cases} handed in but not settled, and not counted"));
    }
    let finished = || readings.iter().filter(|reading| reading.status == Status::Final);
    let fitting: Vec<_> =
        finished().filter(|reading| tally.fits(&seen(reading, edition_of(reading)))).collect();
    let is_counted = no_such_item(&editions, &query.filters).is_empty();
    let mixed = mixed(&query, &fitting).filter(|_| is_counted);
    let periods: BTreeSet<&str> = finished().map(|reading| reading.period.as_str()).collect();
    let periods = periods.into_iter().map(str::to_owned).collect();
    Ok(Counted { tally, said, mixed, periods })
}

/// A report that keeps neither periods nor rounds apart though it counted several of them.
fn mixed(query: &Query, counted: &[&ReadingRow]) -> Option<String> {
    let parts = [(Column::Period, "periods"), (Column::Round, "rounds")];
    if parts.iter().any(|(column, _)| query.by.contains(column)) {
        return None;
    }
    parts.into_iter().find_map(|(column, several)| {
        let of = |reading: &&'_ ReadingRow| match column {
            Column::Period => reading.period.clone(),
            _ => reading.round.clone(),
        };
        let found: BTreeSet<String> = counted.iter().map(of).collect();
        let last = found.last().filter(|_| found.len() > 1)?;
        let (name, number) = (column.name(), found.len());
        Some(format!(
            "{number} {several} are counted together; --by {name} keeps them apart, \
             --where {name}={last} takes one"
        ))
    })
}

/// Tells readings under the item numbers of `target`. Gives that edition, which is then the
/// only one, and what must be said of what was left out.
fn cross(
    readings: &mut Vec<ReadingRow>,
    hashes: &mut Vec<String>,
    instruments: &[Arc<Instrument>],
    target: &Instrument,
) -> (Vec<Edition>, Vec<String>) {
    let from: Vec<&Instrument> = instruments.iter().map(|one| &**one).collect();
    let Across { edition, crossings, left_out } = across(&from, target);
    let before = readings.len();
    readings.retain_mut(|reading| {
        let at = hashes.iter().position(|hash| *hash == reading.instrument);
        let Some(crossing) = at.and_then(|at| crossings.get(at)) else { return false };
        let carried = crossing.carry(reading.ratings.as_bytes());
        reading.ratings = Ratings::from_bytes(&carried);
        reading.instrument = target.hash().to_owned();
        carried.iter().any(|rating| *rating != ABSENT)
    });
    *hashes = vec![target.hash().to_owned()];
    let mut said: Vec<String> =
        left_out.iter().map(|why| clean(&format!("left out: {why}")).into_owned()).collect();
    if before > readings.len() {
        let reviews = count(before - readings.len(), "review has", "reviews have");
        said.push(format!("{reviews} no item of the same meaning, and are not counted"));
    }
    (vec![edition], said)
}

/// A stored reading as reports see it.
fn seen(reading: &ReadingRow, edition: usize) -> FinalReading<'_> {
    FinalReading {
        edition,
        region: &reading.region,
        county: &reading.county,
        case_type: &reading.case_type,
        period: &reading.period,
        reviewer: &reading.reviewer,
        round: &reading.round,
        review_kind: reading.review_kind.code(),
        ratings: reading.ratings.as_bytes(),
    }
}

/// Items asked for that no instrument in use has.
fn no_such_item(editions: &[Edition], filters: &[Filter]) -> Vec<String> {
    let known: Vec<&str> = editions
        .iter()
        .flat_map(|edition| edition.items.iter().map(|item| item.id.as_str()))
        .collect();
    let wanted: Vec<&str> = filters
        .iter()
        .filter(|filter| filter.column == Column::Item)
        .map(|filter| filter.value.as_str())
        .collect();
    let unknown: Vec<&str> =
        wanted.iter().copied().filter(|id| !known.is_empty() && !known.contains(id)).collect();
    let nothing = if unknown.len() == wanted.len() { "nothing to report: " } else { "" };
    let say = |id: &&str| {
        let near = did_you_mean(id, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        clean(&format!("{nothing}there is no item {id}{near}")).into_owned()
    };
    unknown.iter().map(say).collect()
}

/// Filters that no final review meets even alone, with what may have been meant.
fn unheard_of(tally: &Tally, filters: &[Filter], readings: &[FinalReading<'_>]) -> Vec<String> {
    let mut said = Vec::new();
    for Filter { column, value } in filters.iter().filter(|f| f.column != Column::Item) {
        let known: BTreeSet<&str> =
            readings.iter().filter_map(|reading| tally.fact(*column, reading)).collect();
        if known.is_empty() || known.contains(value.as_str()) {
            continue;
        }
        let near = did_you_mean(value, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        let name = column.name();
        said.push(clean(&format!("no final review has {name}={value}{near}")).into_owned());
    }
    said
}

impl Asked {
    fn query(&self, outcomes: bool) -> Result<Query, Failure> {
        let mut problems = Vec::new();
        if outcomes && self.crosswalk.is_some() {
            problems.push(
                "error: --crosswalk: outcomes are made of other items in another instrument\n  help: use it with `report items`"
                    .to_owned(),
            );
        }
        let mut by = Vec::new();
        for name in &self.by {
            match Column::from_name(name) {
                Ok(Column::Item) if outcomes => {
                    problems.push("error: --by item: outcomes are not counted by item".to_owned());
                }
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
                Ok(Column::Item) if outcomes => {
                    problems.push("error: --where item: outcomes have no item".to_owned());
                }
                Ok(column) => filters.push(Filter { column, value: value.trim().to_owned() }),
                Err(unknown) => problems.push(unknown_column("--where", &unknown)),
            }
        }
        let level = Level::percent(self.level)
            .map_err(|error| problems.push(format!("error: --level: {error}")));
        match (level, problems.is_empty()) {
            (Ok(level), true) => {
                Ok(Query { by, filters, total: self.total, sub_items: self.sub_items, level })
            }
            _ => {
                Err(Failure::BadInput(crate::text::clean_lines(&problems.join("\n")).into_owned()))
            }
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
