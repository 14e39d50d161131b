//! Giving out open cases by rule: as evenly as the rules allow, in the order of numbers and
//! codes or in one that a seed makes.
//!
//! Everyone's limit is raised by one at a time. At each limit every case still open looks
//! for a reader, and may make others change theirs for it (augmenting paths), so that a case
//! is left over only where no distribution within the rules could place more, and nobody
//! has more cases than the evenest distribution needs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Case, CaseNumber, Digest, PersonCode, Team};

/// The rules of an allotment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllotRules {
    /// Who can get cases.
    pub among: Vec<PersonCode>,
    /// The seed of a random order; without it numbers and codes order.
    pub seed: Option<String>,
    /// Nobody gets a case of their own region.
    pub other_region: bool,
    /// Nobody gets a case of their own county.
    pub other_county: bool,
    /// Nobody has more cases than this, those they have already counted in.
    pub at_most: Option<u32>,
    /// The day agreements of reviewers from outside must hold on; without it they are taken
    /// to hold.
    pub day: Option<NaiveDate>,
    /// Who does another review of a case already.
    pub readers: BTreeMap<CaseNumber, BTreeSet<PersonCode>>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allotment {
    /// New cases by person.
    pub given: BTreeMap<PersonCode, Vec<CaseNumber>>,
    /// Cases nobody can get.
    pub left: Vec<LeftOver>,
}

/// A case nobody can get, with what keeps each person from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// The case.
    pub case: CaseNumber,
    /// Person and rule.
    pub why: Vec<(PersonCode, Bar)>,
}

/// The rule that keeps a person from a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// A declared conflict, in words.
    Conflict(String),
    /// The case is of their own unit.
    OwnUnit(String),
    /// The case is served by their own agency.
    OwnAgency(String),
    /// From outside, without a confidentiality agreement.
    NoAgreement,
    /// From outside, and the agreement is only signed on this day.
    AgreementLater(NaiveDate),
    /// From outside, and the agreement ended on this day.
    AgreementOver(NaiveDate),
    /// They do another review of the case.
    OtherReview,
    /// The case is of their own region.
    OwnRegion(String),
    /// The case is of their own county.
    OwnCounty(String),
    /// Nobody told which region is theirs.
    RegionUnknown,
    /// Nobody told which county is theirs.
    CountyUnknown,
    /// They have as many cases as the rules allow.
    Full(u32),
}

impl std::fmt::Display for Bar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Conflict(with) => write!(f, "declared conflict with {with}"),
            Self::OwnUnit(unit) => write!(f, "own unit {unit}"),
            Self::OwnAgency(agency) => write!(f, "own agency {agency}"),
            Self::NoAgreement => f.write_str("from outside, without a confidentiality agreement"),
            Self::AgreementLater(day) => {
                write!(f, "from outside, the confidentiality agreement begins on {day}")
            }
            Self::AgreementOver(day) => {
                write!(f, "from outside, the confidentiality agreement ended on {day}")
            }
            Self::OtherReview => f.write_str("does another review of the case"),
            Self::OwnRegion(region) => write!(f, "own region {region}"),
            Self::OwnCounty(county) => write!(f, "own county {county}"),
            Self::RegionUnknown => f.write_str("own region not set"),
            Self::CountyUnknown => f.write_str("own county not set"),
            Self::Full(limit) => write!(f, "has {limit} already"),
        }
    }
}

impl AllotRules {
    /// What keeps a person from a case whatever else they read.
    pub fn bar(&self, team: &Team, person: &PersonCode, case: &Case) -> Option<Bar> {
        if self.readers.get(&case.facts.number).is_some_and(|known| known.contains(person)) {
            return Some(Bar::OtherReview);
        }
        let lack = self.day.and_then(|day| team.agreement_lacks(person, day));
        if let Some(bar) = team.bar(person, case).or(lack) {
            return Some(bar);
        }
        let facts = team.facts(person);
        let region = match facts.region {
            _ if !self.other_region => None,
            None => Some(Bar::RegionUnknown),
            Some(mine) => (mine == case.facts.region).then_some(Bar::OwnRegion(mine)),
        };
        let county = match facts.county {
            _ if !self.other_county => None,
            None => Some(Bar::CountyUnknown),
            Some(mine) => (mine == case.facts.county).then_some(Bar::OwnCounty(mine)),
        };
        region.or(county)
    }

