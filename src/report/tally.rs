//! One pass over final readings: counts per group, item and rating.

use std::collections::HashMap;

use super::counts::Counts;
use super::interner::Interner;
use super::{Column, Edition, Filter, FinalReading, ItemHead, OutcomeHead};
use crate::instrument::{OutcomeRating, Rating};
use crate::stats::Level;

/// What is asked of the readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Columns to group by, in order; none gives one group.
    pub by: Vec<Column>,
    /// Which readings and items count.
    pub filters: Vec<Filter>,
    /// A row over all groups after each item's groups.
    pub total: bool,
    /// Sub-items too.
    pub sub_items: bool,
    /// Confidence level of the intervals.
    pub level: Level,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            by: Vec::new(),
            filters: Vec::new(),
            total: false,
            sub_items: false,
            level: Level::P95,
        }
    }
}

impl Query {
    /// A query that groups by these columns.
    pub fn by(columns: &[Column]) -> Self {
        Self { by: columns.to_vec(), ..Self::default() }
    }
}

/// A line of the report: an item or outcome of one instrument. Items of different
/// instruments never share a line, whatever their numbers: R2 item 14 is not R4 item 14.
#[derive(Debug)]
pub(super) struct Line<H> {
    /// Position of the instrument in [`Tally::instruments`].
    pub(super) instrument: usize,
    pub(super) head: H,
}

/// Counts of one line in one group.
pub(super) struct Row<const K: usize> {
    /// Values of the group; `None` where the row is over all groups.
    pub(super) group: Vec<Option<String>>,
    /// Position of the line.
    pub(super) line: usize,
    /// Readings per rating.
    pub(super) counts: [u64; K],
}

const ITEM_RATINGS: usize = Rating::ALL.len();
const OUTCOME_RATINGS: usize = OutcomeRating::ALL.len();

/// Counts final readings by group.
#[derive(Debug)]
pub struct Tally {
    pub(super) query: Query,
    instruments: Vec<String>,
    titles: Vec<String>,
    pub(super) items: Vec<Line<ItemHead>>,
    pub(super) outcomes: Vec<Line<OutcomeHead>>,
    editions: Vec<EditionLines>,
    filters: Vec<(Column, Vec<String>)>,
    grouped: Vec<Column>,
    interners: Vec<Interner>,
    /// Group so far and number of the next value -> group: a tree, one level a column.
    tree: HashMap<(u32, u32), u32>,
    nodes: u32,
    /// Leaf of the tree -> group, in order of first appearance.
    groups: HashMap<u32, usize>,
    values: Vec<Vec<u32>>,
    item_counts: Counts<ITEM_RATINGS>,
    outcome_counts: Counts<OUTCOME_RATINGS>,
    readings: u64,
    instrument_readings: Vec<u64>,
}

#[derive(Debug)]
struct EditionLines {
    instrument: usize,
    items: Vec<usize>,
    outcomes: Vec<usize>,
}

impl Tally {
    /// An empty tally. Editions of one instrument share their lines; lines stand in the order
    /// of the first edition that has them.
    pub fn new(editions: &[Edition], query: Query) -> Self {
        let mut instruments: Vec<String> = Vec::new();
        let mut titles = Vec::new();
        let (mut items, mut outcomes) = (Vec::new(), Vec::new());
        let mut placed = Vec::new();
        for edition in editions {
            let instrument = position_or_push(&mut instruments, &edition.instrument);
            if instrument == titles.len() {
                titles.push(edition.short.clone());
            }
            placed.push(EditionLines {
                instrument,
                items: edition
                    .items
                    .iter()
                    .map(|head| line(&mut items, instrument, head, |h: &ItemHead| &h.id))
                    .collect(),
                outcomes: edition
                    .outcomes
                    .iter()
                    .map(|head| line(&mut outcomes, instrument, head, |h: &OutcomeHead| &h.id))
                    .collect(),
            });
        }
        let mut filters: Vec<(Column, Vec<String>)> = Vec::new();
        for Filter { column, value } in &query.filters {
            match filters.iter_mut().find(|(known, _)| known == column) {
                Some((_, values)) => values.push(value.clone()),
                None => filters.push((*column, vec![value.clone()])),
            }
        }
        let mut grouped: Vec<Column> = Vec::new();
        for column in &query.by {
            if *column != Column::Item && !grouped.contains(column) {
                grouped.push(*column);
            }
        }
        Self {
            interners: grouped.iter().map(|_| Interner::default()).collect(),
            item_counts: Counts::new(items.len()),
            outcome_counts: Counts::new(outcomes.len()),
            instrument_readings: vec![0; instruments.len()],
            query,
            instruments,
            titles,
            items,
            outcomes,
            editions: placed,
            filters,
            grouped,
            tree: HashMap::new(),
            nodes: 0,
            groups: HashMap::new(),
            values: Vec::new(),
            readings: 0,
        }
    }

    /// Counts a reading, if the filters keep it. A reading whose edition the tally was not
    /// made with is left out.
    pub fn add(&mut self, reading: &FinalReading<'_>) {
        let Some(edition) = self.editions.get(reading.edition) else { return };
        if !self.fits(reading) {
            return;
        }
        let instrument = self.instruments[edition.instrument].as_str();
        let mut node = 0;
        for (column, interner) in self.grouped.iter().zip(&mut self.interners) {
            let value = interner.number(fact(*column, reading, instrument).unwrap_or_default());
            let nodes = &mut self.nodes;
            node = *self.tree.entry((node, value)).or_insert_with(|| {
                *nodes += 1;
                *nodes
            });
        }
        let next = self.values.len();
        let group = *self.groups.entry(node).or_insert(next);
        if group == next {
            let values = self.grouped.iter().zip(&mut self.interners).map(|(column, interner)| {
                interner.number(fact(*column, reading, instrument).unwrap_or_default())
            });
            self.values.push(values.collect());
        }
        let (items, outcomes) =
            reading.ratings.split_at(edition.items.len().min(reading.ratings.len()));
        self.item_counts.add(group, &edition.items, items);
        self.outcome_counts.add(group, &edition.outcomes, outcomes);
        self.readings += 1;
        self.instrument_readings[edition.instrument] += 1;
    }

