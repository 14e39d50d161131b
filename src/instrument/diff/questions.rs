//! What changed of questions and their answers.

use super::change::{About, Aspect, Change, Notes, Subject, Thing};
use super::matching::Matching;
use crate::instrument::{
    CaseTypeIx, CaseTypeSet, CodeSet, Column, Counts, Instrument, Kind, Place, Question,
    QuestionIx, Role, kind_name, words,
};
use crate::text::list_and;

/// Questions of the face sheet.
pub(super) fn face_sheet(matching: &Matching<'_>, changes: &mut Vec<Change>) {
    let about = About {
        subject: Subject::FaceSheet,
        id: String::new(),
        old_id: None,
        title: String::new(),
    };
    let face = |one: &Instrument| -> Vec<QuestionIx> {
        let here = |at: &QuestionIx| one.question(*at).place() == Place::Face;
        one.question_positions().filter(here).collect()
    };
    compare(matching, &face(matching.old), &face(matching.new), &mut Notes { about, changes });
}

/// Questions at the end of every item: told once, as the first item that has them has them.
pub(super) fn closing(matching: &Matching<'_>, changes: &mut Vec<Change>) {
    let about =
        About { subject: Subject::Closing, id: String::new(), old_id: None, title: String::new() };
    let mut notes = Notes { about, changes };
    let asked = |one: &Instrument| -> Vec<QuestionIx> {
        let mut found: Vec<QuestionIx> = Vec::new();
        for at in one.question_positions() {
            let question = one.question(at);
            let known = |known: &QuestionIx| one.question(*known).local() == question.local();
            if *question.role() == Role::Closing && !found.iter().any(known) {
                found.push(at);
            }
        }
        found
    };
    let (old, new) = (asked(matching.old), asked(matching.new));
    let local = |one: &Instrument, at: &QuestionIx| one.question(*at).local().to_owned();
    for at in &old {
        let id = local(matching.old, at);
        match new.iter().find(|other| local(matching.new, other) == id) {
            Some(other) => {
                question(matching, *at, *other, &id, &mut notes);
            }
            None => {
                let ask = matching.old.question(*at).ask().to_owned();
                notes.add(Thing::Question, &id, Aspect::Removed, Some(ask), None);
            }
        }
    }
    for at in &new {
        let id = local(matching.new, at);
        if !old.iter().any(|other| local(matching.old, other) == id) {
            let ask = matching.new.question(*at).ask().to_owned();
            notes.add(Thing::Question, &id, Aspect::Added, None, Some(ask));
        }
    }
}

/// Questions of one place; explanations are told with their rules, closing ones once for all.
pub(super) fn compare(
    matching: &Matching<'_>,
    old: &[QuestionIx],
    new: &[QuestionIx],
    notes: &mut Notes<'_>,
) {
    let told =
        |question: &Question| !matches!(question.role(), Role::Explanation { .. } | Role::Closing);
    for at in old.iter().filter(|at| told(matching.old.question(**at))) {
        let was = matching.old.question(*at);
        // A question may have moved to another place, such as a sub-item.
        match matching.question(*at) {
            Some(other) => {
                let id = matching.new.question(other).id().to_owned();
                question(matching, *at, other, &id, notes);
            }
            None => {
                let ask = Some(was.ask().to_owned());
                notes.add(Thing::Question, was.id(), Aspect::Removed, ask, None);
            }
        }
    }
    for at in new.iter().filter(|at| told(matching.new.question(**at))) {
        if matching.old_question(*at).is_none() {
            let question = matching.new.question(*at);
            let ask = Some(question.ask().to_owned());
            notes.add(Thing::Question, question.id(), Aspect::Added, None, ask);
        }
    }
}

