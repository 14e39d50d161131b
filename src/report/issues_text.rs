//! Issues cited as aligned text: one month beside the year to date.

use super::{Cited, IssueRow, IssueTable, counted};
use crate::stats::percent_text;
use crate::text::{clean, count, fit, fit_right, list_and};

/// Width of what an issue is called, so that a line fits a screen of 80 columns.
const LABEL: usize = 36;

/// The report on issues; of each group the latest month, unless months were chosen.
pub fn issues_text(table: &IssueTable, all_months: bool) -> String {
    let by: Vec<&str> = table.columns.iter().map(|column| column.title()).collect();
    let by = if by.is_empty() { String::new() } else { format!(" by {}", list_and(&by)) };
    let reviews = counted(table.readings, table.drafts);
    let mut out = clean(&format!("Issues cited{by}: {reviews}, {}", list_and(&table.instruments)))
        .into_owned();
    out.push('\n');
    // Lines come issue by issue; a page is one month of one group.
    let mut pages: Vec<(&[Option<String>], &str)> = Vec::new();
    for row in &table.rows {
        if !pages.contains(&(&row.group, &row.month)) {
            pages.push((&row.group, &row.month));
        }
    }
    pages.sort();
    if !all_months {
        let latest = |at: usize| pages.get(at + 1).is_none_or(|next| next.0 != pages[at].0);
        pages = (0..pages.len()).filter(|at| latest(*at)).map(|at| pages[at]).collect();
    }
    for (group, month) in pages {
        page(&mut out, table, group, month);
    }
    out.push_str("\n  %         of all cases reviewed\n  of cited  percent of the cases in which any issue is cited\n");
    out
}

fn page(out: &mut String, table: &IssueTable, group: &[Option<String>], month: &str) {
    let rows: Vec<&IssueRow> =
        table.rows.iter().filter(|row| row.group == group && row.month == month).collect();
    let Some(first) = rows.first() else { return };
    let values = group.iter().zip(&table.columns).map(|(value, column)| match value.as_deref() {
        None => format!("all {}s", column.title()),
        Some("") => format!("no {}", column.title()),
        Some(value) => value.to_owned(),
    });
    let values: Vec<String> = values.collect();
    let place = if values.is_empty() { String::new() } else { format!("{}  ", values.join(", ")) };
    let when = if month.is_empty() { "no month" } else { month };
    let whole = |cited: Cited| {
        let reviewed = count(cited.reviewed as usize, "case", "cases");
        format!("{reviewed}, {} cited", cited.cases_cited)
    };
    out.push('\n');
    for line in [
        format!("{place}{when}: {}", whole(first.in_month)),
        format!("{}: {}", since(&first.year_from), whole(first.year_to_date)),
    ] {
        out.push_str(clean(&line).trim_end());
        out.push('\n');
    }
    out.push_str(&format!(
        "  {}{}{}{}{}{}{}\n",
        fit("", LABEL),
        fit_right("month", 6),
        fit_right("%", 7),
        fit_right("of cited", 9),
        fit_right("year", 7),
        fit_right("%", 7),
        fit_right("of cited", 9),
    ));
    for row in rows {
        let mut line = format!("  {}", fit(&clean(&row.label), LABEL));
        for (cited, width) in [(row.in_month, 6), (row.year_to_date, 7)] {
            line.push_str(&fit_right(&cited.cited.to_string(), width));
            line.push_str(&fit_right(&percent_text(cited.cited, cited.reviewed), 7));
            line.push_str(&fit_right(&percent_text(cited.cited, cited.cases_cited), 9));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn since(year_from: &str) -> String {
    if year_from.is_empty() { "all together".to_owned() } else { format!("since {year_from}") }
}
