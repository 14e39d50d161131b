//! Alerts: recorded whatever the state of the review, sent at once and alone, counted without
//! names.
#![allow(clippy::unwrap_used)]

use casereview::exchange::mail::{self, Content, Outgoing, write_bundle};
use casereview::review::{
    AlertKind, AlertStep, Command, EventBody, Parcel, QaRefusal, ReadingId, Refusal, Status, Which,
};
use casereview::store::{ActError, HeldParcel, Workspace};

use crate::mail_world::{World, fill_and_submit, give, known};
use crate::program;
use crate::quality::handed_in;
use crate::workspace::open_as;

pub fn raise(text: &str) -> AlertStep {
    AlertStep::Raise {
        kind: AlertKind::Safety,
        text: text.to_owned(),
        told: "the worker's supervisor".to_owned(),
        when: "3 May, 14:00".to_owned(),
    }
}

pub fn act(workspace: &mut Workspace, reading: ReadingId, step: AlertStep) {
    workspace.act(&Command::Alert { reading, step }).unwrap();
}

fn said(workspace: &mut Workspace, reading: ReadingId, step: AlertStep) -> String {
    match workspace.act(&Command::Alert { reading, step }) {
        Err(ActError::Refused(refusal)) => refusal.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_sealed_review_takes_an_alert_and_stays_as_it_was() {
    let (folder, id) = handed_in();
    let mut mary = open_as(folder.path(), "mary");
    let before = mary.reading(id).unwrap();
    assert_eq!(said(&mut mary, id, raise("  ")), "an alert needs words");
    act(&mut mary, id, raise("Bruises on the younger child."));
    let now = mary.reading(id).unwrap();
    assert_eq!((now.status, &now.seal, now.touched), (before.status, &before.seal, before.touched));
    assert_eq!(now.content_hash(), before.content_hash());

    // Another reader is shown nothing of it and may not answer it.
    let mut quinn = open_as(folder.path(), "quinn");
    assert_eq!(quinn.alerts().unwrap().len(), 0);
    let alert = now.alerts[0].id;
    let answer = |text: &str| AlertStep::Answer { alert, text: text.to_owned() };
    let told = said(&mut quinn, id, answer("hm"));
    assert_eq!(told, "R-0001 is being read by mary; nobody else writes in it");

    let mut lead = open_as(folder.path(), "lead");
    assert_eq!(lead.alerts_open().unwrap(), 1);
    act(&mut lead, id, answer("Seen by a doctor the same day."));
    let close = || AlertStep::Close { alert, text: String::new() };
    act(&mut lead, id, close());
    assert_eq!(said(&mut lead, id, close()), "the alert is closed already");
    assert_eq!(lead.alerts_open().unwrap(), 0);
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn an_alert_leaves_a_blind_workspace_at_once_and_alone() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    give(&mut world.lead, 1, "john", Which::Second);
    let mut hers = world.hand_out(&world.mary);
    let his = world.hand_out(&world.john);
    fill_and_submit(&mut hers, first);
    act(&mut hers, first, raise("Bruises on the younger child."));

    let parcel = hers.alert_parcel(&hers.reading(first).unwrap()).unwrap();
    let alone = parcel.chains.iter().flat_map(|chain| &chain.events);
    let kinds: Vec<bool> =
        alone.map(|sent| sent.body.contains("\"kind\":\"alert-raised\"")).collect();
    assert_eq!(kinds, [true], "nothing else of the review is in it");
    assert_eq!(parcel.texts.len(), 3);
    let mail = packed(&world, parcel);
    take_alert(&mut world, &mail);
    take_alert(&mut world, &mail);

    let state = world.lead.reading(first).unwrap();
    assert_eq!(state.status, Status::Open, "the review itself is not here");
    let filled = |id: &String| id.starts_with("face.");
    assert!(state.answers.keys().all(filled), "only what the frame filled in");
    assert_eq!(state.alerts.len(), 1);
    assert_eq!(state.alerts[0].text.text(), Some("Bruises on the younger child."));
    let line = world.lead.work_order(&"john".parse().unwrap()).unwrap();
    assert!(!format!("{line:?}").contains("Bruises"), "the other reader hears nothing of it");
    drop(his);
    assert_eq!(world.lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(world.lead.stale_projections().unwrap(), Vec::<&str>::new());
}

fn packed(world: &World, parcel: Parcel) -> Vec<u8> {
    let parcels = [Outgoing { parcel, sealed: false, evidence: true }];
    let bytes = write_bundle(&world.mary, world.key.card(), &parcels).unwrap();
    mail::pack(&world.mary, world.key.card(), Content::Bundle, &bytes).unwrap()
}

fn take_alert(world: &mut World, mail: &[u8]) {
    let sender = |print| known(world.lead.team(), print);
    let opened = mail::open(mail, &world.key, Content::Bundle, &sender).unwrap();
    let parcels = mail::read_bundle(&opened.from, &opened.content).unwrap();
    for (label, bytes) in parcels {
        assert!(label.evidence);
        let parcel = mail::open_parcel(&world.key, &label, &bytes).unwrap();
        let case = world.lead.reading(label.reading).unwrap().case.number;
        let from = opened.from.code.clone();
        world.lead.take_in(&[(HeldParcel { label, case, from, bytes }, parcel)]).unwrap();
    }
}

#[test]
fn an_answer_smuggled_in_as_an_alert_is_refused() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    let whole = hers.parcel(&hers.reading(first).unwrap()).unwrap();
    let mail = packed(&world, whole);
    let sender = |print| known(world.lead.team(), print);
    let opened = mail::open(&mail, &world.key, Content::Bundle, &sender).unwrap();
    let (label, bytes) = mail::read_bundle(&opened.from, &opened.content).unwrap().remove(0);
    let parcel = mail::open_parcel(&world.key, &label, &bytes).unwrap();
    let case = world.lead.reading(first).unwrap().case.number;
    let held = HeldParcel { label, case, from: opened.from.code, bytes };
    let told = world.lead.take_in(&[(held, parcel)]).unwrap_err();
    assert!(told.to_string().ends_with("has no place in it"), "{told}");
}

#[test]
fn alerts_on_the_command_line() {
    let (folder, _) = handed_in();
    let run = |line: &[&str]| program::run(folder.path(), line);
    let to = |user: &'static str| ["--workspace", "w.db", "--as", user];
    let new = ["alert", "new", "R-0001", "--kind", "safety", "--text", "Bruises."];
    let (code, out, err) = run(&[&new[..], &to("mary")].concat());
    assert_eq!((code, out.as_str()), (0, "R-0001: alert recorded\n"));
    assert_eq!(
        err,
        "an alert never replaces a report to the hotline: make that first, by telephone\n"
    );
    let (code, out, err) =
        run(&[&["alert", "new", "R-0001", "--kind", "danger", "--text", "x"], &to("mary")[..]]
            .concat());
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: kind of alert danger is unknown\n  help: give safety, permanency, well-being or follow-up\n"
    );
    let (_, out, _) = run(&[&["alert", "list", "--format", "csv"], &to("lead")[..]].concat());
    let line = out.lines().nth(1).unwrap();
    let name = line.split(',').next().unwrap().to_owned();
    assert!(line.contains(",R-0001,safety,mary,") && line.contains(",Bruises.,"), "{line}");
    let answer = ["alert", "answer", &name, "--text", "Seen by a doctor."];
    let (code, out, _) = run(&[&answer[..], &to("lead")].concat());
    assert_eq!((code, out.as_str()), (0, "R-0001: alert answered\n"));
    let (code, out, _) = run(&[&["alert", "close", &name], &to("lead")[..]].concat());
    assert_eq!((code, out.as_str()), (0, "R-0001: alert closed\n"));
    let (_, out, _) = run(&[&["alert", "list"], &to("lead")[..]].concat());
    assert_eq!(out, "no alert is open\n");
    let (code, _, err) = run(&[&["alert", "close", "00"], &to("lead")[..]].concat());
    assert_eq!(
        (code, err.as_str()),
        (2, "error: there is no alert 00\n  help: `alert list` shows their names\n")
    );
    let (_, out, _) = run(&[
        &["report", "alerts", "--by", "region", "--format", "csv"],
        &to("lead")[..],
    ]
    .concat());
    assert_eq!(
        out,
        "region,alerts,safety,permanency,well_being,follow_up,closed,percent,low,high,target,note\n\
         East,1,1,0,0,0,1,100.0,,,,\n"
    );
    assert!(!out.contains("Bruises"), "{out}");
}

/// The kinds are known to the log.
#[test]
fn the_kinds_of_alerts_are_in_the_table() {
    for kind in ["alert-raised", "alert-answered", "alert-closed"] {
        assert!(EventBody::KINDS.contains(&(kind, 1)), "{kind}");
    }
    assert_eq!(Refusal::Qa(QaRefusal::AlertUnsaid).to_string(), "an alert needs words");
}

#[test]
fn what_a_lead_answers_goes_back_to_the_reader_who_raised_it_and_to_nobody_else() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    give(&mut world.lead, 1, "john", Which::Second);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    act(&mut hers, first, raise("Bruises on the younger child."));
    let parcel = hers.alert_parcel(&hers.reading(first).unwrap()).unwrap();
    let mail = packed(&world, parcel);
    take_alert(&mut world, &mail);

    let mary = "mary".parse().unwrap();
    assert!(world.lead.alert_order(&mary).unwrap().alerts.is_empty());
    let alert = world.lead.alerts().unwrap()[0].alert.id;
    act(&mut world.lead, first, AlertStep::Answer { alert, text: "Seen by a doctor.".to_owned() });
    let order = world.lead.alert_order(&mary).unwrap();
    assert_eq!((order.cases.len(), order.alerts.len(), order.texts.len()), (0, 1, 1));
    assert!(world.lead.alert_order(&"john".parse().unwrap()).unwrap().alerts.is_empty());
    drop(hers);
    let hers = world.take(order.clone());
    let state = hers.reading(first).unwrap();
    let (_, by, _, text) = &state.alerts[0].answers[0];
    assert_eq!((by.as_str(), text.text()), ("lead", Some("Seen by a doctor.")));
    assert_eq!(state.status, Status::Submitted, "the review itself stays as it was");

    // A later order tells it again, with what came since; nothing is there twice.
    act(&mut world.lead, first, AlertStep::Close { alert, text: "Plan in place.".to_owned() });
    drop(hers);
    let hers = world.hand_out(&world.mary);
    let state = hers.reading(first).unwrap();
    assert_eq!(state.alerts[0].answers.len(), 1);
    let end = state.alerts[0].closed.as_ref().unwrap();
    assert_eq!(
        (end.by.as_str(), end.text.as_ref().unwrap().text()),
        ("lead", Some("Plan in place."))
    );
    assert_eq!(hers.alerts_open().unwrap(), 0);
    assert_eq!(hers.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(hers.stale_projections().unwrap(), Vec::<&str>::new());

    // What came to her by the lead does not travel back as hers.
    let parcel = hers.alert_parcel(&hers.reading(first).unwrap()).unwrap();
    let events = parcel.chains.iter().map(|chain| chain.events.len()).sum::<usize>();
    assert_eq!(events, 1);
    let mail = packed(&world, parcel);
    take_alert(&mut world, &mail);
    assert_eq!(world.lead.reading(first).unwrap().alerts[0].answers.len(), 1);
    assert_eq!(world.lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_alert_is_recorded_line_by_line() {
    let (folder, _) = handed_in();
    let line = ["review", "R-0001", "--plain", "--workspace", "w.db", "--as", "mary"];
    let input = "!\nhome\n1\nBruises on the younger child.\nthe supervisor\n3 May\n\
                 :alert follow-up\nCall the school.\n\n! safety\n\n:alerts\n:quit\n";
    let (code, out, err) = program::run_with(folder.path(), &line, input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("An alert about R-0001: safety, permanency, well-being or follow-up?"),
        "{out}"
    );
    assert!(out.contains("\"home\" is no kind of alert."), "{out}");
    assert!(out.contains("never replaces a report to the hotline"), "{out}");
    assert!(out.contains("No alert was recorded."), "{out}");
    assert!(out.contains(":alerts is not a command."), "{out}");
    let lead = open_as(folder.path(), "lead");
    let rows = lead.alerts().unwrap();
    let kinds: Vec<_> = rows.iter().map(|row| row.alert.kind).collect();
    assert_eq!(kinds, [AlertKind::Safety, AlertKind::FollowUp]);
    let when = rows[0].alert.when.as_ref().unwrap();
    assert_eq!(
        (rows[0].alert.told.as_ref().unwrap().text(), when.text()),
        (Some("the supervisor"), Some("3 May"))
    );
    assert!(rows[1].alert.told.is_none());
}
