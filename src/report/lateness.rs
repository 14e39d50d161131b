//! Lateness: how long reviews stand where they stand, and how many are beyond their due day.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Cell, Sheet};
use crate::stats::percent_text;
use crate::text::{clean, count, fit, fit_right, list_and, width};

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The case is drawn and nobody reads it.
    Unassigned,
    /// Given out and not begun.
    Assigned,
    /// Begun.
    Begun,
    /// Sent back by QA, or opened again.
    Returned,
    /// Handed in; its pair is not settled.
    Submitted,
    /// With QA.
    InQa,
    /// Final.
    Final,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Unassigned,
        Self::Assigned,
        Self::Begun,
        Self::Returned,
        Self::Submitted,
        Self::InQa,
        Self::Final,
    ];

    /// Its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Assigned => "assigned",
            Self::Begun => "begun",
            Self::Returned => "sent_back",
            Self::Submitted => "submitted",
            Self::InQa => "in_qa",
            Self::Final => "final",
        }
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unassigned => "not assigned",
            Self::Assigned => "given out",
            Self::Begun => "begun",
            Self::Returned => "sent back",
            Self::Submitted => "handed in",
            Self::InQa => "with QA",
            Self::Final => "final",
        }
    }
}

/// A review, or a case nobody reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Values of what it is grouped by.
    pub group: Vec<String>,
    /// Where it stands.
    pub stage: Stage,
    /// Days since it came there; of a final one the days from being given out to handed in.
    /// None where the log does not say.
    pub days: Option<u64>,
    /// Days beyond its due day, at hand-in or so far; 0 in time; none where nothing is due.
    pub late: Option<u64>,
}

/// The reviews of one stage in one group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LatenessRow {
    /// Values of the group; `None` over all groups.
    pub group: Vec<Option<String>>,
    /// How many there are.
    pub reviews: u64,
    /// How many have a due day.
    pub due: u64,
    /// Days in the stage, sorted.
    days: Vec<u64>,
    /// Days late of those that are, sorted.
    late: Vec<u64>,
}

impl LatenessRow {
    /// How many are beyond their due day.
    pub fn late(&self) -> u64 {
        self.late.len() as u64
    }
    /// The middle and the most of the days in the stage.
    pub fn days(&self) -> Option<(u64, u64)> {
        middle_and_most(&self.days)
    }
    /// The middle and the most of the days late, of those that are.
    pub fn days_late(&self) -> Option<(u64, u64)> {
        middle_and_most(&self.late)
    }

    fn take(&mut self, one: &Standing) {
        self.reviews += 1;
        self.due += u64::from(one.late.is_some());
        self.days.extend(one.days);
        self.late.extend(one.late.filter(|days| *days > 0));
    }
}

/// Of sorted numbers the middle one (of two the larger) and the largest.
fn middle_and_most(sorted: &[u64]) -> Option<(u64, u64)> {
    Some((*sorted.get(sorted.len() / 2)?, *sorted.last()?))
}

/// The report: stage by stage, each with its groups in byte order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatenessTable {
    /// Names of what groups are made of.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<(Stage, LatenessRow)>,
    /// The day that is counted up to, ISO.
    pub as_of: String,
    /// Days a review may take from being given out to being handed in.
    pub allowed: u64,
}

/// Counts reviews by stage and group.
pub fn lateness(
    standings: &[Standing],
    columns: Vec<&'static str>,
    total: bool,
    (as_of, allowed): (String, u64),
) -> LatenessTable {
    let mut found: BTreeMap<(Stage, bool, Vec<String>), LatenessRow> = BTreeMap::new();
    for one in standings {
        let own = (one.stage, false, one.group.clone());
        let group = one.group.iter().cloned().map(Some).collect();
        let fresh = || LatenessRow { group, ..LatenessRow::default() };
        found.entry(own).or_insert_with(fresh).take(one);
        if total && !columns.is_empty() {
            let group = vec![None; columns.len()];
            let fresh = || LatenessRow { group, ..LatenessRow::default() };
            found.entry((one.stage, true, Vec::new())).or_insert_with(fresh).take(one);
        }
    }
    let rows = found.into_iter().map(|((stage, ..), mut row)| {
        row.days.sort_unstable();
        row.late.sort_unstable();
        (stage, row)
    });
    LatenessTable { columns, rows: rows.collect(), as_of, allowed }
}

