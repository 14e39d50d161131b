//! Cases in the order of their ids.

use rayon::slice::ParallelSliceMut;

use super::{Frame, Place};

/// The eight bytes of an id behind what all ids share, in two halves, and whose they are.
/// They put nearly all cases in order without a look at the ids, and where they don't the
/// ids do.
type Key = ([u32; 2], Place);

/// Places of the rows in byte order of case id. Tells of any two that have the same one.
pub(super) fn by_id(frame: &Frame, mut twice: impl FnMut(Place, Place)) -> Vec<Place> {
    let id = |place: Place| frame.id(place).as_bytes();
    let Some(first) = frame.places_as_read().next().map(id) else { return Vec::new() };
    let shared = frame.places_as_read().fold(first.len(), |shared, place| {
        let same = first[..shared].iter().zip(id(place)).take_while(|(a, b)| a == b);
        same.count()
    });
    // Shorter ids are filled up with a byte that ids don't hold.
    let start = |place: Place| {
        let mut start = [0; 8];
        for (byte, from) in start.iter_mut().zip(&id(place)[shared..]) {
            *byte = *from;
        }
        let number = u64::from_be_bytes(start);
        [(number >> 32) as u32, number as u32]
    };
    let mut keys: Vec<Key> = Vec::with_capacity(frame.len());
    keys.extend(frame.places_as_read().map(|place| (start(place), place)));
    keys.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))).then(a.1.cmp(&b.1))
    });
    for pair in keys.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        if id(pair[0].1) == id(pair[1].1) {
            twice(pair[0].1, pair[1].1);
        }
    }
    keys.into_iter().map(|(_, place)| place).collect()
}
