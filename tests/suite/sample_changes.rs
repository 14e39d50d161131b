//! Eliminations and replacements: who may, and what is refused in which words.

use casereview::review::{
    AssignCases, CaseNumber, Command, DrawCase, DrawSample, Eliminate, ImportFrame, Place,
    StratumSize, Which,
};
use casereview::store::{ActError, QueueFilter, Workspace};
use tempfile::tempdir;

use crate::workspace::{assign, create, fill, open_as, reading_of};

/// Two strata of three cases and two spares: sample 1-6, spares 7 and 8 of `a`, 9 and 10 of
/// `b`.
pub fn draw(workspace: &mut Workspace, seed: &str, reason: Option<&str>) {
    let round = workspace.current_round().unwrap().unwrap().id;
    let size = |name: &str| StratumSize { stratum: name.to_owned(), size: 50, n: 3 };
    let strata = vec![size("a"), size("b")];
    if reason.is_none() {
        let frame = ImportFrame {
            round,
            file_hash: "f1".to_owned(),
            canonical_hash: "c1".to_owned(),
            rows: 100,
            strata: strata.clone(),
            sampling: Some("2026-04-01/2026-09-30".parse().unwrap()),
            under_review: None,
            plan: "[columns]\n".to_owned(),
            frame: "Case ID\nA-1\n".to_owned(),
        };
        workspace.act(&Command::ImportFrame(frame)).unwrap();
    }
    let case = |stratum: &str, order: u32| DrawCase {
        case_type: if stratum == "a" { "foster-care" } else { "in-home" }.to_owned(),
        region: if stratum == "a" { "East" } else { "Knox" }.to_owned(),
        county: format!("County {stratum}"),
        place: Place { order, spare: order > 3, stratum: stratum.to_owned() },
        ticket: format!("{order:064x}"),
        frame: [("case".to_owned(), format!("{seed}-{stratum}{order}"))].into(),
    };
    let mut cases = Vec::new();
    for orders in [1..=3, 4..=5] {
        for stratum in ["a", "b"] {
            cases.extend(orders.clone().map(|order| case(stratum, order)));
        }
    }
    let draw = DrawSample {
        round,
        seed: seed.to_owned(),
        seed_source: Some("dice".to_owned()),
        strata,
        cases,
        reason: reason.map(str::to_owned),
    };
    workspace.act(&Command::DrawSample(draw)).unwrap();
}

pub fn ask(case: u32) -> Eliminate {
    Eliminate {
        case: CaseNumber(case),
        reason: "subsidy-only".to_owned(),
        text: None,
        approved_by: None,
        unlock: None,
    }
}

pub fn eliminate(case: u32, by: &str) -> Command {
    Command::Eliminate(Eliminate { approved_by: Some(by.parse().unwrap()), ..ask(case) })
}

pub fn replace(case: u32) -> Command {
    Command::Replace { case: CaseNumber(case) }
}

pub fn approve(case: u32) -> Command {
    Command::ApproveElimination { case: CaseNumber(case) }
}

/// What is said of a refused command: the error and its help.
fn refused(workspace: &mut Workspace, command: &Command) -> (String, String) {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => {
            (refusal.to_string(), refusal.help().unwrap_or_default())
        }
        other => panic!("{other:?}"),
    }
}

fn counts(workspace: &Workspace) -> String {
    let round = workspace.current_round().unwrap().unwrap().id;
    let round = workspace.round(round).unwrap();
    let counts = workspace.sample_counts(&round).unwrap();
    assert!(counts.hold());
    counts.to_string()
}

