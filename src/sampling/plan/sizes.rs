//! `[sizes]`: how many cases, given or by a preset.

use std::ops::Range;

use super::Sizes;
use crate::diagnostic::{Diagnostic, Table};
use crate::text::did_you_mean;

pub(super) fn sizes(file: &Table<'_>) -> Option<Sizes> {
    let Some(table) = file.table("sizes") else {
        if file.get("sizes").is_none() {
            file.problems.add(
                Diagnostic::error("missing-size", "the plan gives no sizes")
                    .help("give total under [sizes], or a size per case type or stratum"),
            );
        }
        return None;
    };
    let mut sizes = Sizes::default();
    let preset = preset(&table);
    let mut whole = true;
    for (key, _, value) in table.entries() {
        match key {
            "total" => sizes.total = table.as_count(key, value, 1),
            "preset" => {}
            "minimum" => sizes.minimum = table.as_count(key, value, 0).unwrap_or(0),
            _ => {
                let size = table.as_count(key, value, 0);
                whole &= size.is_some();
                sizes.each.push((key.to_owned(), size.unwrap_or(0)));
            }
        }
    }
    if let Some((ONSITE, span)) = &preset {
        return Some(onsite(&table, span));
    }
    if let Some((_, span)) = preset {
        state_led(&table, &mut sizes, &span);
        whole &= sizes.total.is_none_or(|total| total >= STATE_LED);
    }
    let total = table.get("total").is_some() || table.get("preset").is_some();
    if sizes.total.is_none() && sizes.each.is_empty() && !total {
        let value = file.get("sizes")?;
        file.problems.add(
            Diagnostic::error("missing-size", "sizes gives neither a total nor a part")
                .at(value.span())
                .help("give total, or a size per case type or stratum"),
        );
    }
    let sum: u64 = sizes.each.iter().map(|(_, size)| size).sum();
    if let (Some(total), false) = (sizes.total, sizes.each.is_empty())
        && whole
        && sum != total
        && let Some(value) = table.get("total")
    {
        let message = format!("sizes.total is {total}, but the parts add up to {sum}");
        file.problems.add(
            Diagnostic::error("unequal-sizes", message)
                .at(value.span())
                .help("mend one of them, or leave total out"),
        );
    }
    Some(sizes)
}

/// Cases of a state-led review of rounds 3 and 4, at least, by case type and together.
const STATE_LED_PARTS: [(&str, u64); 2] = [("foster-care", 40), ("in-home", 25)];
const STATE_LED: u64 = 65;
const PRESET: &str = "r3-r4-state";
/// An onsite review of round 2.
const ONSITE: &str = "r2-onsite";

/// Which preset the plan names, and where.
fn preset(table: &Table<'_>) -> Option<(&'static str, Range<usize>)> {
    let value = table.get("preset")?;
    let name = table.as_text("preset", value)?;
    let found = [PRESET, ONSITE].into_iter().find(|known| *known == name);
    if found.is_none() {
        table.problems.add(
            Diagnostic::error("unknown-preset", format!("sizes has no preset {name}"))
                .at(value.span())
                .did_you_mean(did_you_mean(name, [PRESET, ONSITE]))
                .help(format!("known: {PRESET}, {ONSITE}")),
        );
    }
    Some((found?, value.span()))
}

/// The sizes of an onsite review, which stand beside no others.
fn onsite(table: &Table<'_>, span: &Range<usize>) -> Sizes {
    if table.entries().any(|(key, ..)| key != "preset") {
        table.problems.add(
            Diagnostic::error("fixed-sizes", "r2-onsite gives all sizes itself")
                .at(span.clone())
                .help("take the other sizes out, or the preset"),
        );
    }
    let each = crate::sampling::onsite::SIZES.map(|(code, n)| (code.to_owned(), n)).to_vec();
    Sizes { each, onsite: true, ..Sizes::default() }
}

/// Fills in the sizes of a state-led review and refuses smaller ones.
fn state_led(table: &Table<'_>, sizes: &mut Sizes, span: &Range<usize>) {
    let small = |what: &str, least: u64, found: u64| {
        let message = format!("{PRESET} reads at least {least} {what}, not {found}");
        table.problems.add(
            Diagnostic::error("small-sample", message)
                .at(span.clone())
                .help("ask for more, or take the preset out"),
        );
    };
    let mut parts = STATE_LED_PARTS.map(|(_, least)| least);
    if let Some(total) = sizes.total {
        if total < STATE_LED {
            return small("cases", STATE_LED, total);
        }
        if sizes.each.is_empty() {
            // The larger remainder takes the case left over; they can't be equal.
            let share = |part: u64| (total * part / STATE_LED, total * part % STATE_LED);
            let [first, second] = parts.map(share);
            let over = total - first.0 - second.0;
            let up = u64::from(first.1 > second.1) * over;
            parts = [first.0 + up, second.0 + over - up];
        }
    }
    for ((case_type, least), part) in STATE_LED_PARTS.into_iter().zip(parts) {
        match sizes.each.iter().find(|(key, _)| key == case_type) {
            Some((_, found)) if *found < least => {
                small(&format!("{case_type} cases"), least, *found);
            }
            Some(_) => {}
            None => sizes.each.push((case_type.to_owned(), part)),
        }
    }
}
