//! Items from period to period, with the change since the period before.

use super::{Cell, Column, ItemRow, ItemTable, Query, Sheet};
use crate::stats::{Change, Level, fisher, newcombe};

/// One period of one item in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendRow {
    /// The counts of the period.
    pub row: ItemRow,
    /// The change since the period before that had an applicable review; none for the first.
    pub change: Option<Change>,
    /// The probability of a change as unlikely, by Fisher's exact test; none for the first.
    pub by_chance: Option<f64>,
    /// The level the change is told at.
    level: Level,
}

impl TrendRow {
    /// Whether the change is more than chance explains: its interval leaves out 0, and so does
    /// the exact test, since the interval is too narrow for a few reviews.
    pub fn is_sure(&self) -> bool {
        let most = 2.0 * self.level.tail();
        self.change.is_some_and(|c| c.interval.low > 0.0 || c.interval.high < 0.0)
            && self.by_chance.is_some_and(|p| p <= most)
    }
}

/// Items from period to period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendTable {
    /// What the groups are made of; the period is the last of those asked for.
    pub columns: Vec<Column>,
    /// Item by item, each with its groups, each with its periods in byte order.
    pub rows: Vec<TrendRow>,
    /// Readings counted.
    pub readings: u64,
    /// Some of them may be no final ones.
    pub drafts: bool,
    /// Short titles of the instruments counted.
    pub instruments: Vec<String>,
    /// Confidence level of the intervals.
    pub level: Level,
}

impl TrendTable {
    /// The query behind a trend: by period, within whatever else.
    pub fn by_period(query: &Query) -> Query {
        let mut query = query.clone();
        query.by.retain(|column| *column != Column::Period);
        query.by.push(Column::Period);
        Query { total: false, ..query }
    }

    /// From the report on items by [`by_period`](Self::by_period).
    pub fn of(table: &ItemTable) -> Self {
        let period = table.columns.iter().position(|column| *column == Column::Period);
        let others = |row: &ItemRow| {
            let values = row.group.iter().enumerate().filter(|(at, _)| Some(*at) != period);
            values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        // Several instruments stand in one item's rows only under one number of two: each
        // group keeps its own last period.
        let mut last: Vec<(Vec<Option<String>>, u64, u64)> = Vec::new();
        let mut item = "";
        let mut rows = Vec::new();
        for row in &table.rows {
            if row.item != item {
                last.clear();
                item = &row.item;
            }
            let group = others(row);
            let before = last.iter_mut().find(|(known, _, _)| *known == group);
            let n = row.applicable();
            let (change, by_chance) = match &before {
                Some((_, x, m)) => (
                    newcombe(row.strength, n, *x, *m, table.level),
                    fisher(row.strength, n, *x, *m),
                ),
                None => (None, None),
            };
            match before {
                _ if n == 0 => {}
                Some(before) => (before.1, before.2) = (row.strength, n),
                None => last.push((group, row.strength, n)),
            }
            rows.push(TrendRow { row: row.clone(), change, by_chance, level: table.level });
        }
        Self {
            columns: table.columns.clone(),
            rows,
            readings: table.readings,
            drafts: table.drafts,
            instruments: table.instruments.clone(),
            level: table.level,
        }
    }

    /// The same with rows over all groups, `whole` being the trend without any: after the groups
    /// of each item.
    pub fn with_total(mut self, whole: &Self) -> Self {
        let mut at = 0;
        let mut rows = Vec::new();
        for (place, one) in self.rows.iter().enumerate() {
            rows.push(one.clone());
            let line = |row: &ItemRow| (row.item.clone(), row.title.clone());
            let next = self.rows.get(place + 1);
            if next.is_some_and(|next| line(&next.row) == line(&one.row)) {
                continue;
            }
            while let Some(of) = whole.rows.get(at).filter(|of| line(&of.row) == line(&one.row)) {
                let value = |column: &Column| {
                    let known = whole.columns.iter().position(|known| known == column);
                    known.and_then(|known| of.row.group[known].clone())
                };
                let group = self.columns.iter().map(value).collect();
                rows.push(TrendRow { row: ItemRow { group, ..of.row.clone() }, ..of.clone() });
                at += 1;
            }
        }
        self.rows = rows;
        self
    }

    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |one: &TrendRow| {
            let (row, change) = (&one.row, one.change);
            let cells = vec![
                Cell::Text(row.item.clone()),
                Cell::Text(row.title.clone()),
                Cell::Count(row.applicable()),
                Cell::Count(row.strength),
                Cell::Count(row.ani),
                Cell::Count(row.na),
                Cell::Count(row.incomplete),
                Cell::Share { x: row.strength, n: row.applicable() },
                Cell::Bound(row.interval.map(|interval| interval.low)),
                Cell::Bound(row.interval.map(|interval| interval.high)),
                Cell::Bound(change.map(|change| change.difference)),
                Cell::Bound(change.map(|change| change.interval.low)),
                Cell::Bound(change.map(|change| change.interval.high)),
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
                ("change", "change"),
                ("change_low", "change_low"),
                ("change_high", "change_high"),
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Edition, FinalReading, ItemHead, Tally, trend_text};

    fn reading(
        period: &'static str,
        region: &'static str,
        rating: &'static [u8],
    ) -> FinalReading<'static> {
        let facts = crate::report::Facts { period, region, ..crate::report::Facts::default() };
        FinalReading::of(0, facts, rating, &[])
    }

    #[test]
    fn a_change_is_since_the_last_period_with_a_review_of_the_group() {
        let item =
            ItemHead { id: "1".to_owned(), title: "One".to_owned(), sub_item: false, bar: None };
        let edition = Edition {
            instrument: "i".to_owned(),
            short: "I".to_owned(),
            items: vec![item],
            outcomes: Vec::new(),
        };
        let query = TrendTable::by_period(&Query::by(&[Column::Period, Column::Region]));
        assert_eq!(query.by, [Column::Region, Column::Period]);
        let mut tally = Tally::new(&[edition], query);
        for (period, region, strength, ani, na) in [
            ("2024", "East", 2, 8, 0),
            ("2025", "East", 0, 0, 3),
            ("2026", "East", 9, 1, 0),
            ("2026", "Knox", 1, 1, 0),
        ] {
            for (rating, times) in [(&[0_u8], strength), (&[1], ani), (&[2], na)] {
                for _ in 0..times {
                    tally.add(&reading(period, region, rating));
                }
            }
        }
        let table = TrendTable::of(&tally.item_table());
        let found: Vec<_> = table
            .rows
            .iter()
            .map(|one| (one.change.map(|change| (change.difference * 10.0).round()), one.is_sure()))
            .collect();
        assert_eq!(found, [(None, false), (None, false), (Some(7.0), true), (None, false)]);
        let text = trend_text(&table);
        assert!(
            text.contains(
                "  East  2026    10   90.0   59.6 -  98.2  !  ##################      +70.0  *\n"
            ),
            "{text}"
        );
    }
}
