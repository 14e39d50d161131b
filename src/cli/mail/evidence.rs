//! `evidence add|list|release`: interview notes one reader of a case shares with the other.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::keys::{bad, read};
use crate::cli::desk::Desk;
use crate::cli::output::{note, print};
use crate::cli::review::reading;
use crate::cli::table::table;
use crate::cli::{Failure, Global, workspace};
use crate::review::{CaseNumber, Command, EvidenceNote, InterviewMode, Reading, ReadingId};
use crate::store::{QueueFilter, StoreError, Workspace};
use crate::text::clean;

/// Interview notes and evidence that the other reader of a case may have
#[derive(Debug, Args)]
pub struct Evidence {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Note what an interview or a document said; no answers, ratings or reasons for them
    Add(Add),
    /// List the evidence of a case: your own, and what was shared with you
    List {
        /// The case, by its review number such as R-0042
        case: String,
    },
    /// Let each reader of a case have what the other noted (a lead; mode evidence-shared)
    Release {
        /// The case, by its review number such as R-0042
        case: String,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// The case, by its review number such as R-0042
    case: String,
    /// Who or what said it, such as "interview with the foster mother, 3 May"
    #[arg(long, value_name = "TEXT")]
    source: String,
    /// What was said
    #[arg(long, value_name = "TEXT", required_unless_present = "file")]
    text: Option<String>,
    /// A file with what was said
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
}

impl Evidence {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Add(add) => add.run(global),
            What::List { case } => list(global, &case),
            What::Release { case } => release(global, &case),
        }
    }
}

impl Add {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let text = match (&self.text, &self.file) {
            (Some(text), _) => text.clone(),
            (None, Some(path)) => String::from_utf8(read(path, "name a file of text")?)
                .map_err(|_| bad(&format!("{} is not text", path.display()), "save it as UTF-8"))?,
            (None, None) => String::new(),
        };
        let (mut workspace, reading) = opened(global, &self.case)?;
        let path = workspace.path().to_owned();
        workspace
            .act(&Command::NoteEvidence { reading, source: self.source, text })
            .map_err(|error| workspace::refusal(&path, &error))?;
        let noted =
            workspace.reading(reading).map_err(|error| workspace::failure(&path, &error))?;
        let mode = match noted.taken {
            true => noted.mode,
            false => workspace
                .pair_mode(noted.case.number)
                .map_err(|error| workspace::failure(&path, &error))?,
        };
        note(&goes_to(&noted, mode));
        print(&format!("{}: evidence noted\n", clean(&self.case)))
    }
}

/// Where a note of evidence goes: that hangs on how the case is read.
fn goes_to(reading: &Reading, mode: Option<InterviewMode>) -> String {
    let shared = mode == Some(InterviewMode::EvidenceShared);
    match (reading.taken, shared) {
        (true, true) => {
            "it goes to the lead with the next `bundle out`, and from there to the other reader"
                .to_owned()
        }
        (false, true) => {
            let case = reading.case.number;
            format!("a lead lets the other reader have it with `evidence release {case}`")
        }
        (true, false) => "it goes to the lead with the next `bundle out` and stays with your \
                          review: no other reader gets it"
            .to_owned(),
        (false, false) => "it stays with your review: no other reader gets it".to_owned(),
    }
}

fn opened(global: &Global, case: &str) -> Result<(Workspace, ReadingId), Failure> {
    let desk = Desk::new(workspace::open(global)?);
    let id = reading(&desk, case)?.parse().expect("the queue holds ids of readings");
    Ok((desk.into_workspace(), id))
}

fn list(global: &Global, case: &str) -> Result<(), Failure> {
    let (workspace, id) = opened(global, case)?;
    let fail = |error| workspace::failure(workspace.path(), &error);
    let reading = workspace.reading(id).map_err(fail)?;
    let row = |whose: &str, note: &EvidenceNote| {
        let text = |words: &crate::review::Words| words.text().unwrap_or("(removed)").to_owned();
        [whose.to_owned(), text(&note.source), text(&note.text)]
    };
    // A lead reads whose it is, and whether the other reader was given it.
    let mine = reading.reviewer == *workspace.user();
    let others = others(&workspace, &reading).map_err(fail)?;
    let whose = |of: &Reading, note: &EvidenceNote| {
        let has = |one: &Reading| one.shared.iter().any(|had| had.note == note.note);
        match (mine, has(&reading) || others.iter().any(|one| has(one))) {
            (true, _) => "own".to_owned(),
            (false, true) => format!("{}, released", of.reviewer),
            (false, false) => format!("{}, not released", of.reviewer),
        }
    };
    let noted = |of: &Reading| -> Vec<[String; 3]> {
        of.evidence.iter().map(|note| row(&whose(of, note), note)).collect()
    };
    let mut rows = noted(&reading);
    if !mine && workspace.team().is_lead(workspace.user()) {
        // A lead who reads none of the case's reviews sees what every reader noted.
        rows.extend(others.iter().flat_map(|one| noted(one)));
    } else {
        rows.extend(reading.shared.iter().map(|note| row("shared", note)));
    }
    print(&table(global.format, &["whose", "source", "text"], &rows))
}

/// The other readings of a case, as far as whoever acts may see them.
fn others(workspace: &Workspace, of: &Reading) -> Result<Vec<Arc<Reading>>, StoreError> {
    let queue = workspace.queue(&QueueFilter::default())?;
    let same = queue.iter().filter(|row| row.number == of.case.number);
    let ids = same.filter_map(|row| row.reading).filter(|id| *id != of.id);
    ids.map(|id| workspace.reading(id)).collect()
}

fn release(global: &Global, case: &str) -> Result<(), Failure> {
    let number: CaseNumber =
        case.parse().map_err(|error| bad(&format!("{error}"), "`status` lists the cases"))?;
    let mut workspace = workspace::open(global)?;
    let path = workspace.path().to_owned();
    workspace
        .act(&Command::ReleaseEvidence { case: number })
        .map_err(|error| workspace::refusal(&path, &error))?;
    print(&format!("{number}: evidence released; the next `work out` brings it\n"))
}
