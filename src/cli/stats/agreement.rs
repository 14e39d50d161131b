//! `stats agreement`: two readers, item by item.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::os::unix::fs::FileExt;

use clap::Args;
use serde::Serialize;

use super::figures::table;
use super::{Confidence, Table, bad};
use crate::cli::output::{note, print};
use crate::cli::{Failure, Format, Global};
use crate::exchange::{CountedPairs, Problem, count_pairs};
use crate::stats::{self, Coefficient, Level, Reader, percent_cell, percent_text, proportion_text};
use crate::text::{clean, did_you_mean, guard, list_and};

/// How far two readers agree, item by item
#[derive(Debug, Args)]
pub(super) struct Agreement {
    #[command(flatten)]
    table: Table,
    /// Every rating that could be given; else those that occur
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    categories: Vec<String>,
    #[command(flatten)]
    confidence: Confidence,
}

/// The pairs of one item.
#[derive(Default)]
struct Pairs {
    pairs: Vec<(String, String)>,
    missing: u64,
}

impl Agreement {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let level = self.confidence.level()?;
        let categories = self.categories()?;
        let known = categories.as_deref();
        let items = match self.counted_in_file(known) {
            Some(items) => items,
            None => {
                let bytes = self.table.bytes()?;
                match counted(&bytes, known) {
                    Some(items) => items,
                    None => self.read(&bytes, known)?,
                }
            }
        };
        if items.is_empty() {
            note(&format!("note: {} holds no pair", clean(&self.table.name())));
        }
        let lines: Vec<Line> =
            items.into_iter().map(|item| Line::new(item, categories.as_deref(), level)).collect();
        print(&match global.format.unwrap_or(Format::Json) {
            Format::Json => {
                serde_json::to_string_pretty(&lines).expect("lines are words and numbers") + "\n"
            }
            Format::Csv => csv(&lines),
            Format::Text => lines.iter().map(Line::text).collect(),
        })
    }

    fn categories(&self) -> Result<Option<Vec<String>>, Failure> {
        let names: Vec<String> =
            self.categories.iter().map(|name| name.trim().to_owned()).collect();
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() {
                return Err(bad(&"--categories holds an empty name"));
            }
            if names[..at].contains(name) {
                return Err(bad(&format!("--categories names {name} twice")));
            }
        }
        Ok((!names.is_empty()).then_some(names))
    }

    /// The pairs of a plain file, of which a part at a time is in memory.
    fn counted_in_file(&self, categories: Option<&[String]>) -> Option<Vec<CountedPairs>> {
        let file = File::open(&self.table.file).ok().filter(|_| !self.table.is_stdin())?;
        let about = file.metadata().ok().filter(|about| about.is_file())?;
        let length = usize::try_from(about.len()).ok()?;
        count_pairs(length, |offset, bytes| file.read_exact_at(bytes, offset as u64), categories)
    }

    /// Items in order of first appearance, read row by row.
    fn read(
        &self,
        bytes: &[u8],
        categories: Option<&[String]>,
    ) -> Result<Vec<CountedPairs>, Failure> {
        let mut items: Vec<(String, Pairs)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut seen: HashMap<(String, String), u64> = HashMap::new();
        self.table.each_of(bytes, &["unit", "item", "first", "second"], |row, problems| {
            let [unit, item, first, second] = [0, 1, 2, 3].map(|at| row.value(at).to_owned());
            for (name, value) in [("unit", &unit), ("item", &item)] {
                if value.is_empty() {
                    problems.push(Problem::on(row.line, format!("{name} is missing")));
                }
            }
            if let Some(line) = seen.insert((unit.clone(), item.clone()), row.line) {
                let message = format!("item {item:?} of unit {unit:?} stands on line {line} too");
                problems.push(Problem::on(row.line, message));
            }
            for (name, value) in [("first", &first), ("second", &second)] {
                problems.extend(unknown(row.line, name, value, categories));
            }
            let at = *places.entry(item.clone()).or_insert_with(|| {
                items.push((item, Pairs::default()));
                items.len() - 1
            });
            let pairs = &mut items[at].1;
            if first.is_empty() || second.is_empty() {
                pairs.missing += 1;
            } else {
                pairs.pairs.push((first, second));
            }
        })?;
        Ok(items.into_iter().map(|(item, pairs)| pairs.counted(item)).collect())
    }
}

/// The pairs of plain bytes; what else there is, and every fault, is left to
/// [`Agreement::read`].
fn counted(bytes: &[u8], categories: Option<&[String]>) -> Option<Vec<CountedPairs>> {
    let read = |offset: usize, into: &mut [u8]| {
        into.copy_from_slice(&bytes[offset..offset + into.len()]);
        Ok(())
    };
    count_pairs(bytes.len(), read, categories)
}

impl Pairs {
    fn counted(self, item: String) -> CountedPairs {
        let given: BTreeSet<&String> = self.pairs.iter().flat_map(|(a, b)| [a, b]).collect();
        let categories: Vec<String> = given.into_iter().cloned().collect();
        let mut table = vec![vec![0; categories.len()]; categories.len()];
        let place = |rating: &String| categories.binary_search(rating);
        for (first, second) in &self.pairs {
            if let (Ok(first), Ok(second)) = (place(first), place(second)) {
                table[first][second] += 1;
            }
        }
        CountedPairs { item, categories, table, missing: self.missing }
    }
}

fn unknown(line: u64, name: &str, value: &str, known: Option<&[String]>) -> Option<Problem> {
    let known = known?;
    if value.is_empty() || known.iter().any(|word| word == value) {
        return None;
    }
    let problem = Problem::on(line, format!("{name} {value:?} is not among the categories"));
    Some(match did_you_mean(value, known.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean {near}?")),
        None => problem.help(format!("they are {}", list_and(known))),
    })
}

