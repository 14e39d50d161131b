//! `export items`: every rating as a table for other programs; `export codebook`: what the
//! variables mean.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::instrument::codebook;
use super::keying::Keying;
use super::output::{not_written, note, print};
use super::{Failure, Format, Global, workspace};
use crate::exchange::{
    ExportedReading, ItemsWriter, NewFile, NewFileError, TableFormat, na_reasons,
};
use crate::instrument::{Instrument, Rating};
use crate::scoring::score;
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::{clean_lines, count, did_you_mean, list_or};

/// Data for other programs: CSV or JSON
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Long by item: a row per review and item or sub-item, whatever the review's status.
    /// The rows of reports are those with status final
    Items(Items),
    /// A finished review in the order it is keyed into the federal system
    Keying(Keying),
    /// Every variable of the instruments in use: codes, labels, and when it is asked
    Codebook {
        /// Only the edition of this round; the editions of all rounds when left out
        #[arg(long, value_name = "NAME")]
        round: Option<String>,
        /// Write to this file instead of stdout; only its owner may read it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Replace the file if it is there
        #[arg(long, requires = "out")]
        force: bool,
    },
}

#[derive(Debug, Args)]
struct Items {
    /// Write to this file instead of stdout; only its owner may read it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    /// The agency's case ids instead of review numbers
    #[arg(long)]
    case_ids: bool,
    /// Refused: every row is one case
    #[arg(long)]
    public: bool,
}

impl Export {
    /// Writes the table.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let items = match self.what {
            What::Items(items) => items,
            What::Keying(keying) => return keying.run(global),
            What::Codebook { round, out, force } => {
                return export_codebook(global, round.as_deref(), out.as_deref(), force);
            }
        };
        if items.public {
            return Err(Failure::BadInput(
                "error: --public: every row of an export is one case, a cell of one: nothing could be \
                 hidden but all\n  help: `casereview report items --public` counts cases"
                    .to_owned(),
            ));
        }
        let format = match global.format.unwrap_or(Format::Csv) {
            Format::Csv => TableFormat::Csv,
            Format::Json => TableFormat::Json,
            Format::Text => {
                return Err(Failure::BadInput(
                    "error: export writes csv or json\n  help: for reading there is `casereview report items`"
                        .to_owned(),
                ));
            }
        };
        let workspace = workspace::open(global)?;
        let store = |error: StoreError| workspace::failure(workspace.path(), &error);
        let readings = workspace.visible_readings().map_err(store)?;
        let Some(path) = &items.out else {
            let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            return match write(&workspace, &readings, &items, format, out) {
                Ok(_) => Ok(()),
                Err(Stopped::Store(error)) => Err(store(error)),
                Err(Stopped::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {
                    Err(Failure::ClosedPipe)
                }
                Err(Stopped::Output(error)) => {
                    Err(Failure::Workspace(format!("error: the output can't be written: {error}")))
                }
            };
        };
        let file = NewFile::create(path, items.force).map_err(not_written)?;
        let failed = |error| not_written(NewFileError::Io { path: path.clone(), error });
        let (rows, file) = write(&workspace, &readings, &items, format, file).map_err(
            |stopped| match stopped {
                Stopped::Store(error) => store(error),
                Stopped::Output(error) => failed(error),
            },
        )?;
        file.finish().map_err(not_written)?;
        let rows = count(rows as usize, "row", "rows");
        note(&format!("{rows} written to {}", path.display()));
        Ok(())
    }
}

/// Writes the codebooks of the rounds' editions, each once, in the order of the rounds.
fn export_codebook(
    global: &Global,
    only: Option<&str>,
    out: Option<&Path>,
    force: bool,
) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let store = |error: StoreError| workspace::failure(workspace.path(), &error);
    let rounds = workspace.rounds().map_err(store)?;
    let (mut hashes, mut books) = (Vec::new(), Vec::new());
    for round in rounds.iter().filter(|round| only.is_none_or(|name| round.name == name)) {
        if !hashes.contains(&&round.instrument) {
            hashes.push(&round.instrument);
            let edition = workspace.instrument(&round.instrument).map_err(store)?;
            books.push(crate::instrument::codebook(&edition));
        }
    }
    if let (Some(name), true) = (only, books.is_empty()) {
        let names: Vec<&str> = rounds.iter().map(|round| round.name.as_str()).collect();
        let near = did_you_mean(name, names.iter().copied());
        let help = near.map_or_else(|| list_or(&names), |near| format!("did you mean {near}?"));
        let text = format!("error: there is no round {name}\n  help: {help}");
        return Err(Failure::BadInput(clean_lines(&text).into_owned()));
    }
    let text = codebook::render(&books, global.format.unwrap_or(Format::Csv));
    let Some(path) = out else { return print(&text) };
    let mut file = NewFile::create(path, force).map_err(not_written)?;
    let failed = |error| not_written(NewFileError::Io { path: path.to_owned(), error });
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.finish().map_err(not_written)?;
    let variables: usize = books.iter().map(|book| book.variables.len()).sum();
    note(&format!("{} written to {}", count(variables, "variable", "variables"), path.display()));
    Ok(())
}

/// What stopped an export half way.
enum Stopped {
    Store(StoreError),
    Output(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn write<W: Write>(
    workspace: &Workspace,
    readings: &[ReadingRow],
    items: &Items,
    format: TableFormat,
    out: W,
) -> Result<(u64, W), Stopped> {
    let mut writer = ItemsWriter::new(format, out)?;
    let computed = workspace.computed_ratings().map_err(Stopped::Store)?;
    for reading in readings {
        let instrument = workspace.instrument(&reading.instrument).map_err(Stopped::Store)?;
        let reasons = reasons(workspace, &instrument, reading).map_err(Stopped::Store)?;
        let number = reading.number.to_string();
        let rated_at = reading.submitted_at.map(|at| at.to_string()).unwrap_or_default();
        let case = match (&reading.frame_id, items.case_ids) {
            (Some(id), true) => id,
            _ => &number,
        };
        writer.add(&ExportedReading {
            instrument: &instrument,
            round: &reading.round,
            review_kind: reading.review_kind.code(),
            sample_id: &reading.sample_id,
            period: &reading.period,
            case,
            region: &reading.region,
            county: &reading.county,
            case_type: &reading.case_type,
            reading: reading.which.code(),
            reviewer: &reading.reviewer,
            status: reading.status.code(),
            rated_at: &rated_at,
            ratings: &reading.ratings,
            computed: computed.get(&reading.reading).map(Vec::as_slice).unwrap_or_default(),
            na_reasons: &reasons,
        })?;
    }
    let (rows, mut out) = writer.finish()?;
    out.flush()?;
    Ok((rows, out))
}

/// Why items of a reading are not applicable; only looked up where some are.
fn reasons(
    workspace: &Workspace,
    instrument: &Instrument,
    reading: &ReadingRow,
) -> Result<Vec<String>, StoreError> {
    let na = |at| reading.ratings.item(at) == Some(Rating::Na);
    if reading.reviewer.is_empty() || !instrument.item_positions().any(na) {
        return Ok(Vec::new());
    }
    let whole = workspace.reading(reading.reading)?;
    Ok(match crate::review::answers(instrument, &whole) {
        Some(answers) => na_reasons(instrument, &answers, &score(instrument, &answers)),
        None => Vec::new(),
    })
}
