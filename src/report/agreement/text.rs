//! Agreement as aligned text.

use std::fmt::Write;

use super::{AgreementRow, AgreementTable, Figures, Measured, PairColumn, mode_title};
use crate::report::SMALL;
use crate::stats::{Coefficient, percent_text, proportion_text};
use crate::text::{clean, count, fit, fit_right, list_and, width, wrap};

/// Lines fit this.
const SCREEN: usize = 80;
/// Labels are at least and at most so wide.
const LABEL: (usize, usize) = (15, 36);

/// The report as text.
pub fn agreement_text(table: &AgreementTable) -> String {
    let mut out = String::new();
    let groups: Vec<&str> = table.columns.iter().skip(1).map(|column| column.title()).collect();
    let lines = match table.measured {
        Measured::Items => "item",
        Measured::Questions => "question",
        Measured::Applicability => "item, on applicability alone",
        Measured::Pooled => "",
    };
    let by: Vec<&str> =
        groups.iter().copied().chain((!lines.is_empty()).then_some(lines)).collect();
    let by = if by.is_empty() {
        "all items together".to_owned()
    } else {
        format!("by {}", list_and(&by))
    };
    let cases = count(table.cases as usize, "case read twice", "cases read twice");
    let of = list_and(&table.instruments);
    put(&mut out, &clean(&format!("Agreement {by}: {cases}, {of}")));
    put(&mut out, "Measured on reviews as first handed in, before QA and settling.");
    let label = table.rows.iter().map(|row| width(&label(row))).max().unwrap_or(0);
    let label = label.clamp(LABEL.0, LABEL.1);
    let mut block = None;
    for row in &table.rows {
        let head = head(table, row);
        if block.as_ref() != Some(&head) {
            if block.is_none() || !head.is_empty() {
                out.push('\n');
            }
            for (at, part) in wrap(&clean(&head), SCREEN - 4).iter().enumerate() {
                put(&mut out, &format!("{}{part}", if at == 0 { "" } else { "    " }));
            }
            if block.is_none() {
                put(&mut out, &header(label));
            }
            block = Some(head);
        }
        put(&mut out, &format!("  {}{}", fit(&self::label(row), label), numbers(&row.figures)));
        for note in &row.figures.notes {
            if !note.starts_with(&SMALL.to_string()) {
                for part in wrap(&clean(note), SCREEN - 6) {
                    put(&mut out, &format!("      {part}"));
                }
            }
        }
    }
    legend(&mut out, table);
    out
}

/// The headline of a row's block: its line, and its mode where that is not its label.
fn head(table: &AgreementTable, row: &AgreementRow) -> String {
    let mode = row.group.first().cloned().flatten().unwrap_or_default();
    let mode = mode_title(&mode).to_owned();
    let line = match table.measured {
        Measured::Items | Measured::Applicability => format!("Item {}  {}", row.id, row.title),
        Measured::Questions => format!("{}  {}", row.id, row.title),
        Measured::Pooled => String::new(),
    };
    match (line.is_empty(), row.group.len() > 1) {
        (true, true) => capital(&mode),
        (true, false) => String::new(),
        (false, true) => format!("{line}: {mode}"),
        (false, false) => line,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The groups of a row, or its mode where it has none.
fn label(row: &AgreementRow) -> String {
    let (mode, groups) = match row.group.as_slice() {
        [mode, groups @ ..] => (mode.as_deref().unwrap_or_default(), groups),
        [] => ("", &[][..]),
    };
    if groups.is_empty() {
        // There is little room before the figures.
        return if mode == "joint" { mode } else { mode_title(mode) }.to_owned();
    }
    if groups.iter().all(Option::is_none) {
        return "All".to_owned();
    }
    let words = groups.iter().map(|value| match value.as_deref() {
        None => String::new(),
        Some("") => "(none)".to_owned(),
        Some(value) => clean(value).into_owned(),
    });
    words.collect::<Vec<_>>().join("  ")
}

fn header(label: usize) -> String {
    format!(
        "  {}{}{}{}{}{}",
        fit("", label),
        fit_right("n", 4),
        fit_right("%", 6),
        fit_right("interval", 13),
        fit_right("kappa (interval)", 19),
        fit_right("AC1 (interval)", 19),
    )
}

fn numbers(figures: &Figures) -> String {
    let found = &figures.agreement;
    let mut text = format!(" {:>3}", found.n);
    text += &fit_right(&percent_text(found.same, found.n), 6);
    match found.share {
        Some((_, ends)) => {
            let (low, high) = (proportion_text(ends.low), proportion_text(ends.high));
            let _ = write!(text, "{low:>5} - {high:>5}");
        }
        None => text += &fit("", 13),
    }
    let small = figures.notes.iter().any(|note| note.starts_with(&SMALL.to_string()));
    text += &coefficient(found.kappa);
    text += &coefficient(found.ac1);
    text + if small { " !" } else { "" }
}

fn coefficient(figure: Option<Coefficient>) -> String {
    let Some(Coefficient { value, interval, .. }) = figure else {
        return fit_right("undefined", 19);
    };
    let text = format!("{} ({} {})", two(value), two(interval.low), two(interval.high));
    // Three negative numbers would stand against the column before them.
    let text = if text.len() > 18 { text.replace("0.", ".").replace("-1.00", "-1") } else { text };
    fit_right(&text, 19)
}

/// Two decimals, and no sign before nothing.
pub(super) fn two(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

fn legend(out: &mut String, table: &AgreementTable) {
    let mut said = |lead: &str, text: &str| {
        for (at, part) in wrap(&clean(text), SCREEN - 9).iter().enumerate() {
            put(out, &format!("  {}{part}", fit(if at == 0 { lead } else { "" }, 7)));
        }
    };
    said("", "");
    let of = match table.measured {
        Measured::Questions => "both were asked and answered it the same; Wilson interval",
        Measured::Applicability => "both say applicable, or both say not; Wilson interval",
        Measured::Items | Measured::Pooled => "both gave the same rating; Wilson interval",
    };
    let level = table.level.as_percent();
    said("%", &format!("of n pairs, {of}; intervals of {level} %"));
    said("kappa", "Cohen's: agreement beyond chance by each reader's own habits");
    said("AC1", "Gwet's: agreement beyond chance, steady where nearly all ratings are the same");
    if matches!(table.measured, Measured::Items | Measured::Pooled) {
        said("", "NA counts as a rating of its own for items that may be NA");
    }
    if table.measured == Measured::Pooled {
        said("", "n counts items; those of one case are alike, so the intervals are too narrow");
    }
    let is_small = |row: &AgreementRow| row.figures.notes.iter().any(|n| n.contains("or fewer"));
    if table.rows.iter().any(is_small) {
        let of = if table.measured == Measured::Pooled { "cases" } else { "pairs" };
        said("!", &format!("{SMALL} {of} or fewer: read with care"));
    }
}

fn put(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

impl PairColumn {
    /// Words on screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Pair => "pair of reviewers",
            Self::CaseType => "case type",
            Self::ReviewKind => "kind of review",
            other => other.name(),
        }
    }
}
