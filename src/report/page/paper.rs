//! An instrument on paper: a blank form, and what each interview is to ask.

use super::{Audience, Page, Part, Section};
use crate::instrument::{Instrument, Kind, Place, Question, QuestionIx, Role};

/// Lines to write a text on.
const LINES: usize = 3;

/// The blank form: every question in order, with what there is to tick and room to write.
pub fn form(instrument: &Instrument) -> Page {
    let mut sections = Vec::new();
    let face = instrument
        .question_positions()
        .filter(|at| instrument.question(*at).place() == Place::Face)
        .map(|at| asked(instrument, at));
    let face: Vec<Part> = face.collect();
    if !face.is_empty() {
        sections.push(Section { title: "Face sheet".to_owned(), parts: face });
    }
    for item in instrument.items().iter().filter(|item| item.parent().is_none()) {
        let mut parts = Vec::new();
        for text in [item.purpose(), item.applicability()] {
            if !text.is_empty() {
                parts.push(Part::Text(text.to_owned()));
            }
        }
        parts.extend(item.questions().iter().map(|at| asked(instrument, *at)));
        for sub in item.sub_items().iter().map(|at| instrument.item(*at)) {
            parts.push(Part::Heading(format!("{}, {}", sub.id(), sub.title())));
            parts.extend(sub.questions().iter().map(|at| asked(instrument, *at)));
        }
        let title = format!("Item {}, {}", item.id(), item.title());
        sections.push(Section { title, parts });
    }
    page(instrument, "Blank form", sections)
}

/// The interview guide: the questions about each person, then those about nobody in
/// particular, which the caseworker and the file answer.
pub fn guide(instrument: &Instrument) -> Page {
    let mut sections = Vec::new();
    for part in instrument.parts() {
        let about = |question: &Question| question.part() == Some(part.id.as_str());
        let parts = questions(instrument, about);
        if !parts.is_empty() {
            sections.push(Section { title: format!("Interview: {}", part.title), parts });
        }
    }
    let parts = questions(instrument, |question| question.part().is_none());
    if !parts.is_empty() {
        sections.push(Section { title: "Interview: caseworker, and the file".to_owned(), parts });
    }
    page(instrument, "Interview guide", sections)
}

/// Rating questions for which `about` holds, item by item.
fn questions(instrument: &Instrument, about: impl Fn(&Question) -> bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for item in instrument.items().iter().filter(|item| item.parent().is_none()) {
        let subs = item.sub_items().iter().flat_map(|sub| instrument.item(*sub).questions());
        let wanted = item.questions().iter().chain(subs).filter(|at| {
            let question = instrument.question(**at);
            *question.role() == Role::Question
                && question.counted_from().is_none()
                && question.from_answer().is_none()
                && about(question)
        });
        let points: Vec<String> = wanted
            .map(|at| {
                let question = instrument.question(*at);
                format!("{}  {}", question.id(), question.ask())
            })
            .collect();
        if !points.is_empty() {
            parts.push(Part::Heading(format!("Item {}, {}", item.id(), item.title())));
            parts.push(Part::List(points));
        }
    }
    parts
}

fn asked(instrument: &Instrument, at: QuestionIx) -> Part {
    let question = instrument.question(at);
    let options: Vec<String> =
        question.options().iter().map(|choice| choice.title.clone()).collect();
    let lines = match question.kind() {
        Kind::Text => LINES,
        Kind::Table { .. } => LINES + 2,
        Kind::Date | Kind::Integer { .. } => 1,
        Kind::Choice(_) | Kind::Checklist(_) => usize::from(question.narrative_on().0 != 0),
    };
    let columns: Vec<&str> =
        question.columns().iter().map(|column| column.title.as_str()).collect();
    let columns =
        if columns.is_empty() { String::new() } else { format!(" ({})", columns.join(" | ")) };
    Part::Form { ask: format!("{}  {}{columns}", question.id(), question.ask()), options, lines }
}

fn page(instrument: &Instrument, what: &str, sections: Vec<Section>) -> Page {
    let mut says = vec![instrument.title().to_owned()];
    says.extend(instrument.notice().map(str::to_owned));
    Page {
        title: format!("{what}: {}", instrument.short()),
        audience: Audience::Blank,
        says,
        sections,
        foot: vec![format!("Edition {}. {}", instrument.edition(), instrument.source())],
    }
}
