//! QA between workspaces: only a returned work order opens a sealed review again, and its notes
//! go to its own reader alone.
#![allow(clippy::unwrap_used)]

use casereview::exchange::mail::write_order;
use casereview::review::{Command, QaLevel, QaStep, Status, Which};

use crate::mail_world::{World, bundle, fill_and_submit, give, take_bundle};
use crate::quality::{first_note, pin, set_levels, settle, step};
use crate::workspace::answer;

#[test]
fn a_returned_order_carries_the_notes_and_opens_the_review() {
    let mut world = World::new(3);
    set_levels(&mut world.lead, &[QaLevel::Final]);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let (mut hers, mut his) = (world.hand_out(&world.mary), world.hand_out(&world.john));
    fill_and_submit(&mut hers, first);
    fill_and_submit(&mut his, second);
    let to = world.key.card().clone();
    for mail in
        [bundle(&mut hers, &world.mary, &to, false), bundle(&mut his, &world.john, &to, false)]
    {
        take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    }
    assert_eq!(world.lead.status_of(first).unwrap(), Status::InQa);
    let plain = write_order(&world.lead.work_order(&"john".parse().unwrap()).unwrap());

    step(&mut world.lead, first, pin("19.A", "MARKER which visits?"));
    step(&mut world.lead, first, QaStep::SendBack);
    // The other reader's order says nothing of it.
    let after = write_order(&world.lead.work_order(&"john".parse().unwrap()).unwrap());
    assert_eq!(plain, after);

    let sealed = hers.reading(first).unwrap();
    drop(hers);
    let hers = world.hand_out(&world.mary);
    let back = hers.reading(first).unwrap();
    assert_eq!(back.status, Status::Open);
    assert_eq!(back.first_sealed().unwrap().0, sealed.seal.as_ref().unwrap());
    assert_eq!(back.quality.notes[0].text.text(), Some("MARKER which visits?"));
    assert_eq!(hers.verify().unwrap().problems, Vec::<String>::new());
    // The same order again changes nothing.
    let events = hers.last_position().unwrap();
    drop(hers);
    let mut hers = world.hand_out(&world.mary);
    assert_eq!(hers.last_position().unwrap(), events);

    let note = first_note(&hers, first);
    // Her own workspace does not know the levels, and says no more than it knows.
    let told = hers.act(&Command::Qa { reading: first, step: settle(note) }).unwrap_err();
    let said = "notes on R-0001 are settled by whoever does its QA, not here";
    assert_eq!(told.to_string(), said);
    step(&mut hers, first, QaStep::Reply { note, text: "Page 4.".to_owned() });
    answer(&mut hers, first, "19.A", "no");
    fill_and_submit(&mut hers, first);
    let mail = bundle(&mut hers, &world.mary, &to, false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    let now = world.lead.reading(first).unwrap();
    assert_eq!(now.value("19.A"), Some("no"));
    assert_eq!(now.quality.notes.len(), 1);
    assert_eq!(now.quality.notes[0].replies[0].text.text(), Some("Page 4."));
    assert_eq!(now.first_sealed().unwrap().0, sealed.seal.as_ref().unwrap());
    step(&mut world.lead, first, settle(note));
    step(&mut world.lead, first, QaStep::Approve);
    assert_eq!(world.lead.status_of(first).unwrap(), Status::Submitted);
    assert_eq!(world.lead.status_of(second).unwrap(), Status::InQa);
    assert_eq!(world.lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(world.lead.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn an_order_that_returns_nothing_leaves_a_sealed_review_locked() {
    let mut world = World::new(3);
    set_levels(&mut world.lead, &[QaLevel::Final]);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    give(&mut world.lead, 2, "mary", Which::First);
    drop(hers);
    let mut hers = world.hand_out(&world.mary);
    assert_eq!(hers.reading(first).unwrap().status, Status::Submitted);
    let reason = "I want to".to_owned();
    let told = hers.act(&Command::Reopen { reading: first, reason }).unwrap_err();
    assert_eq!(told.to_string(), "mary is not a lead, and only a lead may do this");
}

#[test]
fn a_review_opened_by_its_reader_alone_is_not_taken_in() {
    let mut world = World::new(3);
    set_levels(&mut world.lead, &[QaLevel::Final]);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let mut hers = world.hand_out(&world.mary);
    fill_and_submit(&mut hers, first);
    let to = world.key.card().clone();
    let mail = bundle(&mut hers, &world.mary, &to, false);
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    drop(hers);

    // An order the lead never gave: made as if the review had been sent back.
    let mut order = world.returned_order(first);
    let seal = world.lead.reading(first).unwrap().seal.as_ref().unwrap().head.hash;
    order.cases[0].returned = vec![seal];
    let mut hers = world.take(order);
    answer(&mut hers, first, "19.A", "no");
    fill_and_submit(&mut hers, first);
    let mail = bundle(&mut hers, &world.mary, &to, false);
    let told = take_bundle(&mut world.lead, &world.key, &mail).unwrap_err();
    assert_eq!(
        told.to_string(),
        "what it holds of R-0001 does not fit together: it was opened again without being sent back"
    );
    assert_eq!(world.lead.reading(first).unwrap().value("19.A"), Some("yes"));
}
