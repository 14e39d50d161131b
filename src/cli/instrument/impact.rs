//! `instrument impact`: which stored readings would rate differently under another edition.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::diff::JsonName;
use crate::cli::output::note;
use crate::cli::{Failure, Format, Global, source, workspace};
use crate::instrument::diff::{EditionName, Matching};
use crate::instrument::{Instrument, shipped};
use crate::review;
use crate::scoring::{GoneAnswer, Impact, RatedKind, Rerated, impact};
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::{clean, clean_lines, count, guard, wrap};

/// One reading and what becomes of it.
struct Changed {
    row: ReadingRow,
    impact: Impact,
}

/// What becomes of all readings made with an edition.
#[derive(Default)]
struct Found {
    /// Readings with answers that were looked at.
    readings: usize,
    /// Readings that are ratings without answers: nothing to rate again.
    ratings_only: usize,
    /// Readings of a case type that the new edition does not know.
    no_case_type: usize,
    /// Readings that would rate differently.
    changed: Vec<Changed>,
    gone: BTreeMap<GoneAnswer, usize>,
    missing: BTreeMap<String, usize>,
}

/// Compares and prints; changes nothing.
pub fn run(old: &str, new: &str, global: &Global) -> Result<(), Failure> {
    let workspace = workspace::open(global)?;
    let store = |error: StoreError| workspace::failure(workspace.path(), &error);
    let stored = workspace.editions().map_err(store)?;
    let old = edition(&workspace, &stored, old, true)?;
    let new = edition(&workspace, &stored, new, false)?;
    let matching = Matching::new(&old, &new);
    let found = look(&workspace, &matching).map_err(store)?;
    if found.readings + found.ratings_only == 0 {
        note(&clean(&format!(
            "no review here was made with edition {} of {} ({})",
            old.edition(),
            old.id(),
            short(old.hash())
        )));
    }
    crate::cli::output::print(&match global.format.unwrap_or(Format::Text) {
        Format::Text => clean_lines(&text(&matching, &found)).into_owned(),
        Format::Csv => csv(&found),
        Format::Json => json(&matching, &found),
    })
}

fn look(workspace: &Workspace, matching: &Matching<'_>) -> Result<Found, StoreError> {
    let mut found = Found::default();
    for row in workspace.readings()? {
        if row.instrument != matching.old.hash() {
            continue;
        }
        if row.reviewer.is_empty() {
            found.ratings_only += 1;
            continue;
        }
        let reading = workspace.reading(row.reading)?;
        let Some(answers) = review::answers(matching.old, &reading) else { continue };
        found.readings += 1;
        let impact = impact(matching, &answers);
        found.no_case_type += usize::from(impact.no_case_type);
        for gone in &impact.gone {
            *found.gone.entry(gone.clone()).or_default() += 1;
        }
        for question in &impact.missing {
            *found.missing.entry(question.clone()).or_default() += 1;
        }
        if !impact.changed.is_empty() {
            found.changed.push(Changed { row, impact });
        }
    }
    Ok(found)
}

/// The edition a name means: the beginning of a stored edition's hash, an id, or a path. An id
/// means the stored edition for the old one, the shipped one for the new one.
fn edition(
    workspace: &Workspace,
    stored: &[(String, String)],
    name: &str,
    old: bool,
) -> Result<Arc<Instrument>, Failure> {
    let load = |hash: &str| {
        workspace.instrument(hash).map_err(|error| workspace::failure(workspace.path(), &error))
    };
    let hex = name.len() >= 4 && name.bytes().all(|b| b.is_ascii_hexdigit());
    let begins = |hash: &str| hex && hash.starts_with(&name.to_ascii_lowercase());
    let by_hash: Vec<&str> =
        stored.iter().map(|(hash, _)| hash.as_str()).filter(|hash| begins(hash)).collect();
    let by_id: Vec<&str> =
        stored.iter().filter(|(_, id)| id == name).map(|(hash, _)| hash.as_str()).collect();
    let shipped = shipped().iter().any(|one| one.id == name);
    let several = |hashes: &[&str]| {
        let hashes: Vec<String> = hashes.iter().map(|hash| short(hash)).collect();
        let text = format!(
            "error: {name} means several editions kept here\n  help: name one by its hash: {}",
            hashes.join(", ")
        );
        Failure::BadInput(clean_lines(&text).into_owned())
    };
    match (by_hash.as_slice(), by_id.as_slice()) {
        ([one], _) => load(one),
        ([_, _, ..], _) => Err(several(&by_hash)),
        ([], [one]) if old || !shipped => load(one),
        ([], [_, _, ..]) if old || !shipped => Err(several(&by_id)),
        _ => source::instrument(name),
    }
}

fn short(hash: &str) -> String {
    hash.get(..12).unwrap_or(hash).to_owned()
}

/// Kind, ids and ratings that a change has in common with others, in order.
type Move<'f> = (RatedKind, &'f str, &'f str, &'static str, &'static str);

