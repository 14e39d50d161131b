//! `bundle out|in|inspect`: sealed readings from readers back to the lead.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::bundle_out::Out;
use super::keys::{self, Keys, bad};
use super::opening;
use super::sending::leads;
use super::work::{known, mail_failure};
use crate::cli::output::print;
use crate::cli::{Failure, Global, workspace};
use crate::exchange::mail::{self, Content, Identity};
use crate::review::{InterviewMode, ParcelLabel, PersonCode};
use crate::store::{HeldParcel, IntakeError, Workspace};
use crate::text::{clean, list_or};

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

/// Takes bundles in, as `bundle in` does.
///
/// # Errors
/// As `bundle in`.
pub(super) fn take_in(global: &Global, files: Vec<PathBuf>, keys: Keys) -> Result<(), Failure> {
    TakeIn { files, keys }.run(global)
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
                if now.evidence.len() > before {
                    let mode = workspace.pair_mode(case);
                    let mode = mode.map_err(|error| workspace::failure(&path, &error))?;
                    let what = match mode {
                        Some(InterviewMode::EvidenceShared) => {
                            format!("`evidence release {case}` shares it")
                        }
                        _ => format!("it stays with the review; `evidence list {case}` shows it"),
                    };
                    print(&format!("{case}: evidence; {what}\n"))?;
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
        let bytes = keys::read(&self.file, "a bundle is what `bundle out` writes")?;
        if mail::says_from(&bytes) == Some(identity.card().fingerprint) {
            let leads: Vec<&str> = leads(&workspace).into_iter().map(PersonCode::as_str).collect();
            let whom = if leads.is_empty() { "its receiver".into() } else { list_or(&leads) };
            return Err(bad(
                &format!("{} is your own: it is sealed for {whom}", self.file.display()),
                "only its receiver can open it; `bundle out` says what goes into it",
            ));
        }
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
