//! Work orders out, sealed readings back, between workspaces of their own.
#![allow(clippy::unwrap_used)]

use casereview::exchange::mail::{Outgoing, write_order};
use casereview::review::{
    AssignCases, CaseNumber, Command, HandoverRefusal, InterviewMode, PairRefusal, Refusal, Status,
    Which, WorkOrder,
};
use casereview::store::{ActError, IntakeError, QueueFilter, Workspace};

use crate::mail_world::{
    World, add_card, bundle, fill_and_submit, give, keys, narrate, order, take_bundle, take_order,
};
use crate::workspace::{answer, open_as, path};

fn status(workspace: &Workspace, case: u32, which: Which) -> Status {
    let all = QueueFilter {
        status: vec![Status::Open, Status::Submitted, Status::Final, Status::Withdrawn],
        ..QueueFilter::default()
    };
    let queue = workspace.queue(&all).unwrap();
    let of =
        |row: &&casereview::store::CaseRow| row.number == CaseNumber(case) && row.which == which;
    queue.iter().find(of).unwrap().status
}

#[test]
fn a_reading_comes_back_as_it_was_sealed() {
    let mut world = World::new(2);
    let id = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    assert_eq!(hers.user().as_str(), "mary");
    assert!(hers.team().is_readers());
    fill_and_submit(&mut hers, id);
    assert_eq!(status(&hers, 1, Which::First), Status::Submitted, "not final: she can't know");
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    assert!(take_bundle(&mut world.lead, &world.key, &mail).unwrap() > 10);
    assert_eq!(status(&world.lead, 1, Which::First), Status::Final);
    let (here, there) = (world.lead.reading(id).unwrap(), hers.reading(id).unwrap());
    assert_eq!(here.content_hash(), there.content_hash());
    assert_eq!(here.signature, there.signature);
    assert!(here.conflicts.is_empty());
    for workspace in [&mut world.lead, &mut hers] {
        let found = workspace.verify().unwrap();
        assert_eq!(found.problems, Vec::<String>::new());
        assert_eq!((found.seals, found.signatures), (1, 1));
    }
    let found = world.lead.verify().unwrap();
    assert!(found.withheld > 0, "her other events stay with her");
    let before = world.lead.projections_digest().unwrap();
    world.lead.rebuild().unwrap();
    assert_eq!(world.lead.projections_digest().unwrap(), before);
    assert_eq!(take_bundle(&mut world.lead, &world.key, &mail).unwrap(), 0, "nothing is new");
    assert_eq!(world.lead.projections_digest().unwrap(), before);
}

#[test]
fn both_readers_get_the_same_form() {
    let mut world = World::new(2);
    give(&mut world.lead, 1, "mary", Which::First);
    give(&mut world.lead, 1, "john", Which::Second);
    let form = |code: &str| {
        let mut order: WorkOrder = world.lead.work_order(&code.parse().unwrap()).unwrap();
        let case = &mut order.cases[0];
        // What names the reading and salts the texts is drawn anew for each; nothing else differs.
        (case.reading.0, case.assigned.0) = ([0; 8], [0; 32]);
        (case.frame, case.start) = (None, Vec::new());
        order.texts.iter_mut().for_each(|text| text.salt.clear());
        order.texts.sort_by(|a, b| a.text.cmp(&b.text));
        order.to = "someone".parse().unwrap();
        String::from_utf8(write_order(&order)).unwrap()
    };
    assert_eq!(form("mary"), form("john"));
    for word in ["first", "second", "mary", "john"] {
        assert!(!form("john").contains(&format!("\"{word}\"")), "{word}");
    }
}

