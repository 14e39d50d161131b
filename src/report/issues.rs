//! Issues cited, by month and for the year to date.

use super::subject::{Asked, Counter, Line, Lines, Said, Shape, Subject, asked};
use super::{Cell, Column, FinalReading, Query, Sheet};
use crate::instrument::{Instrument, Mode, Place};

/// Per issue of a checklist in how many reviews it is cited: a counted question answered by
/// what counts as not met.
#[derive(Debug, Default)]
pub struct Issues {
    editions: Vec<Vec<Section>>,
    /// Month in which the year begins, by line.
    year_starts: Vec<u32>,
}

#[derive(Debug)]
struct Section {
    whole: usize,
    line: usize,
    questions: Vec<(usize, Asked)>,
}

const SHAPE: Shape = Shape {
    title: "Issues cited",
    keys: &["section", "issue", "title"],
    ids: 2,
    label: |keys| match (keys[0].as_str(), keys[1].as_str()) {
        ("", _) => keys[2].clone(),
        (section, "") => format!("{section}  {}", keys[2]),
        (_, issue) => format!("  {issue}  {}", keys[2]),
    },
    counts: &[("reviewed", "n"), ("cited", "Cited"), ("cases_cited", "Any")],
    share: "of all cases reviewed",
    long: false,
    interval: "Wilson interval",
    legend: &[],
};

const REVIEWED: usize = 0;
const CITED: usize = 1;
/// Cases in which anything is cited.
const ANY: usize = 2;
const WIDTH: usize = 3;

impl Subject for Issues {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        WIDTH
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let mut plan: Vec<Section> = Vec::new();
        let mut place = |keys: [&str; 3], item: &str| {
            let keys = keys.map(str::to_owned).into();
            let at = lines.place(Line { keys, item: item.to_owned(), ..Line::default() });
            self.year_starts.resize(self.year_starts.len().max(at + 1), 1);
            self.year_starts[at] = instrument.reporting().year_starts;
            at
        };
        if instrument.mode() == Mode::Checklist {
            let whole = place(["", "", "Any issue"], "");
            for (at, asked) in asked(instrument) {
                let question = instrument.question(at);
                let Place::Item(item) = question.place() else { continue };
                let item = instrument.item(item);
                let line = place([item.id(), "", item.title()], item.id());
                let issue = place([item.id(), question.id(), question.ask()], item.id());
                match plan.iter_mut().find(|known| known.line == line) {
                    Some(section) => section.questions.push((issue, asked)),
                    None => plan.push(Section { whole, line, questions: vec![(issue, asked)] }),
                }
            }
        }
        let any = !plan.is_empty();
        self.editions.push(plan);
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        let sections = &self.editions[edition];
        let cited = |section: &Section| {
            section.questions.iter().any(|(_, asked)| asked.said(reading.answers) == Some(Said::No))
        };
        let any = sections.iter().any(cited);
        let mut add = |line: usize, cited: bool| {
            let cell = &mut cells[line * WIDTH..(line + 1) * WIDTH];
            cell[REVIEWED] += 1;
            cell[CITED] += u64::from(cited);
            cell[ANY] += u64::from(any);
        };
        if let Some(section) = sections.first() {
            add(section.whole, any);
        }
        for section in sections {
            add(section.line, cited(section));
            for (line, asked) in &section.questions {
                add(*line, asked.said(reading.answers) == Some(Said::No));
            }
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        cell.to_vec()
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (cell[CITED], cell[REVIEWED])
    }
}

/// How often an issue was cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cited {
    /// Cases reviewed.
    pub reviewed: u64,
    /// Cases with the issue.
    pub cited: u64,
    /// Cases with any issue.
    pub cases_cited: u64,
}

impl Cited {
    fn of(counts: &[u64]) -> Self {
        Self { reviewed: counts[REVIEWED], cited: counts[CITED], cases_cited: counts[ANY] }
    }
    fn with(self, more: Self) -> Self {
        Self {
            reviewed: self.reviewed + more.reviewed,
            cited: self.cited + more.cited,
            cases_cited: self.cases_cited + more.cases_cited,
        }
    }
}

/// An issue, a section or any issue at all, in one month of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueRow {
    /// Values of the group's columns; `None` in the row over all groups.
    pub group: Vec<Option<String>>,
    /// The month: `2026-03`; empty where a review has none.
    pub month: String,
    /// Section, issue and title; the issue is empty for a whole section, both are for any
    /// issue at all.
    pub keys: Vec<String>,
    /// What it is called on screen.
    pub label: String,
    /// The first month of its year.
    pub year_from: String,
    /// In the month.
    pub in_month: Cited,
    /// From the first month of the year to this one.
    pub year_to_date: Cited,
}

