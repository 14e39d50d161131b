//! Practice performance: how often each question was answered Yes of those it applied to.

use super::FinalReading;
use super::subject::{Asked, Line, Lines, Said, Shape, Subject, asked};
use crate::instrument::{Instrument, Place};

/// Percent Yes of applicable per question: of a checklist its counted questions, against the
/// target; of a rated instrument every Yes/No question of its items.
#[derive(Debug, Default)]
pub struct Questions {
    editions: Vec<Vec<(usize, Asked)>>,
}

const SHAPE: Shape = Shape {
    title: "Questions",
    keys: &["item", "question", "participant", "title"],
    ids: 2,
    label: |keys| of_person(&keys[1], &keys[2], &keys[3]),
    counts: &[
        ("applicable", "n"),
        ("yes", "Yes"),
        ("good_faith", "by effort"),
        ("no", "No"),
        ("na", "NA"),
    ],
    share: "Yes of n (Yes and No)",
    long: true,
    interval: "Wilson interval",
    legend: &[],
};

const YES: usize = 0;
const GOOD_FAITH: usize = 1;
const NO: usize = 2;
const NA: usize = 3;

impl Subject for Questions {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        4
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let place = |(at, asked)| {
            let question = instrument.question(at);
            let item = match question.place() {
                Place::Item(item) => instrument.item(item).id(),
                Place::Face => "",
            };
            let participant = question.part().unwrap_or_default();
            let keys = [item, question.id(), participant, question.ask()];
            let line = Line {
                keys: keys.map(str::to_owned).into(),
                item: item.to_owned(),
                participant: participant.to_owned(),
                target: instrument.reporting().target,
                ..Line::default()
            };
            (lines.place(line), asked)
        };
        let plan: Vec<_> = asked(instrument).map(place).collect();
        let any = !plan.is_empty();
        self.editions.push(plan);
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (line, asked) in &self.editions[edition] {
            if let Some(said) = asked.said(reading.answers) {
                cells[line * 4 + number(said)] += 1;
            }
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        let yes = cell[YES] + cell[GOOD_FAITH];
        vec![yes + cell[NO], yes, cell[GOOD_FAITH], cell[NO], cell[NA]]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        let yes = cell[YES] + cell[GOOD_FAITH];
        (yes, yes + cell[NO])
    }
}

/// The number an answer is counted in.
pub(super) fn number(said: Said) -> usize {
    match said {
        Said::Yes => YES,
        Said::GoodFaith => GOOD_FAITH,
        Said::No => NO,
        Said::Na => NA,
    }
}

/// What a question is called on screen: its id, the person it is about, its wording.
pub(super) fn of_person(id: &str, participant: &str, wording: &str) -> String {
    if participant.is_empty() {
        format!("{id}  {wording}")
    } else {
        format!("{id}  {participant}: {wording}")
    }
}
