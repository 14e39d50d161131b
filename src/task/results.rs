//! The region report as a table on screen.

use crate::report::{ItemRow, ItemTable};
use crate::stats::percent_text;

use super::list::Cursor;
use super::{Action, Effect};

/// What results are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Region.
    #[default]
    Region,
    /// County.
    County,
    /// Case type.
    CaseType,
    /// Measurement period.
    Period,
}

impl By {
    /// All groupings, in the order [`Action::By`] goes through them.
    pub const ALL: [Self; 4] = [Self::Region, Self::County, Self::CaseType, Self::Period];

    /// The column's name in files: `region`, `county`, `case_type`, `period`.
    pub fn column(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::County => "county",
            Self::CaseType => "case_type",
            Self::Period => "period",
        }
    }
    /// In words: "region", "case type".
    pub fn title(self) -> &'static str {
        match self {
            Self::CaseType => "case type",
            by => by.column(),
        }
    }
    /// The grouping [`Action::By`] turns to.
    pub fn next(self) -> Self {
        match self {
            Self::Region => Self::County,
            Self::County => Self::CaseType,
            Self::CaseType => Self::Period,
            Self::Period => Self::Region,
        }
    }
}

/// Results as counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// How they are grouped.
    pub by: By,
    /// Only this period was counted.
    pub period: Option<String>,
    /// Every period that has results.
    pub periods: Vec<String>,
    /// Final reviews counted.
    pub reviews: usize,
    /// What else must be said, e.g. pairs not yet settled.
    pub notes: Vec<String>,
    /// Items and sub-items in instrument order.
    pub items: Vec<Item>,
}

/// The results of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id: `20`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Conformity bar as a proportion (statewide; for reference against a group).
    pub bar: Option<f64>,
    /// A line per group, in byte order.
    pub groups: Vec<Line>,
    /// All groups together.
    pub total: Line,
}

/// One line of an item's results.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The group: "Davidson"; of the total "all".
    pub group: String,
    /// Cases rated Strength.
    pub strength: usize,
    /// Cases rated ANI.
    pub ani: usize,
    /// Cases rated NA.
    pub na: usize,
    /// Cases without a rating.
    pub incomplete: usize,
    /// Percent Strength of Strength and ANI as printed, `n/a` without an applicable case.
    pub percent: String,
    /// The 95 % Wilson interval as proportions; none without an applicable case.
    pub interval: Option<(f64, f64)>,
}

impl Line {
    /// Applicable cases: Strength and ANI.
    pub fn applicable(&self) -> usize {
        self.strength + self.ani
    }
}

impl Measured {
    /// The report on items as the screen shows it: grouped by one column, with its totals.
    /// Where several instruments were counted, the second column names each item's.
    pub fn from_table(by: By, table: &ItemTable) -> Self {
        let mut items: Vec<Item> = Vec::new();
        let mut groups: Vec<Line> = Vec::new();
        for row in &table.rows {
            let line = Line::from(row);
            if row.group.first().is_some_and(Option::is_some) {
                groups.push(line);
                continue;
            }
            let title = match row.group.get(1) {
                Some(Some(instrument)) => format!("{} ({instrument})", row.title),
                _ => row.title.clone(),
            };
            items.push(Item {
                id: row.item.clone(),
                title,
                bar: row.bar,
                groups: std::mem::take(&mut groups),
                total: line,
            });
        }
        let reviews = table.readings as usize;
        Self { by, period: None, periods: Vec::new(), reviews, notes: Vec::new(), items }
    }
}

impl From<&ItemRow> for Line {
    fn from(row: &ItemRow) -> Self {
        Self {
            group: row.group.first().cloned().flatten().unwrap_or_else(|| "all".to_owned()),
            strength: row.strength as usize,
            ani: row.ani as usize,
            na: row.na as usize,
            incomplete: row.incomplete as usize,
            percent: percent_text(row.strength, row.applicable()),
            interval: row.interval.map(|interval| (interval.low, interval.high)),
        }
    }
}

/// The results screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// How results are grouped, or will be when they arrive.
    pub by: By,
    /// Only this period is counted; none: all together.
    pub period: Option<String>,
    /// Opened from the queue, to which it goes back.
    pub from_queue: bool,
    /// What was counted; none until it arrived.
    pub measured: Option<Measured>,
    /// The item shown, by its place in [`Measured::items`].
    pub item: Cursor,
    /// The highlighted group.
    pub group: Cursor,
}

impl State {
    /// The item shown.
    pub fn shown(&self) -> Option<&Item> {
        self.measured.as_ref().and_then(|m| m.items.get(self.item.at()))
    }

    /// What has them counted as they are asked for now.
    pub fn load(&self) -> Effect {
        Effect::LoadResults { by: self.by, period: self.period.clone() }
    }

    /// Whether there is a period to choose.
    pub fn has_periods(&self) -> bool {
        self.period.is_some() || self.measured.as_ref().is_some_and(|m| m.periods.len() > 1)
    }

    /// Takes in results; what arrived for another grouping or period is dropped.
    pub fn learn(&mut self, measured: Measured) {
        if measured.by != self.by || measured.period != self.period {
            return;
        }
        self.item.settle(measured.items.len());
        self.measured = Some(measured);
        self.settle();
    }

    /// Moves about; true when the grouping or the period changed and results must be counted anew.
    pub fn act(&mut self, action: Action) -> bool {
        let items = self.measured.as_ref().map_or(0, |m| m.items.len());
        match action {
            Action::NextItem => self.item.put(self.item.at() + 1, items),
            Action::PreviousItem => self.item.put(self.item.at().saturating_sub(1), items),
            Action::By => {
                self.by = self.by.next();
                self.measured = None;
                return true;
            }
            Action::Period => {
                // The latest first: that is what a review just submitted is looked for in.
                let periods = self.measured.take().map(|m| m.periods).unwrap_or_default();
                let earlier = |p: &&String| self.period.as_ref().is_none_or(|now| *p < now);
                self.period = periods.iter().rev().find(earlier).cloned();
                return true;
            }
            other => {
                self.group.act(other, self.shown().map_or(0, |i| i.groups.len()));
            }
        }
        self.settle();
        false
    }

    fn settle(&mut self) {
        self.group.settle(self.shown().map_or(0, |i| i.groups.len()));
    }
}
