//! Three workspaces for tests: a lead's and two readers', with keys, orders and bundles.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use casereview::exchange::mail::{
    self, Content, Identity, Outgoing, Sender, open_parcel, read_bundle, read_order, write_bundle,
    write_order,
};
use casereview::instrument::load_shipped;
use casereview::review::{
    AssignCases, Card, CaseNumber, Command, Fingerprint, InterviewMode, PersonCode, ReadingId,
    ReadingSigned, Status, Team, Which, seal_message, to_sign,
};
use casereview::store::{IntakeError, QueueFilter, TakenOrder, Workspace};

use crate::workspace::{create, draw, open_as, surroundings};

/// New keys for a person.
pub fn keys(code: &str) -> Identity {
    Identity::generate(code.parse().unwrap(), &format!("{code} Smith")).unwrap()
}

/// Who sends, by the cards of a team.
pub fn known(team: &Team, print: Fingerprint) -> Sender {
    match team.card_named(print) {
        Some((card, true)) => Sender::Known(card.clone()),
        Some((card, false)) => Sender::Replaced(card.code.clone()),
        None => Sender::Unknown,
    }
}

/// Takes a card into a workspace.
pub fn add_card(workspace: &mut Workspace, card: &Card) {
    workspace.act(&Command::AddCard { card: card.clone(), replace: false }).unwrap();
}

/// Gives a case to a reader.
pub fn give(lead: &mut Workspace, case: u32, to: &str, which: Which) -> ReadingId {
    let cases = vec![CaseNumber(case)];
    let to: PersonCode = to.parse().unwrap();
    if which == Which::Second {
        let mode = InterviewMode::FileOnly;
        lead.act(&Command::ArrangePairs { cases: cases.clone(), mode, under_review: None })
            .unwrap();
    }
    lead.act(&Command::Assign(AssignCases { cases, to: to.clone(), which })).unwrap();
    let theirs = QueueFilter { reviewer: Some(to), ..QueueFilter::default() };
    let queue = lead.queue(&theirs).unwrap();
    queue.iter().find(|row| row.number == CaseNumber(case)).unwrap().reading.unwrap()
}

/// A work order as it travels.
pub fn order(lead: &Workspace, from: &Identity, to: &Card) -> Vec<u8> {
    let order = lead.work_order(&to.code).unwrap();
    mail::pack(from, to, Content::Order, &write_order(&order)).unwrap()
}

/// Takes a work order into a reader's workspace, made if it is not there.
pub fn take_order(folder: &Path, mail: &[u8], me: &Identity, lead: &Card) -> Workspace {
    let sender = |print| match print == lead.fingerprint {
        true => Sender::Known(lead.clone()),
        false => Sender::Unknown,
    };
    let opened = mail::open(mail, me, Content::Order, &sender).unwrap();
    let (order, hash) = read_order(&opened.content).unwrap();
    let editions = order.editions.iter().map(|sent| {
        let shipped = casereview::instrument::shipped().iter();
        let found = shipped.filter_map(|one| load_shipped(one.id)).find(|e| e.hash() == sent.hash);
        found.unwrap()
    });
    let editions: Vec<_> = editions.collect();
    let taken = TakenOrder { order: Arc::new(order), hash, from: opened.from, editions };
    let path = crate::workspace::path(folder);
    if path.exists() {
        let mut workspace = open_as(folder, me.card().code.as_str());
        workspace.take_order(&taken).unwrap();
        workspace
    } else {
        Workspace::create_from_order(&path, &taken, surroundings()).unwrap()
    }
}

/// A bundle of a reader's sealed readings, with drafts if asked.
pub fn bundle(workspace: &mut Workspace, me: &Identity, to: &Card, draft: bool) -> Vec<u8> {
    add_card(workspace, me.card());
    let mut parcels = Vec::new();
    for reading in workspace.own_readings().unwrap() {
        let sealed = reading.status != Status::Open;
        if sealed && reading.signature.is_none() {
            let bare = to_sign(&reading, me.card().fingerprint).unwrap();
            let signature = me.sign(&seal_message(reading.id, reading.case.number, &bare));
            let signed = ReadingSigned { signature, ..bare };
            workspace.act(&Command::Sign { reading: reading.id, signed }).unwrap();
        }
        if sealed || draft {
            let parcel = workspace.parcel(&reading).unwrap();
            parcels.push(Outgoing { parcel, sealed, evidence: false });
        }
    }
    let bytes = write_bundle(me, to, &parcels).unwrap();
    mail::pack(me, to, Content::Bundle, &bytes).unwrap()
}

