//! QA on readings: levels, notes, sending back, approval, and changes after it.
#![allow(clippy::unwrap_used)]

use casereview::review::{
    CaseNumber, Command, EventHash, LevelPeople, PersonRole, QaLevel, QaStep, ReadingId, Refusal,
    Status,
};
use casereview::store::{ActError, QueueFilter, Workspace};
use tempfile::TempDir;

use crate::program;
use crate::reconcile::Twice;
use crate::workspace::{answer, assign, create, draw, fill, open_as};

/// Sets levels on the current round, with quinn on the last.
pub fn set_levels(lead: &mut Workspace, levels: &[QaLevel]) {
    let role = PersonRole::Reviewer;
    lead.act(&Command::AddPerson { code: "quinn".parse().unwrap(), role }).unwrap();
    let round = lead.current_round().unwrap().unwrap().id;
    let level = |level: &QaLevel| LevelPeople {
        level: *level,
        people: if *level == QaLevel::Final { vec!["quinn".parse().unwrap()] } else { Vec::new() },
    };
    let levels = levels.iter().map(level).collect();
    lead.act(&Command::SetQaLevels { round, levels }).unwrap();
}

/// R-0001 read by mary and handed in, in a round with first-level and final QA.
pub fn handed_in() -> (TempDir, ReadingId) {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    let id = assign(&mut lead, 1, "mary");
    set_levels(&mut lead, &[QaLevel::First, QaLevel::Final]);
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    (folder, id)
}

pub fn step(workspace: &mut Workspace, reading: ReadingId, step: QaStep) {
    workspace.act(&Command::Qa { reading, step }).unwrap();
}

pub fn pin(place: &str, text: &str) -> QaStep {
    QaStep::Pin { place: place.to_owned(), text: text.to_owned() }
}

pub fn first_note(workspace: &Workspace, reading: ReadingId) -> EventHash {
    workspace.reading(reading).unwrap().quality.notes[0].id
}

pub fn settle(note: EventHash) -> QaStep {
    QaStep::Settle { note, talked: false, summary: String::new() }
}

