//! What only checklist instruments have: counted questions, measures, components; and what
//! they have not: tables and outcomes.

use super::layout::{Layout, Slot, Source};
use super::marks::Marks;
use super::names::unique;
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{At, File, Problems};
use crate::instrument::{
    Component, Counts, Item, Kind, Measure, Mode, Place, Question, QuestionIx, Role,
};
use crate::text::did_you_mean;

/// Says which questions count towards percent Yes, and what an answer left unsaid counts as:
/// yes is met, no is not met, na is not applicable.
pub(super) fn count(
    file: &File,
    layout: &Layout<'_>,
    questions: &mut [Question],
    marks: &mut Marks,
    problems: &Problems,
) {
    for (slot, question) in layout.slots.iter().zip(questions) {
        let Source::Written(raw) = slot.source else { continue };
        if file.header.mode == Mode::Rated {
            if raw.counted.is_some() {
                let message = format!("question {} can't be counted", question.id);
                problems.add(
                    Diagnostic::error("unknown-key", message)
                        .at(slot.span.clone())
                        .help("counted is for mode = \"checklist\"; take the key out"),
                );
            }
            continue;
        }
        let before = problems.errors();
        count_one(slot, raw.counted, question, problems);
        if let (Place::Item(item), true) = (slot.place, problems.errors() > before) {
            marks.broken_items[usize::from(layout.top(item).0)] = true;
        }
    }
}

fn count_one(slot: &Slot<'_>, counted: Option<bool>, question: &mut Question, problems: &Problems) {
    let Kind::Choice(options) = &mut question.kind else {
        if counted == Some(true) {
            let message = format!("question {} is not a choice, so it can't count", question.id);
            problems.add(
                Diagnostic::error("bad-count", message)
                    .at(slot.span.clone())
                    .help("take counted out; checklists are reported by how often each is ticked"),
            );
        }
        return;
    };
    if counted == Some(false) || slot.place == Place::Face || question.role != Role::Question {
        return;
    }
    for option in options.iter_mut() {
        option.counts = option.counts.or(match option.code.as_str() {
            "yes" => Some(Counts::Met),
            "no" => Some(Counts::NotMet),
            "na" => Some(Counts::NotApplicable),
            _ => None,
        });
    }
    let has = |counts| options.iter().any(|option| option.counts == Some(counts));
    if !(has(Counts::Met) && has(Counts::NotMet)) {
        if counted == Some(true) {
            let message = format!("question {} has nothing to count", question.id);
            problems.add(
                Diagnostic::error("bad-count", message)
                    .at(slot.span.clone())
                    .help("give one answer counts = \"met\" and one counts = \"not-met\""),
            );
        }
        return;
    }
    question.counted = true;
    for option in options.iter().filter(|option| option.counts.is_none()) {
        let message =
            format!("answer {} of question {} counts as nothing", option.code, question.id);
        problems.add(
            Diagnostic::error("bad-count", message)
                .at(slot.span.clone())
                .help("give it counts = \"met\", \"not-met\" or \"not-applicable\", or the question counted = false"),
        );
    }
}

/// Reports what a checklist instrument has no use for.
pub(super) fn refuse_tables(file: &File, problems: &Problems) {
    if file.header.mode == Mode::Rated {
        for measure in &file.measures {
            problems.add(
                Diagnostic::error("unknown-key", "a rated instrument has no measures")
                    .at(measure.id.span.clone())
                    .help("set mode = \"checklist\", or take it out"),
            );
        }
        return;
    }
    let refuse = |what: &str, id: &At<String>| {
        let message = format!("a checklist instrument has no {what}");
        problems.add(
            Diagnostic::error("unused-row", message)
                .at(id.span.clone())
                .help("take it out, or set mode = \"rated\" in [instrument]"),
        );
    };
    for outcome in &file.outcomes {
        refuse("outcomes", &outcome.id);
    }
    for item in &file.items {
        for row in &item.rows {
            refuse("rows", &row.id);
        }
        for sub in &item.sub_items {
            refuse("sub-items", &sub.id);
        }
    }
}

/// Builds the measures.
pub(super) fn measures(
    file: &File,
    layout: &Layout<'_>,
    questions: &[Question],
    problems: &Problems,
) -> Vec<Measure> {
    unique("measure", &file.measures.iter().map(|m| &m.id).collect::<Vec<_>>(), problems);
    let number = |id: &At<String>| -> Option<QuestionIx> {
        let Some(at) = layout.by_id.get(&id.value).copied() else {
            let ids = questions.iter().map(Question::id);
            problems.add(
                Diagnostic::error("unknown-question", format!("question {} is unknown", id.value))
                    .at(id.span.clone())
                    .did_you_mean(did_you_mean(&id.value, ids)),
            );
            return None;
        };
        if !matches!(questions[usize::from(at.0)].kind, Kind::Integer { .. }) {
            problems.add(
                Diagnostic::error("bad-test", format!("{} is not a whole number", id.value))
                    .at(id.span.clone())
                    .help("a measure sums up integer questions"),
            );
            return None;
        }
        Some(at)
    };
    let built = file.measures.iter().filter_map(|raw| {
        let (of, met) = (number(&raw.of), number(&raw.met));
        Some(Measure {
            id: raw.id.value.clone(),
            title: raw.title.clone(),
            note: raw.note.clone(),
            of: of?,
            met: met?,
            target: raw.target,
        })
    });
    built.collect()
}

/// The day whose month a review is counted in.
pub(super) fn month(
    file: &File,
    layout: &Layout<'_>,
    questions: &[Question],
    problems: &Problems,
) -> Option<QuestionIx> {
    let id = file.header.month.as_ref()?;
    let Some(at) = layout.by_id.get(&id.value).copied() else {
        let ids = questions.iter().map(Question::id);
        problems.add(
            Diagnostic::error("unknown-question", format!("question {} is unknown", id.value))
                .at(id.span.clone())
                .did_you_mean(did_you_mean(&id.value, ids)),
        );
        return None;
    };
    if questions[usize::from(at.0)].kind != Kind::Date {
        problems.add(
            Diagnostic::error("bad-test", format!("{} is not a date", id.value))
                .at(id.span.clone())
                .help("month names the date question of the day of the review"),
        );
        return None;
    }
    Some(at)
}

/// Builds the components.
pub(super) fn components(file: &File, layout: &Layout<'_>, problems: &Problems) -> Vec<Component> {
    unique("component", &file.components.iter().map(|c| &c.id).collect::<Vec<_>>(), problems);
    let built = file.components.iter().map(|raw| Component {
        id: raw.id.value.clone(),
        title: raw.title.clone(),
        section: raw.section.as_ref().and_then(|id| layout.need_item(id, problems)),
        covers: raw.covers.clone(),
    });
    built.collect()
}

/// In a checklist instrument a section is complete with its counted questions and the numbers
/// its measures are made of.
pub(super) fn awaited(
    items: &[Item],
    questions: &[Question],
    measures: &[Measure],
) -> Vec<QuestionIx> {
    let counted = items.iter().flat_map(Item::questions).copied();
    let counted = counted.filter(|at| questions[usize::from(at.0)].counted);
    let summed = measures.iter().flat_map(|measure| [measure.of, measure.met]);
    let mut found: Vec<QuestionIx> = counted.chain(summed).collect();
    found.sort_unstable();
    found.dedup();
    found
}
