//! Giving out open cases to pairs, who fill in one form under two names.
//!
//! Limits are raised one at a time as for single readers. At each limit a case still open
//! takes the pair with the fewest cases that is free; where none is, one other case may change
//! its pair for it. A case is left over where that finds nothing, and the rule that keeps each
//! person and each pair from it is told.

use std::collections::{BTreeMap, BTreeSet};

use super::{AllotRules, Bar, Case, CaseNumber, Experience, PersonCode, Team};

/// Two people, the smaller code first.
pub type Pair = (PersonCode, PersonCode);

/// What pairs have behind them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairHistory {
    /// How many cases people have already, under either name.
    pub load: BTreeMap<PersonCode, u32>,
    /// Pairs that were together already.
    pub together: BTreeSet<Pair>,
}

/// What came of giving cases to pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairAllotment {
    /// Case, who writes, and the second name; by case.
    pub given: Vec<(CaseNumber, PersonCode, PersonCode)>,
    /// Cases no pair can get.
    pub left: Vec<PairLeftOver>,
}

/// A case no pair can get, with what keeps people and pairs from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairLeftOver {
    /// The case.
    pub case: CaseNumber,
    /// People who can't read it at all.
    pub people: Vec<(PersonCode, Bar)>,
    /// Pairs of the others.
    pub pairs: Vec<(Pair, PairBar)>,
}

/// The rule that keeps a pair from a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairBar {
    /// Both are new to reviews.
    BothNew,
    /// They were together already.
    Together,
    /// One of them has as many cases as the rules allow.
    Full(PersonCode, u32),
}

impl std::fmt::Display for PairBar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BothNew => f.write_str("both new to reviews"),
            Self::Together => f.write_str("together already"),
            Self::Full(code, limit) => write!(f, "{code} has {limit} already"),
        }
    }
}

/// Two people in the order of their codes.
pub fn pair(one: &PersonCode, other: &PersonCode) -> Pair {
    if one <= other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
}

/// The table pairs are looked for in, everything by position.
struct Search<'s> {
    people: Vec<&'s PersonCode>,
    cases: Vec<&'s Case>,
    /// Pairs that could read a case, whatever else they read.
    able: Vec<Vec<(usize, usize)>>,
    has: Vec<u32>,
    used: BTreeSet<(usize, usize)>,
    placed: Vec<Option<(usize, usize)>>,
}

impl AllotRules {
    /// Gives out cases to pairs: both within the rules, no pair twice, no two new reviewers
    /// together.
    pub fn allot_pairs(&self, team: &Team, cases: &[Case], history: &PairHistory) -> PairAllotment {
        let mut people: Vec<&PersonCode> = self.among.iter().collect();
        people.sort_by_key(|code| (self.ticket(code.as_str()), (*code).clone()));
        people.dedup();
        let mut order: Vec<&Case> = cases.iter().collect();
        order.sort_by_key(|case| (self.ticket(&case.facts.number.to_string()), case.facts.number));
        let bars = |case: &Case| -> Vec<Option<Bar>> {
            people.iter().map(|code| self.bar(team, code, case)).collect()
        };
        let able = order.iter().map(|case| {
            let bars = bars(case);
            pairs(people.len())
                .filter(|&(a, b)| bars[a].is_none() && bars[b].is_none())
                .filter(|&(a, b)| never(team, history, people[a], people[b]).is_none())
                .collect()
        });
        let load = |code: &&PersonCode| history.load.get(*code).copied().unwrap_or(0);
        let mut search = Search {
            able: able.collect(),
            has: people.iter().map(load).collect(),
            used: BTreeSet::new(),
            placed: vec![None; order.len()],
            cases: order,
            people,
        };
        let lowest = search.has.iter().min().copied().unwrap_or(0);
        let highest = search.has.iter().max().copied().unwrap_or(0) + search.cases.len() as u32;
        let last = self.at_most.unwrap_or(highest).min(highest);
        for limit in lowest + 1..=last {
            for case in 0..search.cases.len() {
                if search.placed[case].is_none() && !search.place(case, limit) {
                    search.make_room(case, limit);
                }
            }
        }
        // A change made for a later case may have left room for an earlier one.
        while (0..search.cases.len())
            .any(|case| search.placed[case].is_none() && search.place(case, last))
        {}
        let mut writes: BTreeMap<usize, u32> = BTreeMap::new();
        let mut allotment = PairAllotment::default();
        for at in 0..search.cases.len() {
            let case = search.cases[at];
            match search.placed[at] {
                Some((a, b)) => {
                    // Whoever wrote fewer forms so far writes this one.
                    let count = |at: usize| writes.get(&at).copied().unwrap_or(0);
                    let (first, second) = if count(b) < count(a) { (b, a) } else { (a, b) };
                    *writes.entry(first).or_default() += 1;
                    let (first, second) = (search.people[first], search.people[second]);
                    allotment.given.push((case.facts.number, first.clone(), second.clone()));
                }
                None => allotment.left.push(self.why(team, &search, history, case)),
            }
        }
        allotment.given.sort();
        allotment.left.sort_by_key(|one| one.case);
        allotment
    }

