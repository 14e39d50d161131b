//! `bundle out`: what a reader sends back, to each lead what that lead gave out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::keys::{Keys, bad};
use super::sending::{self, card_of, lead_of, leads, own_card, receiver};
use crate::cli::output::print;
use crate::cli::{Failure, Global, workspace};
use crate::exchange::mail::{Identity, Outgoing};
use crate::review::{
    Card, CaseNumber, Command, PersonCode, Reading, ReadingSigned, Status, seal_message, to_sign,
};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, count};

#[derive(Debug, Args)]
pub struct Out {
    /// Only these cases
    cases: Vec<String>,
    /// Unfinished reviews too: for a dying laptop, or before a case goes to someone else
    #[arg(long)]
    draft: bool,
    /// Who gets it; without it each review goes to the lead who gave it out
    #[arg(long, value_name = "CODE")]
    to: Option<String>,
    /// The bundle; without it CODE.bundle, or for drafts or single cases a name that says so
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file of --out
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    keys: Keys,
}

/// What goes to one lead.
struct Lot {
    to: Card,
    reviews: Vec<Arc<Reading>>,
    /// Those with evidence or alerts, which go along whatever stays closed.
    noted: Vec<Arc<Reading>>,
}

impl Out {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let mine = workspace.own_readings().map_err(fail)?;
        let noted = |reading: &&Arc<Reading>| {
            reading.taken && !(reading.evidence.is_empty() && reading.alerts.is_empty())
        };
        let noted: Vec<_> = mine.iter().filter(noted).cloned().collect();
        let back = workspace.own_taken_back().map_err(fail)?;
        let wanted = self.wanted()?;
        let chosen = self.chosen(&workspace, &wanted, mine, back, noted.is_empty())?;
        let lots = self.lots(&workspace, !wanted.is_empty(), chosen, noted)?;
        let files = self.files(&workspace, &wanted, &lots)?;
        let identity = self.keys.unlock_as(workspace.user())?;
        own_card(&mut workspace, &identity)?;
        for (lot, file) in lots.iter().zip(files) {
            write(&mut workspace, &identity, lot, &file)?;
        }
        Ok(())
    }

    /// The cases that were named.
    fn wanted(&self) -> Result<BTreeSet<CaseNumber>, Failure> {
        let mut wrong = String::new();
        let mut wanted = BTreeSet::new();
        for text in &self.cases {
            match text.parse::<CaseNumber>() {
                Ok(number) => drop(wanted.insert(number)),
                Err(error) => tell(&mut wrong, &error.to_string(), LISTS),
            }
        }
        if wrong.is_empty() { Ok(wanted) } else { Err(Failure::BadInput(wrong)) }
    }

    /// The readings that leave: sealed ones, with --draft open ones too. What was taken back
    /// leaves only where its case is named, as a draft or as it was sealed.
    fn chosen(
        &self,
        workspace: &Workspace,
        wanted: &BTreeSet<CaseNumber>,
        mine: Vec<Arc<Reading>>,
        mut back: Vec<Arc<Reading>>,
        alone: bool,
    ) -> Result<Vec<Arc<Reading>>, Failure> {
        let user = workspace.user();
        let mut wrong = String::new();
        let leaves =
            |reading: &Reading| reading.taken && (self.draft || reading.status != Status::Open);
        back.retain(|reading| reading.taken && wanted.contains(&reading.case.number));
        for number in wanted {
            let theirs = || mine.iter().filter(|reading| reading.case.number == *number);
            let taken_back = back.iter().any(|reading| reading.case.number == *number);
            let (what, help) = match theirs().next() {
                None if taken_back && self.draft => continue,
                None if taken_back => (
                    format!("{number} was taken back from {user}"),
                    "what was written in it is sent all the same with --draft",
                ),
                None => (format!("{number} is not among the cases of {user}"), LISTS),
                Some(_) if theirs().all(|reading| !reading.taken) => (
                    format!("{number} did not come by a work order"),
                    "it is in the lead's workspace already",
                ),
                Some(_) if !theirs().any(|reading| leaves(reading)) => (
                    format!("{number} is not submitted"),
                    "submit it, or send it unfinished with --draft",
                ),
                Some(_) => continue,
            };
            tell(&mut wrong, &what, help);
        }
        if !self.draft {
            back.clear();
        }
        let chosen: Vec<_> = mine
            .into_iter()
            .filter(|reading| leaves(reading))
            .filter(|reading| wanted.is_empty() || wanted.contains(&reading.case.number))
            .chain(back)
            .collect();
        if wrong.is_empty() && chosen.is_empty() && alone {
            let help = "submit one, or send what there is with --draft";
            tell(&mut wrong, "no review is submitted yet", help);
        }
        if wrong.is_empty() { Ok(chosen) } else { Err(Failure::BadInput(wrong)) }
    }

    /// What leaves, by the lead who gave it out: nobody else can open it.
    fn lots(
        &self,
        workspace: &Workspace,
        named: bool,
        chosen: Vec<Arc<Reading>>,
        noted: Vec<Arc<Reading>>,
    ) -> Result<Vec<Lot>, Failure> {
        if self.to.is_some() {
            let to = receiver(workspace, self.to.as_deref())?;
            let theirs = |reading: &Arc<Reading>| workspace.team().goes_to(&to.code, reading);
            let (reviews, others): (Vec<_>, Vec<_>) = chosen.into_iter().partition(theirs);
            let noted: Vec<_> = noted.into_iter().filter(theirs).collect();
            if (named && !others.is_empty()) || (reviews.is_empty() && noted.is_empty()) {
                return Err(elsewhere(workspace, &to.code, &others));
            }
            return Ok(vec![Lot { to, reviews, noted }]);
        }
        let mut by: BTreeMap<PersonCode, (Vec<_>, Vec<_>)> = BTreeMap::new();
        for reading in chosen {
            let lead = lead_of(workspace, &reading)?;
            by.entry(lead).or_default().0.push(reading);
        }
        let alone = by.is_empty();
        for reading in noted {
            let lead = lead_of(workspace, &reading)?;
            // Named cases go to their leads; the evidence for another waits for its own bundle.
            if !named || alone || by.contains_key(&lead) {
                by.entry(lead).or_default().1.push(reading);
            }
        }
        let lot =
            |(lead, (reviews, noted))| Ok(Lot { to: card_of(workspace, &lead)?, reviews, noted });
        by.into_iter().map(lot).collect()
    }

    /// The file of each lot. One that may hold less than another never has its name: a bundle
    /// that was not sent yet is not lost.
    fn files(
        &self,
        workspace: &Workspace,
        wanted: &BTreeSet<CaseNumber>,
        lots: &[Lot],
    ) -> Result<Vec<PathBuf>, Failure> {
        if let Some(file) = &self.out {
            if lots.len() > 1 {
                let leads: Vec<&str> = lots.iter().map(|lot| lot.to.code.as_str()).collect();
                let what = format!("{} get a bundle each", leads.join(" and "));
                return Err(bad(&what, "say for whom the file is with --to CODE"));
            }
            if file.exists() && !self.force {
                let what = format!("{} is there already", file.display());
                return Err(bad(&what, "name another file with --out, or say --force"));
            }
            return Ok(vec![file.clone()]);
        }
        let mut name = workspace.user().to_string();
        for case in wanted.iter().take(NAMED) {
            name.push_str(&format!("-{case}"));
        }
        if wanted.len() > NAMED {
            name.push_str(&format!("-and-{}-more", wanted.len() - NAMED));
        }
        if wanted.is_empty() && self.draft {
            name.push_str("-draft");
        }
        let several = leads(workspace).len() > 1;
        let file = |lot: &Lot| match several {
            true => PathBuf::from(format!("{name}-for-{}.bundle", lot.to.code)),
            false => PathBuf::from(format!("{name}.bundle")),
        };
        Ok(lots.iter().map(file).collect())
    }
}

