//! Whatever is done to a sample, in whatever order, it adds up: no case is in two places or in
//! none, spares come in by their order, and the log gives the same again.

#![allow(clippy::unwrap_used)]

use casereview::review::{
    AssignCases, AssignPair, CaseNumber, Command, ConflictWith, DeclareConflict, DrawCase,
    DrawSeconds, Eliminate, PersonCode, Place, SecondCase, SupplementSample, Which,
};
use casereview::sampling::{Ticket, draw_seconds};
use casereview::store::{ActError, QueueFilter, Workspace};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::sample_changes::{approve, ask, draw, eliminate, replace, sound};
use crate::workspace::{answer, assign, create, fill, open_as};

#[derive(Debug, Clone)]
enum Step {
    Assign(u32, usize),
    Ask(u32),
    Tell(u32),
    Unlock(u32),
    Approve(u32),
    Replace(u32),
    Answer(u32),
    Finish(u32),
    Decline(u32),
    Release(u32),
    Supplement(usize, usize),
    Pair(u32, usize, usize),
    Second(u32, usize),
    Share(u32),
    Drop(u32),
    Conflict(usize, u32),
    Draw,
    Become(usize),
}

const PEOPLE: [&str; 3] = ["lead", "mary", "tom"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let case = 1..=18_u32;
    let person = 0..PEOPLE.len();
    let step = prop_oneof![
        3 => (case.clone(), person.clone()).prop_map(|(case, to)| Step::Assign(case, to)),
        2 => case.clone().prop_map(Step::Ask),
        3 => case.clone().prop_map(Step::Tell),
        1 => case.clone().prop_map(Step::Unlock),
        2 => case.clone().prop_map(Step::Approve),
        4 => case.clone().prop_map(Step::Replace),
        1 => case.clone().prop_map(Step::Answer),
        1 => case.clone().prop_map(Step::Finish),
        1 => case.clone().prop_map(Step::Decline),
        1 => case.clone().prop_map(Step::Release),
        3 => (0..2_usize, 1..3_usize).prop_map(|(stratum, n)| Step::Supplement(stratum, n)),
        1 => (case.clone(), person.clone(), person.clone())
            .prop_map(|(case, to, with)| Step::Pair(case, to, with)),
        1 => (case.clone(), person.clone()).prop_map(|(case, to)| Step::Second(case, to)),
        1 => (1..=100_u32).prop_map(Step::Share),
        1 => case.clone().prop_map(Step::Drop),
        1 => (person.clone(), case.clone()).prop_map(|(who, case)| Step::Conflict(who, case)),
        1 => Just(Step::Draw),
        2 => person.prop_map(Step::Become),
    ];
    prop::collection::vec(step, 1..40)
}

/// Who a command gives cases to.
fn given_to(command: &Command) -> Vec<(CaseNumber, PersonCode)> {
    let all = |cases: &[CaseNumber], people: &[&PersonCode]| {
        let each = |case: &CaseNumber| {
            let case = *case;
            people.iter().map(move |code| (case, (*code).clone())).collect::<Vec<_>>()
        };
        cases.iter().flat_map(each).collect()
    };
    match command {
        Command::Assign(assign) => all(&assign.cases, &[&assign.to]),
        Command::AssignPair(assign) => all(&assign.cases, &[&assign.to, &assign.with]),
        _ => Vec::new(),
    }
}

/// Further spares of a stratum of the last draw, whether or not it needs any.
fn supplement(workspace: &Workspace, stratum: usize, n: usize) -> Command {
    let round = workspace.current_round().unwrap().unwrap().id;
    let state = workspace.round(round).unwrap();
    let draw = state.draws.last().unwrap();
    let name = ["a", "b"][stratum];
    let there = draw.cases.iter().filter(|case| case.place.stratum == name).count() as u32;
    let case = |order: u32| DrawCase {
        case_type: if name == "a" { "foster-care" } else { "in-home" }.to_owned(),
        region: "East".to_owned(),
        county: format!("County {name}"),
        place: Place { order, spare: true, stratum: name.to_owned() },
        ticket: format!("{order:064x}"),
        frame: [("case".to_owned(), format!("{}-{name}{order}", draw.seed))].into(),
    };
    Command::SupplementSample(SupplementSample {
        round,
        draw: draw.number,
        stratum: name.to_owned(),
        cases: (there + 1..=there + n as u32).map(case).collect(),
        approved_by: "the federal office".to_owned(),
        why: "no spare is left".to_owned(),
    })
}

