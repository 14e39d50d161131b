//! A third reader as tie-break: asked once both reviews are there, blind as they were.
#![allow(clippy::unwrap_used)]

use casereview::review::{AssignCases, CaseNumber, Command, Which};

use crate::reconcile::Twice;
use crate::workspace::{assign, create, draw, open_as};

fn third(case: u32, to: &str) -> Command {
    let (cases, to) = (vec![CaseNumber(case)], to.parse().unwrap());
    Command::Assign(AssignCases { cases, to, which: Which::Third })
}

#[test]
fn a_third_reader_is_asked_once_both_reviews_are_handed_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    assign(&mut lead, 1, "mary");
    assert_eq!(
        lead.act(&third(1, "C")).unwrap_err().to_string(),
        "a third reader of R-0001 is asked once its first and second review are handed in"
    );
}

#[test]
fn a_third_reader_is_none_of_the_two_and_sees_one_case_as_if_first() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    assert_eq!(
        lead.act(&third(1, "A")).unwrap_err().to_string(),
        "A already does another review of R-0001"
    );
    lead.act(&third(1, "C")).unwrap();
    let theirs = open_as(twice.folder.path(), "C");
    let rows = theirs.own_readings().unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].value("17.A1").is_none(), "it starts with nothing of the other two");
    let readings = theirs.visible_readings().unwrap();
    let own: Vec<_> = readings.iter().filter(|row| row.reviewer == "C").collect();
    assert_eq!((own.len(), own[0].which), (1, Which::First));
}

#[test]
fn a_lead_who_broke_the_tie_does_not_settle_it() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    lead.act(&third(1, "lead")).unwrap();
    let told = lead.act(&Command::Reconcile { case: CaseNumber(1) }).unwrap_err();
    assert_eq!(told.to_string(), "lead read R-0001 and can't settle its two reviews");
}
