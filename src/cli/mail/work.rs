//! `work out`, `work in FILE`: work orders from a lead to readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::alert;
use super::keys::{self, Keys, bad};
use super::sending::{self, own_card};
use super::taken_back;
use crate::cli::output::{note, print};
use crate::cli::person::code;
use crate::cli::{Failure, Global, workspace};
use crate::exchange::mail::{self, Content, Opened, Sender};
use crate::instrument::{self, Instrument};
use crate::review::{Card, Fingerprint, OrderEdition, PersonCode, Status, Team, Which};
use crate::store::{QueueFilter, StoreError, Surroundings, TakenOrder, Workspace};
use crate::text::{clean, count};

/// Work orders: the cases each reader has to read, sealed for them alone
#[derive(Debug, Args)]
pub struct Work {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a work order for readers; without codes for everyone who has open cases or had one
    /// taken back
    Out(Out),
    /// Take a work order in; makes the reader's workspace if there is none
    In(TakeIn),
}

#[derive(Debug, Args)]
struct Out {
    /// Codes of readers
    people: Vec<String>,
    /// Folder for the files, CODE.order each
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    #[command(flatten)]
    keys: Keys,
}

#[derive(Debug, Args)]
struct TakeIn {
    /// The work order
    file: PathBuf,
    /// The lead's card, for the first work order
    #[arg(long, value_name = "CARD")]
    from: Option<PathBuf>,
    /// Fingerprint of that card, as the lead read it aloud
    #[arg(long, value_name = "TEXT", requires = "from")]
    fingerprint: Option<String>,
    #[command(flatten)]
    keys: Keys,
}

impl Work {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Out(out) => out.run(global),
            What::In(take) => take.run(global),
        }
    }
}

impl Out {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let user = workspace.user().clone();
        if !workspace.team().is_lead(&user) {
            return Err(bad(
                &format!("{user} is not a lead, and only a lead gives out work"),
                "name a lead with --as CODE",
            ));
        }
        let people = self.people(&workspace).map_err(|error| match error {
            Trouble::Store(error) => fail(error),
            Trouble::Said(failure) => failure,
        })?;
        if people.is_empty() {
            note("assign cases, and take cards in with `team add CARD`");
            return print("nothing to hand out: nobody with a card has an open case\n");
        }
        let identity = self.keys.unlock_as(&user)?;
        own_card(&mut workspace, &identity)?;
        let back = taken_back::rows(&workspace).map_err(fail)?;
        for card in people {
            let mut order = workspace.work_order(&card.code).map_err(fail)?;
            for case in &mut order.cases {
                // A draft nobody may look at yet goes on to the next reader unread.
                let Some(held) = workspace.closed_before(case.reading).map_err(fail)? else {
                    continue;
                };
                let (start, texts) = mail::open_parcel(&identity, &held.label, &held.bytes)
                    .and_then(|parcel| mail::draft(&parcel))
                    .map_err(|error| bad(&format!("{}: {error}", case.case.number), ANEW))?;
                case.start = start;
                order.texts.extend(texts);
            }
            let file = self.dir.join(format!("{}.order", card.code));
            sending::order(&identity, &card, &order, &file)?;
            let cases = count(order.cases.len(), "case", "cases");
            let alerts = match order.alerts.len() {
                0 => String::new(),
                steps => format!(", {} to alerts", count(steps, "answer", "answers")),
            };
            let back = back.iter().filter(|row| row.reviewer == card.code.as_str());
            let mut back: Vec<String> = back
                .filter(|row| order.cases.iter().all(|case| case.case.number != row.number))
                .map(|row| row.number.to_string())
                .collect();
            back.dedup();
            let back = match back.as_slice() {
                [] => String::new(),
                back => format!("; taken back: {}", back.join(" ")),
            };
            print(&clean(&format!("{}: {cases}{alerts} for {}{back}", file.display(), card.code)))?;
            print("\n")?;
        }
        Ok(())
    }

    fn people(&self, workspace: &Workspace) -> Result<Vec<Card>, Trouble> {
        let team = workspace.team();
        if self.people.is_empty() {
            let open = QueueFilter { status: vec![Status::Open], ..QueueFilter::default() };
            let mut codes: Vec<PersonCode> = workspace
                .queue(&open)?
                .iter()
                .filter(|row| row.which != Which::Final)
                .filter_map(|row| row.reviewer.parse().ok())
                .collect();
            codes.sort_unstable();
            codes.dedup();
            let without: Vec<&str> = codes
                .iter()
                .filter(|code| team.card(code).is_none() && *code != workspace.user())
                .map(PersonCode::as_str)
                .collect();
            if !without.is_empty() {
                note(&format!("without a card, so they work in this file: {}", without.join(", ")));
            }
            // Who has nothing left hears it too: else they go on with what was taken back.
            let back = taken_back::rows(workspace)?;
            codes.extend(back.iter().filter_map(|row| row.reviewer.parse::<PersonCode>().ok()));
            codes.sort_unstable();
            codes.dedup();
            return Ok(codes.iter().filter_map(|code| team.card(code).cloned()).collect());
        }
        let card = |text: &String| {
            let code = code(text).map_err(Trouble::Said)?;
            team.card(&code).cloned().ok_or_else(|| {
                Trouble::Said(bad(
                    &format!("{code} has no card here"),
                    "take it in with `team add CARD`",
                ))
            })
        };
        self.people.iter().map(card).collect()
    }
}

