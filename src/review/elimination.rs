//! Eliminated cases of a round, and the spares that came in for them.

use std::collections::BTreeMap;

use super::{
    CaseNumber, DrawnCase, EliminationAsked, Event, EventBody, Moment, PersonCode, Round, Words,
};

/// A case someone wants eliminated, or that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elimination {
    /// The case.
    pub case: CaseNumber,
    /// The instrument's code of the reason.
    pub reason: String,
    /// What the code can't say; none once removed.
    pub text: Option<String>,
    /// Why a lead did it although the case had an item rating.
    pub unlock: Option<String>,
    /// A lead unlocked it, whether or not the reason is still there.
    pub unlocked: bool,
    /// Who asked.
    pub asked_by: PersonCode,
    /// When.
    pub asked_at: Moment,
    /// The second person's word; without it the case is still in.
    pub approval: Option<Approval>,
}

/// A second person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who agreed.
    pub by: PersonCode,
    /// Who wrote it down; someone else where it was told.
    pub told_by: PersonCode,
    /// When it was written down.
    pub at: Moment,
}

/// A request that was not agreed to, or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// The request.
    pub asked: Elimination,
    /// Who declined; whoever asked, where they took it back.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// Why; none where nothing was said or it was removed.
    pub why: Option<String>,
}

/// What became of a round's drawn cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// By case: eliminations, asked for or approved.
    pub eliminations: BTreeMap<CaseNumber, Elimination>,
    /// Requests that came to nothing, in their order.
    pub declined: Vec<Declined>,
    /// By spare: the eliminated case it came in for.
    pub brought_in: BTreeMap<CaseNumber, CaseNumber>,
}

impl Changes {
    /// Takes in an event; what changes no sample is passed over. An approved elimination
    /// stands: a later request about the same case changes nothing.
    pub fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::EliminationAsked(data) if !self.is_eliminated(data.case) => {
                self.eliminations.insert(data.case, asked(event, data));
            }
            EventBody::EliminationApproved(data) => {
                if let Some(asked) = self.eliminations.get_mut(&data.case)
                    && asked.approval.is_none()
                {
                    asked.approval = Some(Approval {
                        by: data.by.clone(),
                        told_by: event.chain.author.clone(),
                        at: event.at,
                    });
                }
            }
            EventBody::EliminationDeclined(data) if !self.is_eliminated(data.case) => {
                if let Some(asked) = self.eliminations.remove(&data.case) {
                    let why = data.why.as_ref().and_then(Words::text).map(str::to_owned);
                    let by = event.chain.author.clone();
                    self.declined.push(Declined { asked, by, at: event.at, why });
                }
            }
            EventBody::EliminationUnlocked(data) => {
                if let Some(asked) = self.eliminations.get_mut(&data.case)
                    && asked.approval.is_none()
                {
                    asked.unlocked = true;
                    asked.unlock = data.why.text().map(str::to_owned);
                }
            }
            EventBody::SpareBroughtIn(data) => {
                self.brought_in.entry(data.spare).or_insert(data.instead_of);
            }
            _ => {}
        }
    }

    /// Whether the case is out of the sample for good.
    pub fn is_eliminated(&self, case: CaseNumber) -> bool {
        self.eliminations.get(&case).is_some_and(|one| one.approval.is_some())
    }

    /// The cases out of the sample, in order.
    pub fn eliminated(&self) -> impl Iterator<Item = &Elimination> {
        self.eliminations.values().filter(|one| one.approval.is_some())
    }

    /// The spare that came in for a case.
    pub fn spare_for(&self, case: CaseNumber) -> Option<CaseNumber> {
        self.brought_in.iter().find(|(_, other)| **other == case).map(|(spare, _)| *spare)
    }
}

fn asked(event: &Event, data: &EliminationAsked) -> Elimination {
    let text = |words: &Option<Words>| words.as_ref().and_then(Words::text).map(str::to_owned);
    Elimination {
        case: data.case,
        reason: data.reason.clone(),
        text: text(&data.text),
        unlock: text(&data.unlock),
        unlocked: data.unlock.is_some(),
        asked_by: event.chain.author.clone(),
        asked_at: event.at,
        approval: None,
    }
}

/// One stratum of one draw, with what became of its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumStanding {
    /// Number of the draw.
    pub draw: u32,
    /// The stratum's name.
    pub stratum: String,
    /// Cases the plan asked for.
    pub planned: u64,
    /// Cases drawn, spares not counted.
    pub sample: u64,
    /// Spares that came in.
    pub brought_in: u64,
    /// Cases eliminated.
    pub eliminated: u64,
    /// Spares left.
    pub spares_left: u64,
}

impl StratumStanding {
    /// Cases missing that no spare can stand in for.
    pub fn short(&self) -> u64 {
        self.missing().saturating_sub(self.spares_left)
    }
    /// Cases missing, whether or not spares are left.
    pub fn missing(&self) -> u64 {
        (self.planned + self.eliminated).saturating_sub(self.sample + self.brought_in)
    }
}

impl Round {
    /// A drawn case and the position of its draw.
    pub fn drawn(&self, number: CaseNumber) -> Option<(usize, &DrawnCase)> {
        self.draws.iter().enumerate().find_map(|(at, draw)| {
            draw.cases.iter().find(|case| case.case.number == number).map(|case| (at, case))
        })
    }

    /// Whether a case is to be read: drawn into the sample or brought in, and not eliminated.
    pub fn is_in(&self, number: CaseNumber) -> bool {
        self.drawn(number).is_some_and(|(_, case)| {
            !case.place.spare || self.changes.brought_in.contains_key(&number)
        }) && !self.changes.is_eliminated(number)
    }

    /// The next spare for a case: of its draw and stratum, the first in ticket order that did
    /// not come in yet.
    pub fn next_spare(&self, number: CaseNumber) -> Option<&DrawnCase> {
        let (at, gone) = self.drawn(number)?;
        let spares = self.draws.get(at)?.cases.iter().filter(|case| {
            case.place.spare
                && case.place.stratum == gone.place.stratum
                && !self.changes.brought_in.contains_key(&case.case.number)
        });
        spares.min_by_key(|case| case.place.order)
    }

    /// Every stratum of every draw, in their order.
    pub fn strata(&self) -> Vec<StratumStanding> {
        let mut strata = Vec::new();
        for draw in &self.draws {
            let mut by_name: BTreeMap<&str, Vec<&DrawnCase>> =
                draw.strata.iter().map(|one| (one.stratum.as_str(), Vec::new())).collect();
            for case in &draw.cases {
                by_name.entry(&case.place.stratum).or_default().push(case);
            }
            for (name, cases) in by_name {
                let mut standing = StratumStanding {
                    draw: draw.number,
                    stratum: name.to_owned(),
                    planned: 0,
                    sample: 0,
                    brought_in: 0,
                    eliminated: 0,
                    spares_left: 0,
                };
                for case in cases {
                    let number = case.case.number;
                    let came = self.changes.brought_in.contains_key(&number);
                    match (case.place.spare, came) {
                        (false, _) => standing.sample += 1,
                        (true, true) => standing.brought_in += 1,
                        (true, false) => standing.spares_left += 1,
                    }
                    standing.eliminated += u64::from(self.changes.is_eliminated(number));
                }
                let planned = draw.strata.iter().find(|one| one.stratum == name);
                standing.planned = planned.map_or(standing.sample, |one| one.n);
                strata.push(standing);
            }
        }
        strata
    }
}
