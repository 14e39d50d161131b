//! `bundle out|in|inspect`: sealed readings from readers back to the lead.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::keys::{self, Keys, bad};
use super::opening;
use super::sending::{self, own_card, receiver};
use super::work::{known, mail_failure};
use crate::cli::output::print;
use crate::cli::{Failure, Global, workspace};
use crate::exchange::mail::{self, Content, Identity, Outgoing};
use crate::review::{
    CaseNumber, Command, ParcelLabel, PersonCode, Reading, ReadingSigned, Status, seal_message,
    to_sign,
};
use crate::store::{HeldParcel, IntakeError, StoreError, Workspace};
use crate::text::{clean, count};

/// Bundles: sealed reviews on their way back to the lead
#[derive(Debug, Args)]
pub struct Bundle {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Sign your submitted reviews and write them into a bundle for the lead
    Out(Out),
    /// Take bundles in, in any order and as often as you like
    In(TakeIn),
    /// Say from whom a bundle is and what its labels say, without opening a review
    Inspect(Inspect),
}

#[derive(Debug, Args)]
struct Out {
    /// Only these cases
    cases: Vec<String>,
    /// Unfinished reviews too: for a dying laptop, or before a case goes to someone else
    #[arg(long)]
    draft: bool,
    /// Who gets it; without it whoever gave the last work order
    #[arg(long, value_name = "CODE")]
    to: Option<String>,
    /// The bundle; without it CODE.bundle
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
}

#[derive(Debug, Args)]
struct TakeIn {
    /// The bundles; none only opens what may be opened by now
    files: Vec<PathBuf>,
    #[command(flatten)]
    keys: Keys,
}

#[derive(Debug, Args)]
struct Inspect {
    /// The bundle
    file: PathBuf,
    #[command(flatten)]
    keys: Keys,
}

impl Bundle {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Out(out) => out.run(global),
            What::In(take) => take.run(global),
            What::Inspect(inspect) => inspect.run(global),
        }
    }
}

impl Out {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let mine = workspace.own_readings().map_err(fail)?;
        let noted = |reading: &&Arc<Reading>| {
            reading.taken && !(reading.evidence.is_empty() && reading.alerts.is_empty())
        };
        let noted: Vec<_> = mine.iter().filter(noted).cloned().collect();
        let chosen = self.chosen(&workspace, mine, noted.is_empty())?;
        let to = receiver(&workspace, self.to.as_deref())?;
        let user = workspace.user().clone();
        let identity = self.keys.unlock_as(&user)?;
        own_card(&mut workspace, &identity)?;
        let mut parcels = Vec::with_capacity(chosen.len());
        for reading in chosen {
            let sealed = reading.status != Status::Open;
            if sealed {
                sign(&mut workspace, &identity, &reading)?;
            }
            let parcel = workspace.parcel(&reading).map_err(fail)?;
            parcels.push(Outgoing { parcel, sealed, evidence: false });
        }
        // Evidence is for the lead to release at once, whatever stays closed.
        for reading in &noted {
            let parcel = workspace.evidence_parcel(reading).map_err(fail)?;
            parcels.push(Outgoing { parcel, sealed: false, evidence: true });
        }
        let file = self.out.unwrap_or_else(|| PathBuf::from(format!("{user}.bundle")));
        sending::bundle(&identity, &to, &parcels, &file)?;
        let sealed = parcels.iter().filter(|one| one.sealed).count();
        let drafts = parcels.len() - sealed - noted.len();
        let mut text = count(sealed, "sealed review", "sealed reviews");
        if drafts > 0 {
            text.push_str(&format!(" and {}", count(drafts, "draft", "drafts")));
        }
        if !noted.is_empty() {
            let has = |what: fn(&Reading) -> bool| noted.iter().any(|one| what(one));
            let evidence = has(|one| !one.evidence.is_empty());
            let what = match (evidence, has(|one| !one.alerts.is_empty())) {
                (true, true) => "evidence and alerts",
                (true, false) => "evidence",
                _ => "alerts",
            };
            text.push_str(&format!(", {what} on {}", count(noted.len(), "case", "cases")));
        }
        print(&clean(&format!("{}: {text} for {}", file.display(), to.code)))?;
        print("\n")
    }

    /// The readings that leave: sealed ones, with --draft open ones too.
    fn chosen(
        &self,
        workspace: &Workspace,
        mine: Vec<Arc<Reading>>,
        alone: bool,
    ) -> Result<Vec<Arc<Reading>>, Failure> {
        let user = workspace.user();
        let mut wanted = Vec::new();
        let mut wrong = String::new();
        let tell = |wrong: &mut String, what: String, help: &str| {
            wrong.push_str(&format!("error: {}\n  help: {help}\n", clean(&what)));
        };
        for text in &self.cases {
            match text.parse::<CaseNumber>() {
                Ok(number) => wanted.push(number),
                Err(error) => {
                    tell(&mut wrong, error.to_string(), "`casereview status` lists the cases")
                }
            }
        }
        let leaves =
            |reading: &Reading| reading.taken && (self.draft || reading.status != Status::Open);
        for number in &wanted {
            match mine.iter().find(|reading| reading.case.number == *number) {
                None => tell(
                    &mut wrong,
                    format!("{number} is not among the cases of {user}"),
                    "`casereview status` lists the cases",
                ),
                Some(reading) if !reading.taken => tell(
                    &mut wrong,
                    format!("{number} did not come by a work order"),
                    "it is in the lead's workspace already",
                ),
                Some(reading) if !leaves(reading) => tell(
                    &mut wrong,
                    format!("{number} is not submitted"),
                    "submit it, or send it unfinished with --draft",
                ),
                Some(_) => {}
            }
        }
        let chosen: Vec<_> = mine
            .into_iter()
            .filter(|reading| leaves(reading))
            .filter(|reading| wanted.is_empty() || wanted.contains(&reading.case.number))
            .collect();
        if wrong.is_empty() && chosen.is_empty() && alone {
            tell(
                &mut wrong,
                "no review is submitted yet".to_owned(),
                "submit one, or send what there is with --draft",
            );
        }
        if wrong.is_empty() { Ok(chosen) } else { Err(Failure::BadInput(wrong)) }
    }
}

