//! `assign --balanced`, `assign --random`: open cases given out within rules.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::output::{note, print};
use super::person::code;
use super::{Failure, Global, round, workspace};
use crate::review::{
    AllotCases, AllotRules, Allotment, AssignCases, AssignPair, Case, CaseNumber, Command, GiveOut,
    LeftOver, PairAllotment, PairHistory, PairLeftOver, PersonCode, PersonRole, Which, pair,
};
use crate::store::{QueueFilter, RoundRow, StoreError, Workspace};
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
    /// Two people a case, who fill in one form: no pair twice, no two new reviewers together
    #[arg(long)]
    pairs: bool,
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
    pub fn run(self, global: &Global, which: Which) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let row = round::find(&workspace, self.round.as_deref())?;
        let open = Open::find(&workspace, &row, which).map_err(fail)?;
        let rules = AllotRules {
            among: self.people(&workspace)?,
            seed: self.seed.clone(),
            other_region: self.other_region,
            other_county: self.other_county,
            at_most: self.at_most,
            day: Some(workspace.now().utc().date_naive()),
            readers: open.readers,
        };
        if open.cases.is_empty() {
            return print(match which {
                Which::First => "no case is open: every case of the round is with someone\n",
                _ => "no second review is open: `second draw` draws some\n",
            });
        }
        let (cases, history) = (open.cases, open.history);
        let mut commands = Vec::new();
        let (text, said) = if self.pairs {
            let pairs = rules.allot_pairs(workspace.team(), &cases, &history);
            for (case, to, with) in &pairs.given {
                let (cases, to, with) = (vec![*case], to.clone(), with.clone());
                commands.push(Command::AssignPair(AssignPair { cases, to, with, which }));
            }
            let told = (pairs_text(&pairs), pairs_left(&pairs));
            let round = row.id;
            let out = GiveOut { round, rules, which, pairs: Some(pairs), single: None };
            commands.insert(0, Command::GiveOut(out));
            told
        } else {
            let single = rules.allot(workspace.team(), &cases, &history.load);
            for (to, cases) in &single.given {
                let (cases, to) = (cases.clone(), to.clone());
                commands.push(Command::Assign(AssignCases { cases, to, which }));
            }
            let told = (text(&single, &history.load), left_over(&single));
            let round = row.id;
            commands.insert(
                0,
                match which {
                    Which::First => Command::Allot(AllotCases { round, rules, allotment: single }),
                    _ => {
                        let single = Some(single);
                        Command::GiveOut(GiveOut { round, rules, which, pairs: None, single })
                    }
                },
            );
            told
        };
        if commands.len() > 1 {
            workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
        }
        said.iter().for_each(|line| note(line));
        print(&text)
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

/// What is open, and what people have already.
struct Open {
    cases: Vec<Case>,
    history: PairHistory,
    /// Who stands on another review of a case.
    readers: BTreeMap<CaseNumber, BTreeSet<PersonCode>>,
}

impl Open {
    /// Cases of the round nobody reads yet, or nobody a second time though they were drawn.
    fn find(workspace: &Workspace, round: &RoundRow, which: Which) -> Result<Self, StoreError> {
        let filter = QueueFilter {
            round: Some(round.name.clone()),
            unassigned: true,
            ..QueueFilter::default()
        };
        let mut open =
            Self { cases: Vec::new(), history: PairHistory::default(), readers: BTreeMap::new() };
        let mut wanted = BTreeSet::new();
        if which == Which::Second {
            let state = workspace.round(round.id)?;
            wanted.extend(state.seconds.cases().filter(|case| state.is_in(*case)));
        }
        for row in workspace.queue(&filter)? {
            let Some(reading) = row.reading else {
                if which == Which::First {
                    wanted.insert(row.number);
                }
                continue;
            };
            if row.which == which {
                wanted.remove(&row.number);
            }
            let Ok(first) = row.reviewer.parse::<PersonCode>() else { continue };
            let with = workspace.reading(reading)?.partner.clone();
            if let Some(with) = &with {
                open.history.together.insert(pair(&first, with));
            }
            for code in std::iter::once(first).chain(with) {
                *open.history.load.entry(code.clone()).or_default() += 1;
                if row.which != which {
                    open.readers.entry(row.number).or_default().insert(code);
                }
            }
        }
        for number in wanted {
            open.cases.extend(workspace.case(number)?);
        }
        Ok(open)
    }
}

fn left_over(allotment: &Allotment) -> Vec<String> {
    let line = |one: &LeftOver| {
        let why: Vec<String> = one.why.iter().map(|(code, bar)| format!("{code}: {bar}")).collect();
        clean(&format!("{} can't be given to anyone: {}", one.case, why.join("; "))).into_owned()
    };
    allotment.left.iter().map(line).collect()
}

fn pairs_left(allotment: &PairAllotment) -> Vec<String> {
    let line = |one: &PairLeftOver| {
        let people = one.people.iter().map(|(code, bar)| format!("{code}: {bar}"));
        let pairs = one.pairs.iter().map(|((a, b), bar)| format!("{a} and {b}: {bar}"));
        let why: Vec<String> = people.chain(pairs).collect();
        clean(&format!("{} can't be given to a pair: {}", one.case, why.join("; "))).into_owned()
    };
    allotment.left.iter().map(line).collect()
}

fn pairs_text(allotment: &PairAllotment) -> String {
    let given = &allotment.given;
    let pairs = count(given.len(), "pair", "pairs");
    let mut text = format!("{} assigned to {pairs}\n", count(given.len(), "case", "cases"));
    for (case, to, with) in given {
        text += &format!("  {case}: {to} writes, with {with}\n");
    }
    if !allotment.left.is_empty() {
        text += &format!("{} left over\n", count(allotment.left.len(), "case", "cases"));
    }
    text
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
