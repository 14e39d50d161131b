//! `person set|list`: what is known of the people who read.

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::table::table;
use super::{Failure, Global, workspace};
use crate::review::{Command, Experience, Note, PersonCode, PersonFacts};
use crate::text::clean;

/// The people who read: region, county, unit, experience
#[derive(Debug, Args)]
pub struct Person {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say where someone works and how experienced they are
    Set(Set),
    /// List the people
    List,
}

#[derive(Debug, Args)]
struct Set {
    /// Their code; one not on the team list joins it as a reviewer
    code: String,
    /// Region they work in, as the frame writes it
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// County they work in, as the frame writes it
    #[arg(long, value_name = "C")]
    county: Option<String>,
    /// Unit they belong to
    #[arg(long, value_name = "U")]
    unit: Option<String>,
    /// New to reviews
    #[arg(long, conflicts_with = "experienced")]
    new: bool,
    /// Knows reviews
    #[arg(long)]
    experienced: bool,
}

impl Person {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Set(set) => set.run(global),
            What::List => list(global),
        }
    }
}

impl Set {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let code = code(&self.code)?;
        let experience = match (self.new, self.experienced) {
            (true, _) => Some(Experience::New),
            (_, true) => Some(Experience::Experienced),
            _ => None,
        };
        let facts =
            PersonFacts { region: self.region, county: self.county, unit: self.unit, experience };
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let command = Command::DescribePerson { code: code.clone(), facts };
        let done = workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
        if done.notes.contains(&Note::PersonAdded(code.clone())) {
            note(&format!("{code} is new on the team list"));
        }
        print(&format!("{code} described\n"))
    }
}

/// A person's code as given.
pub(super) fn code(text: &str) -> Result<PersonCode, Failure> {
    text.parse().map_err(|error| Failure::BadInput(clean(&format!("error: {error}")).into_owned()))
}

fn list(global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let team = workspace.team();
    let rows: Vec<[String; 6]> = team
        .people
        .values()
        .map(|person| {
            let facts = team.facts(&person.code);
            [
                person.code.to_string(),
                person.role.code().to_owned(),
                facts.region.unwrap_or_default(),
                facts.county.unwrap_or_default(),
                facts.unit.unwrap_or_default(),
                facts.experience.map(|one| one.code().to_owned()).unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["person", "role", "region", "county", "unit", "experience"];
    print(&table(global.format, &header, &rows))
}
