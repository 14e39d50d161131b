//! Who reads what: conflicts are kept, cases are spread evenly within rules, and what can't be
//! given is told with the rule that blocks it.

use std::collections::{BTreeMap, BTreeSet};

use casereview::review::{
    AllotRules, AssignCases, Bar, Case, CaseFacts, CaseNumber, Command, ConflictWith,
    DeclareConflict, PersonCode, PersonFacts, ReviewKind, Team, Which, Words,
};
use casereview::store::{ActError, QueueFilter, Workspace};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::workspace::{assign, create, draw, open_as};

fn person(code: &str) -> PersonCode {
    code.parse().unwrap()
}

fn declare(code: &str, with: ConflictWith) -> Command {
    Command::DeclareConflict(DeclareConflict {
        code: person(code),
        with,
        why: "her sister's case".to_owned(),
    })
}

fn give(case: u32, to: &str) -> Command {
    Command::Assign(AssignCases {
        cases: vec![CaseNumber(case)],
        to: person(to),
        which: Which::First,
    })
}

fn refused(workspace: &mut Workspace, command: &Command) -> (String, String) {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => {
            (refusal.to_string(), refusal.help().unwrap_or_default())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_declared_conflict_keeps_a_case_away_by_name_and_rule() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 5);
    for code in ["mary", "tom"] {
        let told = PersonFacts { region: Some("East".to_owned()), ..PersonFacts::default() };
        lead.act(&Command::DescribePerson { code: person(code), facts: told }).unwrap();
    }
    lead.act(&declare("mary", ConflictWith::County("County 0".to_owned()))).unwrap();
    lead.act(&declare("mary", ConflictWith::Case(CaseNumber(2)))).unwrap();
    assert_eq!(
        refused(&mut lead, &give(1, "mary")),
        (
            "mary must not read R-0001: declared conflict with county County 0".to_owned(),
            "`conflict list` shows what was declared".to_owned()
        )
    );
    assert_eq!(
        refused(&mut lead, &give(2, "mary")).0,
        "mary must not read R-0002: declared conflict with case R-0002"
    );
    // Going over is an assignment too.
    assign(&mut lead, 1, "tom");
    assert_eq!(
        refused(&mut lead, &give(1, "mary")).0,
        "mary must not read R-0001: declared conflict with county County 0"
    );
    assign(&mut lead, 3, "mary");
    assert_eq!(
        refused(&mut lead, &declare("nobody", ConflictWith::Case(CaseNumber(1)))).0,
        "nobody is not on this workspace's team list"
    );
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    mary.act(&declare("mary", ConflictWith::Case(CaseNumber(4)))).unwrap();
    assert_eq!(
        refused(&mut mary, &declare("tom", ConflictWith::Case(CaseNumber(4)))).0,
        "mary is not a lead, and only a lead may do this"
    );
    assert_eq!(mary.team().conflicts.len(), 3);
    assert_eq!(mary.team().facts(&person("mary")).region.as_deref(), Some("East"));
    assert_eq!(mary.stale_projections().unwrap(), Vec::<&str>::new());
    assert_eq!(mary.verify().unwrap().problems, Vec::<String>::new());
    // A fresh look at the log knows the same.
    let conflicts = mary.team().conflicts.clone();
    drop(mary);
    assert_eq!(open_as(folder.path(), "lead").team().conflicts, conflicts);
}

fn case(number: u32, region: &str, worker: &str) -> Case {
    Case {
        facts: CaseFacts {
            number: CaseNumber(number),
            case_type: "in-home".to_owned(),
            region: region.to_owned(),
            county: format!("{region} {}", number % 2),
            period: String::new(),
            under_review: None,
            round: "r".to_owned(),
            sample_id: "draw-1".to_owned(),
            review_kind: ReviewKind::Regular,
        },
        frame: [("worker".to_owned(), worker.to_owned())].into(),
        drawn: None,
    }
}

fn team(regions: &[(&str, &str)]) -> Team {
    let mut team = Team::default();
    for (code, region) in regions {
        let facts = PersonFacts {
            region: Some((*region).to_owned()),
            county: Some(format!("{region} 0")),
            ..PersonFacts::default()
        };
        team.facts.insert(person(code), facts);
    }
    team
}

fn conflict(code: &str, with: ConflictWith) -> casereview::review::ConflictDeclared {
    casereview::review::ConflictDeclared {
        code: person(code),
        with,
        why: Words::new("why", [0; 16]),
    }
}