/// How many readings make which move, in the order of the new edition.
fn moves<'f>(matching: &Matching<'_>, found: &'f Found) -> Vec<(Move<'f>, &'f Rerated, usize)> {
    let new = matching.new;
    let place = |id: &str| {
        let item = new.find_item(id).map(|at| usize::from(at.0));
        let outcome = || new.outcomes().iter().position(|outcome| outcome.id() == id);
        item.or_else(outcome).unwrap_or(usize::MAX)
    };
    let mut counted: BTreeMap<(RatedKind, usize, &str, &str), (Move<'f>, &'f Rerated, usize)> =
        BTreeMap::new();
    for one in found.changed.iter().flat_map(|changed| &changed.impact.changed) {
        let kind = if one.kind == RatedKind::Outcome { one.kind } else { RatedKind::Item };
        let key = (kind, place(&one.new.id), one.old.rating, one.new.rating);
        let made =
            (one.kind, one.old.id.as_str(), one.new.id.as_str(), one.old.rating, one.new.rating);
        counted.entry(key).or_insert((made, one, 0)).2 += 1;
    }
    counted.into_values().collect()
}

/// Items that only one of the editions rates.
fn only(matching: &Matching<'_>) -> (Vec<String>, Vec<String>) {
    let (old, new) = (matching.old, matching.new);
    let gone = old.item_positions().filter(|at| matching.item(*at).is_none());
    let added = new.item_positions().filter(|at| matching.old_item(*at).is_none());
    (
        gone.map(|at| old.item(at).id().to_owned()).collect(),
        added.map(|at| new.item(at).id().to_owned()).collect(),
    )
}

const SCREEN: usize = 80;

fn text(matching: &Matching<'_>, found: &Found) -> String {
    let name = |one: &Instrument| {
        format!("{}, edition {} ({})", one.id(), one.edition(), short(one.hash()))
    };
    let mut out = format!("from  {}\nto    {}\n\n", name(matching.old), name(matching.new));
    let reviews = |n: usize| count(n, "review", "reviews");
    out.push_str(&format!(
        "{} of {} would rate differently. Nothing is changed.\n",
        found.changed.len(),
        reviews(found.readings)
    ));
    let mut said = Vec::new();
    if found.ratings_only > 0 {
        said.push(format!(
            "{} came in as ratings without answers and can't be rated again",
            reviews(found.ratings_only)
        ));
    }
    if found.no_case_type > 0 {
        said.push(format!(
            "{} of a case type that the new edition does not know can't be rated",
            reviews(found.no_case_type)
        ));
    }
    let (gone, added) = only(matching);
    for (ids, words) in
        [(gone, "only the old edition rates"), (added, "only the new edition rates")]
    {
        if !ids.is_empty() {
            said.push(format!("{words} {}", ids.join(", ")));
        }
    }
    for (gone, times) in &found.gone {
        let what = match &gone.answer {
            Some(answer) => format!("{} no longer takes {answer}", gone.question),
            None => format!("{} is no longer asked", gone.question),
        };
        said.push(format!("{what}: answered in {}", reviews(*times)));
    }
    for (question, times) in &found.missing {
        said.push(format!("{question} is new or newly asked: no answer in {}", reviews(*times)));
    }
    for line in said {
        for (at, line) in wrap(&line, SCREEN - 4).iter().enumerate() {
            out.push_str(&format!("{}{line}\n", if at == 0 { "  " } else { "    " }));
        }
    }
    let moves = moves(matching, found);
    if !moves.is_empty() {
        out.push('\n');
    }
    for (_, one, times) in &moves {
        out.push_str(&format!(
            "{:>6}  {}: {} -> {}\n",
            times,
            named(one),
            one.old.title,
            one.new.title
        ));
    }
    for Changed { row, impact } in &found.changed {
        out.push_str(&format!(
            "\n{}  {} review by {}, {}\n",
            row.number,
            row.which.code(),
            row.reviewer,
            row.status.code()
        ));
        for one in &impact.changed {
            out.push_str(&format!("  {}: {} -> {}\n", named(one), one.old.title, one.new.title));
            for (lead, why) in [("was", &one.old.why), ("now", &one.new.why)] {
                for (at, line) in wrap(why, SCREEN - 10).iter().enumerate() {
                    let lead = if at == 0 { format!("    {lead}: ") } else { " ".repeat(9) };
                    out.push_str(&format!("{lead}{line}\n"));
                }
            }
        }
    }
    out
}

/// "Item 19 (was 14)".
fn named(one: &Rerated) -> String {
    let kind = match one.kind {
        RatedKind::Item => "Item",
        RatedKind::SubItem => "Sub-item",
        RatedKind::Outcome => "Outcome",
    };
    if one.old.id == one.new.id {
        format!("{kind} {}", one.new.id)
    } else {
        format!("{kind} {} (was {})", one.new.id, one.old.id)
    }
}

