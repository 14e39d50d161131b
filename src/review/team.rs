//! The workspace and its people.

use std::collections::BTreeMap;

use super::{
    Case, ConflictDeclared, ConflictWith, Event, EventBody, Head, PersonCode, PersonFacts,
    PersonRole, Words,
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
    /// Heads of the chains each restore went on from.
    pub restored: Vec<Vec<Head>>,
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
            EventBody::PersonDescribed(told) => {
                self.facts.entry(told.code.clone()).or_default().take(&told.facts);
            }
            EventBody::ConflictDeclared(conflict) => self.conflicts.push((**conflict).clone()),
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

    /// What is known of a person; nothing where nothing was told.
    pub fn facts(&self, code: &PersonCode) -> PersonFacts {
        self.facts.get(code).cloned().unwrap_or_default()
    }

    /// The first declared conflict that keeps a person from a case.
    pub fn conflict(&self, code: &PersonCode, case: &Case) -> Option<&ConflictDeclared> {
        self.conflicts.iter().find(|one| one.code == *code && one.with.holds(case))
    }
}

impl ConflictWith {
    /// Whether a case is one of those.
    pub fn holds(&self, case: &Case) -> bool {
        match self {
            Self::Case(number) => case.facts.number == *number,
            Self::County(county) => case.facts.county == *county,
            Self::Worker(worker) => worker
                .text()
                .is_some_and(|id| case.frame.get("worker").is_some_and(|known| known == id)),
        }
    }

    /// The rule in words that name no caseworker.
    pub fn rule(&self) -> String {
        match self {
            Self::Case(number) => format!("case {number}"),
            Self::County(county) => format!("county {county}"),
            Self::Worker(_) => "its caseworker".to_owned(),
        }
    }

    /// The caseworker's id, if it is one and its text is still there.
    pub fn worker(&self) -> Option<&str> {
        match self {
            Self::Worker(words) => Words::text(words),
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
