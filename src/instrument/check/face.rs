//! Questions, without their gates.

use super::layout::{Layout, Slot, Source};
use super::marks::Marks;
use super::names::Names;
use super::options;
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, File, Problems};
use crate::instrument::{CodeSet, Condition, Kind, Place, Question};

/// Every question of the layout, all of them ungated as yet. Those of the face sheet and the
/// items' own words come from the file, generated ones get words of their own.
pub(super) fn questions(
    file: &File,
    names: &Names<'_>,
    layout: &Layout<'_>,
    marks: &mut Marks,
    problems: &Problems,
) -> Vec<Question> {
    // The lists' own mistakes are told here, once.
    for list in file.scales.iter().chain(&file.reason_lists) {
        options::choices(&list.choices, names, problems);
    }
    for closing in &file.closings {
        if let Some(gate) = &closing.ask_when {
            problems.add(
                Diagnostic::error("unknown-key", "a closing question has no ask-when")
                    .at(gate.span.clone())
                    .help("it is asked in every item that applies; take the key out"),
            );
        }
    }
    let mut told = None;
    layout
        .slots
        .iter()
        .map(|slot| {
            let before = problems.errors();
            // A closing question stands in each item; its mistakes are told in the first.
            let again = Problems::default();
            let first = match slot.source {
                Source::Closing(_) => *told.get_or_insert(slot.place) == slot.place,
                _ => true,
            };
            let built = question(slot, names, if first { problems } else { &again });
            if let (Place::Item(item), true) = (slot.place, problems.errors() > before) {
                marks.broken_items[usize::from(layout.top(item).0)] = true;
            }
            built
        })
        .collect()
}

fn question(slot: &Slot<'_>, names: &Names<'_>, problems: &Problems) -> Question {
    let mut built = Question {
        id: slot.id.clone(),
        local: slot.local.clone(),
        place: slot.place,
        role: slot.role.clone(),
        part: None,
        ask: String::new(),
        help: Vec::new(),
        see: Vec::new(),
        kind: Kind::Text,
        ask_when: Condition::Always,
        narrative_on: CodeSet::EMPTY,
        needed_for_rating: false,
        required: true,
        identifying: false,
        from_frame: None,
        one_line: false,
        asks_applicability: false,
        waited_for: true,
        ticks: (0, usize::MAX),
        counted_from: None,
        from_answer: None,
        from_review: None,
        counted: false,
    };
    match slot.source {
        Source::Written(raw) | Source::Closing(raw) => written(raw, &mut built, names, problems),
        Source::Applies(applies) => {
            built.ask = applies.ask.clone().unwrap_or_else(|| "Does the item apply?".to_owned());
            built.help = applies.help.clone();
            built.kind = options::yes_no();
            built.asks_applicability = true;
        }
        Source::AppliesReason(list) => {
            built.ask = "Why does the item not apply?".to_owned();
            built.kind = reasons(list, names, problems);
            built.asks_applicability = true;
        }
        Source::Reason(reason) => {
            let subject = &reason.subject.value;
            let title = names.part_title(subject).unwrap_or(subject);
            built.ask = reason
                .ask
                .clone()
                .unwrap_or_else(|| format!("{title}: why is this not applicable?"));
            built.help = reason.help.clone();
            built.kind = reasons(&reason.reasons, names, problems);
            built.part = names.has_part(subject).then(|| subject.clone());
        }
        Source::Explanation(rule) => built.ask = format!("Please explain. {}", rule.say),
    }
    built
}

fn written(raw: &raw::Question, built: &mut Question, names: &Names<'_>, problems: &Problems) {
    if let Some(part) = &raw.part
        && names.part(part, problems).is_some()
    {
        built.part = Some(part.value.clone());
    }
    for definition in &raw.see {
        if names.definition(definition, problems).is_some() {
            built.see.push(definition.value.clone());
        }
    }
    built.ask = raw.ask.clone();
    built.help = raw.help.clone();
    built.kind = options::kind(raw, names, problems);
    built.narrative_on = options::narrative(raw, &built.kind, problems);
    built.required = raw.required.unwrap_or(true);
    // Rows are kept and exported whole: one identifying column makes them all so.
    built.identifying = raw.identifying || raw.columns.iter().any(|column| column.identifying);
    built.waited_for = raw.needed;
    built.ticks = options::ticks(raw, &built.kind, problems);
    built.from_frame = raw.from_frame.clone();
    built.one_line = raw.one_line;
}

fn reasons(list: &raw::At<String>, names: &Names<'_>, problems: &Problems) -> Kind {
    let list = names.reasons(list, problems).filter(|list| list.whole);
    let choices = list.map(|list| options::choices(&list.choices, names, &Problems::default()));
    Kind::Choice(choices.unwrap_or_default())
}
