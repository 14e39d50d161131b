//! Reasons given for not applicable.

use super::subject::{Line, Lines, Shape, Subject};
use super::{AnswerPlaces, FinalReading, option};
use crate::instrument::{Instrument, Place, Role};

/// Per reason question and code: how often it was the reason given.
#[derive(Debug, Default)]
pub struct Reasons {
    /// Place of the question's answer, and the line of each of its options.
    editions: Vec<Vec<(usize, Vec<usize>)>>,
}

const SHAPE: Shape = Shape {
    title: "Reasons for not applicable",
    keys: &["item", "question", "participant", "reason", "title"],
    ids: 4,
    label: |keys| format!("{}  {}", keys[1].trim_end_matches(".reason"), keys[4]),
    counts: &[("asked", "n"), ("given", "Given")],
    share: "this reason, of n reviews that gave one",
    long: false,
    interval: "Wilson interval",
    legend: &[],
};

const GIVEN: usize = 0;
const ASKED: usize = 1;

impl Subject for Reasons {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        2
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let places = AnswerPlaces::of(instrument);
        let mut plan = Vec::new();
        for at in instrument.question_positions() {
            let question = instrument.question(at);
            let (Role::Reason, Place::Item(item)) = (question.role(), question.place()) else {
                continue;
            };
            let Some(place) = places.place(at) else { continue };
            let item = instrument.item(item).id();
            let participant = question.part().unwrap_or_default();
            let options = question.options().iter().map(|option| {
                let keys = [item, question.id(), participant, &option.code, &option.title];
                lines.place(Line {
                    keys: keys.map(str::to_owned).into(),
                    item: item.to_owned(),
                    participant: participant.to_owned(),
                    ..Line::default()
                })
            });
            plan.push((place.start, options.collect::<Vec<_>>()));
        }
        let any = !plan.is_empty();
        self.editions.push(plan);
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (place, lines) in &self.editions[edition] {
            let Some(given) = option(reading.answers, *place) else { continue };
            for (at, line) in lines.iter().enumerate() {
                cells[line * 2 + ASKED] += 1;
                cells[line * 2 + GIVEN] += u64::from(at == given);
            }
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        vec![cell[ASKED], cell[GIVEN]]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (cell[GIVEN], cell[ASKED])
    }
}