impl LatenessTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let number = |number: Option<u64>| number.map_or(Cell::Note(None), Cell::Count);
        let row = |(stage, row): &(Stage, LatenessRow)| {
            let (days, late) = (row.days(), row.days_late());
            let cells = vec![
                Cell::Text(stage.code().to_owned()),
                Cell::Count(row.reviews),
                number(days.map(|days| days.0)),
                number(days.map(|days| days.1)),
                Cell::Count(row.due),
                Cell::Count(row.late()),
                Cell::Share { x: row.late(), n: row.due },
                number(late.map(|days| days.0)),
                number(late.map(|days| days.1)),
                Cell::Text(self.as_of.clone()),
            ];
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.clone(),
            columns: vec![
                ("stage", "stage"),
                ("reviews", "reviews"),
                ("median_days", "median_days"),
                ("longest_days", "longest_days"),
                ("due", "due"),
                ("late", "late"),
                ("percent_late", "proportion_late"),
                ("median_days_late", "median_days_late"),
                ("longest_days_late", "longest_days_late"),
                ("as_of", "as_of"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// The report as aligned text.
    pub fn text(&self) -> String {
        let label = |row: &LatenessRow| {
            let values = row.group.iter().map(|value| match value.as_deref() {
                None => "all",
                Some("") => "(none)",
                Some(value) => value,
            });
            clean(&values.collect::<Vec<_>>().join("  ")).into_owned()
        };
        let labels = self.rows.iter().map(|(_, row)| width(&label(row)) + 2);
        let name = labels.chain([14]).max().unwrap_or(14).min(30);
        let is_total = |row: &LatenessRow| !row.group.is_empty() && row.group.contains(&None);
        let all = self.rows.iter().filter(|(_, row)| !is_total(row));
        let reviews: u64 = all.map(|(_, row)| row.reviews).sum();
        let reviews = count(usize::try_from(reviews).unwrap_or(0), "review", "reviews");
        let by = match self.columns.is_empty() {
            true => String::new(),
            false => format!(" by {}", list_and(&self.columns)),
        };
        let (as_of, allowed) = (&self.as_of, self.allowed);
        let days = count(usize::try_from(allowed).unwrap_or(0), "day", "days");
        let mut out = format!("Lateness{by}: {reviews}, as of {as_of}\n\n");
        let _ = writeln!(
            out,
            "  {}{}{}{}{}{}{}{}",
            fit("", name),
            fit_right("n", 6),
            fit_right("days", 7),
            fit_right("most", 6),
            fit_right("late", 6),
            fit_right("%", 7),
            fit_right("days", 7),
            fit_right("most", 6)
        );
        let mut stage = None;
        for (of, row) in &self.rows {
            if !self.columns.is_empty() && stage != Some(of) {
                let _ = writeln!(out, "  {}", of.title());
            }
            stage = Some(of);
            let label = match self.columns.is_empty() {
                true => of.title().to_owned(),
                false => format!("  {}", label(row)),
            };
            let pair = |found: Option<(u64, u64)>| match found {
                Some((middle, most)) => {
                    fit_right(&middle.to_string(), 7) + &fit_right(&most.to_string(), 6)
                }
                None => fit_right("-", 7) + &fit_right("-", 6),
            };
            let late = match row.due {
                0 => fit_right("-", 6) + &fit_right("-", 7),
                due => {
                    let percent = percent_text(row.late(), due);
                    fit_right(&row.late().to_string(), 6) + &fit_right(&percent, 7)
                }
            };
            let _ = writeln!(
                out,
                "  {}{}{}{late}{}",
                fit(&label, name),
                fit_right(&row.reviews.to_string(), 6),
                pair(row.days()),
                pair(row.days_late())
            );
        }
        let _ = write!(
            out,
            "\n  days, most  the middle and the longest: days since the review came there; of\n              \
             final ones days from being given out to being handed in\n  late        handed in, or \
             open, more than {days} after it was given out; % of\n              those with a due \
             day; then the middle and the most days late\n"
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(region: &str, stage: Stage, days: u64, late: Option<u64>) -> Standing {
        Standing { group: vec![region.to_owned()], stage, days: Some(days), late }
    }

    #[test]
    fn the_middle_of_two_is_the_longer_and_nothing_due_is_not_late() {
        assert_eq!(middle_and_most(&[]), None);
        assert_eq!(middle_and_most(&[3]), Some((3, 3)));
        assert_eq!(middle_and_most(&[3, 5]), Some((5, 5)));
        assert_eq!(middle_and_most(&[1, 2, 9]), Some((2, 9)));
        let all = [
            one("East", Stage::Begun, 20, Some(6)),
            one("East", Stage::Begun, 3, Some(0)),
            one("Knox", Stage::Begun, 9, Some(2)),
            one("Knox", Stage::Unassigned, 4, None),
        ];
        let table = lateness(&all, vec!["region"], true, ("2026-05-01".to_owned(), 14));
        let found: Vec<_> = table
            .rows
            .iter()
            .map(|(stage, row)| (*stage, row.reviews, row.due, row.late(), row.days_late()))
            .collect();
        assert_eq!(
            found,
            [
                (Stage::Unassigned, 1, 0, 0, None),
                (Stage::Unassigned, 1, 0, 0, None),
                (Stage::Begun, 2, 2, 1, Some((6, 6))),
                (Stage::Begun, 1, 1, 1, Some((2, 2))),
                (Stage::Begun, 3, 3, 2, Some((6, 6))),
            ]
        );
        let text = table.text();
        assert!(text.starts_with("Lateness by region: 4 reviews, as of 2026-05-01\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    }
}