fn question(
    matching: &Matching<'_>,
    old_at: QuestionIx,
    new_at: QuestionIx,
    id: &str,
    notes: &mut Notes<'_>,
) {
    let (old, new) = (matching.old.question(old_at), matching.new.question(new_at));
    let thing = Thing::Question;
    let generated = matches!(old.role(), Role::Reason | Role::Explanation { .. });
    if !generated {
        notes.text(thing, id, Aspect::Reworded, old.ask(), new.ask());
        notes.mention(thing, id, Aspect::Guidance, old.help(), new.help());
    }
    notes.text(thing, id, Aspect::Kind, kind_name(old.kind()), kind_name(new.kind()));
    notes.text(thing, id, Aspect::Bounds, &bounds(old), &bounds(new));
    let same_gate = matching.condition(old.ask_when()).as_ref() == Some(new.ask_when());
    if !same_gate {
        let gate = |one: &Instrument, question: &Question| {
            words::condition(one, None, question.ask_when())
        };
        let (was, is) = (gate(matching.old, old), gate(matching.new, new));
        notes.add(thing, id, Aspect::Gate, Some(was), Some(is));
    }
    let yes = |flag: bool| if flag { "yes" } else { "no" };
    notes.text(thing, id, Aspect::Required, yes(old.required()), yes(new.required()));
    notes.text(thing, id, Aspect::Identifying, yes(old.identifying()), yes(new.identifying()));
    notes.text(thing, id, Aspect::Needed, yes(old.waited_for()), yes(new.waited_for()));
    notes.text(thing, id, Aspect::Counts, yes(old.counted()), yes(new.counted()));
    notes.mention(thing, id, Aspect::Columns, &columns(old), &columns(new));
    let filled = |question: &Question| {
        let counted = question.counted_from().map(std::mem::discriminant);
        (counted, question.from_answer().is_some(), question.from_review())
    };
    notes.mention(thing, id, Aspect::Filled, &filled(old), &filled(new));
    answers(matching, old, new, id, notes);
    let (was, is) = (narrative(old), narrative(new));
    notes.text(thing, id, Aspect::Narrative, &was, &is);
}

/// Id, title, kind of each column, and whether it is required.
fn columns(question: &Question) -> Vec<(String, String, &'static str, bool)> {
    let column = |column: &Column| {
        (column.id.clone(), column.title.clone(), kind_name(&column.kind), column.required)
    };
    question.columns().iter().map(column).collect()
}

/// "0 to 20", or nothing; for a table its rows, for a checklist its ticks.
fn bounds(question: &Question) -> String {
    match question.kind() {
        Kind::Integer { least, most } => format!("{least} to {most}"),
        Kind::Table { least, most, .. } => format!("{least} to {most} rows"),
        Kind::Checklist(options) if question.ticks() != (0, options.len()) => {
            let (least, most) = question.ticks();
            format!("{least} to {} ticks", most.min(options.len()))
        }
        _ => String::new(),
    }
}

/// Codes that ask for a narrative.
fn narrative(question: &Question) -> String {
    codes(question, question.narrative_on())
}

fn codes(question: &Question, set: CodeSet) -> String {
    let options = question.options();
    let codes: Vec<&str> =
        set.positions().filter_map(|at| options.get(at)).map(|o| o.code.as_str()).collect();
    list_and(&codes)
}

fn answers(
    matching: &Matching<'_>,
    old: &Question,
    new: &Question,
    id: &str,
    notes: &mut Notes<'_>,
) {
    let thing = if *new.role() == Role::Reason { Thing::Reason } else { Thing::Answer };
    for was in old.options() {
        let name = format!("{} of {id}", was.code);
        match new.options().iter().find(|option| option.code == was.code) {
            None => notes.add(thing, &name, Aspect::Removed, Some(was.title.clone()), None),
            Some(is) => {
                notes.text(thing, &name, Aspect::Reworded, &was.title, &is.title);
                notes.mention(thing, &name, Aspect::Guidance, &was.note, &is.note);
                let yes = |flag: bool| if flag { "yes" } else { "no" };
                let (text, now) = (yes(was.needs_text), yes(is.needs_text));
                notes.text(thing, &name, Aspect::Text, text, now);
                let counts = |counts: Option<Counts>| match counts {
                    None => "",
                    Some(Counts::Met) => "met",
                    Some(Counts::NotMet) => "not met",
                    Some(Counts::NotApplicable) => "not applicable",
                };
                notes.text(thing, &name, Aspect::Counts, counts(was.counts), counts(is.counts));
                let (before, after) = (
                    offered(matching.old, was.case_types, matching, true),
                    offered(matching.new, is.case_types, matching, false),
                );
                notes.text(thing, &name, Aspect::CaseTypes, &before, &after);
            }
        }
    }
    for is in new.options() {
        if !old.options().iter().any(|option| option.code == is.code) {
            let name = format!("{} of {id}", is.code);
            notes.add(thing, &name, Aspect::Added, None, Some(is.title.clone()));
        }
    }
}

/// Case types an option is offered to, of those that both editions have.
fn offered(
    instrument: &Instrument,
    set: CaseTypeSet,
    matching: &Matching<'_>,
    old: bool,
) -> String {
    let pairs = matching.case_types();
    let side = |(before, after): &(CaseTypeIx, CaseTypeIx)| if old { *before } else { *after };
    let kept: Vec<&str> = pairs
        .iter()
        .map(side)
        .filter(|at| set.has(*at))
        .map(|at| instrument.case_types()[usize::from(at.0)].code.as_str())
        .collect();
    list_and(&kept)
}