/// Takes bundles in, as `bundle in` does.
///
/// # Errors
/// As `bundle in`.
pub(super) fn take_in(global: &Global, files: Vec<PathBuf>, keys: Keys) -> Result<(), Failure> {
    TakeIn { files, keys }.run(global)
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

impl TakeIn {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let user = workspace.user().clone();
        let identity = self.keys.unlock_as(&user)?;
        // Every bundle is verified before anything of one is kept.
        let (mut bundles, mut wrong) = (Vec::new(), String::new());
        for file in &self.files {
            match labels(file, &workspace, &identity) {
                Ok(bundle) => bundles.push((file, bundle)),
                Err(Failure::BadInput(text)) => wrong.push_str(&text),
                Err(other) => return Err(other),
            }
        }
        if !wrong.is_empty() {
            return Err(Failure::BadInput(wrong));
        }
        let nothing = bundles.is_empty();
        let mut came = opening::Came { nothing, ..Default::default() };
        for (file, (from, parcels)) in &bundles {
            let refused = |error: IntakeError| match error {
                IntakeError::Store(error) => workspace::failure(&path, &error),
                error => bad(
                    &format!("{}: {error}", file.display()),
                    "nothing of it was taken in; ask its sender",
                ),
            };
            let (evidence, closed): (Vec<_>, Vec<_>) =
                parcels.iter().cloned().partition(|(label, _)| label.evidence);
            workspace.hold(from, &closed).map_err(refused)?;
            came.parcels.extend(closed.iter().map(|(label, _)| label.digest));
            for (label, bytes) in evidence {
                let parcel = mail::open_parcel(&identity, &label, &bytes)
                    .map_err(|error| bad(&format!("{}: {error}", file.display()), AGAIN))?;
                let reading = workspace.reading(label.reading);
                let reading = reading.map_err(|error| refused(IntakeError::Store(error)))?;
                let (case, from) = (reading.case.number, from.clone());
                let held = HeldParcel { label, case, from: from.clone(), bytes };
                let (before, alerts) = (reading.evidence.len(), reading.alerts.len());
                match workspace.take_in(&[(held, parcel)]) {
                    Ok(_) => {}
                    // What a copy wrote stays out; everything else goes on.
                    Err(IntakeError::Fork { .. }) => {
                        came.alone.push((case, from));
                        continue;
                    }
                    Err(error) => return Err(refused(error)),
                }
                let now = workspace.reading(reading.id);
                let now = now.map_err(|error| refused(IntakeError::Store(error)))?;
                for alert in now.alerts.iter().skip(alerts) {
                    let (kind, by) = (alert.kind.title(), &alert.by);
                    print(&format!("{case}: ALERT from {by}, {kind}; `alert list` shows it\n"))?;
                }
                if now.evidence.len() > before || now.alerts.is_empty() {
                    print(&format!("{case}: evidence; `evidence release {case}` shares it\n"))?;
                }
            }
        }
        opening::open_all(&mut workspace, &identity, came)
    }
}

const AGAIN: &str = "ask its sender for it anew";

/// A parcel with its label, still encrypted.
type Labelled = (ParcelLabel, Vec<u8>);

/// The labels of one bundle, verified.
fn labels(
    file: &Path,
    workspace: &Workspace,
    identity: &Identity,
) -> Result<(PersonCode, Vec<Labelled>), Failure> {
    let bytes = keys::read(file, "a bundle is what `bundle out` writes")?;
    let sender = |print| known(workspace.team(), print);
    let opened = mail::open(&bytes, identity, Content::Bundle, &sender)
        .map_err(|error| mail_failure(file, &error))?;
    let parcels = mail::read_bundle(&opened.from, &opened.content).map_err(|error| {
        bad(&format!("{}: {error}", file.display()), "ask its sender for it anew")
    })?;
    Ok((opened.from.code, parcels))
}

impl Inspect {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let identity = self.keys.unlock_as(workspace.user())?;
        let (from, parcels) = labels(&self.file, &workspace, &identity)?;
        let card = workspace.team().card(&from);
        let name = card.map(|card| card.name.as_str()).unwrap_or_default();
        print(&clean(&format!("from {from} ({name}), signature holds")))?;
        print("\n")?;
        for (label, bytes) in &parcels {
            let reading = workspace.reading(label.reading);
            let case = reading.map_or_else(
                |_| format!("review {}", label.reading),
                |reading| reading.case.number.to_string(),
            );
            let what = match (label.evidence, label.sealed) {
                (true, _) => "evidence",
                (_, true) => "sealed",
                _ => "draft",
            };
            print(&format!("{case}: {what}, {} bytes, closed\n", bytes.len()))?;
        }
        Ok(())
    }
}
