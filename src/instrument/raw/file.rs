//! The whole file as written.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::At;
use super::checklist::{self, Component, Measure};
use super::items::{self, Item};
use super::outcomes::{self, Outcome};
use super::questions::{self, Choice, Question};
use super::rows::{self, FaceRule};
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::instrument::{Lead, Mode, Unit};

/// `[instrument]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Header {
    pub(in crate::instrument) id: String,
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) short: String,
    pub(in crate::instrument) cfsr_round: Option<String>,
    pub(in crate::instrument) edition: String,
    pub(in crate::instrument) source: String,
    pub(in crate::instrument) notice: Option<String>,
    pub(in crate::instrument) unit: Unit,
    pub(in crate::instrument) mode: Mode,
    pub(in crate::instrument) target: Option<f64>,
    pub(in crate::instrument) lead: Option<Lead>,
    pub(in crate::instrument) year_starts: Option<u32>,
    pub(in crate::instrument) month: Option<At<String>>,
    /// What the file extends, as it says.
    pub(in crate::instrument) extends: Option<At<String>>,
    /// The base's items to keep; all where nothing is said.
    pub(in crate::instrument) select: Option<At<Vec<At<String>>>>,
    pub(in crate::instrument) id_span: Range<usize>,
    pub(in crate::instrument) span: Range<usize>,
}

/// `[[case-type]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct CaseType {
    pub(in crate::instrument) code: At<String>,
    pub(in crate::instrument) title: String,
}

/// `[[part]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Named {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) title: String,
}

/// `[[scale]]` or `[[reason-list]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct OptionList {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) choices: Vec<Choice>,
    pub(in crate::instrument) whole: bool,
}

/// `[[definition]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Definition {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) term: String,
    pub(in crate::instrument) text: String,
}

/// `[[crosswalk]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Crosswalk {
    pub(in crate::instrument) instrument: String,
    pub(in crate::instrument) item: At<String>,
    pub(in crate::instrument) other: String,
    pub(in crate::instrument) same: bool,
}

/// A whole file.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct File {
    pub(in crate::instrument) header: Header,
    pub(in crate::instrument) case_types: Vec<CaseType>,
    pub(in crate::instrument) parts: Vec<Named>,
    pub(in crate::instrument) scales: Vec<OptionList>,
    pub(in crate::instrument) reason_lists: Vec<OptionList>,
    pub(in crate::instrument) eliminations: Vec<Choice>,
    pub(in crate::instrument) definitions: Vec<Definition>,
    pub(in crate::instrument) crosswalks: Vec<Crosswalk>,
    pub(in crate::instrument) face: Vec<Question>,
    pub(in crate::instrument) face_rules: Vec<FaceRule>,
    pub(in crate::instrument) measures: Vec<Measure>,
    pub(in crate::instrument) components: Vec<Component>,
    pub(in crate::instrument) closings: Vec<Question>,
    pub(in crate::instrument) outcomes: Vec<Outcome>,
    pub(in crate::instrument) items: Vec<Item>,
    /// Some part, scale, case type, item ... has no readable id: an unknown one may be that.
    pub(in crate::instrument) lost: bool,
    /// What it was joined with.
    pub(in crate::instrument) joined: Joined,
}

/// What a file was joined with; nothing of it where it stands by itself.
#[derive(Debug, Clone, Default)]
pub(in crate::instrument) struct Joined {
    /// Ids of the instruments it extends, the nearest first.
    pub(in crate::instrument) bases: Vec<String>,
    /// Per item (not sub-item) of a base that is kept: that base's id.
    pub(in crate::instrument) origins: HashMap<String, String>,
    /// Items and sub-items that `select` leaves out, each with its item.
    pub(in crate::instrument) left_out: HashMap<String, String>,
    /// Where kept items read them, which was told beside `select`.
    pub(in crate::instrument) told: HashSet<usize>,
}

pub(super) fn read(table: Table<'_>) -> File {
    let mut lost = table.problems.lost_table();
    let header = header(&table);
    let extends = header.extends.is_some();
    let case_types = all(&table, "case-type", &mut lost, |t| {
        let (code, title) = (t.need_id("code"), t.need_text("title"));
        t.done();
        let code = code?;
        // Messages name the case type by its title.
        let title = title.map_or_else(|| code.value.clone(), |title| title.value);
        Some(CaseType { code, title })
    });
    if case_types.is_empty() && !lost && !extends && !table.has("case-type") {
        table.missing("[[case-type]]");
    }
    let parts = all(&table, "part", &mut lost, |t| {
        let id = t.need_id("id");
        t.name("part", id.as_ref());
        let title = t.need_text("title").map(|t| t.value).unwrap_or_default();
        t.done();
        Some(Named { id: id?, title })
    });
    let scales = all(&table, "scale", &mut lost, |t| option_list(t, "scale", "options"));
    let reason_lists =
        all(&table, "reason-list", &mut lost, |t| option_list(t, "reason-list", "reasons"));
    let eliminations = all(&table, "elimination", &mut lost, questions::choice);
    let definitions = all(&table, "definition", &mut lost, |t| {
        let id = t.need_id("id");
        t.name("definition", id.as_ref());
        let term = t.need_text("term").map(|t| t.value).unwrap_or_default();
        let text = t.need_text("text").map(|t| t.value).unwrap_or_default();
        t.done();
        Some(Definition { id: id?, term, text })
    });
    let crosswalks = all(&table, "crosswalk", &mut lost, |t| {
        let instrument = t.need_text("instrument");
        let item = t.need_text("item");
        let other = t.need_text("other");
        let same = t.flag("same");
        if !t.has("same") {
            t.missing("same");
        }
        t.done();
        Some(Crosswalk {
            instrument: instrument?.value,
            item: item?,
            other: other?.value,
            same: same?,
        })
    });
    let face = all(&table, "face-sheet", &mut lost, questions::question);
    let face_rules = all(&table, "face-rule", &mut lost, rows::face_rule);
    let measures = all(&table, "measure", &mut lost, checklist::measure);
    let components = all(&table, "component", &mut lost, checklist::component);
    let closings = all(&table, "closing", &mut lost, questions::question);
    let outcomes = all(&table, "outcome", &mut lost, outcomes::outcome);
    let items = all(&table, "item", &mut lost, |t| items::item(t, false));
    if items.is_empty() && !lost && !extends && !table.has("item") {
        table.missing("[[item]]");
    }
    table.done();
    File {
        header,
        case_types,
        parts,
        scales,
        reason_lists,
        eliminations,
        definitions,
        crosswalks,
        face,
        face_rules,
        measures,
        components,
        closings,
        outcomes,
        items,
        lost,
        joined: Joined::default(),
    }
}