    /// Whether the filters keep a reading.
    pub fn fits(&self, reading: &FinalReading<'_>) -> bool {
        self.filters.iter().all(|(column, values)| {
            let value = self.fact(*column, reading);
            value.is_none_or(|value| values.iter().any(|wanted| wanted == value))
        })
    }

    /// A reading's value in a column; none where the column is not a fact of the reading.
    pub fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        let edition = self.editions.get(reading.edition)?;
        fact(column, reading, &self.instruments[edition.instrument])
    }

    /// How many readings were counted.
    pub fn readings(&self) -> u64 {
        self.readings
    }

    /// Short titles of the instruments that were counted.
    pub(super) fn counted_titles(&self) -> Vec<String> {
        self.counted_instruments().into_iter().map(|at| self.titles[at].clone()).collect()
    }

    /// Instruments that were counted, as positions.
    fn counted_instruments(&self) -> Vec<usize> {
        (0..self.instruments.len()).filter(|at| self.instrument_readings[*at] > 0).collect()
    }

    /// The columns groups are made of: those asked for, and the instrument where several were
    /// counted, since their items must not be taken for each other.
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut columns = self.grouped.clone();
        if self.adds_instrument() {
            columns.push(Column::Instrument);
        }
        columns
    }

    fn adds_instrument(&self) -> bool {
        self.counted_instruments().len() > 1 && !self.grouped.contains(&Column::Instrument)
    }

    /// Whether the item filter (if any) keeps a line with this id.
    fn keeps_item(&self, id: &str) -> Option<bool> {
        let (_, wanted) = self.filters.iter().find(|(column, _)| *column == Column::Item)?;
        Some(wanted.iter().any(|value| value == id))
    }

    /// Rows of a report: for each kept line its groups in byte order, then the total.
    /// `counts` reads a group's cell; a group none of whose readings used the line's
    /// instrument has no row.
    fn rows<H, const K: usize>(
        &self,
        lines: &[Line<H>],
        counts: &Counts<K>,
        keep: impl Fn(&H) -> bool,
    ) -> Vec<Row<K>> {
        let counted = self.counted_instruments();
        let mut groups: Vec<(Vec<&str>, usize)> = (0..self.values.len())
            .map(|group| {
                let values = self.values[group].iter().zip(&self.interners);
                (values.map(|(number, interner)| interner.text(*number)).collect(), group)
            })
            .collect();
        groups.sort_unstable();
        let mut rows = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if !counted.contains(&line.instrument) || !keep(&line.head) {
                continue;
            }
            let instrument = &self.instruments[line.instrument];
            let mut sum = [0; K];
            for (values, group) in &groups {
                let cell = counts.get(*group, at);
                let several = counted.len() > 1;
                if several && cell.iter().all(|count| *count == 0) {
                    continue;
                }
                for (sum, count) in sum.iter_mut().zip(cell) {
                    *sum += count;
                }
                let mut values: Vec<_> = values.iter().map(|v| Some((*v).to_owned())).collect();
                if self.adds_instrument() {
                    values.push(Some(instrument.clone()));
                }
                rows.push(Row { group: values, line: at, counts: cell });
            }
            if self.query.total && !self.grouped.is_empty() {
                let mut values = vec![None; self.grouped.len()];
                if self.adds_instrument() {
                    values.push(Some(instrument.clone()));
                }
                rows.push(Row { group: values, line: at, counts: sum });
            }
        }
        rows
    }

    /// Groups, lines and counts of the items kept.
    pub(super) fn item_rows(&self) -> Vec<Row<ITEM_RATINGS>> {
        let keep = |head: &ItemHead| {
            self.keeps_item(&head.id).unwrap_or(!head.sub_item || self.query.sub_items)
        };
        self.rows(&self.items, &self.item_counts, keep)
    }

    /// Groups, lines and counts of the outcomes.
    pub(super) fn outcome_rows(&self) -> Vec<Row<OUTCOME_RATINGS>> {
        self.rows(&self.outcomes, &self.outcome_counts, |_| true)
    }
}

/// A reading's value in a column; none where the column is not a fact of the reading.
fn fact<'a>(column: Column, reading: &FinalReading<'a>, instrument: &'a str) -> Option<&'a str> {
    Some(match column {
        Column::Region => reading.region,
        Column::County => reading.county,
        Column::CaseType => reading.case_type,
        Column::Period => reading.period,
        Column::Reviewer => reading.reviewer,
        Column::Instrument => instrument,
        Column::Round => reading.round,
        Column::ReviewKind => reading.review_kind,
        Column::Item => return None,
    })
}

fn position_or_push(list: &mut Vec<String>, text: &str) -> usize {
    list.iter().position(|known| known == text).unwrap_or_else(|| {
        list.push(text.to_owned());
        list.len() - 1
    })
}

fn line<H: Clone>(
    lines: &mut Vec<Line<H>>,
    instrument: usize,
    head: &H,
    id: impl Fn(&H) -> &String,
) -> usize {
    let known = lines.iter().position(|l| l.instrument == instrument && id(&l.head) == id(head));
    known.unwrap_or_else(|| {
        lines.push(Line { instrument, head: head.clone() });
        lines.len() - 1
    })
}
