//! A slip in a shipped file does not go unnoticed: single edits of its rating tables, gates
//! and rules are caught by the check or by a worked example of the file, or rate the same on
//! every reachable set of answers.
//!
//! By itself ten edits a file are tried, drawn from a fixed seed; `CASEREVIEW_MUTATIONS=200`
//! tries so many of each file, `all` every edit there is.

// The figures are printed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod classes;
mod conditions;
mod edits;
mod same;
mod vectors;

use casereview::instrument::{check, shipped};

use edits::{Edit, edits};

/// SplitMix64, so that every run draws the same edits.
fn shuffle(edits: &mut [Edit]) {
    let mut state = 11_u64;
    for left in (1..edits.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        edits.swap(left, ((mixed ^ (mixed >> 31)) % (left as u64 + 1)) as usize);
    }
}

/// How many edits of each file are tried.
fn wanted() -> usize {
    match std::env::var("CASEREVIEW_MUTATIONS").as_deref() {
        Ok("all") => usize::MAX,
        Ok(number) => number.parse().unwrap(),
        Err(_) => 10,
    }
}

#[derive(Default)]
struct Figures {
    possible: usize,
    tried: usize,
    by_check: usize,
    by_example: usize,
    equivalent: usize,
    unnoticed: Vec<String>,
}

fn try_edits(text: &str) -> Figures {
    let checked = check("as shipped", text);
    assert_eq!(checked.diagnostics, []);
    let instrument = checked.instrument.unwrap();
    let mut edits = edits(&instrument, text);
    let mut figures = Figures { possible: edits.len(), ..Figures::default() };
    shuffle(&mut edits);
    edits.truncate(wanted());
    for edit in edits {
        let mut slipped = text.to_owned();
        slipped.replace_range(edit.span.clone(), &edit.new);
        figures.tried += 1;
        let checked = check("slip", &slipped);
        if checked.diagnostics.iter().any(|one| !one.code.starts_with("example")) {
            figures.by_check += 1;
            continue;
        }
        if !checked.diagnostics.is_empty() {
            figures.by_example += 1;
            continue;
        }
        let changed = checked.instrument.unwrap();
        match same::ratings(&instrument, &changed, &edit.home) {
            Ok(_) => figures.equivalent += 1,
            Err(why) => {
                let line = text[..edit.span.start].lines().count();
                let was = &text[edit.span.clone()];
                let at = format!("line {line}, {:?}: {was} -> {}", edit.home, edit.new);
                figures.unnoticed.push(format!("{at}\n    {why}"));
            }
        }
    }
    figures
}

#[test]
fn single_edits_are_caught_or_rate_the_same() {
    let only = std::env::var("CASEREVIEW_INSTRUMENT").ok();
    let mut unnoticed = Vec::new();
    for shipped in shipped() {
        if only.as_ref().is_some_and(|only| only != shipped.id) {
            continue;
        }
        let figures = try_edits(shipped.text);
        println!(
            "{}: {} of {} edits tried; {} caught by the check, {} by an example, {} equivalent, \
             {} unnoticed",
            shipped.id,
            figures.tried,
            figures.possible,
            figures.by_check,
            figures.by_example,
            figures.equivalent,
            figures.unnoticed.len()
        );
        let named = |one: String| format!("{} {one}", shipped.id);
        unnoticed.extend(figures.unnoticed.into_iter().map(named));
    }
    assert!(unnoticed.is_empty(), "{} unnoticed:\n{}", unnoticed.len(), unnoticed.join("\n"));
}
