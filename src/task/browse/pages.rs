//! The pages of an instrument in words: what is asked, of whom, and how it is rated.

use crate::instrument::{
    Applies, CaseTypeIx, CaseTypeSet, Choice, CodeSet, Instrument, Item, ItemIx, Kind, Mode,
    OutcomeIx, Place, Question, QuestionIx, Role, Strictness, words,
};
use crate::stats::proportion_text;
use crate::text::{count, list_and, list_or};

use super::super::review::Page;
use super::Entry;

/// What an entry says.
pub(super) fn page(instrument: &Instrument, entry: Entry) -> Page {
    match entry {
        Entry::About => about(instrument),
        Entry::Face => face(instrument),
        Entry::Item(at) => item(instrument, at),
        Entry::Outcome(at) => outcome(instrument, at),
        Entry::Measures => measures(instrument),
        Entry::Components => components(instrument),
        Entry::Definitions => definitions(instrument),
    }
}

/// "90 %", "82.5 %".
fn percent(proportion: f64) -> String {
    let text = proportion_text(proportion);
    format!("{} %", text.trim_end_matches(".0"))
}

fn about(instrument: &Instrument) -> Page {
    let mut page = Page::titled(instrument.title());
    if let Some(notice) = instrument.notice() {
        page.text(notice);
    }
    page.text(instrument.source());
    let items = instrument.items().iter().filter(|item| item.parent().is_none()).count();
    let (one, many) = match instrument.mode() {
        Mode::Rated => ("item", "items"),
        Mode::Checklist => ("section", "sections"),
    };
    let questions = count(instrument.questions().len(), "question", "questions");
    let edition = instrument.edition();
    page.text(format!("Edition {edition}: {}, {questions}.", count(items, one, many)));
    page.text(match (instrument.mode(), instrument.reporting().target) {
        (Mode::Rated, _) => "Every item is rated by its table: Strength, Area Needing \
             Improvement or Not Applicable. A rating is there once the answers it needs are."
            .to_owned(),
        (Mode::Checklist, None) => {
            "A checklist: reported as percent Yes of what applies, by question and section."
                .to_owned()
        }
        (Mode::Checklist, Some(target)) => format!(
            "A checklist: reported as percent Yes of what applies, by question and section; \
             {} is wanted.",
            percent(target)
        ),
    });
    page.heading("Types of case");
    for case_type in instrument.case_types() {
        page.point(&case_type.title);
    }
    if !instrument.crosswalk().is_empty() {
        page.heading("In other instruments");
        for walk in instrument.crosswalk() {
            let same = if walk.same { "the same" } else { "near, not the same" };
            let id = instrument.item(walk.item).id();
            page.point(format!("Item {id} is item {} of {}: {same}", walk.other, walk.instrument));
        }
    }
    page.heading("In files");
    page.text(format!("Id {}, SHA-256 {}", instrument.id(), instrument.hash()));
    page
}

fn face(instrument: &Instrument) -> Page {
    let mut page = Page::titled("Face sheet");
    for at in instrument.question_positions() {
        if instrument.question(at).place() == Place::Face {
            question(&mut page, instrument, at);
        }
    }
    if !instrument.face_rules().is_empty() {
        page.heading("What must agree with the items");
        for rule in instrument.face_rules() {
            page.point(&rule.say);
        }
    }
    page
}

fn item(instrument: &Instrument, at: ItemIx) -> Page {
    let item = instrument.item(at);
    let mut page =
        Page::titled(format!("{}: {}", words::item_heading(instrument, at), item.title()));
    page.text(item.purpose());
    page.heading("When it applies");
    page.text(item.applicability());
    for (case_type, how) in applies(instrument, item) {
        page.point(format!("{case_type}: {how}"));
    }
    if !item.guidance().is_empty() {
        page.heading("Instructions");
        item.guidance().iter().for_each(|paragraph| page.point(paragraph));
    }
    rating(&mut page, instrument, at);
    if !item.questions().is_empty() {
        page.text("What is asked, in order:");
    }
    for at in item.questions() {
        question(&mut page, instrument, *at);
    }
    if !item.examples().is_empty() {
        page.heading("Worked examples, checked with the file");
        for example in item.examples() {
            page.point(format!("{}: {}", example.title, example.expect.title()));
        }
    }
    page.without_empty()
}

