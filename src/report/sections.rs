//! Sections of a checklist: how many of their counted answers were Yes.

use super::FinalReading;
use super::questions::number;
use super::subject::{Asked, Line, Lines, Said, Shape, Subject, asked};
use crate::instrument::{Instrument, Mode, Place};

/// Percent Yes of the counted answers of each section that apply, all reviews together.
#[derive(Debug, Default)]
pub struct Sections {
    editions: Vec<Vec<(usize, Vec<Asked>)>>,
}

const SHAPE: Shape = Shape {
    title: "Sections",
    keys: &["section", "title"],
    ids: 1,
    label: |keys| format!("{}  {}", keys[0], keys[1]),
    counts: &[
        ("cases", "Cases"),
        ("applicable", "n"),
        ("yes", "Yes"),
        ("good_faith", "by effort"),
        ("no", "No"),
        ("na", "NA"),
    ],
    share: "Yes of n (answers Yes and No of all its questions)",
    long: false,
    interval: "Wilson interval",
    legend: &["answers of one case are alike, so the interval is somewhat too narrow"],
};

/// Cases with an answer that applies; then the numbers of [`number`].
const CASES: usize = 0;
const ANSWERS: usize = 1;
const WIDTH: usize = 5;

impl Subject for Sections {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        WIDTH
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let mut plan: Vec<(usize, Vec<Asked>)> = Vec::new();
        if instrument.mode() == Mode::Checklist {
            for (at, asked) in asked(instrument) {
                let Place::Item(item) = instrument.question(at).place() else { continue };
                let item = instrument.item(item);
                let line = lines.place(Line {
                    keys: vec![item.id().to_owned(), item.title().to_owned()],
                    item: item.id().to_owned(),
                    target: instrument.reporting().target,
                    ..Line::default()
                });
                match plan.iter_mut().find(|(known, _)| *known == line) {
                    Some((_, questions)) => questions.push(asked),
                    None => plan.push((line, vec![asked])),
                }
            }
        }
        let any = !plan.is_empty();
        self.editions.push(plan);
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (line, questions) in &self.editions[edition] {
            let cell = &mut cells[line * WIDTH..(line + 1) * WIDTH];
            let mut applies = false;
            for said in questions.iter().filter_map(|asked| asked.said(reading.answers)) {
                cell[ANSWERS + number(said)] += 1;
                applies |= said != Said::Na;
            }
            cell[CASES] += u64::from(applies);
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        let (yes, n) = self.share(cell);
        let of = |said| cell[ANSWERS + number(said)];
        vec![cell[CASES], n, yes, of(Said::GoodFaith), of(Said::No), of(Said::Na)]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        let of = |said| cell[ANSWERS + number(said)];
        let yes = of(Said::Yes) + of(Said::GoodFaith);
        (yes, yes + of(Said::No))
    }
}
