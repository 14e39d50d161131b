//! An instrument on paper: a blank form, and what each interview is to ask.

use super::{Audience, Page, Part, Section, asked_about};
use crate::instrument::{Choice, Instrument, Kind, Place, Question, QuestionIx, Role};

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

/// Code of the caseworker among persons and sources.
const CASEWORKER: &str = "caseworker";

/// The interview guide: which questions each interview feeds.
///
/// Who is interviewed stands in the instrument: whoever its items have as a source, else
/// everyone a question is about. A question is asked of whom it is about, and every question of
/// the caseworker and the file: what was done is known there, and nobody else can tell of
/// notices, dates, or people who are not met.
pub fn guide(instrument: &Instrument) -> Page {
    let sources = sources(instrument);
    let heard: Vec<&crate::instrument::Part> = instrument
        .parts()
        .iter()
        .filter(|part| part.id != CASEWORKER)
        .filter(|part| sources.is_empty() || sources.iter().any(|known| known.code == part.id))
        .collect();
    let mut sections = Vec::new();
    for part in &heard {
        let about = |question: &Question| question.part() == Some(part.id.as_str());
        let parts = questions(instrument, about, |question, _| question.ask().to_owned());
        if !parts.is_empty() {
            sections.push(Section { title: format!("Interview: {}", part.title), parts });
        }
    }
    let told = |question: &Question, at: QuestionIx| {
        let ask = asked_about(instrument, at);
        match heard.iter().find(|part| question.part() == Some(part.id.as_str())) {
            Some(part) => format!("{ask} (also in the interview: {})", part.title),
            None => ask,
        }
    };
    let parts = questions(instrument, |_| true, told);
    if !parts.is_empty() {
        let known = sources.iter().find(|known| known.code == CASEWORKER);
        let caseworker = known.map_or("Caseworker", |known| &known.title);
        sections.push(Section { title: format!("Interview: {caseworker}; case file"), parts });
    }
    let mut page = page(instrument, "Interview guide", sections);
    page.says.push(
        "Each person is asked what is asked about them, as far as they can know it. Every \
         question is put to the caseworker and looked up in the file too."
            .to_owned(),
    );
    page
}

/// What the items of an instrument have as sources of information; empty where they name none.
fn sources(instrument: &Instrument) -> &[Choice] {
    let closing = |at: &QuestionIx| {
        let question = instrument.question(*at);
        *question.role() == Role::Closing && question.local() == "sources"
    };
    let found = instrument.question_positions().find(closing);
    found.map_or(&[], |at| instrument.question(at).options())
}

/// Rating questions for which `wanted` holds, item by item, as `told` words them.
fn questions(
    instrument: &Instrument,
    wanted: impl Fn(&Question) -> bool,
    told: impl Fn(&Question, QuestionIx) -> String,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for item in instrument.items().iter().filter(|item| item.parent().is_none()) {
        let subs = item.sub_items().iter().flat_map(|sub| instrument.item(*sub).questions());
        let asked = item.questions().iter().chain(subs).filter(|at| {
            let question = instrument.question(**at);
            *question.role() == Role::Question
                && question.counted_from().is_none()
                && question.from_answer().is_none()
                && wanted(question)
        });
        let points: Vec<String> = asked
            .map(|at| {
                let question = instrument.question(*at);
                format!("{}  {}", question.id(), told(question, *at))
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