pub fn sound(workspace: &Workspace) {
    assert_eq!(workspace.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn an_eliminated_case_leaves_the_queue_and_the_next_spare_comes_in() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    let reading = assign(&mut lead, 1, "mary");
    assert_eq!(counts(&lead), "6 sample + 0 spares brought in = 0 read + 6 open + 0 eliminated");
    // Mary finds that the case is none; the lead agrees.
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    mary.act(&Command::Eliminate(ask(1))).unwrap();
    assert_eq!(mary.queue(&QueueFilter::default()).unwrap().len(), 1, "it waits");
    let own = (
        "mary asked for the elimination of R-0001 and can't approve it too".to_owned(),
        "someone else does it with `sample approve R-0001 --as CODE`".to_owned(),
    );
    assert_eq!(refused(&mut mary, &approve(1)), own);
    drop(mary);
    let mut lead = open_as(folder.path(), "lead");
    assert_eq!(refused(&mut lead, &replace(1)).0, "the elimination of R-0001 is not approved yet");
    lead.act(&approve(1)).unwrap();
    assert!(lead.queue(&QueueFilter::default()).unwrap().is_empty());
    let hers = QueueFilter { reviewer: Some("mary".parse().unwrap()), ..QueueFilter::default() };
    assert!(lead.queue(&hers).unwrap().is_empty());
    assert!(lead.readings().unwrap().is_empty());
    assert_eq!(lead.reading(reading).unwrap().reviewer.as_str(), "mary", "it stays in the log");
    let to_mary = |case: u32| {
        Command::Assign(AssignCases {
            cases: vec![CaseNumber(case)],
            to: "mary".parse().unwrap(),
            which: Which::First,
        })
    };
    assert_eq!(
        refused(&mut lead, &to_mary(7)).0,
        "R-0007 is a spare: it is read only in place of an eliminated case"
    );
    assert_eq!(refused(&mut lead, &to_mary(1)).0, "R-0001 was eliminated from the sample");
    lead.act(&replace(1)).unwrap();
    assert_eq!(refused(&mut lead, &replace(1)).0, "R-0007 came in for R-0001 already");
    assign(&mut lead, 7, "mary");
    assert_eq!(counts(&lead), "6 sample + 1 spare brought in = 0 read + 6 open + 1 eliminated");
    sound(&lead);
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    let write = Command::Answer { reading, question: "19.A".to_owned(), value: None };
    assert_eq!(refused(&mut mary, &write).0, "R-0001 was eliminated from the sample");
}

#[test]
fn spares_used_up_leave_the_stratum_short() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    assign(&mut lead, 4, "mary");
    for case in [1, 2, 7] {
        lead.act(&eliminate(case, "mary")).unwrap();
        if case != 7 {
            lead.act(&replace(case)).unwrap();
        }
    }
    let (error, help) = refused(&mut lead, &replace(7));
    assert_eq!(error, "stratum a has no spare left for R-0007 and stays short");
    assert_eq!(help, "leave it short, or draw more with `sample supplement`, once approved");
    let round = lead.round(lead.current_round().unwrap().unwrap().id).unwrap();
    let strata = round.strata();
    assert_eq!(strata.iter().map(|one| one.short()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(counts(&lead), "6 sample + 2 spares brought in = 0 read + 5 open + 3 eliminated");
    sound(&lead);
}

#[test]
fn a_rated_case_needs_a_lead_to_unlock_it() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    let first = assign(&mut lead, 1, "lead");
    assign(&mut lead, 2, "mary");
    // Asked for while nothing was rated, approved after.
    let pending = reading_of(&lead, 2);
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    mary.act(&Command::Eliminate(ask(2))).unwrap();
    fill(&mut mary, pending);
    drop(mary);
    let mut lead = open_as(folder.path(), "lead");
    let rated = (
        "R-0002 has an item rating, so it can't be eliminated".to_owned(),
        "a lead unlocks it with --unlock REASON".to_owned(),
    );
    assert_eq!(refused(&mut lead, &approve(2)), rated);
    fill(&mut lead, first);
    lead.act(&Command::Submit { reading: first }).unwrap();
    assert_eq!(lead.final_readings().unwrap().len(), 1);
    assert_eq!(
        refused(&mut lead, &eliminate(1, "mary")).0,
        "R-0001 has an item rating, so it can't be eliminated"
    );
    let unlock = |by: Option<&str>| {
        Command::Eliminate(Eliminate {
            unlock: Some("the child was in another state's care all along".to_owned()),
            approved_by: by.map(|by| by.parse().unwrap()),
            ..ask(1)
        })
    };
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    assert_eq!(
        refused(&mut mary, &unlock(None)).0,
        "mary is not a lead, and only a lead may do this"
    );
    drop(mary);
    let mut lead = open_as(folder.path(), "lead");
    lead.act(&unlock(Some("mary"))).unwrap();
    assert!(lead.final_readings().unwrap().is_empty());
    assert_eq!(counts(&lead), "6 sample + 0 spares brought in = 0 read + 5 open + 1 eliminated");
    sound(&lead);
}

#[test]
fn reasons_are_those_of_the_instrument() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    let because = |case: u32, reason: &str| {
        Command::Eliminate(Eliminate { reason: reason.to_owned(), ..ask(case) })
    };
    assert_eq!(
        refused(&mut lead, &because(1, "subsidy")),
        ("reason subsidy is unknown".to_owned(), "it is key-people-unavailable, out-of-area, in-home-too-short, in-home-child-in-care, care-under-24-hours, trial-home-visit, closed-before, adult-before, other-state, same-family, subsidy-only, permanency-final, outside-foster-care or other".to_owned())
    );
    assert_eq!(refused(&mut lead, &because(1, "subsidy-onyl")).1, "did you mean subsidy-only?");
    assert_eq!(
        refused(&mut lead, &because(4, "trial-home-visit")).0,
        "reason trial-home-visit can't be given for R-0004: its case type is in-home"
    );
    assert_eq!(
        refused(&mut lead, &because(1, "other")),
        ("reason other needs a text".to_owned(), "say it with --text TEXT".to_owned())
    );
    assert_eq!(
        refused(&mut lead, &because(9, "subsidy-only")).0,
        "R-0009 is a spare: it is read only in place of an eliminated case"
    );
    assert_eq!(
        refused(&mut lead, &eliminate(1, "nobody")).0,
        "nobody is not on this workspace's team list"
    );
    assert_eq!(refused(&mut lead, &approve(1)).0, "nobody asked for the elimination of R-0001");
    assert_eq!(
        refused(&mut lead, &replace(1)).0,
        "R-0001 is not eliminated, so nothing replaces it"
    );
}

