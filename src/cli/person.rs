//! `person set|list`: what is known of the people who read.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::output::{note, print};
use super::table::table;
use super::{Failure, Global, workspace};
use crate::review::{Command, Days, Experience, Note, PersonCode, PersonFacts};
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
    /// Say that someone reviews from outside the agency, and which confidentiality agreement
    /// they signed: without one that holds they get no case
    Outside(Outside),
    /// List the people
    List,
}

#[derive(Debug, Args)]
struct Outside {
    /// Their code; one not on the team list joins it as a reviewer
    code: String,
    /// The provider's agency they work for, as the frame writes it: they get none of its cases
    #[arg(long, value_name = "A")]
    agency: Option<String>,
    /// Day the confidentiality agreement was signed, such as 2026-03-01
    #[arg(long, value_name = "DATE", requires = "until")]
    signed: Option<NaiveDate>,
    /// Last day of the agreement
    #[arg(long, value_name = "DATE", requires = "signed")]
    until: Option<NaiveDate>,
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
            What::Outside(outside) => outside.run(global),
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

impl Outside {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let code = code(&self.code)?;
        let agreement = match (self.signed, self.until) {
            (Some(start), Some(end)) => Some(Days { start, end }),
            _ => None,
        };
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let command = Command::NameOutsider { code: code.clone(), agency: self.agency, agreement };
        let done = workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
        if done.notes.contains(&Note::PersonAdded(code.clone())) {
            note(&format!("{code} is new on the team list"));
        }
        let lack = workspace.team().agreement_lacks(&code, done.at.utc().date_naive());
        print(&match lack {
            None => format!("{code} reviews from outside\n"),
            Some(lack) => format!("{code} gets no case yet: {lack}\n"),
        })
    }
}

/// A person's code as given.
pub(super) fn code(text: &str) -> Result<PersonCode, Failure> {
    text.parse().map_err(|error| Failure::BadInput(clean(&format!("error: {error}")).into_owned()))
}

fn list(global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let team = workspace.team();
    let rows: Vec<[String; 8]> = team
        .people
        .values()
        .map(|person| {
            let facts = team.facts(&person.code);
            let outside = team.outsiders.get(&person.code);
            [
                person.code.to_string(),
                person.role.code().to_owned(),
                facts.region.unwrap_or_default(),
                facts.county.unwrap_or_default(),
                facts.unit.unwrap_or_default(),
                facts.experience.map(|one| one.code().to_owned()).unwrap_or_default(),
                outside.and_then(|one| one.agency.clone()).unwrap_or_default(),
                match outside.map(|one| one.agreement) {
                    Some(Some(days)) => days.to_string(),
                    Some(None) => "(missing)".to_owned(),
                    None => String::new(),
                },
            ]
        })
        .collect();
    let header =
        ["person", "role", "region", "county", "unit", "experience", "agency", "agreement"];
    print(&table(global.format, &header, &rows))
}
