//! Measures of a checklist: sums over cases, such as visit-months made of visit-months due.

use std::ops::Range;

use super::subject::{Line, Lines, Shape, Subject};
use super::{AnswerPlaces, FinalReading, number};
use crate::instrument::Instrument;
use crate::stats::{Interval, Level, ratio_interval};

/// Line, place of what was due, place of what was made.
type Places = (usize, Range<usize>, Range<usize>);

/// Per measure: what was made of what was due, summed over the cases in which both are known.
#[derive(Debug, Default)]
pub struct Measures {
    editions: Vec<Vec<Places>>,
}

const SHAPE: Shape = Shape {
    title: "Measures",
    keys: &["measure", "title"],
    ids: 1,
    label: |keys| keys[1].clone(),
    counts: &[("cases", "Cases"), ("due", "Due"), ("made", "Made")],
    share: "made of due, summed over cases",
    long: false,
    interval: "interval of a ratio of sums, by how far cases differ",
    legend: &["no case counts for more than was due in it"],
};

const CASES: usize = 0;
const DUE: usize = 1;
const MADE: usize = 2;
const DUE_SQUARED: usize = 3;
const MADE_SQUARED: usize = 4;
const PRODUCT: usize = 5;
const WIDTH: usize = 6;

impl Subject for Measures {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        WIDTH
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let places = AnswerPlaces::of(instrument);
        let plan = instrument.measures().iter().filter_map(|measure| {
            let line = Line {
                keys: vec![measure.id.clone(), measure.title.clone()],
                target: measure.target,
                note: measure.note.clone(),
                ..Line::default()
            };
            Some((lines.place(line), places.place(measure.of)?, places.place(measure.met)?))
        });
        self.editions.push(plan.collect());
        !instrument.measures().is_empty()
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (line, of, met) in &self.editions[edition] {
            let (Some(due), Some(made)) =
                (number(reading.answers, of), number(reading.answers, met))
            else {
                continue;
            };
            // A case in which nothing was due has nothing to measure.
            let (Ok(due), Ok(made)) = (u64::try_from(due), u64::try_from(made)) else { continue };
            if due == 0 {
                continue;
            }
            let made = made.min(due);
            let cell = &mut cells[line * WIDTH..(line + 1) * WIDTH];
            for (sum, more) in
                cell.iter_mut().zip([1, due, made, due * due, made * made, due * made])
            {
                *sum += more;
            }
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        vec![cell[CASES], cell[DUE], cell[MADE]]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (cell[MADE], cell[DUE])
    }
    fn interval(&self, cell: &[u64], level: Level) -> Option<Interval> {
        ratio_interval(
            cell[CASES],
            [cell[DUE], cell[MADE]],
            [cell[DUE_SQUARED], cell[MADE_SQUARED], cell[PRODUCT]],
            level,
        )
    }
}
