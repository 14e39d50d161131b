//! `alert new|list|answer|close|out|in`: concerns about a case, which wait for nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::keys::{Keys, bad};
use super::sending::{self, card_of, lead_of, leads, own_card, receiver};
use super::{bundle, work};
use crate::cli::desk::Desk;
use crate::cli::output::{note, print};
use crate::cli::review::reading;
use crate::cli::table::table;
use crate::cli::{Failure, Global, workspace};
use crate::exchange::mail::Outgoing;
use crate::review::{
    Alert as Recorded, AlertKind, AlertStep, Command, EventHash, PersonCode, ReadingId, Words,
};
use crate::store::{AlertRow, StoreError, Workspace};
use crate::text::{clean, count, list_or};

/// Said wherever an alert is recorded.
pub const NEVER_INSTEAD: &str =
    "an alert never replaces a report to the hotline: make that first, by telephone";

/// Safety alerts and follow-ups: what is seen in a case and can't wait for the review
#[derive(Debug, Args)]
pub struct Alert {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Record a concern, whatever the state of the review
    New(New),
    /// List the open ones: a lead sees everybody's, a reader those of their own cases
    List {
        /// Closed ones too
        #[arg(long)]
        all: bool,
    },
    /// Write down what came back
    Answer(Say),
    /// Close one
    Close(Say),
    /// Write your alerts into a file for the lead: at once, and nothing else with them; a lead
    /// writes what was answered to a reader's alerts into a file for that reader
    Out(Out),
    /// Take alerts in, or what was answered to yours
    In {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        keys: Keys,
    },
}

#[derive(Debug, Args)]
struct New {
    /// The case, by its review number such as R-0042
    case: String,
    /// safety, permanency, well-being or follow-up
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// What it is; roles instead of names
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// Who was told
    #[arg(long, value_name = "WHO", default_value = "")]
    told: String,
    /// When they were told
    #[arg(long, value_name = "TEXT", default_value = "")]
    when: String,
}

#[derive(Debug, Args)]
struct Say {
    /// The alert, by its name in `alert list`
    alert: String,
    /// What was answered or done
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,
}

#[derive(Debug, Args)]
struct Out {
    /// Who gets it; without it whoever gave the last work order
    #[arg(long, value_name = "CODE")]
    to: Option<String>,
    /// The file; without it CODE.alert
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
}

impl Alert {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::New(new) => new.run(global),
            What::List { all } => list(global, all),
            What::Answer(say) => {
                say.run(global, "answered", |alert, text| AlertStep::Answer { alert, text })
            }
            What::Close(say) => {
                say.run(global, "closed", |alert, text| AlertStep::Close { alert, text })
            }
            What::Out(out) => out.run(global),
            What::In { files, keys } => take_in(global, files, keys),
        }
    }
}

impl New {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let kind = AlertKind::from_code(&self.kind).ok_or_else(|| {
            let codes: Vec<&str> = AlertKind::ALL.iter().map(|kind| kind.code()).collect();
            let help = format!("give {}", list_or(&codes));
            bad(&format!("kind of alert {} is unknown", self.kind), &help)
        })?;
        let desk = Desk::new(workspace::open(global)?);
        let id: ReadingId =
            reading(&desk, &self.case)?.parse().expect("the queue holds ids of readings");
        let mut workspace = desk.into_workspace();
        let (text, told, when) = (self.text, self.told, self.when);
        let step = AlertStep::Raise { kind, text, told, when };
        act(&mut workspace, id, step)?;
        print(&format!("{}: alert recorded\n", clean(&self.case)))?;
        note(NEVER_INSTEAD);
        if workspace.team().is_readers() {
            note("`alert out` writes it for the lead, alone and at once");
        }
        Ok(())
    }
}

fn act(workspace: &mut Workspace, reading: ReadingId, step: AlertStep) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let done = workspace.act(&Command::Alert { reading, step });
    done.map(drop).map_err(|error| workspace::refusal(&path, &error))
}