const LISTS: &str = "`casereview status` lists the cases";
/// So many cases stand in the name of a file.
const NAMED: usize = 4;

fn tell(wrong: &mut String, what: &str, help: &str) {
    wrong.push_str(&format!("error: {}\n  help: {help}\n", clean(what)));
}

/// Why nothing, or not all that was named, goes to a lead.
fn elsewhere(workspace: &Workspace, to: &PersonCode, others: &[Arc<Reading>]) -> Failure {
    let mut wrong = String::new();
    let help = "leave out --to: each review goes to the lead who gave it out";
    for reading in others {
        let case = reading.case.number;
        let by = workspace.team().giver_of(reading).map(PersonCode::as_str).unwrap_or("nobody");
        tell(&mut wrong, &format!("{case} was given out by {by}, not by {to}"), help);
    }
    if others.is_empty() {
        tell(&mut wrong, &format!("nothing here was given out by {to}"), help);
    }
    Failure::BadInput(wrong)
}

/// Signs what is sealed and writes the bundle of one lead.
fn write(
    workspace: &mut Workspace,
    identity: &Identity,
    lot: &Lot,
    file: &Path,
) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let fail = |error: StoreError| workspace::failure(&path, &error);
    let mut parcels = Vec::with_capacity(lot.reviews.len());
    for reading in &lot.reviews {
        // One that was taken back is sealed if it was handed in before.
        let sealed = match reading.status {
            Status::Open => false,
            Status::Withdrawn => reading.seal.is_some(),
            _ => true,
        };
        if sealed {
            sign(workspace, identity, reading)?;
        }
        let parcel = workspace.parcel(reading).map_err(fail)?;
        parcels.push(Outgoing { parcel, sealed, evidence: false });
    }
    // Evidence is for the lead to release at once, whatever stays closed.
    for reading in &lot.noted {
        let parcel = workspace.evidence_parcel(reading).map_err(fail)?;
        parcels.push(Outgoing { parcel, sealed: false, evidence: true });
    }
    sending::bundle(identity, &lot.to, &parcels, file)?;
    let sealed = parcels.iter().filter(|one| one.sealed).count();
    let drafts = lot.reviews.len() - sealed;
    let mut text = count(sealed, "sealed review", "sealed reviews");
    if drafts > 0 {
        text.push_str(&format!(" and {}", count(drafts, "draft", "drafts")));
    }
    if !lot.noted.is_empty() {
        let has = |what: fn(&Reading) -> bool| lot.noted.iter().any(|one| what(one));
        let evidence = has(|one| !one.evidence.is_empty());
        let what = match (evidence, has(|one| !one.alerts.is_empty())) {
            (true, true) => "evidence and alerts",
            (true, false) => "evidence",
            _ => "alerts",
        };
        text.push_str(&format!(", {what} on {}", count(lot.noted.len(), "case", "cases")));
    }
    print(&clean(&format!("{}: {text} for {}", file.display(), lot.to.code)))?;
    print("\n")
}

/// Signs the seal of a reading, unless that was done.
fn sign(workspace: &mut Workspace, identity: &Identity, reading: &Reading) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let Some(bare) = to_sign(reading, identity.card().fingerprint) else { return Ok(()) };
    let done = reading.signature.as_ref().is_some_and(|signed| {
        ReadingSigned { signature: bare.signature, ..signed.clone() } == bare
    });
    if done {
        return Ok(());
    }
    let signature = identity.sign(&seal_message(reading.id, reading.case.number, &bare));
    let command =
        Command::Sign { reading: reading.id, signed: ReadingSigned { signature, ..bare } };
    workspace.act(&command).map(drop).map_err(|error| workspace::refusal(&path, &error))
}