#[test]
fn a_pair_opens_when_both_are_sealed_and_not_before() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let alone = give(&mut world.lead, 2, "mary", Which::First);
    let (mut hers, mut his) = (world.hand_out(&world.mary), world.hand_out(&world.john));
    fill_and_submit(&mut hers, first);
    fill_and_submit(&mut hers, alone);
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    assert_eq!(status(&world.lead, 2, Which::First), Status::Final);
    assert_eq!(status(&world.lead, 1, Which::First), Status::Open, "one bit, and it is elsewhere");
    assert_eq!(world.lead.held().unwrap().len(), 1);
    let start = world.lead.reading(first).unwrap();
    assert_ne!(start.content_hash(), hers.reading(first).unwrap().content_hash());
    answer(&mut his, second, "14.A", "yes");
    let draft = bundle(&mut his, &world.john, world.key.card(), true);
    take_bundle(&mut world.lead, &world.key, &draft).unwrap();
    assert_eq!(world.lead.held().unwrap().len(), 2, "a draft opens nothing");
    fill_and_submit(&mut his, second);
    let mail = bundle(&mut his, &world.john, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    assert_eq!(status(&world.lead, 1, Which::First), Status::Submitted);
    assert_eq!(status(&world.lead, 1, Which::Second), Status::Submitted);
    assert!(world.lead.held().unwrap().is_empty());
    assert_eq!(world.lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn two_lines_of_one_chain_are_told_and_never_merged() {
    let mut world = World::new(2);
    let one = give(&mut world.lead, 1, "mary", Which::First);
    let two = give(&mut world.lead, 2, "mary", Which::First);
    let hers = world.hand_out(&world.mary);
    drop(hers);
    // The workspace is copied as a file and worked in twice.
    let copy = world.home("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(path(&world.home("mary")), path(&copy)).unwrap();
    let mut hers = open_as(&world.home("mary"), "mary");
    fill_and_submit(&mut hers, one);
    let mut other = open_as(&copy, "mary");
    fill_and_submit(&mut other, two);
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    let before = world.lead.projections_digest().unwrap();
    let fork = bundle(&mut other, &world.mary, world.key.card(), false);
    let refused = take_bundle(&mut world.lead, &world.key, &fork).unwrap_err();
    assert!(matches!(refused, IntakeError::Fork { .. }), "{refused}");
    assert_eq!(world.lead.projections_digest().unwrap(), before);
    let found = world.lead.verify().unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "what is here is sound");
    assert!(found.forks[0].contains("wrote of R-0002 is kept out"), "{found:?}");
    assert!(world.lead.held().unwrap().is_empty(), "it waits for nothing");
    // Whoever sent first goes on, with the case that lay in the refused bundle too.
    fill_and_submit(&mut hers, two);
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    assert_eq!(status(&world.lead, 2, Which::First), Status::Final);
    let kept = world.lead.kept_out().unwrap();
    assert_eq!(kept.iter().map(|one| one.lacks).collect::<Vec<_>>(), [false]);
    // The same bundles without the copy's give the same.
    let done = world.lead.projections_digest().unwrap();
    take_bundle(&mut world.lead, &world.key, &fork).unwrap();
    world.lead.rebuild().unwrap();
    assert_eq!(world.lead.projections_digest().unwrap(), done);
}

/// A copy's seal opens nobody's review: the true one is still to come.
#[test]
fn what_is_kept_out_does_not_count_as_sealed() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let alone = give(&mut world.lead, 2, "mary", Which::First);
    drop(world.hand_out(&world.mary));
    let mut his = world.hand_out(&world.john);
    let copy = world.home("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(path(&world.home("mary")), path(&copy)).unwrap();
    let mut hers = open_as(&world.home("mary"), "mary");
    fill_and_submit(&mut hers, alone);
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    fill_and_submit(&mut his, second);
    let mail = bundle(&mut his, &world.john, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    let mut other = open_as(&copy, "mary");
    fill_and_submit(&mut other, first);
    let fork = bundle(&mut other, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &fork).unwrap_err();
    assert!(world.lead.openable().unwrap().is_empty(), "john's stays closed");
    let sealed = world.lead.sealed_elsewhere().unwrap();
    assert!(sealed.contains(&second) && !sealed.contains(&first));
    fill_and_submit(&mut hers, first);
    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    assert_eq!(status(&world.lead, 1, Which::Second), Status::Submitted);
}

#[test]
fn nobody_sends_what_is_not_theirs() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    let reading = hers.reading(first).unwrap();
    let parcel = hers.parcel(&reading).unwrap();
    let bytes = casereview::exchange::mail::write_bundle(
        &world.john,
        world.key.card(),
        &[Outgoing { parcel, sealed: false, evidence: false }],
    )
    .unwrap();
    let mail = casereview::exchange::mail::pack(
        &world.john,
        world.key.card(),
        casereview::exchange::mail::Content::Bundle,
        &bytes,
    )
    .unwrap();
    let refused = take_bundle(&mut world.lead, &world.key, &mail).unwrap_err();
    assert_eq!(refused.to_string(), "it holds R-0001, which is not with john but with mary");
    assert!(world.lead.held().unwrap().is_empty());
}

#[test]
fn an_order_taken_twice_changes_nothing_and_a_later_one_goes_on() {
    let mut world = World::new(3);
    let one = give(&mut world.lead, 1, "mary", Which::First);
    let first = order(&world.lead, &world.key, world.mary.card());
    let home = world.home("mary");
    let mut hers = take_order(&home, &first, &world.mary, world.key.card());
    answer(&mut hers, one, "14.A", "yes");
    let events = hers.last_position().unwrap();
    drop(hers);
    let hers = take_order(&home, &first, &world.mary, world.key.card());
    assert_eq!(hers.last_position().unwrap(), events);
    drop(hers);
    give(&mut world.lead, 2, "mary", Which::First);
    // Somebody else goes on with the first case.
    give(&mut world.lead, 1, "john", Which::First);
    let hers = world.hand_out(&world.mary);
    assert_eq!(status(&hers, 1, Which::First), Status::Withdrawn);
    assert_eq!(status(&hers, 2, Which::First), Status::Open);
    assert_eq!(hers.reading(one).unwrap().value("14.A"), Some("yes"), "nothing is lost");
    assert_eq!(hers.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn how_a_pair_is_read_is_fixed_for_both() {
    let mut world = World::new(2);
    let arrange = |mode, days: Option<&str>| Command::ArrangePairs {
        cases: vec![CaseNumber(1)],
        mode,
        under_review: days.map(|days| days.parse().unwrap()),
    };
    let joint = InterviewMode::Joint;
    world.lead.act(&arrange(joint, Some("2026-04-01/2026-10-31"))).unwrap();
    give(&mut world.lead, 1, "mary", Which::First);
    let cases = vec![CaseNumber(1)];
    let assign = AssignCases { cases, to: "john".parse().unwrap(), which: Which::Second };
    world.lead.act(&Command::Assign(assign)).unwrap();
    for code in ["mary", "john"] {
        let order = world.lead.work_order(&code.parse().unwrap()).unwrap();
        let days = order.cases[0].case.under_review.unwrap();
        assert_eq!(days.to_string(), "2026-04-01/2026-10-31");
        assert_eq!(order.cases[0].mode, Some(joint));
    }
    let changed = world.lead.act(&arrange(InterviewMode::FileOnly, None)).unwrap_err();
    let ActError::Refused(refusal) = changed else { panic!("{changed}") };
    assert_eq!(refusal, Refusal::Pair(PairRefusal::PairFixed(CaseNumber(1))));
}

#[test]
fn a_lost_key_is_replaced_and_its_mail_refused() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    let old = bundle(&mut hers, &world.mary, world.key.card(), false);
    let new = keys("mary");
    let card = new.card().clone();
    let other = world.lead.act(&Command::AddCard { card: card.clone(), replace: false });
    assert!(matches!(
        other,
        Err(ActError::Refused(Refusal::Handover(HandoverRefusal::OtherCard(_))))
    ));
    world.lead.act(&Command::AddCard { card, replace: true }).unwrap();
    let refused = casereview::exchange::mail::open(
        &old,
        &world.key,
        casereview::exchange::mail::Content::Bundle,
        &|print| crate::mail_world::known(world.lead.team(), print),
    );
    let error = refused.unwrap_err().to_string();
    assert_eq!(error, "it was signed with a key of mary that has been replaced");
    let back = Command::AddCard { card: world.mary.card().clone(), replace: true };
    assert!(matches!(
        world.lead.act(&back),
        Err(ActError::Refused(Refusal::Handover(HandoverRefusal::CardReplaced(_))))
    ));
    narrate_is_locked(&mut hers, first);
}

fn narrate_is_locked(hers: &mut Workspace, reading: casereview::review::ReadingId) {
    let command =
        Command::Narrate { reading, question: "14.A".to_owned(), text: Some("late".to_owned()) };
    assert!(matches!(hers.act(&command), Err(ActError::Refused(Refusal::Locked { .. }))));
}

#[test]
fn a_stranger_can_be_no_lead_by_writing_it_down() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    narrate(&mut hers, first, "14.A", "only this");
    add_card(&mut hers, world.mary.card());
    let reading = hers.reading(first).unwrap();
    let mut parcel = hers.parcel(&reading).unwrap();
    // Another event of her chain, put in among those of the review.
    parcel.chains[0].events[0].seq = 1;
    let bytes = casereview::exchange::mail::write_bundle(
        &world.mary,
        world.key.card(),
        &[Outgoing { parcel, sealed: false, evidence: false }],
    )
    .unwrap();
    let mail = casereview::exchange::mail::pack(
        &world.mary,
        world.key.card(),
        casereview::exchange::mail::Content::Bundle,
        &bytes,
    )
    .unwrap();
    let refused = take_bundle(&mut world.lead, &world.key, &mail).unwrap_err();
    assert!(matches!(refused, IntakeError::Broken(..)), "{refused}");
}

/// Notes go from the first reader over the lead to the second, while the first reading stays
/// closed.
#[test]
fn evidence_is_shared_without_answers() {
    let mut world = World::new(2);
    let cases = vec![CaseNumber(1)];
    let mode = InterviewMode::EvidenceShared;
    let first = give(&mut world.lead, 1, "mary", Which::First);
    world
        .lead
        .act(&Command::ArrangePairs { cases: cases.clone(), mode, under_review: None })
        .unwrap();
    let to = "john".parse().unwrap();
    let assign = AssignCases { cases, to, which: Which::Second };
    world.lead.act(&Command::Assign(assign)).unwrap();
    let mut hers = world.hand_out(&world.mary);
    answer(&mut hers, first, "14.A", "yes");
    let (source, text) = ("the mother, 3 May".to_owned(), "Visits were every week.".to_owned());
    hers.act(&Command::NoteEvidence { reading: first, source, text }).unwrap();
    let parcel = hers.evidence_parcel(&hers.reading(first).unwrap()).unwrap();
    assert_eq!(parcel.chains[0].events.len(), 1);
    let label = casereview::review::ParcelLabel {
        reading: first,
        sealed: false,
        evidence: true,
        digest: casereview::review::ContentHash([0; 32]),
    };
    let from = "mary".parse().unwrap();
    let held = casereview::store::HeldParcel { label, case: CaseNumber(1), from, bytes: vec![] };
    let release = Command::ReleaseEvidence { case: CaseNumber(1) };
    let none = world.lead.act(&release);
    assert!(matches!(
        none,
        Err(ActError::Refused(Refusal::Pair(PairRefusal::NothingToRelease(_))))
    ));
    // The whole of a reading is not let in as evidence.
    let whole = hers.parcel(&hers.reading(first).unwrap()).unwrap();
    let refused = world.lead.take_in(&[(held.clone(), whole)]).unwrap_err();
    assert!(matches!(refused, IntakeError::Broken(..)), "{refused}");
    world.lead.take_in(&[(held, parcel)]).unwrap();
    assert_eq!(world.lead.reading(first).unwrap().value("14.A"), None);
    world.lead.act(&release).unwrap();
    let his = world.hand_out(&world.john);
    let second = his.own_readings().unwrap()[0].clone();
    assert_eq!(second.shared.len(), 1);
    assert_eq!(second.shared[0].text.text(), Some("Visits were every week."));
    drop(his);
    let his = world.hand_out(&world.john);
    assert_eq!(his.own_readings().unwrap()[0].shared.len(), 1, "once");
    for workspace in [&world.lead, &hers, &his] {
        assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    }
}
