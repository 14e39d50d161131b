//! What changed of the instrument as a whole.

use super::change::{About, Aspect, Change, Notes, Subject, Thing};
use super::matching::Matching;
use crate::instrument::{Instrument, Reason};

/// Code or id, what it is called, and what else is said of it.
type Entry = (String, String, String);

pub(super) fn instrument(matching: &Matching<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (matching.old, matching.new);
    let about = About {
        subject: Subject::Instrument,
        id: new.id().to_owned(),
        old_id: (old.id() != new.id()).then(|| old.id().to_owned()),
        title: new.title().to_owned(),
    };
    let mut notes = Notes { about, changes };
    let thing = Thing::Whole;
    notes.text(thing, "", Aspect::Title, old.title(), new.title());
    notes.text(thing, "", Aspect::Edition, old.edition(), new.edition());
    notes.text(thing, "", Aspect::Source, old.source(), new.source());
    let notice = |one: &Instrument| one.notice().unwrap_or_default().to_owned();
    notes.text(thing, "", Aspect::Notice, &notice(old), &notice(new));
    let types = |one: &'_ Instrument| -> Vec<Entry> {
        let entry =
            |c: &crate::instrument::CaseType| (c.code.clone(), c.title.clone(), String::new());
        one.case_types().iter().map(entry).collect()
    };
    list(&mut notes, Thing::CaseType, &types(old), &types(new));
    let reasons = |list: &[Reason]| -> Vec<Entry> {
        list.iter().map(|r| (r.code.clone(), r.title.clone(), r.needs_text.to_string())).collect()
    };
    list(
        &mut notes,
        Thing::Elimination,
        &reasons(old.eliminations()),
        &reasons(new.eliminations()),
    );
    let terms = |one: &Instrument| -> Vec<Entry> {
        one.definitions().iter().map(|d| (d.id.clone(), d.term.clone(), d.text.clone())).collect()
    };
    list(&mut notes, Thing::Definition, &terms(old), &terms(new));
}

fn list(notes: &mut Notes<'_>, thing: Thing, old: &[Entry], new: &[Entry]) {
    for (id, name, said) in old {
        match new.iter().find(|(other, ..)| other == id) {
            None => notes.add(thing, id, Aspect::Removed, Some(name.clone()), None),
            Some((_, other, also)) => {
                notes.text(thing, id, Aspect::Reworded, name, other);
                notes.mention(thing, id, Aspect::Guidance, said, also);
            }
        }
    }
    for (id, name, _) in new {
        if !old.iter().any(|(other, ..)| other == id) {
            notes.add(thing, id, Aspect::Added, None, Some(name.clone()));
        }
    }
}
