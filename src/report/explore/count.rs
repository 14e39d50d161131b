//! One pass of a choice over readings, whatever it counts.

use super::{Choice, GridCell, Topic};
use crate::instrument::{Instrument, Mode, OutcomeRating, Rating};
use crate::report::groups::Placed;
use crate::report::{Column, Counter, Edition, FinalReading, Subject, Tally};
use crate::stats::{Level, wilson};

/// A choice while readings are counted.
pub(super) enum Count {
    /// Ratings of items.
    Items(Tally),
    /// Ratings of outcomes.
    Outcomes(Tally),
    /// Anything else.
    Shares(Counter<Box<dyn Subject>>),
}

/// The counts of items and of outcomes, by what heads them.
const ITEMS: [&str; 5] = ["n", "Strength", "ANI", "NA", "Incompl."];
const OUTCOMES: [&str; 6] = ["n", "Subst.", "Partly", "Not", "NA", "Incompl."];

/// What there is to know of a line.
pub(super) struct Head {
    pub(super) keys: Vec<String>,
    pub(super) label: String,
    pub(super) item: String,
    pub(super) sub_item: bool,
    pub(super) bar: Option<f64>,
    pub(super) note: Option<String>,
    pub(super) instrument: (String, String),
}

impl Count {
    pub(super) fn new(choice: &Choice, by: &[Column]) -> Self {
        let query = choice.query(by);
        match choice.topic.subject() {
            Some(subject) => Self::Shares(Counter::new(subject, query)),
            None if choice.topic == Topic::Outcomes => Self::Outcomes(Tally::new(&[], query)),
            None => Self::Items(Tally::new(&[], query)),
        }
    }

    pub(super) fn know(&mut self, instrument: &Instrument) -> bool {
        match self {
            Self::Items(tally) | Self::Outcomes(tally) => {
                tally.know(&Edition::from(instrument));
                instrument.mode() == Mode::Rated
            }
            Self::Shares(counter) => counter.know(instrument),
        }
    }

    pub(super) fn needs_answers(&self) -> bool {
        matches!(self, Self::Shares(counter) if counter.needs_answers())
    }

    pub(super) fn keeps(&self, reading: &FinalReading<'_>) -> bool {
        match self {
            Self::Items(tally) | Self::Outcomes(tally) => tally.fits(reading),
            Self::Shares(counter) => counter.fits(reading),
        }
    }

