//! `team add|replace|list`: the people, and the cards by which their mail is known.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::keys;
use crate::cli::output::{note, print};
use crate::cli::table::table;
use crate::cli::{Failure, Format, Global, workspace};
use crate::review::{Command, Note};
use crate::text::{clean, count};

/// What is said of people without a card.
const SHARED: &str = "Without a card a person works in this file itself. Nothing then keeps one \
reader from the other's review, nor from acting under another code: a second reading is blind \
by agreement only, and no seal is signed. It protects against mistakes, not against people.";

/// The people of the workspace and their cards
#[derive(Debug, Args)]
pub struct Team {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Take a person's card in, after comparing its fingerprint with them
    Add(CardFile),
    /// Put a new card in the place of a lost one; mail signed with the old key is refused then
    Replace(CardFile),
    /// List the people and whether they have a card
    List,
}

#[derive(Debug, Args)]
struct CardFile {
    /// The card
    card: PathBuf,
    /// Its fingerprint, as the person read it aloud
    #[arg(long, value_name = "TEXT")]
    fingerprint: Option<String>,
}

impl Team {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Add(file) => file.take(global, false),
            What::Replace(file) => file.take(global, true),
            What::List => list(global),
        }
    }
}

impl CardFile {
    fn take(self, global: &Global, replace: bool) -> Result<(), Failure> {
        let card = keys::card(&self.card)?;
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        keys::compared(&card, self.fingerprint.as_deref())?;
        let (code, name) = (card.code.clone(), card.name.clone());
        let done = workspace
            .act(&Command::AddCard { card, replace })
            .map_err(|error| workspace::refusal(&path, &error))?;
        if done.notes.contains(&Note::PersonAdded(code.clone())) {
            note(&format!("{code} is new on the team list"));
        }
        let what = match (done.events, replace) {
            (0, _) => "is here already",
            (_, false) => "taken in",
            (_, true) => "taken in, the old one is out of use",
        };
        print(&clean(&format!("card of {code} ({name}) {what}")))?;
        print("\n")
    }
}

fn list(global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let team = workspace.team();
    let mut codes: Vec<_> = team.people.keys().chain(team.cards.keys()).collect();
    codes.sort_unstable();
    codes.dedup();
    let rows: Vec<[String; 5]> = codes
        .iter()
        .map(|code| {
            let card = team.card(code);
            let replaced = team.cards.get(*code).map_or(0, |cards| cards.len().saturating_sub(1));
            [
                code.to_string(),
                team.people.get(*code).map_or("", |person| person.role.code()).to_owned(),
                card.map(|card| card.name.clone()).unwrap_or_default(),
                card.map(|card| card.fingerprint.short()).unwrap_or_default(),
                replaced.to_string(),
            ]
        })
        .collect();
    print(&table(global.format, &["person", "role", "name", "fingerprint", "replaced"], &rows))?;
    // Whoever acts has their own key: their card need not be on the list.
    let others = codes.iter().filter(|code| **code != workspace.user());
    let without = others.filter(|code| team.card(code).is_none()).count();
    if without > 0 && !matches!(global.format, Some(Format::Json | Format::Csv)) {
        note(&format!("{} without a card. {SHARED}", count(without, "person is", "people are")));
    }
    Ok(())
}
