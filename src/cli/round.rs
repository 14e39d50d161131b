//! `round new|list|close`: campaigns of reviews.

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::output::{note, print};
use super::table::table;
use super::{Failure, Global, source, workspace};
use crate::instrument::Instrument;
use crate::review::{
    Command, Days, LevelPeople, OpenRound, PersonCode, QaLevel, ReviewKind, Round as State, Status,
};
use crate::sampling::Period;
use crate::store::{QueueFilter, RoundRow, Workspace};
use crate::text::{clean, count, list_or};

/// Rounds: campaigns of reviews
#[derive(Debug, Args)]
pub struct Round {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Begin a round
    New {
        /// Its name, such as 2026-H2
        #[arg(long, value_name = "N")]
        name: String,
        #[command(flatten)]
        about: About,
    },
    /// Say which levels of QA its reviews pass before they count; `none` for no QA
    Qa {
        /// first-level, second-level, final; with who does it beside the leads: final=QUINN,ROB
        #[arg(required = true, value_name = "LEVEL[=CODE,...]")]
        levels: Vec<String>,
        /// The round; without it the last that is open
        #[arg(long, value_name = "N")]
        round: Option<String>,
    },
    /// List the rounds
    List,
    /// End a round: no new reviews, no new samples
    Close {
        /// Its name
        name: String,
    },
}

/// What a round is about.
#[derive(Debug, Args)]
pub struct About {
    /// Instrument: id of a shipped one, or a TOML file
    #[arg(long, value_name = "I", default_value = crate::instrument::DEFAULT)]
    pub instrument: String,
    /// What its reviews are held for: pip, baseline, follow-up, regular, local, peer, practice
    #[arg(long, value_name = "KIND", default_value = "regular")]
    review_kind: String,
    /// Period its results belong to, such as 2026-H1
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Period under review, such as 2026-04-01/2026-11-30
    #[arg(long, value_name = "PERIOD")]
    under_review: Option<String>,
}

impl About {
    /// The instrument.
    pub fn edition(&self) -> Result<Arc<Instrument>, Failure> {
        source::instrument(&self.instrument)
    }
    /// The kind of review.
    pub fn kind(&self) -> Result<ReviewKind, Failure> {
        ReviewKind::from_code(&self.review_kind).ok_or_else(|| {
            let codes: Vec<&str> = ReviewKind::ALL.iter().map(|kind| kind.code()).collect();
            let given = &self.review_kind;
            bad(&format!("kind of review {given} is unknown"), &format!("give {}", list_or(&codes)))
        })
    }
    /// The period, as given.
    pub fn period(&self) -> Result<String, Failure> {
        if let Some(text) = &self.period {
            days(text)?;
        }
        Ok(self.period.clone().unwrap_or_default())
    }
    /// The period under review.
    pub fn under_review(&self) -> Result<Option<Days>, Failure> {
        self.under_review.as_deref().map(days).transpose()
    }
}

/// A period as given.
pub(super) fn days(text: &str) -> Result<Days, Failure> {
    Period::parse(text).map(of_period).ok_or_else(|| {
        bad(&format!("{text} is not a period"), "write 2026-H1, 2026-Q2 or 2026-04-01/2026-11-30")
    })
}

/// A period of a plan as the log holds it.
pub fn of_period(period: Period) -> Days {
    Days { start: period.first(), end: period.last() }
}

fn bad(message: &str, help: &str) -> Failure {
    Failure::BadInput(format!("error: {}\n  help: {}", clean(message), clean(help)))
}

/// The workspace with the round of a name, or without one the last that is open: its line in
/// the list, and its state.
///
/// # Errors
/// When there is no such workspace or round.
pub fn open(global: &Global, name: Option<&str>) -> Result<(Workspace, RoundRow, State), Failure> {
    let workspace = workspace::open(global)?;
    let row = find(&workspace, name)?;
    let state =
        workspace.round(row.id).map_err(|error| workspace::failure(workspace.path(), &error))?;
    Ok((workspace, row, state))
}

/// The round of a name, or without one the last that is open.
///
/// # Errors
/// Exit 2 when there is none.
pub fn find(workspace: &Workspace, name: Option<&str>) -> Result<RoundRow, Failure> {
    let fail = |error| workspace::failure(workspace.path(), &error);
    let Some(name) = name else {
        return workspace
            .current_round()
            .map_err(fail)?
            .ok_or_else(|| bad("no round is open", "begin one with `round new`"));
    };
    let rounds = workspace.rounds().map_err(fail)?;
    let names: Vec<String> = rounds.iter().map(|round| round.name.clone()).collect();
    rounds.into_iter().find(|round| round.name == name).ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        bad(&format!("round {name} is unknown"), &format!("there is {}", list_or(&names)))
    })
}