fn applies(instrument: &Instrument, item: &Item) -> Vec<(String, &'static str)> {
    let how = |at| match item.applies(at) {
        Applies::Ask => "the reviewer is asked",
        Applies::Always => "always",
        Applies::Never => "never",
    };
    let types = (0..).map(CaseTypeIx).zip(instrument.case_types());
    types.map(|(at, case_type)| (case_type.title.clone(), how(at))).collect()
}

/// The rating table and the rules, in words.
fn rating(page: &mut Page, instrument: &Instrument, at: ItemIx) {
    let item = instrument.item(at);
    page.heading(match instrument.mode() {
        Mode::Rated => "How it is rated",
        Mode::Checklist => "How it is counted",
    });
    for sub in item.sub_items() {
        let sub = instrument.item(*sub);
        page.point(format!("from sub-item {}: {}", sub.id(), sub.title()));
    }
    if item.rows().is_empty() {
        page.text(match instrument.mode() {
            Mode::Checklist => "Percent Yes of the questions that count and apply.",
            Mode::Rated => "It has no rating table.",
        });
    }
    let needed = item.needed().iter().map(|q| instrument.question(*q).local().to_owned());
    let needed: Vec<String> = needed.collect();
    if !needed.is_empty() && !item.rows().is_empty() {
        page.text(format!(
            "From {}: once each of them that is asked is answered.",
            list_and(&needed)
        ));
    }
    for row in item.rows() {
        let when = words::row(instrument, at, row);
        let say = row.say.as_ref().map_or_else(String::new, |say| format!(" ({say})"));
        page.point(format!("{} when {when}.{say}", row.give.title()));
    }
    if !item.rules().is_empty() {
        page.heading("What can't stand together");
        for rule in item.rules() {
            let then = match rule.strictness {
                Strictness::Hard => "must be mended before there is a rating",
                Strictness::Explain => "asks for a sentence",
            };
            let demand = words::rule(instrument, at, rule);
            page.point(format!("{} ({demand}; broken, it {then})", rule.say));
        }
    }
    if let Some(bar) = item.bar() {
        page.text(format!("Bar of a whole state: {} Strength.", percent(bar)));
    }
}