const ANEW: &str = "ask its first reader for the draft anew";

enum Trouble {
    Store(StoreError),
    Said(Failure),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Takes a work order in, as `work in` does.
///
/// # Errors
/// As `work in`.
pub(super) fn take_in(global: &Global, file: PathBuf, keys: Keys) -> Result<(), Failure> {
    TakeIn { file, from: None, fingerprint: None, keys }.run(global)
}

impl TakeIn {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let bytes = keys::read(&self.file, "a work order is what `work out` writes")?;
        let path = &global.workspace;
        let refusal = |error| workspace::refusal(path, &error);
        let mut there = if path.exists() { Some(workspace::open(global)?) } else { None };
        let told = self.lead(there.as_ref())?;
        let identity = match &there {
            Some(open) => self.keys.unlock_as(open.user())?,
            None => self.keys.unlock()?,
        };
        let team = there.as_ref().map(Workspace::team);
        let sender = |print: Fingerprint| match &told {
            Some(card) if card.fingerprint == print => Sender::Known(card.clone()),
            _ => team.map_or(Sender::Unknown, |team| known(team, print)),
        };
        let opened = mail::open(&bytes, &identity, Content::Order, &sender)
            .map_err(|error| mail_failure(&self.file, &error))?;
        let taken = taken(&opened).map_err(|what| {
            bad(&format!("{}: {what}", self.file.display()), "ask the lead for it anew")
        })?;
        let new = there.is_none();
        let seen = |workspace: &Workspace| {
            workspace.alerts().map_err(|error| workspace::failure(path, &error))
        };
        let before = there.as_ref().map(seen).transpose()?.unwrap_or_default();
        let back = there.as_ref().map(|open| taken_back::still_there(open, &taken.order));
        let back = back.unwrap_or_default();
        let workspace = match there.take() {
            Some(mut open) => {
                open.take_order(&taken).map_err(refusal)?;
                open
            }
            None => Workspace::create_from_order(path, &taken, Surroundings::system())
                .map_err(refusal)?,
        };
        if new {
            note(&clean(&format!("{} made", path.display())));
        }
        let answered = alert::news(&before, &seen(&workspace)?);
        answered.iter().try_for_each(|line| print(&format!("{}\n", clean(line))))?;
        let alone = taken.order.cases.is_empty() && taken.order.recalled.is_empty();
        if alone && !taken.order.alerts.is_empty() {
            if answered.is_empty() {
                print("nothing new on your alerts\n")?;
            }
            return Ok(());
        }
        let cases: Vec<String> =
            taken.order.cases.iter().map(|case| case.case.number.to_string()).collect();
        let mut text = format!("{} from {}", count(cases.len(), "case", "cases"), opened.from.code);
        if !cases.is_empty() {
            text.push_str(&format!(": {}", cases.join(" ")));
        }
        text.push('\n');
        text.push_str(&taken_back::told(&taken.order, &back));
        if !cases.is_empty() {
            text.push_str(&format!("`casereview review --as {}` opens them\n", workspace.user()));
        }
        print(&text)
    }

