//! The workspace and its people.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Bar, Card, Case, ConflictDeclared, ConflictWith, ContentHash, Days, Event, EventBody,
    Fingerprint, Head, Moment, OutsiderNamed, PersonCode, PersonFacts, PersonRole, Reading, Words,
};

/// Who works here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Team {
    /// The workspace's name.
    pub name: String,
    /// People by code.
    pub people: BTreeMap<PersonCode, Person>,
    /// What is known of them; it may be told of someone who has not joined yet.
    pub facts: BTreeMap<PersonCode, PersonFacts>,
    /// Declared conflicts of interest, in their order.
    pub conflicts: Vec<ConflictDeclared>,
    /// Reviewers from outside the agency.
    pub outsiders: BTreeMap<PersonCode, Outsider>,
    /// Heads of the chains each restore went on from.
    pub restored: Vec<Vec<Head>>,
    /// The cards of each person, the one in use last.
    pub cards: BTreeMap<PersonCode, Vec<Card>>,
    /// Work orders taken in, with where each came from.
    pub orders: BTreeMap<ContentHash, OrderFrom>,
    /// Who gave the last one.
    pub giver: Option<PersonCode>,
    /// Program Improvement Plans in the order they were put in force.
    pub plans: Vec<SetPlan>,
}

/// A Program Improvement Plan that was put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetPlan {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: PersonCode,
    /// The plan file, whole; none once removed.
    pub text: Option<String>,
}

/// Where a work order came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFrom {
    /// Who gave it.
    pub lead: PersonCode,
    /// Name of the workspace it was made in.
    pub team: String,
}

/// A reviewer from outside the agency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outsider {
    /// The provider's agency they work for, if any.
    pub agency: Option<String>,
    /// Their confidentiality agreement: without one they get no case.
    pub agreement: Option<Days>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their code.
    pub code: PersonCode,
    /// What they may do.
    pub role: PersonRole,
}

impl Team {
    /// Takes in an event; what is not about the team is passed over.
    pub fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::WorkspaceStarted(started) => {
                self.name.clone_from(&started.name);
                self.add(event.chain.author.clone(), PersonRole::Lead);
            }
            EventBody::WorkspaceRestored(restored) => self.restored.push(restored.heads.clone()),
            EventBody::PersonAdded(added) => self.add(added.code.clone(), added.role),
            EventBody::CardAdded(added) => {
                let name = added.name.text().unwrap_or_default().to_owned();
                let card = Card {
                    code: added.code.clone(),
                    name,
                    sign: added.sign,
                    encrypt: added.encrypt.clone(),
                    fingerprint: added.fingerprint,
                };
                self.cards.entry(added.code.clone()).or_default().push(card);
            }
            EventBody::WorkOrderTaken(taken) => {
                if self.name.is_empty() {
                    self.name.clone_from(&taken.team);
                }
                self.add(event.chain.author.clone(), PersonRole::Reviewer);
                let from = OrderFrom { lead: taken.from.clone(), team: taken.team.clone() };
                self.orders.insert(taken.order, from);
                self.giver = Some(taken.from.clone());
            }
            EventBody::PipPlanSet(set) => self.plans.push(SetPlan {
                at: event.at,
                by: event.chain.author.clone(),
                text: set.plan.text().map(str::to_owned),
            }),
            EventBody::PersonDescribed(told) => {
                self.facts.entry(told.code.clone()).or_default().take(&told.facts);
            }
            EventBody::ConflictDeclared(conflict) | EventBody::RelationDeclared(conflict) => {
                self.conflicts.push((**conflict).clone());
            }
            EventBody::OutsiderNamed(told) => {
                self.outsiders.entry(told.code.clone()).or_default().take(told);
            }
            _ => {}
        }
    }

    // A role never shrinks, so that the order of two additions does not matter.
    fn add(&mut self, code: PersonCode, role: PersonRole) {
        let person = self.people.entry(code.clone()).or_insert(Person { code, role });
        person.role = person.role.min(role);
    }

    /// Whether the person is a lead.
    pub fn is_lead(&self, code: &PersonCode) -> bool {
        self.people.get(code).is_some_and(|person| person.role == PersonRole::Lead)
    }

    /// The Program Improvement Plan in force.
    pub fn plan(&self) -> Option<&SetPlan> {
        self.plans.last()
    }

    /// The card a person uses.
    pub fn card(&self, code: &PersonCode) -> Option<&Card> {
        self.cards.get(code)?.last()
    }

    /// The card with this fingerprint, and whether its owner still uses it.
    pub fn card_named(&self, print: Fingerprint) -> Option<(&Card, bool)> {
        let cards = self.cards.values();
        let found = cards.flat_map(|cards| cards.iter().map(|card| (card, cards.last())));
        let (card, last) = { found }.find(|(card, _)| card.fingerprint == print)?;
        Some((card, last == Some(card)))
    }

    /// Whether nobody leads here: a reader's own workspace, made by a work order.
    pub fn is_readers(&self) -> bool {
        !self.people.values().any(|person| person.role == PersonRole::Lead)
    }

    /// Who gave a reading out; none for one that came by no work order.
    pub fn giver_of(&self, reading: &Reading) -> Option<&PersonCode> {
        Some(&self.orders.get(&reading.order?)?.lead)
    }

    /// Whether a reading may go back to a lead: to whoever gave it out, or to another lead of
    /// the same workspace whose work order was taken in.
    pub fn goes_to(&self, lead: &PersonCode, reading: &Reading) -> bool {
        let Some(given) = reading.order.and_then(|order| self.orders.get(&order)) else {
            return false;
        };
        self.orders.values().any(|from| from.lead == *lead && from.team == given.team)
    }

    /// What is known of a person; nothing where nothing was told.
    pub fn facts(&self, code: &PersonCode) -> PersonFacts {
        self.facts.get(code).cloned().unwrap_or_default()
    }

    /// The first declared conflict that keeps a person from a case.
    pub fn conflict(&self, code: &PersonCode, case: &Case) -> Option<&ConflictDeclared> {
        self.conflicts.iter().find(|one| one.code == *code && one.with.holds(case))
    }

    /// What keeps a person from a case whatever the rules of an allotment: a declared conflict,
    /// their own unit, their own agency.
    pub fn bar(&self, code: &PersonCode, case: &Case) -> Option<Bar> {
        if let Some(conflict) = self.conflict(code, case) {
            return Some(Bar::Conflict(conflict.with.rule()));
        }
        let same = |name: &str, mine: Option<&String>| {
            mine.filter(|mine| !mine.is_empty() && case.frame.get(name) == Some(mine)).cloned()
        };
        let facts = self.facts(code);
        let agency = self.outsiders.get(code).and_then(|one| one.agency.as_ref());
        let unit = same("unit", facts.unit.as_ref()).map(Bar::OwnUnit);
        unit.or_else(|| same("agency", agency).map(Bar::OwnAgency))
    }

    /// Why a reviewer from outside gets no case on a day; none for everyone else.
    pub fn agreement_lacks(&self, code: &PersonCode, day: NaiveDate) -> Option<Bar> {
        match self.outsiders.get(code)?.agreement {
            None => Some(Bar::NoAgreement),
            Some(held) if day < held.start => Some(Bar::AgreementLater(held.start)),
            Some(held) if day > held.end => Some(Bar::AgreementOver(held.end)),
            Some(_) => None,
        }
    }
}

