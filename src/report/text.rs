//! Reports as aligned text for people.

use std::fmt::Write;

use super::bars::{Bars, percents};
use super::{Column, ItemRow, ItemTable, OutcomeRow, OutcomeTable, ShareRow, ShareTable, counted};
use crate::stats::{self, Interval, Level};
use crate::text::{clean, fit, fit_right, list_and, width, wrap};

/// With this many applicable reviews or fewer a single case moves the percentage by ten
/// points or more, and the row gets a caution sign.
pub const SMALL: u64 = 10;

/// How the interval is made, in reports that don't say otherwise.
const WILSON: &str = "Wilson interval";

/// What a row is held against, where no filter leaves a part of the state out.
const ALL_GROUPS: &str = "all groups together";

/// Names of groups wider than this are cut.
const WIDEST_GROUP: usize = 40;

/// Width of the empty label under a long text.
const LONG_LABEL: usize = 24;

/// Titles as labels are cut so that a line fits this.
const SCREEN: usize = 80;

/// The report on items as aligned text.
pub fn items_text(table: &ItemTable) -> String {
    let heads = ["n", "Strength", "ANI", "NA", "Incompl."];
    let without = table.rows.iter().all(|row| row.incomplete == 0);
    let heads = &heads[..if without { 4 } else { 5 }];
    let bars = Bars::of(&table.columns, table.part, table.rows.iter().map(|row| row.bar));
    let lines = table.rows.iter().map(|row: &ItemRow| Line {
        head: format!("Item {}  {}", row.item, row.title),
        short: format!("{} {}", row.item, row.title),
        group: &row.group,
        counts: vec![row.applicable(), row.strength, row.ani, row.na, row.incomplete],
        x: row.strength,
        n: row.applicable(),
        interval: row.interval,
        note: None,
        aside: None,
        meets: bars.meets(row.bar, row.strength, row.applicable()),
        mark: match row.against_state() {
            Some("below") => "  -",
            Some(_) => "  +",
            None => "",
        },
    });
    let page = Page {
        subject: "Items",
        columns: &table.columns,
        instruments: &table.instruments,
        readings: counted(table.readings, table.drafts),
        heads,
        share: "Strength of n (Strength and ANI)",
        level: table.level,
        legend: &bars.legend,
        small: "applicable reviews or fewer",
        against: if table.part { "the state" } else { ALL_GROUPS },
        method: WILSON,
        long: false,
    };
    page.render(&lines.collect::<Vec<_>>())
}

/// The report on outcomes as aligned text.
pub fn outcomes_text(table: &OutcomeTable) -> String {
    let heads = ["n", "Subst.", "Partly", "Not", "NA", "Incompl."];
    let without = table.rows.iter().all(|row| row.incomplete == 0);
    let heads = &heads[..if without { 5 } else { 6 }];
    let bars = Bars::of(&table.columns, table.part, table.rows.iter().map(|row| row.bar));
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
        aside: None,
        meets: bars.meets(row.bar, row.substantially, row.applicable()),
        mark: "",
    });
    let page = Page {
        subject: "Outcomes",
        columns: &table.columns,
        instruments: &table.instruments,
        readings: counted(table.readings, table.drafts),
        heads,
        share: "substantially achieved of n (substantially, partially or not)",
        level: table.level,
        legend: &bars.legend,
        small: "applicable reviews or fewer",
        against: ALL_GROUPS,
        method: WILSON,
        long: false,
    };
    page.render(&lines.collect::<Vec<_>>())
}

/// Counts that are left out on screen where they are nothing everywhere.
const RARE: [&str; 2] = ["good_faith", "incomplete"];

/// A report of shares as aligned text.
pub fn shares_text(table: &ShareTable) -> String {
    let shape = table.shape;
    let shown: Vec<usize> = (0..shape.counts.len())
        .filter(|at| {
            let rare = RARE.contains(&shape.counts[*at].0);
            !rare || table.rows.iter().any(|row| row.counts[*at] > 0)
        })
        .collect();
    let heads: Vec<&str> = shown.iter().map(|at| shape.counts[*at].1).collect();
    let lines = table.rows.iter().map(|row: &ShareRow| Line {
        head: (shape.label)(&row.keys),
        short: (shape.label)(&row.keys),
        group: &row.group,
        counts: shown.iter().map(|at| row.counts[*at]).collect(),
        x: row.x,
        n: row.n,
        interval: row.interval,
        note: None,
        aside: row.note.clone(),
        meets: row.meets(),
        mark: "",
    });
    let targets = percents(table.rows.iter().map(|row| row.target));
    let mut legend: Vec<(&str, String)> =
        shape.legend.iter().map(|line| ("", (*line).to_owned())).collect();
    if !targets.is_empty() {
        legend.insert(0, ("<", format!("below the target of {} %", targets)));
    }
    let page = Page {
        subject: shape.title,
        columns: &table.columns,
        instruments: &table.instruments,
        readings: table.counted.clone(),
        heads: &heads,
        share: shape.share,
        level: table.level,
        legend: &legend,
        small: "in n or fewer",
        against: ALL_GROUPS,
        method: shape.interval,
        long: shape.long,
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
    /// Said beside the numbers.
    aside: Option<String>,
    /// Whether it reaches its target.
    meets: Option<bool>,
    /// How it stands to all groups together.
    mark: &'static str,
}

struct Page<'a> {
    subject: &'a str,
    columns: &'a [Column],
    instruments: &'a [String],
    readings: String,
    heads: &'a [&'a str],
    share: &'a str,
    level: Level,
    legend: &'a [(&'static str, String)],
    /// What few there are of where a row gets its caution.
    small: &'a str,
    /// What the marks hold a row against.
    against: &'a str,
    /// How the interval is made.
    method: &'a str,
    /// Lines have long texts: where each is a block of its own they stand above the numbers.
    long: bool,
}

