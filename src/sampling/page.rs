//! A draw on one page of text, to be read out, signed and filed.

use std::fmt::Write as _;

use super::{Hash, Receipt};
use crate::text::{fit, fit_right};

/// The page: what was drawn from what, and how to do it again by hand. It names no case, so
/// it may be shown to anyone.
pub fn page(receipt: &Receipt) -> String {
    let mut out = String::from("RECEIPT OF A SAMPLE\n\n");
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{}  {value}", fit(name, 16));
    };
    line("Drawn by", &receipt.program);
    if let Some(round) = &receipt.origin.round {
        line("Round", round);
    }
    if let Some(instrument) = &receipt.origin.instrument {
        line("Instrument", instrument);
    }
    line("Seed", &receipt.seed);
    line("Seed given by", receipt.origin.seed_source.as_deref().unwrap_or("not recorded"));
    for (nth, witness) in receipt.origin.witnesses.iter().enumerate() {
        line(if nth == 0 { "Watched by" } else { "" }, witness);
    }
    if let Some(reason) = &receipt.origin.reason {
        line("Drawn again", reason);
    }
    line("Cases in frame", &receipt.frame.cases.to_string());
    line("Frame, file", &receipt.frame.file_sha256);
    line("Frame, sorted", &receipt.frame.canonical_sha256);
    line("Plan", &receipt.plan.sha256);
    let full = match &receipt.full_sha256 {
        Some(hash) => hash.clone(),
        None => Hash::of(receipt.to_json().as_bytes()).to_string(),
    };
    line("Full receipt", &full);
    out.push_str("(the long numbers are SHA-256)\n\n");
    out.push_str(&counts(receipt));
    for more in &receipt.supplements {
        let _ = writeln!(
            out,
            "\nsupplement: {} further spares for {}, approved by {}: {}",
            more.cases, more.stratum, more.approved_by, more.reason
        );
    }
    out.push_str(
        "\nThe plan's text stands in the JSON receipts. To do the draw again: read the frame,\n\
         leave out what the plan's filters leave out,\n\
         put SHA-256 of SEED,CASE beside every case, sort by it, and take cases from the\n\
         top while their stratum has room",
    );
    out.push_str(if receipt.plan.text.contains("[limits]") {
        " and the plan's limits on workers and families allow;\nthen the same once more for the spares.\n"
    } else {
        "; the next ones are the spares.\n"
    });
    out
}

/// What the filters took out, and the strata with their counts.
pub fn counts(receipt: &Receipt) -> String {
    let mut out = String::new();
    for removed in &receipt.removed {
        let _ = writeln!(out, "{}  {}", fit_right(&removed.cases.to_string(), 9), removed.filter);
    }
    let _ = writeln!(out, "{}  eligible\n", fit_right(&receipt.eligible.to_string(), 9));
    let names = receipt.strata.iter().map(|stratum| crate::text::width(&stratum.stratum));
    let width = names.max().unwrap_or(0).clamp(7, 40);
    let mut row = |name: &str, cells: [String; 4]| {
        let _ = write!(out, "{}", fit(name, width));
        for cell in cells {
            let _ = write!(out, "{}", fit_right(&cell, 10));
        }
        out.push('\n');
    };
    row("stratum", ["eligible", "asked", "sample", "spares"].map(str::to_owned));
    let mut sums = [0_u64; 4];
    for stratum in &receipt.strata {
        let counts = [stratum.frame, stratum.size, stratum.sample, stratum.spares];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        row(&stratum.stratum, counts.map(|count| count.to_string()));
    }
    row("total", sums.map(|sum| sum.to_string()));
    out
}