/// Issues cited, by month.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueTable {
    /// What the groups are made of, the month left out.
    pub columns: Vec<Column>,
    /// The rows: line by line, each with its groups in byte order, each with its months.
    pub rows: Vec<IssueRow>,
    /// Readings counted.
    pub readings: u64,
    /// Some of them may be no final ones.
    pub drafts: bool,
    /// Short titles of the instruments counted.
    pub instruments: Vec<String>,
}

impl Issues {
    /// The query behind an [`IssueTable`]: by month, whatever else. A year to date needs the
    /// months before, so months are chosen in [`Counter::issue_table`].
    pub fn by_month(query: &Query) -> Query {
        let mut query = query.clone();
        query.by.retain(|column| *column != Column::Month);
        query.by.push(Column::Month);
        query.filters.retain(|filter| filter.column != Column::Month);
        query
    }
}

impl Counter<Issues> {
    /// The report on issues; only these months, or all of them.
    pub fn issue_table(&self, months: &[String]) -> IssueTable {
        let lines = self.lines.iter().enumerate();
        let kept =
            lines.filter(|(_, line)| self.groups.keeps(Column::Item, &line.item).unwrap_or(true));
        let kept = kept.map(|(at, line)| (at, line.instrument));
        let placed = self.groups.rows(kept, |group, line| self.counts.get(group, line));
        let mut columns = self.groups.columns();
        let at = columns.iter().position(|column| *column == Column::Month);
        let at = at.unwrap_or_default();
        columns.remove(at);
        let mut rows: Vec<IssueRow> = Vec::new();
        let mut last: Option<(usize, Vec<Option<String>>)> = None;
        for mut row in placed {
            let month = row.group.remove(at).unwrap_or_default();
            let keys = self.lines[row.line].keys.clone();
            let year_from = year_from(&month, self.subject.year_starts[row.line]);
            let in_month = Cited::of(&row.counts);
            let same = last.as_ref().is_some_and(|(l, g)| *l == row.line && *g == row.group);
            let earlier = rows.last().filter(|before| same && before.year_from == year_from);
            let year_to_date = earlier.map_or(in_month, |b| b.year_to_date.with(in_month));
            last = Some((row.line, row.group.clone()));
            let label = (SHAPE.label)(&keys);
            let group = row.group;
            rows.push(IssueRow { group, month, keys, label, year_from, in_month, year_to_date });
        }
        rows.retain(|row| months.is_empty() || months.contains(&row.month));
        IssueTable {
            columns,
            rows,
            readings: self.readings(),
            drafts: self.query.drafts,
            instruments: self.groups.titles(),
        }
    }
}

/// The first month of the year a month lies in.
fn year_from(month: &str, year_starts: u32) -> String {
    let parts = month
        .split_once('-')
        .and_then(|(year, month)| Some((year.parse::<i32>().ok()?, month.parse::<u32>().ok()?)));
    match parts {
        Some((year, month)) => {
            format!("{:04}-{year_starts:02}", year - i32::from(month < year_starts))
        }
        None => String::new(),
    }
}

impl IssueTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |row: &IssueRow| {
            let mut cells = vec![Cell::Text(row.month.clone())];
            cells.extend(row.keys.iter().cloned().map(Cell::Text));
            for cited in [row.in_month, row.year_to_date] {
                cells.extend([
                    Cell::Count(cited.reviewed),
                    Cell::Count(cited.cited),
                    Cell::Share { x: cited.cited, n: cited.reviewed },
                    Cell::Count(cited.cases_cited),
                    Cell::Share { x: cited.cited, n: cited.cases_cited },
                ]);
            }
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: vec![
                ("month", "month"),
                ("section", "section"),
                ("issue", "issue"),
                ("title", "title"),
                ("reviewed", "reviewed"),
                ("cited", "cited"),
                ("percent", "proportion"),
                ("cases_cited", "cases_cited"),
                ("percent_of_cited", "proportion_of_cited"),
                ("ytd_reviewed", "ytd_reviewed"),
                ("ytd_cited", "ytd_cited"),
                ("ytd_percent", "ytd_proportion"),
                ("ytd_cases_cited", "ytd_cases_cited"),
                ("ytd_percent_of_cited", "ytd_proportion_of_cited"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::year_from;

    #[test]
    fn a_year_may_begin_in_july() {
        assert_eq!(year_from("2026-06", 7), "2025-07");
        assert_eq!(year_from("2026-07", 7), "2026-07");
        assert_eq!(year_from("2026-01", 1), "2026-01");
        assert_eq!(year_from("", 7), "");
    }
}
