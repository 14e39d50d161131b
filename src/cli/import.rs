//! `import answers|ratings`: readings and ratings from files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::sample::files;
use super::{Failure, Global, workspace};
use crate::diagnostic::excerpts;
use crate::exchange::{
    Instruments, RatingsImport, check_mapping, import_answers, import_mapped, import_ratings,
    problems_text, sheet_rows,
};
use crate::instrument::{Instrument, load_shipped, shipped};
use crate::review::{Command, Note};
use crate::store::{Committed, Workspace};
use crate::text::{clean, count};

/// Reviews and ratings made elsewhere, from files
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Whole reviews: case,case_type,question,answer,region,county,period,reviewer and
    /// optionally review_kind,round,sample_id; an answer a row
    Answers {
        /// CSV file
        file: PathBuf,
        /// Take reviews with an incomplete or invalid item in as open reviews
        #[arg(long)]
        drafts: bool,
    },
    /// Ratings of earlier reviews: case,region,county,case_type,period,instrument,item,rating
    /// and optionally review_kind,round,sample_id; an item a row. With --mapping any spreadsheet
    Ratings {
        /// CSV file; with --mapping also a workbook
        file: PathBuf,
        /// A TOML file that says which column is what, and which word means which code;
        /// samples/ratings-mapping.toml is one
        #[arg(long, value_name = "MAP")]
        mapping: Option<PathBuf>,
    },
}

impl Import {
    /// Reads the file and, if nothing is wrong with it, takes it in.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        match self.what {
            What::Answers { file, drafts } => answers(&mut workspace, &file, drafts),
            What::Ratings { file, mapping } => ratings(&mut workspace, &file, mapping.as_deref()),
        }
    }
}

/// Whether a file is a workbook, by the bytes that all of them begin with.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn workbook_refused(name: &str, help: &str) -> String {
    format!("error: {} is a workbook\n  help: {help}", clean(name))
}

fn answers(workspace: &mut Workspace, file: &Path, drafts: bool) -> Result<(), Failure> {
    let name = file.display().to_string();
    let bytes = read(file)?;
    let path = workspace.path().to_owned();
    let round = workspace.current_round().map_err(|error| workspace::failure(&path, &error))?;
    let Some(round) = round else {
        return Err(Failure::BadInput(
            "error: no round is open\n  help: open one with `casereview round new`".to_owned(),
        ));
    };
    let instrument = workspace
        .instrument(&round.instrument)
        .map_err(|error| workspace::failure(&path, &error))?;
    if is_workbook(&bytes) {
        let help = "save its sheet as CSV UTF-8";
        return Err(Failure::BadInput(workbook_refused(&name, help)));
    }
    let import = import_answers(&instrument, &bytes);
    let mut problems = import.problems;
    let refused = !drafts && !import.unfinished.is_empty();
    if !problems.is_empty() || refused {
        if !drafts {
            problems.extend(import.unfinished);
            problems.sort_by_key(|problem| problem.line);
        }
        let mut text = problems_text(&name, &problems);
        if refused {
            text.push_str("help: --drafts takes unfinished reviews in as open ones\n");
        }
        return Err(Failure::BadInput(text));
    }
    let (readings, open) = (import.readings.len(), import.unfinished.len());
    let command = Command::ImportReadings { instrument, readings: import.readings };
    let done = workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
    said_already(&done, readings);
    if done.events == 0 {
        return Ok(());
    }
    for problem in &import.unfinished {
        note(&clean(&format!("open: {}", problem.message)));
    }
    let total = count(done.events, "review", "reviews");
    let open = if open > 0 { format!(", {open} of them open") } else { String::new() };
    print(&format!("{total} taken in{open}\n"))
}