impl Say {
    fn run(
        self,
        global: &Global,
        done: &str,
        step: impl Fn(EventHash, String) -> AlertStep,
    ) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let all = rows(&workspace)?;
        let named: Vec<&AlertRow> =
            all.iter().filter(|row| row.alert.id.to_string().starts_with(&self.alert)).collect();
        let [row] = named.as_slice() else {
            let what = match named.len() {
                0 => format!("there is no alert {}", self.alert),
                _ => format!("several alerts begin with {}", self.alert),
            };
            return Err(bad(&what, "`alert list` shows their names"));
        };
        let (reading, id, case) = (row.reading, row.alert.id, row.number);
        let by = row.alert.by.clone();
        act(&mut workspace, reading, step(id, self.text))?;
        print(&format!("{case}: alert {done}\n"))?;
        if let Some(way) = way_back(&workspace, &by) {
            note(&way);
        }
        Ok(())
    }
}

fn rows(workspace: &Workspace) -> Result<Vec<AlertRow>, Failure> {
    workspace.alerts().map_err(|error| workspace::failure(workspace.path(), &error))
}

fn list(global: &Global, all: bool) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let rows = rows(&workspace)?;
    let shown = rows.iter().filter(|row| all || row.alert.closed.is_none());
    let text = |words: &Words| words.text().unwrap_or("(removed)").to_owned();
    let line = |row: &AlertRow| {
        let alert = &row.alert;
        let (answers, closed) = steps(alert);
        [
            alert.name(),
            row.number.to_string(),
            alert.kind.code().to_owned(),
            alert.by.to_string(),
            alert.at.to_string(),
            text(&alert.text),
            alert.told.as_ref().map(text).unwrap_or_default(),
            alert.when.as_ref().map(text).unwrap_or_default(),
            answers.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join("; "),
            closed.map(|(_, said)| said).unwrap_or_default(),
        ]
    };
    let lines: Vec<[String; 10]> = shown.map(line).collect();
    let header =
        ["alert", "case", "kind", "by", "at", "text", "told", "told_when", "answer", "closed"];
    if lines.is_empty() && global.format.is_none() {
        return print("no alert is open\n");
    }
    print(&table(global.format, &header, &lines))
}

/// Words, and the event they were written in.
type Said = (EventHash, String);

/// The answers to an alert and its end, in words, each with the event it was written in.
fn steps(alert: &Recorded) -> (Vec<Said>, Option<Said>) {
    let text = |words: &Words| words.text().unwrap_or("(removed)").to_owned();
    let answers = alert.answers.iter();
    let answers = answers.map(|(id, by, _, words)| (*id, format!("{by}: {}", text(words))));
    let closed = alert.closed.as_ref().map(|end| {
        let words = end.text.as_ref().map(|words| format!(": {}", text(words)));
        (end.id, format!("closed by {}{}", end.by, words.unwrap_or_default()))
    });
    (answers.collect(), closed)
}

/// What came on alerts since, a line each.
pub(super) fn news(before: &[AlertRow], now: &[AlertRow]) -> Vec<String> {
    let known = |id: EventHash| {
        let steps = before.iter().map(|row| steps(&row.alert));
        steps.flat_map(|(answers, closed)| answers.into_iter().chain(closed)).any(|s| s.0 == id)
    };
    let mut lines = Vec::new();
    for row in now {
        let (answers, closed) = steps(&row.alert);
        for (_, said) in answers.into_iter().chain(closed).filter(|(id, _)| !known(*id)) {
            let (case, name) = (row.number, row.alert.name());
            lines.push(format!("{case}: on your alert {name}: {said}"));
        }
    }
    lines
}

/// How whoever raised an alert hears of what was answered, where they work elsewhere.
pub fn way_back(workspace: &Workspace, raised: &PersonCode) -> Option<String> {
    let elsewhere = raised != workspace.user()
        && !workspace.team().is_readers()
        && workspace.team().card(raised).is_some();
    elsewhere.then(|| format!("`alert out --to {raised}` takes it back to {raised}, alone"))
}

