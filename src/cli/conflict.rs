//! `conflict add|list`: the cases a person must not read.

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::person::code;
use super::table::table;
use super::{Failure, Global, workspace};
use crate::review::{Command, ConflictWith, DeclareConflict, PersonCode, Words};
use crate::store::{QueueFilter, StoreError, Workspace};
use crate::text::clean;

/// Conflicts of interest: cases a person must not read
#[derive(Debug, Args)]
pub struct Conflict {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Declare a conflict: your own, or as a lead anyone's
    Add(Box<Add>),
    /// List the declared conflicts
    List {
        /// Also caseworkers and reasons, which tell of people
        #[arg(long)]
        texts: bool,
    },
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("with").required(true))]
struct Add {
    /// Whose
    code: String,
    /// One case, such as R-0042
    #[arg(long, value_name = "CASE", group = "with")]
    case: Option<String>,
    /// Every case of a caseworker, by the frame's id
    #[arg(long, value_name = "W", group = "with")]
    worker: Option<String>,
    /// Every case of a county, as the frame writes it
    #[arg(long, value_name = "C", group = "with")]
    county: Option<String>,
    /// Every case of a unit, as the frame writes it
    #[arg(long, value_name = "U", group = "with")]
    unit: Option<String>,
    /// Every case of a caseworker they supervise, by the frame's id
    #[arg(long, value_name = "W", group = "with")]
    supervises: Option<String>,
    /// Every case under a supervisor, by the frame's id
    #[arg(long, value_name = "S", group = "with")]
    supervisor: Option<String>,
    /// Every case a provider's agency serves, as the frame writes it
    #[arg(long, value_name = "A", group = "with")]
    agency: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl Conflict {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Add(add) => add.run(global),
            What::List { texts } => list(global, texts),
        }
    }
}

impl Add {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let code = code(&self.code)?;
        let with = self.with()?;
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let told = DeclareConflict { code: code.clone(), with: with.clone(), why: self.why };
        workspace
            .act(&Command::DeclareConflict(told))
            .map_err(|error| workspace::refusal(&path, &error))?;
        let theirs =
            theirs(&workspace, &code, &with).map_err(|error| workspace::failure(&path, &error))?;
        if let Some(fact) = with.fact().filter(|fact| lacks(&workspace, fact)) {
            note(&format!(
                "no drawn case says its {fact}: name the frame's column under [columns] of the plan, {fact} = \"...\", or this conflict is never seen"
            ));
        }
        for case in theirs {
            note(&format!(
                "{case} is with {code} already: give it to someone else with `assign {case} --to CODE`"
            ));
        }
        print(&format!("conflict of {code} with {} declared\n", clean(&with.rule())))
    }
}

impl Add {
    /// The cases; exactly one option names them. Salts come with the event; these are never
    /// written.
    fn with(&self) -> Result<ConflictWith, Failure> {
        let words = |text: &String| Words::new(text.clone(), [0; 16]);
        if let Some(case) = &self.case {
            let case = case.parse().map_err(|error| {
                Failure::BadInput(clean(&format!("error: {error}")).into_owned())
            })?;
            return Ok(ConflictWith::Case(case));
        }
        let with = [
            self.worker.as_ref().map(|id| ConflictWith::Worker(words(id))),
            self.county.clone().map(ConflictWith::County),
            self.unit.clone().map(ConflictWith::Unit),
            self.supervises.as_ref().map(|id| ConflictWith::Supervised(words(id))),
            self.supervisor.as_ref().map(|id| ConflictWith::Supervisor(words(id))),
            self.agency.clone().map(ConflictWith::Agency),
        ];
        Ok(with.into_iter().flatten().next().expect("the options are a group that is required"))
    }
}

/// Whether cases were drawn and none says this of itself.
fn lacks(workspace: &Workspace, fact: &str) -> bool {
    let filter = QueueFilter { unassigned: true, ..QueueFilter::default() };
    let queue = workspace.queue(&filter).unwrap_or_default();
    let says = |row: &crate::store::CaseRow| {
        let case = workspace.case(row.number).ok().flatten();
        case.is_some_and(|case| case.frame.contains_key(fact))
    };
    !queue.is_empty() && !queue.iter().any(says)
}

/// The cases of a new conflict that the person has already.
fn theirs(
    workspace: &Workspace,
    code: &PersonCode,
    with: &ConflictWith,
) -> Result<Vec<crate::review::CaseNumber>, StoreError> {
    let filter = QueueFilter { reviewer: Some(code.clone()), ..QueueFilter::default() };
    let mut found = Vec::new();
    for row in workspace.queue(&filter)? {
        if workspace.case(row.number)?.is_some_and(|case| with.holds(&case)) {
            found.push(row.number);
        }
    }
    Ok(found)
}

fn list(global: &Global, texts: bool) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let conflicts = &workspace.team().conflicts;
    print(&if texts {
        let rows: Vec<[String; 3]> = conflicts
            .iter()
            .map(|one| {
                let with = match one.with.worker() {
                    Some(id) => format!("{}: {id}", one.with.rule()),
                    None => one.with.rule(),
                };
                [one.code.to_string(), with, one.why.text().unwrap_or("(removed)").to_owned()]
            })
            .collect();
        table(global.format, &["person", "with", "why"], &rows)
    } else {
        let rows: Vec<[String; 2]> =
            conflicts.iter().map(|one| [one.code.to_string(), one.with.rule()]).collect();
        table(global.format, &["person", "with"], &rows)
    })
}