    /// The card given with the first order, its fingerprint compared.
    fn lead(&self, workspace: Option<&Workspace>) -> Result<Option<Card>, Failure> {
        let Some(path) = &self.from else {
            return match workspace {
                Some(_) => Ok(None),
                None => Err(bad(
                    "a first work order needs the card of whoever gave it",
                    "name it with --from CARD",
                )),
            };
        };
        let card = keys::card(path)?;
        let team = workspace.map(Workspace::team);
        if let Some(known) = team.and_then(|team| team.card(&card.code)) {
            // One that is known already is not compared again, and another is not let in here.
            return if known.fingerprint == card.fingerprint {
                Ok(None)
            } else {
                Err(bad(
                    &format!("{} has another card here", card.code),
                    "put the new one in its place with `team replace CARD`",
                ))
            };
        }
        keys::compared(&card, self.fingerprint.as_deref())?;
        Ok(Some(card))
    }
}

/// Reads an order that was opened, with its editions checked.
fn taken(opened: &Opened) -> Result<TakenOrder, String> {
    let (order, hash) = mail::read_order(&opened.content).map_err(|error| error.to_string())?;
    if order.from != opened.from.code {
        return Err("it names another sender than its key does".to_owned());
    }
    let editions = order.editions.iter().map(edition).collect::<Result<_, _>>()?;
    Ok(TakenOrder { order: Arc::new(order), hash, from: opened.from.clone(), editions })
}

fn edition(sent: &OrderEdition) -> Result<Arc<Instrument>, String> {
    let shipped = instrument::shipped().iter().filter_map(|one| instrument::load_shipped(one.id));
    if let Some(found) = { shipped }.find(|one| one.hash() == sent.hash) {
        return Ok(found);
    }
    let checked = instrument::check("the work order's instrument", &sent.text);
    checked
        .instrument
        .filter(|edition| edition.hash() == sent.hash)
        .map(Arc::new)
        .ok_or_else(|| "its instrument is not sound".to_owned())
}

/// What a team knows of a fingerprint.
pub(super) fn known(team: &Team, print: Fingerprint) -> Sender {
    match team.card_named(print) {
        Some((card, true)) => Sender::Known(card.clone()),
        Some((card, false)) => Sender::Replaced(card.code.clone()),
        None => Sender::Unknown,
    }
}

/// Why mail is refused, as printed.
pub(super) fn mail_failure(file: &Path, error: &mail::ContainerError) -> Failure {
    use mail::ContainerError as E;
    let help = match error {
        E::NotMail | E::Other { .. } => "name the file that was sent",
        E::Empty | E::CutOff(_) => "send or copy it once more, whole",
        E::Newer => "use that version to take it in",
        E::UnknownSender(_) => {
            "take the sender's card in first: `team add CARD`, or `work in FILE --from CARD`; \
             if it is here, the file was changed on the way: ask for it anew"
        }
        E::Replaced(_) => "ask for it anew, made with the new key",
        E::Changed | E::Mixed => "nothing of it was read; ask for it anew",
        E::NotForMe(_) => "ask the sender to make it for your card as it is now",
    };
    bad(&format!("{}: {error}", file.display()), help)
}
