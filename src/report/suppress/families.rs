//! Which groups are the sum of which others.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::Place;

/// Names of the columns groups are made of.
pub(super) type Grouping = BTreeSet<&'static str>;

/// Names of the columns a row's group is made of.
pub(super) fn names(place: &Place) -> Grouping {
    place.keys().copied().collect()
}

/// The groupings that no other is coarser than.
pub(super) fn coarsest<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<Grouping> {
    let all: BTreeSet<Grouping> = places.map(names).collect();
    let is_coarsest =
        |one: &&BTreeSet<_>| !all.iter().any(|other| other.is_subset(one) && other != *one);
    all.iter().filter(is_coarsest).cloned().collect()
}

/// Rows with the rows they are the sums of: those of the next finer grouping that agree.
pub(super) fn families<'p>(places: impl Iterator<Item = &'p Place>) -> Vec<(Place, Vec<Place>)> {
    let mut by_grouping: BTreeMap<Grouping, Vec<&Place>> = BTreeMap::new();
    for place in places {
        by_grouping.entry(names(place)).or_default().push(place);
    }
    let mut found = Vec::new();
    for (finer, fine) in &by_grouping {
        let coarser: Vec<_> =
            by_grouping.keys().filter(|one| one.is_subset(finer) && *one != finer).collect();
        let next =
            |one: &&&Grouping| !coarser.iter().any(|other| one.is_subset(other) && other != *one);
        for grouping in coarser.iter().filter(next) {
            let mut children: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
            for child in fine {
                let kept = child.iter().filter(|(name, _)| grouping.contains(*name));
                let parent = kept.map(|(name, value)| (*name, value.clone())).collect();
                children.entry(parent).or_default().push((*child).clone());
            }
            let parents = &by_grouping[*grouping];
            found.extend(children.into_iter().filter(|(parent, _)| parents.contains(&parent)));
        }
    }
    found
}