impl Round {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::New { name, about } => {
                let open = OpenRound {
                    name: name.clone(),
                    instrument: about.edition()?,
                    review_kind: about.kind()?,
                    period: about.period()?,
                    under_review: about.under_review()?,
                };
                act(global, &Command::OpenRound(open))?;
                print(&format!("round {} opened\n", clean(&name)))
            }
            What::Qa { levels, round } => {
                let levels = read_levels(&levels)?;
                let row = find(&workspace::open(global)?, round.as_deref())?;
                let said: Vec<&str> = levels.iter().map(|one| one.level.title()).collect();
                let before = count_final(global, &row.name)?;
                act(global, &Command::SetQaLevels { round: row.id, levels: levels.clone() })?;
                let after = count_final(global, &row.name)?;
                print(&match said.as_slice() {
                    [] => format!("round {}: what is handed in counts\n", clean(&row.name)),
                    said => {
                        format!("round {}: reviews pass {}\n", clean(&row.name), said.join(", "))
                    }
                })?;
                lone(&workspace::open(global)?, &levels);
                let reviews = |some: usize| count(some, "review", "reviews");
                if after < before {
                    let back = reviews(before - after);
                    let those = if before - after == 1 { "that was" } else { "that were" };
                    print(&format!(
                        "{back} {those} final: with QA now, and counted again once approved\n"
                    ))?;
                }
                if after > before {
                    let are = if after - before == 1 { "is" } else { "are" };
                    print(&format!("{} {are} final now\n", reviews(after - before)))?;
                }
                Ok(())
            }
            What::Close { name } => {
                let round = find(&workspace::open(global)?, Some(&name))?.id;
                act(global, &Command::CloseRound { round })?;
                print(&format!("round {} closed\n", clean(&name)))
            }
            What::List => list(global),
        }
    }
}

/// Levels as given: `first-level final=QUINN`.
fn read_levels(given: &[String]) -> Result<Vec<LevelPeople>, Failure> {
    if given.len() == 1 && given[0] == "none" {
        return Ok(Vec::new());
    }
    let one = |text: &String| {
        let (level, people) = text.split_once('=').unwrap_or((text, ""));
        let level = QaLevel::from_code(level).ok_or_else(|| {
            let codes: Vec<&str> = QaLevel::ALL.iter().map(|level| level.code()).collect();
            bad(
                &format!("level of QA {level} is unknown"),
                &format!("give {}, or none", list_or(&codes)),
            )
        })?;
        let people = people.split(',').map(str::trim).filter(|code| !code.is_empty());
        let people = people.map(super::person::code).collect::<Result<_, _>>()?;
        Ok(LevelPeople { level, people })
    };
    given.iter().map(one).collect()
}

/// Says of levels that one person alone can do that they hold up what that person reads or
/// settles: a settled review is approved by someone else.
fn lone(workspace: &Workspace, levels: &[LevelPeople]) {
    let team = workspace.team();
    let leads = || team.people.keys().filter(|code| team.is_lead(code));
    for one in levels {
        let mut people: Vec<&PersonCode> = leads().chain(&one.people).collect();
        people.sort_unstable();
        people.dedup();
        if let [alone] = people.as_slice() {
            let (level, title) = (one.level, one.level.title());
            note(&format!(
                "{title}: {alone} alone can do it, and not on a case that {alone} reads or \
                 settles: such a review never passes\n  help: name someone more with \
                 {level}=CODE; `person set CODE` puts them on the team list"
            ));
        }
    }
}

/// How many reviews of a round are final.
fn count_final(global: &Global, round: &str) -> Result<usize, Failure> {
    let workspace = workspace::open(global)?;
    let filter = QueueFilter {
        status: vec![Status::Final],
        round: Some(round.to_owned()),
        ..QueueFilter::default()
    };
    let rows = workspace.queue(&filter);
    Ok(rows.map_err(|error| workspace::failure(workspace.path(), &error))?.len())
}

/// Levels as they are given: `first-level=ROB final=QUINN`.
fn levels_text(levels: &[LevelPeople]) -> String {
    let one = |one: &LevelPeople| {
        let people: Vec<&str> = one.people.iter().map(|code| code.as_str()).collect();
        match people.as_slice() {
            [] => one.level.code().to_owned(),
            people => format!("{}={}", one.level.code(), people.join(",")),
        }
    };
    levels.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn act(global: &Global, command: &Command) -> Result<(), Failure> {
    let mut workspace = workspace::open(global)?;
    let path = workspace.path().to_owned();
    workspace.act(command).map(drop).map_err(|error| workspace::refusal(&path, &error))
}

fn list(global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let fail = |error| workspace::failure(workspace.path(), &error);
    let mut rows = Vec::new();
    for round in workspace.rounds().map_err(fail)? {
        let edition = workspace.instrument(&round.instrument).map_err(fail)?;
        rows.push([
            round.name,
            if round.closed { "closed" } else { "open" }.to_owned(),
            edition.id().to_owned(),
            edition.edition().to_owned(),
            round.review_kind.code().to_owned(),
            round.period,
            round.under_review.map(|days| days.to_string()).unwrap_or_default(),
            levels_text(&workspace.round(round.id).map_err(fail)?.qa),
        ]);
    }
    let header =
        ["round", "status", "instrument", "edition", "review_kind", "period", "under_review", "qa"];
    print(&table(global.format, &header, &rows))
}
