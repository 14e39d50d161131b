//! `instrument impact`: which stored readings would rate differently under another edition.

mod data;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cli::output::note;
use crate::cli::{Failure, Format, Global, source, workspace};
use crate::instrument::diff::Matching;
use crate::instrument::{Instrument, shipped};
use crate::review;
use crate::scoring::{GoneAnswer, Impact, RatedKind, Rerated, impact};
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::{clean, clean_lines};

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
        Format::Text => clean_lines(&text::text(&matching, &found)).into_owned(),
        Format::Csv => data::csv(&found),
        Format::Json => data::json(&matching, &found),
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

/// A change that readings have in common: the first of them, and how many there are.
struct Move<'f> {
    one: &'f Rerated,
    readings: usize,
}

/// The changes that readings have in common, items in the order of the new edition, then
/// outcomes.
fn moves<'f>(matching: &Matching<'_>, found: &'f Found) -> Vec<Move<'f>> {
    let new = matching.new;
    let place = |id: &str| {
        let item = new.find_item(id).map(|at| usize::from(at.0));
        let outcome = || new.outcomes().iter().position(|outcome| outcome.id() == id);
        item.or_else(outcome).unwrap_or(usize::MAX)
    };
    let mut counted = BTreeMap::new();
    for one in found.changed.iter().flat_map(|changed| &changed.impact.changed) {
        let outcome = one.kind == RatedKind::Outcome;
        let key = (outcome, place(&one.new.id), one.old.rating, one.new.rating);
        counted.entry(key).or_insert(Move { one, readings: 0 }).readings += 1;
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