/// Months as `year-starts` writes them.
const MONTHS: [(&str, u32); 12] = [
    ("01", 1),
    ("02", 2),
    ("03", 3),
    ("04", 4),
    ("05", 5),
    ("06", 6),
    ("07", 7),
    ("08", 8),
    ("09", 9),
    ("10", 10),
    ("11", 11),
    ("12", 12),
];

fn all<'t, T>(
    table: &Table<'t>,
    key: &'static str,
    lost: &mut bool,
    read: impl Fn(Table<'t>) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for inner in table.tables(key, &format!("[[{key}]]")) {
        if table.problems.too_many() {
            break;
        }
        match read(inner) {
            Some(one) => found.push(one),
            None => *lost = true,
        }
    }
    found
}

fn option_list(table: Table<'_>, what: &str, key: &'static str) -> Option<OptionList> {
    let id = table.need_id("id");
    table.name(what, id.as_ref());
    let choices = questions::choices(&table, key);
    table.done();
    let (choices, whole) = choices.unwrap_or_default();
    Some(OptionList { id: id?, choices, whole })
}

fn header(table: &Table<'_>) -> Header {
    let mut header = Header {
        id: String::new(),
        title: String::new(),
        short: String::new(),
        cfsr_round: None,
        edition: String::new(),
        source: String::new(),
        notice: None,
        unit: Unit::Case,
        mode: Mode::Rated,
        target: None,
        lead: None,
        year_starts: None,
        month: None,
        extends: None,
        select: None,
        id_span: 0..0,
        span: 0..0,
    };
    let Some(value) = table.get("instrument") else {
        if !table.problems.lost_table() {
            table.problems.add(
                Diagnostic::error("missing-key", "the file lacks [instrument]")
                    .help("it names the instrument: id, title, short, edition and source"),
            );
        }
        return header;
    };
    let Some(t) = table.as_table("instrument", "[instrument]", value) else { return header };
    let text = |text: Option<At<String>>| text.map(|t| t.value).unwrap_or_default();
    header.extends = t.text("extends");
    let id = t.need_id("id");
    header.id_span = id.as_ref().map_or_else(|| t.span(), |id| id.span.clone());
    header.id = text(id);
    header.title = text(t.need_text("title"));
    header.edition = text(t.need_text("edition"));
    header.notice = t.text("notice").map(|t| t.value);
    header.span = t.span();
    if header.extends.is_some() {
        header.short = text(t.text("short"));
        header.source = text(t.text("source"));
        header.select = t.get("select").map(|value| {
            let ids = t.as_texts("select", value);
            At { value: ids, span: value.span() }
        });
        fixed_by_base(&t);
        t.done();
        return header;
    }
    header.short = text(t.need_text("short"));
    header.source = text(t.need_text("source"));
    header.cfsr_round = t.text("cfsr-round").map(|t| t.value);
    let units = [("case", Unit::Case), ("site", Unit::Site), ("respondent", Unit::Respondent)];
    header.unit = t.word("unit", &units).map_or(Unit::Case, |w| w.value);
    let modes = [("rated", Mode::Rated), ("checklist", Mode::Checklist)];
    header.mode = t.word("mode", &modes).map_or(Mode::Rated, |w| w.value);
    header.target = t.proportion("target");
    let leads = [("percent-yes", Lead::PercentYes), ("issues", Lead::Issues)];
    header.lead = t.word("report", &leads).map(|w| w.value);
    header.year_starts = t.word("year-starts", &MONTHS).map(|w| w.value);
    header.month = t.text("month");
    if header.mode == Mode::Rated {
        for key in ["target", "report", "year-starts", "month"].into_iter().filter(|key| t.has(key))
        {
            t.problems.add(
                Diagnostic::error("unknown-key", format!("a rated instrument has no {key}"))
                    .at(t.span())
                    .help("set mode = \"checklist\", or take the key out"),
            );
        }
    }
    if let Some(select) = t.get("select") {
        t.problems.add(
            Diagnostic::error("missing-key", "select needs extends")
                .at(select.span())
                .help("name what the items are selected from, such as extends = \"cfsr-r4\""),
        );
    }
    t.done();
    header
}

/// Reports the keys that a file can't give when it extends another: they say what every item
/// of the base means.
fn fixed_by_base(table: &Table<'_>) {
    for key in ["unit", "mode", "cfsr-round", "target", "report", "year-starts", "month"] {
        if let Some(value) = table.get(key) {
            table.problems.add(
                Diagnostic::error("fixed-by-base", format!("{key} comes with what is extended"))
                    .at(value.span())
                    .help("take it out: beside extends stand id, title, edition, short, source, notice and select"),
            );
        }
    }
}
