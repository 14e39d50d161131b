//! `instrument diff`: what changed between two editions, as text and JSON.

use serde::Serialize;

use crate::cli::Format;
use crate::instrument::Difference;
use crate::instrument::diff::{Aspect, Change, EditionName, MatchedBy, TableChange, Thing};
use crate::text::{clean_lines, count, wrap};

/// The comparison in the format asked for; there is no CSV.
pub fn render(difference: &Difference, format: Format) -> String {
    match format {
        Format::Json => json(difference),
        Format::Text | Format::Csv => clean_lines(&text(difference)).into_owned(),
    }
}

const SCREEN: usize = 80;

fn text(difference: &Difference) -> String {
    let (old, new) = (&difference.old, &difference.new);
    let name = |one: &EditionName| {
        format!("{}, edition {} ({})", one.id, one.edition, one.hash.get(..12).unwrap_or_default())
    };
    let mut out = format!("from  {}\nto    {}\n", name(old), name(new));
    out.push_str(match difference.by {
        MatchedBy::Id => "",
        MatchedBy::Crosswalk => "Items are matched through the crosswalk.\n",
        MatchedBy::IdForWant => {
            "No crosswalk joins the two: items are matched by their numbers, which may mislead.\n"
        }
    });
    if difference.is_empty() {
        out.push_str(if old.hash == new.hash {
            "\nThey are the same, byte by byte.\n"
        } else {
            "\nNothing changed but the way the file is written.\n"
        });
        return out;
    }
    let mut heads: Vec<String> = Vec::new();
    let subjects = difference.changes.iter().map(|change| &change.about);
    for about in subjects.chain(difference.ratings.iter().map(|table| &table.about)) {
        let head = about.words();
        if !heads.contains(&head) {
            heads.push(head);
        }
    }
    for head in heads {
        out.push_str(&format!("\n{head}\n"));
        for change in difference.changes.iter().filter(|change| change.about.words() == head) {
            change_text(&mut out, change);
        }
        for table in difference.ratings.iter().filter(|table| table.about.words() == head) {
            table_text(&mut out, table);
        }
    }
    out
}

fn change_text(out: &mut String, change: &Change) {
    let what = change.aspect.words();
    let line = match change.thing {
        Thing::Whole => what.to_owned(),
        thing => format!("{} {} {what}", thing.word(), change.id),
    };
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    match (change.aspect, old, new) {
        // Its title stands above.
        (Aspect::Added | Aspect::Removed, ..) if change.thing == Thing::Whole => {
            paragraph(out, "  ", "    ", &line);
        }
        (Aspect::Added | Aspect::Removed, old, new) => {
            let said = old.or(new).map_or_else(String::new, |said| format!(": {said}"));
            paragraph(out, "  ", "    ", &format!("{line}{said}"));
        }
        (_, None, None) => paragraph(out, "  ", "    ", &line),
        (_, old, new) => {
            paragraph(out, "  ", "    ", &line);
            paragraph(out, "    was: ", "         ", old.unwrap_or("(nothing)"));
            paragraph(out, "    now: ", "         ", new.unwrap_or("(nothing)"));
        }
    }
}

fn table_text(out: &mut String, table: &TableChange) {
    let of = match table.sampled {
        None => format!("{} sets of answers", table.compared),
        Some(sampled) => format!(
            "{} sets of answers drawn by chance (there are up to {}, too many to go through)",
            table.compared, sampled.of
        ),
    };
    let verb = if table.different == 1 { "rates" } else { "rate" };
    let alike = "answers that nothing tells apart count once";
    let line = format!("{} of {of} {verb} differently ({alike})", table.different);
    paragraph(out, "  ", "    ", &line);
    for one in &table.transitions {
        let (old, new) = (one.old.title, one.new.title);
        paragraph(
            out,
            "    ",
            "      ",
            &format!("{old} -> {new}: {}", count(one.sets as usize, "set", "sets")),
        );
        paragraph(out, "      such as ", "        ", &one.example.words);
        let (was, is) = (&one.example.old_reason, &one.example.new_reason);
        paragraph(out, "      ", "        ", &format!("was decided by: {was}; now: {is}"));
    }
}