/// Columns of the CSV: a row per reading and item, sub-item or outcome that comes out
/// differently; `gone` and `missing` are questions of the whole reading, joined by `;`.
const COLUMNS: [&str; 13] = [
    "case",
    "reading",
    "reviewer",
    "status",
    "kind",
    "old_item",
    "item",
    "old_rating",
    "new_rating",
    "old_reason",
    "new_reason",
    "gone",
    "missing",
];

fn csv(found: &Found) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS).expect("memory can be written");
    for Changed { row, impact } in &found.changed {
        let gone: Vec<&str> = impact.gone.iter().map(|gone| gone.question.as_str()).collect();
        for one in &impact.changed {
            let cells: [&str; COLUMNS.len()] = [
                &row.number.to_string(),
                row.which.code(),
                &row.reviewer,
                row.status.code(),
                one.kind.code(),
                &one.old.id,
                &one.new.id,
                one.old.rating,
                one.new.rating,
                &one.old.reason,
                &one.new.reason,
                &gone.join(";"),
                &impact.missing.join(";"),
            ];
            out.write_record(cells.map(|cell| guard(cell).into_owned()))
                .expect("every row is as wide as the header");
        }
    }
    let bytes = out.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("CSV of texts is text")
}

#[derive(Serialize)]
struct JsonImpact<'f> {
    old: JsonName<'f>,
    new: JsonName<'f>,
    readings: usize,
    different: usize,
    ratings_only: usize,
    no_case_type: usize,
    only_old: Vec<String>,
    only_new: Vec<String>,
    counts: Vec<JsonMove<'f>>,
    gone: Vec<JsonGone<'f>>,
    missing: Vec<JsonMissing<'f>>,
    changes: Vec<JsonReading<'f>>,
}

#[derive(Serialize)]
struct JsonMove<'f> {
    kind: &'static str,
    old_item: &'f str,
    item: &'f str,
    old_rating: &'static str,
    new_rating: &'static str,
    readings: usize,
}

#[derive(Serialize)]
struct JsonGone<'f> {
    question: &'f str,
    answer: Option<&'f str>,
    readings: usize,
}

#[derive(Serialize)]
struct JsonMissing<'f> {
    question: &'f str,
    readings: usize,
}

#[derive(Serialize)]
struct JsonReading<'f> {
    case: String,
    reading: &'static str,
    reviewer: &'f str,
    status: &'static str,
    items: Vec<JsonRerated<'f>>,
    gone: Vec<&'f str>,
    missing: &'f [String],
}

#[derive(Serialize)]
struct JsonRerated<'f> {
    kind: &'static str,
    old_item: &'f str,
    item: &'f str,
    old_rating: &'static str,
    new_rating: &'static str,
    old_reason: &'f str,
    new_reason: &'f str,
    old_why: &'f str,
    new_why: &'f str,
}

fn json(matching: &Matching<'_>, found: &Found) -> String {
    let names = [EditionName::from(matching.old), EditionName::from(matching.new)];
    let (only_old, only_new) = only(matching);
    let data = JsonImpact {
        old: (&names[0]).into(),
        new: (&names[1]).into(),
        readings: found.readings,
        different: found.changed.len(),
        ratings_only: found.ratings_only,
        no_case_type: found.no_case_type,
        only_old,
        only_new,
        counts: moves(matching, found)
            .into_iter()
            .map(|((kind, old_item, item, old_rating, new_rating), _, readings)| JsonMove {
                kind: kind.code(),
                old_item,
                item,
                old_rating,
                new_rating,
                readings,
            })
            .collect(),
        gone: found
            .gone
            .iter()
            .map(|(gone, readings)| JsonGone {
                question: &gone.question,
                answer: gone.answer.as_deref(),
                readings: *readings,
            })
            .collect(),
        missing: found
            .missing
            .iter()
            .map(|(question, readings)| JsonMissing { question, readings: *readings })
            .collect(),
        changes: found.changed.iter().map(json_reading).collect(),
    };
    let text = serde_json::to_string_pretty(&data).expect("strings and lists are JSON");
    text + "\n"
}

fn json_reading(changed: &Changed) -> JsonReading<'_> {
    let Changed { row, impact } = changed;
    JsonReading {
        case: row.number.to_string(),
        reading: row.which.code(),
        reviewer: &row.reviewer,
        status: row.status.code(),
        items: impact
            .changed
            .iter()
            .map(|one| JsonRerated {
                kind: one.kind.code(),
                old_item: &one.old.id,
                item: &one.new.id,
                old_rating: one.old.rating,
                new_rating: one.new.rating,
                old_reason: &one.old.reason,
                new_reason: &one.new.reason,
                old_why: &one.old.why,
                new_why: &one.new.why,
            })
            .collect(),
        gone: impact.gone.iter().map(|gone| gone.question.as_str()).collect(),
        missing: &impact.missing,
    }
}
