//! A CFSR review told by the components of a state's practice model.

use std::sync::Arc;

use super::FinalReading;
use super::subject::{Line, Lines, Shape, Subject};
use crate::instrument::{Instrument, Rating};
use crate::text::list_and;

/// Per component: the ratings of the items it covers in the review's CFSR round, together. An
/// item may stand in several components, so there is no total over them.
#[derive(Debug)]
pub struct Components {
    model: Arc<Instrument>,
    /// Line of each component with the positions of its items among packed ratings.
    editions: Vec<Vec<(usize, Vec<usize>)>>,
}

impl Components {
    /// Id of the instrument whose components are meant where nothing else is said.
    pub const MODEL: &'static str = "ms-practice-model";

    /// By the components of this instrument.
    pub fn of(model: Arc<Instrument>) -> Self {
        Self { model, editions: Vec::new() }
    }
}

const SHAPE: Shape = Shape {
    title: "Components",
    keys: &["component", "title", "items"],
    ids: 1,
    label: |keys| format!("{} (items {})", keys[1], keys[2]),
    counts: &[
        ("applicable", "n"),
        ("strength", "Strength"),
        ("ani", "ANI"),
        ("na", "NA"),
        ("incomplete", "Incompl."),
    ],
    share: "Strength of n item ratings (Strength and ANI) of the component's items together",
    long: false,
    interval: "Wilson interval",
    legend: &[
        "an item may stand in several components: they have no total",
        "ratings of one case are alike, so the interval is somewhat too narrow",
    ],
};

const WIDTH: usize = Rating::ALL.len();

impl Subject for Components {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        WIDTH
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let mut plan = Vec::new();
        for component in self.model.components() {
            let round = component
                .covers
                .iter()
                .find(|covers| instrument.cfsr_round() == Some(covers.round.as_str()));
            let Some(covers) = round else { continue };
            let (mut there, mut places, mut absent) = (Vec::new(), Vec::new(), Vec::new());
            for id in &covers.items {
                match instrument.find_item(id) {
                    Some(at) => {
                        there.push(id.as_str());
                        places.push(usize::from(at.0));
                    }
                    None => absent.push(id.as_str()),
                }
            }
            let items = if absent.len() == 1 { "item" } else { "items" };
            let note =
                (!absent.is_empty()).then(|| format!("without {items} {}", list_and(&absent)));
            let line = Line {
                keys: vec![component.id.clone(), component.title.clone(), there.join(" ")],
                note,
                ..Line::default()
            };
            plan.push((lines.place(line), places));
        }
        let any = !plan.is_empty();
        self.editions.push(plan);
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        for (line, places) in &self.editions[edition] {
            for place in places {
                let rating = reading.ratings.get(*place).map_or(usize::MAX, |r| usize::from(*r));
                if rating < WIDTH {
                    cells[line * WIDTH + rating] += 1;
                }
            }
        }
    }
    fn needs_answers(&self) -> bool {
        false
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        let of = |rating: Rating| cell[rating as usize];
        let (strength, n) = self.share(cell);
        let incomplete = of(Rating::Incomplete) + of(Rating::Invalid);
        vec![n, strength, of(Rating::Ani), of(Rating::Na), incomplete]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        let strength = cell[Rating::Strength as usize];
        (strength, strength + cell[Rating::Ani as usize])
    }
}
