//! Cases given to pairs: both within the rules, no pair twice, no two new reviewers together;
//! and what can't be given is told with the rule that blocks each person and pair.

use std::collections::{BTreeMap, BTreeSet};

use casereview::review::{
    AllotRules, Case, CaseFacts, CaseNumber, ConflictDeclared, ConflictWith, Experience, PairBar,
    PairHistory, PersonCode, PersonFacts, ReviewKind, Team, Words, pair,
};
use proptest::prelude::*;

const PEOPLE: [&str; 5] = ["ann", "bob", "cy", "dee", "eve"];
const COUNTIES: [&str; 3] = ["Roane", "Scott", "Knox"];

fn person(code: &str) -> PersonCode {
    code.parse().unwrap()
}

fn case(number: u32, county: &str) -> Case {
    let facts = CaseFacts {
        number: CaseNumber(number),
        case_type: "in-home".to_owned(),
        region: "East".to_owned(),
        county: county.to_owned(),
        period: String::new(),
        under_review: None,
        round: "r".to_owned(),
        sample_id: "draw-1".to_owned(),
        review_kind: ReviewKind::Regular,
    };
    Case { facts, frame: BTreeMap::new(), drawn: None }
}

fn team(news: &[bool], homes: &[usize]) -> Team {
    let mut team = Team::default();
    for ((code, new), home) in PEOPLE.iter().zip(news).zip(homes) {
        let facts = PersonFacts {
            county: Some(COUNTIES[*home].to_owned()),
            experience: Some(if *new { Experience::New } else { Experience::Experienced }),
            ..PersonFacts::default()
        };
        team.facts.insert(person(code), facts);
    }
    team
}

fn among(n: usize) -> Vec<PersonCode> {
    PEOPLE[..n].iter().map(|code| person(code)).collect()
}

#[test]
fn what_no_pair_can_get_is_told_with_the_rule() {
    let team = team(&[true, true, false], &[0, 0, 1]);
    let rules = AllotRules {
        among: among(3),
        other_county: true,
        at_most: Some(2),
        ..AllotRules::default()
    };
    let history = PairHistory {
        together: BTreeSet::from([pair(&person("cy"), &person("ann"))]),
        ..PairHistory::default()
    };
    let cases = [case(1, "Knox"), case(2, "Knox"), case(3, "Scott")];
    let done = rules.allot_pairs(&team, &cases, &history);
    let given: Vec<_> = done.given.iter().map(|(case, a, b)| (case.0, pair(a, b))).collect();
    assert_eq!(given, [(1, pair(&person("bob"), &person("cy")))]);
    let told: Vec<(u32, Vec<String>, Vec<String>)> = done
        .left
        .iter()
        .map(|one| {
            let people = one.people.iter().map(|(code, bar)| format!("{code}: {bar}")).collect();
            let pairs = one.pairs.iter().map(|((a, b), bar)| format!("{a} {b}: {bar}")).collect();
            (one.case.0, people, pairs)
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                2,
                vec![],
                vec![
                    "ann bob: both new to reviews".to_owned(),
                    "ann cy: together already".to_owned(),
                    "bob cy: together already".to_owned(),
                ]
            ),
            (
                3,
                vec!["cy: own county Scott".to_owned()],
                vec!["ann bob: both new to reviews".to_owned()]
            ),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pairs_keep_every_rule(
        counties in prop::collection::vec(0..3_usize, 1..9),
        news in prop::collection::vec(any::<bool>(), 5),
        homes in prop::collection::vec(0..3_usize, 5),
        conflicts in prop::collection::vec((0..5_usize, 1..9_u32), 0..8),
        load in prop::collection::vec(0..3_u32, 5),
        before in prop::collection::vec((0..5_usize, 0..5_usize), 0..4),
        at_most in prop::option::of(1..4_u32),
        other_county in any::<bool>(),
        seed in prop::option::of("[0-9]{1,4}"),
    ) {
        let mut team = team(&news, &homes);
        for (who, number) in conflicts {
            team.conflicts.push(ConflictDeclared {
                code: person(PEOPLE[who]),
                with: ConflictWith::Case(CaseNumber(number)),
                why: Words::new("why", [0; 16]),
            });
        }
        let mut cases: Vec<Case> =
            (1..).zip(&counties).map(|(number, at)| case(number, COUNTIES[*at])).collect();
        let history = PairHistory {
            load: among(5).into_iter().zip(load).collect(),
            together: before
                .iter()
                .filter(|(a, b)| a != b)
                .map(|(a, b)| pair(&person(PEOPLE[*a]), &person(PEOPLE[*b])))
                .collect(),
        };
        let rules = AllotRules { among: among(5), seed, other_county, at_most, ..AllotRules::default() };
        let done = rules.allot_pairs(&team, &cases, &history);

        let mut has = history.load.clone();
        let (mut used, mut seen) = (history.together.clone(), BTreeSet::new());
        let new = |code: &PersonCode| team.facts(code).experience == Some(Experience::New);
        for (number, one, other) in &done.given {
            prop_assert!(seen.insert(*number), "{number} twice");
            prop_assert!(one != other && !(new(one) && new(other)), "{one} and {other}");
            prop_assert!(used.insert(pair(one, other)), "{one} and {other} twice");
            for code in [one, other] {
                *has.get_mut(code).unwrap() += 1;
                prop_assert_eq!(rules.bar(&team, code, &cases[number.0 as usize - 1]), None);
            }
        }
        for (code, n) in &has {
            let had = history.load[code];
            prop_assert!(at_most.is_none_or(|most| *n <= most.max(had)), "{code} has {n}");
        }
        for one in &done.left {
            prop_assert!(seen.insert(one.case), "{} given and left", one.case);
            let able = PEOPLE.len() - one.people.len();
            prop_assert_eq!(one.pairs.len(), able * able.saturating_sub(1) / 2);
            for ((a, b), bar) in &one.pairs {
                // What is told of a pair is so.
                let is_so = match bar {
                    PairBar::BothNew => new(a) && new(b),
                    PairBar::Together => used.contains(&pair(a, b)),
                    PairBar::Full(code, limit) => has[code] >= *limit,
                };
                prop_assert!(is_so, "{}: {a} and {b}: {bar}", one.case);
            }
        }
        prop_assert_eq!(seen.len(), cases.len(), "no case disappears");
        cases.reverse();
        prop_assert_eq!(rules.allot_pairs(&team, &cases, &history), done);
    }
}
