//! Reports as aligned text for people.

use std::fmt::Write;

use super::{Column, ItemRow, ItemTable, OutcomeRow, OutcomeTable};
use crate::stats::{self, Interval, Level};
use crate::text::{clean, count, fit, fit_right, list_and, width};

/// With this many applicable reviews or fewer a single case moves the percentage by ten
/// points or more, and the row gets a caution sign.
pub const SMALL: u64 = 10;

/// Names of groups wider than this are cut.
const WIDEST_GROUP: usize = 40;

/// Titles as labels are cut so that a line fits this.
const SCREEN: usize = 80;

/// The report on items as aligned text.
pub fn items_text(table: &ItemTable) -> String {
    let heads = ["n", "Strength", "ANI", "NA", "Incompl."];
    let without = table.rows.iter().all(|row| row.incomplete == 0);
    let heads = &heads[..if without { 4 } else { 5 }];
    let lines = table.rows.iter().map(|row: &ItemRow| Line {
        head: format!("Item {}  {}", row.item, row.title),
        short: format!("{} {}", row.item, row.title),
        group: &row.group,
        counts: vec![row.applicable(), row.strength, row.ani, row.na, row.incomplete],
        x: row.strength,
        n: row.applicable(),
        interval: row.interval,
        note: None,
    });
    let page = Page {
        subject: "Items",
        columns: &table.columns,
        instruments: &table.instruments,
        readings: table.readings,
        heads,
        share: "Strength of n (Strength and ANI)",
        level: table.level,
    };
    page.render(&lines.collect::<Vec<_>>())
}

/// The report on outcomes as aligned text.
pub fn outcomes_text(table: &OutcomeTable) -> String {
    let heads = ["n", "Subst.", "Partly", "Not", "NA", "Incompl."];
    let without = table.rows.iter().all(|row| row.incomplete == 0);
    let heads = &heads[..if without { 5 } else { 6 }];
    let lines = table.rows.iter().map(|row: &OutcomeRow| Line {
        head: format!("Outcome {}  {}", row.outcome, row.title),
        short: row.outcome.clone(),
        group: &row.group,
        counts: vec![
            row.applicable(),
            row.substantially,
            row.partially,
            row.not_achieved,
            row.na,
            row.incomplete,
        ],
        x: row.substantially,
        n: row.applicable(),
        interval: row.interval,
        note: row.note(),
    });
    let page = Page {
        subject: "Outcomes",
        columns: &table.columns,
        instruments: &table.instruments,
        readings: table.readings,
        heads,
        share: "substantially achieved of n (substantially, partially or not)",
        level: table.level,
    };
    page.render(&lines.collect::<Vec<_>>())
}

struct Line<'a> {
    /// Headline of its block.
    head: String,
    /// Label where every line is a block of its own.
    short: String,
    group: &'a [Option<String>],
    counts: Vec<u64>,
    x: u64,
    n: u64,
    interval: Option<Interval>,
    note: Option<String>,
}

struct Page<'a> {
    subject: &'a str,
    columns: &'a [Column],
    instruments: &'a [String],
    readings: u64,
    heads: &'a [&'a str],
    share: &'a str,
    level: Level,
}

impl Page<'_> {
    fn render(&self, lines: &[Line<'_>]) -> String {
        let mut out = String::new();
        let by: Vec<&str> = self.columns.iter().map(|column| column.title()).collect();
        let grouped = !by.is_empty();
        let said = if grouped { format!(" by {}", list_and(&by)) } else { String::new() };
        let readings = count(self.readings as usize, "final review", "final reviews");
        let title = format!("{}{said}: {readings}, {}", self.subject, list_and(self.instruments));
        line(&mut out, &clean(&title));
        let heads = if grouped { by } else { vec![""] };
        let widths = self.widths(&heads, lines);
        let header = self.header(&heads, &widths);
        let mut block = None;
        for row in lines {
            if block.is_none() || (grouped && block != Some(&row.head)) {
                out.push('\n');
                if grouped {
                    line(&mut out, &clean(&row.head));
                }
                match &row.note {
                    Some(note) if grouped => line(&mut out, &format!("  {note}")),
                    _ => line(&mut out, &header),
                }
                block = Some(&row.head);
            }
            match &row.note {
                Some(_) if grouped => {}
                Some(note) => {
                    line(&mut out, &format!("{}  {note}", labelled(&row.labels(grouped), &widths)));
                }
                None => line(&mut out, &self.row(&row.labels(grouped), &widths, row)),
            }
        }
        self.legend(&mut out, lines);
        out
    }

    /// Widths of the label columns.
    fn widths(&self, heads: &[&str], lines: &[Line<'_>]) -> Vec<usize> {
        let grouped = !self.columns.is_empty();
        let counts: usize = self.heads.iter().map(|head| column(head)).sum();
        let used = 2 + counts + "  100.0   20.7 - 100.0  !".len();
        let limit = if grouped { WIDEST_GROUP } else { SCREEN.saturating_sub(used) };
        let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
        for row in lines {
            for (widest, label) in widths.iter_mut().zip(row.labels(grouped)) {
                *widest = (*widest).max(width(&label)).min(limit);
            }
        }
        widths
    }

    fn header(&self, heads: &[&str], widths: &[usize]) -> String {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let mut text = labelled(&heads, widths);
        for head in self.heads {
            text.push_str(&fit_right(head, column(head)));
        }
        let _ = write!(text, "{}   {} % interval", fit_right("%", 7), self.level.as_percent());
        text
    }

    fn row(&self, labels: &[String], widths: &[usize], row: &Line<'_>) -> String {
        let mut text = labelled(labels, widths);
        for (head, count) in self.heads.iter().zip(&row.counts) {
            text.push_str(&fit_right(&count.to_string(), column(head)));
        }
        text.push_str(&fit_right(&stats::percent_text(row.x, row.n), 7));
        if let Some(Interval { low, high }) = row.interval {
            let small = if row.n <= SMALL { "  !" } else { "" };
            let (low, high) = (stats::proportion_text(low), stats::proportion_text(high));
            let _ = write!(text, "   {low:>4} - {high:>5}{small}");
        }
        text
    }

    fn legend(&self, out: &mut String, lines: &[Line<'_>]) {
        out.push('\n');
        line(out, &format!("  %    {}; Wilson interval", self.share));
        if lines.iter().any(|line| line.n == 0 && line.note.is_none()) {
            line(out, "  n/a  no applicable review");
        }
        if lines.iter().any(|line| (1..=SMALL).contains(&line.n)) {
            line(out, &format!("  !    {SMALL} applicable reviews or fewer: read with care"));
        }
    }
}

/// Width of a count column: its head and a gap, six digits at least.
fn column(head: &str) -> usize {
    (width(head) + 2).max(6)
}

impl Line<'_> {
    /// What stands in the label columns: the group's values, or the line's own title.
    fn labels(&self, grouped: bool) -> Vec<String> {
        if !grouped {
            return vec![clean(&self.short).into_owned()];
        }
        let label = |(at, value): (usize, &Option<String>)| match value.as_deref() {
            None if at == 0 => "All".to_owned(),
            None => String::new(),
            Some("") => "(none)".to_owned(),
            Some(value) => clean(value).into_owned(),
        };
        self.group.iter().enumerate().map(label).collect()
    }
}

/// Labels in their columns, two spaces before each.
fn labelled(labels: &[String], widths: &[usize]) -> String {
    let fitted = labels.iter().zip(widths).map(|(label, width)| fit(label, *width));
    format!("  {}", fitted.collect::<Vec<_>>().join("  "))
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}