fn refused(workspace: &mut Workspace, command: &Command) -> Refusal {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn said(workspace: &mut Workspace, reading: ReadingId, step: QaStep) -> String {
    refused(workspace, &Command::Qa { reading, step }).to_string()
}

fn status(workspace: &Workspace, case: u32) -> Status {
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    queue.iter().find(|row| row.number == CaseNumber(case)).unwrap().status
}

fn is_sound(workspace: &mut Workspace) {
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(workspace.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn a_review_counts_once_its_last_level_approved_it() {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    assert_eq!(status(&lead, 1), Status::InQa);
    assert_eq!(lead.final_readings().unwrap().len(), 0);

    // Handed in, it is locked; and its reader does no QA on it.
    let mut mary = open_as(folder.path(), "mary");
    let change =
        Command::Answer { reading: id, question: "19.A".to_owned(), value: Some("no".to_owned()) };
    assert!(matches!(refused(&mut mary, &change), Refusal::Locked { .. }));
    let own = refused(&mut mary, &Command::Qa { reading: id, step: QaStep::Approve });
    assert_eq!(own.to_string(), "mary reads R-0001 and can't do QA on a review of it");
    assert_eq!(own.help().as_deref(), Some("someone else does it: name them with --as CODE"));

    let mut quinn = open_as(folder.path(), "quinn");
    assert_eq!(said(&mut quinn, id, QaStep::Approve), "quinn is not named for first-level QA");

    assert_eq!(said(&mut lead, id, pin("20.Z", "look")), "20.Z is no question or item");
    assert_eq!(said(&mut lead, id, pin("20.C", " ")), "a note needs words");
    assert_eq!(
        said(&mut lead, id, QaStep::SendBack),
        "R-0001 has no open note that says what to change"
    );
    step(&mut lead, id, pin("20.C", "Visits under ten minutes: good enough?"));
    assert_eq!(said(&mut lead, id, QaStep::Approve), "R-0001 has 1 note not settled");
    let note = first_note(&lead, id);
    let talked = QaStep::Settle { note, talked: true, summary: String::new() };
    assert_eq!(said(&mut lead, id, talked), "what was settled in conversation needs a summary");
    let summary = "The log shows forty minutes.".to_owned();
    step(&mut lead, id, QaStep::Settle { note, talked: true, summary });
    assert_eq!(said(&mut lead, id, settle(note)), "the note is settled already");
    step(&mut lead, id, QaStep::Approve);
    assert_eq!(status(&lead, 1), Status::InQa);

    step(&mut quinn, id, QaStep::Approve);
    assert_eq!(status(&lead, 1), Status::Final);
    assert_eq!(lead.final_readings().unwrap().len(), 1);
    let done = said(&mut lead, id, pin("20", "too late"));
    assert_eq!(done, "R-0001 is final and not with QA");
    is_sound(&mut lead);
}

#[test]
fn what_is_sent_back_opens_for_its_reader_and_comes_back_to_the_level_that_sent_it() {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    let mut mary = open_as(folder.path(), "mary");
    let mut quinn = open_as(folder.path(), "quinn");
    let before = lead.reading(id).unwrap();
    step(&mut lead, id, QaStep::Approve);
    step(&mut quinn, id, pin("19.A", "Which visits?"));
    step(&mut quinn, id, QaStep::SendBack);
    assert_eq!(status(&lead, 1), Status::Open);
    let open = said(&mut quinn, id, QaStep::Approve);
    assert_eq!(open, "R-0001 is open and not with QA");

    let note = first_note(&mary, id);
    step(&mut mary, id, QaStep::Reply { note, text: "See page 4 of the log.".to_owned() });
    answer(&mut mary, id, "19.A", "no");
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    let now = lead.reading(id).unwrap();
    assert_eq!(now.value("19.A"), Some("no"));
    let (seal, given) = now.first_sealed().unwrap();
    assert_eq!(seal.head, before.seal.as_ref().unwrap().head, "the first seal is kept");
    assert_eq!(given, &before.answers);

    // The first level's approval holds; the last one gets it back.
    assert_eq!(said(&mut mary, id, QaStep::Approve), said(&mut mary, id, settle(note)));
    step(&mut quinn, id, settle(note));
    step(&mut quinn, id, QaStep::Approve);
    assert_eq!(status(&lead, 1), Status::Final);
    is_sound(&mut lead);
}

#[test]
fn a_change_after_final_needs_a_reason_and_every_report_tells_of_it() {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    for who in ["lead", "quinn"] {
        step(&mut open_as(folder.path(), who), id, QaStep::Approve);
    }
    let report = || {
        let line = "report items --workspace w.db --as lead";
        program::run(folder.path(), &line.split(' ').collect::<Vec<_>>()).2
    };
    assert_eq!(
        report(),
        "round 2026-H1: 2 sample + 0 spares brought in = 1 read + 1 open + 0 eliminated\n\
         0 cases eliminated of 2 in the sample\n"
    );
    let why = Command::Reopen { reading: id, reason: " ".to_owned() };
    assert_eq!(refused(&mut lead, &why).to_string(), "it needs a reason");
    let reason = "a visit log came late".to_owned();
    lead.act(&Command::Reopen { reading: id, reason }).unwrap();
    assert_eq!(status(&lead, 1), Status::Open);
    let mut mary = open_as(folder.path(), "mary");
    mary.act(&Command::Submit { reading: id }).unwrap();
    // Nothing is approved any more.
    assert_eq!(status(&lead, 1), Status::InQa);
    assert_eq!(
        report(),
        "nothing to report: no review is final yet\n1 case is with QA, and not counted\n\
         round 2026-H1: 2 sample + 0 spares brought in = 1 read + 1 open + 0 eliminated\n\
         0 cases eliminated of 2 in the sample\n"
    );
    for who in ["lead", "quinn"] {
        step(&mut open_as(folder.path(), who), id, QaStep::Approve);
    }
    assert_eq!(
        report(),
        "1 review was changed after being final: `qa CASE` says why\n\
         round 2026-H1: 2 sample + 0 spares brought in = 1 read + 1 open + 0 eliminated\n\
         0 cases eliminated of 2 in the sample\n"
    );
    let late = &lead.reading(id).unwrap().quality.late;
    assert_eq!(late[0].why.text(), Some("a visit log came late"));
    is_sound(&mut lead);
}

#[test]
fn whoever_reads_a_case_does_no_qa_on_its_other_review() {
    let twice = Twice::new(&[]);
    let mut lead = twice.lead();
    let round = lead.current_round().unwrap().unwrap().id;
    let levels = vec![LevelPeople {
        level: QaLevel::Final,
        people: vec!["A".parse().unwrap(), "B".parse().unwrap()],
    }];
    lead.act(&Command::SetQaLevels { round, levels }).unwrap();
    for (who, other) in [("A", twice.second), ("B", twice.first)] {
        let mut reader = open_as(twice.folder.path(), who);
        let told = said(&mut reader, other, pin("20", "hm"));
        assert_eq!(told, format!("{who} reads R-0001 and can't do QA on a review of it"));
    }
    step(&mut lead, twice.first, pin("20", "Only for the first reader."));
    // The other reader is shown nothing of it.
    let line = "qa R-0001 --plain --workspace w.db --as B";
    let (_, out, _) =
        program::run_with(twice.folder.path(), &line.split(' ').collect::<Vec<_>>(), ":quit\n");
    assert!(!out.contains("Only for the first reader."), "{out}");
    is_sound(&mut lead);
}

#[test]
fn levels_set_later_hold_for_what_is_handed_in_already() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    let id = assign(&mut lead, 1, "mary");
    let mut mary = open_as(folder.path(), "mary");
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    assert_eq!(status(&lead, 1), Status::Final);
    let no_qa = said(&mut lead, id, QaStep::Approve);
    assert_eq!(no_qa, "the round of R-0001 has no QA: what is handed in counts");
    set_levels(&mut lead, &[QaLevel::Final]);
    assert_eq!(status(&lead, 1), Status::InQa);
    assert_eq!(lead.final_readings().unwrap().len(), 0);
    is_sound(&mut lead);
    set_levels(&mut lead, &[]);
    assert_eq!(status(&lead, 1), Status::Final);
    is_sound(&mut lead);
}

#[test]
fn levels_are_named_on_the_command_line() {
    let (folder, _) = handed_in();
    let run = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        program::run(folder.path(), &line)
    };
    let to = "--workspace w.db --as lead";
    let (code, out, err) = run(&format!("round qa second-level final=quinn {to}"));
    assert_eq!(code, 0);
    // Nobody but the lead could do the second level: that holds up what the lead settles.
    assert_eq!(
        err,
        "second-level QA: lead alone can do it, and not on a case that lead reads or settles: \
         such a review never passes\n  help: name someone more with second-level=CODE; `person \
         set CODE` puts them on the team list\n"
    );
    assert_eq!(out, "round 2026-H1: reviews pass second-level QA, final QA\n");
    let (code, out, err) = run(&format!("round qa last {to}"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: level of QA last is unknown\n  help: give first-level, second-level or final, or none\n"
    );
    let (code, _, err) = run(&format!("round qa final=nobody {to}"));
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: nobody is not on this workspace's team list\n  help: `person set nobody` puts them \
         on it, and so does their card with `team add CARD`\n"
    );
    let (_, out, _) = run(&format!("status {to}"));
    assert!(out.contains("with QA"), "{out}");
    let (_, out, _) = run(&format!("export items --format csv {to}"));
    assert!(out.contains(",in-qa,"), "{out}");
    let (_, out, _) = run(&format!("round qa none {to}"));
    assert_eq!(out, "round 2026-H1: what is handed in counts\n1 review is final now\n");
}