/// A reader's workspace takes in what a lead answered, a lead's what readers recorded.
fn take_in(global: &Global, files: Vec<PathBuf>, keys: Keys) -> Result<(), Failure> {
    if workspace::open(global)?.team().is_readers() {
        return files.into_iter().try_for_each(|file| work::take_in(global, file, keys.clone()));
    }
    bundle::take_in(global, files, keys)
}

impl Out {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error: StoreError| workspace::failure(&path, &error);
        let user = workspace.user().clone();
        if workspace.team().is_lead(&user) && !workspace.team().is_readers() {
            return self.answer(workspace);
        }
        let mine = workspace.own_readings().map_err(fail)?;
        let raised: Vec<_> =
            mine.into_iter().filter(|one| one.taken && !one.alerts.is_empty()).collect();
        if raised.is_empty() {
            return Err(bad("no alert is recorded here", "record one with `alert new CASE`"));
        }
        // Each alert goes to the lead who gave its case out, and to nobody else.
        let mut by: BTreeMap<PersonCode, Vec<_>> = BTreeMap::new();
        for reading in raised {
            let to = match &self.to {
                None => Some(lead_of(&workspace, &reading)?),
                Some(to) => {
                    let to = crate::cli::person::code(to)?;
                    workspace.team().goes_to(&to, &reading).then_some(to)
                }
            };
            if let Some(to) = to {
                by.entry(to).or_default().push(reading);
            }
        }
        if by.is_empty() {
            let to = self.to.unwrap_or_default();
            let what = format!("no alert here is on a case that {to} gave out");
            return Err(bad(&what, "leave out --to: each goes to the lead who gave its case out"));
        }
        if by.len() > 1 && self.out.is_some() {
            let leads: Vec<&str> = by.keys().map(PersonCode::as_str).collect();
            let what = format!("{} get a file each", leads.join(" and "));
            return Err(bad(&what, "say for whom the file is with --to CODE"));
        }
        let identity = self.keys.unlock_as(&user)?;
        own_card(&mut workspace, &identity)?;
        let several = leads(&workspace).len() > 1;
        note(NEVER_INSTEAD);
        for (lead, raised) in by {
            let to = card_of(&workspace, &lead)?;
            let mut parcels = Vec::with_capacity(raised.len());
            for reading in &raised {
                let parcel = workspace.alert_parcel(reading).map_err(fail)?;
                parcels.push(Outgoing { parcel, sealed: false, evidence: true });
            }
            let usual = match several {
                true => format!("{user}-for-{lead}.alert"),
                false => format!("{user}.alert"),
            };
            let file = self.out.clone().unwrap_or_else(|| PathBuf::from(usual));
            sending::bundle(&identity, &to, &parcels, &file)?;
            let alerts = raised.iter().map(|one| one.alerts.len()).sum();
            let alerts = count(alerts, "alert", "alerts");
            let file = file.display();
            let text = format!("{file}: {alerts} for {lead}, nothing else of the reviews");
            print(&clean(&text))?;
            print("\n")?;
        }
        Ok(())
    }

    /// What was answered to one reader's alerts goes back to them alone.
    fn answer(self, mut workspace: Workspace) -> Result<(), Failure> {
        let path = workspace.path().to_owned();
        if self.to.is_none() {
            return Err(bad(
                "whose alerts were answered is not said",
                "name the reader with --to CODE",
            ));
        }
        let to = receiver(&workspace, self.to.as_deref())?;
        let order = workspace.alert_order(&to.code);
        let order = order.map_err(|error| workspace::failure(&path, &error))?;
        if order.alerts.is_empty() {
            let what = format!("nothing was answered to an alert of {}", to.code);
            return Err(bad(&what, "answer one with `alert answer NAME --text WORDS`"));
        }
        let identity = self.keys.unlock_as(workspace.user())?;
        own_card(&mut workspace, &identity)?;
        let file = self.out.unwrap_or_else(|| PathBuf::from(format!("{}.alert", to.code)));
        sending::order(&identity, &to, &order, &file)?;
        let answers = count(order.alerts.len(), "answer", "answers");
        let text = format!("{}: {answers} for {}, nothing of any review", file.display(), to.code);
        print(&clean(&text))?;
        print("\n")
    }
}