#[test]
fn what_cannot_be_met_is_told_with_the_rule() {
    let mut team = team(&[("ann", "East"), ("bob", "Knox")]);
    team.conflicts.push(conflict("bob", ConflictWith::Worker(Words::new("W-1", [0; 16]))));
    let cases = [case(1, "East", "W-1"), case(2, "East", "W-2"), case(3, "Knox", "W-2")];
    let rules = AllotRules {
        among: vec![person("ann"), person("bob"), person("cy")],
        other_region: true,
        at_most: Some(1),
        ..AllotRules::default()
    };
    let done = rules.allot(&team, &cases, &BTreeMap::from([(person("ann"), 1)]));
    assert_eq!(done.given, BTreeMap::from([(person("bob"), vec![CaseNumber(2)])]));
    let why: Vec<_> = done
        .left
        .iter()
        .map(|one| (one.case.0, one.why.iter().map(|(_, bar)| bar.to_string()).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        why,
        [
            (
                1,
                vec![
                    "own region East".to_owned(),
                    "declared conflict with its caseworker".to_owned(),
                    "own region not set".to_owned()
                ]
            ),
            (
                3,
                vec![
                    "has 1 already".to_owned(),
                    "own region Knox".to_owned(),
                    "own region not set".to_owned()
                ]
            ),
        ]
    );
}

/// The most cases that can be given out, by trying everything.
fn most(able: &[Vec<usize>], room: &mut [u32]) -> usize {
    let Some((first, rest)) = able.split_first() else { return 0 };
    let mut best = most(rest, room);
    for &reader in first {
        if room[reader] > 0 {
            room[reader] -= 1;
            best = best.max(1 + most(rest, room));
            room[reader] += 1;
        }
    }
    best
}

const REGIONS: [&str; 3] = ["East", "Knox", "Shelby"];
const PEOPLE: [&str; 4] = ["ann", "bob", "cy", "dee"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn cases_are_spread_within_the_rules_and_as_many_as_can_be(
        regions in prop::collection::vec(0..3_usize, 1..8),
        homes in prop::collection::vec(0..3_usize, 4),
        conflicts in prop::collection::vec((0..4_usize, 1..8_u32), 0..8),
        load in prop::collection::vec(0..3_u32, 4),
        at_most in prop::option::of(1..4_u32),
        other_region: bool,
        seed in prop::option::of("[a-z]{1,3}"),
    ) {
        let homes: Vec<(&str, &str)> =
            PEOPLE.iter().zip(&homes).map(|(code, at)| (*code, REGIONS[*at])).collect();
        let mut team = team(&homes);
        for (who, number) in conflicts {
            let with = ConflictWith::Case(CaseNumber(number));
            team.conflicts.push(conflict(PEOPLE[who], with));
        }
        let mut cases: Vec<Case> = (1..)
            .zip(&regions)
            .map(|(number, at)| case(number, REGIONS[*at], "W"))
            .collect();
        let among: Vec<PersonCode> = PEOPLE.iter().map(|code| person(code)).collect();
        let had: BTreeMap<PersonCode, u32> =
            among.iter().cloned().zip(load.iter().copied()).collect();
        let rules =
            AllotRules { among, seed, other_region, at_most, ..AllotRules::default() };
        let done = rules.allot(&team, &cases, &had);

        let mut seen = BTreeSet::new();
        for (code, numbers) in &done.given {
            let all = had[code] + numbers.len() as u32;
            prop_assert!(at_most.is_none_or(|most| all <= most));
            for number in numbers {
                prop_assert!(seen.insert(*number), "{number} twice");
                let case = &cases[number.0 as usize - 1];
                prop_assert_eq!(rules.bar(&team, code, case), None);
            }
        }
        for one in &done.left {
            prop_assert!(seen.insert(one.case), "{} given and left", one.case);
            prop_assert_eq!(one.why.len(), PEOPLE.len());
            if at_most.is_none() {
                let full = one.why.iter().any(|(_, bar)| matches!(bar, Bar::Full(_)));
                prop_assert!(!full);
            }
        }
        prop_assert_eq!(seen.len(), cases.len(), "no case disappears");

        let able: Vec<Vec<usize>> = cases
            .iter()
            .map(|case| {
                let fits = |at: &usize| rules.bar(&team, &person(PEOPLE[*at]), case).is_none();
                (0..PEOPLE.len()).filter(fits).collect()
            })
            .collect();
        let mut room: Vec<u32> =
            load.iter().map(|had| at_most.unwrap_or(99).saturating_sub(*had)).collect();
        let given: usize = done.given.values().map(Vec::len).sum();
        prop_assert_eq!(given, most(&able, &mut room), "more could be given out");

        cases.reverse();
        prop_assert_eq!(rules.allot(&team, &cases, &had), done, "the order of the list counts");
    }

    #[test]
    fn nobody_gets_a_case_against_a_declared_conflict(
        steps in prop::collection::vec((0..3_usize, 1..6_u32, 0..3_usize), 1..25)
    ) {
        let folder = tempdir().unwrap();
        let mut lead = create(folder.path());
        draw(&mut lead, 5);
        let codes = ["lead", "mary", "tom"];
        for code in codes {
            let facts = PersonFacts::default();
            lead.act(&Command::DescribePerson { code: person(code), facts }).unwrap();
        }
        for (what, number, who) in steps {
            let code = codes[who];
            match what {
                0 => {
                    lead.act(&declare(code, ConflictWith::Case(CaseNumber(number)))).unwrap();
                }
                1 => {
                    let county = ConflictWith::County(format!("County {}", number - 1));
                    lead.act(&declare(code, county)).unwrap();
                }
                _ => {
                    let case = lead.case(CaseNumber(number)).unwrap().unwrap();
                    let barred = lead.team().conflict(&person(code), &case).is_some();
                    prop_assert_eq!(lead.act(&give(number, code)).is_err(), barred);
                }
            }
        }
        let queue =
            lead.queue(&QueueFilter { unassigned: true, ..QueueFilter::default() }).unwrap();
        prop_assert_eq!(queue.len(), 5);
        prop_assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
    }
}
