//! Where each count of the tables stands.

use std::collections::BTreeMap;

use super::release::Spot;
use super::tables::Tables;

impl Tables {
    /// Says of each count where it stands.
    pub(super) fn note_spots(&mut self) {
        /// All readings of a group are of no line.
        const WHOLE: u32 = u32::MAX;
        fn number<K: Ord>(known: &mut BTreeMap<K, u32>, key: K) -> u32 {
            let next = u32::try_from(known.len()).unwrap_or(WHOLE);
            *known.entry(key).or_insert(next)
        }
        let (mut lines, mut columns, mut values) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut ats = BTreeMap::new();
        for (key, rows) in &self.rows {
            let line = number(&mut lines, key);
            for (place, row) in rows {
                let group = place.iter().map(|(name, value)| {
                    (number(&mut columns, *name), number(&mut values, value.as_str()))
                });
                let group: Vec<(u32, u32)> = group.collect();
                let printed = row.printed.iter().map(|(at, cell)| (line, (0, *at), cell));
                let rests = row.rests.iter().map(|(at, cell)| (line, (1, *at), cell));
                let whole = row.whole.iter().map(|cell| (WHOLE, (2, 0), cell));
                for (line, at, cell) in printed.chain(rests).chain(whole) {
                    let at = number(&mut ats, (key.0, at));
                    self.release.spots[*cell] = Some(Spot { line, group: group.clone(), at });
                }
            }
        }
    }
}