/// A question with its answers, its gate and its guidance.
fn question(page: &mut Page, instrument: &Instrument, at: QuestionIx) {
    let question = instrument.question(at);
    let person = question.part().and_then(|part| instrument.part(part));
    let person = person.filter(|part| !question.ask().starts_with(&part.title));
    let person = person.map_or_else(String::new, |part| format!("{}: ", part.title));
    let number = match (question.place(), question.role()) {
        (Place::Item(_), Role::Question) => format!("{}. ", question.local()),
        _ => String::new(),
    };
    page.heading(format!("{number}{person}{}", question.ask()));
    if let Some(gate) = words::asked_when(instrument, at) {
        page.text(format!("Asked when {gate}."));
    }
    match question.kind() {
        Kind::Choice(options) | Kind::Checklist(options) => {
            if matches!(question.kind(), Kind::Checklist(_)) {
                page.text("Any number of:");
            }
            for (position, option) in options.iter().enumerate() {
                page.point(choice(instrument, question, position, option));
            }
        }
        Kind::Text => page.text("Answered by a text."),
        Kind::Date => page.text("Answered by a date."),
        Kind::Integer { least, most: i64::MAX } => {
            page.text(format!("Answered by a whole number from {least}."));
        }
        Kind::Integer { least, most } => {
            page.text(format!("Answered by a whole number from {least} to {most}."));
        }
        Kind::Table { columns, most, .. } => {
            page.text(format!("A table of up to {}, with:", count(*most, "row", "rows")));
            columns.iter().for_each(|column| page.point(&column.title));
        }
    }
    question.help().iter().for_each(|paragraph| page.text(paragraph));
    let terms = instrument.definitions().iter().filter(|d| question.see().contains(&d.id));
    let terms: Vec<&str> = terms.map(|definition| definition.term.as_str()).collect();
    if !terms.is_empty() {
        page.text(format!("Defined terms: {}.", list_and(&terms)));
    }
    let notes = words::question_notes(instrument, at);
    if !notes.is_empty() {
        page.text(capital(&format!("{}.", notes.join("; "))));
    }
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

fn choice(instrument: &Instrument, question: &Question, at: usize, option: &Choice) -> String {
    let mut notes: Vec<String> = option.note.iter().cloned().collect();
    if question.narrative_on().meets(CodeSet::one(at)) {
        notes.push("asks for a narrative".to_owned());
    } else if option.needs_text {
        notes.push("asks for a text".to_owned());
    }
    if option.case_types != CaseTypeSet::ALL {
        let types = (0..).map(CaseTypeIx).zip(instrument.case_types());
        let titles: Vec<&str> = types
            .filter(|(at, _)| option.case_types.has(*at))
            .map(|(_, case_type)| case_type.title.as_str())
            .collect();
        notes.push(format!("{} only", list_or(&titles)));
    }
    match notes.as_slice() {
        [] => option.title.clone(),
        notes => format!("{}: {}", option.title, notes.join("; ")),
    }
}

fn outcome(instrument: &Instrument, at: OutcomeIx) -> Page {
    let outcome = instrument.outcome(at);
    let mut page = Page::titled(outcome.title());
    page.heading("Its items");
    for item in outcome.items() {
        let item = instrument.item(*item);
        page.point(format!("{} {}", item.id(), item.title()));
    }
    page.heading("How it is rated");
    if !outcome.absent().is_empty() {
        let absent = list_and(outcome.absent());
        page.text(format!(
            "Not computed: it needs {absent} too, which this instrument does not hold."
        ));
    }
    for row in outcome.rows() {
        let when = words::outcome_row(instrument, row);
        let say = row.say.as_ref().map_or_else(String::new, |say| format!(" ({say})"));
        page.point(format!("{} when {when}.{say}", row.give.title()));
    }
    if let Some(bar) = outcome.bar() {
        page.text(format!("Bar of a whole state: {} substantially achieved.", percent(bar)));
    }
    if !outcome.examples().is_empty() {
        page.heading("Worked examples, checked with the file");
        for example in outcome.examples() {
            page.point(format!("{}: {}", example.title, example.expect.title()));
        }
    }
    page
}

fn measures(instrument: &Instrument) -> Page {
    let mut page = Page::titled("Measures: sums over all cases");
    for measure in instrument.measures() {
        page.heading(&measure.title);
        let name = |at| instrument.question(at).ask().to_owned();
        page.point(format!("of: {}", name(measure.of)));
        page.point(format!("met: {}", name(measure.met)));
        if let Some(target) = measure.target {
            page.text(format!("{} is wanted.", percent(target)));
        }
        if let Some(note) = &measure.note {
            page.text(note);
        }
    }
    page
}

fn components(instrument: &Instrument) -> Page {
    let mut page = Page::titled("Components: items grouped another way");
    for component in instrument.components() {
        page.heading(&component.title);
        if let Some(section) = component.section {
            let section = instrument.item(section);
            page.text(format!("Its own indicators: {} {}", section.id(), section.title()));
        }
        for covers in &component.covers {
            page.point(format!("{} items {}", covers.round, list_and(&covers.items)));
        }
    }
    page
}

fn definitions(instrument: &Instrument) -> Page {
    let mut page = Page::titled("Definitions");
    for definition in instrument.definitions() {
        page.heading(&definition.term);
        page.text(&definition.text);
    }
    page
}