fn paragraph(out: &mut String, first: &str, then: &str, text: &str) {
    for (at, line) in wrap(text, SCREEN - first.len().max(then.len())).iter().enumerate() {
        let lead = if at == 0 { first } else { then };
        out.push_str(&format!("{lead}{line}\n"));
    }
}

#[derive(Serialize)]
struct JsonDifference<'d> {
    old: JsonName<'d>,
    new: JsonName<'d>,
    matched_by: &'static str,
    changes: Vec<JsonChange<'d>>,
    ratings: Vec<JsonTable<'d>>,
}

/// An edition by name, for JSON.
#[derive(Serialize)]
pub struct JsonName<'d> {
    id: &'d str,
    edition: &'d str,
    title: &'d str,
    hash: &'d str,
}

impl<'d> From<&'d EditionName> for JsonName<'d> {
    fn from(name: &'d EditionName) -> Self {
        Self { id: &name.id, edition: &name.edition, title: &name.title, hash: &name.hash }
    }
}

#[derive(Serialize)]
struct JsonChange<'d> {
    subject: &'static str,
    subject_id: &'d str,
    old_subject_id: Option<&'d str>,
    change: String,
    id: &'d str,
    old: Option<&'d str>,
    new: Option<&'d str>,
}

#[derive(Serialize)]
struct JsonTable<'d> {
    subject: &'static str,
    subject_id: &'d str,
    old_subject_id: Option<&'d str>,
    compared: u64,
    different: u64,
    sampled: bool,
    transitions: Vec<JsonTransition<'d>>,
}

#[derive(Serialize)]
struct JsonTransition<'d> {
    old: &'static str,
    new: &'static str,
    sets: u64,
    example: JsonExample<'d>,
}

#[derive(Serialize)]
struct JsonExample<'d> {
    case_type: &'d str,
    answers: serde_json::Map<String, serde_json::Value>,
    words: &'d str,
    old_reason: &'d str,
    new_reason: &'d str,
}

fn json(difference: &Difference) -> String {
    let data = JsonDifference {
        old: (&difference.old).into(),
        new: (&difference.new).into(),
        matched_by: match difference.by {
            MatchedBy::Id => "id",
            MatchedBy::Crosswalk => "crosswalk",
            MatchedBy::IdForWant => "id-without-crosswalk",
        },
        changes: difference.changes.iter().map(json_change).collect(),
        ratings: difference.ratings.iter().map(json_table).collect(),
    };
    let text = serde_json::to_string_pretty(&data).expect("strings and lists are JSON");
    text + "\n"
}

fn json_change(change: &Change) -> JsonChange<'_> {
    let what = change.aspect.code();
    JsonChange {
        subject: change.about.subject.code(),
        subject_id: &change.about.id,
        old_subject_id: change.about.old_id.as_deref(),
        change: match change.thing {
            Thing::Whole => what.to_owned(),
            thing => format!("{}-{what}", thing.code()),
        },
        id: &change.id,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
    }
}

fn json_table(table: &TableChange) -> JsonTable<'_> {
    JsonTable {
        subject: table.about.subject.code(),
        subject_id: &table.about.id,
        old_subject_id: table.about.old_id.as_deref(),
        compared: table.compared,
        different: table.different,
        sampled: table.sampled.is_some(),
        transitions: table
            .transitions
            .iter()
            .map(|one| JsonTransition {
                old: one.old.code,
                new: one.new.code,
                sets: one.sets,
                example: JsonExample {
                    case_type: &one.example.case_type,
                    answers: one
                        .example
                        .answers
                        .iter()
                        .map(|(id, answer)| (id.clone(), answer.clone().into()))
                        .collect(),
                    words: &one.example.words,
                    old_reason: &one.example.old_reason,
                    new_reason: &one.example.new_reason,
                },
            })
            .collect(),
    }
}
