//! The workspace and its people.

use std::collections::BTreeMap;

use super::{Event, EventBody, Head, PersonCode, PersonRole};

/// Who works here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Team {
    /// The workspace's name.
    pub name: String,
    /// People by code.
    pub people: BTreeMap<PersonCode, Person>,
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
}