fn ratings(workspace: &mut Workspace, file: &Path, mapping: Option<&Path>) -> Result<(), Failure> {
    let name = file.display().to_string();
    let bytes = read(file)?;
    let path = workspace.path().to_owned();
    let import = {
        let known =
            KnownInstruments::of(workspace).map_err(|error| workspace::failure(&path, &error))?;
        match mapping {
            Some(mapping) => mapped(&known, mapping, &name, &bytes)?,
            None if is_workbook(&bytes) => {
                let help =
                    "with --mapping MAP its columns are read; else save its sheet as CSV UTF-8";
                return Err(Failure::BadInput(workbook_refused(&name, help)));
            }
            None => import_ratings(&known, &bytes),
        }
    };
    if !import.problems.is_empty() {
        return Err(Failure::BadInput(problems_text(&name, &import.problems)));
    }
    let sizes: Vec<usize> = import.cases.iter().map(|(_, cases)| cases.len()).collect();
    let commands: Vec<Command> = import
        .cases
        .into_iter()
        .map(|(instrument, cases)| Command::ImportRatings { instrument, cases })
        .collect();
    let done = workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
    let total: usize = sizes.iter().sum();
    let new = done.iter().zip(&sizes).filter(|(done, _)| done.events > 0);
    let taken: usize = new.map(|(_, size)| size).sum();
    if taken == 0 {
        note(&nothing_new(total));
        return Ok(());
    }
    print(&format!("ratings of {} taken in\n", count(taken, "case", "cases")))
}

/// Reads a spreadsheet by a mapping file.
fn mapped(
    known: &KnownInstruments,
    mapping: &Path,
    name: &str,
    bytes: &[u8],
) -> Result<RatingsImport, Failure> {
    let text = files::text(mapping)?;
    let checked = check_mapping(&text);
    let Some(read) = checked.mapping else {
        let mapping = mapping.display().to_string();
        return Err(Failure::BadInput(excerpts(&mapping, &text, &checked.diagnostics, false)));
    };
    let sheet = sheet_rows(&read, bytes)
        .map_err(|problems| Failure::BadInput(problems_text(name, &problems)))?;
    if let Some(sheet) = &sheet.sheet {
        note(&clean(&format!("note: {name}: the ratings are read from sheet {sheet:?}")));
    }
    Ok(import_mapped(known, &read, &sheet))
}

/// Instruments a workspace knows: its own editions first, then the shipped ones.
pub struct KnownInstruments(Vec<Arc<Instrument>>);

impl KnownInstruments {
    /// Read from the workspace.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of(workspace: &Workspace) -> Result<Self, crate::store::StoreError> {
        let mut hashes = HashSet::new();
        let mut known = Vec::new();
        for round in workspace.rounds()?.into_iter().rev() {
            if hashes.insert(round.instrument.clone()) {
                known.push(workspace.instrument(&round.instrument)?);
            }
        }
        Ok(Self(known))
    }
}

impl Instruments for KnownInstruments {
    fn find(&self, id: &str) -> Option<Arc<Instrument>> {
        let own = self.0.iter().find(|instrument| instrument.id() == id);
        own.cloned().or_else(|| load_shipped(id))
    }
    fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.0.iter().map(|own| own.id().to_owned()).collect();
        ids.extend(shipped().iter().map(|one| one.id.to_owned()));
        ids.sort();
        ids.dedup();
        ids
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        let text = format!("error: {} can't be read: {error}", file.display());
        Failure::BadInput(clean(&text).into_owned())
    })
}

fn said_already(done: &Committed, readings: usize) {
    let there = done.notes.iter().find_map(|note| match note {
        Note::AlreadyImported(there) => Some(*there),
        _ => None,
    });
    match there {
        Some(_) if done.events == 0 => note(&nothing_new(readings)),
        Some(there) => {
            note(&format!("{} there already", count(there, "review was", "reviews were")))
        }
        None if readings == 0 => note("the file holds no review: nothing changed"),
        None => {}
    }
}

fn nothing_new(cases: usize) -> String {
    match cases {
        0 => "the file holds no case: nothing changed".to_owned(),
        _ => {
            format!("all {} were there already: nothing changed", count(cases, "review", "reviews"))
        }
    }
}