impl Outsider {
    /// Takes over what is said.
    fn take(&mut self, told: &OutsiderNamed) {
        if told.agency.is_some() {
            self.agency.clone_from(&told.agency);
        }
        self.agreement = told.agreement.or(self.agreement);
    }
}

impl ConflictWith {
    /// Whether a case is one of those.
    pub fn holds(&self, case: &Case) -> bool {
        let is = |name: &str, id: Option<&str>| {
            id.is_some_and(|id| case.frame.get(name).is_some_and(|known| known == id))
        };
        match self {
            Self::Case(number) => case.facts.number == *number,
            Self::County(county) => case.facts.county == *county,
            Self::Worker(worker) | Self::Supervised(worker) => is("worker", worker.text()),
            Self::Supervisor(supervisor) => is("supervisor", supervisor.text()),
            Self::Unit(unit) => is("unit", Some(unit)),
            Self::Agency(agency) => is("agency", Some(agency)),
        }
    }

    /// The rule in words that name no caseworker.
    pub fn rule(&self) -> String {
        match self {
            Self::Case(number) => format!("case {number}"),
            Self::County(county) => format!("county {county}"),
            Self::Worker(_) => "its caseworker".to_owned(),
            Self::Supervised(_) => "a caseworker they supervise".to_owned(),
            Self::Supervisor(_) => "its supervisor".to_owned(),
            Self::Unit(unit) => format!("unit {unit}"),
            Self::Agency(agency) => format!("agency {agency}"),
        }
    }

    /// The caseworker's or supervisor's id, if it is one and its text is still there.
    pub fn worker(&self) -> Option<&str> {
        match self {
            Self::Worker(words) | Self::Supervised(words) | Self::Supervisor(words) => {
                Words::text(words)
            }
            Self::Case(_) | Self::County(_) | Self::Unit(_) | Self::Agency(_) => None,
        }
    }

    /// The frame's fact that it is told by, where it is one a frame may lack.
    pub fn fact(&self) -> Option<&'static str> {
        match self {
            Self::Worker(_) | Self::Supervised(_) => Some("worker"),
            Self::Supervisor(_) => Some("supervisor"),
            Self::Unit(_) => Some("unit"),
            Self::Agency(_) => Some("agency"),
            Self::Case(_) | Self::County(_) => None,
        }
    }
}

impl PersonFacts {
    /// Takes over what is said.
    fn take(&mut self, told: &Self) {
        let over = |mine: &mut Option<String>, told: &Option<String>| {
            if told.is_some() {
                mine.clone_from(told);
            }
        };
        over(&mut self.region, &told.region);
        over(&mut self.county, &told.county);
        over(&mut self.unit, &told.unit);
        self.experience = told.experience.or(self.experience);
    }
}