    fn why(
        &self,
        team: &Team,
        search: &Search<'_>,
        history: &PairHistory,
        case: &Case,
    ) -> PairLeftOver {
        let mut left =
            PairLeftOver { case: case.facts.number, people: Vec::new(), pairs: Vec::new() };
        let mut able = Vec::new();
        for (at, code) in search.people.iter().enumerate() {
            match self.bar(team, code, case) {
                Some(bar) => left.people.push(((*code).clone(), bar)),
                None => able.push(at),
            }
        }
        for (nth, &a) in able.iter().enumerate() {
            for &b in &able[nth + 1..] {
                let (one, other) = (search.people[a], search.people[b]);
                let full = |at: usize| {
                    let limit = self.at_most.filter(|limit| search.has[at] >= *limit)?;
                    Some(PairBar::Full(search.people[at].clone(), limit))
                };
                let bar = never(team, history, one, other)
                    .or_else(|| full(a))
                    .or_else(|| full(b))
                    .unwrap_or(PairBar::Together);
                left.pairs.push((pair(one, other), bar));
            }
        }
        left.people.sort_by(|a, b| a.0.cmp(&b.0));
        left.pairs.sort_by(|a, b| a.0.cmp(&b.0));
        left
    }
}

/// What keeps two people apart whatever the case.
fn never(
    team: &Team,
    history: &PairHistory,
    one: &PersonCode,
    other: &PersonCode,
) -> Option<PairBar> {
    let new = |code: &PersonCode| team.facts(code).experience == Some(Experience::New);
    if new(one) && new(other) {
        return Some(PairBar::BothNew);
    }
    history.together.contains(&pair(one, other)).then_some(PairBar::Together)
}

fn pairs(people: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..people).flat_map(move |a| (a + 1..people).map(move |b| (a, b)))
}

impl Search<'_> {
    /// The free pair of a case that has the fewest cases.
    fn free(&self, case: usize, limit: u32) -> Option<(usize, usize)> {
        let open = self.able[case].iter().copied().filter(|pair| {
            self.has[pair.0] < limit && self.has[pair.1] < limit && !self.used.contains(pair)
        });
        open.min_by_key(|&(a, b)| (self.has[a].max(self.has[b]), self.has[a] + self.has[b], a, b))
    }

    fn place(&mut self, case: usize, limit: u32) -> bool {
        let Some(pair) = self.free(case, limit) else { return false };
        self.put(case, pair);
        true
    }

    fn put(&mut self, case: usize, pair: (usize, usize)) {
        self.has[pair.0] += 1;
        self.has[pair.1] += 1;
        self.used.insert(pair);
        self.placed[case] = Some(pair);
    }

    fn take(&mut self, case: usize) -> Option<(usize, usize)> {
        let pair = self.placed[case].take()?;
        self.has[pair.0] -= 1;
        self.has[pair.1] -= 1;
        self.used.remove(&pair);
        Some(pair)
    }

    /// Lets one other case change its pair, if both find one then.
    fn make_room(&mut self, case: usize, limit: u32) {
        for other in 0..self.cases.len() {
            let Some(held) = self.take(other) else { continue };
            if self.place(case, limit) {
                if self.place(other, limit) {
                    return;
                }
                self.take(case);
            }
            self.put(other, held);
        }
    }
}
