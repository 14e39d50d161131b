//! `assign --balanced`, `assign --random`: open cases given out within rules.

use std::collections::BTreeMap;

use clap::Args;

use super::output::{note, print};
use super::person::code;
use super::{Failure, Global, round, workspace};
use crate::review::{
    AllotCases, AllotRules, Allotment, AssignCases, Case, Command, PersonCode, PersonRole, Which,
};
use crate::store::{QueueFilter, StoreError, Workspace};
use crate::text::{clean, count};

/// The rules of giving out all open cases.
#[derive(Debug, Args)]
pub struct Rules {
    /// Give every open case of the round to someone, as evenly as the rules allow
    #[arg(long, conflicts_with_all = ["cases", "to", "random"])]
    pub balanced: bool,
    /// The same in an order that the seed makes
    #[arg(long, conflicts_with_all = ["cases", "to"], requires = "seed")]
    pub random: bool,
    /// Seed of the random order
    #[arg(long, value_name = "TEXT", requires = "random")]
    seed: Option<String>,
    /// Who can get cases; again for each; without it every reviewer of the team
    #[arg(long, value_name = "CODE")]
    among: Vec<String>,
    /// Nobody gets a case of their own region
    #[arg(long)]
    other_region: bool,
    /// Nobody gets a case of their own county
    #[arg(long)]
    other_county: bool,
    /// Nobody has more cases of the round than this
    #[arg(long, value_name = "K")]
    at_most: Option<u32>,
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
}

impl Rules {
    /// Whether cases are given out by rule.
    pub fn asked(&self) -> bool {
        self.balanced || self.random
    }

    /// Gives out what can be given out and says what can't.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let row = round::find(&workspace, self.round.as_deref())?;
        let rules = AllotRules {
            among: self.people(&workspace)?,
            seed: self.seed,
            other_region: self.other_region,
            other_county: self.other_county,
            at_most: self.at_most,
        };
        let (cases, load) = open(&workspace, &row.name).map_err(fail)?;
        if cases.is_empty() {
            return print("no case is open: every case of the round is with someone\n");
        }
        let allotment = rules.allot(workspace.team(), &cases, &load);
        let mut commands: Vec<Command> = allotment
            .given
            .iter()
            .map(|(to, cases)| {
                let (cases, to) = (cases.clone(), to.clone());
                Command::Assign(AssignCases { cases, to, which: Which::First })
            })
            .collect();
        if !commands.is_empty() {
            let allotment = allotment.clone();
            commands.insert(0, Command::Allot(AllotCases { round: row.id, rules, allotment }));
        }
        workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
        left_over(&allotment);
        print(&text(&allotment, &load))
    }

    fn people(&self, workspace: &Workspace) -> Result<Vec<PersonCode>, Failure> {
        let bad = |text: &str, help: &str| {
            Failure::BadInput(format!("error: {}\n  help: {help}\n", clean(text)))
        };
        let team = workspace.team();
        let mut among = Vec::new();
        for text in &self.among {
            let code = code(text)?;
            if !team.people.contains_key(&code) {
                return Err(bad(
                    &format!("{code} is not on this workspace's team list"),
                    "`person list` shows who is; `person set CODE` adds someone",
                ));
            }
            among.push(code);
        }
        if among.is_empty() {
            let readers = team.people.values().filter(|one| one.role == PersonRole::Reviewer);
            among.extend(readers.map(|one| one.code.clone()));
        }
        among.sort();
        among.dedup();
        if among.is_empty() {
            return Err(bad("the team has no reviewer yet", "add people with `person set CODE`"));
        }
        Ok(among)
    }
}

/// Cases nobody reads yet, and how many everyone has in the round.
fn open(
    workspace: &Workspace,
    round: &str,
) -> Result<(Vec<Case>, BTreeMap<PersonCode, u32>), StoreError> {
    let filter =
        QueueFilter { round: Some(round.to_owned()), unassigned: true, ..QueueFilter::default() };
    let (mut cases, mut load) = (Vec::new(), BTreeMap::new());
    for row in workspace.queue(&filter)? {
        if row.reading.is_none() {
            cases.extend(workspace.case(row.number)?);
        } else if let Ok(code) = row.reviewer.parse() {
            *load.entry(code).or_default() += 1;
        }
    }
    Ok((cases, load))
}

fn left_over(allotment: &Allotment) {
    for one in &allotment.left {
        let why: Vec<String> = one.why.iter().map(|(code, bar)| format!("{code}: {bar}")).collect();
        note(&clean(&format!("{} can't be given to anyone: {}", one.case, why.join("; "))));
    }
}

fn text(allotment: &Allotment, load: &BTreeMap<PersonCode, u32>) -> String {
    let given: usize = allotment.given.values().map(Vec::len).sum();
    let people = count(allotment.given.len(), "person", "people");
    let mut text = format!("{} assigned to {people}\n", count(given, "case", "cases"));
    for (code, cases) in &allotment.given {
        let had = load.get(code).copied().unwrap_or(0) as usize;
        text += &format!("  {code}: {} new, {} in all\n", cases.len(), had + cases.len());
    }
    if !allotment.left.is_empty() {
        text += &format!("{} left over\n", count(allotment.left.len(), "case", "cases"));
    }
    text
}
