//! The impact as text for people: counts first, then the readings.

use super::{Changed, Found, Move, moves, only, short};
use crate::instrument::Instrument;
use crate::instrument::diff::Matching;
use crate::scoring::{RatedKind, Rerated};
use crate::text::{count, wrap};

const SCREEN: usize = 80;

pub(super) fn text(matching: &Matching<'_>, found: &Found) -> String {
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
    for Move { one, readings } in &moves {
        out.push_str(&format!(
            "{:>6}  {}: {} -> {}\n",
            readings,
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
