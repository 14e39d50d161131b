//! One pass over final readings: counts per group, item and rating.

use super::counts::Counts;
use super::groups::{Groups, Placed};
use super::{Column, Edition, Filter, FinalReading, ItemHead, OutcomeHead, kept};
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
    /// Reviews that are not final were counted too.
    pub drafts: bool,
    /// Confidence level of the intervals.
    pub level: Level,
    /// It is for the public: nothing is told of what the filters leave out.
    pub public: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            by: Vec::new(),
            filters: Vec::new(),
            total: false,
            sub_items: false,
            drafts: false,
            level: Level::P95,
            public: false,
        }
    }
}

impl Query {
    /// A query that groups by these columns.
    pub fn by(columns: &[Column]) -> Self {
        Self { by: columns.to_vec(), ..Self::default() }
    }
    /// What the filters keep, in words; none without filters.
    pub fn kept(&self) -> Option<String> {
        kept(self.filters.iter().map(|filter| (filter.column.title(), filter.value.as_str())))
    }
    /// The values of a column that filters keep; none where no filter is on it.
    pub fn only(&self, column: Column) -> Vec<&str> {
        let on_it = self.filters.iter().filter(|filter| filter.column == column);
        on_it.map(|filter| filter.value.as_str()).collect()
    }
}

/// A line of the report: an item or outcome of one instrument. Items of different
/// instruments never share a line, whatever their numbers: R2 item 14 is not R4 item 14.
#[derive(Debug)]
pub(super) struct Line<H> {
    pub(super) instrument: usize,
    pub(super) head: H,
}

/// Counts final readings by group.
#[derive(Debug)]
pub struct Tally {
    pub(super) query: Query,
    pub(super) groups: Groups,
    pub(super) items: Vec<Line<ItemHead>>,
    pub(super) outcomes: Vec<Line<OutcomeHead>>,
    editions: Vec<EditionLines>,
    item_counts: Counts,
    outcome_counts: Counts,
    /// Items of the whole state, where the filters keep a part of it.
    state_counts: Option<Counts>,
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
        let groups = Groups::new(&query);
        let width = Rating::ALL.len();
        let mut tally = Self {
            state_counts: groups.is_part_of_state().then(|| Counts::new(width)),
            groups,
            query,
            items: Vec::new(),
            outcomes: Vec::new(),
            editions: Vec::new(),
            item_counts: Counts::new(width),
            outcome_counts: Counts::new(OutcomeRating::ALL.len()),
        };
        editions.iter().for_each(|edition| tally.know(edition));
        tally
    }

    /// Adds an edition after those known, also after readings were counted.
    pub fn know(&mut self, edition: &Edition) {
        let instrument = self.groups.instrument(&edition.instrument, &edition.short);
        let (items, outcomes) = (&mut self.items, &mut self.outcomes);
        let item = |head| line(items, instrument, head, |h: &ItemHead| &h.id);
        let outcome = |head| line(outcomes, instrument, head, |h: &OutcomeHead| &h.id);
        self.editions.push(EditionLines {
            instrument,
            items: edition.items.iter().map(item).collect(),
            outcomes: edition.outcomes.iter().map(outcome).collect(),
        });
    }

    /// Counts a reading, if the filters keep it. A reading whose edition is not known is left
    /// out. Says whether it was counted.
    pub fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        let Some(edition) = self.editions.get(reading.edition) else { return false };
        let (items, outcomes) =
            reading.ratings.split_at(edition.items.len().min(reading.ratings.len()));
        if let Some(state) = &mut self.state_counts
            && self.groups.is_of_state(edition.instrument, reading)
        {
            state.add(0, self.items.len(), &edition.items, items);
        }
        let Some(group) = self.groups.place(edition.instrument, reading) else { return false };
        self.item_counts.add(group, self.items.len(), &edition.items, items);
        self.outcome_counts.add(group, self.outcomes.len(), &edition.outcomes, outcomes);
        true
    }

    /// Whether the filters keep a reading.
    pub fn fits(&self, reading: &FinalReading<'_>) -> bool {
        let edition = self.editions.get(reading.edition);
        edition.is_some_and(|edition| self.groups.fits(edition.instrument, reading))
    }

    /// A reading's value in a column; none where the column is not a fact of the reading.
    pub fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        let edition = self.editions.get(reading.edition)?;
        (!column.is_of_line()).then(|| self.groups.fact(column, edition.instrument, reading))
    }

    /// Where the rating of a line of items stands among the packed ratings of an edition.
    pub(super) fn item_place(&self, edition: usize, line: usize) -> Option<usize> {
        self.editions.get(edition)?.items.iter().position(|known| *known == line)
    }

    /// The same of outcomes.
    pub(super) fn outcome_place(&self, edition: usize, line: usize) -> Option<usize> {
        let edition = self.editions.get(edition)?;
        let at = edition.outcomes.iter().position(|known| *known == line)?;
        Some(edition.items.len() + at)
    }

    /// How many readings were counted.
    pub fn readings(&self) -> u64 {
        self.groups.readings()
    }

    /// Groups, lines and counts of the items kept.
    pub(super) fn item_rows(&self) -> Vec<Placed> {
        let kept = |head: &ItemHead| {
            let asked_for = self.groups.keeps(Column::Item, &head.id);
            asked_for.unwrap_or(!head.sub_item || self.query.sub_items)
        };
        let lines = self.items.iter().enumerate().filter(|(_, line)| kept(&line.head));
        let lines = lines.map(|(at, line)| (at, line.instrument));
        self.groups.rows(lines, |group, line| self.item_counts.get(group, line))
    }

    /// The ratings of a line of items in the whole state, where the filters keep a part of it.
    pub(super) fn of_state(&self, line: usize) -> Option<&[u64]> {
        self.state_counts.as_ref().map(|counts| counts.get(0, line))
    }

    /// Groups, lines and counts of the outcomes.
    pub(super) fn outcome_rows(&self) -> Vec<Placed> {
        let lines = self.outcomes.iter().enumerate().map(|(at, line)| (at, line.instrument));
        self.groups.rows(lines, |group, line| self.outcome_counts.get(group, line))
    }
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
