//! Readings of one instrument told under the item numbers of another.

use super::{ABSENT, Edition};
use crate::instrument::{Instrument, same_item};

/// How ratings of one edition stand in another instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// Per item of the edition the place of its byte among those of the target.
    places: Vec<Option<usize>>,
    width: usize,
}

impl Crossing {
    /// Packed ratings of the edition in the order of [`Across::edition`]: [`ABSENT`] where the
    /// meaning is not the same. Outcomes never cross: they are made of the whole instrument.
    pub fn carry(&self, ratings: &[u8]) -> Vec<u8> {
        let mut carried = vec![ABSENT; self.width];
        for (place, rating) in self.places.iter().zip(ratings) {
            if let Some(place) = place {
                carried[*place] = *rating;
            }
        }
        carried
    }
}

/// Editions told under the item numbers of one instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Across {
    /// The target with the items that some edition has.
    pub edition: Edition,
    /// Per edition, in the order given, where its items stand.
    pub crossings: Vec<Crossing>,
    /// A sentence per item (not sub-item) left out, or per instrument that no crosswalk joins.
    pub left_out: Vec<String>,
}

/// Tells editions under the item numbers of `target`, where the meaning is the same.
pub fn across(editions: &[&Instrument], target: &Instrument) -> Across {
    let mut left_out: Vec<String> = Vec::new();
    let mut found: Vec<Vec<Option<usize>>> = Vec::new();
    for edition in editions {
        let place = |at| match same_item(edition, at, target) {
            Ok(item) => Some(usize::from(item.0)),
            Err(why) => {
                let why = why.to_string();
                if edition.item(at).parent().is_none() && !left_out.contains(&why) {
                    left_out.push(why);
                }
                None
            }
        };
        found.push(edition.item_positions().map(place).collect());
    }
    let mut whole = Edition::from(target);
    whole.outcomes.clear();
    let kept: Vec<usize> = (0..whole.items.len())
        .filter(|at| found.iter().flatten().any(|p| *p == Some(*at)))
        .collect();
    let items = kept.iter().map(|at| whole.items[*at].clone()).collect();
    let crossings = found
        .into_iter()
        .map(|places| Crossing {
            places: places
                .into_iter()
                .map(|place| kept.iter().position(|kept| Some(*kept) == place))
                .collect(),
            width: kept.len(),
        })
        .collect();
    Across { edition: Edition { items, ..whole }, crossings, left_out }
}
