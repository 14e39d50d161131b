//! Cases in the order of their ids.

use super::Frame;

/// Positions of the rows in byte order of case id. Each comes with the eight bytes of its id
/// behind what all ids share: they put nearly all in order without a look at the ids, and
/// where they differ the ids do.
pub(super) fn by_id(frame: &Frame) -> Vec<(u64, u32)> {
    let id = |at: u32| frame.id(&frame.rows[at as usize]).as_bytes();
    let rows = u32::try_from(frame.rows.len()).expect("a frame has fewer than 2^32 cases");
    if rows == 0 {
        return Vec::new();
    }
    let first = id(0);
    let shared = (1..rows).fold(first.len(), |shared, at| {
        first[..shared].iter().zip(id(at)).take_while(|(a, b)| a == b).count()
    });
    // Shorter ids are filled up with a byte that ids don't hold.
    let start = |at: u32| {
        let mut start = [0; 8];
        for (byte, from) in start.iter_mut().zip(&id(at)[shared..]) {
            *byte = *from;
        }
        u64::from_be_bytes(start)
    };
    let mut keys: Vec<(u64, u32)> = (0..rows).map(|at| (start(at), at)).collect();
    if !keys.is_sorted_by(|a, b| a.0 < b.0) {
        keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    }
    keys
}
