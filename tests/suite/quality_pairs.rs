//! QA on settled reviews: by whoever is named for it and read the case not.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{
    CaseNumber, Command, LevelPeople, PersonRole, QaLevel, QaStep, ReadingId, Status,
};

use crate::program;
use crate::quality::step;
use crate::reconcile::{Twice, begin};
use crate::workspace::open_as;

/// R-0001, read by A and B alike, settled by the lead and handed in.
fn settled() -> (Twice, ReadingId) {
    let twice = Twice::new(&[]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    let role = PersonRole::Reviewer;
    for code in ["rob", "quinn"] {
        lead.act(&Command::AddPerson { code: code.parse().unwrap(), role }).unwrap();
    }
    (twice, last)
}

#[test]
fn whoever_is_named_for_a_level_is_given_the_settled_review() {
    let (twice, last) = settled();
    let mut lead = twice.lead();
    let round = lead.current_round().unwrap().unwrap().id;
    let named = |level, code: &str| LevelPeople { level, people: vec![code.parse().unwrap()] };
    let levels = vec![named(QaLevel::First, "rob"), named(QaLevel::Final, "quinn")];
    lead.act(&Command::SetQaLevels { round, levels }).unwrap();
    assert_eq!(lead.pairs().unwrap()[0].settled, Some((last, Status::InQa)));

    // Its readers see nothing of it, and who comes later is told so.
    let theirs = open_as(twice.folder.path(), "A").qa_rows().unwrap();
    assert!(theirs.iter().all(|row| row.reading != last));
    let run = |code: &str| {
        let line = ["qa", "R-0001", "--plain", "--workspace", "w.db", "--as", code];
        program::run_with(twice.folder.path(), &line, ":quit\n")
    };
    let (code, out, err) = run("quinn");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "error: quinn is not named for first-level QA\n");

    for (code, level) in [("rob", QaLevel::First), ("quinn", QaLevel::Final)] {
        let (exit, out, err) = run(code);
        assert_eq!((exit, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("read by lead"), "{out}");
        let desk = Desk::new(open_as(twice.folder.path(), code));
        assert_eq!(desk.qa_reading(CaseNumber(1)).unwrap(), last.to_string());
        assert!(desk.info().unwrap().quality.unwrap() > 0, "offered to {code}");
        let mut workspace = desk.into_workspace();
        let rows = workspace.qa_rows().unwrap();
        let row = rows.iter().find(|row| row.reading == last).unwrap();
        assert_eq!(row.level, Some(level));
        step(&mut workspace, last, QaStep::Approve);
    }
    assert_eq!(twice.lead().pairs().unwrap()[0].settled, Some((last, Status::Final)));
}

#[test]
fn setting_levels_says_what_no_longer_counts() {
    let (twice, _) = settled();
    let run = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        let (code, out, err) = program::run_with(twice.folder.path(), &line, "");
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        out
    };
    let end = "--workspace w.db --as lead";
    let out = run(&format!("round qa first-level=rob final=quinn {end}"));
    assert!(
        out.ends_with("1 review that was final: with QA now, and counted again once approved\n"),
        "{out}"
    );
    let list = run(&format!("round list --format csv {end}"));
    assert!(list.lines().next().unwrap().ends_with(",under_review,qa"), "{list}");
    assert!(list.lines().nth(1).unwrap().ends_with(",first-level=rob final=quinn"), "{list}");
    let out = run(&format!("round qa none {end}"));
    assert!(out.ends_with("what is handed in counts\n1 review is final now\n"), "{out}");
}