    pub(super) fn fact<'a>(
        &'a self,
        column: Column,
        reading: &FinalReading<'a>,
    ) -> Option<&'a str> {
        match self {
            Self::Items(tally) | Self::Outcomes(tally) => tally.fact(column, reading),
            Self::Shares(counter) => counter.fact(column, reading),
        }
    }

    /// Counts a reading; says whether it was.
    pub(super) fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        if self.needs_answers() && reading.answers.is_empty() {
            return false;
        }
        match self {
            Self::Items(tally) | Self::Outcomes(tally) => tally.add(reading),
            Self::Shares(counter) => counter.add(reading),
        }
    }

    pub(super) fn readings(&self) -> u64 {
        match self {
            Self::Items(tally) | Self::Outcomes(tally) => tally.readings(),
            Self::Shares(counter) => counter.readings(),
        }
    }

    /// Groups, lines and what was counted.
    pub(super) fn placed(&self) -> Vec<Placed> {
        match self {
            Self::Items(tally) => tally.item_rows(),
            Self::Outcomes(tally) => tally.outcome_rows(),
            Self::Shares(counter) => counter.placed(),
        }
    }

    /// What heads the counts.
    pub(super) fn heads(&self) -> Vec<&'static str> {
        match self {
            Self::Items(_) => ITEMS.to_vec(),
            Self::Outcomes(_) => OUTCOMES.to_vec(),
            Self::Shares(counter) => {
                counter.subject.shape().counts.iter().map(|(_, head)| *head).collect()
            }
        }
    }

    /// What the percentage is.
    pub(super) fn share(&self) -> &'static str {
        match self {
            Self::Items(_) => "Strength of n (Strength and ANI)",
            Self::Outcomes(_) => "substantially achieved of n (substantially, partially or not)",
            Self::Shares(counter) => counter.subject.shape().share,
        }
    }

    /// What there is to know of a line.
    pub(super) fn head(&self, line: usize) -> Head {
        match self {
            Self::Items(tally) => {
                let line = &tally.items[line];
                let head = &line.head;
                Head {
                    keys: vec![head.id.clone()],
                    label: format!("{} {}", head.id, head.title),
                    item: head.id.clone(),
                    sub_item: head.sub_item,
                    bar: head.bar,
                    note: None,
                    instrument: tally.groups.named(line.instrument),
                }
            }
            Self::Outcomes(tally) => {
                let line = &tally.outcomes[line];
                let head = &line.head;
                let needs = head.absent.join(", ");
                let items = if head.absent.len() == 1 { "item" } else { "items" };
                let note = format!("not computed: needs {items} {needs}");
                Head {
                    keys: vec![head.id.clone()],
                    label: head.title.clone(),
                    item: String::new(),
                    sub_item: false,
                    bar: head.bar,
                    note: (!head.absent.is_empty()).then_some(note),
                    instrument: tally.groups.named(line.instrument),
                }
            }
            Self::Shares(counter) => {
                let line = &counter.lines[line];
                let shape = counter.subject.shape();
                Head {
                    keys: line.keys[..shape.ids].to_vec(),
                    label: (shape.label)(&line.keys).trim().to_owned(),
                    item: line.item.clone(),
                    sub_item: false,
                    bar: line.target,
                    note: line.note.clone(),
                    instrument: counter.groups.named(line.instrument),
                }
            }
        }
    }

    /// A cell from what was counted of a line.
    pub(super) fn cell(&self, counted: &[u64]) -> GridCell {
        let of = |at: usize| counted.get(at).copied().unwrap_or(0);
        let (counts, x, n) = match self {
            Self::Items(_) => {
                let (x, ani) = (of(Rating::Strength as usize), of(Rating::Ani as usize));
                let open = of(Rating::Incomplete as usize) + of(Rating::Invalid as usize);
                (vec![x + ani, x, ani, of(Rating::Na as usize), open], x, x + ani)
            }
            Self::Outcomes(_) => {
                let one = |rating: OutcomeRating| of(rating as usize);
                let x = one(OutcomeRating::Substantially);
                let (partly, not) =
                    (one(OutcomeRating::Partially), one(OutcomeRating::NotAchieved));
                let n = x + partly + not;
                let (na, open) = (one(OutcomeRating::Na), one(OutcomeRating::Incomplete));
                (vec![n, x, partly, not, na, open], x, n)
            }
            Self::Shares(counter) => {
                let mut cell = counted.to_vec();
                cell.resize(counter.subject.width(), 0);
                let (x, n) = counter.subject.share(&cell);
                let interval = counter.subject.interval(&cell, Level::P95);
                let interval = interval.map(|found| (found.low, found.high));
                return GridCell { counts: counter.subject.shown(&cell), x, n, interval };
            }
        };
        let interval = wilson(x, n, Level::P95).map(|found| (found.low, found.high));
        GridCell { counts, x, n, interval }
    }

    /// What one reading adds to a line, as it would be counted alone.
    pub(super) fn one(&self, reading: &FinalReading<'_>, line: usize) -> Option<GridCell> {
        if self.needs_answers() && reading.answers.is_empty() {
            return None;
        }
        match self {
            Self::Items(tally) => {
                let place = tally.item_place(reading.edition, line)?;
                let rating = usize::from(*reading.ratings.get(place)?);
                let mut counted = [0; Rating::ALL.len()];
                *counted.get_mut(rating)? = 1;
                Some(self.cell(&counted))
            }
            Self::Outcomes(tally) => {
                let place = tally.outcome_place(reading.edition, line)?;
                let rating = usize::from(*reading.ratings.get(place)?);
                let mut counted = [0; OutcomeRating::ALL.len()];
                *counted.get_mut(rating)? = 1;
                Some(self.cell(&counted))
            }
            Self::Shares(counter) => counter.one(reading, line).map(|cell| self.cell(&cell)),
        }
    }
}
