//! Text -> checked [`Instrument`], or every problem of the file.
//!
//! Three phases, all reported together: the text must be TOML, its tables must have the keys of
//! the language ([`raw`](super::raw)), and what they say must make sense: ids that exist,
//! gates that read backwards, tables that rate every reachable set of answers exactly once,
//! examples that come out as expected. A file that extends others is [joined](join) with them
//! before the last phase, so that what holds of a file holds of all of them together.

mod aims;
mod chain;
mod checklists;
mod conditions;
mod examples;
mod face;
mod face_rules;
mod items;
mod join;
mod layout;
mod links;
mod marks;
mod names;
mod needed;
mod options;
mod outcomes;
mod select;
mod tables;
#[cfg(test)]
mod tests;

use super::raw::{self, Problems};
use super::{
    CaseType, Crosswalk, Definition, Instrument, InstrumentFile, Library, Part, Reason, Reporting,
    ShippedOnly,
};
use crate::diagnostic::{Diagnostic, Sources};
use chain::Chain;
use marks::Marks;
use names::Names;

/// Largest file read, in bytes: 1 MiB.
pub const LARGEST_FILE: usize = 1 << 20;

/// What the check found.
#[derive(Debug)]
pub struct Checked {
    /// The instrument, if there is no error.
    pub instrument: Option<Instrument>,
    /// Every problem, in the order of the texts.
    pub diagnostics: Vec<Diagnostic>,
    /// The file's text and those of the files it extends, through which the problems' places
    /// count.
    pub sources: Sources,
}

/// Checks a file's text. `name` is what the user calls the file. It can extend what is shipped,
/// or hold the texts of what it extends, as [`Instrument::text`] has them.
pub fn check(name: &str, text: &str) -> Checked {
    check_file(&given(name, text), &ShippedOnly)
}

/// Checks a file, and those it extends as the library finds them.
pub fn check_file(file: &InstrumentFile, library: &dyn Library) -> Checked {
    let InstrumentFile { name, text, .. } = file;
    if text.len() > LARGEST_FILE {
        let problem = Diagnostic::error(
            "too-large",
            format!("{name} has {} bytes; an instrument has at most {LARGEST_FILE}", text.len()),
        )
        .help("split the instrument into several files, or shorten its texts");
        let sources = Sources::one(name, text);
        return Checked { instrument: None, diagnostics: vec![problem], sources };
    }
    let problems = Problems::default();
    let Chain { file, sources, text } = chain::read(file, library, &problems);
    let draft = draft(&file, text, &problems);
    if let Some(draft) = &draft {
        tables::prove(draft, &problems);
        examples::run(draft, &problems);
    }
    let errors = problems.errors();
    let instrument = draft.filter(|_| errors == 0).map(|draft| draft.instrument);
    Checked { instrument, diagnostics: problems.into_sorted(), sources }
}

/// Builds an instrument from a text that was checked before (a shipped one, or one a workspace
/// keeps): everything but the proof of its tables and its examples. `None` if it is wrong.
pub fn build(text: &str) -> Option<Instrument> {
    let problems = Problems::default();
    let Chain { file, text, .. } = chain::read(&given("", text), &ShippedOnly, &problems);
    let draft = draft(&file, text, &problems)?;
    (problems.errors() == 0).then_some(draft.instrument)
}

/// A text that is no file.
fn given(name: &str, text: &str) -> InstrumentFile {
    InstrumentFile { name: name.to_owned(), place: "given".to_owned(), text: text.to_owned() }
}

/// An instrument that may still be wrong in places; what is known to be wrong is marked.
struct Draft {
    instrument: Instrument,
    marks: Marks,
}

fn draft(file: &raw::File, text: String, problems: &Problems) -> Option<Draft> {
    if problems.too_many() {
        return None;
    }
    let names = Names::collect(file, problems)?;
    let layout = layout::lay_out(file, problems)?;
    let mut marks = Marks::new(&layout);
    let mut questions = face::questions(file, &names, &layout, &mut marks, problems);
    links::resolve(&layout, &mut questions, &mut marks, problems);
    checklists::count(file, &layout, &mut questions, &mut marks, problems);
    checklists::refuse_tables(file, problems);
    let mut items = items::build(file, &names, &layout, &mut questions, &mut marks, problems);
    let outcomes =
        outcomes::build(file, &names, &layout, &questions, &mut items, &mut marks, problems);
    if problems.too_many() {
        return None;
    }
    let face_rules = face_rules::build(file, &names, &layout, &questions, problems);
    let measures = checklists::measures(file, &layout, &questions, problems);
    let month = checklists::month(file, &layout, &questions, problems);
    let awaited = checklists::awaited(&items, &questions, &measures);
    needed::mark(&mut questions, &mut items, &outcomes, &awaited, &marks, problems);
    let by_id = layout.by_id.clone();
    let header = &file.header;
    let reason = |choice: super::Choice| Reason {
        code: choice.code,
        title: choice.title,
        needs_text: choice.needs_text,
        case_types: choice.case_types,
    };
    let instrument = Instrument {
        id: header.id.clone(),
        title: header.title.clone(),
        short: header.short.clone(),
        cfsr_round: header.cfsr_round.clone(),
        edition: header.edition.clone(),
        source: header.source.clone(),
        notice: header.notice.clone(),
        unit: header.unit,
        mode: header.mode,
        case_types: file
            .case_types
            .iter()
            .map(|c| CaseType { code: c.code.value.clone(), title: c.title.clone() })
            .collect(),
        parts: file
            .parts
            .iter()
            .map(|p| Part { id: p.id.value.clone(), title: p.title.clone() })
            .collect(),
        eliminations: options::choices(&file.eliminations, &names, problems)
            .into_iter()
            .map(reason)
            .collect(),
        definitions: file
            .definitions
            .iter()
            .map(|d| Definition {
                id: d.id.value.clone(),
                term: d.term.clone(),
                text: d.text.clone(),
            })
            .collect(),
        questions,
        items,
        outcomes,
        crosswalk: crosswalk(file, &layout, problems),
        face_rules,
        reporting: Reporting {
            target: header.target,
            lead: header.lead.unwrap_or_default(),
            year_starts: header.year_starts.unwrap_or(1),
            month,
        },
        measures,
        components: checklists::components(file, &layout, problems),
        hash: hash(&text),
        text,
        bases: file.joined.bases.clone(),
        by_id,
    };
    Some(Draft { instrument, marks })
}

fn crosswalk(file: &raw::File, layout: &layout::Layout<'_>, problems: &Problems) -> Vec<Crosswalk> {
    let mut found = Vec::new();
    for one in &file.crosswalks {
        if let Some(item) = layout.need_item(&one.item, problems) {
            found.push(Crosswalk {
                instrument: one.instrument.clone(),
                item,
                other: one.other.clone(),
                same: one.same,
            });
        }
    }
    found
}

fn hash(text: &str) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in sha2::Sha256::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
