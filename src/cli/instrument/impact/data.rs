//! The impact as CSV and JSON.

use serde::Serialize;

use super::super::diff::JsonName;
use super::{Changed, Found, Move, moves, only};
use crate::instrument::diff::{EditionName, Matching};
use crate::text::guard;

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

pub(super) fn csv(found: &Found) -> String {
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

pub(super) fn json(matching: &Matching<'_>, found: &Found) -> String {
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
            .map(|Move { one, readings }| JsonMove {
                kind: one.kind.code(),
                old_item: &one.old.id,
                item: &one.new.id,
                old_rating: one.old.rating,
                new_rating: one.new.rating,
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
