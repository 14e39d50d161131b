//! The trend as aligned text.

use std::fmt::Write;

use super::text::SMALL;
use super::{ItemRow, TrendTable, counted};
use crate::stats::{Interval, percent_text, proportion_text};
use crate::text::{clean, fit, fit_right, list_and, width};

/// Columns of a screen, and of the longest bar on it.
const SCREEN: usize = 80;
const BAR: usize = 20;

/// The report as aligned text: percent, interval and a bar for each period.
pub fn trend_text(table: &TrendTable) -> String {
    let by: Vec<&str> = table.columns.iter().map(|column| column.title()).collect();
    let reviews = counted(table.readings, table.drafts);
    let instruments = list_and(&table.instruments);
    let title = format!("Trend by {}: {reviews}, {instruments}", list_and(&by));
    let mut out = clean(&title).into_owned() + "\n";
    let widest = table.rows.iter().map(|one| width(&label(&one.row))).max().unwrap_or(0).min(40);
    // The bar gives way to long names.
    let bar = SCREEN.saturating_sub(47 + widest).min(BAR);
    let level = table.level.as_percent();
    let mut line = None;
    for one in &table.rows {
        let row = &one.row;
        if line != Some((&row.item, &row.title)) {
            line = Some((&row.item, &row.title));
            let head = clean(&format!("Item {}  {}", row.item, row.title)).into_owned();
            let _ = writeln!(
                out,
                "\n{head}\n  {}{}{}   {}  {}   change",
                fit("", widest),
                fit_right("n", 6),
                fit_right("%", 7),
                fit(&format!("{level} % interval"), 15),
                fit("", bar),
            );
        }
        let n = row.applicable();
        let filled = (row.strength * bar as u64 + n / 2).checked_div(n).unwrap_or(0);
        let _ = write!(
            out,
            "  {}{}{}   {}  {} ",
            fit(&label(row), widest),
            fit_right(&n.to_string(), 6),
            fit_right(&percent_text(row.strength, n), 7),
            fit(&interval(row), 15),
            fit(&"#".repeat(filled as usize), bar),
        );
        if let Some(change) = one.change {
            let sign = if change.difference > 0.0 { "+" } else { "" };
            let points = format!("{sign}{}", proportion_text(change.difference));
            let sure = if one.is_sure() { "  *" } else { "" };
            let _ = write!(out, "{}{sure}", fit_right(&points, 8));
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    legend(&mut out, table);
    out
}

fn label(row: &ItemRow) -> String {
    let values = row.group.iter().map(|value| match value.as_deref() {
        None => "All",
        Some("") => "(none)",
        Some(value) => value,
    });
    clean(&values.collect::<Vec<_>>().join("  ")).into_owned()
}

/// The interval, with a caution where few reviews are behind it.
fn interval(row: &ItemRow) -> String {
    let Some(Interval { low, high }) = row.interval else { return String::new() };
    let (low, high) = (proportion_text(low), proportion_text(high));
    let small = if row.applicable() <= SMALL { "  !" } else { "" };
    format!("{low:>4} - {high:>5}{small}")
}

fn legend(out: &mut String, table: &TrendTable) {
    let level = table.level.as_percent();
    out.push_str("\n  %       Strength of n (Strength and ANI); Wilson interval\n");
    let small = |n: u64| n > 0 && n <= SMALL;
    if table.rows.iter().any(|one| small(one.row.applicable())) {
        let _ = writeln!(out, "  !       {SMALL} applicable reviews or fewer: read with care");
    }
    let _ = write!(
        out,
        "  change  points since the period before\n  \
         *       more than chance explains: the {level} % interval of the change (Newcombe)\n          \
         leaves out 0, and so does Fisher's exact test\n",
    );
}