#[test]
fn two_reviewers_are_no_lead() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    assign(&mut lead, 1, "mary");
    assign(&mut lead, 2, "tom");
    drop(lead);
    open_as(folder.path(), "mary").act(&Command::Eliminate(ask(1))).unwrap();
    let mut tom = open_as(folder.path(), "tom");
    assert_eq!(
        refused(&mut tom, &approve(1)),
        (
            "neither mary nor tom is a lead, and one of them must be".to_owned(),
            "let a lead approve it".to_owned()
        )
    );
}

#[test]
fn a_second_draw_is_numbered_and_stays_visible_with_its_reason_and_witnesses() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, "1", None);
    draw(&mut lead, "2", Some("the first seed was not public"));
    let round = lead.current_round().unwrap().unwrap().id;
    let witness = |draw| Command::WitnessSeed {
        round,
        draw,
        witnesses: vec!["A. Smith, federal office".to_owned()],
    };
    lead.act(&witness(None)).unwrap();
    assert_eq!(refused(&mut lead, &witness(Some(3))).0, "round 2026-H1 has no draw 3");
    let state = lead.round(round).unwrap();
    let seen: Vec<_> = state
        .draws
        .iter()
        .map(|draw| (draw.number, draw.reason.as_deref(), draw.witnesses.len()))
        .collect();
    assert_eq!(seen, [(1, None, 0), (2, Some("the first seed was not public"), 1)]);
    // A spare comes from the draw of the case it stands in for.
    let (_, first) = state.drawn(CaseNumber(11)).unwrap();
    assert_eq!(first.case.sample_id, "draw-2");
    assert_eq!(state.next_spare(CaseNumber(11)).unwrap().case.number, CaseNumber(17));
    sound(&lead);
}