/// Takes a bundle in, and opens whatever may be opened then.
pub fn take_bundle(lead: &mut Workspace, me: &Identity, mail: &[u8]) -> Result<usize, IntakeError> {
    let opened = mail::open(mail, me, Content::Bundle, &|print| known(lead.team(), print)).unwrap();
    let parcels = read_bundle(&opened.from, &opened.content).unwrap();
    lead.hold(&opened.from.code, &parcels)?;
    let mut events = 0;
    for group in lead.openable().unwrap() {
        let opened: Vec<_> = group
            .into_iter()
            .map(|held| {
                let parcel = open_parcel(me, &held.label, &held.bytes).unwrap();
                (held, parcel)
            })
            .collect();
        events += lead.take_in(&opened)?.events;
    }
    Ok(events)
}

/// Narrates with words of one's own: `fill` leaves those that are there.
pub fn narrate(workspace: &mut Workspace, reading: ReadingId, question: &str, text: &str) {
    let (question, text) = (question.to_owned(), Some(text.to_owned()));
    workspace.act(&Command::Narrate { reading, question, text }).unwrap();
}

/// A lead with a drawn sample and the cards of two readers, mary and john.
pub struct World {
    /// Where the lead works; readers work in folders of their names beside it.
    pub folder: tempfile::TempDir,
    /// The lead's workspace.
    pub lead: Workspace,
    /// The lead's keys.
    pub key: Identity,
    /// Mary's keys.
    pub mary: Identity,
    /// John's keys.
    pub john: Identity,
}

impl World {
    /// With so many cases drawn.
    pub fn new(cases: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for person in ["lead", "mary", "john"] {
            std::fs::create_dir(folder.path().join(person)).unwrap();
        }
        let mut lead = create(&folder.path().join("lead"));
        draw(&mut lead, cases);
        let (key, mary, john) = (keys("lead"), keys("mary"), keys("john"));
        for card in [key.card(), mary.card(), john.card()] {
            add_card(&mut lead, card);
        }
        Self { folder, lead, key, mary, john }
    }

    /// The folder of a person.
    pub fn home(&self, person: &str) -> PathBuf {
        self.folder.path().join(person)
    }

    /// An order that would give mary a review of hers again.
    pub fn returned_order(&mut self, reading: ReadingId) -> casereview::review::WorkOrder {
        // What the order said when the case was open: a copy of the workspace still says it.
        let copy = self.home("lead").join("copy.db");
        self.lead.backup(&copy, true).unwrap();
        let mut open = Workspace::open_in(&copy, Some("lead"), surroundings()).unwrap();
        let reason = "to see its order".to_owned();
        open.act(&Command::Reopen { reading, reason }).unwrap();
        open.work_order(&"mary".parse().unwrap()).unwrap()
    }

    /// An order as it stands, sent to mary and taken in.
    pub fn take(&self, order: casereview::review::WorkOrder) -> Workspace {
        let to = self.mary.card();
        let mail = mail::pack(&self.key, to, Content::Order, &write_order(&order)).unwrap();
        take_order(&self.home("mary"), &mail, &self.mary, self.key.card())
    }

    /// A work order to a reader, taken in.
    pub fn hand_out(&self, to: &Identity) -> Workspace {
        let mail = order(&self.lead, &self.key, to.card());
        take_order(&self.home(to.card().code.as_str()), &mail, to, self.key.card())
    }
}

/// Answers a reading to the end and submits it.
pub fn fill_and_submit(workspace: &mut Workspace, reading: ReadingId) {
    crate::workspace::fill(workspace, reading);
    workspace.act(&Command::Submit { reading }).unwrap();
}