#[derive(Serialize)]
struct Line {
    item: String,
    n: u64,
    missing: u64,
    categories: Vec<String>,
    table: Vec<Vec<u64>>,
    agreement: Share,
    kappa: Figure,
    ac1: Figure,
    alpha: Alpha,
    #[serde(skip)]
    same: u64,
}

#[derive(Serialize)]
struct Share {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Serialize)]
struct Figure {
    value: Option<f64>,
    se: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    note: Option<String>,
}

#[derive(Serialize)]
struct Alpha {
    value: Option<f64>,
    note: Option<String>,
}

/// A table of some categories as one of all that could be given.
fn spread(given: &[String], table: &[Vec<u64>], all: &[String]) -> Vec<Vec<u64>> {
    let place = |rating: &String| all.iter().position(|known| known == rating);
    let places: Vec<Option<usize>> = given.iter().map(place).collect();
    let mut spread = vec![vec![0; all.len()]; all.len()];
    for (row, first) in table.iter().zip(&places) {
        for (count, second) in row.iter().zip(&places) {
            if let (Some(first), Some(second)) = (first, second) {
                spread[*first][*second] += count;
            }
        }
    }
    spread
}

const NO_PAIR: &str = "undefined (no complete pair)";
const ONE_RATING: &str = "undefined (only one rating used)";

impl Line {
    fn new(counted: CountedPairs, categories: Option<&[String]>, level: Level) -> Self {
        let CountedPairs { item, categories: given, table, missing } = counted;
        let (categories, table) = match categories {
            Some(categories) => (categories.to_vec(), spread(&given, &table, categories)),
            None => (given, table),
        };
        let found = stats::agreement(&table, level);
        let undefined = match (found.n, found.one_rating) {
            (0, _) => Some(NO_PAIR.to_owned()),
            (_, true) => Some(ONE_RATING.to_owned()),
            _ => None,
        };
        let constant = found.constant.map(|(reader, category)| {
            let reader = match reader {
                Reader::First => "first",
                Reader::Second => "second",
            };
            format!(
                "the {reader} reader always gave {}: kappa is 0 however often they agree, \
                 AC1 is not",
                categories[category]
            )
        });
        let paradox = found.paradox(&table).map(|(most, of)| {
            let percent = percent_text(of, 2 * found.n);
            let most = &categories[most];
            format!(
                "kappa is low although they agree: {percent} % of all ratings are {most}; \
                 AC1 says more"
            )
        });
        let no_pair = (found.n == 0).then(|| NO_PAIR.to_owned());
        Self {
            item,
            n: found.n,
            missing,
            agreement: Share {
                value: found.share.map(|(share, _)| share),
                low: found.share.map(|(_, interval)| interval.low),
                high: found.share.map(|(_, interval)| interval.high),
            },
            kappa: figure(found.kappa, undefined.clone().or(constant).or(paradox)),
            ac1: figure(found.ac1, no_pair),
            alpha: Alpha { value: found.alpha, note: undefined },
            categories,
            table,
            same: found.same,
        }
    }

    fn text(&self) -> String {
        let mut out = format!(
            "item {}: {} pairs, {} missing\n  agreement  {} %",
            clean(&self.item),
            self.n,
            self.missing,
            percent_text(self.same, self.n)
        );
        if let (Some(low), Some(high)) = (self.agreement.low, self.agreement.high) {
            out += &format!(" ({} to {})", proportion_text(low), proportion_text(high));
        }
        out.push('\n');
        for (name, figure) in [("kappa", &self.kappa), ("AC1", &self.ac1)] {
            out += &format!("  {name:9}  {}\n", clean(&figure.text()));
        }
        let alpha = match (self.alpha.value, &self.alpha.note) {
            (Some(value), _) => format!("{value:.3}"),
            (None, note) => note.clone().unwrap_or_default(),
        };
        out + &format!("  {:9}  {alpha}\n", "alpha")
    }
}

impl Figure {
    fn text(&self) -> String {
        let note = self.note.clone().unwrap_or_default();
        match (self.value, self.low, self.high) {
            (Some(value), Some(low), Some(high)) => {
                let gap = if note.is_empty() { "" } else { "; " };
                format!("{value:.3} ({low:.3} to {high:.3}){gap}{note}")
            }
            _ => note,
        }
    }
    fn cells(&self) -> [String; 4] {
        [self.value, self.se, self.low, self.high].map(number)
    }
}

fn figure(found: Option<Coefficient>, note: Option<String>) -> Figure {
    Figure {
        value: found.map(|found| found.value),
        se: found.map(|found| found.error),
        low: found.map(|found| found.interval.low),
        high: found.map(|found| found.interval.high),
        note,
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn csv(lines: &[Line]) -> String {
    let header = [
        "item",
        "n",
        "missing",
        "agreement",
        "low",
        "high",
        "kappa",
        "kappa_se",
        "kappa_low",
        "kappa_high",
        "ac1",
        "ac1_se",
        "ac1_low",
        "ac1_high",
        "alpha",
        "note",
    ];
    let rows = lines.iter().map(|line| {
        let ends = [line.agreement.low, line.agreement.high];
        let mut cells = vec![guard(&line.item).into_owned()];
        cells.extend([line.n.to_string(), line.missing.to_string()]);
        cells.push(percent_cell(line.same, line.n));
        cells.extend(ends.map(|end| end.map_or_else(String::new, proportion_text)));
        cells.extend(line.kappa.cells());
        cells.extend(line.ac1.cells());
        cells.push(number(line.alpha.value));
        cells.push(line.kappa.note.clone().unwrap_or_default());
        cells
    });
    table(&header, rows)
}
