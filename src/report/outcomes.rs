//! The report on outcomes: how many reviews achieved them substantially.

use super::{Cell, Column, Sheet, Tally, is_part};
use crate::instrument::OutcomeRating;
use crate::stats::{self, Interval, Level};

/// One outcome of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeRow {
    /// Values of the group's columns; `None` in the row over all groups.
    pub group: Vec<Option<String>>,
    /// Id of the outcome.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// Reviews in which it was achieved substantially.
    pub substantially: u64,
    /// Reviews in which it was achieved partially.
    pub partially: u64,
    /// Reviews in which it was not achieved.
    pub not_achieved: u64,
    /// Reviews it was not applicable in.
    pub na: u64,
    /// Reviews it could not be rated in.
    pub incomplete: u64,
    /// Wilson interval of the proportion; none where no review was applicable.
    pub interval: Option<Interval>,
    /// The instrument's conformity bar, as a proportion.
    pub bar: Option<f64>,
    /// Items the instrument lacks: not computed.
    pub needs: Vec<String>,
}

impl OutcomeRow {
    /// The denominator: achieved substantially, partially or not.
    pub fn applicable(&self) -> u64 {
        self.substantially + self.partially + self.not_achieved
    }
    /// What there is to say beside the numbers.
    pub fn note(&self) -> Option<String> {
        let needs = self.needs.join(", ");
        let items = if self.needs.len() == 1 { "item" } else { "items" };
        (!self.needs.is_empty()).then(|| format!("not computed: needs {items} {needs}"))
    }
}

/// The report on outcomes, ordered as [`ItemTable`](super::ItemTable).
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeTable {
    /// What the groups are made of.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<OutcomeRow>,
    /// Readings counted.
    pub readings: u64,
    /// Some of them may be no final ones.
    pub drafts: bool,
    /// The filters leave only a part of a state's cases.
    pub part: bool,
    /// Short titles of the instruments counted.
    pub instruments: Vec<String>,
    /// Confidence level of the intervals.
    pub level: Level,
}

impl Tally {
    /// The report on outcomes.
    pub fn outcome_table(&self) -> OutcomeTable {
        let level = self.query.level;
        let rows = self.outcome_rows().into_iter().map(|row| {
            let head = &self.outcomes[row.line].head;
            let count =
                |rating: OutcomeRating| row.counts.get(rating as usize).copied().unwrap_or(0);
            let substantially = count(OutcomeRating::Substantially);
            let mut found = OutcomeRow {
                outcome: head.id.clone(),
                title: head.title.clone(),
                substantially,
                partially: count(OutcomeRating::Partially),
                not_achieved: count(OutcomeRating::NotAchieved),
                na: count(OutcomeRating::Na),
                incomplete: count(OutcomeRating::Incomplete),
                interval: None,
                bar: head.bar,
                needs: head.absent.clone(),
                group: row.group,
            };
            found.interval = stats::wilson(substantially, found.applicable(), level);
            found
        });
        OutcomeTable {
            rows: rows.collect(),
            columns: self.groups.columns(),
            readings: self.readings(),
            drafts: self.query.drafts,
            part: is_part(&self.query.filters),
            instruments: self.groups.titles(),
            level,
        }
    }
}

impl OutcomeTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |row: &OutcomeRow| {
            let applicable = row.applicable();
            let cells = vec![
                Cell::Text(row.outcome.clone()),
                Cell::Text(row.title.clone()),
                Cell::Count(applicable),
                Cell::Count(row.substantially),
                Cell::Count(row.partially),
                Cell::Count(row.not_achieved),
                Cell::Count(row.na),
                Cell::Share { x: row.substantially, n: applicable },
                Cell::Bound(row.interval.map(|interval| interval.low)),
                Cell::Bound(row.interval.map(|interval| interval.high)),
                Cell::Count(row.incomplete),
                Cell::Note(row.note()),
                Cell::Bound(row.bar),
            ];
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: vec![
                ("outcome", "outcome"),
                ("title", "title"),
                ("applicable", "applicable"),
                ("substantially", "substantially"),
                ("partially", "partially"),
                ("not_achieved", "not_achieved"),
                ("na", "na"),
                ("percent", "proportion"),
                ("low", "low"),
                ("high", "high"),
                ("incomplete", "incomplete"),
                ("note", "note"),
                ("bar", "bar"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
