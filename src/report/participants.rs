//! Participants apart: in how many reviews everything an item asks about one person was Yes.

use super::FinalReading;
use super::subject::{Asked, Line, Lines, Said, Shape, Subject, asked};
use crate::instrument::{Instrument, Place};

/// Per person and item: met where no question of the item about that person was answered No
/// and at least one Yes. Mother and father are never taken together.
#[derive(Debug, Default)]
pub struct Participants {
    editions: Vec<Vec<(usize, Vec<Asked>)>>,
}

const SHAPE: Shape = Shape {
    title: "Participants",
    keys: &["participant", "participant_title", "item", "title"],
    ids: 3,
    label: |keys| format!("{}: item {} {}", keys[1], keys[2], keys[3]),
    counts: &[("applicable", "n"), ("met", "Met"), ("not_met", "Not met"), ("na", "NA")],
    share: "of n reviews with a question about the person that applied: none of the item's answered No",
    long: false,
    interval: "Wilson interval",
    legend: &[],
};

const MET: usize = 0;
const NOT_MET: usize = 1;
const NA: usize = 2;

impl Subject for Participants {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        3
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        // Items under each person, persons in the order of the instrument.
        let mut found: Vec<(usize, usize, Vec<Asked>)> = Vec::new();
        for (at, asked) in asked(instrument) {
            let question = instrument.question(at);
            let part = question
                .part()
                .and_then(|id| instrument.parts().iter().position(|part| part.id == id));
            let (Some(part), Place::Item(item)) = (part, question.place()) else { continue };
            let item = usize::from(instrument.item(item).parent().unwrap_or(item).0);
            match found.iter_mut().find(|known| (known.0, known.1) == (part, item)) {
                Some((_, _, questions)) => questions.push(asked),
                None => found.push((part, item, vec![asked])),
            }
        }
        found.sort_by_key(|(part, item, _)| (*part, *item));
        let any = !found.is_empty();
        let place = |(part, item, questions): (usize, usize, Vec<Asked>)| {
            let part = &instrument.parts()[part];
            let item = &instrument.items()[item];
            let keys: [&str; 4] = [&part.id, &part.title, item.id(), item.title()];
            let line = Line {
                keys: keys.map(str::to_owned).into(),
                item: item.id().to_owned(),
                participant: part.id.clone(),
                target: instrument.reporting().target,
                ..Line::default()
            };
            (lines.place(line), questions)
        };
        self.editions.push(found.into_iter().map(place).collect());
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (line, questions) in &self.editions[edition] {
            let (mut yes, mut no, mut na) = (false, false, false);
            for asked in questions {
                match asked.said(reading.answers) {
                    Some(Said::Yes | Said::GoodFaith) => yes = true,
                    Some(Said::No) => no = true,
                    Some(Said::Na) => na = true,
                    None => {}
                }
            }
            let number = match (yes, no, na) {
                (_, true, _) => NOT_MET,
                (true, false, _) => MET,
                (false, false, true) => NA,
                (false, false, false) => continue,
            };
            cells[line * 3 + number] += 1;
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        vec![cell[MET] + cell[NOT_MET], cell[MET], cell[NOT_MET], cell[NA]]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (cell[MET], cell[MET] + cell[NOT_MET])
    }
}
