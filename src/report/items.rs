//! The report on items: how many reviews were a Strength of those the item applied to.

use std::collections::HashMap;

use super::{Cell, Column, Sheet, Tally, is_part};
use crate::instrument::Rating;
use crate::stats::{self, Interval, Level};

/// One item of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRow {
    /// Values of the group's columns; `None` in the row over all groups.
    pub group: Vec<Option<String>>,
    /// Id of the item or sub-item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// It is a sub-item.
    pub sub_item: bool,
    /// Reviews it was rated Strength in.
    pub strength: u64,
    /// Reviews it was rated Area Needing Improvement in.
    pub ani: u64,
    /// Reviews it was not applicable in.
    pub na: u64,
    /// Reviews it has no rating in: incomplete or invalid.
    pub incomplete: u64,
    /// Wilson interval of the proportion; none where no review was applicable.
    pub interval: Option<Interval>,
    /// The instrument's conformity bar, as a proportion.
    pub bar: Option<f64>,
    /// Strength and applicable of the item in the state: in all groups together, also those
    /// that a filter by place or reader leaves out. Nothing is told of these to the public.
    pub state: (u64, u64),
    /// Where a group of this size is expected to lie if it is like the state, by chance, in 95
    /// of 100; none for the state itself.
    pub funnel: Option<Interval>,
}

impl ItemRow {
    /// How the group stands to the state, where chance does not explain it: outside of the funnel,
    /// and by the exact tail too, since the funnel is too narrow for a few reviews.
    pub fn against_state(&self) -> Option<&'static str> {
        let n = self.applicable();
        let funnel = self.funnel.filter(|_| n > 0)?;
        let p = self.strength as f64 / n as f64;
        let (side, is_few) = match (p < funnel.low, p > funnel.high) {
            (true, _) => ("below", true),
            (_, true) => ("above", false),
            _ => return None,
        };
        let of_state = self.state.0 as f64 / self.state.1 as f64;
        let (few, many) = stats::binomial_tails(self.strength, n, of_state)?;
        let tail = if is_few { few } else { many };
        (tail <= Level::P95.tail()).then_some(side)
    }
    /// Strength and ANI: the denominator.
    pub fn applicable(&self) -> u64 {
        self.strength + self.ani
    }
}

/// The report on items: item by item in instrument order, each with its groups in byte order.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemTable {
    /// What the groups are made of.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<ItemRow>,
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
    /// The report on items.
    pub fn item_table(&self) -> ItemTable {
        let level = self.query.level;
        let placed = self.item_rows();
        let mut states: HashMap<usize, (u64, u64)> = HashMap::new();
        for row in placed.iter().filter(|row| row.group.iter().all(Option::is_some)) {
            let count = |rating: Rating| row.counts.get(rating as usize).copied().unwrap_or(0);
            let (x, n) = states.entry(row.line).or_default();
            *x += count(Rating::Strength);
            *n += count(Rating::Strength) + count(Rating::Ani);
        }
        let grouped = !self.query.by.is_empty();
        let part_of_state = self.groups.is_part_of_state();
        let rows = placed.into_iter().map(|row| {
            let head = &self.items[row.line].head;
            let count = |rating: Rating| row.counts.get(rating as usize).copied().unwrap_or(0);
            let (strength, ani) = (count(Rating::Strength), count(Rating::Ani));
            let state = match self.of_state(row.line) {
                None => states.get(&row.line).copied().unwrap_or_default(),
                // With what is published of the rest the whole would tell of the part.
                Some(_) if self.query.public => (0, 0),
                Some(counts) => {
                    let of = |rating: Rating| counts.get(rating as usize).copied().unwrap_or(0);
                    (of(Rating::Strength), of(Rating::Strength) + of(Rating::Ani))
                }
            };
            let is_group = part_of_state || grouped && row.group.iter().any(Option::is_some);
            let is_group = is_group && state.1 > 0;
            let of_state = state.0 as f64 / state.1 as f64;
            let funnel = is_group.then(|| stats::funnel(of_state, strength + ani, Level::P95));
            let funnel = funnel.flatten();
            ItemRow {
                item: head.id.clone(),
                title: head.title.clone(),
                sub_item: head.sub_item,
                strength,
                ani,
                na: count(Rating::Na),
                incomplete: count(Rating::Incomplete) + count(Rating::Invalid),
                interval: stats::wilson(strength, strength + ani, level),
                bar: head.bar,
                state,
                funnel,
                group: row.group,
            }
        });
        ItemTable {
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

impl ItemTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |row: &ItemRow| {
            let applicable = row.applicable();
            let cells = vec![
                Cell::Text(row.item.clone()),
                Cell::Text(row.title.clone()),
                Cell::Count(applicable),
                Cell::Count(row.strength),
                Cell::Count(row.ani),
                Cell::Count(row.na),
                Cell::Count(row.incomplete),
                Cell::Share { x: row.strength, n: applicable },
                Cell::Bound(row.interval.map(|interval| interval.low)),
                Cell::Bound(row.interval.map(|interval| interval.high)),
                Cell::Bound(row.bar),
                Cell::Share { x: row.state.0, n: row.state.1 },
                Cell::Note(row.against_state().map(str::to_owned)),
            ];
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: vec![
                ("item", "item"),
                ("title", "title"),
                ("applicable", "applicable"),
                ("strength", "strength"),
                ("ani", "ani"),
                ("na", "na"),
                ("incomplete", "incomplete"),
                ("percent", "proportion"),
                ("low", "low"),
                ("high", "high"),
                ("bar", "bar"),
                ("state_percent", "state_proportion"),
                ("against_state", "against_state"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