    /// Gives out cases. `load` says how many cases people have already.
    pub fn allot(
        &self,
        team: &Team,
        cases: &[Case],
        load: &BTreeMap<PersonCode, u32>,
    ) -> Allotment {
        let mut people: Vec<&PersonCode> = self.among.iter().collect();
        people.sort_by_key(|code| (self.ticket(code.as_str()), (*code).clone()));
        people.dedup();
        let mut order: Vec<&Case> = cases.iter().collect();
        order.sort_by_key(|case| (self.ticket(&case.facts.number.to_string()), case.facts.number));
        let able = order.iter().map(|case| {
            let fits = |at: &usize| self.bar(team, people[*at], case).is_none();
            (0..people.len()).filter(fits).collect()
        });
        let had: Vec<u32> =
            people.iter().map(|code| load.get(*code).copied().unwrap_or(0)).collect();
        let mut places =
            Places { able: able.collect(), reader: vec![None; order.len()], has: had.clone() };
        let highest = had.iter().max().copied().unwrap_or(0) + order.len() as u32;
        let lowest = had.iter().min().copied().unwrap_or(0);
        for limit in lowest + 1..=self.at_most.unwrap_or(highest).min(highest) {
            for case in 0..order.len() {
                if places.reader[case].is_none() {
                    places.place(case, limit, &mut BTreeSet::new());
                }
            }
        }
        let mut allotment = Allotment::default();
        for (case, reader) in order.iter().zip(&places.reader) {
            let number = case.facts.number;
            match reader {
                Some(at) => {
                    allotment.given.entry(people[*at].clone()).or_default().push(number);
                }
                None => {
                    let full = Bar::Full(self.at_most.unwrap_or(highest));
                    let why = people.iter().map(|code| {
                        let bar = self.bar(team, code, case).unwrap_or_else(|| full.clone());
                        ((*code).clone(), bar)
                    });
                    allotment.left.push(LeftOver { case: number, why: why.collect() });
                }
            }
        }
        allotment.given.values_mut().for_each(|cases| cases.sort_unstable());
        allotment.left.sort_by_key(|one| one.case);
        for one in &mut allotment.left {
            one.why.sort_by(|a, b| a.0.cmp(&b.0));
        }
        allotment
    }

    /// Orders by chance that a seed settles; without a seed all are alike.
    pub(super) fn ticket(&self, name: &str) -> [u8; 32] {
        let Some(seed) = &self.seed else { return [0; 32] };
        Digest::new("casereview allotment v1").part(seed.as_bytes()).part(name.as_bytes()).finish()
    }
}

/// Who reads what so far, by position.
struct Places {
    able: Vec<Vec<usize>>,
    reader: Vec<Option<usize>>,
    has: Vec<u32>,
}

impl Places {
    /// Finds a reader for a case, moving other new cases where that helps.
    fn place(&mut self, case: usize, limit: u32, asked: &mut BTreeSet<usize>) -> bool {
        for person in self.able[case].clone() {
            if !asked.insert(person) {
                continue;
            }
            if self.has[person] < limit {
                self.has[person] += 1;
                self.reader[case] = Some(person);
                return true;
            }
            let theirs: Vec<usize> =
                (0..self.reader.len()).filter(|at| self.reader[*at] == Some(person)).collect();
            for other in theirs {
                if self.place(other, limit, asked) {
                    // The other went elsewhere, which leaves this person's count as it was.
                    self.reader[case] = Some(person);
                    return true;
                }
            }
        }
        false
    }
}
