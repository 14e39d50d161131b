//! Blocks of a file, one after another in one buffer.

use std::io;
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::word::HEAD;

/// Blocks are this long.
pub(super) const BLOCK: usize = 1 << 19;
/// A block is read on by so much, for the line that it ends in; longer ones are left to the slow
/// way.
pub(super) const LONGEST_LINE: usize = 1 << 12;

/// A block of a file, and where its cells end.
#[derive(Default)]
pub(super) struct Buffer {
    /// The block, and at least [`HEAD`] bytes more.
    pub(super) bytes: Vec<u8>,
    pub(super) ends: Vec<usize>,
}

impl Buffer {
    /// Reads a block: the lines that start in it, each with its end.
    pub(super) fn fill(
        &mut self,
        number: usize,
        first_row: usize,
        length: usize,
        read: impl Fn(usize, &mut [u8]) -> io::Result<()>,
    ) -> Option<Range<usize>> {
        self.bytes.resize(BLOCK + LONGEST_LINE + HEAD + 2, 0);
        // From the end of the line before, which may be this block's or the one's before.
        let offset = (number * BLOCK).saturating_sub(1);
        let wanted = (BLOCK + LONGEST_LINE).min(length - offset);
        read(offset, &mut self.bytes[..wanted]).ok()?;
        let mut filled = wanted;
        if offset + filled == length && self.bytes[filled - 1] != b'\n' {
            self.bytes[filled] = b'\n';
            filled += 1;
        }
        let after_line = |from: usize| {
            let rest = self.bytes.get(from..filled)?;
            memchr(b'\n', rest).map(|at| from + at + 1)
        };
        let start = if number == 0 { first_row } else { after_line(0)? };
        let next = (number + 1) * BLOCK - 1 - offset;
        let end = if next < filled { after_line(next)? } else { filled };
        Some(start..end.max(start))
    }

    /// Looks for the end of every cell among these bytes: eight at a time, since cells are
    /// short, and kept for sixty-four, so that the processor foresees what comes.
    pub(super) fn find_ends(&mut self, rows: Range<usize>) {
        self.ends.clear();
        let mut at = rows.start;
        let chunks = self.bytes[rows].chunks_exact(64);
        let rest = chunks.remainder();
        for chunk in chunks {
            let mut bits = 0;
            for (place, word) in chunk.chunks_exact(8).enumerate() {
                let word = u64::from_le_bytes(word.try_into().expect("it has eight bytes"));
                let found = equal(word, b',') | equal(word, b'\n');
                // The highest bits of eight bytes, side by side.
                let side_by_side = (found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
                bits |= side_by_side << (8 * place);
            }
            while bits != 0 {
                self.ends.push(at + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
            at += 64;
        }
        let is_end = |(_, byte): &(usize, &u8)| matches!(byte, b',' | b'\n');
        self.ends.extend(rest.iter().enumerate().filter(is_end).map(|(n, _)| at + n));
    }
}

/// The highest bit of each byte of a word that is this one.
fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let differs = word ^ (u64::from(byte) * 0x0101_0101_0101_0101);
    !(((differs & LOW) + LOW) | differs | LOW)
}

/// The text of a block without quotation marks whose lines end as usual.
pub(super) fn plain(bytes: &[u8]) -> Option<&str> {
    let usual = memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    std::str::from_utf8(bytes).ok().filter(|_| usual && memchr(b'"', bytes).is_none())
}
