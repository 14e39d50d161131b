//! A command is saved whole or not at all, and says so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use casereview::review::{AssignCases, CaseNumber, Command, Refusal, Slot, Status, Which, note_on};
use casereview::store::{ActError, QueueFilter, StoreError};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::workspace::{answer, assign, create, draw, fill, one_review, open_as, path};

#[test]
fn a_review_goes_from_assignment_to_the_report() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 4);
    let reading = assign(&mut lead, 1, "mary");
    assign(&mut lead, 2, "tom");
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    assert_eq!(mary.reading(reading).unwrap().value("face.opened"), Some("2025-11-03"));
    fill(&mut mary, reading);
    assert!(mary.final_readings().unwrap().is_empty());
    mary.act(&Command::Submit { reading }).unwrap();
    let finals = mary.final_readings().unwrap();
    assert_eq!(finals.len(), 1);
    assert_eq!(finals[0].status, Status::Final);
    assert_eq!(finals[0].county, "County 0");
    let edition = mary.instrument(&finals[0].instrument).unwrap();
    let item = edition.find_item("20").unwrap();
    assert_eq!(finals[0].ratings.item(item).unwrap().code(), "strength");
    let queue = mary.queue(&QueueFilter::default()).unwrap();
    assert_eq!(queue.len(), 2);
    assert_eq!(queue[0].answered, queue[0].needed);
    let locked = Command::Answer { reading, question: "20.A2".to_owned(), value: None };
    assert!(matches!(
        mary.act(&locked),
        Err(ActError::Refused(Refusal::Locked { case: CaseNumber(1), .. }))
    ));
    assert_eq!(mary.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn undo_and_redo_restore_what_stood_there() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    let reading = assign(&mut lead, 1, "lead");
    answer(&mut lead, reading, "19.A", "yes");
    answer(&mut lead, reading, "19.A", "no");
    let text = Some("No visit in May.".to_owned());
    let narrate = Command::Narrate { reading, question: "19.A".to_owned(), text };
    lead.act(&narrate).unwrap();
    let state = |lead: &casereview::store::Workspace| {
        let reading = lead.reading(reading).unwrap();
        (reading.value("19.A").map(str::to_owned), reading.narrative("19.A").map(str::to_owned))
    };
    let written = state(&lead);
    lead.act(&Command::Undo { reading }).unwrap();
    assert_eq!(state(&lead), (Some("no".to_owned()), None));
    lead.act(&Command::Undo { reading }).unwrap();
    assert_eq!(state(&lead), (Some("yes".to_owned()), None));
    // A fresh look at the log knows the same undone changes.
    drop(lead);
    let mut lead = open_as(folder.path(), "lead");
    lead.act(&Command::Redo { reading }).unwrap();
    lead.act(&Command::Redo { reading }).unwrap();
    assert_eq!(state(&lead), written);
    let more = lead.act(&Command::Redo { reading });
    assert!(matches!(more, Err(ActError::Refused(Refusal::NothingToRedo))));
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn a_note_is_a_text_of_its_own_in_the_log_and_in_drafts() {
    let (folder, mut lead, reading) = one_review("lead");
    answer(&mut lead, reading, "19.A", "no");
    let narrate = |question: String, text: &str| Command::Narrate {
        reading,
        question,
        text: Some(text.to_owned()),
    };
    let (before, place) = (lead.reading(reading).unwrap().content_hash(), note_on("19.A"));
    lead.save_draft(reading, &place, Slot::Narrative, "Ask ab").unwrap();
    lead.act(&narrate(place, "Ask about May.")).unwrap();
    lead.act(&narrate("19.A".to_owned(), "No visit in May.")).unwrap();
    assert!(lead.drafts(reading).unwrap().is_empty());
    let nowhere = narrate(note_on("19.Z"), "x");
    assert!(matches!(lead.act(&nowhere), Err(ActError::Refused(Refusal::UnknownQuestion { .. }))));
    drop(lead);
    let mut lead = open_as(folder.path(), "lead");
    let read = lead.reading(reading).unwrap();
    assert_eq!(read.note("19.A"), Some("Ask about May."));
    assert_eq!(read.narrative("19.A"), Some("No visit in May."));
    assert_ne!(read.content_hash(), before, "the seal covers it");
    let mut said = Vec::new();
    lead.each_event::<StoreError>(0, |line| {
        said.push(format!("{} {}", line.kind, line.what));
        Ok(())
    })
    .unwrap();
    assert!(said.contains(&"narrated note on 19.A: nothing -> a text".to_owned()), "{said:?}");
    lead.act(&Command::Undo { reading }).unwrap();
    lead.act(&Command::Undo { reading }).unwrap();
    assert_eq!(lead.reading(reading).unwrap().note("19.A"), None);
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn the_same_answer_again_is_no_event() {
    let (_folder, mut lead, reading) = one_review("lead");
    answer(&mut lead, reading, "19.A", "yes");
    let again =
        Command::Answer { reading, question: "19.A".to_owned(), value: Some("yes".to_owned()) };
    assert_eq!(lead.act(&again).unwrap().events, 0);
}

#[test]
fn a_draft_lasts_until_its_text_is_given() {
    let (_folder, mut lead, reading) = one_review("lead");
    lead.save_draft(reading, "19.A", Slot::Narrative, "No vis").unwrap();
    lead.save_draft(reading, "19.A", Slot::Narrative, "No visit").unwrap();
    let drafts = lead.drafts(reading).unwrap();
    assert_eq!(drafts[&("19.A".to_owned(), Slot::Narrative)], "No visit");
    let text = Some("No visit in May.".to_owned());
    lead.act(&Command::Narrate { reading, question: "19.A".to_owned(), text }).unwrap();
    assert!(lead.drafts(reading).unwrap().is_empty());
}

#[test]
fn the_settings_the_promises_rest_on_are_read_back() {
    let folder = tempdir().unwrap();
    let lead = create(folder.path());
    let settings = lead.settings().unwrap();
    for (name, found, wanted) in &settings {
        assert_eq!(found, wanted, "{name}");
    }
    let value = |name| settings.iter().find(|(known, ..)| *known == name).unwrap().1.clone();
    assert_eq!(value("journal_mode"), "wal");
    assert_eq!(value("synchronous"), "2");
    assert_eq!(value("foreign_keys"), "1");
    assert_eq!(value("trusted_schema"), "0");
}

#[test]
fn a_blocked_commit_saves_nothing_and_says_so() {
    let (folder, mut lead, reading) = one_review("lead");
    let before = lead.last_position().unwrap();
    let other = Connection::open(path(folder.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let give =
        Command::Answer { reading, question: "19.A".to_owned(), value: Some("yes".to_owned()) };
    assert!(matches!(lead.act(&give), Err(ActError::Store(StoreError::Locked))));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(lead.last_position().unwrap(), before);
    assert_eq!(lead.reading(reading).unwrap().value("19.A"), None);
    assert_eq!(lead.act(&give).unwrap().events, 1);
}

#[test]
fn a_full_disk_saves_nothing_and_says_so() {
    let (folder, mut lead, reading) = one_review("lead");
    let before = lead.last_position().unwrap();
    lead.no_more_room().unwrap();
    let text = Some("word ".repeat(4000));
    let narrate = Command::Narrate { reading, question: "19.A".to_owned(), text };
    assert!(matches!(lead.act(&narrate), Err(ActError::Store(StoreError::Full))));
    assert_eq!(lead.last_position().unwrap(), before);
    assert_eq!(lead.reading(reading).unwrap().narrative("19.A"), None);
    drop(lead);
    let lead = open_as(folder.path(), "lead");
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn nobody_writes_in_the_review_of_another() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 1);
    let reading = assign(&mut lead, 1, "mary");
    let give =
        Command::Answer { reading, question: "19.A".to_owned(), value: Some("yes".to_owned()) };
    assert!(matches!(lead.act(&give), Err(ActError::Refused(Refusal::NotYours { .. }))));
}

#[test]
fn a_reassigned_case_goes_on_from_a_copy() {
    let (_folder, mut lead, first) = one_review("lead");
    answer(&mut lead, first, "19.A", "yes");
    let text = Some("Weekly.".to_owned());
    lead.act(&Command::Narrate { reading: first, question: "19.A".to_owned(), text }).unwrap();
    let second = assign(&mut lead, 1, "mary");
    assert_ne!(first, second);
    let taken = lead.reading(second).unwrap();
    assert_eq!(taken.from, Some(first));
    assert_eq!(taken.value("19.A"), Some("yes"));
    assert_eq!(taken.narrative("19.A"), Some("Weekly."));
    assert_eq!(lead.reading(first).unwrap().status, Status::Withdrawn);
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn two_windows_on_one_workspace_see_each_other() {
    let folder = tempdir().unwrap();
    let mut one = create(folder.path());
    draw(&mut one, 2);
    let mut two = open_as(folder.path(), "lead");
    let reading = assign(&mut one, 1, "lead");
    answer(&mut two, reading, "19.A", "yes");
    answer(&mut one, reading, "19.A", "no");
    assert_eq!(two.reading(reading).unwrap().value("19.A"), Some("no"));
    two.act(&Command::Undo { reading }).unwrap();
    assert_eq!(one.reading(reading).unwrap().value("19.A"), Some("yes"));
    assign(&mut two, 2, "mary");
    let round = one.current_round().unwrap().unwrap().id;
    one.act(&Command::CloseRound { round }).unwrap();
    assert!(one.people().iter().any(|person| person.code.as_str() == "mary"));
    assert_eq!(one.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn several_commands_are_saved_together_or_not_at_all() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 3);
    let give = |case: u32| {
        Command::Assign(AssignCases {
            cases: vec![CaseNumber(case)],
            to: "mary".parse().unwrap(),
            which: Which::First,
        })
    };
    let done = lead.act_all(&[give(1), give(2)]).unwrap();
    assert_eq!(done.len(), 2);
    assert_eq!(lead.queue(&QueueFilter::default()).unwrap().len(), 2);
    assert!(lead.act_all(&[give(3), give(77)]).is_err());
    assert_eq!(lead.queue(&QueueFilter::default()).unwrap().len(), 2);
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
#[ignore = "measures: cargo test --release -- --ignored --nocapture how_long"]
fn how_long_an_answer_takes() {
    let (_folder, mut lead, reading) = one_review("lead");
    let mut times: Vec<_> = (0..400)
        .map(|nth| {
            let start = std::time::Instant::now();
            answer(&mut lead, reading, "19.A", ["yes", "no"][nth % 2]);
            start.elapsed()
        })
        .collect();
    times.sort();
    eprintln!("p50 {:?}, p99 {:?}", times[200], times[396]);
}