/// Draws second reviews from every case that can be in the pool, and one that may not.
fn share(workspace: &Workspace, percent: u32) -> Command {
    let round = workspace.current_round().unwrap().unwrap().id;
    let state = workspace.round(round).unwrap();
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    let pool: Vec<(String, String)> = queue
        .iter()
        .filter(|row| row.which == Which::First && !state.seconds.was_in_pool(row.number))
        .map(|row| (row.number.to_string(), row.reviewer.clone()))
        .collect();
    let drawn = draw_seconds(&pool, "5", percent);
    let case = |stratum: &str, (case, ticket): &(String, Ticket)| SecondCase {
        case: case.parse().unwrap(),
        stratum: stratum.to_owned(),
        ticket: ticket.to_string(),
    };
    Command::DrawSeconds(DrawSeconds {
        round,
        seed: "5".to_owned(),
        percent,
        pool: pool.iter().map(|(case, _)| case.parse().unwrap()).collect(),
        strata: Vec::new(),
        cases: drawn
            .iter()
            .flat_map(|one| one.cases.iter().map(|drawn| case(&one.name, drawn)))
            .collect(),
    })
}

/// Everything that must hold at any time.
fn check(workspace: &Workspace) {
    let id = workspace.current_round().unwrap().unwrap().id;
    let round = workspace.round(id).unwrap();
    let counts = workspace.sample_counts(&round).unwrap();
    assert!(counts.hold(), "{counts}");
    let queue =
        workspace.queue(&QueueFilter { unassigned: true, ..QueueFilter::default() }).unwrap();
    let unread = queue.iter().filter(|row| row.reading.is_none()).count();
    assert_eq!(workspace.unassigned(&round.name).unwrap(), unread);
    let waiting: Vec<CaseNumber> = queue.iter().map(|row| row.number).collect();
    for draw in &round.draws {
        for case in &draw.cases {
            // In the queue, eliminated, or a spare: no case disappears, none is in two places.
            let number = case.case.number;
            let places = [
                waiting.contains(&number),
                round.changes.is_eliminated(number),
                case.place.spare && !round.changes.brought_in.contains_key(&number),
            ];
            assert_eq!(places.iter().filter(|place| **place).count(), 1, "{number}: {places:?}");
            // A spare is in only when every spare before it is.
            let later = draw.cases.iter().filter(|other| {
                other.place.spare
                    && other.place.stratum == case.place.stratum
                    && other.place.order > case.place.order
                    && round.changes.brought_in.contains_key(&other.case.number)
            });
            if places[2] {
                assert_eq!(later.count(), 0, "a spare after {number} came in before it");
            }
        }
    }
    for (spare, gone) in &round.changes.brought_in {
        assert!(round.changes.is_eliminated(*gone), "{spare} came in for a case still in");
    }
    // A case drawn for a second review counts nowhere before both reviews are settled.
    for row in workspace.final_readings().unwrap() {
        assert!(!round.seconds.is_drawn(row.number), "{} is final without a second", row.number);
    }
    let pools: Vec<CaseNumber> =
        round.seconds.draws.iter().flat_map(|(_, draw)| draw.pool.clone()).collect();
    let once: std::collections::BTreeSet<_> = pools.iter().collect();
    assert_eq!(once.len(), pools.len(), "a case was drawn for twice");
    let taken = round.changes.brought_in.values().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(taken.len(), round.changes.brought_in.len(), "two spares for one case");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_sample_adds_up(steps in steps()) {
        let folder = tempdir().unwrap();
        let mut workspace = create(folder.path());
        draw(&mut workspace, "1", None);
        assign(&mut workspace, 1, "mary");
        assign(&mut workspace, 4, "tom");
        for step in steps {
            let mine = |case: u32| {
                let queue = workspace.queue(&QueueFilter::default()).unwrap();
                let row = queue.iter().find(|row| {
                    row.number == CaseNumber(case)
                        && row.reviewer == workspace.user().as_str()
                        && row.status == casereview::review::Status::Open
                });
                row.and_then(|row| row.reading)
            };
            let command = match step {
                Step::Assign(case, to) => Some(Command::Assign(AssignCases {
                    cases: vec![CaseNumber(case)],
                    to: PEOPLE[to].parse().unwrap(),
                    which: Which::First,
                })),
                Step::Ask(case) => Some(Command::Eliminate(ask(case))),
                Step::Tell(case) => Some(eliminate(case, "tom")),
                Step::Unlock(case) => Some(Command::Eliminate(Eliminate {
                    unlock: Some("why".to_owned()),
                    ..ask(case)
                })),
                Step::Approve(case) => Some(approve(case)),
                Step::Replace(case) => Some(replace(case)),
                Step::Answer(case) => {
                    if let Some(reading) = mine(case) {
                        answer(&mut workspace, reading, "19.A", "yes");
                    }
                    None
                }
                Step::Finish(case) => {
                    let reading = mine(case);
                    if let Some(reading) = reading {
                        fill(&mut workspace, reading);
                    }
                    reading.map(|reading| Command::Submit { reading })
                }
                Step::Decline(case) => {
                    Some(Command::DeclineElimination { case: CaseNumber(case), why: None })
                }
                Step::Release(case) => Some(Command::UnlockElimination {
                    case: CaseNumber(case),
                    why: "found out late".to_owned(),
                }),
                Step::Supplement(stratum, n) => Some(supplement(&workspace, stratum, n)),
                Step::Pair(case, to, with) => Some(Command::AssignPair(AssignPair {
                    cases: vec![CaseNumber(case)],
                    to: PEOPLE[to].parse().unwrap(),
                    with: PEOPLE[with].parse().unwrap(),
                    which: Which::First,
                })),
                Step::Second(case, to) => Some(Command::Assign(AssignCases {
                    cases: vec![CaseNumber(case)],
                    to: PEOPLE[to].parse().unwrap(),
                    which: Which::Second,
                })),
                Step::Share(percent) => Some(share(&workspace, percent)),
                Step::Drop(case) => Some(Command::DropSecond {
                    case: CaseNumber(case),
                    why: "nobody is left".to_owned(),
                }),
                Step::Conflict(who, case) => Some(Command::DeclareConflict(DeclareConflict {
                    code: PEOPLE[who].parse().unwrap(),
                    with: ConflictWith::Case(CaseNumber(case)),
                    why: "a cousin".to_owned(),
                })),
                Step::Draw => {
                    if workspace.user().as_str() == "lead" {
                        draw(&mut workspace, "2", Some("again"));
                    }
                    None
                }
                Step::Become(person) => {
                    drop(workspace);
                    workspace = open_as(folder.path(), PEOPLE[person]);
                    None
                }
            };
            let names = command.as_ref().map(given_to).unwrap_or_default();
            match command.map(|command| workspace.act(&command)) {
                Some(Ok(_)) => {
                    for (case, code) in names {
                        let case = workspace.case(case).unwrap().unwrap();
                        let bar = workspace.team().bar(&code, &case);
                        prop_assert_eq!(bar, None, "{} got {}", code, case.facts.number);
                    }
                }
                None | Some(Err(ActError::Refused(_))) => {}
                Some(Err(ActError::Store(error))) => panic!("{error}"),
            }
            // Whoever acts, a lead's look at the whole.
            check(&open_as(folder.path(), "lead"));
        }
        sound(&workspace);
        let live = workspace.projections_digest().unwrap();
        workspace.rebuild().unwrap();
        prop_assert_eq!(workspace.projections_digest().unwrap(), live);
        prop_assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    }
}