impl Page<'_> {
    fn render(&self, lines: &[Line<'_>]) -> String {
        let mut out = String::new();
        let by: Vec<&str> = self.columns.iter().map(|column| column.title()).collect();
        let grouped = !by.is_empty();
        let said = if grouped { format!(" by {}", list_and(&by)) } else { String::new() };
        let of = list_and(self.instruments);
        let of = if of.is_empty() { of } else { format!(", {of}") };
        let title = format!("{}{said}: {}{of}", self.subject, self.readings);
        line(&mut out, &clean(&title));
        let heads = if grouped { by } else { vec![""] };
        let widths = self.widths(&heads, lines);
        let header = self.header(&heads, &widths);
        let mut block = None;
        for row in lines {
            if block.is_none() || (grouped && block != Some(&row.head)) {
                out.push('\n');
                if grouped {
                    wrapped(&mut out, &row.head, 0);
                }
                if let (Some(aside), true) = (&row.aside, grouped) {
                    line(&mut out, &clean(&format!("  ({aside})")));
                }
                match &row.note {
                    Some(note) if grouped => line(&mut out, &format!("  {note}")),
                    _ => line(&mut out, &header),
                }
                block = Some(&row.head);
            }
            if self.long && !grouped {
                wrapped(&mut out, &row.short, 2);
                line(&mut out, &self.row(&[String::new()], &widths, row));
                continue;
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
        let marks = if lines.iter().any(|line| line.meets == Some(false)) { 3 } else { 0 };
        let used = 2 + counts + "  100.0   20.7 - 100.0  !".len() + marks;
        if self.long && !grouped {
            return vec![LONG_LABEL];
        }
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
        text.push_str(&fit_right("%", 7));
        if !self.method.is_empty() {
            let _ = write!(text, "   {} % interval", self.level.as_percent());
        }
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
        if row.meets == Some(false) {
            text.push_str("  <");
        }
        text.push_str(row.mark);
        text
    }

    fn legend(&self, out: &mut String, lines: &[Line<'_>]) {
        out.push('\n');
        let mut said = |lead: &str, text: &str| {
            for (at, part) in wrap(&clean(text), SCREEN - 8).iter().enumerate() {
                let lead = if at == 0 { lead } else { "" };
                line(out, &format!("  {}{part}", fit(lead, 5)));
            }
        };
        let method = if self.method.is_empty() { "" } else { "; " };
        said("%", &format!("{}{method}{}", self.share, self.method));
        if lines.iter().any(|line| line.n == 0 && line.note.is_none()) {
            said("n/a", "no applicable review");
        }
        if lines.iter().any(|line| line.interval.is_some() && line.n <= SMALL) {
            said("!", &format!("{SMALL} {}: read with care", self.small));
        }
        if lines.iter().any(|line| !line.mark.is_empty()) {
            let against = self.against;
            said("- +", &format!("below or above {against} by more than chance explains (95 %)"));
        }
        for (lead, text) in self.legend {
            said(lead, text);
        }
        if self.columns.is_empty() {
            for row in lines {
                if let Some(aside) = &row.aside {
                    said("", &format!("{}: {aside}", row.short));
                }
            }
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

/// A text in lines that fit the screen, further ones set in.
fn wrapped(out: &mut String, text: &str, indent: usize) {
    let first = " ".repeat(indent);
    let whole = clean(text);
    if width(&whole) <= SCREEN - indent {
        return line(out, &format!("{first}{whole}"));
    }
    for (at, part) in wrap(&clean(text), SCREEN - indent - 4).iter().enumerate() {
        let more = if at == 0 { "" } else { "    " };
        line(out, &format!("{first}{more}{part}"));
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}
