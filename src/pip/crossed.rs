//! Reviews by another instrument than the plan's, measured under the plan's item numbers.

use super::plan::Plan;
use crate::instrument::{Instrument, same_item};
use crate::text::{count, list_and};

/// How the items of an edition stand among a plan's.
#[derive(Debug, Clone)]
pub(super) struct Crossed {
    /// Of each of the plan's items the place of its rating in the edition; none where no item
    /// of it means the same.
    pub(super) places: Vec<Option<usize>>,
    /// Reviews measured.
    pub(super) reviews: usize,
    /// What the edition's instrument is called; none where it is the plan's.
    other: Option<String>,
    /// The plan's items under another number there: that number, then the plan's.
    renumbered: Vec<(String, String)>,
    /// The plan's items that mean nothing there.
    without: Vec<String>,
}

impl Crossed {
    pub(super) fn of(edition: &Instrument, plan: &Plan) -> Self {
        let is_other = edition.id() != plan.instrument.id();
        let mut crossed = Self {
            places: Vec::new(),
            reviews: 0,
            other: is_other.then(|| edition.short().to_owned()),
            renumbered: Vec::new(),
            without: Vec::new(),
        };
        for measure in &plan.items {
            let id = plan.instrument.item(measure.item).id();
            let found = if is_other {
                let mut all = edition.item_positions();
                all.find(|at| same_item(edition, *at, &plan.instrument) == Ok(measure.item))
            } else {
                edition.find_item(id)
            };
            crossed.places.push(found.map(|at| usize::from(at.0)));
            match found.map(|at| edition.item(at).id()) {
                Some(there) if there != id => {
                    crossed.renumbered.push((there.to_owned(), id.to_owned()));
                }
                Some(_) => {}
                None => crossed.without.push(id.to_owned()),
            }
        }
        crossed
    }

    /// What must be said of it, where anything was measured across.
    pub(super) fn said(&self) -> Option<String> {
        let other = self.other.as_ref().filter(|_| self.reviews > 0)?;
        let mut said = count(self.reviews, "review", "reviews");
        let (was, its) = if self.reviews == 1 { ("was", "its") } else { ("were", "their") };
        said += &format!(" {was} made with {other} and measured across the crosswalk");
        if !self.renumbered.is_empty() {
            let pairs: Vec<String> =
                self.renumbered.iter().map(|(there, here)| format!("{there} as {here}")).collect();
            said += &format!(": {its} items {}", list_and(&pairs));
        }
        if !self.without.is_empty() {
            said += &format!("; nothing there means the same as {}", list_and(&self.without));
        }
        Some(said)
    }
}
